"""Which place lies in which, and how far apart."""

import pytest

from ingest.places import Gazetteer


def test_ancestors_run_from_the_nearest_to_the_country(gazetteer: Gazetteer) -> None:
    """A site lies in its city, sub-district, district, governorate and country, in this order."""
    assert [place.id for place in gazetteer.ancestors("SY-site-aleppo-university")] == ["C1007", "SY020000", "SY0200", "SY02", "SY"]
    assert gazetteer.ancestors("SY") == ()
    assert gazetteer.ancestors("no such place") == ()


@pytest.mark.parametrize(
    ("outer", "inner", "expected"),
    [
        ("SY", "C1007", True),
        ("SY02", "C1007", True),
        ("C1007", "SY-site-aleppo-university", True),
        ("C1007", "C1007", True),
        ("C1007", "SY02", False),
        ("SY07", "C1007", False),
        ("the-north-west", "C1007", True),
        ("the-north-west", "SY05", False),
        ("the-north", "the-north-west", True),
        ("the-north-west", "the-north", False),
        ("SY", "the-north-west", True),
        ("SY02", "the-north-west", False),
        ("the-north-west", "SY", False),
        ("SY", "no such place", False),
        ("no such place", "SY", False),
    ],
)
def test_containment(gazetteer: Gazetteer, outer: str, inner: str, expected: bool) -> None:
    """A place contains itself and what lies in it; a region contains what its governorates contain."""
    assert gazetteer.contains(outer, inner) is expected


def test_coverage_is_the_first_level(gazetteer: Gazetteer) -> None:
    """A town covers its governorate, the country all fourteen, a region its list."""
    assert gazetteer.coverage("C3916") == ("SY07",)
    assert len(gazetteer.coverage("SY")) == 14
    assert gazetteer.coverage("the-north-west") == ("SY02", "SY07")
    assert gazetteer.coverage("no such place") == ()


def test_distance_between_two_cities(gazetteer: Gazetteer) -> None:
    """Aleppo and Damascus are about 310 km apart, whichever way round, and no place is away from itself."""
    there, back = gazetteer.distance_km("C1007", "C1001"), gazetteer.distance_km("C1001", "C1007")
    assert there is not None
    assert there == back == pytest.approx(310, abs=10)
    assert gazetteer.distance_km("C1007", "C1007") == 0


def test_distance_is_unknown_without_coordinates(gazetteer: Gazetteer) -> None:
    """A place without coordinates is at no known distance."""
    assert gazetteer.distance_km("C1007", "SY-nbhd-aleppo-hamdaniyah") is None
    assert gazetteer.distance_km("C1007", "no such place") is None
