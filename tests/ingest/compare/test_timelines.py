"""Series of one voice as a table: what is told, what is derived, what is not."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.compare import series_table
from ingest.model.schema import FIGURES


@pytest.fixture(scope="session")
def table(claim):
    """The series of some claims."""

    def build(claims):
        return series_table(pd.DataFrame(claims, columns=[column.name for column in FIGURES]))

    return build


def lines(frame):
    """What a reader checks by eye: (kind, day, value, step, change)."""
    return [
        (
            row.kind,
            row.day.day,
            None if pd.isna(row.value_best) else int(row.value_best),
            row.step,
            None if pd.isna(row.change) else row.change,
        )
        for row in frame.itertuples()
    ]


def test_a_running_total_is_told_and_its_days_are_derived(claim, table):
    """44, 97 a day later, 130 three days after that: a day of 53, then three days of 33, each with both totals named."""
    told = table(
        [claim("sohr", 44, as_of=(12, 1), id="a"), claim("sohr", 97, as_of=(12, 2), id="b"), claim("sohr", 130, as_of=(12, 5), id="c")]
    )
    assert lines(told) == [
        ("cumulative", 1, 44, "first", None),
        ("cumulative", 2, 97, "rise", 53),
        ("daily", 2, 53, "", None),
        ("cumulative", 5, 130, "rise", 33),
        ("period", 5, 33, "", None),
    ]
    derived = told[told["derived"]]
    assert list(zip(derived["parent_before"], derived["parent_after"], derived["figure_id"], strict=True)) == [
        ("a", "b", ""),
        ("b", "c", ""),
    ]
    assert [day.day for day in derived["window_start"]] == [2, 3]
    assert told["series_id"].nunique() == 1


def test_a_total_that_falls_is_a_revision_and_no_day(claim, table):
    """61 of 412, then 44 of 417: nothing is derived from a fall."""
    told = table([claim("sohr", 61, as_of=(12, 1), id="a"), claim("sohr", 44, as_of=(12, 2), id="b")])
    assert lines(told) == [("cumulative", 1, 61, "first", None), ("cumulative", 2, 44, "fall", -17)]


def test_the_same_day_told_otherwise_is_a_correction_and_the_last_word_counts(claim, table):
    """The day between is derived from the corrected total."""
    first, again = claim("sohr", 44, as_of=(12, 1), id="a"), claim("sohr", 48, as_of=(12, 1), published=(12, 2), id="b")
    told = table([first, again, claim("sohr", 97, as_of=(12, 2), id="c")])
    assert [row[3] for row in lines(told)] == ["first", "correction", "rise", ""]
    assert list(told[told["derived"]]["parent_before"]) == ["b"]


@pytest.mark.parametrize(
    "changed",
    [
        {"since": (11, 26)},
        {"since": None},
        {"group_status": "mixed_total"},
        {"group_age": "child"},
        {"counting_basis": "hospital"},
        {"verification": "un_verified"},
        {"unit": "household"},
        {"metric": "injured"},
        {"kind": "stock"},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_another_question_breaks_the_series(claim, table, changed):
    """Rule R7: no difference across another start, group, basis, unit, metric or kind."""
    told = table([claim("sohr", 44, as_of=(12, 1), id="a"), claim("sohr", 97, as_of=(12, 2), id="b", **changed)])
    assert told["series_id"].nunique() == 2
    assert not told["derived"].any()


def test_nothing_is_derived_where_the_start_is_not_known(claim, table):
    """Two totals of which nobody says since when may have different starts."""
    told = table([claim("sohr", value, as_of=(12, day), since=None, id=f"f{day}") for day, value in ((1, 44), (2, 97))])
    assert [row[3] for row in lines(told)] == ["first", "rise"]


def test_another_voice_or_place_is_another_series_and_incidents_are_none(claim, table):
    """Voices are never mixed, and an unnamed voice may be two."""
    told = table([
        claim("sohr", 44, "IDL", as_of=(12, 1), id="a"), claim("ocha", 97, "IDL", as_of=(12, 2), id="b"),
        claim("sohr", 97, "ALP", as_of=(12, 2), id="c"), claim("sohr", 3, "ALP", on=(12, 2), id="d"),
        claim("unattributed", 9, "ALP", as_of=(12, 1), id="e"),
    ])  # fmt: skip
    assert (told["series_id"].nunique(), list(told["figure_id"]).count("d"), set(told["claimed_source"])) == (3, 0, {"sohr", "ocha"})


def test_intervals_stay_intervals(claim, table):
    """The least and most of a difference follow from the words; “at least” leaves both ends open, a vague word has no number."""
    about = table([claim("sohr", "about 100", as_of=(12, 1), id="a"), claim("sohr", "about 200", as_of=(12, 2), id="b")])
    row = about[about["derived"]].iloc[0]
    assert (row["value_low"], row["value_best"], row["value_high"]) == (180 - 110, 100, 220 - 90)
    least = table([claim("sohr", "at least 44", as_of=(12, 1), id="a"), claim("sohr", "at least 97", as_of=(12, 2), id="b")])
    row = least[least["derived"]].iloc[0]
    assert (pd.isna(row["value_low"]), row["value_best"], pd.isna(row["value_high"])) == (True, 53, True)
    vague = table([claim("sohr", "dozens", as_of=(12, 1), id="a"), claim("sohr", "hundreds", as_of=(12, 2), id="b")])
    assert vague[vague["derived"]]["value_best"].isna().all()


def test_two_numbers_of_one_text_for_one_day_are_not_gone_on_with(claim, table):
    """Which of them the series continues is not known, so nothing is compared with them or derived from them."""
    twice = [claim("sohr", value, as_of=(12, 1), id=f"f{value}", document_id="d") for value in (44, 48)]
    told = table([*twice, claim("sohr", 97, as_of=(12, 2), id="c")])
    assert [row[3] for row in lines(told)] == ["", "", "first"]


def test_levels_rise_and_fall_and_days_stand_alone(claim, table):
    """A stock is compared with the one before it; a day's count with nothing but the same day told again."""
    stocks = [
        claim("ocha", value, as_of=(12, day), kind="stock", metric="displaced_stock", id=f"s{day}") for day, value in ((1, 90), (3, 70))
    ]
    assert lines(table(stocks)) == [("stock", 1, 90, "first", None), ("stock", 3, 70, "fall", -20)]
    counts = [
        claim("ocha", value, kind="daily", on=(12, day), id=f"d{day}{value}", published=(12, value))
        for day, value in ((1, 9), (2, 4), (2, 6))
    ]
    assert lines(table(counts)) == [("daily", 1, 9, "first", None), ("daily", 2, 4, "first", None), ("daily", 2, 6, "correction", 2)]


CLAIMS = st.lists(
    st.tuples(
        st.integers(1, 6), st.integers(0, 200), st.sampled_from([(11, 26), (11, 27), None]), st.sampled_from(["civilian", "mixed_total"])
    ),
    min_size=1, max_size=8,
)  # fmt: skip


@settings(max_examples=50, deadline=None)
@given(drawn=CLAIMS, random=st.randoms(use_true_random=False))
def test_a_derived_value_has_two_parents_of_its_own_series_and_the_order_does_not_matter(claim, table, drawn, random):
    """Rule R7 holds of whatever is derived: same start, which is known; the earlier day before; the difference is theirs."""
    claims = [
        claim("sohr", value, as_of=(12, day), since=since, group_status=status, id=f"f{number}")
        for number, (day, value, since, status) in enumerate(drawn)
    ]
    told = table(claims)
    stated = told[~told["derived"]].set_index("figure_id")
    for row in told[told["derived"]].itertuples():
        before, after = stated.loc[row.parent_before], stated.loc[row.parent_after]
        assert {before["series_id"], after["series_id"]} == {row.series_id}
        assert before["window_start"] == after["window_start"]
        assert before["day"] < after["day"] == row.day
        assert row.value_best == after["value_best"] - before["value_best"] >= 0
        assert (row.kind == "daily") is ((after["day"] - before["day"]).days == 1)
    shuffled = claims[:]
    random.shuffle(shuffled)
    pd.testing.assert_frame_equal(told, table(shuffled))
