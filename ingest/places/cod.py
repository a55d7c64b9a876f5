"""OCHA's Common Operational Datasets of administrative boundaries (COD-AB), any country, into the tidy gazetteer.

Three generations of column names are read, as GeoJSON or CSV, with all their layers in one zip file or folder:

- since 2025 ("v02"): `adm1_pcode adm1_name adm1_name1 … center_lat center_lon`, places `pcode featurename_en featurename_ar`,
  neighbourhoods `neighborhoodpcode neighborhoodname_en`;
- 2018 to 2025: `ADM1_PCODE ADM1_EN ADM1_AR …` (any language codes), one row a division or all levels in one row;
- until 2018: `PCODE NAME_EN NAME_ARA`, parents `ADMIN1_COD …`, neighbourhoods `HAY_PCODE`;

and OCHA's global p-code table (`Location, Admin Level, P-Code, Name, Parent P-Code`), which has no coordinates.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ingest.errors import UnreadableDocument
from ingest.places.boundaries import GRIDS, Outline, centroid, feature_collection, polygons, snapped
from ingest.places.layers import Layer, Record, read_layers
from ingest.places.place import COMMUNITY_LEVEL, Importance, Kind
from ingest.places.seats import with_importance
from ingest.places.tidy import (
    ALIAS_COLUMNS,
    PLACE_COLUMNS,
    AliasRow,
    PlaceRow,
    aliases_path,
    read_aliases,
    read_places,
    write_rows,
    write_text,
)

STATUS = "cod"
_KINDS = (Kind.COUNTRY, Kind.ADM1, Kind.ADM2, Kind.ADM3, Kind.COMMUNITY)
_CODE = re.compile(r"(?:adm|admin)(?P<level>[0-4])_(?:pcode|cod)")
_NAME = re.compile(r"(?:adm|admin)(?P<level>[0-4])(?:_name\d?|_ref_name|_ref|_(?P<lang>[a-z]{2})|_ara|alt\d?_?(?P<alt>[a-z]{2}))")
_COORDINATES = (("center_lat", "center_lon"), ("latitude", "longitude"), ("point_y", "point_x"), ("lat", "lon"), ("y", "x"))
_CAPITALS = {"1": Importance.FIRST, "2": Importance.SECOND, "3": Importance.THIRD}
_GLOBAL = {"location", "admin level", "p-code", "name", "parent p-code"}
_ARABIC_LETTER = re.compile(r"[\u0621-\u064A]")


@dataclass(frozen=True, slots=True)
class Release:
    """What a release holds: rows coarsest first, other spellings, simplified outlines of the levels that `GRIDS` has.

    `left_aside` names layers of other columns, and places whose own place the release does not hold.
    """

    country: str
    rows: tuple[PlaceRow, ...]
    aliases: tuple[AliasRow, ...]
    outlines: tuple[Outline, ...]
    left_aside: tuple[str, ...]

    def __len__(self) -> int:
        """How many places."""
        return len(self.rows)


@dataclass(frozen=True, slots=True)
class _Named:
    """A place as one record gives it: identity, level, kind, names by column in order of preference, and parent."""

    id: str
    level: int
    kind: Kind
    names: tuple[tuple[str, str], ...]
    parent: str


def read_release(path: Path, country: str) -> Release:
    """Read a release for one country (ISO 3166 alpha-3); records of other countries are left out.

    Raises `UnreadableDocument` when nothing can be read, naming the columns found when they belong to no generation.
    """
    rows: dict[str, PlaceRow] = {}
    aliases: dict[tuple[str, str], AliasRow] = {}
    outlines: dict[str, Outline] = {}
    left_aside: list[Layer] = []
    for layer in read_layers(path):
        if not _known(layer):
            left_aside.append(layer)
            continue
        for record in layer.records:
            if _elsewhere(record, country):
                continue
            for own, named in enumerate(_understood(layer, record)):
                row = _row(named, record if own == 0 else None)
                rows[row.place_id] = _merged(rows.get(row.place_id), row)
                aliases.update(((alias.place_id, alias.alias), alias) for alias in _aliases(named, row))
                if own == 0 and (outline := _outline(row, record)) is not None:
                    outlines[row.place_id] = outline
    if not rows:
        raise _nothing_read(path, country, left_aside)
    held = _completed(rows, country)
    ordered = sorted(with_importance(held.values()), key=lambda row: (row.adm_level, row.kind is Kind.NEIGHBOURHOOD, row.place_id))
    return Release(
        country=country,
        rows=tuple(ordered),
        aliases=tuple(alias for alias in aliases.values() if alias.place_id in held),
        outlines=tuple(outline for place_id, outline in outlines.items() if place_id in held),
        left_aside=(*(layer.name for layer in left_aside), *(place_id for place_id in rows if place_id not in held)),
    )


def write_gazetteer(release: Release, path: Path) -> tuple[Path, ...]:
    """Write `<path>`, its `-aliases` file and `-adm1.geojson` to `-adm3.geojson`, as far as there are outlines; gives the paths written.

    What people added to files already there is kept: places whose status is not of a release, and all spellings. Raises
    `StoreError` when the folder refuses.
    """
    spellings = aliases_path(path)
    rows = {row.place_id: row for row in release.rows}
    for row in read_places(path) if path.is_file() else ():
        if row.place_id not in rows and row.parent_id in rows and not row.status.startswith(STATUS):
            rows[row.place_id] = row
    kept = [alias for alias in (read_aliases(spellings) if spellings.is_file() else ()) if alias.place_id in rows]
    listed = {(alias.place_id, alias.alias) for alias in kept}
    added = [alias for alias in release.aliases if (alias.place_id, alias.alias) not in listed]
    write_rows(path, rows.values(), PLACE_COLUMNS)
    write_rows(spellings, [*kept, *added], ALIAS_COLUMNS)
    return path, spellings, *_write_outlines(release, path)


def _write_outlines(release: Release, path: Path) -> Iterator[Path]:
    for level in GRIDS:
        if drawn := [outline for outline in release.outlines if outline.level == level]:
            target = path.with_name(f"{path.stem}-adm{level}.geojson")
            write_text(target, feature_collection(drawn))
            yield target


def _known(layer: Layer) -> bool:
    columns = {column.lower() for column in layer.columns}
    levels = {match["level"] for column in columns if (match := _CODE.fullmatch(column))}
    named = any((match := _NAME.fullmatch(column)) and match["level"] in levels for column in columns)
    own = {"pcode", "name_en"}, {"pcode", "featurename_en"}, {"hay_pcode", "hay_en"}, {"neighborhoodpcode", "neighborhoodname_en"}
    return named or columns >= _GLOBAL or any(columns >= needed for needed in own)


def _elsewhere(record: Record, country: str) -> bool:
    code = record.cells.get("iso3") or record.cells.get("location") or country
    return code.upper() != country.upper()


def _understood(layer: Layer, record: Record) -> tuple[_Named, ...]:
    try:
        return tuple(_named(record))
    except (KeyError, ValueError, IndexError) as error:
        raise UnreadableDocument(f"{layer.name} has a row that is not understood ({error}); download the release again.") from error


def _named(record: Record) -> Iterator[_Named]:
    """The record's own place first, then the divisions it lies in, nearest first."""
    cells = record.cells
    levels = _levels(cells)
    own = _own(cells, levels)
    if own is None:
        return
    yield own
    above = {level: named for level, named in levels.items() if level < own.level and named.id != own.id}
    yield from (above[level] for level in sorted(above, reverse=True))


def _levels(cells: Mapping[str, str]) -> dict[int, _Named]:
    """The divisions a record mentions, by level."""
    codes = {int(match["level"]): value for column, value in cells.items() if value and (match := _CODE.fullmatch(column))}
    names: dict[int, list[tuple[str, str]]] = {}
    for column, value in cells.items():
        if value and (match := _NAME.fullmatch(column)):
            names.setdefault(int(match["level"]), []).append((column, value))
    found = {}
    for level, code in codes.items():
        parent = next((codes[above] for above in range(level - 1, -1, -1) if above in codes), "")
        found[level] = _Named(code, level, _KINDS[level], _preferred(names.get(level, ())), parent)
    return found


def _own(cells: Mapping[str, str], levels: Mapping[int, _Named]) -> _Named | None:
    if cells.get("p-code"):
        level = int(cells["admin level"])
        parent = cells["parent p-code"] if level > 1 else ""
        return _Named(cells["p-code"], level, _KINDS[level], (("name", cells["name"]),), parent)
    for code, prefixes, parents in (
        ("neighborhoodpcode", ("neighborhoodname", "neighborhoodalt"), ("adm4_pcode", "pcode", "adm3_pcode")),
        ("hay_pcode", ("hay_en", "hay_ar"), ("city_pcode",)),
    ):
        if cells.get(code):
            parent = next((cells[column] for column in parents if cells.get(column)), "")
            return _Named(cells[code], COMMUNITY_LEVEL, Kind.NEIGHBOURHOOD, _columns(cells, prefixes), parent)
    if cells.get("pcode"):
        around = max((level for level in levels if level < COMMUNITY_LEVEL), default=0)
        level = COMMUNITY_LEVEL if "featurename_en" in cells else 0 if cells["pcode"].isalpha() else around + 1
        parent = levels[around].id if around in levels else ""
        return _Named(cells["pcode"], level, _KINDS[level], _columns(cells, ("name_", "nam_", "featurename", "featurealt")), parent)
    return levels[max(levels)] if levels else None


def _columns(cells: Mapping[str, str], prefixes: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return _preferred((column, value) for column, value in cells.items() if value and column.startswith(prefixes))


def _preferred(names: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """English first, then the plain name, then the others in column order; spaces set right."""
    ordered = sorted(names, key=lambda one: (not one[0].endswith("_en"), not one[0].endswith("_name"), "alt" in one[0]))
    return tuple((column, " ".join(value.split())) for column, value in ordered)


def _completed(rows: dict[str, PlaceRow], country: str) -> dict[str, PlaceRow]:
    """The rows under one country, which older releases leave unsaid; without those that lie in a place not given."""
    first = next((row for row in rows.values() if row.kind is Kind.ADM1), None)
    letters = re.match(r"[A-Z]{2,3}(?=\d)", first.place_id) if first is not None else None
    top = next((row.place_id for row in rows.values() if row.kind is Kind.COUNTRY), letters[0] if letters else country.upper())
    blank = PlaceRow(top, 0, country.upper(), "", "", None, None, Kind.COUNTRY, Importance.COUNTRY, STATUS)
    held = {top: rows.get(top, blank)}
    for row in sorted(rows.values(), key=lambda one: (one.adm_level, one.kind is Kind.NEIGHBOURHOOD)):
        parent = row.parent_id or (top if row.kind is Kind.ADM1 else "")
        if parent in held:
            held[row.place_id] = replace(row, parent_id=parent)
    return held


def _row(named: _Named, record: Record | None) -> PlaceRow:
    arabic = next((value for _, value in named.names if _ARABIC_LETTER.search(value)), "")
    latin = next((value for _, value in named.names if not _ARABIC_LETTER.search(value)), "")
    lat, lon = _position(record) if record is not None else (None, None)
    importance = _CAPITALS.get(record.cells.get("capit_lvl", ""), Importance.PLAIN) if record is not None else Importance.PLAIN
    return PlaceRow(named.id, named.level, latin or arabic or named.id, arabic, named.parent, lat, lon, named.kind, importance, STATUS)


def _outline(row: PlaceRow, record: Record) -> Outline | None:
    """The outline of a division, simplified; None where there is none, or none larger than its grid."""
    if row.adm_level not in GRIDS:
        return None
    outline = Outline(row.place_id, row.name_en, row.name_ar, polygons(record.geometry), row.adm_level, row.parent_id)
    return kept if (kept := snapped(outline, GRIDS[row.adm_level])).polygons else None


def _position(record: Record) -> tuple[float | None, float | None]:
    for lat_column, lon_column in _COORDINATES:
        try:
            lat, lon = float(record.cells.get(lat_column, "")), float(record.cells.get(lon_column, ""))
        except ValueError:
            continue
        if abs(lat) <= 90 and abs(lon) <= 180:
            return round(lat, 5), round(lon, 5)
    geometry = record.geometry or {}
    points: Any = geometry.get("coordinates")
    if geometry.get("type") == "Point" and points:
        return round(points[1], 5), round(points[0], 5)
    if geometry.get("type") == "MultiPoint" and points:
        return round(points[0][1], 5), round(points[0][0], 5)
    middle = centroid(polygons(geometry))
    return (round(middle[1], 5), round(middle[0], 5)) if middle else (None, None)


def _aliases(named: _Named, row: PlaceRow) -> Iterator[AliasRow]:
    for column, value in named.names:
        if value not in (row.name_en, row.name_ar):
            lang = "ar" if _ARABIC_LETTER.search(value) else next(iter(re.findall(r"_([a-z]{2})$", column)), "en")
            yield AliasRow(row.place_id, value, lang, STATUS)


def _merged(known: PlaceRow | None, row: PlaceRow) -> PlaceRow:
    """What the first record said, with what it left open taken from another."""
    if known is None:
        return row
    return replace(
        known,
        name_en=known.name_en if known.name_en not in (known.place_id, known.name_ar) else row.name_en,
        name_ar=known.name_ar or row.name_ar,
        parent_id=known.parent_id or row.parent_id,
        lat=known.lat if known.lat is not None else row.lat,
        lon=known.lon if known.lon is not None else row.lon,
        importance=max(known.importance, row.importance),
    )


def _nothing_read(path: Path, country: str, left_aside: Iterable[Layer]) -> UnreadableDocument:
    unknown = next(iter(left_aside), None)
    if unknown is None:
        return UnreadableDocument(f"{path.name} has no places of {country.upper()}; check the country code (ISO 3166 alpha-3).")
    columns = ", ".join(unknown.columns) or "none"
    return UnreadableDocument(f"{unknown.name} has the columns of no COD-AB release this program knows ({columns}); give a COD-AB file.")
