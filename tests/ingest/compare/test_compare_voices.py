"""One voice, one vote: relays, shared bases and breakdowns do not multiply verdicts."""

import numpy as np

from ingest.compare.alignment.voices import one_claim

STUDENTS = {"group_role": "student", "group_status": "unstated"}
CHILD = {"group_age": "child"}


def test_claims_joined_by_relays_are_one_claim():
    """Joined directly or through others, the smallest position stands for all."""
    joined = one_claim(7, np.array([5, 3, 1]), np.array([3, 1, 6]))
    assert list(joined) == [0, 1, 2, 1, 4, 1, 1]


def test_a_relay_that_names_the_place_less_exactly_adds_no_verdict(claim, verdicts):
    """A count at the university, its relay in the city, and another voice: one relay and one verdict, the more telling."""
    day = {"on": (11, 29)}
    rows = [
        claim("sana", 4, "university", id="sana", **day),
        claim("sana", 2, "university", id="students", part="sana", **day, **STUDENTS),
        claim("sana", 4, "aleppo-city", id="relay", publisher="afp", **day),
        claim("sohr", 4, "university", **day, **STUDENTS),
    ]
    assert sorted(verdicts(rows)["code"]) == ["contradiction_status", "relay"]


def test_parts_that_differ_in_place_as_their_totals_do_are_told_by_the_totals(claim, verdicts):
    """Civilians and children of two divisions against those of one: one difference of place, not two."""
    rows = [
        claim("ocha", 44, "IDL+ALP", id="o"),
        claim("ocha", 12, "IDL+ALP", id="o-children", part="o", **CHILD),
        claim("snhr", 30, "IDL", id="s"),
        claim("snhr", 9, "IDL", id="s-children", part="s", **CHILD),
    ]
    (verdict,) = verdicts(rows).itertuples()
    assert (verdict.code, verdict.value_a, verdict.value_b) == ("different_scope_place", "44", "30")


def test_a_partys_claim_meets_counts_of_the_same_fighters_only(claim, verdicts):
    """Enemy fighters killed are not set against civilians, nor against people of whom nothing is said."""
    enemy = {"interest": "enemy_losses", "group_status": "combatant", "group_side": "opposition_and_allies"}
    party = claim("centre", 400, kind="rate_24h", **enemy)
    others = [claim("ocha", 44), claim("white_helmets", 60, group_status="unstated"), claim("snhr", 20, **CHILD)]
    assert "centre" not in set(verdicts([party, *others])[["claimed_source_a", "claimed_source_b"]].to_numpy().ravel())
    assert "party_claim_gap" in set(verdicts([party, claim("sohr", 300, group_status="mixed_total")])["code"])


def test_a_part_stays_larger_than_a_whole_that_was_counted_days_later(claim, code):
    """370 dead in one division by 5 December do not fit 138 in the whole country by 8 December; 100 do, and say nothing."""
    part = {"kind": "period", "since": (11, 28), "as_of": (12, 5)}
    whole = claim("sohr", 138, "C", as_of=(12, 8))
    assert code(claim("ocha", "more than 370", "HAM", **part), whole) == "contradiction_strong"
    assert code(claim("ocha", 100, "HAM", **part), whole) == ""


def test_a_part_that_began_before_its_whole_is_not_tested_against_it(claim, code):
    """Twelve children since the 26th do not contradict seven since the 27th in a wider place."""
    assert code(claim("ocha", 12, "IDL", since=(11, 26), **CHILD), claim("sohr", 7, "C", **CHILD)) == "different_scope_place"
    assert code(claim("ocha", 12, "IDL", **CHILD), claim("sohr", 7, "C", **CHILD)) == "contradiction_strong"


def test_a_nameless_voice_agrees_and_contradicts_but_is_never_one_with_another(claim, verdicts):
    """Local sources at two publishers may be one or two; their independence is unknown."""
    rows = [claim("anonymous_local", 12, "hospital", publisher=publisher, on=(12, 1)) for publisher in ("aa", "trt")]
    (verdict,) = verdicts(rows).itertuples()
    assert verdict.code == "agreement"
    assert "independence=unknown" in verdict.vector
