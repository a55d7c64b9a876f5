"""Pages as plain functions: a query in, a tree of components out."""

import json
import re
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import pytest
from dash._utils import to_json
from dash.development.base_component import Component

from dashboard import charts, query
from dashboard.app import PAGES, callbacks
from dashboard.components.elements import Plain
from dashboard.pages import compare, figures, overview, sources
from dashboard.shell import Screen, View
from dashboard.state import FIGURE_COLUMNS, USUAL_COLUMNS

Parts = Callable[[Any, str], list[Component]]
Read = Callable[[Any], str]
pytestmark = pytest.mark.usefixtures("serving")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.NAME)
@pytest.mark.parametrize("lang", ["en", "ar", "fr"])
def test_every_page_is_drawn_in_every_language(page: ModuleType, lang: str, parts: Parts) -> None:
    """A page has exactly one largest heading, in whatever language it is asked for."""
    assert len(parts(page.layout(lang=lang), "H1")) == 1


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.NAME)
def test_every_element_is_one_that_dash_knows(page: ModuleType) -> None:
    """Dash's own elements take the properties of those of the frame and the page."""
    state = {"path": page.PATH, "query": "", "drawn": True}
    elements = [one for one in callbacks.draw_frame(PAGES)(state)._traverse() if isinstance(one, Plain)]
    assert len(elements) > 20
    for properties, checked in ((one.__dict__, one.checked.to_plotly_json()["props"]) for one in elements):
        assert {"children": None, **properties} == checked


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.NAME)
def test_a_page_travels_as_few_parts_that_say_all_of_it(page: ModuleType) -> None:
    """What stands still in a page is put together for the browser, and nothing of it is lost or moved."""
    frame = callbacks.draw_frame(PAGES)({"path": page.PATH, "query": "", "drawn": True})
    sent = json.loads(to_json(frame))
    assert sum(1 for _ in _parts(sent)) < 200
    assert list(_told(sent)) == list(_told(frame))


def _parts(sent: Any) -> Iterator[dict[str, Any]]:
    """The parts of a page as the browser takes it."""
    if isinstance(sent, list):
        for one in sent:
            yield from _parts(one)
    elif isinstance(sent, dict) and "namespace" in sent:
        yield sent
        yield from _parts(sent["props"].get("children"))


def _told(part: Any) -> Iterator[object]:
    """Elements with their attributes, the names of other components, and texts, in the order of the page: of a tree of components, or of
    what the browser takes.
    """
    if isinstance(part, str | int | float):
        yield str(part)
    elif isinstance(part, list | tuple):
        yield from (told for one in part for told in _told(one))
    elif isinstance(part, Component):
        yield from _told_of(part._type, part.__dict__, element=isinstance(part, Plain))
    elif part is not None and part["type"] == "Markup":
        yield from (told for one in part["props"]["markup"] for told in _told_of_markup(one))
    elif part is not None:
        yield from _told_of(part["type"], part["props"], element=part["namespace"] == "dash_html_components")


def _told_of(kind: str, given: dict[str, Any], *, element: bool) -> Iterator[object]:
    attributes = {name: value for name, value in given.items() if name != "children"} if element else {}
    yield kind.lower(), attributes
    yield from _told(given.get("children"))


def _told_of_markup(one: Any) -> Iterator[object]:
    if not isinstance(one, list):
        yield from _told(one)
        return
    tag, attributes, *inside = one
    yield tag, attributes
    yield from (told for part in inside for told in _told_of_markup(part))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.NAME)
def test_a_page_ignores_what_it_does_not_know(page: ModuleType, parts: Parts) -> None:
    """Stray parameters of an address do not break a page."""
    assert parts(page.layout(Screen(narrow=True), utm_source="x", metric="nonsense", page="-3", figure="gone"), "H1")


@pytest.mark.parametrize("page", [overview, figures], ids=lambda page: page.NAME)
def test_nothing_found_says_what_to_do(page: ModuleType, read: Read, parts: Parts) -> None:
    """Filters that leave nothing give a sentence, once, and a way back, not an empty chart."""
    tree = page.layout(**{"from": "1999-01-01", "to": "1999-01-02"})
    assert read(tree).count("No claim fits these filters") == 1
    assert any(getattr(link, "href", "") == page.PATH for link in parts(tree, "A"))


@pytest.mark.parametrize("page", [overview, figures], ids=lambda page: page.NAME)
def test_nothing_found_leads_to_what_is_near(page: ModuleType, read: Read, parts: Parts) -> None:
    """Each thing chosen that keeps claims away is told with the claims there are without it, and so is the nearest day with claims."""
    tree = page.layout(**{"metric": "killed", "from": "1999-01-01", "to": "1999-01-02"})
    ways = next(part for part in parts(tree, "Ul") if getattr(part, "className", "") == "ways-out")
    links = parts(ways, "A")
    assert [read(link) for link in links][1:] == ["Without “1 Jan 1999 to 2 Jan 1999”"]
    assert "the nearest day" in read(links[0])
    assert links[-1].href == f"{page.PATH}?metric=killed"
    counted = re.findall(r"(\d+) claims?", read(ways))
    assert len(counted) == 2 and 0 < int(counted[0]) < int(counted[1])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.NAME)
def test_an_empty_data_folder_says_which_command_fills_it(page: ModuleType, empty_app: Any, read: Read) -> None:
    """Without a snapshot a page still answers, with the command to run."""
    with empty_app.server.test_request_context():
        assert "crosscount up" in read(page.layout())


def test_the_overview_is_titled_by_how_far_apart_the_voices_are(look_at: Callable[..., View]) -> None:
    """The title counts independent voices and gives lowest and highest claim, never one number."""
    title = overview.heading(look_at("/", metrics=("killed",))).title
    assert title == "4 independent voices count 75 to 149 civilians killed"


def test_a_single_voice_is_named(look_at: Callable[..., View]) -> None:
    """Where one voice alone counts, the title says whose."""
    title = overview.heading(look_at("/", metrics=("forcibly_disappeared",))).title
    assert title == "SNHR alone counts people forcibly disappeared: 112,414"


def test_the_people_counted_are_named(look_at: Callable[..., View]) -> None:
    """A side of the conflict stands in brackets after what is counted."""
    title = overview.heading(look_at("/", metrics=("killed",), groups=("side.opposition_and_allies",), kinds=("cumulative",))).title
    assert "combatants killed (Opposition and allies)" in title


def test_events_have_no_span(look_at: Callable[..., View]) -> None:
    """Single events are not stretched into a range."""
    view = look_at("/", metrics=("killed",), kinds=("incident",))
    assert view.db is not None
    spans = query.spans(view.db, view.filters)
    assert len({span["group_text"] for span in spans}) > 1
    assert overview.heading(view).title == f"{sum(span['claims'] for span in spans)} claims of people killed, and no running total"
    civilians = overview.heading(look_at("/", metrics=("killed",), kinds=("incident",), groups=("civilian",))).title
    assert "civilians killed" in civilians


def test_the_legend_of_the_spans_names_the_kinds_that_are_drawn_and_no_other(parts: Parts) -> None:
    """Also where a kind of source only says what is no span: a colour that is nowhere in the drawing is looked for in vain."""
    page = overview.layout(Screen(drawn=True))
    (legend,) = [one for one in parts(page, "Ul") if getattr(one, "className", "") == "kind-legend"]
    named = {one.className.removeprefix("kind kind-") for one in parts(legend, "Span") if one.className.startswith("kind ")}
    (spans,) = [one for one in parts(page, "Ul") if getattr(one, "className", "") == "spans"]
    marks = [trace for graph in parts(spans, "Graph") for trace in graph.figure["data"] if trace.get("customdata")]
    drawn = {colour for trace in marks for colour in trace["marker"]["line"]["color"]}
    assert named and {charts.LIGHT.kinds[kind] for kind in named} == drawn


def test_every_mark_of_the_overview_has_a_way_to_its_sentence(parts: Parts) -> None:
    """The table beside each chart links its rows to their evidence, for those who cannot use the drawing."""
    links = [link for link in parts(overview.layout(), "A") if getattr(link, "data-figure", None)]
    assert len(links) > 10
    assert all(f"figure={getattr(link, 'data-figure')}" in link.href for link in links)


def test_the_chart_waits_in_a_store_until_the_library_is_there(parts: Parts) -> None:
    """Before the chart library has arrived no graph stands in the page; afterwards every graph does."""
    before, after = overview.layout(Screen(drawn=False)), overview.layout(Screen(drawn=True))
    assert not parts(before, "Graph")
    assert len(parts(after, "Graph")) == len(
        [one for one in parts(before, "Store") if isinstance(one.id, dict) and one.id["type"] == "drawing"]
    )


def test_the_scale_is_a_choice_that_is_said(parts: Parts) -> None:
    """A logarithmic axis is used only when chosen, and the choice stands in the address."""
    links = {link.children: link.href for link in parts(overview.layout(), "A") if link.children in ("Linear", "Log")}
    assert links == {"Linear": "/", "Log": "/?scale=log"}


def test_compare_is_titled_by_the_sharpest_disagreement(look_at: Callable[..., View]) -> None:
    """The title of the comparison says who counts what in its sharpest contradiction."""
    assert compare.heading(look_at("/compare")).title == "SOHR counts 8, OHCHR 22: civilians killed, Idleb city, 1 Dec 2024"


def test_the_first_chart_of_compare_is_of_what_the_title_tells_of(look_at: Callable[..., View], parts: Parts, read: Read) -> None:
    """Where nobody chose a metric, though the source speaks more of another."""
    heading = compare.heading(look_at("/compare", sources=("ocha",)))
    assert heading.title == "OCHA counts at least 8, OHCHR 22: civilians killed, Idleb, 1 Dec 2024"
    assert read(parts(compare.layout(source="ocha"), "H2")[0]) == "Killed: the claims side by side"
    assert read(parts(compare.layout(source="ocha", metric="newly_displaced"), "H2")[0]) == "Newly displaced: the claims side by side"


def test_a_choice_without_choices_is_not_offered(parts: Parts, read: Read) -> None:
    """Where no claim fits, there is no kind of claim to choose."""
    groups = [
        read(one)
        for one in parts(compare.layout(source="white-helmets", metric="killed"), "Div")
        if one.to_plotly_json()["props"].get("role") == "group"
    ]
    assert [group for group in groups if group.startswith("Claims that are")] == []


def test_a_kind_of_difference_is_a_switch(parts: Parts) -> None:
    """Choosing a code narrows the list; choosing it again takes it away."""
    narrowed = compare.layout(code="revision_decrease")
    assert len(parts(narrowed, "Ol")[-1].children) == 1
    chosen = next(
        link
        for link in parts(narrowed, "A")
        if "is-on" in (getattr(link, "className", None) or "") and "Revision downwards" in str(link.children)
    )
    assert "code=" not in chosen.href


def test_totals_and_events_are_never_rows_of_one_chart(parts: Parts) -> None:
    """The families that cannot share an axis are offered as alternatives."""
    links = [link for link in parts(compare.layout(metric="killed"), "A") if "kind=" in link.href and "Events" in str(link.children)]
    assert links
    assert "kind=incident,daily,rate_24h" in links[0].href


def test_the_table_of_figures_shows_the_columns_chosen(parts: Parts, read: Read) -> None:
    """In the order of the address; the claimed value is never missing, for it leads to the evidence; each column has a cell."""

    def heads(page: Component) -> list[str]:
        return [read(head).strip() for head in parts(page, "Th") if "head-" in str(getattr(head, "className", ""))]

    def link(page: Component, label: str) -> str:
        return next(one.href for one in parts(page, "A") if getattr(one, "aria-label", "") == label)

    page = figures.layout(columns="quote,day")
    assert heads(page) == ["Sentence", "Day", "Claim"]
    assert link(page, "Move Day earlier") == "/figures?columns=day,quote,value"
    everything = figures.layout(columns=",".join(FIGURE_COLUMNS))
    assert len(set(heads(everything))) == len(FIGURE_COLUMNS)
    assert "by a person" in read(everything)
    assert "(UTC+3)" in read(everything)
    assert link(figures.layout(columns=",".join((*USUAL_COLUMNS, "quote"))), "Hide Sentence") == "/figures"


def test_the_figures_page_counts_its_rows(look_at: Callable[..., View], read: Read) -> None:
    """Title, rows and download speak of the same number of rows."""
    assert figures.heading(look_at("/figures", places=("SY05",))).title.startswith("2 claims")
    said = read(figures.layout(place="SY05"))
    assert "Rows 1 to 2 of 2" in said
    assert "As displayed 2 rows" in said


def test_a_column_sorts_by_a_plain_link(parts: Parts) -> None:
    """A heading's link sorts largest first, and smallest first when it already does."""
    assert any(link.href == "/figures?sort=-value" for link in parts(figures.layout(), "A"))
    sorted_already = figures.layout(sort="-value")
    assert any(link.href == "/figures?sort=value" for link in parts(sorted_already, "A"))
    assert [th for th in parts(sorted_already, "Th") if getattr(th, "aria-sort", "") == "descending"]


def test_pages_of_rows_are_plain_links(parts: Parts) -> None:
    """The next page of rows keeps the filters."""
    assert any(link.href == "/figures?metric=killed&page=2&size=25" for link in parts(figures.layout(metric="killed", size="25"), "A"))


def test_downloads_carry_the_filters_of_the_page(parts: Parts) -> None:
    """The address of the file is the query of the page, without what only concerns its looks."""
    links = [link.href for link in parts(figures.layout(metric="killed", theme="dark", page="2"), "A") if link.href.startswith("/export")]
    assert "/export/figures.csv?metric=killed" in links
    assert "/export/figures.csv" in links
    assert not any("theme" in link or "page" in link for link in links)


def test_a_source_that_fails_is_the_title(look_at: Callable[..., View]) -> None:
    """The Sources page says first who does not answer, and since when, with the time zone."""
    assert sources.heading(look_at("/sources")).title == "ReliefWeb has not answered since 22 Nov 2026, 09:00 (UTC+3)"


def test_voices_come_with_what_their_words_mean(read: Read) -> None:
    """Each voice stands with the definition that makes its figures readable."""
    assert "Counts civilians only, by perpetrator." in read(sources.layout())


def test_a_search_keeps_to_the_address(parts: Parts) -> None:
    """What was searched for stands in the search field again."""
    field = parts(figures.layout(q="dormitories"), "TextInput")[0]
    assert field.value == "dormitories"
    assert field.id == {"type": "filter", "name": "q"}
