"""Events and their claims, as the incident pages ask for them."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from dashboard import query
from dashboard.state import Filters
from ingest.model.vocabulary import Clock
from tests.dashboard.tables import tabled

ZONE = ZoneInfo("Asia/Damascus")


@pytest.fixture(scope="module")
def idleb(db: query.Snapshot) -> str:
    """The event of 1 December in Idleb city."""
    found = query.incidents_page(db, Filters(date_from=date(2024, 12, 1), date_to=date(2024, 12, 1), q="OHCHR"))
    return str(found["incident_id"].iloc[0])


def test_events_furthest_apart_come_first(db: query.Snapshot) -> None:
    """The sharpest contradiction among the claims of an event decides, then how many times one number is the other."""
    found = query.incidents_page(db, Filters())
    assert list(found["place"])[:2] == ["Idleb city", "Aleppo city"]
    assert found[["contradictions", "disagreement", "spread"]].iloc[0].tolist() == [1, 3, 2.75]
    assert query.incidents_count(db, Filters()) == (4, 3, 2)


def test_an_event_has_the_size_of_its_distance_only_where_voices_meet(db: query.Snapshot) -> None:
    """One voice is not apart from anybody, whatever interval it gives."""
    found = query.incidents_page(db, Filters())
    assert (found.loc[found["voices"] == 1, "spread"] == 1).all()


def test_filters_keep_events_with_a_claim_that_passes(db: query.Snapshot) -> None:
    """Place, source and day narrow the list as they narrow every other page."""
    assert set(query.incidents_page(db, Filters(places=("SY02",)))["place"]) == {"Aleppo city", "Aleppo University"}
    assert set(query.incidents_page(db, Filters(sources=("ohchr",)))["place"]) == {"Idleb city", "Aleppo University"}
    assert query.incidents_count(db, Filters(date_from=date(1999, 1, 1), date_to=date(1999, 1, 2))) == (0, 0, 0)


def test_the_list_is_sorted_as_asked(db: query.Snapshot) -> None:
    """By day, or by the number of independent voices."""
    days = query.incidents_page(db, Filters(sort="day"))["first_day"]
    assert days.is_monotonic_increasing
    assert query.incidents_page(db, Filters(sort="-voices"))["voices"].is_monotonic_decreasing


def test_claims_stand_in_the_order_they_came_in(db: query.Snapshot, idleb: str) -> None:
    """By publication, in the time of the crisis; by the other clock when they were first read here, which was all at once."""
    claims = tabled(query.incident_claims(db, Filters(), idleb, ZONE))
    assert list(claims["figure_id"]) == ["f-e5", "f-e4", "f-e4i"]
    assert claims["arrived"].iloc[0] - claims["published_at"].iloc[0] == ZONE.utcoffset(claims["published_at"].iloc[0])
    assert tabled(query.incident_claims(db, Filters(clock="read"), idleb, ZONE))["arrived"].nunique() == 1


def test_a_claim_that_several_carry_stands_once(db: query.Snapshot) -> None:
    """Three papers carry what state media say of the dormitories; it is one claim with its publishers."""
    event = query.incidents_page(db, Filters(sources=("sana",), q="dormitories"))["incident_id"].iloc[0]
    claims = tabled(query.incident_claims(db, Filters(), event, ZONE))
    own = claims[(claims["claimed_source"] == "sana") & ~claims["part"]]
    assert (len(own), own["citations"].iloc[0]) == (1, 3)


def test_only_verdicts_among_the_claims_of_the_event_are_given(db: query.Snapshot, idleb: str) -> None:
    """Of the pairs that Idleb takes part in, the one inside this event."""
    found = tabled(query.among(db, Filters(), idleb))
    assert found[["figure_a", "figure_b", "code"]].to_numpy().tolist() == [["f-e5", "f-e4", "contradiction_strong"]]


def test_before_a_claim_was_known_its_event_has_one_voice_less(published: Path) -> None:
    """A snapshot of a past state of knowledge has the events of that state."""
    known = query.Known(date(2024, 12, 1), Clock.PUBLISHED, date(2024, 11, 27), None, ZONE)
    then = query.Snapshots(published).open("syria-2024", known)
    assert "Idleb city" not in set(query.incidents_page(then, Filters())["place"])
    assert "Aleppo University" in set(query.incidents_page(then, Filters())["place"])


@pytest.mark.parametrize(
    "chosen",
    [
        *({"metrics": ("killed",)}, {"kinds": ("incident",)}, {"groups": ("civilian",)}, {"groups": ("f", "role.medic", "side.x")}),
        *({"document": "d1"}, {"claim": "c1"}, {"q": "strike"}, {"places": ("SY02",)}, {"sources": ("sohr",)}, {"history": True}),
    ],
    ids=str,
)
def test_every_filter_of_figures_narrows_events(db: query.Snapshot, chosen: dict[str, object]) -> None:
    """Each keeps exactly the events that one of the figures it selects is a claim about."""
    filters = replace(Filters(size=200), **chosen)  # type: ignore[arg-type]  # fields by name
    figures = set(query.figures_page(db, filters)["figure_id"])
    told = {event for event, figure in db.rows("SELECT incident_id, figure_id FROM published_incident_claims") if figure in figures}
    assert set(query.incidents_page(db, filters)["incident_id"]) == told
