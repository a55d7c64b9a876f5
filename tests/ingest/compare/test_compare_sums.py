"""Parts and their total within one document."""

import pytest

REBELS = {"group_status": "combatant", "group_side": "opposition_and_allies"}
ARMY = {"group_status": "combatant", "group_side": "government_and_allies"}
CHILDREN, WOMEN, MEN = {"group_age": "child"}, {"group_age": "adult", "group_sex": "f"}, {"group_age": "adult", "group_sex": "m"}


@pytest.fixture
def parted(claim, verdicts):
    """The verdicts on a total of civilians with parts, each a value and its fields."""

    def compare(total, *parts, **fields):
        rows = [claim("snhr", total, id="total", **fields)]
        rows += [claim("snhr", value, id=f"part{number}", part="total", **given) for number, (value, given) in enumerate(parts)]
        return list(verdicts(rows)["code"])

    return compare


def test_parts_that_add_up_are_no_discrepancy(parted):
    """14 children, 4 women and 7 men are 25; 311 is 183, 100 and 28."""
    partition = {"part_of": "partition"}
    assert parted(25, (14, CHILDREN | partition), (4, WOMEN | partition), (7, MEN | partition)) == []
    everyone = {"group_status": "mixed_total", "parts_complete": True}
    assert parted(311, (183, REBELS | partition), (100, ARMY | partition), (28, partition), **everyone) == []


def test_one_part_larger_than_its_total_does_not_add_up(parted):
    """30 children of 25 civilians."""
    assert parted(25, (30, CHILDREN)) == ["internal_inconsistency"]
    assert parted("at least 25", (30, CHILDREN)) == ["internal_inconsistency"]
    assert parted("more than 25", (30, CHILDREN)) == []


def test_parts_called_complete_must_reach_the_total(parted):
    """400 of 417 is a remainder when the text only lists, and does not add up when it says that is all."""
    partition = {"part_of": "partition"}
    parts = [(219, REBELS | partition), (137, ARMY | partition), (44, partition)]
    assert parted(417, *parts, group_status="mixed_total") == ["unexplained_remainder"]
    assert parted(417, *parts, group_status="mixed_total", parts_complete=True) == ["internal_inconsistency"]
    hedged = [("at least 219", REBELS | partition), *parts[1:]]
    assert parted(417, *hedged, group_status="mixed_total", parts_complete=True) == ["unexplained_remainder"]


def test_children_and_women_among_others_leave_no_remainder(parted):
    """ "44, including 12 children and 7 women" says nothing of the other 25."""
    assert parted(44, (12, CHILDREN), (7, WOMEN)) == []


def test_two_ways_of_dividing_a_total_are_added_up_apart(parted):
    """By party 105 and 44, by age 149 again: neither exceeds the total."""
    partition = {"part_of": "partition"}
    by_party = [(105, {"perpetrator": "one_side"} | partition), (44, {"perpetrator": "other_side"} | partition)]
    by_age = [(100, CHILDREN | partition), (49, WOMEN | partition)]
    assert parted(149, *by_party, *by_age) == []


def test_overlapping_and_repeated_parts_are_not_added(parted):
    """Sheltered among displaced, and a part told twice, do not make a sum."""
    assert parted(25, (20, REBELS | {"part_of": "overlap"}), (20, ARMY | {"part_of": "overlap"})) == []
    assert parted(25, (14, {"perpetrator": "one_side"}), (14, {"perpetrator": "one_side"}), (11, {"perpetrator": "other_side"})) == []


def test_a_part_inside_another_part_is_not_counted_twice(parted):
    """20 in the division and 8 in its city are not 28."""
    assert parted(22, (20, {"place": "IDL"}), (8, {"place": "idlib-city"})) == []
    assert parted(22, (20, {"place": "IDL"}), (8, {"place": "ALP"})) == ["internal_inconsistency"]


def test_a_verdict_on_a_sum_names_the_total_first_and_all_parts(claim, verdicts):
    """The first figure is the total, the second its largest part, the second value all parts; the gap is what is missing."""
    rows = [claim("snhr", 503, id="z-total"), claim("snhr", 223, id="a", part="z-total", perpetrator="one_side", span_start=20)]
    rows.append(claim("snhr", 108, id="b", part="z-total", perpetrator="other_side", span_start=10))
    (verdict,) = verdicts(rows).itertuples()
    assert (verdict.figure_a, verdict.figure_b, verdict.value_a, verdict.value_b) == ("z-total", "a", "503", "108 + 223")
    assert (verdict.gap, verdict.low_b, verdict.high_b) == (172, 331, 331)
    assert "503" in verdict.sentence_en
    assert "172" in verdict.sentence_ar


def test_a_headline_that_rounds_its_body_is_consistent(claim, verdicts):
    """ "More than 500" above 514 is one number in two wordings."""
    rows = [claim("sohr", 514, id="body", document_id="d"), claim("sohr", "more than 500", id="title", restates="body", document_id="d")]
    assert verdicts(rows).empty


def test_a_day_that_the_total_grew_by_is_consistent(claim, verdicts):
    """56, and 25 on the next day, make 81."""
    rows = [
        claim("white_helmets", 56, publisher="earlier"),
        claim("white_helmets", 25, kind="daily", on=(12, 2), document_id="card"),
        claim("white_helmets", 81, as_of=(12, 2), document_id="card"),
    ]
    assert list(verdicts(rows)["code"]) == ["revision"]
