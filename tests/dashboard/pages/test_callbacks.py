"""Callbacks called as functions: the state of the browser in, what it shows out."""

from collections.abc import Callable
from typing import Any

import pytest
from dash import no_update

from dashboard import charts
from dashboard.app import PAGES, callbacks
from dashboard.query.register import Option
from dashboard.shell import Screen, View, controls

Read = Callable[[Any], str]
Parts = Callable[[Any, str], list[Any]]
pytestmark = pytest.mark.usefixtures("serving")


def state(path: str = "/", query: str = "", **more: Any) -> dict[str, Any]:
    """What the browser sends."""
    return {"path": path, "query": query, "figure": "", "dark": False, "narrow": False, "drawn": False, **more}


def test_the_frame_holds_the_state_it_was_drawn_from(parts: Parts) -> None:
    """The Store that controls write starts as the address."""
    given = state("/compare", "metric=killed")
    frame = callbacks.draw_frame(PAGES)(given)
    assert next(store.data for store in parts(frame, "Store") if store.id == "view") == given


def test_controls_start_as_the_address_says(parts: Parts) -> None:
    """A view opened afresh has its filters set."""
    frame = callbacks.draw_frame(PAGES)(state("/", "metric=killed&place=SY02,SY07&from=2024-11-27&to=2024-12-08"))
    values = {select.id["name"]: select.value for select in parts(frame, "MultiSelect")}
    assert values == {"metric": ["killed"], "group": [], "place": ["SY02", "SY07"], "source": []}
    assert parts(frame, "DatePickerInput")[0].value == ["2024-11-27", "2024-12-08"]


def test_calendars_open_where_the_crisis_begins(parts: Parts) -> None:
    """Not at the first day that can be chosen, which a count of a whole month or year takes weeks before; a chosen day goes before both."""
    dates = parts(callbacks.draw_frame(PAGES)(state()), "DatePickerInput")[0]
    assert (dates.minDate, dates.defaultDate) == ("2024-11-01", "2024-11-27")
    assert parts(callbacks.draw_frame(PAGES)(state("/", "from=2024-12-05")), "DatePickerInput")[0].defaultDate == "2024-12-05"


def test_a_division_and_the_town_of_its_name_are_told_apart(look_at: Callable[..., View]) -> None:
    """In the reader's language; a division that shares its name with nothing is called by it alone."""
    places = (Option("X1", "Northmark", 3), Option("X2", "Southmark", 1), Option("C1", "Northmark", 2, "Northmark"))
    assert [one.label for one in controls._told_apart(places, look_at("/", lang="fr"))] == [
        "Northmark (gouvernorat)",
        "Southmark",
        "Northmark",
    ]


def test_a_filter_the_snapshot_does_not_know_stays_visible(parts: Parts) -> None:
    """A chosen value without rows is still shown as chosen, so that it can be taken away."""
    frame = callbacks.draw_frame(PAGES)(state("/", "source=nobody"))
    select = next(one for one in parts(frame, "MultiSelect") if one.id["name"] == "source")
    assert select.value == ["nobody"]
    assert "nobody" in str(select.data)


def test_arabic_turns_the_frame_round(parts: Parts) -> None:
    """With lang=ar the kit is told to mirror everything it draws."""
    frame = callbacks.draw_frame(PAGES)(state("/", "lang=ar"))
    assert parts(frame, "DirectionProvider")[0].direction == "rtl"


def test_the_page_and_the_links_to_others_are_drawn_together(parts: Parts, read: Read) -> None:
    """Links of the navigation keep the filters, and the page itself is marked."""
    main, nav, _ = callbacks.draw_page(PAGES)(state("/figures", "metric=killed"))
    assert "claims" in read(parts(main, "H1")[0])
    hrefs = {read(link): link.href for link in parts(nav, "A")}
    assert hrefs == {
        "Overview": "/?metric=killed",
        "Compare": "/compare?metric=killed",
        "Incidents": "/incidents?metric=killed",
        "Map": "/map?metric=killed",
        "Silence": "/silence?metric=killed",
        "Figures": "/figures?metric=killed",
        "Sources": "/sources?metric=killed",
        "Method": "/method?metric=killed",
        "Read a report": "/report?metric=killed",
        "Alerts": "/alerts?metric=killed",
    }
    assert [read(link) for link in parts(nav, "A") if getattr(link, "aria-current", "") == "page"] == ["Figures"]


def test_each_thing_chosen_is_a_chip_that_takes_it_away(parts: Parts, read: Read) -> None:
    """One value of a list goes without the others; what a page alone offers to choose, and changed rules, are chosen too."""
    chosen = "metric=killed,injured&history=1&rules=soft_gap:3&known=2024-12-02&clock=read"
    *_, line = callbacks.draw_page(PAGES)(state("/figures", chosen))
    chips = {read(link).removesuffix(" ✕"): link.href for link in parts(line, "A") if link.className == "chip"}
    rest = "/figures?metric=killed,injured"
    assert chips == {
        "Killed": "/figures?metric=injured&history=1&rules=soft_gap:3&known=2024-12-02&clock=read",
        "Injured": "/figures?metric=killed&history=1&rules=soft_gap:3&known=2024-12-02&clock=read",
        "as read here by 2 Dec 2024": f"{rest}&history=1&rules=soft_gap:3",
        "Also replaced, withdrawn and rejected rows": f"{rest}&rules=soft_gap:3&known=2024-12-02&clock=read",
        "1 rule of comparison changed": f"{rest}&history=1&known=2024-12-02&clock=read",
    }


def test_an_unknown_address_is_a_page_too(read: Read) -> None:
    """A mistyped address says so and leads back."""
    main, *_ = callbacks.draw_page(PAGES)(state("/nowhere"))
    assert "There is no page at this address" in read(main)


def test_nothing_is_drawn_while_no_evidence_is_open() -> None:
    """Closing the drawer does not ask for anything."""
    assert callbacks.draw_evidence("", state()) is no_update


def test_evidence_of_a_figure_that_is_gone_is_a_sentence(read: Read) -> None:
    """A link to a figure of an older snapshot says what may have happened."""
    assert "not in the current snapshot" in read(callbacks.draw_evidence("f-gone", state()))


def test_evidence_marks_the_number_in_its_sentence(read: Read, parts: Parts) -> None:
    """The drawer shows the sentence with the number highlighted, and who said it to whom."""
    drawer = callbacks.draw_evidence("f-o2", state())
    assert [mark.children for mark in parts(drawer, "Mark")] == ["at least 44"]
    assert "local health authorities" in read(parts(drawer, "Blockquote")[0])
    assert "Claimed by" in read(drawer)


def test_the_screen_is_read_from_the_state() -> None:
    """Dark, narrow and drawn come from the browser, not from the address."""
    assert callbacks.screen_of(state(dark=True, drawn=True)) == Screen(dark=True, narrow=False, drawn=True)


def test_colours_of_page_and_chart_are_the_same(parts: Parts) -> None:
    """A dark screen gets a dark kit and dark charts."""
    frame = callbacks.draw_frame(PAGES)(state(dark=True, drawn=True))
    assert parts(frame, "MantineProvider")[0].forceColorScheme == "dark"
    assert all(graph.figure.layout.hoverlabel.bgcolor == charts.DARK.paper for graph in parts(frame, "Graph"))
