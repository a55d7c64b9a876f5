"""The tables of a release: GeoJSON or CSV files, one by one, in a zip file, or in a folder of either."""

import csv
import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.errors import UnreadableDocument

_TABLES = {".csv", ".geojson", ".json"}
_OTHERS = {
    ".xlsx": "an Excel workbook",
    ".xls": "an Excel workbook",
    ".shp": "a shapefile",
    ".gdb": "a geodatabase",
    ".gpkg": "a GeoPackage",
}
_LARGEST = 1 << 30  # bytes of one table; a country's full release stays well below


@dataclass(frozen=True, slots=True)
class Record:
    """One row: its cells by lower-case column, empty text for nothing, and its GeoJSON geometry if it has one."""

    cells: Mapping[str, str]
    geometry: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Layer:
    """One table. `columns` are spelled as the file spells them."""

    name: str
    columns: tuple[str, ...]
    records: tuple[Record, ...]


def read_layers(path: Path) -> Iterator[Layer]:
    """Every table at a path, by name. Raises `UnreadableDocument` for what is no table, is damaged or cannot be opened."""
    found = False
    for name, content in _files(path):
        found = True
        yield _csv(name, content) if name.lower().endswith(".csv") else _geojson(name, content)
    if not found:
        raise UnreadableDocument(f"{path.name} holds no GeoJSON or CSV table; download that form of the release.")


def _files(path: Path) -> Iterator[tuple[str, bytes]]:
    try:
        if path.is_dir():
            for file in sorted(path.rglob("*")):
                if file.suffix.lower() == ".zip":
                    yield from _zipped(file)
                elif file.suffix.lower() in _TABLES:
                    yield file.name, file.read_bytes()
        elif path.suffix.lower() == ".zip":
            yield from _zipped(path)
        elif path.suffix.lower() in _TABLES:
            yield path.name, path.read_bytes()
        else:
            kind = _OTHERS.get(path.suffix.lower(), "no table this program reads")
            raise UnreadableDocument(f"{path.name} is {kind}; download the GeoJSON (zip) or CSV form of the release.")
    except OSError as error:
        raise UnreadableDocument(f"{path} cannot be read ({error.strerror}); check that it exists and is readable.") from error


def _zipped(path: Path) -> Iterator[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(path) as archive:
            for member in sorted(archive.infolist(), key=lambda one: one.filename):
                name = Path(member.filename).name
                if Path(name).suffix.lower() not in _TABLES or name.startswith("."):
                    continue
                if member.file_size > _LARGEST:
                    raise UnreadableDocument(f"{name} in {path.name} is larger than 1 GB; unpack it and give only the layers needed.")
                yield name, archive.read(member)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        raise UnreadableDocument(f"{path.name} is not a zip file that can be opened ({error}); download it again.") from error


def _csv(name: str, content: bytes) -> Layer:
    text = _text(name, content)
    header = text.partition("\n")[0]
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=";" if header.count(";") > header.count(",") else ",")
    columns = tuple(cell.strip() for cell in next(rows, []))
    records = [Record(dict(zip(map(str.lower, columns), map(str.strip, row), strict=False)), None) for row in rows]
    return Layer(name, columns, tuple(record for record in records if not _is_hashtags(record)))


def _is_hashtags(record: Record) -> bool:
    """The HXL row that older releases put under their header."""
    filled = [cell for cell in record.cells.values() if cell]
    return not filled or all(cell.startswith("#") for cell in filled)


def _geojson(name: str, content: bytes) -> Layer:
    try:
        features = json.loads(_text(name, content))["features"]
        rows = [(feature.get("properties") or {}, feature.get("geometry")) for feature in features]
        columns = tuple(dict.fromkeys(column for properties, _ in rows for column in properties))
        records = tuple(Record({key.lower(): _cell(value) for key, value in properties.items()}, geometry) for properties, geometry in rows)
    except (json.JSONDecodeError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UnreadableDocument(f"{name} is not a GeoJSON feature collection; download the release again.") from error
    return Layer(name, columns, records)


def _cell(value: object) -> str:
    return "" if value is None else str(value).strip()


def _text(name: str, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableDocument(f"{name} is not UTF-8 text; save it as UTF-8.") from error
