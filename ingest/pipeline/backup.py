"""Everything that cannot be made again, in one file: the ledger, the archive, the settings and what was written for a crisis.

The file is a ZIP, readable without this program:

    ledger.sqlite                                the ledger at one moment, whatever database it is on
    raw/ab/abcd..., raw/exchanges.jsonl          the archive
    settings.toml, crises/, gazetteer/           as far as they are in the data folder
    backup.json                                  program, time, rows by table, and the SHA-256 of each of the others; written last

The ledger is copied before the archive, which only grows: so every document's bytes are there. Snapshots are made again by publishing.
"""

import contextlib
import hashlib
import json
import os
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from ingest.errors import SettingsError
from ingest.fetch.archive import Archive
from ingest.fetch.replay import Journal
from ingest.fetch.tombstones import Tombstones
from ingest.settings import Settings
from ingest.store import Ledger
from ingest.store.portable import checked

LEDGER, DESCRIPTION = "ledger.sqlite", "backup.json"
MADE = "backups.jsonl"  # in the data folder: which backups were written where; in none of them
FORMAT = 1  # raised when an earlier program could not restore what this one writes
WRITTEN_FOR_A_CRISIS = ("settings.toml", "crises", "gazetteer")
_PIECE = 1 << 20  # bytes in memory at a time


@dataclass(frozen=True, slots=True)
class Description:
    """What a backup holds: `rows` by table of the ledger, `files` by name with their SHA-256; `created_at` in ISO 8601."""

    program: str
    created_at: str
    rows: dict[str, int]
    files: dict[str, str]
    format: int = FORMAT


def back_up(settings: Settings, target: Path, now: datetime, done: Callable[[int], None], *, force: bool = False) -> Description:
    """Write a backup; `done` is told of each file. Others may go on reading and writing.

    It has its name only when it is whole and on the disk. Only its owner may read it, for settings hold keys.
    Raises `SettingsError` where the file is there already, `StoreError` where the ledger cannot be read.
    """
    if target.exists() and not force:
        raise SettingsError(f"{target} is there already; choose another name, or replace it with --force.")
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=target.parent) as scratch:
        partial, copied = Path(scratch) / "backup.zip", Path(scratch) / LEDGER
        with Ledger.open(settings.database) as ledger:
            ledger.copy_to(copied)
        rows, files = checked(copied), dict[str, str]()
        with zipfile.ZipFile(partial, "x", zipfile.ZIP_DEFLATED) as written:
            for name, path in _files(settings, copied):
                if path.is_file():  # archived bytes may be let go meanwhile
                    files[name] = _add(written, name, path)
                    done(1)
            description = Description(version("crosscount"), now.isoformat(), rows, files)
            written.writestr(DESCRIPTION, json.dumps(asdict(description), indent=1))
        partial.chmod(0o600)
        with partial.open("rb+") as file:
            os.fsync(file.fileno())
        partial.replace(target)
    with contextlib.suppress(OSError), (settings.data / MADE).open("a", encoding="utf-8") as file:  # the backup is good without it
        file.write(json.dumps({"file": str(target.resolve()), "at": description.created_at}) + "\n")
    return description


def made(settings: Settings) -> tuple[Path, ...]:
    """The backups that were written from this data folder and are still where they were written, the earliest first."""
    path = settings.data / MADE
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    named = dict.fromkeys(Path(json.loads(line)["file"]) for line in lines)
    return tuple(one for one in named if one.is_file())


def _files(settings: Settings, ledger: Path) -> Iterator[tuple[str, Path]]:
    """What goes in, by name: the ledger first."""
    yield LEDGER, ledger
    archive = Archive(settings.raw)
    yield from ((path.relative_to(settings.data).as_posix(), path) for path in sorted(archive.files()))
    yield from ((path.relative_to(settings.data).as_posix(), path) for path in Tombstones(settings.raw).files())
    yield Journal.of(archive).path.relative_to(settings.data).as_posix(), Journal.of(archive).path
    for name in WRITTEN_FOR_A_CRISIS:
        top = settings.data / name
        found = [top] if top.is_file() else sorted(path for path in top.rglob("*") if path.is_file())
        yield from ((path.relative_to(settings.data).as_posix(), path) for path in found)


def _add(written: zipfile.ZipFile, name: str, path: Path) -> str:
    """Add a file as far as it goes now, and return its SHA-256: of a journal that grows meanwhile, whole lines."""
    entry = zipfile.ZipInfo.from_file(path, name, strict_timestamps=False)
    entry.compress_type = zipfile.ZIP_DEFLATED
    digest, left = hashlib.sha256(), _whole_lines(path) if path.suffix == ".jsonl" else path.stat().st_size
    with path.open("rb") as read, written.open(entry, "w", force_zip64=True) as file:
        while left and (piece := read.read(min(_PIECE, left))):
            digest.update(piece)
            file.write(piece)
            left -= len(piece)
    return digest.hexdigest()


def _whole_lines(path: Path) -> int:
    """How many bytes of a file end with a whole line."""
    size, lines = 0, 0
    with path.open("rb") as file:
        for line in file:
            size += len(line)
            lines = size if line.endswith(b"\n") else lines
    return lines
