"""`export`: the tables of the snapshot as files. The app adds the forms that its pages offer."""

import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import click

from ingest.cli.frame import Session
from ingest.cli.progress import say
from ingest.errors import StoreError
from ingest.model import snapshot as layout
from ingest.model.schema import TABLES
from ingest.publish import exports
from ingest.settings import Settings

PLAIN: Mapping[str, Callable[[Path, str, Path], int]] = {
    "csv": exports.write_csv,
    "json": exports.write_json,
    "parquet": exports.write_parquet,
}
OUT = click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), default=None, help="File to write, in place of standard output."
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A table of a snapshot folder as a file. `language` is that of what the file says about itself."""

    settings: Settings
    folder: Path
    table: str
    hxl: bool = False
    language: str = "en"


More = Mapping[str, Callable[[Wanted, Path], int]]


def export_in(more: More, languages: tuple[str, ...] = ()) -> click.Command:
    """The verb, with forms beside the plain ones: each writes a file and returns its rows, and says of itself in one of the languages."""

    @click.command("export")
    @click.argument("table", type=click.Choice(tuple(TABLES)))
    @click.option("--format", "form", type=click.Choice((*PLAIN, *more)), default="csv", show_default=True)
    @click.option("--hxl", is_flag=True, help="Add the row of HXL tags (CSV and what holds a CSV or a sheet).")
    @OUT
    @click.pass_obj
    def export(session: Session, table: str, form: str, hxl: bool, out: Path | None, language: str = "en") -> None:  # noqa: PLR0917
        """Write all rows of a table of the current snapshot. What the columns mean is in the data dictionary.

        Text that a spreadsheet would run as a formula begins with an apostrophe in CSV and sheets.
        """
        wanted = Wanted(session.settings, current(session.settings), table, hxl, language)
        deliver(lambda target: more[form](wanted, target) if form in more else _plain(wanted, form, target), out, table)

    if languages:
        said = click.Choice(languages)
        export.params.append(
            click.Option(
                ["--lang", "language"], type=said, default=languages[0], show_default=True, help="Language of README and citation."
            )
        )
    return export


export = export_in({})


def current(settings: Settings) -> Path:
    """The folder of the snapshot that stands. Raises `StoreError` where nothing is published."""
    folder = layout.current(settings.published / settings.crisis)
    if folder is None:
        raise StoreError(f"Nothing is published for {settings.crisis!r} yet; run crosscount publish, or crosscount up.")
    return folder


def deliver(write: Callable[[Path], int], out: Path | None, table: str) -> None:
    """Write to the file, or to a file nobody sees and from there to standard output."""
    if out is not None:
        rows = write(out)
        say(f"{rows} {table} in {out}")
        return
    with tempfile.TemporaryDirectory(prefix="crosscount-") as scratch:
        target = Path(scratch) / table
        write(target)
        with target.open("rb") as file:
            shutil.copyfileobj(file, sys.stdout.buffer)
        sys.stdout.buffer.flush()


def _plain(wanted: Wanted, form: str, target: Path) -> int:
    if wanted.hxl and form == "csv":
        return exports.write_csv(wanted.folder, wanted.table, target, hxl=True)
    return PLAIN[form](wanted.folder, wanted.table, target)
