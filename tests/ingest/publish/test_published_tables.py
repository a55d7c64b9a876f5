"""What the tables say: reviews and later editions applied, sources with their state, places with what they lie in."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from ingest.model import snapshot as layout
from ingest.model.crisis import Mandate
from ingest.model.vocabulary import Kind, Metric, Review
from ingest.store import Ledger, SourceState

Rows = Callable[[Path, str], list[dict[str, Any]]]


def test_a_rejected_row_is_left_out_and_counted(newsroom: Any, rows: Rows) -> None:
    """The last verdict decides: a rejected figure is not published, and the manifest says how many are not."""
    kept, rejected, restored = newsroom.add(), newsroom.add(), newsroom.add()
    for figure, decision in ((rejected, Review.REJECTED), (restored, Review.REJECTED), (restored, Review.HUMAN_CHECKED)):
        newsroom.ledger.add_review(figure.figure_id, decision, "Amal", "Read it.", newsroom.clock)
    published = newsroom.publish()
    found = {row["figure_id"]: row["review"] for row in rows(published.path, "figures")}
    assert found == {kept.figure_id: "machine", restored.figure_id: "human_checked"}
    assert layout.manifest(published.path).left_out == {"figures": 1}
    assert sum(row["figures"] for row in rows(published.path, "documents")) == 2


def test_a_later_edition_supersedes_from_when_it_was_seen(newsroom: Any, rows: Rows) -> None:
    """The earlier figure stays, with the moment the one that names it was first seen; a rejected edition supersedes nothing."""
    first, other = newsroom.add(), newsroom.add()
    newsroom.clock += timedelta(hours=3)
    newsroom.add(supersedes=first.figure_id)
    misread = newsroom.add(supersedes=other.figure_id)
    newsroom.ledger.add_review(misread.figure_id, Review.REJECTED, "Amal", "Misread.", newsroom.clock)
    ended = {row["figure_id"]: row["superseded_at"] for row in rows(newsroom.publish().path, "figures")}
    assert ended[first.figure_id] == "2024-12-01 12:30:00+00"
    assert ended[other.figure_id] is None


def test_incidents_are_published_with_their_claims(newsroom: Any, rows: Rows) -> None:
    """Every claim of an event is of one incident, and every incident has claims."""
    newsroom.add()
    newsroom.add(claimed_source="some_monitor")
    published = newsroom.publish()
    linked, told = rows(published.path, "incident_claims"), rows(published.path, "incidents")
    events = {row["figure_id"] for row in rows(published.path, "figures") if row["kind"] == "incident"}
    assert {row["figure_id"] for row in linked} == events
    assert events
    assert {row["incident_id"] for row in linked} == {row["incident_id"] for row in told}


def test_organisations_are_those_of_the_crisis_and_those_met(newsroom: Any, rows: Rows) -> None:
    """A voice that nobody described is there under the name a report gave it."""
    newsroom.add(claimed_source="other:local-council", claimed_source_text="the local council", publisher="some_paper")
    found = {row["organisation"]: (row["name_en"], row["kind"]) for row in rows(newsroom.publish().path, "organisations")}
    assert found == {
        "sohr": ("Observatory", "monitor"),
        "other:local-council": ("the local council", "other"),
        "some_paper": ("some_paper", "other"),
    }


def test_sources_say_how_they_are_doing(newsroom: Any, rows: Rows) -> None:
    """Ready, never run, without settings, switched off, failing: each with a sentence, times and counts."""
    newsroom.add()
    early = newsroom.clock
    newsroom.ledger.save_source_state(SourceState("test", early, early, message="One report."))
    found = {row["source"]: row for row in rows(newsroom.publish().path, "sources")}
    assert {name: row["state"] for name, row in found.items()} == {
        "test": "ready",
        "off": "disabled",
        "keyed": "needs_settings",
        "quiet": "never_run",
    }
    assert (found["test"]["documents"], found["test"]["figures"], found["test"]["newest_published_at"]) == (1, 1, "2024-11-30 20:00:00+00")
    assert (found["test"]["languages"], found["test"]["cadence_hours"], found["test"]["limitation"]) == ("en;ar", 6.0, "Some.")
    assert "SECRET_KEY" in found["keyed"]["state_note"]
    assert (found["keyed"]["missing_settings"], found["test"]["missing_settings"]) == ("SECRET_KEY", "")
    newsroom.ledger.save_source_state(SourceState("test", early, early, failing_since=early, failures=1, message="Not reached."))
    failing = next(row for row in rows(newsroom.publish().path, "sources") if row["source"] == "test")
    assert (failing["state"], failing["state_note"], failing["failing_since"]) == ("failing", "Not reached.", "2024-12-01 09:30:00+00")


def test_a_source_nobody_described_is_still_a_row(newsroom: Any, rows: Rows) -> None:
    """Documents of a connector that is gone keep a source to be joined with."""
    newsroom.sources = ()
    newsroom.add()
    assert [(row["source"], row["state"], row["documents"]) for row in rows(newsroom.publish().path, "sources")] == [("test", "ready", 1)]


def test_places_are_those_named_with_what_they_lie_in(newsroom: Any, rows: Rows) -> None:
    """The country and its first divisions always; finer places where a figure names them, with every level above."""
    coarse = {row["place_id"] for row in rows(newsroom.publish().path, "places")}
    newsroom.add(place_id="C1007", adm1_id="SY02", place_candidates=("C1007", "unknown"), coverage_area=("SY02", "SY07"))
    fine = {row["place_id"]: row["parent_id"] for row in rows(newsroom.publish().path, "places")}
    assert coarse == {"SY", "SY02", "SY07"}
    assert fine == {"SY": "", "SY02": "SY", "SY07": "SY", "SY0200": "SY02", "C1007": "SY0200"}


def test_runs_that_are_over_are_told(newsroom: Any, rows: Rows) -> None:
    """Finished and interrupted runs are published; one at work, such as this publication, is not."""
    with Ledger.open(newsroom.settings.database) as left:
        left.begin_run("refresh", "test", newsroom.clock)
    done = newsroom.ledger.begin_run("refresh", "test", newsroom.clock + timedelta(minutes=1))
    newsroom.ledger.finish_run(done, "ok", {"documents_new": 2}, "Two.", newsroom.clock + timedelta(minutes=2))
    newsroom.ledger.begin_run("publish", "", newsroom.clock + timedelta(minutes=3))
    found = [(row["outcome"], row["documents_new"], row["finished_at"]) for row in rows(newsroom.publish().path, "runs")]
    assert found == [("interrupted", 0, None), ("ok", 2, "2024-12-01 09:32:00+00")]


def test_a_document_whose_address_is_gone_says_since_when(newsroom: Any, rows: Rows) -> None:
    """The first notice stands, and only for the source that read it."""
    figure = newsroom.add()
    document = newsroom.ledger.document(figure.document_id)
    assert newsroom.ledger.mark_vanished(document.source, document.url, newsroom.clock)
    assert not newsroom.ledger.mark_vanished(document.source, document.url, newsroom.clock + timedelta(days=1))
    assert not newsroom.ledger.mark_vanished("other", document.url, newsroom.clock)
    (published,) = rows(newsroom.publish().path, "documents")
    assert published["vanished_at"] == "2024-12-01 09:30:00+00"


def test_silence_is_told_of_what_is_asked_and_a_series_of_what_was_counted(newsroom: Any, rows: Rows) -> None:
    """An organisation with a mandate has a state for every day of an open crisis to the newest day anything was read."""
    newsroom.crisis = replace(newsroom.crisis, mandates=(Mandate("sohr", (Metric.KILLED,), 24.0, collectors=("test",)),))
    figure = newsroom.add(kind=Kind.CUMULATIVE, window_start=date(2024, 11, 27), as_of=date(2024, 11, 30))
    path = newsroom.publish().path
    told = {row["day"].day: row["state"] for row in rows(path, "silence") if row["adm1_id"] == ""}
    assert told == {27: "not_ingested", 28: "not_ingested", 29: "not_ingested", 30: "value", 1: "not_ingested"}
    assert [(row["figure_id"], row["step"]) for row in rows(path, "series")] == [(figure.figure_id, "first")]
    assert [(row["organisation"], row["metric"], row["since"]) for row in rows(path, "mandates")] == [
        ("sohr", "killed", date(2024, 11, 27))
    ]


def test_a_figure_says_from_when_the_world_could_know_it(newsroom: Any, rows: Rows) -> None:
    """From its publication; an edition that keeps the date of the page from when it was first seen."""
    first = newsroom.add()
    newsroom.clock += timedelta(hours=3)
    later = newsroom.add(supersedes=first.figure_id)
    told = {row["figure_id"]: (row["known_at"], row["known_until"]) for row in rows(newsroom.publish().path, "figures")}
    published = "2024-11-30 20:00:00+00"
    assert told == {first.figure_id: (published, "2024-12-01 12:30:00+00"), later.figure_id: ("2024-12-01 12:30:00+00", None)}
