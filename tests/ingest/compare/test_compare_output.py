"""The table that comes out: its columns and types, its order, what is left out, and what it says when it cannot compare."""

from datetime import date

import pandas as pd
import pytest

from ingest.compare import Rules, compare
from ingest.errors import UnreadableDocument
from ingest.model.ids import digest
from ingest.model.schema import DISCREPANCIES, FIGURES
from ingest.model.vocabulary import Comparability, DiscrepancyCode

DTYPES = {"integer": "Int64", "number": "Float64", "date": "datetime64[s]", "string": "str"}


def test_the_table_has_exactly_the_published_columns_and_types(claim, verdicts):
    """Also when it is empty."""
    for table in (verdicts([claim("ocha", 44), claim("snhr", 80)]), verdicts([])):
        assert list(table.columns) == [column.name for column in DISCREPANCIES]
        assert {name: str(dtype) for name, dtype in table.dtypes.items()} == {column.name: DTYPES[column.type] for column in DISCREPANCIES}


def test_every_word_is_of_its_vocabulary_and_no_text_is_missing(claim, verdicts):
    """Codes, comparability and severity are published words; text is empty rather than missing."""
    table = verdicts([claim("ocha", 44), claim("snhr", 80), claim("sohr", 44, publisher="afp"), claim("sohr", 44, publisher="dpa")])
    assert set(table["code"]) <= set(DiscrepancyCode)
    assert set(table["comparability"]) <= set(Comparability)
    assert set(table["severity"]) <= {"", "minor", "moderate", "large", "extreme"}
    assert not table.select_dtypes("str").isna().to_numpy().any()
    assert set(table["rule"].str.split("/").str[1]) == {Rules().version}


def test_identities_come_from_the_pair_and_order_the_table(claim, verdicts):
    """Earlier published first, then by identity; sorted by discrepancy_id, which says nothing of the verdict."""
    rows = [claim("ocha", 44, id="late", published=(12, 3)), claim("snhr", 80, id="x", published=(12, 2))]
    table = verdicts([*rows, claim("sohr", 90, id="y", published=(12, 2))])
    assert list(table["discrepancy_id"]) == sorted(table["discrepancy_id"])
    assert set(zip(table["figure_a"], table["figure_b"], strict=True)) == {("x", "y"), ("x", "late"), ("y", "late")}
    for row in table.itertuples():
        assert row.discrepancy_id == digest(*sorted([row.figure_a, row.figure_b]), "pair")


def test_the_day_and_the_place_are_those_the_verdict_is_about(claim, verdicts):
    """The later as-of day; the finer place; an open end has no high value."""
    (row,) = verdicts([claim("ocha", "at least 44", as_of=(12, 2)), claim("snhr", 20, "idlib-city", as_of=(12, 1))]).itertuples()
    assert row.day.date() == date(2024, 12, 2)
    assert (row.place_id, row.place_name, row.adm1_id) == ("idlib-city", "Idlib city", "IDL")
    assert (row.low_a, row.high_a) == (20, 20)
    assert (row.low_b, row.high_b is pd.NA) == (44, True)


def test_severity_follows_the_bands_of_the_rules(claim, verdicts):
    """Below 1.1 minor, to 1.5 moderate, to 3 large, above extreme; none against many is extreme."""
    bands = {}
    for other in (104, 140, 250, 500):
        bands[other] = verdicts([claim("ocha", 100), claim("snhr", other)])["severity"].iloc[0]
    assert bands == {104: "minor", 140: "moderate", 250: "large", 500: "extreme"}
    none = claim("ocha", 0, qualifier="exact", value_status="explicit_zero")
    (row,) = verdicts([none, claim("snhr", 12)]).itertuples()
    assert (row.severity, row.gap, row.ratio is pd.NA) == ("extreme", 12, True)


def test_changing_a_rule_changes_the_verdict(claim, verdicts):
    """A reader may set the soft gap, the tolerances and the bands, and the rule's version is written into each row."""
    pair = [claim("ocha", "at least 8"), claim("snhr", 22)]
    assert list(verdicts(pair)["code"]) == ["contradiction_soft"]
    assert list(verdicts(pair, Rules(soft_gap=20))["code"]) == ["agreement"]
    assert list(verdicts(pair, Rules(soft_share=3.0))["code"]) == ["agreement"]
    assert verdicts(pair, Rules(soft_gap=4))["rule"].iloc[0].split("/")[1] == Rules(soft_gap=4).version != Rules().version
    days = [claim("ocha", 44), claim("snhr", 80, as_of=(12, 4))]
    assert list(verdicts(days)["code"]) == ["timing_lag"]
    assert list(verdicts(days, Rules(as_of_tolerance_days=3))["code"]) == ["contradiction_strong"]
    assert list(verdicts(days, Rules(lag_horizon_days=2))["code"]) == []


def test_rows_that_cannot_be_compared_are_counted_by_reason(claim, verdicts):
    """Rejected, without a number, without a quote, with an unknown word, without a date, listed twice."""
    rows = [
        claim("a", 44, review="rejected"),
        claim("b", 44) | {"value_low": None, "value_best": None, "value_high": None},
        claim("c", 44, quote=" "),
        claim("d", 44, metric="sheep"),
        claim("e", 44) | {"as_of": None, "window_end": None, "published_at": None},
        claim("f", 44, id="twice"),
        claim("f", 44, id="twice"),
        claim("g", 44),
    ]
    table = verdicts(rows)
    assert list(table["code"]) == ["agreement"]
    reasons = ["rejected in review", "without a number", "without a quote", "with an unknown word", "without a date", "listed twice"]
    assert table.attrs["left_out"] == dict.fromkeys(reasons, 1)


def test_a_missing_column_is_one_sentence(claim):
    """The error names the column and what to do."""
    with pytest.raises(UnreadableDocument, match="lacks the column 'quote'"):
        compare(pd.DataFrame([claim("ocha", 44)]).drop(columns="quote"))


def test_the_frame_may_come_from_a_csv(claim, verdicts, tmp_path):
    """Dates, numbers, lists and flags written as text give the same verdicts."""
    rows = [claim("ocha", "at least 44", since=(11, 26)), claim("snhr", 80, as_of=(12, 5)), claim("sohr", 8, "idlib-city", on=(12, 1))]
    pd.DataFrame(rows, columns=[column.name for column in FIGURES]).to_csv(tmp_path / "figures.csv", index=False)
    typed, plain = verdicts(rows), compare(pd.read_csv(tmp_path / "figures.csv", dtype=str))
    assert list(plain["code"]) == list(typed["code"])
    assert list(plain["day"]) == list(typed["day"])


def test_the_input_is_left_as_it_was(claim):
    """Comparing changes nothing in the frame it is given."""
    frame = pd.DataFrame([claim("ocha", 44), claim("snhr", 80)])
    before = frame.copy(deep=True)
    compare(frame)
    pd.testing.assert_frame_equal(frame, before)
