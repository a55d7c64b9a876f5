"""Releases of OCHA's COD-AB in each generation come out as the same tidy gazetteer."""

import csv
import io
import itertools
import json
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from ingest.apart import Bounds
from ingest.errors import UnreadableDocument
from ingest.places import Gazetteer, Kind
from ingest.places.bounded import read_bounded
from ingest.places.cod import read_release, write_gazetteer

Write = Callable[[Path, Sequence[Mapping[str, Any]]], Path]
Square = Callable[[float, float], dict[str, Any]]


def _point(lon: float, lat: float) -> dict[str, Any]:
    return {"type": "Point", "coordinates": [lon, lat]}


@pytest.fixture
def newest(tmp_path: Path, write_geojson: Write, square: Square) -> Path:
    """The generation since 2025: a zip of one GeoJSON a layer, with lines that hold no places."""
    country = {"adm0_pcode": "ND", "adm0_name": "Nordia", "adm0_name1": "نورديا", "iso3": "NRD"}
    north = {"adm1_pcode": "ND01", "adm1_name": "North", "adm1_name1": "الشمال", **country}
    hill = {"adm2_pcode": "ND0101", "adm2_name": "Hill", "adm2_name1": "التلة", **north}
    layers = {
        "nrd_admin0": [country],
        "nrd_admin1": [{**north, "center_lat": 10.5, "center_lon": 20.5, "geometry": square(20, 10)}],
        "nrd_admin2": [{**hill, "center_lat": 10.4, "center_lon": 20.4, "geometry": square(20, 10)}],
        "nrd_populatedplaces": [
            {
                "pcode": "C01",
                "featurename_en": "Hill",
                "featurename_ar": "التلة",
                "featurealtname1_en": "Hilltown",
                "point_x": 20.41,
                "point_y": 10.41,
                "adm2_pcode": "ND0101",
                "adm2_en": "Hill",
                "adm1_pcode": "ND01",
                "adm0_pcode": "ND",
            },
            {"pcode": "C02", "featurename_en": "Dale", "featurename_ar": "الوادي", "adm2_pcode": "ND0101", "geometry": _point(20.6, 10.6)},
        ],
        "nrd_neighborhoods": [
            {"neighborhoodpcode": "C0101", "neighborhoodname_en": "Old Market", "neighborhoodname_ar": "السوق القديم", "adm4_pcode": "C01"},
            {"neighborhoodpcode": "C9901", "neighborhoodname_en": "Nowhere", "neighborhoodname_ar": "", "adm4_pcode": "C99"},
        ],
        "nrd_adminlines": [{"linetype": "border", "length": 12}],
    }
    path = tmp_path / "nrd_admin_boundaries.geojson.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, records in layers.items():
            archive.write(write_geojson(tmp_path / f"{name}.geojson", records), f"{name}.geojson")
    return path


@pytest.fixture
def middle(tmp_path: Path) -> Path:
    """The generation of 2018 to 2025 as CSV: all levels in one row, a hashtag row under the header."""
    rows = [
        ["ADM2_EN", "ADM2_AR", "ADM2_PCODE", "ADM1_EN", "ADM1_AR", "ADM1_PCODE", "ADM0_EN", "ADM0_AR", "ADM0_PCODE", "validTo"],
        ["#adm2+name", "#adm2+name+i_ar", "#adm2+code", "#adm1+name", "#adm1+name+i_ar", "#adm1+code", "#country", "", "", "#date"],
        ["Hill", "التلة", "ND0101", "North", "الشمال", "ND01", "Nordia", "نورديا", "ND", ""],
        ["Shore", "الشاطئ", "ND0102", "North", "الشمال", "ND01", "Nordia", "نورديا", "ND", ""],
    ]
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    path = tmp_path / "nrd_adminboundaries_tabulardata.csv"
    path.write_text("\ufeff" + text.getvalue(), encoding="utf-8")
    return path


@pytest.fixture
def oldest(tmp_path: Path, write_geojson: Write, square: Square) -> Path:
    """The generation until 2018: a folder of layers that name their parents in full and mark capitals."""
    folder = tmp_path / "old"
    folder.mkdir()
    one = {"ADMIN1_COD": "ND01", "ADMIN1_EN": "North", "ADMIN1_ARA": "الشمال"}
    two = {"ADMIN2_COD": "ND0101", "ADMIN2_EN": "Hill", "ADMIN2_ARA": "التلة"}
    write_geojson(folder / "nrd_admin1.geojson", [{"NAME_EN": "North", "NAME_ARA": "الشمال", "PCODE": "ND01", "geometry": square(20, 10)}])
    write_geojson(
        folder / "nrd_admin2.geojson", [{"NAME_EN": "Hill", "NAME_ARA": "التلة", "PCODE": "ND0101", **one, "geometry": square(20, 10)}]
    )
    three = {"ADMIN3_COD": "ND010100", "ADMIN3_EN": "Hill", "ADMIN3_ARA": "مركز التلة"}
    capital = {"NAME_EN": "Hill", "NAM_EN_REF": "Hyll", "NAME_ARA": "التلة", "PCODE": "C01", **three, **two, **one}
    place = {"LATITUDE": 10.41, "LONGITUDE": 20.41, "CAPIT_LVL": 1, "geometry": {"type": "MultiPoint", "coordinates": [[20.41, 10.41]]}}
    write_geojson(folder / "nrd_admin4_point.geojson", [{**capital, **place}])
    write_geojson(
        folder / "nrd_admin5.geojson", [{"HAY_EN": "Old Market", "HAY_PCODE": "C0101", "CITY_PCODE": "C01", "geometry": square(20, 10)}]
    )
    return folder


def _shape(path: Path) -> dict[str, tuple[int, str, str]]:
    return {row.place_id: (row.adm_level, row.kind.value, row.parent_id) for row in read_release(path, "NRD").rows}


def test_the_newest_generation_is_read_with_all_its_layers(newest: Path) -> None:
    """Divisions, places and neighbourhoods come with their level, kind and parent; other layers and orphans are named."""
    assert _shape(newest) == {
        "ND": (0, "country", ""),
        "ND01": (1, "adm1", "ND"),
        "ND0101": (2, "adm2", "ND01"),
        "C01": (4, "community", "ND0101"),
        "C02": (4, "community", "ND0101"),
        "C0101": (4, "neighbourhood", "C01"),
    }
    assert read_release(newest, "nrd").left_aside == ("nrd_adminlines.geojson", "C9901")


def test_names_and_coordinates_come_from_the_columns_that_hold_them(newest: Path) -> None:
    """English and Arabic names, other spellings, centres and points are each taken from their own columns."""
    release = read_release(newest, "NRD")
    rows = {row.place_id: row for row in release.rows}
    assert (rows["ND01"].name_en, rows["ND01"].name_ar, rows["ND01"].lat, rows["ND01"].lon) == ("North", "الشمال", 10.5, 20.5)
    assert (rows["C01"].lat, rows["C01"].lon) == (10.41, 20.41)
    assert (rows["C02"].lat, rows["C02"].lon) == (10.6, 20.6)
    assert [(alias.place_id, alias.alias, alias.lang) for alias in release.aliases] == [("C01", "Hilltown", "en")]


def test_the_middle_generation_is_read_from_one_flat_table(middle: Path) -> None:
    """One row that names three levels gives three places, and the hashtag row gives none."""
    assert _shape(middle) == {
        "ND": (0, "country", ""),
        "ND01": (1, "adm1", "ND"),
        "ND0101": (2, "adm2", "ND01"),
        "ND0102": (2, "adm2", "ND01"),
    }


def test_the_oldest_generation_is_read_from_a_folder(oldest: Path) -> None:
    """The country, which these layers leave unsaid, is added; a capital keeps its rank; a sub-district known only by its towns is there."""
    assert _shape(oldest) == {
        "ND": (0, "country", ""),
        "ND01": (1, "adm1", "ND"),
        "ND0101": (2, "adm2", "ND01"),
        "ND010100": (3, "adm3", "ND0101"),
        "C01": (4, "community", "ND010100"),
        "C0101": (4, "neighbourhood", "C01"),
    }
    rows = {row.place_id: row for row in read_release(oldest, "NRD").rows}
    assert rows["C01"].importance == 4
    assert (rows["ND01"].lat, rows["ND01"].lon) == (10.5, 20.5)


def test_ocha_s_global_p_code_table_is_read_for_one_country(tmp_path: Path) -> None:
    """Rows of other countries are left out of the global table."""
    path = tmp_path / "global_pcodes_adm_1_2.csv"
    rows = [
        "Location,Admin Level,P-Code,Name,Parent P-Code,Valid from date",
        "NRD,1,ND01,North,NRD,2020-01-01",
        "NRD,2,ND0101,Hill,ND01,2020-01-01",
        "XXX,1,XX01,Elsewhere,XXX,2020-01-01",
    ]
    path.write_text("\n".join(rows), encoding="utf-8")
    assert _shape(path) == {"ND": (0, "country", ""), "ND01": (1, "adm1", "ND"), "ND0101": (2, "adm2", "ND01")}


@pytest.mark.parametrize("generation", ["newest", "middle", "oldest"])
def test_what_is_written_loads_as_a_gazetteer(generation: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """Each generation, written and loaded again, resolves its names in both languages."""
    written = write_gazetteer(read_release(request.getfixturevalue(generation), "NRD"), tmp_path / "out" / "nrd.csv")
    gazetteer = Gazetteer.load([written[0]])
    north, hill = gazetteer.resolve("North"), gazetteer.resolve("Hill district")
    assert north.place is not None
    assert hill.place is not None
    assert (north.place.id, hill.place.id) == ("ND01", "ND0101")
    assert gazetteer.named("الشمال")[0].id == "ND01"
    assert gazetteer.contains("ND", "ND0101")


def test_a_town_with_its_division_s_name_is_its_seat(newest: Path, tmp_path: Path) -> None:
    """Where a release marks no capitals, the one community named like its district is ranked as its seat."""
    gazetteer = Gazetteer.load([write_gazetteer(read_release(newest, "NRD"), tmp_path / "nrd.csv")[0]])
    hill, dale = gazetteer.get("C01"), gazetteer.get("C02")
    assert hill is not None
    assert dale is not None
    assert (hill.importance, dale.importance) == (3, 0)


def test_outlines_of_every_level_are_written_clockwise(newest: Path, tmp_path: Path) -> None:
    """A file a level; the outlines carry the p-code, both names and what they lie in, and their outer rings are turned clockwise."""
    first, second = write_gazetteer(read_release(newest, "NRD"), tmp_path / "out" / "nrd.csv")[2:]
    assert (first.name, second.name) == ("nrd-adm1.geojson", "nrd-adm2.geojson")
    features = [json.loads(path.read_text(encoding="utf-8"))["features"] for path in (first, second)]
    assert [[feature["properties"] for feature in one] for one in features] == [
        [{"place_id": "ND01", "name_en": "North", "name_ar": "الشمال", "parent_id": "ND"}],
        [{"place_id": "ND0101", "name_en": "Hill", "name_ar": "التلة", "parent_id": "ND01"}],
    ]
    ring = features[0][0]["geometry"]["coordinates"][0][0]
    assert sum(a[0] * b[1] - b[0] * a[1] for a, b in itertools.pairwise(ring)) == -2


def test_a_release_is_read_in_a_process_of_its_own(newest: Path, tmp_path: Path) -> None:
    """With the same result, and the same sentence where it cannot be read."""
    assert read_bounded(newest, "NRD") == read_release(newest, "NRD")
    with pytest.raises(UnreadableDocument, match=r"absent\.csv cannot be read"):
        read_bounded(tmp_path / "absent.csv", "NRD")


@pytest.mark.parametrize("bounds", [Bounds(seconds=0.0), Bounds(memory=600_000_000)])
def test_a_hostile_release_ends_at_its_bounds(tmp_path: Path, bounds: Bounds) -> None:
    """One that takes longer than its time or more than its memory is a sentence, and nothing goes on behind it."""
    path = tmp_path / "hostile.geojson"
    path.write_text('{"features": [' + "[0]," * 10_000_000 + "[0]]}", encoding="utf-8")
    with pytest.raises(UnreadableDocument, match=r"hostile\.geojson could not be read within .* seconds or within memory"):
        read_bounded(path, "NRD", bounds)


def test_a_new_release_keeps_what_people_added(newest: Path, tmp_path: Path) -> None:
    """Spellings and places of the project's own survive an import; places of an older release do not."""
    path = tmp_path / "out" / "nrd.csv"
    write_gazetteer(read_release(newest, "NRD"), path)
    with path.open("a", encoding="utf-8") as table:
        table.write("ND-site-mill,4,Mill,الطاحونة,C01,,,site,1,by hand\n")
        table.write("C07,4,Gone,ذهبت,ND0101,,,community,0,cod\n")
    with path.with_name("nrd-aliases.csv").open("a", encoding="utf-8") as table:
        table.write("ND01,Norden,de,by hand\nC07,Away,en,by hand\n")
    gazetteer = Gazetteer.load([write_gazetteer(read_release(newest, "NRD"), path)[0]])
    assert gazetteer.get("ND-site-mill") is not None
    assert gazetteer.get("C07") is None
    assert [place.id for place in gazetteer.named("Norden")] == ["ND01"]


def test_an_unknown_table_is_named_with_its_columns(tmp_path: Path, write_geojson: Write) -> None:
    """A table of no generation is refused with the columns found in it."""
    path = write_geojson(tmp_path / "rivers.geojson", [{"river": "Long", "length_km": 900}])
    with pytest.raises(UnreadableDocument, match=r"rivers\.geojson .*\(river, length_km\)"):
        read_release(path, "NRD")


def test_a_release_of_another_country_is_refused(newest: Path) -> None:
    """A release that holds no place of the country asked for says so."""
    with zipfile.ZipFile(newest) as archive:
        alone = newest.with_name("nrd_admin1.geojson")
        alone.write_bytes(archive.read("nrd_admin1.geojson"))
    with pytest.raises(UnreadableDocument, match="no places of XXX"):
        read_release(alone, "XXX")


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("release.xlsx", b"PK", "Excel workbook"),
        ("release.shp", b"", "shapefile"),
        ("release.txt", b"", "no table this program reads"),
        ("release.zip", b"not a zip", "not a zip file"),
        ("release.geojson", b"{", "not a GeoJSON feature collection"),
        ("release.json", b"[1, 2]", "not a GeoJSON feature collection"),
        ("release.csv", b"\xff\xfe\x00", "not UTF-8"),
        ("release.csv", b"", "columns of no COD-AB release"),
        ("release.csv", b"Location,Admin Level,P-Code,Name,Parent P-Code\nNRD,first,ND01,North,NRD\n", "row that is not understood"),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(name: str, content: bytes, says: str, tmp_path: Path) -> None:
    """Other formats, damaged files and unknown tables each give one sentence that names the file."""
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UnreadableDocument, match=says) as refusal:
        read_release(path, "NRD")
    assert name in str(refusal.value)


def test_a_missing_file_is_refused_in_a_sentence(tmp_path: Path) -> None:
    """A path where nothing is, and a folder without tables, say so."""
    with pytest.raises(UnreadableDocument, match="cannot be read"):
        read_release(tmp_path / "absent.csv", "NRD")
    with pytest.raises(UnreadableDocument, match="holds no GeoJSON or CSV table"):
        read_release(tmp_path, "NRD")


def test_every_row_has_a_kind_of_its_level(oldest: Path) -> None:
    """No row is an area or a site: a release knows only divisions, communities and neighbourhoods."""
    kinds = {row.kind for row in read_release(oldest, "NRD").rows}
    assert kinds == {Kind.COUNTRY, Kind.ADM1, Kind.ADM2, Kind.ADM3, Kind.COMMUNITY, Kind.NEIGHBOURHOOD}
