"""Every chart has a table that says the same, each row with the way to its sentence."""

from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import pytest
from dash.development.base_component import Component

from dashboard.app import PAGES
from dashboard.app.callbacks import heading_of
from dashboard.pages import compare, overview
from dashboard.shell import Screen, View
from dashboard.shell.embed import alone

Parts = Callable[[Any, str], list[Component]]
pytestmark = pytest.mark.usefixtures("serving")


def drawn(figures: list[Component], parts: Parts) -> set[str]:
    """The claims whose marks can be pointed at; one mark may stand for several figures, of which the first leads."""
    return {ids[0] for figure in figures for ids in _opened(figure, parts) if ids[0] != "place"}


def _opened(figure: Component, parts: Parts) -> Iterator[Any]:
    for graph in parts(figure, "Graph"):
        for trace in graph.figure["data"]:
            if trace.get("marker", {}).get("symbol") != "triangle-down-open":  # a fall leads to a claim that has a mark of its own
                yield from trace.get("customdata") or ()


def told(table: Component, parts: Parts) -> set[str]:
    """The claims that the rows of a table lead to."""
    return {getattr(link, "data-figure") for link in parts(table, "A") if hasattr(link, "data-figure")}


def tables(tree: Any, parts: Parts) -> list[Component]:
    """The tables beside charts, in the order of the page."""
    return [one for one in parts(tree, "Details") if getattr(one, "className", "") == "as-table"]


@pytest.mark.parametrize(
    ("page", "charts", "number", "most"),
    [(overview, "span-", 0, 84), (overview, "series", 1, overview.MOST_ROWS), (compare, "range", 0, compare.MOST_ROWS)],
    ids=["spans", "series", "comparison"],
)
def test_a_table_tells_the_claims_that_are_drawn(page: ModuleType, charts: str, number: int, most: int, parts: Parts) -> None:
    """No other claim, and each up to a number of rows; then a link leads to the rest."""
    tree = page.layout(Screen(drawn=True), metric="killed")
    figures = [one for one in parts(tree, "Figure") if getattr(one, "data-chart").startswith(charts)]
    table, marks = tables(tree, parts)[number], drawn(figures, parts)
    assert told(table, parts) <= marks
    assert len(told(table, parts)) == min(len(marks), most)
    further = [link.href for link in parts(table, "A") if link.href.startswith("/figures?metric=killed")]
    assert bool(further) == (len(marks) > most)


def test_a_chart_alone_takes_its_table_along(look_at: Callable[..., View], parts: Parts) -> None:
    """Also in a frame of another page."""
    view = look_at("/", metrics=("killed",), embed=True, chart="series")
    shown = alone(view, overview.layout(Screen(drawn=True), metric="killed"), heading_of(PAGES, view))
    (table,) = tables(shown, parts)
    assert told(table, parts) <= drawn(parts(shown, "Figure"), parts)
