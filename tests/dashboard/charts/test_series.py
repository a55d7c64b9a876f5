"""Claims over time."""

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from dashboard import charts, query
from dashboard.charts.lines import lines
from dashboard.charts.sorts import EMPTY
from dashboard.state import Filters
from tests.dashboard.tables import tabled

Claim = Mapping[str, Any]
Make = Callable[..., list[dict[str, Any]]]


def panels(figure: Any) -> dict[str, list[Any]]:
    """Traces by their value axis."""
    found: dict[str, list[Any]] = {}
    for trace in figure.data:
        found.setdefault(trace.yaxis, []).append(trace)
    return found


def figures_on(traces: list[Any]) -> set[str]:
    """The figures whose marks are in the traces."""
    return {ids[0] for trace in traces if trace.customdata is not None for ids in trace.customdata}


def test_totals_and_events_never_share_an_axis(look: charts.Look, killed: Sequence[Claim]) -> None:
    """Every panel holds one family of kinds, and a party's claims about its enemy are alone."""
    rows = tabled(killed).set_index("figure_id")
    for traces in panels(charts.series_chart(killed, look)).values():
        shown = rows.loc[list(figures_on(traces))]
        assert shown["enemy"].nunique() == 1
        assert shown["enemy"].all() or shown["family"].nunique() == 1


def test_households_and_people_never_share_an_axis(look: charts.Look, db: query.Snapshot) -> None:
    """Units are panels of their own."""
    marks = query.series(db, Filters(), "newly_displaced").marks
    rows = tabled(marks).set_index("figure_id")
    for traces in panels(charts.series_chart(marks, look)).values():
        assert rows.loc[list(figures_on(traces)), "unit"].nunique() == 1


def test_every_claim_is_drawn_once(look: charts.Look, killed: Sequence[Claim]) -> None:
    """No claim is lost, none is doubled; a fall on a step points to its claim once more."""
    figure = charts.series_chart(killed, look)
    falls = [trace for trace in figure.data if trace.marker.symbol == "triangle-down-open"]
    marks = [ids[0] for trace in figure.data if trace.customdata is not None and trace not in falls for ids in trace.customdata]
    assert sorted(marks) == sorted(claim["figure_id"] for claim in killed)


def test_totals_are_steps(look: charts.Look, killed: Sequence[Claim]) -> None:
    """Lines of running totals go level, then up; through stated numbers only."""
    total = [claim for claim in killed if (claim["family"], claim["group_key"]) == ("total", "mixed_total|||||")]
    figure = charts.series_chart(total, look)
    (line,) = [trace for trace in figure.data if trace.mode == "lines" and trace.line.shape == "hv"]
    assert list(line.y) == [100, 153, 242, 311, 417, 514, 704, 800, 910]


def test_levels_are_lines_between_reported_dates(look: charts.Look, db: query.Snapshot) -> None:
    """A stock is no step; eleven silent days between its reports are a gap, not a line."""
    figure = charts.series_chart(query.series(db, Filters(), "displaced_stock").marks, look)
    (line,) = [trace for trace in figure.data if trace.mode == "lines" and trace.line.width == 2]
    assert line.line.shape == "linear"
    assert list(line.y) == [880_000, None, 664_000]
    assert not line.connectgaps


def test_a_fall_of_a_total_is_marked(look: charts.Look, killed: Sequence[Claim]) -> None:
    """61 civilians, then 44: the step carries a mark that says so and opens both."""
    civilians = [claim for claim in killed if (claim["family"], claim["group_key"]) == ("total", "civilian|||||")]
    figure = charts.series_chart(civilians, look)
    (fall,) = [trace for trace in figure.data if trace.marker.symbol == "triangle-down-open"]
    assert [list(ids) for ids in fall.customdata] == [["f-c5", "f-c5a"]]
    assert "−17" in [text for trace in figure.data if trace.mode == "markers+text" for text in trace.text]
    assert "Revised down from 61 to 44" in fall.hovertext[0]


def test_totals_with_another_start_are_another_line(look: charts.Look, mark: Make) -> None:
    """A year's total and an offensive's total of one voice are not joined."""
    year = {"best": 6_777, "low": 6_777, "high": 6_777, "window_start": date(2024, 1, 1), "day": date(2024, 12, 5)}
    figure = charts.series_chart(mark({}, year), look)
    assert not [trace for trace in figure.data if trace.mode == "lines" and trace.line.shape == "hv"]


def test_a_bar_without_a_dot_is_named_where_its_line_goes_on_to_a_number(look: charts.Look, mark: Make) -> None:
    """A range has no shape that says whose it is; the name at the end of its line is far from it."""
    days = [{name: date(2024, 12, 1) + timedelta(days=n) for name in ("day", "last_day", "as_of")} for n in (0, 9)]
    ranged = {**days[0], "qualifier": "range", "low": 800, "best": None, "high": 1000}
    figure = charts.series_chart(mark(ranged, {**days[1], "low": 1100, "best": 1100, "high": 1100}), look)
    assert sum("SOHR" in note.text for note in figure.layout.annotations) == 2
    stated = charts.series_chart(mark({**ranged, "qualifier": "exact", "best": 900}, days[1]), look)
    assert sum("SOHR" in note.text for note in stated.layout.annotations) == 1


def test_one_place_does_not_continue_the_whole_area(look: charts.Look, killed: Sequence[Claim]) -> None:
    """OCHA's 370 in Hama is not a jump of OCHA's line for the north-west, and is labelled with its place."""
    ocha = [claim for claim in killed if (claim["claimed_source"], claim["family"]) == ("ocha", "total")]
    figure = charts.series_chart(ocha, look)
    (line,) = [trace for trace in figure.data if trace.mode == "lines" and trace.line.shape == "hv"]
    assert 370 not in line.y
    assert "OCHA, Hama" in {note.text for note in figure.layout.annotations}


def test_people_several_voices_count_come_first(look: charts.Look, killed: Sequence[Claim]) -> None:
    """The first panel compares; totals that one source alone gives come after it, and say so."""
    figure = charts.series_chart(killed, look)
    titles = [note.text for note in figure.layout.annotations if "<b>" in note.text]
    assert titles[0] == "<b>Running totals, as each source reported them</b> · Civilians · people"
    assert titles[1].startswith("<b>Running totals that only one source gives</b>")


def test_marks_of_one_day_stand_side_by_side(look: charts.Look, killed: Sequence[Claim]) -> None:
    """Events of one day do not lie on one another."""
    events = [claim for claim in killed if claim["family"] == "event" and claim["day"] == date(2024, 12, 1) and not claim["enemy"]]
    figure = charts.series_chart(events, look)
    (target,) = [trace for trace in figure.data if trace.customdata is not None]
    assert len(set(target.x)) == len(target.x) > 4


def test_a_count_of_a_period_has_a_panel_and_days_of_its_own(look: charts.Look, killed: Sequence[Claim]) -> None:
    """November's count stretches neither the days nor the values of events; its rule runs over all of November."""
    figure = charts.series_chart(killed, look)
    assert figure.layout.xaxis.range[0] > "2024-11-25"
    (axis,) = [name for name, traces in panels(figure).items() if "f-n2" in figures_on(traces)]
    assert figures_on(panels(figure)[axis]) == {"f-n2"}
    (rule,) = [trace for trace in panels(figure)[axis] if trace.mode == "lines"]
    assert [day[:10] for day in rule.x] == ["2024-11-01", "2024-12-01"]


def test_parts_of_one_report_are_no_revision(look: charts.Look, mark: Make) -> None:
    """44 of one faction and 16 of another in one report: the line goes through the larger, nothing fell."""
    day = {"day": date(2024, 12, 5), "published_at": datetime.fromisoformat("2024-12-05T12:00")}
    frame = mark(
        {"best": 30, "low": 30, "high": 30}, {"best": 44, "low": 44, "high": 44, **day}, {"best": 16, "low": 16, "high": 16, **day}
    )
    figure = charts.series_chart(frame, look)
    (line,) = [trace for trace in figure.data if trace.mode == "lines" and trace.line.shape == "hv"]
    assert list(line.y) == [30, 44]
    assert not [trace for trace in figure.data if trace.mode == "markers+text"]


def test_a_total_goes_on_into_a_wider_area_and_never_into_another(look: charts.Look, mark: Make) -> None:
    """Two provinces, then the country, are one line; a part of the country afterwards is a line of its own."""
    wide = {"place_precision": "region_informal", "place_id": ""}
    told = [("A;B", "2024-11-28", 14_000), ("A;B;C", "2024-12-06", 370_000), ("C", "2024-12-10", 100_000)]
    frame = mark(*({**wide, "coverage_area": area, "day": date.fromisoformat(day), "best": best} for area, day, best in told))
    made = lines(frame)
    assert [[claim["best"] for claim in line.claims] for line in made] == [[14_000, 370_000], [100_000]]


def test_traces_follow_the_looks_and_not_the_claims(look: charts.Look, mark: Make) -> None:
    """Lines of ten places and of a hundred are as many traces: those that look the same are one, with gaps between them."""

    def drawn(places: int) -> Any:
        days = [date(2024, 12, 1), date(2024, 12, 3)]
        town = {"place_precision": "city_or_town", "coverage_area": ""}
        told = [{**town, "place_id": f"T{n}", "best": 5 + n, "day": day} for n in range(places) for day in days]
        return charts.series_chart(mark(*told), look)

    few, many = drawn(10), drawn(100)
    assert len(few.data) == len(many.data)
    (line,) = [trace for trace in many.data if trace.mode == "lines" and trace.line.width == 2]
    assert list(line.y).count(None) == 99


def test_who_is_held_responsible_makes_another_line(look: charts.Look, mark: Make) -> None:
    """What one party is said to have done is no revision of the count of all."""
    figure = charts.series_chart(mark({}, {"day": date(2024, 12, 5), "best": 12, "perpetrator": "a side"}), look)
    assert not [trace for trace in figure.data if trace.mode == "lines" and trace.line.shape == "hv"]


def test_days_of_an_axis_do_not_run_together() -> None:
    """On a phone a month that is named leaves out the day beside it, and none of the months."""
    from dashboard.charts.lettering import text_width  # noqa: PLC0415
    from dashboard.charts.panels import Days  # noqa: PLC0415

    days = Days.around([date(2024, 11, 27), date(2024, 12, 4)])
    axis = days.axis(charts.Look(theme=charts.LIGHT, language="ar", compact=True), 150)
    said = [
        (days.share(date.fromisoformat(day[:10])) * 150, text) for day, text in zip(axis["tickvals"], axis["ticktext"], strict=True) if text
    ]
    assert any("كانون الأول" in text for _, text in said)
    for (at, text), (following, other) in pairwise(said):
        assert following - at >= (text_width(text, 11) + text_width(other, 11)) / 2


def test_nothing_says_why_and_what_to_do(look: charts.Look) -> None:
    """No claim is a sentence, wrapped, not an empty axis."""
    for draw in (
        charts.series_chart,
        charts.range_chart,
        charts.span_chart,
    ):
        figure = draw([], look)
        (note,) = figure.layout.annotations
        assert note.text.replace("<br>", " ") == EMPTY
        assert not figure.data


@pytest.mark.parametrize("scale", ["linear", "log"])
@pytest.mark.parametrize("language", ["en", "ar", "fr"])
def test_every_metric_is_drawn_for_every_reader(db: query.Snapshot, scale: str, language: str) -> None:
    """Each metric, scale, language, theme and width gives a chart that serialises without plotly's own template."""
    for metric in query.facets(db).metrics:
        marks = query.series(db, Filters(lang=language), metric.value).marks
        before = deepcopy(marks)
        for theme, compact in ((charts.LIGHT, False), (charts.DARK, True)):
            figure = charts.series_chart(marks, charts.Look(theme=theme, language=language, compact=compact), scale=scale)
            text = figure.checked.to_json()
            assert "colorway" not in text
            assert len(text) < 120_000
        assert marks == before


def test_dates_and_numbers_are_in_the_readers_digits(db: query.Snapshot) -> None:
    """Arabic readers get Arabic digits and the months of the Levant."""
    figure = charts.series_chart(query.series(db, Filters(lang="ar"), "killed").marks, charts.Look(theme=charts.LIGHT, language="ar"))
    assert "٢٧ تشرين الثاني" in figure.layout.xaxis.ticktext[0]
    assert figure.layout.yaxis2.ticktext[-1] == "١٬٠٠٠"


def test_a_chart_holds_still(look: charts.Look, killed: Sequence[Claim]) -> None:
    """Axes are fixed, nothing is dragged, no toolbar: a finger scrolls the page."""
    figure = charts.series_chart(killed, look)
    axes = [axis for name, axis in figure.checked.to_dict()["layout"].items() if name.startswith(("xaxis", "yaxis"))]
    assert all(axis["fixedrange"] for axis in axes)
    assert figure.layout.dragmode is False
    assert charts.CONFIG["displayModeBar"] is False
