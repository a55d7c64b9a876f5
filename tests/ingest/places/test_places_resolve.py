"""What names mean: homonyms, units, countryside, lists, regions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.model.vocabulary import PlacePrecision
from ingest.places import Gazetteer


@pytest.mark.parametrize(
    ("name", "within", "place_id"),
    [
        ("النيرب", "SY07", "C3867"),
        ("النيرب", "SY02", "SY-site-nayrab-camp"),
        ("الطبقة", "SY08", "C4822"),
        ("الطبقة", "SY11", "C5929"),
        ("دير حافر", "SY08", "C4902"),
        ("دير حافر", "SY02", "C1240"),
        ("المالكية", "SY11", "C5863"),
        ("Suran", "SY05", "C3026"),
        ("Suran", "SY0204", "C1664"),
        ("Shahba", "SY13", "C6226"),
        ("Shahba", "SY02", "SY-area-shahba"),
        ("Nayrab", "Idlib", "C3867"),
    ],
)
def test_a_scope_decides_between_homonyms(gazetteer: Gazetteer, name: str, within: str, place_id: str) -> None:
    """Inside a given governorate a homonym is the place that lies there."""
    resolved = gazetteer.resolve(name, within=within)
    assert resolved.place is not None
    assert resolved.place.id == place_id


@pytest.mark.parametrize(
    ("name", "candidates"),
    [
        ("النيرب", {"C3867", "SY-site-nayrab-camp"}),
        ("Suran", {"C3026", "C1664"}),
        ("Hadar", {"C6278", "C1182"}),
        ("Shahba", {"C6226", "SY-area-shahba"}),
        ("الزهراء", {"C1646", "SY-nbhd-aleppo-zahraa", "SY-nbhd-homs-zahraa"}),
    ],
)
def test_homonyms_of_like_rank_are_not_guessed(gazetteer: Gazetteer, name: str, candidates: set[str]) -> None:
    """Where no rule decides there is no place, and every place meant is a candidate."""
    resolved = gazetteer.resolve(name)
    assert resolved.place is None
    assert resolved.rule == "not_unique"
    assert candidates <= {place.id for place in resolved.candidates}


@pytest.mark.parametrize(
    ("name", "place_id"), [("الطبقة", "C5929"), ("دير حافر", "C1240"), ("المالكية", "C4881"), ("Duma", "C2338"), ("Afrin", "C1366")]
)
def test_a_seat_two_ranks_above_its_namesakes_is_meant(gazetteer: Gazetteer, name: str, place_id: str) -> None:
    """A division's seat is taken before hamlets of the same name, which stay candidates."""
    resolved = gazetteer.resolve(name)
    assert resolved.place is not None
    assert (resolved.place.id, resolved.rule) == (place_id, "seat")
    assert len(resolved.candidates) > 1


def test_a_first_level_name_is_not_lost_to_a_village_in_scope(gazetteer: Gazetteer) -> None:
    """In a report about Idlib, Quneitra is still the governorate, unless the words say it is in Idlib."""
    nearby, said = gazetteer.resolve("Quneitra", within="SY07"), gazetteer.resolve("Quneitra in Idlib")
    assert nearby.place is not None
    assert said.place is not None
    assert (nearby.place.id, said.place.id) == ("SY14", "C4177")


@pytest.mark.parametrize(
    ("words", "place_id", "precision"),
    [
        ("Homs", "SY04", PlacePrecision.GOVERNORATE),
        ("Homs governorate", "SY04", PlacePrecision.GOVERNORATE),
        ("Homs district", "SY0401", PlacePrecision.DISTRICT),
        ("the city of Homs", "C2528", PlacePrecision.CITY_OR_TOWN),
        ("مدينة حمص", "C2528", PlacePrecision.CITY_OR_TOWN),
        ("محافظة حمص", "SY04", PlacePrecision.GOVERNORATE),
        ("Manbij", "C1767", PlacePrecision.CITY_OR_TOWN),
        ("Manbij district", "SY0205", PlacePrecision.DISTRICT),
        ("ناحية تلبيسة", "SY040401", PlacePrecision.SUBDISTRICT),
    ],
)
def test_one_name_at_several_levels_follows_the_stated_unit(
    gazetteer: Gazetteer, words: str, place_id: str, precision: PlacePrecision
) -> None:
    """Without a unit, a governorate's name is the governorate and a lower division's name its town; with one, what it says."""
    resolved = gazetteer.resolve(words)
    assert resolved.place is not None
    assert (resolved.place.id, resolved.precision) == (place_id, precision)


def test_a_hint_from_elsewhere_counts_like_a_unit(gazetteer: Gazetteer) -> None:
    """A unit stated elsewhere in the sentence decides the level too."""
    resolved = gazetteer.resolve("Idlib", hint=PlacePrecision.CITY_OR_TOWN)
    assert resolved.place is not None
    assert resolved.place.id == "C3871"


@pytest.mark.parametrize(
    ("words", "place_id"),
    [
        ("countryside of Aleppo", "SY02"),
        ("the western countryside of Aleppo", "SY02"),
        ("southern Idlib countryside", "SY07"),
        ("rural Hama", "SY05"),
        ("ريف حلب الغربي", "SY02"),
        ("الريف الغربي لحلب", "SY02"),
        ("countryside of Manbij", "SY0205"),
        ("ريف منبج", "SY0205"),
        ("countryside of Saraqeb", "SY070003"),
        ("countryside of Harbanoush", "SY070005"),
        ("Damascus countryside", "SY03"),
        ("western countryside of Damascus", "SY03"),
        ("ريف دمشق", "SY03"),
        ("Idlib city and its countryside", "SY07"),
        ("إدلب وريفها", "SY07"),
    ],
)
def test_countryside_is_an_area(gazetteer: Gazetteer, words: str, place_id: str) -> None:
    """The countryside of a place is the division it is the seat of, or that it lies in: an area, not a dot."""
    resolved = gazetteer.resolve(words)
    assert resolved.place is not None
    assert resolved.place.id == place_id
    assert resolved.precision in (PlacePrecision.GOVERNORATE, PlacePrecision.DISTRICT, PlacePrecision.SUBDISTRICT)


@pytest.mark.parametrize(
    ("words", "coverage"),
    [
        ("Idlib and Aleppo countryside", ("SY02", "SY07")),
        ("ريفي إدلب وحلب", ("SY02", "SY07")),
        ("Aleppo, Idlib and Hama", ("SY02", "SY05", "SY07")),
        ("محافظات حلب وإدلب وحماة", ("SY02", "SY05", "SY07")),
        ("Saraqeb and Morek", ("SY05", "SY07")),
    ],
)
def test_a_list_covers_the_divisions_of_its_members(gazetteer: Gazetteer, words: str, coverage: tuple[str, ...]) -> None:
    """Places in several governorates make an informal area without an identity, with their governorates as coverage."""
    resolved = gazetteer.resolve(words)
    assert resolved.place is None
    assert (resolved.coverage, resolved.precision) == (coverage, PlacePrecision.REGION_INFORMAL)


@pytest.mark.parametrize(
    ("words", "place_id"), [("Saraqeb and Ariha", "SY07"), ("Nubl and Zahraa", "SY020404"), ("نبل والزهراء", "SY020404")]
)
def test_a_list_inside_one_division_is_its_smallest_common_place(gazetteer: Gazetteer, words: str, place_id: str) -> None:
    """Two towns of one governorate come to the division that holds both; the one helps to tell the other from its namesakes."""
    resolved = gazetteer.resolve(words)
    assert resolved.place is not None
    assert (resolved.place.id, resolved.rule) == (place_id, "list")


@pytest.mark.parametrize(
    ("words", "place_id"),
    [("Talbiseh, Homs", "C2882"), ("Ariha in Idlib", "C4278"), ("سراقب بريف إدلب", "C3916"), ("بلدة تلبيسة في ريف حمص الشمالي", "C2882")],
)
def test_a_place_in_a_larger_one_is_the_smaller(gazetteer: Gazetteer, words: str, place_id: str) -> None:
    """The larger place named beside it is the scope, not a second place."""
    resolved = gazetteer.resolve(words)
    assert resolved.place is not None
    assert resolved.place.id == place_id


@pytest.mark.parametrize("words", ["northwestern Syria", "North-west Syria", "شمال غرب سوريا"])
def test_an_informal_region_comes_to_its_coverage(gazetteer: Gazetteer, words: str) -> None:
    """A region's name gives the region and the governorates of its versioned list."""
    resolved = gazetteer.resolve(words)
    assert resolved.place is not None
    assert resolved.place.id == "the-north-west"
    assert (resolved.coverage, resolved.precision) == (("SY02", "SY07"), PlacePrecision.REGION_INFORMAL)


def test_a_direction_of_the_country_covers_nobody_knows_what(gazetteer: Gazetteer) -> None:
    """Southern Syria, when no region has that name, is part of Syria and does not cover all of it."""
    resolved = gazetteer.resolve("southern Syria")
    assert (resolved.coverage, resolved.precision) == ((), PlacePrecision.REGION_INFORMAL)


@pytest.mark.parametrize("words", ["Beirut", "", "   ", "countryside", "and", "…", "12", "ريف"])
def test_words_that_name_no_place_come_to_nothing(gazetteer: Gazetteer, words: str) -> None:
    """Unknown words give no place, no candidates and no coverage."""
    resolved = gazetteer.resolve(words)
    assert (resolved.place, resolved.candidates, resolved.coverage, resolved.rule) == (None, (), (), "unknown")


@given(
    words=st.lists(
        st.sampled_from(
            [
                "Aleppo",
                "Idlib",
                "and",
                "و",
                "في",
                "in",
                "countryside",
                "ريف",
                "of",
                "the",
                ",",
                "حلب",
                "وإدلب",
                "northern",
                "Zahraa",
                "النيرب",
                "city",
                "مدينة",
                "بريف",
                "its",
                "وريفها",
            ]
        ),
        max_size=7,
    )
)
def test_no_order_of_words_breaks_resolving(gazetteer: Gazetteer, words: list[str]) -> None:
    """Whatever the words, a place given has its own coverage among the stated one, and candidates are known places."""
    resolved = gazetteer.resolve(" ".join(words))
    assert all(gazetteer.get(place.id) is place for place in resolved.candidates)
    if resolved.place is not None and resolved.coverage:
        assert set(resolved.coverage) <= set(gazetteer.coverage(resolved.place.id))


def test_endless_words_are_not_read(gazetteer: Gazetteer) -> None:
    """A run of words no place phrase has is left unread, whatever it holds."""
    assert gazetteer.resolve("northern countryside of " * 1000 + "Aleppo").rule == "unknown"


def test_every_community_is_found_in_its_own_division(gazetteer: Gazetteer) -> None:
    """Named in Arabic inside its sub-district, a community is the place resolved or one of the candidates."""
    for place in gazetteer:
        if place.level == 4 and place.name_ar:
            assert place in gazetteer.resolve(place.name_ar, within=place.parent).candidates, place.id
