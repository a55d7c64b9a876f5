"""Tables read as figures: each number at its cell, with the row as its quote."""

import time

from hypothesis import given
from hypothesis import strategies as st

from ingest.extract import explain

PLACES = ("Stonebridge", "Harrowdale", "Millford", "al-Rabwa", "East Hollow")
NUMBERS = st.integers(0, 9_999_999)
CASUALTIES = """Place | Killed | Injured
Stonebridge | 4 | 7
Harrowdale | 2 | 3
Total | 6 | 10"""


@given(st.lists(st.tuples(NUMBERS, NUMBERS), min_size=1, max_size=len(PLACES)), st.sampled_from([" | ", "| ", " |"]))
def test_every_number_of_a_table_is_read_at_its_cell(reader, rows, bar):
    """Whatever the numbers, each is read once, in its column's metric, at its own place in the text, with its row as quote."""
    lines = [bar.join((place, f"{killed:,}", str(injured))) for place, (killed, injured) in zip(PLACES, rows, strict=False)]
    text = "\n".join([bar.join(("Place", "Killed", "Injured")), *lines])
    figures = [reading.figure for reading in explain(text, reader)]
    assert [(f.metric.value, f.value_best) for f in figures] == [pair for k, i in rows for pair in (("killed", k), ("injured", i))]
    for number, figure in enumerate(figures):
        assert figure.quote == lines[number // 2]
        assert text[figure.quote_start :].startswith(figure.quote)
        assert text[figure.span_start : figure.span_end] == figure.value_text
        assert text[: figure.span_start].rpartition("\n")[2].count("|") == 1 + number % 2


@given(st.text(alphabet="|\n 4-:aب.%", max_size=120), st.sampled_from(["en", "ar"]))
def test_no_arrangement_of_bars_breaks_the_reader(reader, text, language):
    """Empty cells, rows of signs, tables that begin or end anywhere: spans and quotes stay inside the text."""
    head = {"en": "Place | Killed | Injured\n", "ar": "المكان | القتلى | الجرحى\n"}[language]
    for reading in explain(head + text, reader, language=language):
        figure = reading.figure
        assert (head + text)[figure.quote_start : figure.quote_start + len(figure.quote)] == figure.quote
        assert figure.quote_start <= figure.span_start < figure.span_end <= figure.quote_start + len(figure.quote)


def test_two_places_with_the_same_number_are_two_claims(figures):
    """Equal cells of one table do not repeat each other; the total repeats what the text said before."""
    told, *cells = figures(
        "Six people were killed in Northmark.\n\nPlace | Killed\nStonebridge | 2\nHarrowdale | 2\nMillford | 2\nTotal | 6"
    )
    assert [f.restates for f in cells] == ["", "", "", told.figure_id]


def test_the_derivation_of_a_cell_names_its_head(reader):
    """The words that say what a number counts are those of the column."""
    first = explain(CASUALTIES, reader)[0]
    assert [(step.text, step.rule) for step in first.steps if step.stage == "metric"] == [("Killed", "cell under the head of its column")]


def test_a_column_of_perpetrators_says_who_did_it_and_not_who_died(figures):
    """The sides beside the numbers are no group of the dead."""
    crown, league = figures("Perpetrator | Civilians killed\nCrown forces | 12\nLeague | 3")
    assert [(f.perpetrator, f.group_side, f.group_status) for f in (crown, league)] == [
        ("crown", "", "civilian"),
        ("league", "", "civilian"),
    ]


def test_a_head_names_who_did_it(figures):
    """“Killed by crown forces” over a column is an accusation, not a group."""
    by_crown, by_league = figures("Place | Killed by crown forces | Killed by league\nStonebridge | 12 | 3")
    assert [(f.perpetrator, f.group_side) for f in (by_crown, by_league)] == [("crown", ""), ("league", "")]


def test_text_around_a_table_is_read_as_ever(figures):
    """The sentences before and behind a table keep their figures."""
    read = figures(f"Nine bakers were arrested in Millford.\n\n{CASUALTIES}\n\nFour families fled Harrowdale.")
    assert [(f.metric.value, f.value_best) for f in read[:1] + read[-1:]] == [("detained", 9), ("newly_displaced", 4)]
    assert len(read) == 8


def test_a_table_costs_what_its_text_costs(reader):
    """Ten times the rows take about ten times as long."""

    def seconds(rows: int) -> float:
        text = "Place | Killed | Injured\n" + "\n".join(f"Stonebridge | {n} | {n + 1}" for n in range(rows)) + "\nTotal | 1 | 2"
        began = time.process_time()
        assert len(explain(text, reader)) == 2 * rows + 2
        return time.process_time() - began

    seconds(100)
    assert seconds(3000) < 30 * max(seconds(300), 0.01)
