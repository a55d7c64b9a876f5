"""Which claims are of one incident: five reports of one strike are one incident with five claims, and two strikes stay two."""

import random

import pandas as pd
import pytest

from ingest.compare import incidents
from ingest.model.schema import FIGURES
from tests.ingest.compare.conftest import make_claim, organisations_table, places_table


def _strike(source, value, place="ariha", day=(12, 1), **given):
    return make_claim(source, value, place, on=day, **given)


def _incidents(rows):
    frame = pd.DataFrame(rows, columns=[column.name for column in FIGURES])
    return incidents(frame, organisations=organisations_table(), places=places_table())


def _groups(rows):
    """The figures of each incident, as sets of their identities."""
    _, links = _incidents(rows)
    return {frozenset(group) for group in links.groupby("incident_id")["figure_id"].agg(list)}


def test_five_reports_of_one_strike_are_one_incident_with_five_claims():
    """Tolls differ as they are counted on; the town and the day are the same."""
    voices = ("sohr", "snhr", "white_helmets", "sana", "ohchr")
    told, links = _incidents([_strike(source, value) for source, value in zip(voices, (8, 9, 12, "at least 7", "dozens"), strict=True)])
    (row,) = told.itertuples()
    assert (row.claims, row.voices, row.documents) == (5, 5, 5)
    assert (row.place_id, row.first_day.date().isoformat(), row.spans) == ("ariha", "2024-12-01", "killed=7..99")
    assert len(links) == 5


def test_one_claim_at_five_publishers_is_one_claim_and_one_voice():
    """Relays add documents, not claims or voices."""
    rows = [_strike("sohr", 8, publisher=one, claim_id="c1") for one in ("sohr", "afp", "dpa", "trt", "aa")]
    (row,) = _incidents(rows)[0].itertuples()
    assert (row.claims, row.voices, row.documents) == (1, 1, 5)


def test_two_nameless_voices_of_an_incident_are_not_two_independent_ones():
    """Local sources of two publishers may be the same people: nothing says that they are two, so they have one vote."""
    rows = [_strike("white_helmets", 12), *(_strike("anonymous_local", 12, publisher=one) for one in ("trt", "aa"))]
    (row,) = _incidents(rows)[0].itertuples()
    assert (row.claims, row.voices) == (3, 2)


def test_the_span_is_of_whole_counts():
    """Two civilians among nine killed are no lower number of the same; a voice that counts civilians only is heard with them."""
    everyone, civilians = {"group_status": "mixed_total"}, {"group_status": "civilian"}
    rows = [_strike("sohr", 9, **everyone), _strike("sohr", 2, **civilians), _strike("snhr", 7, **civilians)]
    assert list(_incidents(rows)[0]["spans"]) == ["killed=7..9"]
    assert list(_incidents([_strike("sohr", "more than 11")])[0]["spans"]) == ["killed=12..12"]


def test_other_days_and_towns_are_other_incidents():
    """The day before and the next town are not the same strike, whatever the number."""
    rows = [_strike("sohr", 8), _strike("snhr", 8, day=(12, 2)), _strike("ohchr", 8, "idlib-city")]
    assert len(_groups(rows)) == 3


def test_killed_injured_and_their_parts_are_of_one_incident():
    """Figures of one sentence and the parts of a total go together."""
    rows = [
        _strike("sohr", 8, id="killed", document_id="d", quote_start=0),
        _strike("sohr", 20, id="injured", metric="injured", document_id="d", quote_start=0),
        _strike("sohr", 3, id="children", part="killed", group_age="child"),
    ]
    rows[2]["document_id"] = "d"
    told, _ = _incidents(rows)
    assert _groups(rows) == {frozenset({"killed", "injured", "children"})}
    assert list(told["metrics"]) == ["killed;injured"]
    assert list(told["spans"]) == ["killed=8..8;injured=20..20"]


def test_strikes_of_one_day_listed_side_by_side_stay_apart():
    """Two voices number two strikes on one town: each strike has its own claims, by their numbers."""
    rows = [_strike(source, value, id=f"{source}{value}", document_id=source) for source in ("sohr", "snhr") for value in (5, 15)]
    assert _groups(rows) == {frozenset({"sohr5", "snhr5"}), frozenset({"sohr15", "snhr15"})}
    third = _strike("ohchr", 21, id="other", document_id="o")
    assert frozenset({"other"}) in _groups([*rows, third])


def test_a_less_exact_claim_joins_the_only_incident_it_can_mean():
    """Nine killed "in the city" or "in the governorate" are those at the university; where two sites have nine, nobody knows which."""
    site = _strike("sohr", 9, "university", id="site")
    city, division = _strike("snhr", 9, "aleppo-city", id="city"), _strike("ocha", 9, "ALP", id="division")
    assert _groups([site, city, division]) == {frozenset({"site", "city", "division"})}
    far = _strike("ohchr", 9, "far-suburb", id="far")
    assert _groups([site, far, city]) == {frozenset({"site"}), frozenset({"far"}), frozenset({"city"})}
    assert len(_groups([site, _strike("snhr", 2, "ALP"), _strike("ohchr", 2, "university", day=(12, 2))])) == 3


def test_a_claim_of_an_open_day_joins_the_only_day_it_can_mean():
    """An incident told without a day is of the day of the report or the one before."""
    undated = make_claim("snhr", 8, "ariha", kind="incident", as_of=(12, 2), as_of_inferred=True, id="undated")
    assert _groups([_strike("sohr", 8, id="first"), undated]) == {frozenset({"first", "undated"})}
    assert len(_groups([_strike("sohr", 8), _strike("sohr", 8, day=(12, 2)), undated])) == 3


def test_near_sites_with_one_number_are_one_incident_unless_a_text_lists_both():
    """The university and the hospital beside it, twelve killed: one strike under two names; one text with both tells of two."""
    university, hospital = _strike("sohr", 12, "university", id="a"), _strike("snhr", 12, "hospital", id="b")
    assert _groups([university, hospital]) == {frozenset({"a", "b"})}
    both = [_strike("ohchr", 12, place, id=place, document_id="o") for place in ("university", "hospital")]
    assert len(_groups([university, hospital, *both])) == 2


def test_who_did_it_does_not_part_an_incident_and_is_listed():
    """Voices that disagree on the party responsible speak of one incident; all of its wordings are shown."""
    told, _ = _incidents([_strike("sana", 4, perpetrator="HTS"), _strike("trt", 4, perpetrator="Army command")])
    assert list(told["perpetrators"]) == ["Army command;HTS"]


@pytest.fixture
def many():
    """Forty claims of several days, places, voices and numbers, some listed side by side, some loose."""
    chosen = random.Random(7)
    places = ("ariha", "idlib-city", "university", "hospital", "aleppo-city", "ALP", "IDL")
    rows = []
    for number in range(40):
        source, value = chosen.choice(("sohr", "snhr", "ocha", "sana")), chosen.choice((1, 3, 9, 12, "at least 4", "dozens"))
        strike = _strike(source, value, chosen.choice(places), (12, chosen.randint(1, 3)), id=f"f{number:02}")
        rows.append(strike | {"document_id": f"d{chosen.randint(0, 15)}"})
    return rows


def test_the_same_claims_in_any_order_are_the_same_incidents(many):
    """Names and members do not depend on the order of the rows."""
    told, links = _incidents(many)
    again, linked = _incidents(random.Random(3).sample(many, len(many)))
    pd.testing.assert_frame_equal(told, again)
    pd.testing.assert_frame_equal(links, linked)
    assert links["figure_id"].is_unique
    assert told["incident_id"].is_unique
    assert len(links) == len(many)


def test_an_unrelated_claim_changes_no_incident(many):
    """A strike elsewhere adds its own incident and leaves every other as it was."""
    told, links = _incidents(many)
    more, linked = _incidents([*many, _strike("ocha", 12, "HAM", (12, 2), id="a-new-one")])
    assert len(more) == len(told) + 1
    pd.testing.assert_frame_equal(more[more["incident_id"].isin(told["incident_id"])].reset_index(drop=True), told)
    assert set(map(tuple, links.to_numpy())) < set(map(tuple, linked.to_numpy()))


def test_a_further_report_of_an_incident_keeps_its_name():
    """What is told exactly is named by place and day, so a claim more does not rename it."""
    before = _incidents([_strike("sohr", 8)])[0]["incident_id"].iloc[0]
    after = _incidents([_strike("sohr", 8), _strike("ocha", 11, id="0-first"), _strike("snhr", 8, "IDL", id="1")])[0]
    assert list(after["incident_id"]) == [before]


def test_totals_levels_and_days_are_no_incidents():
    """Only claims about one event make an incident; without any there are none."""
    told, links = _incidents([make_claim("sohr", 8), make_claim("sohr", 8, kind="daily", on=(12, 1))])
    assert told.empty
    assert links.empty
