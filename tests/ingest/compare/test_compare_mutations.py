"""Two claims that contradict; then one field at a time changes the verdict to the code that names that field."""

import pytest

from ingest.model.vocabulary import Comparability


@pytest.fixture
def pair(claim):
    """44 against 80 civilians killed in the same two divisions since the same day, as of the same day: a contradiction."""

    def build(**second):
        return claim("ocha", 44), claim("snhr", second.pop("value", 80), second.pop("place", "IDL+ALP"), **second)

    return build


def test_the_two_claims_contradict(pair, verdicts):
    """Nothing differs but the number, and both cannot hold."""
    (verdict,) = verdicts(list(pair())).itertuples()
    assert (verdict.code, verdict.comparability, verdict.first_difference) == ("contradiction_strong", "comparable", "")
    assert (verdict.gap, round(verdict.ratio, 2), verdict.severity) == (36, 1.82, "large")
    assert verdict.vector == "metric=same;kind=same;group=same;place=same;time=same;unit=same;basis=same;independence=different"


MUTATIONS = [
    ({"metric": "killed_or_injured"}, "different_unit_or_definition", "metric"),
    ({"kind": "daily", "on": (12, 1)}, "different_unit_or_definition", "kind"),
    ({"kind": "stock"}, "different_unit_or_definition", "kind"),
    ({"kind": "projection"}, "different_unit_or_definition", "kind"),
    ({"unit": "household"}, "different_unit_or_definition", "unit"),
    ({"group_status": "combatant"}, "different_scope_group", "group"),
    ({"group_status": "mixed_total"}, "different_scope_group", "group"),
    ({"group_status": "unstated"}, "different_scope_group", "group"),
    ({"group_side": "opposition_and_allies"}, "different_scope_group", "group"),
    ({"group_age": "child", "value": 20}, "different_scope_group", "group"),
    ({"group_sex": "f", "value": 20}, "different_scope_group", "group"),
    ({"group_role": "medic", "value": 20}, "different_scope_group", "group"),
    ({"group_nationality": "other", "value": 20}, "different_scope_group", "group"),
    ({"perpetrator": "foreign_state", "value": 20}, "different_scope_group", "group"),
    ({"place": "IDL+ALP+HAM"}, "different_scope_place", "place"),
    ({"place": "ALP+HAM"}, "different_scope_place", "place"),
    ({"place": "IDL", "value": 20}, "different_scope_place", "place"),
    ({"place": "idlib-city", "value": 20}, "different_scope_place", "place"),
    ({"place": "C"}, "different_scope_place", "place"),
    ({"since": (11, 20)}, "different_window", "time"),
    ({"since": (11, 26)}, "different_window", "time"),
    ({"since": None}, "different_window", "time"),
    ({"kind": "period", "since": (11, 1)}, "different_window", "time"),
    ({"as_of": (12, 5)}, "timing_lag", "time"),
    ({"as_of_inferred": True, "value": 30}, "timing_lag", "time"),
    ({"value": "at least 20"}, "contradiction_soft", ""),
    ({"value": "at least 80"}, "contradiction_strong", ""),
    ({"value": 44}, "agreement", ""),
    ({"value": "about 42"}, "agreement", ""),
    ({"value": "dozens"}, "agreement", ""),
    ({"interest": "enemy_losses"}, "party_claim_gap", ""),
]


@pytest.mark.parametrize(("change", "code", "item"), MUTATIONS, ids=[str(change) for change, _, _ in MUTATIONS])
def test_one_changed_field_is_named_by_the_verdict(pair, verdicts, change, code, item):
    """The code and the first difference are those of the field that was changed."""
    (verdict,) = verdicts(list(pair(**change))).itertuples()
    assert (verdict.code, verdict.first_difference) == (code, item)


def test_a_declared_basis_on_both_sides_is_a_difference_of_definition(claim, verdicts):
    """Identified by name is not the same as counted in hospitals; a basis only one side states is no difference."""
    named, hospital = claim("ocha", 44, counting_basis="identified_named"), claim("snhr", 80, counting_basis="hospital")
    (verdict,) = verdicts([named, hospital]).itertuples()
    assert (verdict.code, verdict.first_difference) == ("different_unit_or_definition", "basis")
    assert list(verdicts([named, claim("snhr", 80)])["code"]) == ["contradiction_strong"]


def test_the_same_voice_revises_instead_of_contradicting(claim, code):
    """80 after 44 by one source is a revision; 44 after 80 a running total that fell."""
    assert code(claim("ocha", 44), claim("ocha", 80, as_of=(12, 3))) == "revision"
    assert code(claim("ocha", 80), claim("ocha", 44, as_of=(12, 3))) == "revision_decrease"
    assert code(claim("ocha", 80, metric="injured"), claim("ocha", 44, metric="injured", as_of=(12, 3))) == "revision"


def test_a_shared_basis_is_one_voice(claim, verdicts):
    """The UN passing on a health directorate's count adds no vote, and another number is a distortion of one count."""
    shared = {"independence_group": "health"}
    same = verdicts([claim("health", 44, **shared), claim("ocha", 44, **shared)])
    assert list(same["code"]) == ["relay"]
    assert list(same["comparability"]) == [Comparability.NOT_COMPARABLE]
    assert list(verdicts([claim("health", 44, **shared), claim("ocha", 52, **shared)])["code"]) == ["relay_distortion"]
    assert list(verdicts([claim("health", 44, **shared), claim("ocha", 52, as_of=(12, 3), **shared)])["code"]) == ["revision"]
    checked = claim("ocha", 52, verification="verified_by_claimed_source", **shared)
    assert list(verdicts([claim("health", 44, **shared), checked])["code"]) == ["revision"]


def test_nothing_contradicts_without_a_place_or_an_independent_voice(claim, code):
    """A claim that names no place, and two readings of one nameless source at one publisher, never contradict."""
    assert code(claim("ocha", 44), claim("snhr", 80, "")) == "different_scope_place"
    assert code(claim("ocha", 44, ""), claim("snhr", 80, "")) == "different_scope_place"
    assert code(claim("unattributed", 44, publisher="afp"), claim("unattributed", 80, publisher="afp")) == "revision"
    assert code(claim("unattributed", 44, publisher="afp"), claim("unattributed", 80, publisher="dpa")) == "contradiction_strong"


def test_a_part_larger_than_its_whole_contradicts_across_scopes(claim, verdicts):
    """80 in one division cannot be part of 44 in two; 80 of at least 44 can."""
    (verdict,) = verdicts([claim("ocha", 44), claim("snhr", 80, "IDL")]).itertuples()
    assert (verdict.code, verdict.comparability) == ("contradiction_strong", "bounded")
    (verdict,) = verdicts([claim("ocha", "at least 44"), claim("snhr", 80, "IDL")]).itertuples()
    assert (verdict.code, verdict.comparability) == ("different_scope_place", "bounded")


def test_a_later_total_that_is_lower_is_not_explained_by_its_date(claim, code):
    """94 as of 4 December against 75 as of 8 December contradict; "at least 75" only softly when wide enough apart."""
    assert code(claim("white_helmets", 94, as_of=(12, 4)), claim("ocha", 75, as_of=(12, 8))) == "contradiction_strong"
    assert code(claim("white_helmets", 94, as_of=(12, 4)), claim("ocha", "at least 75", as_of=(12, 8))) == "contradiction_soft"
    assert code(claim("white_helmets", 80, as_of=(12, 4)), claim("ocha", "at least 75", as_of=(12, 8))) == "different_window"


def test_levels_are_compared_within_two_days_and_follow_the_trend(claim, verdicts, code):
    """Levels two days apart contradict; further apart the difference is one of dates, a lag where the level was moving that way."""
    level = {"kind": "stock", "metric": "displaced_stock", "group_status": "unstated"}
    assert code(claim("ocha", 900, **level), claim("unhcr", 700, as_of=(12, 3), **level)) == "contradiction_strong"
    assert code(claim("ocha", 900, **level), claim("unhcr", 700, as_of=(12, 5), **level)) == "different_window"
    falling = verdicts(
        [claim("ocha", 900, **level), claim("unhcr", 700, as_of=(12, 5), **level), claim("ocha", 650, as_of=(12, 6), **level)]
    )
    assert set(falling["code"]) == {"timing_lag", "revision", "contradiction_strong"}


def test_a_start_one_day_apart_softens_but_does_not_excuse(claim, code):
    """Counting one day longer explains a larger number and any soft difference, but not a smaller exact one."""
    assert code(claim("ocha", 80, since=(11, 26)), claim("snhr", 44)) == "different_window"
    assert code(claim("ocha", "at least 44", since=(11, 26)), claim("snhr", 80)) == "different_window"
    assert code(claim("ocha", 44, since=(11, 26)), claim("snhr", 80)) == "contradiction_strong"


def test_a_toll_told_days_later_may_have_grown(claim, code):
    """8 dead told on the day and 22 told four days later are a growing toll; told two days later they contradict."""
    day = {"kind": "daily", "on": (12, 1)}
    assert code(claim("sohr", 8, "idlib-city", **day), claim("ohchr", 22, "idlib-city", as_of=(12, 5), **day)) == "timing_lag"
    assert code(claim("sohr", 8, "idlib-city", **day), claim("ohchr", 22, "idlib-city", as_of=(12, 3), **day)) == "contradiction_strong"


def test_households_with_a_declared_factor_can_agree_but_never_contradict(claim, code):
    """30,000 families read as 150,000 to 174,000 people fit 160,000, and differ in unit from 100,000."""
    flow = {"metric": "newly_displaced", "group_status": "unstated"}
    families = claim("ocha", 30000, unit="household", persons_est_low=150_000, persons_est_high=174_000, **flow)
    assert code(families, claim("unhcr", 160000, **flow)) == "agreement"
    assert code(families, claim("unhcr", 100000, **flow)) == "different_unit_or_definition"
    assert code(claim("ocha", 30000, unit="household", **flow), claim("unhcr", 160000, **flow)) == "different_unit_or_definition"
