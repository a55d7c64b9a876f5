"""The matrix of relays: who passes on whom, drawn for the strongest, told for all."""

import pandas as pd
import pytest

from dashboard import charts, query
from dashboard.charts.relays import MOST_PUBLISHERS, MOST_SOURCES, matrix


def edge(publisher: str, source: str, figures: int, **more: object) -> dict[str, object]:
    """One edge as the query gives it."""
    counts = {"claims": figures, "faithful": 0, "distorted": 0, "unsettled": 0, "lag_hours": float("nan"), "examples": f"f-{publisher}"}
    names = {"publisher": publisher, "claimed_source": source, "publisher_label": publisher.title(), "source_label": source.upper()}
    return {**names, "source_kind": "monitor", "figures": figures, **counts, **more}


def frame(*edges: dict[str, object]) -> pd.DataFrame:
    """Edges, most figures first."""
    return pd.DataFrame(edges)


def test_publishers_stand_under_the_source_they_repeat_most(look: charts.Look) -> None:
    """Sources by all that is passed on of them; a publisher's row belongs to its strongest edge."""
    shown = matrix(frame(edge("afp", "two", 5), edge("dpa", "one", 4), edge("trt", "one", 3), edge("afp", "one", 1)), look)
    assert shown.sources == ("one", "two")
    assert shown.publishers == ("dpa", "trt", "afp")
    assert shown.left_out == 0


def test_a_disc_says_how_many_and_leads_to_a_figure(look: charts.Look) -> None:
    """Its number is written in it, its area grows with it, and a strong rim marks a figure that differs from the source's words."""
    edges = frame(edge("afp", "one", 16), edge("dpa", "one", 4, distorted=1, faithful=3, lag_hours=2.5))
    (discs,) = charts.relay_matrix(edges, look).data
    assert list(discs.text) == ["16", "4"]
    assert discs.marker.size[0] > discs.marker.size[1]
    assert list(discs.marker.line.width) == [1, 3]
    assert [mark[0] for mark in discs.customdata] == ["f-afp", "f-dpa"]
    assert "borne out 3, different from the source 1" in discs.hovertext[1]
    assert "within 2.5 hours" in discs.hovertext[1]


def test_names_are_text(look: charts.Look) -> None:
    """A publisher called like markup is shown letter by letter."""
    drawn = charts.relay_matrix(frame(edge("<b>x</b>", "one", 1)), look)
    said = [note.text for note in drawn.layout.annotations] + list(drawn.data[0].hovertext)
    assert not any("<b>x" in text.casefold() for text in said)
    assert any("&lt;b&gt;" in text.casefold() for text in said)


@pytest.mark.parametrize("compact", [False, True])
def test_what_does_not_fit_is_counted(look: charts.Look, compact: bool) -> None:
    """Sixty publishers and a dozen sources: the strongest are drawn, fewer on a phone, and the rest is a number."""
    edges = frame(*(edge(f"p{n}", f"s{n % 12}", 100 - n) for n in range(60)))
    reader = charts.Look(theme=look.theme, compact=compact)
    shown = matrix(edges, reader)
    assert len(shown.publishers) == (16 if compact else MOST_PUBLISHERS)
    assert len(shown.sources) == (4 if compact else MOST_SOURCES)
    assert charts.relay_left_out(edges, reader) == 60 - len(shown.edges)


def test_the_summary_says_the_strongest_and_how_many_more(look: charts.Look) -> None:
    """A sentence each for twelve, then a number."""
    told = charts.relay_summary(frame(*(edge(f"p{n}", "one", 20 - n) for n in range(14))), look)
    assert told.startswith("P0 passes on ONE: figures 20.")
    assert told.endswith("And 2 more.")


def test_nobody_repeats_anybody(look: charts.Look) -> None:
    """An empty graph is a sentence."""
    none = frame(edge("afp", "one", 1)).iloc[:0]
    assert "Nobody here" in charts.relay_summary(none, look)
    assert "Nobody here" in charts.relay_matrix(none, look).layout.annotations[0].text


def test_the_edges_of_a_snapshot_can_be_drawn(db: query.Snapshot, look: charts.Look) -> None:
    """The query gives what the chart needs, labels and kinds included."""
    edges = query.relays(db)
    drawn = charts.relay_matrix(edges, look)
    assert sum(map(int, drawn.data[0].text)) <= int(edges["figures"].sum())
    assert {"SOHR"} <= set(edges["source_label"])
