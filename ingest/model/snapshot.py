"""How a published snapshot lies on disk, for whoever writes one and whoever reads one.

    published/<crisis>/CURRENT                    the identity of the snapshot to read, one line
    published/<crisis>/<snapshot id>/             never changed once it has this name
        figures/2024-11.parquet ...               the tables of `PARTS`: a folder each, a file per month
        places.parquet ... runs.parquet           the other tables of `ingest.model.schema.TABLES`: a file each
        figures-csv/2024-11.csv ...               the figures once more, for people without a Parquet reader
        manifest.json                             crisis, program version, rows and SHA-256 per file

A reader asks for `current` once, keeps the folder, and reads only from it, each table by its `pattern`: tables of two versions never
mix. The folder of a version stays for at least an hour after another took its place. A file that two versions have in common may be
one file with a name in both, so whoever has to change one writes another and puts it in its place.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from ingest.errors import StoreError
from ingest.model.failures import say
from ingest.model.ids import digest
from ingest.model.schema import TABLES
from ingest.model.unkept import Unkept

POINTER = "CURRENT"
MANIFEST = "manifest.json"
FIGURES_CSV = "figures-csv"
OWN_FEED = "feed-{name}.atom"  # of a channel that is a feed
ALERTS_FEED = "alerts-{language}.atom"  # beside the snapshots: what a person released since is newer than any of them
ALERTS_IDENTITY = "urn:crosscount:{crisis}:alerts:{language}"  # of that feed, whoever writes it
TABLE_FILES: Mapping[str, str] = {name: f"{name}.parquet" for name in TABLES}
PARTS: Mapping[str, str] = {
    "figures": "published_at",
    "documents": "published_at",
    "discrepancies": "day",
    "incidents": "first_day",
    "silence": "day",
    "series": "day",
}
"""The tables that are divided, and by the month (UTC) of which column. What came before the month in which the crisis begins is one
part, and so is what has no day."""
EARLIER, UNDATED = "earlier", "undated"
REMEMBERED = 31  # publications whose changes a snapshot can tell one by one
LAYOUT = 2  # raised when files or their meaning change so that an older reader would misread them

# A number that only grows, so that the newest is known even after the clock was set back, and a digest of the contents.
_NAME = re.compile(r"^(\d{6,12})-[0-9a-f]{12}$")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a snapshot holds. `rows` is by table, `sha256` by file name, `left_out` counts rows a reviewer rejected or has to confirm.

    `ledger` is the high-water mark per ledger table: the last entry this snapshot knows of.
    `heads` is the identity of that last entry, of figures and documents: where another stands there, it is another ledger.
    `carried` is a digest of what figures and documents are published by beside the ledger, such as the names that are not covered.
    `rules` are those of the comparison, as the tables a file of rules holds; empty in snapshots made before they were noted.
    `given` is a digest of all that its tables follow from beside the ledger: program, rules, crisis file and places. Where it and the
    ledger are the same, so are the tables, but for those that tell the time of day.
    `division` is that of its tables into files, as `division` gives it.
    `compared` is a digest of what the verdicts rest on beside the tables: program, rules, names of sides.
    `previous` is the snapshot it took the place of, empty for the first. `created_at` is aware (UTC).
    `history` is when versions were published that brought something from the ledger, this one included, the last `REMEMBERED`.
    """

    id: str
    crisis: str
    program: str
    created_at: datetime
    rows: Mapping[str, int]
    sha256: Mapping[str, str]
    left_out: Mapping[str, int] = field(default_factory=dict)
    ledger: Mapping[str, int] = field(default_factory=dict)
    heads: Mapping[str, str] = field(default_factory=dict)
    carried: str = ""
    rules: Mapping[str, Any] = field(default_factory=dict)
    compared: str = ""
    given: str = ""
    division: str = ""
    previous: str = ""
    history: tuple[datetime, ...] = ()
    layout: int = LAYOUT

    def text(self) -> str:
        """The manifest as it is written: JSON with keys in a fixed order and a line per entry."""
        told = {**asdict(self), "created_at": self.created_at.isoformat(), "history": [one.isoformat() for one in self.history]}
        return json.dumps(told, indent=2, sort_keys=True) + "\n"


def name(number: int, contents: str) -> str:
    """The identity of the snapshot with that number and that SHA-256 over its contents."""
    return f"{number:06d}-{contents[:12]}"


def number(snapshot_id: str) -> int:
    """The number in a snapshot's identity, 0 where it is none."""
    found = _NAME.match(snapshot_id)
    return int(found.group(1)) if found else 0


def versions(root: Path) -> tuple[Path, ...]:
    """Folders of whole snapshots under `published/<crisis>`, oldest first."""
    if not root.is_dir():
        return ()
    found = [path for path in root.iterdir() if _NAME.match(path.name) and (path / MANIFEST).is_file()]
    return tuple(sorted(found, key=lambda path: number(path.name)))


def current(root: Path) -> Path | None:
    """The folder to read from under `published/<crisis>`, or None where nothing is published yet."""
    try:
        named = (root / POINTER).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return None
    folder = root / named
    return folder if _NAME.match(named) and (folder / MANIFEST).is_file() else None


def pattern(folder: Path, table: str) -> str:
    """What DuckDB, Spark or Trino read a table of a snapshot by: all Parquet files of its folder, or its one file."""
    parts = folder / table
    return str(parts / "*.parquet" if parts.is_dir() else folder / TABLE_FILES[table])


def division(start: date) -> str:
    """A digest of what the files of a version depend on beside their rows: layout, columns, and the month in which the crisis begins."""
    columns = (word for name, listed in TABLES.items() for column in listed for word in (name, column.name, column.type))
    return digest(LAYOUT, *columns, *PARTS.items(), f"{start:%Y-%m}")


def table_of(file: str) -> str:
    """The table that a file of a manifest holds rows of; the folder of the CSV files for those."""
    return file.partition("/")[0].removesuffix(".parquet")


def manifest(folder: Path) -> Manifest:
    """The manifest of a snapshot folder. Raises `StoreError` where it is missing, damaged, or of a later layout than this."""
    path = folder / MANIFEST
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
        if table["layout"] > LAYOUT:
            raise StoreError(say(Unkept.SNAPSHOT_NEWER, name=path))
        return _manifest(table)
    except OSError as error:
        raise StoreError(say(Unkept.SNAPSHOT_UNREAD, name=path, answer=error.strerror)) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise StoreError(say(Unkept.SNAPSHOT_DAMAGED, name=path, answer=error)) from error


def _manifest(table: dict[str, Any]) -> Manifest:
    return Manifest(
        id=str(table["id"]),
        crisis=str(table["crisis"]),
        program=str(table["program"]),
        created_at=datetime.fromisoformat(table["created_at"]),
        rows={key: int(value) for key, value in table["rows"].items()},
        sha256={key: str(value) for key, value in table["sha256"].items()},
        left_out={key: int(value) for key, value in table["left_out"].items()},
        ledger={key: int(value) for key, value in table["ledger"].items()},
        heads={key: str(value) for key, value in table.get("heads", {}).items()},
        carried=str(table.get("carried", "")),
        rules=dict(table.get("rules", {})),
        compared=str(table.get("compared", "")),
        given=str(table.get("given", "")),
        division=str(table.get("division", "")),
        previous=str(table["previous"]),
        history=tuple(map(datetime.fromisoformat, table.get("history", []))),
        layout=int(table["layout"]),
    )
