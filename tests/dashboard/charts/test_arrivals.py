"""The claims of one event in the order they came in."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from dashboard import charts, query
from dashboard.charts.arrivals import Moments
from dashboard.state import Filters

Claims = Sequence[Mapping[str, Any]]


@pytest.fixture
def claims(db: query.Snapshot) -> Claims:
    """What is claimed about 1 December in Idleb city."""
    event = query.incidents_page(db, Filters())["incident_id"].iloc[0]
    return query.incident_claims(db, Filters(), event, ZoneInfo("Asia/Damascus"))


def drawn(figure: Any) -> dict[str, tuple[Any, Any]]:
    """When and where each figure that can be opened is drawn."""
    marks = [trace for trace in figure.data if trace.customdata is not None]
    return {ids[0]: (x, y) for trace in marks for ids, x, y in zip(trace.customdata, trace.x, trace.y, strict=True)}


def test_a_mark_stands_when_its_claim_came_in_at_what_it_says(look: charts.Look, claims: Claims) -> None:
    """Time to the right, the number upwards, and each can be opened."""
    found = drawn(charts.arrival_chart(claims, look))
    assert found["f-e5"] == ("2024-12-02T13:07:00", 8)
    assert found["f-e4i"][1] == 40


def test_each_metric_has_a_panel(look: charts.Look, claims: Claims) -> None:
    """The killed and the injured never share an axis."""
    figure = charts.arrival_chart(claims, look)
    assert {"<b>Killed</b>", "<b>Injured</b>"} <= {note.text for note in figure.layout.annotations}
    assert figure.layout.yaxis2.range[1] >= 40 > figure.layout.yaxis.range[1]


def test_the_band_grows_with_the_claims_and_is_none_for_one_voice(look: charts.Look, claims: Claims) -> None:
    """As soon as a second voice states a number the band reaches from one to the other; the injured have one voice and no band."""
    bands = [trace for trace in charts.arrival_chart(claims, look).data if trace.fill == "toself"]
    assert [(min(band.y), max(band.y), band.yaxis) for band in bands] == [(8, 22, "y")]


def test_marks_that_would_hide_one_another_stand_side_by_side(look: charts.Look, claims: Claims) -> None:
    """Two claims of one number at one minute are two marks."""
    (own,) = [claim for claim in claims if claim["figure_id"] == "f-e4"]
    twin = {**own, "figure_id": "twin", "figure_ids": "twin", "claimed_source": "x"}
    found = drawn(charts.arrival_chart([*claims, twin], look))
    assert found["twin"][1] == found["f-e4"][1] and found["twin"][0] != found["f-e4"][0]


@pytest.mark.parametrize("hours", [0, 3, 40, 24 * 60])
def test_the_axis_has_a_few_round_times(hours: int) -> None:
    """Whether all came at once or over months."""
    first = datetime.fromisoformat("2024-12-01T10:20")
    ticks = Moments.around([first, first + timedelta(hours=hours)]).ticks(7)
    assert 2 <= len(ticks) <= 9
    assert all(tick.minute == 0 for tick in ticks)


def test_the_summary_tells_the_claims_in_their_order(look: charts.Look, claims: Claims) -> None:
    """Who said what when, for those who do not see the drawing."""
    said = charts.arrival_summary(claims, look)
    assert said.index("SOHR") < said.index("OHCHR") and "2 Dec 13:07: SOHR, Killed 8." in said


def test_no_claim_is_said(look: charts.Look) -> None:
    """A chart of nothing says why."""
    assert charts.arrival_chart([], look).layout.annotations[0].text
