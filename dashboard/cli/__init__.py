"""The whole command line: the verbs of `ingest`, and those that serve pages."""

from ingest.cli import command_line
from ingest.cli.frame import Verb
from ingest.model.letters import Views
from ingest.settings import Settings


def _views(settings: Settings) -> Views:
    from dashboard.app import open_views  # noqa: PLC0415 -- most verbs read no view, and the pages take a second to import

    return open_views(settings)


main = command_line(
    {
        "up": Verb("dashboard.cli.serving", "Load the sample, publish, keep refreshing, and serve the dashboard."),
        "serve": Verb("dashboard.cli.serving", "Serve the dashboard alone."),
        "export": Verb("dashboard.cli.exporting", "Write a published table as CSV, JSON, Parquet, XLSX, GeoJSON or a zip."),
    },
    _views,
)
