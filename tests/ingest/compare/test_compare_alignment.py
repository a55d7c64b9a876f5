"""Which claims are set side by side, and what is left out and counted."""

import pandas as pd

from ingest.compare import Rules, compare


def test_claims_of_other_places_on_no_common_chain_are_not_paired(claim, verdicts):
    """Two towns of one division, and two divisions, are different questions."""
    assert verdicts([claim("sohr", 8, "idlib-city"), claim("snhr", 3, "ariha")]).empty
    assert verdicts([claim("sohr", 8, "IDL"), claim("snhr", 3, "HOM")]).empty
    assert verdicts([claim("sohr", 8, "idlib-city", on=(12, 1)), claim("snhr", 3, "ariha", on=(12, 1))]).empty


def test_incidents_of_other_days_or_far_apart_are_other_incidents(claim, code):
    """The same town two days later, and a suburb 30 km away, are other incidents; a neighbourhood within 3 km may be the same."""
    assert code(claim("sohr", 8, "idlib-city", on=(12, 1)), claim("snhr", 8, "idlib-city", on=(12, 3))) == ""
    assert code(claim("sohr", 8, "university", on=(12, 1)), claim("snhr", 8, "far-suburb", on=(12, 1))) == ""
    assert code(claim("sohr", 8, "university", on=(12, 1)), claim("snhr", 8, "hamdaniyah", on=(12, 1))) == "agreement"
    assert code(claim("sohr", 8, "university", on=(12, 1)), claim("snhr", 20, "hospital", on=(12, 1))) == "contradiction_strong"


def test_an_incident_in_the_city_and_at_a_site_of_it_is_one_only_when_the_numbers_fit(claim, code):
    """Four dead "in the city" and four at the university agree; nine in the city may be another incident."""
    site = claim("sohr", 4, "university", on=(11, 29))
    assert code(site, claim("snhr", 4, "aleppo-city", on=(11, 29))) == "agreement"
    assert code(site, claim("snhr", 9, "aleppo-city", on=(11, 29))) == "different_scope_place"


def test_an_undated_incident_is_of_the_day_of_the_report_or_the_day_before(claim, code):
    """A report of 2 December without a date speaks of the 1st or the 2nd, not of 29 November."""
    undated = claim("sohr", 8, "idlib-city", kind="incident", as_of=(12, 2), as_of_inferred=True)
    assert code(undated, claim("snhr", 8, "idlib-city", on=(12, 1))) == "agreement"
    assert code(undated, claim("snhr", 8, "idlib-city", on=(11, 29))) == ""


def test_a_flow_is_never_set_against_a_running_total_that_has_its_own_counterpart(claim, verdicts):
    """A ministry gives the day and the total, another office the total: only the totals are compared."""
    rows = [claim("health", 12, kind="daily", on=(12, 1)), claim("health", 300), claim("sana", 290)]
    found = verdicts(rows)
    assert list(found["code"]) == ["contradiction_strong"]
    assert found.attrs["left_out"]["with a closer counterpart"] >= 1


def test_a_single_incident_is_never_set_against_a_running_total(claim, code):
    """An incident and a total since a start share no axis."""
    assert code(claim("sohr", 8, "IDL", on=(12, 1)), claim("snhr", 8, "IDL")) == ""


def test_each_claim_meets_its_neighbours_in_time_only(claim, verdicts):
    """Counts of one day meet each other; without one, the count before and the count after."""
    monitor = [claim("sohr", value, as_of=(12, day)) for day, value in ((1, 400), (3, 520), (5, 700))]

    def between(*others):
        rows = verdicts([*monitor, *(claim("snhr", value, as_of=(12, day)) for day, value in others)])
        rows = rows[rows["claimed_source_a"] != rows["claimed_source_b"]]
        return {frozenset(pair) for pair in zip(rows["value_a"], rows["value_b"], strict=True)}

    assert between((1, 149), (5, 300)) == {frozenset({"149", "400"}), frozenset({"300", "700"})}
    assert between((2, 149)) == {frozenset({"149", "400"}), frozenset({"149", "520"})}


def test_claims_apart_in_more_items_than_the_rules_allow_are_left_out_and_counted(claim, verdicts):
    """Another place, another window and another basis at once, or another unit and another place: no common question."""
    rows = [claim("ocha", 44, counting_basis="hospital"), claim("snhr", 20, "IDL", since=(11, 1), counting_basis="registered")]
    found = verdicts(rows)
    assert found.empty
    assert found.attrs["left_out"] == {"apart in too many items": 1}
    assert len(verdicts(rows, Rules(max_differences=3))) == 1
    assert verdicts([claim("ocha", 44), claim("snhr", 20, "IDL", unit="household")]).empty


def test_a_crowd_of_voices_is_cut_at_the_rules_and_the_rest_is_counted(claim, verdicts):
    """Twelve voices about one incident, each set against three others at most."""
    rows = [claim(f"voice{number}", 8, "idlib-city", on=(12, 1)) for number in range(12)]
    assert len(verdicts(rows)) == 66
    found = verdicts(rows, Rules(max_partners=3))
    assert 0 < len(found) < 66
    assert found.attrs["left_out"]["more partners than are compared"] > 0


def test_headlines_of_other_groups_are_paired_when_a_voice_has_no_count_of_its_own(claim, verdicts):
    """704 of all groups meets 149 civilians, because the second voice counts civilians only; 35 children meet children."""
    child = {"group_age": "child"}
    rows = [
        claim("sohr", 704, id="all", group_status="mixed_total"),
        claim("sohr", 110, id="civilians", part="all"),
        claim("sohr", 30, id="children", part="civilians", **child),
        claim("snhr", 149, id="snhr"),
        claim("snhr", 35, id="snhr-children", part="snhr", **child),
    ]
    found = verdicts(rows)
    pairs = {(row.value_a, row.value_b): row.code for row in found.itertuples()}
    assert pairs == {("704", "149"): "different_scope_group", ("110", "149"): "contradiction_strong", ("30", "35"): "contradiction_strong"}


def test_places_contain_one_another_only_as_far_as_the_tables_say(claim):
    """Without a table of places a division still contains what names it as its first-level division."""
    rows = [claim("ocha", 44, "IDL"), claim("snhr", 20, "idlib-city"), claim("sohr", 700, "C")]
    found = compare(pd.DataFrame(rows))
    assert sorted(found["code"]) == ["different_scope_place"] * 2


def test_origin_and_destination_are_different_places(claim, code):
    """100,000 arrived in a division is not the same question as 100,000 left it."""
    flow = {"metric": "newly_displaced", "group_status": "unstated"}
    left, arrived = (
        claim("ocha", 100000, "RAQ", place_role="origin", **flow),
        claim("unhcr", 60000, "RAQ", place_role="destination", **flow),
    )
    assert code(left, arrived) == "different_scope_place"


def test_a_place_known_by_its_words_alone_is_never_the_division_it_lies_in(claim, verdicts, code):
    """A village no list holds is a part of its governorate, itself wherever it is named so, and no other village."""
    village = {"place_text": "Um Hajar", "place_precision": "city_or_town", "adm1_id": "IDL", "coverage_area": "IDL"}
    (verdict,) = verdicts([claim("sohr", 8, "", **village), claim("ocha", 22, "IDL")]).itertuples()
    assert (verdict.code, verdict.comparability) == ("different_scope_place", "bounded")
    assert "Um Hajar (town) is only a part of Idlib (governorate)" in verdict.sentence_en
    assert code(claim("sohr", 30, "", **village), claim("ocha", 22, "IDL")) == "contradiction_strong"
    assert code(claim("sohr", 8, "", **village), claim("ocha", 22, "", **(village | {"place_text": "um hajar"}))) == "contradiction_strong"
    other = village | {"place_text": "Tal Sakr"}
    assert code(claim("sohr", 8, "", **village), claim("ocha", 22, "", **other)) == ""
    assert code(claim("sohr", 8, "", on=(12, 1), **village), claim("ocha", 22, "idlib-city", on=(12, 1))) == ""


def test_a_name_that_may_lie_in_one_of_two_divisions_is_not_both_of_them(claim, code):
    """Where the place is not known, nothing contradicts."""
    either = {"place_text": "Al Hamra", "place_precision": "city_or_town", "coverage_area": "IDL;ALP"}
    assert code(claim("sohr", 8, "", **either), claim("ocha", 22, "IDL+ALP")) == "different_scope_place"
