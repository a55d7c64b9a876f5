"""The command line: a table of verbs, each imported when it is used. The app adds its own to it."""

import os
from collections.abc import Callable, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import click

from ingest.cli import logs
from ingest.cli.frame import Session, Verb, Verbs
from ingest.model.letters import Views
from ingest.settings import Settings

VERBS: Mapping[str, Verb] = {
    "ingest": Verb("ingest.cli.gathering", "Read reports, folders, zips, tables, addresses or standard input into the ledger."),
    "refresh": Verb("ingest.cli.gathering", "Ask the sources for new reports."),
    "publish": Verb("ingest.cli.gathering", "Write the ledger as a new snapshot."),
    "compare": Verb("ingest.cli.comparing", "Say why figures differ or agree."),
    "rule": Verb("ingest.cli.ruling", "Say what you make of the machine's verdict on two figures."),
    "correct": Verb("ingest.cli.correcting", "Write a public note on figures or documents."),
    "withdraw": Verb("ingest.cli.correcting", "Mark documents that their publisher took back."),
    "corrections": Verb("ingest.cli.correcting", "List the public notes, or take one back."),
    "takedown": Verb("ingest.cli.taking_down", "Erase a document for good, and keep a marker that it was here."),
    "export": Verb("ingest.cli.exporting", "Write a published table as CSV, JSON or Parquet."),
    "extract": Verb("ingest.cli.reading", "Read JSON lines of documents, write their figures; keep nothing."),
    "explain": Verb("ingest.cli.reading", "Show how each figure of a text is read."),
    "doubts": Verb("ingest.cli.doubting", "List the figures that need a look, with what was considered."),
    "sources": Verb("ingest.cli.inspecting", "List the sources and how they are doing."),
    "runs": Verb("ingest.cli.running", "List what was run, what came of it, and why something was rejected."),
    "alerts": Verb("ingest.cli.alerting", "List what is worth a look, release or dismiss it."),
    "digest": Verb("ingest.cli.digesting", "Show what changed since the last digest, or send the digests that are due."),
    "watch": Verb("ingest.cli.watching", "Watch a view under a name, for channels of its own."),
    "archive": Verb("ingest.cli.keeping", "Tell how large the archive is, and let old bytes go."),
    "replay": Verb("ingest.cli.keeping", "Read the whole archive again, offline, and compare."),
    "verify": Verb("ingest.cli.safekeeping", "Follow every published figure back to its archived bytes."),
    "backup": Verb("ingest.cli.safekeeping", "Write ledger, archive and settings into one file."),
    "restore": Verb("ingest.cli.safekeeping", "Put a backup in place."),
    "new-source": Verb("ingest.cli.new_source", "Write the file of a new source and its example."),
    "doctor": Verb("ingest.cli.inspecting", "Tell what is configured, reachable and writable."),
    "places": Verb("ingest.cli.inspecting", "Bring in a country's places."),
}


def command_line(more: Mapping[str, Verb] | None = None, views: Callable[[Settings], Views] | None = None) -> click.Group:
    """The whole command line, with further verbs listed first; one of the same name stands in place of ours.

    `views` opens who reads views of what is published.
    """
    added = dict(more or {})
    ours = {name: added.pop(name, verb) for name, verb in VERBS.items()}
    return Verbs(
        {**added, **ours},
        name="crosscount",
        callback=_beginning(views),
        params=[
            click.Option(["--data"], type=click.Path(file_okay=False, path_type=Path), help="Data folder, in place of CROSSCOUNT_DATA."),
            click.Option(
                ["--log"],
                type=click.Choice(logs.FORMATS),
                default="plain",
                envvar="CROSSCOUNT_LOG",
                help="What is told on standard error: sentences, or one JSON object a line.",
            ),
            click.Option(["--version"], is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show the version."),
        ],
        help="Every casualty and displacement figure with the sentence it came from, who claims it, and why the claims differ.",
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    )


def _beginning(views: Callable[[Settings], Views] | None) -> Callable[..., None]:
    @click.pass_context
    def begin(ctx: click.Context, data: Path | None, log: str) -> None:
        logs.begin(log)
        logs.hide(os.environ)
        ctx.obj = Session(data, open_views=views)

    return begin


def _version(ctx: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked:
        try:
            told = version("crosscount")
        except PackageNotFoundError:
            told = "of this checkout"
        click.echo(f"crosscount {told}")
        ctx.exit()
