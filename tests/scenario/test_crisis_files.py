"""The crisis file and the organisations are complete, consistent, and nothing about them is special to one country."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from ingest.errors import SettingsError
from ingest.model.crisis import Crisis, Organisation, load_crisis, load_organisations
from ingest.model.vocabulary import SourceKind

# An invented island, to show that a crisis is a file and no code.
ISLAND = """
id = "island-2031"
title = { en = "Isle of Palms, storm season 2031", ar = "جزيرة النخيل، موسم العواصف 2031" }
country = "XPA"
timezone = "Indian/Maldives"
start = 2031-05-02
gazetteer = ["xpa"]

[[organisation]]
id = "palm_gazette"
name = { en = "Palm Gazette", ar = "جريدة النخيل" }
short = "Gazette"
kind = "state"
[organisation.aliases]
en = ["state media", "Palm Gazette"]

[[side]]
id = "coast_guard"
label = { en = "Coast guard", ar = "خفر السواحل" }
terms = { en = ["coast guards"] }

[[region]]
id = "windward"
label = { en = "Windward side", ar = "الجهة المواجهة للريح" }
names = { en = ["windward side"] }
covers = ["XPA01", "XPA02"]
version = "2031-05-01"

[[household_factor]]
low = 3.5
high = 4.0
citation = "An invented census"

[sources.rss]
feeds = [{ url = "https://gazette.example/feed" }]
"""


def _aliases(organisations: Iterable[Organisation]) -> Counter[tuple[str, str]]:
    return Counter(
        (language, alias) for one in organisations for language, forms in one.aliases.items() for alias in {form.lower() for form in forms}
    )


def test_common_organisations_load(organisations: dict[str, Organisation]) -> None:
    """The UN bodies, wires and unnamed voices that every crisis needs are known without any crisis."""
    needed = {"ocha", "ohchr", "unhcr", "unicef", "wfp", "iom", "idmc", "ifrc", "who", "un", "afp", "ap", "reuters", "efe", "dpa", "epa"}
    unnamed = {
        "state_media",
        "health_authorities",
        "military_source",
        "police",
        "rescuers",
        "officials",
        "activists",
        "anonymous_local",
        "unattributed",
    }
    assert needed | unnamed <= set(organisations)


def test_crisis_loads(crisis: Crisis) -> None:
    """The crisis says where, when and in whose time zone it is."""
    assert (crisis.id, crisis.country, str(crisis.timezone)) == ("syria-2024", "SYR", "Asia/Damascus")
    assert (crisis.start, crisis.end) == (date(2024, 11, 27), date(2024, 12, 31))


def test_every_organisation_has_both_names_and_a_definition(crisis: Crisis) -> None:
    """A reader of either language sees who an organisation is and what its words mean."""
    poor = [
        one.id for one in crisis.organisations.values() if not (one.name.get("en") and one.name.get("ar") and one.short and one.definition)
    ]
    assert poor == []


def test_organisation_ids_are_short_and_plain(crisis: Crisis) -> None:
    """An id is lower-case letters, digits and underscores, fit for a column and an address."""
    assert [one for one in crisis.organisations if not one.replace("_", "").isalnum() or not one.isascii() or one != one.lower()] == []


def test_addresses_are_https(crisis: Crisis) -> None:
    """An organisation's address, where it has one, can be opened."""
    addresses = [one.address for one in crisis.organisations.values() if one.address]
    assert [a for a in addresses if urlsplit(a).scheme != "https" or not urlsplit(a).netloc] == []


def test_an_alias_names_one_organisation(crisis: Crisis, organisations: dict[str, Organisation]) -> None:
    """Within the common file, and within a crisis, no alias could mean two organisations."""
    own = [one for id_, one in crisis.organisations.items() if organisations.get(id_) != one]
    for group in (organisations.values(), own):
        assert [alias for alias, count in _aliases(group).items() if count > 1] == []


def test_the_crisis_gives_state_media_its_agency(crisis: Crisis, organisations: dict[str, Organisation]) -> None:
    """“State media” is a general voice in the common file and the state agency in this crisis."""
    assert "state media" in organisations["state_media"].aliases["en"]
    assert "state media" in crisis.organisations["sana"].aliases["en"]


def test_sides_are_closed_and_parties_belong_to_one(crisis: Crisis) -> None:
    """The five sides are labelled in both languages, have words in both, and every party that takes a side takes a known one."""
    assert [side.id for side in crisis.sides] == [
        "government_and_allies",
        "opposition_and_allies",
        "sdf_and_allies",
        "foreign_state",
        "unknown_or_other",
    ]
    assert all(side.label["en"] and side.label["ar"] and side.terms["en"] and side.terms["ar"] for side in crisis.sides)
    assert {one.side for one in crisis.organisations.values() if one.side} <= {side.id for side in crisis.sides}


def test_a_word_for_fighters_means_one_side(crisis: Crisis) -> None:
    """No word for fighters stands under two sides."""
    words = Counter((language, term) for side in crisis.sides for language, terms in side.terms.items() for term in terms)
    assert [word for word, count in words.items() if count > 1] == []


def test_fighting_parties_speak_for_a_side(crisis: Crisis, organisations: dict[str, Organisation]) -> None:
    """Claims about an enemy need to know whose enemy: a party of this crisis has a side."""
    assert [
        id_ for id_, one in crisis.organisations.items() if one.kind is SourceKind.PARTY and not one.side and id_ not in organisations
    ] == []


def test_ocha_and_the_local_health_authorities_share_a_basis(crisis: Crisis) -> None:
    """OCHA's north-west casualties and those of the health authorities who verified them are one voice."""
    assert crisis.organisations["ocha"].basis == crisis.organisations["nw_health_authorities"].basis != ""


def test_definition_traps_are_written_down(crisis: Crisis) -> None:
    """What the main monitors' words cover is said where a reader sees the organisation."""
    definitions = {id_: crisis.organisations[id_].definition for id_ in ("sohr", "snhr", "white_helmets", "sana")}
    assert "civilians who took up arms" in definitions["sohr"]
    assert "civilians only" in definitions["snhr"]
    assert "areas held by the opposition" in definitions["white_helmets"]
    assert "civilians and soldiers alike" in definitions["sana"]


def test_regions_are_versioned_lists_of_governorates(crisis: Crisis, place_ids: frozenset[str]) -> None:
    """An informal region covers first-level places that exist, and says which version of the list this is."""
    for region in crisis.regions:
        assert region.version and region.names["en"] and region.names["ar"], region.id
        assert set(region.covers) <= {f"SY{number:02}" for number in range(1, 15)} & place_ids, region.id


def test_a_region_name_means_one_region(crisis: Crisis) -> None:
    """No name stands under two informal regions."""
    names = Counter(
        (language, name) for region in crisis.regions for language, some in region.names.items() for name in {one.lower() for one in some}
    )
    assert [name for name, count in names.items() if count > 1] == []


def test_household_factor_is_an_interval_with_a_source(crisis: Crisis) -> None:
    """Families become people only through an interval that says where it comes from."""
    for factor in crisis.household_factors:
        assert 1 < factor.low <= factor.high < 10
        assert "HNAP" in factor.citation


def test_the_note_says_paraphrase(crisis: Crisis) -> None:
    """The app can say on its face, in both languages, that the sample texts are the project's own words."""
    assert "paraphrases" in crisis.note["en"]
    assert "صياغة من المشروع" in crisis.note["ar"]


def test_sources_of_the_crisis(crisis: Crisis) -> None:
    """The crisis names its connectors, and feeds are addresses with a known publisher."""
    records = {"hapi", "idmc", "ucdp", "acled", "dtm", "unhcr", "insecurity_insight"}
    texts = {"sohr", "sana", "snhr", "syria_civil_defence", "enab_baladi", "north_press", "anadolu", "bbc", "aljazeera", "un_news"}
    assert set(crisis.sources) == {"reliefweb", "rss"} | texts | records
    for feed in crisis.sources["rss"]["feeds"]:
        assert feed["url"].startswith("https://")
        assert feed["publisher"] in crisis.organisations


def test_another_crisis_is_another_file(tmp_path: Path, organisations: dict[str, Organisation]) -> None:
    """An invented crisis in another country loads, on top of the same common organisations, without a line of code."""
    path = tmp_path / "island-2031.toml"
    path.write_text(ISLAND, encoding="utf-8")
    island = load_crisis(path, organisations)
    assert (island.country, island.end, island.boundaries, island.sample) == ("XPA", None, "", "")
    assert island.organisations["palm_gazette"].kind is SourceKind.STATE
    assert island.organisations["ocha"] == organisations["ocha"]
    assert island.regions[0].covers == ("XPA01", "XPA02")
    assert "sohr" not in island.organisations


def test_a_misspelt_key_is_named(tmp_path: Path) -> None:
    """A key nobody reads stops the load with a sentence that names file and key."""
    path = tmp_path / "organisations.toml"
    path.write_text('[[organisation]]\nid = "x"\nname = { en = "X" }\nshort = "X"\nkind = "media"\nalias = "Y"\n', encoding="utf-8")
    with pytest.raises(SettingsError, match=r"organisations\.toml: entry 1 has an unknown key 'alias'"):
        load_organisations(path)


def test_a_missing_key_is_named(tmp_path: Path) -> None:
    """With the entry it is missing from."""
    path = tmp_path / "organisations.toml"
    path.write_text('[[organisation]]\nid = "x"\nname = { en = "X" }\nkind = "media"\n', encoding="utf-8")
    with pytest.raises(SettingsError, match=r"organisations\.toml: entry 1 \(x\) has no 'short'; add it"):
        load_organisations(path)


def test_mandates_say_who_counts_what_since_when(crisis: Crisis) -> None:
    """Every mandate of the scenario names a known organisation, divisions of the country and days in order; an island may have its own."""
    assert {"sohr", "snhr", "ocha", "sana", "unhcr"} <= {one.organisation for one in crisis.mandates}
    assert all(place.startswith("SY") and len(place) == 4 for one in crisis.mandates for place in one.places)
    assert all(one.metrics and one.cadence_hours >= 12 for one in crisis.mandates)
    assert all((one.since or crisis.start) <= (one.until or date.max) for one in crisis.mandates)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ('organisation = "nobody"\nmetrics = ["killed"]\ncadence_hours = 24', "no organisation"),
        ('organisation = "palm_gazette"\nmetrics = ["tears"]\ncadence_hours = 24', "tears"),
        ('organisation = "palm_gazette"\nmetrics = ["killed"]\ncadence_hours = 24\nplace = "XPA01"', "place"),
    ],
)
def test_a_mandate_that_is_not_understood_is_named(tmp_path: Path, row: str, said: str) -> None:
    """An unknown organisation, metric or key ends the reading with a sentence that names it."""
    path = tmp_path / "island.toml"
    path.write_text(f"{ISLAND}\n[[mandate]]\n{row}\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=said):
        load_crisis(path, {})
