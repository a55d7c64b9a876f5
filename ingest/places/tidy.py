"""The gazetteer as tidy files: `<country>.csv`, one place a row, and `<country>-aliases.csv`, one other spelling a row."""

import csv
import io
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import TypeVar

from ingest.errors import StoreError, UnreadableDocument
from ingest.places.place import Kind

_Row = TypeVar("_Row")


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One row of a gazetteer file; fields as in `Place`. `status` says where the row comes from, such as `cod`."""

    place_id: str
    adm_level: int
    name_en: str
    name_ar: str
    parent_id: str
    lat: float | None
    lon: float | None
    kind: Kind
    importance: int
    status: str


@dataclass(frozen=True, slots=True)
class AliasRow:
    """Another spelling of a place. `lang` is ISO 639-1; `status` says where it comes from, such as `from memory, unverified`."""

    place_id: str
    alias: str
    lang: str
    status: str


PLACE_COLUMNS = [field.name for field in fields(PlaceRow)]
ALIAS_COLUMNS = [field.name for field in fields(AliasRow)]


def aliases_path(places: Path) -> Path:
    """The file of other spellings that belongs to a gazetteer file."""
    return places.with_name(f"{places.stem}-aliases{places.suffix}")


def read_places(path: Path) -> tuple[PlaceRow, ...]:
    """Read a gazetteer file. Raises `UnreadableDocument` naming file and line."""
    return tuple(_rows(path, PLACE_COLUMNS, _place))


def read_aliases(path: Path) -> tuple[AliasRow, ...]:
    """Read a file of other spellings. Raises `UnreadableDocument` naming file and line."""
    return tuple(_rows(path, ALIAS_COLUMNS, lambda cells: AliasRow(*cells)))


def write_rows(path: Path, rows: Iterable[PlaceRow] | Iterable[AliasRow], columns: list[str]) -> None:
    """Write rows under their header, the whole file or nothing. Raises `StoreError` when the folder refuses."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(astuple(row) for row in rows)
    write_text(path, text.getvalue())


def write_text(path: Path, text: str) -> None:
    """Replace a file by a text in one step. Raises `StoreError` when the folder refuses."""
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial.write_text(text, encoding="utf-8", newline="")
        partial.replace(path)
    except OSError as error:
        raise StoreError(f"{path} cannot be written ({error.strerror}); check the folder's permissions and free space.") from error
    finally:
        with suppress(OSError):  # the partial file was never made, or is in its place already
            partial.unlink()


def _place(cells: list[str]) -> PlaceRow:
    place_id, level, name_en, name_ar, parent, lat, lon, kind, importance, status = cells
    return PlaceRow(
        place_id,
        int(level),
        name_en,
        name_ar,
        parent,
        float(lat) if lat else None,
        float(lon) if lon else None,
        Kind(kind),
        int(importance),
        status,
    )


def _rows(path: Path, columns: list[str], build: Callable[[list[str]], _Row]) -> Iterator[_Row]:
    reader = csv.reader(io.StringIO(_text(path), newline=""))
    if next(reader, None) != columns:
        raise UnreadableDocument(f"{path.name} is not such a gazetteer file: its columns must be {', '.join(columns)}.")
    for cells in reader:
        try:
            yield build(cells)
        except (TypeError, ValueError) as error:
            raise UnreadableDocument(f"{path.name}, line {reader.line_num}: the row is not understood ({error}); correct it.") from error


def read_words(path: Path) -> Iterator[str]:
    """The entries of a word list, one a line, `#` opening a comment. Raises `UnreadableDocument` naming the file."""
    for line in _text(path).splitlines():
        word = line.partition("#")[0].strip()
        if word:
            yield word


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UnreadableDocument(f"{path} cannot be read ({error.strerror}); check that the gazetteer file is there.") from error
    except UnicodeDecodeError as error:
        raise UnreadableDocument(f"{path} is not UTF-8 text; save it as UTF-8.") from error
