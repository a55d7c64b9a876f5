"""The whole command line: the verbs of `ingest`, and those that serve pages."""

from ingest.cli import command_line
from ingest.cli.frame import Verb

main = command_line(
    {
        "up": Verb("dashboard.cli.serving", "Load the sample, publish, keep refreshing, and serve the dashboard."),
        "serve": Verb("dashboard.cli.serving", "Serve the dashboard alone."),
    }
)
