"""The shipped gazetteer is complete, consistent and licensed."""

import csv
import itertools
import json
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from ingest.places import Gazetteer, Kind, fold
from ingest.places.place import Importance

DATA = Path(__file__).resolve().parents[3] / "data"
BOX = (32.0, 35.5, 37.5, 42.5)  # south, west, north, east


def test_the_divisions_are_complete(gazetteer: Gazetteer) -> None:
    """There are 14 governorates, 62 districts, 270 sub-districts and 5,251 communities, under one country."""
    count = Counter(place.kind for place in gazetteer)
    assert (count[Kind.COUNTRY], count[Kind.ADM1], count[Kind.ADM2], count[Kind.ADM3], count[Kind.COMMUNITY]) == (1, 14, 62, 270, 5251)


def test_every_parent_exists_and_is_coarser(gazetteer: Gazetteer) -> None:
    """Every place lies in a known place of a coarser level, or of the same level for a site in its town."""
    for place in gazetteer:
        if place.kind not in (Kind.COUNTRY, Kind.REGION):
            parent = gazetteer.get(place.parent)
            assert parent is not None, place.id
            assert parent.level < place.level or parent.kind is Kind.COMMUNITY, place.id


def test_every_place_has_its_first_level_division(gazetteer: Gazetteer) -> None:
    """Below the country, the first-level division of a place is one of the fourteen."""
    first = {place.id for place in gazetteer if place.kind is Kind.ADM1}
    assert len(first) == 14
    assert all(place.adm1 in first for place in gazetteer if place.level > 0)


def test_every_p_code_has_both_names_and_coordinates(gazetteer: Gazetteer) -> None:
    """Divisions and communities have an English and an Arabic name, and coordinates inside the country's box."""
    south, west, north, east = BOX
    for place in gazetteer:
        if place.kind in (Kind.ADM1, Kind.ADM2, Kind.ADM3, Kind.COMMUNITY):
            assert place.name_en, place.id
            assert place.name_ar, place.id
        if place.lat is not None and place.lon is not None:
            assert south < place.lat < north, place.id
            assert west < place.lon < east, place.id


def test_every_name_finds_its_place(gazetteer: Gazetteer) -> None:
    """Every surface form of every place leads back to it."""
    for place in gazetteer:
        for name in place.names:
            assert not fold(name) or place in gazetteer.named(name), (place.id, name)


def test_every_division_but_three_has_a_seat(gazetteer: Gazetteer) -> None:
    """Every governorate except the one around the capital has a community ranked as its seat."""
    seats = {place.adm1 for place in gazetteer if place.kind is Kind.COMMUNITY and place.importance == Importance.FIRST}
    assert {place.id for place in gazetteer if place.kind is Kind.ADM1} - seats == {"SY03"}


def test_spellings_and_sites_of_our_own_are_marked(shipped: Path) -> None:
    """What no release vouches for says so in its status."""
    with (shipped / "syr.csv").open(encoding="utf-8", newline="") as table:
        own = [row for row in csv.DictReader(table) if row["place_id"].startswith("SY-")]
    with (shipped / "syr-aliases.csv").open(encoding="utf-8", newline="") as table:
        aliases = list(csv.DictReader(table))
    assert own
    assert {row["status"] for row in own} == {"from memory, unverified"}
    assert {row["status"] for row in aliases} == {"from memory, unverified", "part of the double name"}


def test_the_files_stay_small(shipped: Path) -> None:
    """The gazetteer is under a megabyte and the outlines under 80 kB."""
    assert (shipped / "syr.csv").stat().st_size < 1_000_000
    assert (shipped / "syr-adm1.geojson").stat().st_size < 80_000


def test_sources_and_licences_are_named(shipped: Path) -> None:
    """The readme gives OCHA's attribution and the notice of the outlines' licence."""
    readme = (shipped / "README.md").read_text(encoding="utf-8")
    assert "CC BY-IGO" in readme
    assert "OCHA" in readme
    assert "Permission is hereby granted" in readme


def _inside(lon: float, lat: float, ring: list[list[float]]) -> bool:
    crossings = sum(
        (y0 > lat) != (y1 > lat) and lon < (x1 - x0) * (lat - y0) / (y1 - y0) + x0 for (x0, y0), (x1, y1) in itertools.pairwise(ring)
    )
    return crossings % 2 == 1


def test_every_governorate_has_an_outline_around_its_seat(gazetteer: Gazetteer, shipped: Path) -> None:
    """The outlines carry the fourteen p-codes, run clockwise, and hold the governorates' seats."""
    features = json.loads((shipped / "syr-adm1.geojson").read_text(encoding="utf-8"))["features"]
    outer = {feature["properties"]["place_id"]: feature["geometry"]["coordinates"][0][0] for feature in features}
    assert set(outer) == {place.id for place in gazetteer if place.kind is Kind.ADM1}
    for ring in outer.values():
        assert ring[0] == ring[-1]
        assert sum(a[0] * b[1] - b[0] * a[1] for a, b in itertools.pairwise(ring)) < 0
    for seat in gazetteer:
        if seat.kind is Kind.COMMUNITY and seat.importance == Importance.FIRST:
            assert seat.lat is not None
            assert seat.lon is not None
            assert _inside(seat.lon, seat.lat, outer[seat.adm1]), seat.id


@pytest.mark.parametrize(
    ("words", "place_id"),
    [
        ("Aleppo", "SY02"),
        ("حلب", "SY02"),
        ("Idlib", "SY07"),
        ("Idleb", "SY07"),
        ("Hama", "SY05"),
        ("Homs", "SY04"),
        ("Damascus", "SY01"),
        ("دمشق", "SY01"),
        ("Rif Dimashq", "SY03"),
        ("Latakia", "SY06"),
        ("Daraa", "SY12"),
        ("Suwayda", "SY13"),
        ("Hasakah", "SY08"),
        ("Deir Ezzor", "SY09"),
        ("Raqqa", "SY11"),
        ("Aleppo city", "C1007"),
        ("city of Idlib", "C3871"),
        ("مدينة إدلب", "C3871"),
        ("western Aleppo", "SY02"),
        ("northern Aleppo", "SY02"),
        ("north Hama", "SY05"),
        ("ريف حماة", "SY05"),
        ("Al-Dar al-Kabira", "C2524"),
        ("الدار الكبيرة", "C2524"),
        ("Talbiseh", "C2882"),
        ("Rastan", "C2870"),
        ("Harbanoush", "C3943"),
        ("حربنوش", "C3943"),
        ("Ariha", "C4278"),
        ("Saraqeb", "C3916"),
        ("Sarmada", "C4121"),
        ("Khan Sheikhoun", "C3987"),
        ("Maarat al-Numan", "C3985"),
        ("Kafr Nabl", "C4068"),
        ("Jisr al-Shughur", "C4199"),
        ("Morek", "C3029"),
        ("al-Safira", "C2154"),
        ("السفيرة", "C2154"),
        ("Deir Hafer", "C1240"),
        ("Tal Rifaat", "C1621"),
        ("Nubl", "C1655"),
        ("Manbij", "C1767"),
        ("Kobani", "C1946"),
        ("Ain al-Arab", "C1946"),
        ("Jarablus", "C2227"),
        ("Afrin", "C1366"),
        ("Azaz", "C1564"),
        ("Al-Bab", "C1202"),
        ("Tabqa", "C5929"),
        ("Palmyra", "C2889"),
        ("Tadmor", "C2889"),
        ("Khan Touman", "C1015"),
        ("خان طومان", "C1015"),
        ("Aleppo University", "SY-site-aleppo-university"),
        ("Aleppo University’s student housing", "SY-site-aleppo-university"),
        ("dormitories of Aleppo University", "SY-site-aleppo-university"),
        ("السكن الجامعي في حلب", "SY-site-aleppo-university"),
        ("Aleppo University Hospital", "SY-site-aleppo-university-hospital"),
        ("مشفى حلب الجامعي", "SY-site-aleppo-university-hospital"),
        ("Hamdaniyah neighbourhood", "SY-nbhd-aleppo-hamdaniyah"),
        ("Saydnaya prison", "SY-site-saydnaya-prison"),
        ("Hmeimim air base", "SY-site-hmeimim-air-base"),
        ("Kweires airbase", "SY-site-kweires-air-base"),
    ],
)
def test_the_places_that_reports_name_are_found(gazetteer: Gazetteer, words: str, place_id: str) -> None:
    """Each place named in reports of the built-in scenario comes to the place meant."""
    resolved = gazetteer.resolve(words)
    assert resolved.place is not None
    assert resolved.place.id == place_id


def test_places_have_their_french_names_where_french_has_another(gazetteer: Gazetteer) -> None:
    """The country, its governorates and sites by French spellings; what French calls as English does has none."""
    said = {place.id: place.name_fr for place in gazetteer}
    assert (said["SY"], said["SY02"], said["SY13"], said["C1001"]) == ("République arabe syrienne", "Alep", "Soueïda", "Damas")
    assert said["SY-site-aleppo-university"] == "Université d’Alep" and said["SY05"] == ""


def test_regions_are_named_in_every_language() -> None:
    """They are words of a crisis file and no names of a register, so each reader has them."""
    crises = sorted((DATA / "crises").glob("*.toml"))
    assert crises
    assert not [
        one["id"] for path in crises for one in tomllib.loads(path.read_text("utf-8"))["region"] if set(one["label"]) != {"en", "ar", "fr"}
    ]
