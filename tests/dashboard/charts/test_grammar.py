"""The grammar of a claim, mark by mark."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from dashboard import charts
from dashboard.charts.look import place_words, tooltip
from dashboard.charts.planes import Scale

Claim = Mapping[str, Any]
Make = Callable[..., list[dict[str, Any]]]


def drawn(figure: Any, **wanted: Any) -> list[Any]:
    """Traces whose attributes have these values."""
    return [trace for trace in figure.data if all(trace[name] == value for name, value in wanted.items())]


def targets(figure: Any) -> list[Any]:
    """Traces that can be pointed at."""
    return [trace for trace in figure.data if trace.customdata is not None and trace.marker.symbol != "triangle-down-open"]


def bars(figure: Any) -> list[Any]:
    """Traces that are bars of claims: thick lines."""
    return [trace for trace in figure.data if trace.mode == "lines" and trace.line.width >= 6]


def test_a_stated_number_is_a_dot(look: charts.Look, mark: Make) -> None:
    """An exact number is one visible mark at its value, without a bar."""
    figure = charts.series_chart(mark({"best": 110, "low": 110, "high": 110, "qualifier": "exact"}), look)
    (target,) = targets(figure)
    assert list(target.y) == [110]
    assert list(target.marker.opacity) == [1]
    assert bars(figure) == []


def test_at_least_fades_upwards(look: charts.Look, mark: Make) -> None:
    """Layers of a thick line begin at the number and reach up to different heights."""
    claim = {"best": 44, "low": 44, "high": None, "qualifier": "at_least", "open_high": True}
    figure = charts.series_chart(mark(claim), look)
    layers = bars(figure)
    assert len(layers) > 8
    assert {trace.y[0] for trace in layers} == {44}
    assert len({trace.y[1] for trace in layers}) == len(layers)
    assert all(trace.y[1] > 44 for trace in layers)
    assert max(trace.y[1] for trace in layers) <= figure.layout.yaxis.range[1]


def test_up_to_fades_downwards(look: charts.Look, mark: Make) -> None:
    """The dot stands at the number stated, the bar goes down and not below zero."""
    claim = {"best": None, "low": 0, "high": 500, "qualifier": "up_to"}
    figure = charts.series_chart(mark(claim), look)
    assert list(targets(figure)[0].y) == [500]
    assert all(0 <= trace.y[1] < 500 for trace in bars(figure))


def test_about_has_a_bar_both_ways(look: charts.Look, mark: Make) -> None:
    """An even bar over what the word allows, around the dot."""
    figure = charts.series_chart(mark({"best": 100, "low": 90, "high": 110, "qualifier": "about"}), look)
    (bar,) = bars(figure)
    assert list(bar.y[:2]) == [90, 110]
    assert list(targets(figure)[0].marker.opacity) == [1]


def test_a_range_has_ends_and_no_dot(look: charts.Look, mark: Make) -> None:
    """A bar with caps at both ends; what is pointed at is unseen, in its middle."""
    figure = charts.series_chart(mark({"best": None, "low": 800_000, "high": 1_000_000, "qualifier": "range"}), look)
    (caps,) = drawn(figure, mode="markers", customdata=None)
    assert list(caps.y) == [800_000, 1_000_000]
    assert caps.marker.symbol == "line-ew-open"
    (target,) = targets(figure)
    assert list(target.marker.opacity) == [0]
    assert list(target.y) == [pytest.approx(900_000)]


def test_a_vague_word_is_a_hollow_bar_with_its_word(look: charts.Look, mark: Make) -> None:
    """An outline from the lowest to the highest the word allows, no dot, the word beside it."""
    figure = charts.series_chart(mark({"best": None, "low": 12, "high": 99, "qualifier": "vague", "value_text": "dozens"}), look)
    outer, inner = bars(figure)
    assert list(outer.y[:2]) == [12, 99]
    assert inner.line.color == charts.LIGHT.paper
    assert inner.line.width < outer.line.width
    assert list(targets(figure)[0].marker.opacity) == [0]
    assert [list(trace.text) for trace in drawn(figure, mode="markers+text")] == [["“dozens”"]]


def test_vague_words_lie_over_no_other(look: charts.Look, mark: Make) -> None:
    """Of many at one day and height those most carried are written, as far as there is room; the chart knows how many are not."""
    vague = {"best": None, "low": 12, "high": 99, "qualifier": "vague"}
    crowd = [{**vague, "value_text": f"dozens {n}", "citations": n, "claimed_source": f"s{n}"} for n in range(1, 13)]
    figure = charts.series_chart(mark(*crowd), look)
    (words,) = [trace for trace in drawn(figure, mode="markers+text") if "“dozens 12”" in trace.text]
    written = {text for text in words.text if "dozens" in text}
    assert 1 <= len(written) < len(crowd)
    assert figure.left_out >= len(crowd) - len(written)


def test_no_number_is_a_cross_on_the_baseline(look: charts.Look, mark: Make) -> None:
    """A claim without a number is seen, small, at zero, and says so when pointed at."""
    claim = {"best": None, "low": None, "high": None, "qualifier": "none", "value_status": "no_number", "value_text": ""}
    (target,) = targets(charts.series_chart(mark(claim), look))
    assert (list(target.y), list(target.marker.symbol)) == ([0], ["x-thin"])
    assert "no number given" in target.hovertext[0]


def test_none_is_not_silence(look: charts.Look, mark: Make) -> None:
    """A source that says zero gets a dot at zero and the 0 in writing."""
    claim = {"best": 0, "low": 0, "high": 0, "qualifier": "exact", "value_status": "explicit_zero"}
    figure = charts.series_chart(mark(claim), look)
    assert list(targets(figure)[0].y) == [0]
    assert any("0" in trace.text[0] for trace in drawn(figure, mode="markers+text"))


def test_unchecked_is_paler_with_a_thin_stroke(look: charts.Look, mark: Make) -> None:
    """A checked dot is full; one that no person has checked is paler and struck through thinly."""
    figure = charts.series_chart(mark({"checked": True}, {"checked": False, "day": date(2024, 12, 5)}), look)
    (target,) = targets(figure)
    assert target.marker.color[0] == charts.LIGHT.kinds["monitor"] != target.marker.color[1]
    (stroke,) = [trace for trace in figure.data if trace.mode == "markers" and trace.customdata is None]
    assert len(stroke.x) == 1


def test_relays_are_one_mark_with_a_count(look: charts.Look, mark: Make) -> None:
    """Three citations are one mark, a ×3, and three figures behind it."""
    figure = charts.series_chart(mark({"citations": 3, "figure_ids": "f1;f2;f3", "publishers": "AFP, dpa"}), look)
    (target,) = targets(figure)
    assert list(target.customdata[0]) == ["f1", "f2", "f3"]
    assert any("×3" in text for trace in drawn(figure, mode="markers+text") for text in trace.text)
    assert "carried by 3: AFP, dpa" in target.hovertext[0]


def test_colour_is_the_kind_and_shape_the_source(look: charts.Look, killed: Sequence[Claim]) -> None:
    """Marks of one kind share a colour; sources of one kind differ in shape."""
    figure = charts.series_chart([claim for claim in killed if not claim["enemy"]], look)
    seen: dict[tuple[str, str], set[str]] = {}
    rows = {claim["figure_id"]: claim for claim in killed}
    for trace in targets(figure):
        for ids, symbol, line in zip(trace.customdata, trace.marker.symbol, trace.marker.line.color, strict=False):
            row = rows[ids[0]]
            assert line == charts.LIGHT.kinds[row["source_kind"]]
            if symbol != "x-thin":
                seen.setdefault((row["source_kind"], row["claimed_source"]), set()).add(symbol)
    assert all(len(symbols) == 1 for symbols in seen.values())
    assert seen["un", "ocha"] != seen["un", "ohchr"]


def test_quotes_are_shown_as_text(look: charts.Look, mark: Make) -> None:
    """Mark-up in a report is shown letter by letter, in tooltips and in labels."""
    hostile = "<a href='javascript:alert(1)'>x</a> & <b>"
    claims = mark({"quote": hostile, "value_text": hostile, "source_label": hostile, "source_short": hostile, "place_label": hostile})
    for figure in (charts.series_chart(claims, look), charts.span_chart(charts.span_claims(claims), look)):
        texts = [text for trace in targets(figure) for text in trace.hovertext] + [note.text for note in figure.layout.annotations]
        assert texts
        assert not any("<a" in text for text in texts)
    assert "&lt;a href" in targets(charts.series_chart(claims, look))[0].hovertext[0]


def test_a_place_of_no_gazetteer_stands_in_quotation_marks(look: charts.Look, mark: Make) -> None:
    """It is in the words of the source, whatever the reader's language; a place with a name of ours and a country are not."""
    claims = mark(
        {"place_id": "", "place_label": "the northern villages"},
        {"place_id": "SY02", "place_label": "حلب", "event_day": "2024-12-01"},
        {"place_id": "", "place_label": "لبنان"},
    )
    arabic = replace(look, language="ar")
    assert [place_words(claim, arabic) for claim in claims] == ["«the northern villages»", "حلب", "لبنان"]
    assert "“the northern villages”" in tooltip(claims[0], look)


def test_a_logarithmic_scale_moves_by_pixels_both_ways() -> None:
    """Moving up and reading the pixel back agree, on both scales."""
    for scale in (Scale(0, 1000, 200), Scale(1, 1000, 200, log=True)):
        assert scale.pixel(scale.moved(100, 25)) == pytest.approx(scale.pixel(100) + 25)
        assert scale.pixel(scale.low) == 0
        assert scale.pixel(scale.high) == pytest.approx(200)
