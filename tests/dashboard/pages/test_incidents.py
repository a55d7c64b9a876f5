"""The list of events, and the page of one."""

from collections.abc import Callable
from typing import Any

import pytest
from dash.development.base_component import Component

from dashboard import query
from dashboard.pages import incident, incidents
from dashboard.shell import View
from dashboard.state import Filters

Parts = Callable[[Any, str], list[Component]]
Read = Callable[[Any], str]
pytestmark = pytest.mark.usefixtures("serving")


@pytest.fixture
def event(look_at: Callable[..., View]) -> str:
    """The event whose claims are furthest apart."""
    view = look_at("/incidents")
    assert view.db is not None
    return str(query.incidents_page(view.db, view.filters)["incident_id"].iloc[0])


def test_the_list_says_how_many_events_are_disputed(look_at: Callable[..., View]) -> None:
    """The title is a count of events and of contradicted ones, not of people."""
    assert incidents.heading(look_at("/incidents")).title == "4 events are told of; about 2 of them the sources contradict one another"


def test_every_event_leads_to_its_page_with_the_filters_kept(parts: Parts, event: str) -> None:
    """One click from the list to the claims of an event, a second to a sentence."""
    links = [getattr(link, "href", "") for link in parts(incidents.layout(place="SY07"), "A")]
    assert f"/incident?place=SY07&id={event}" in links
    figures = {getattr(link, "data-figure", None) for link in parts(incident.layout(id=event), "A")}
    assert {"f-e4", "f-e5", "f-e4i"} <= figures


def test_the_page_is_titled_by_the_range_and_the_voices(look_at: Callable[..., View], event: str) -> None:
    """How many independent sources, from which to which number, whom, where and when."""
    title = incident.heading(look_at("/incident", incident=event)).title
    assert title == "2 independent sources report 8 to 22 civilians killed: Idleb city, 1 Dec 2024"


def test_an_event_is_taken_away_whole(parts: Parts, db: query.Snapshot, event: str) -> None:
    """Its claims and their verdicts as files, whatever else is filtered; a changed rule stays changed."""
    tree = incident.layout(id=event, place="SY07", rules="soft_gap:9")
    links = [str(getattr(link, "href", "")) for link in parts(tree, "A")]
    for table in ("figures", "discrepancies"):
        assert f"/export/{table}.xlsx?event={event}&rules=soft_gap:9" in links
    told = set(query.figures_page(db, Filters(event=event, size=200))["figure_id"])
    assert {"f-e4", "f-e5", "f-e4i"} <= told and len(told) < 20
    verdicts = query.discrepancies_page(db, Filters(event=event))
    assert verdicts and {one[side] for one in verdicts for side in ("figure_a", "figure_b")} <= told


def test_the_page_tells_why_the_claims_differ(read: Read, parts: Parts, event: str) -> None:
    """The verdicts among its claims, each with the way to the pair; every claim with publisher, interval, quote and both times."""
    tree = incident.layout(id=event)
    said = read(tree)
    assert "both cannot hold" in said and "40 people or more" in said.replace("\u202f", " ")
    assert "published 2 Dec 2024, 13:07" in said and "first read here 24 Nov 2026" in said and "read in" in said
    assert any(getattr(link, "href", "").startswith("/pair?pair=") for link in parts(tree, "A"))


def test_one_voice_is_named(look_at: Callable[..., View]) -> None:
    """An event that one source tells of says whose word it is, and that nothing was compared."""
    view = look_at("/incidents", sources=("white_helmets",), q="no deaths")
    assert view.db is not None
    alone = str(query.incidents_page(view.db, view.filters)["incident_id"].iloc[0])
    assert incident.heading(look_at("/incident", incident=alone)).title.startswith("White Helmets alone reports 0 civilians killed")


def test_an_event_that_is_gone_says_so(read: Read, parts: Parts) -> None:
    """A stale address gets a sentence and the way to the list."""
    tree = incident.layout(id="i0000")
    assert "not in the current data" in read(tree)
    assert any(getattr(link, "href", "") == "/incidents" for link in parts(tree, "A"))
