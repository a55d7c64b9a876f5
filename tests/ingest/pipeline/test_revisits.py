"""Reports that no feed shows any more: their pages are asked for again now and then."""

import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from ingest.fetch.politeness import Clock
from ingest.fetch.transport import Limits
from ingest.pipeline.assembly import Pipeline
from ingest.pipeline.refresh import ALLOW_LOOPBACK, Refresher
from ingest.sources import rss

FEED = {"Content-Type": "application/rss+xml"}
HTML = {"Content-Type": "text/html; charset=utf-8"}
PAGE = "<html><head><title>{0}</title></head><body><main><p>{0} people were killed in Northvale, the mayor said.</p></main></body></html>"


@pytest.fixture
def refresh(pipeline: Pipeline, clock: Any, web: Any) -> Callable[..., list[str]]:
    """Refreshes from a feed that lists a report of one day, after so many hours; returns the pages that were asked for."""
    feed = {"url": f"{web.base}/feed", "publisher": "watch", "selector": "main"}
    crisis = replace(pipeline.crisis, sources={"rss": {"feeds": [feed]}})
    settings = replace(pipeline.settings, keys={ALLOW_LOOPBACK: "1"})

    def run(day: int, hours: float) -> list[str]:
        clock.forward(hours=hours)
        item = f"<item><title>x</title><link>{web.base}/{day}</link><pubDate>{day:02} Dec 2024 09:00:00 GMT</pubDate></item>"
        web.at("/feed", {"body": f"<rss version='2.0'><channel>{item}</channel></rss>".encode(), "headers": FEED})
        before, passing = len(web.asked), Clock(now=clock, sleep=lambda _: None)
        refresher = Refresher(settings, crisis, pipeline.intake, lambda *_: None, threading.Event(), Limits(delay=0), passing)
        (outcome,) = refresher.refresh({"rss": rss})
        assert not outcome.failure
        return [asked.path for asked in web.asked[before:] if asked.path[1:].isdecimal()]

    for day in (4, 6):
        web.at(f"/{day}", {"body": PAGE.format("Three").encode(), "headers": HTML})
    return run


def test_a_change_is_a_later_edition_and_an_end_is_marked(refresh: Callable[..., list[str]], pipeline: Pipeline, web: Any) -> None:
    """Asked when an eighth of its age has passed; both editions stay, the second supersedes, and what is gone is not asked for again."""
    assert refresh(4, 0) == ["/4"]
    assert refresh(6, 1) == ["/6"]
    web.at("/4", {"body": PAGE.format("Five").encode(), "headers": HTML})
    assert refresh(6, 1) == []
    assert refresh(6, 24) == ["/4", "/6"]
    ledger = pipeline.intake.ledger
    former, later = sorted((one for one in ledger.documents() if one.url.endswith("/4")), key=lambda one: one.revises)
    assert (former.revises, later.revises) == ("", former.document_id)
    values = {figure.document_id: (figure.value_best, bool(figure.supersedes)) for figure in ledger.figures("tiny")}
    assert (values[former.document_id], values[later.document_id]) == ((3, False), (5, True))

    web.at("/4", {"status": 410, "body": b"gone"})
    web.at("/6", {"status": 503, "body": b"busy"})
    assert {*refresh(6, 60)} == {"/4", "/6"}
    assert ledger.runs()[0].vanished == 1
    assert "/4" not in refresh(6, 600)


def test_ten_pages_of_a_source_are_asked_for_at_once_the_longest_unasked_first(refresh: Callable[..., list[str]], web: Any) -> None:
    """A source with thousands of old reports is not asked for all of them in one refresh, and in time for each."""
    for day in range(5, 18):
        web.at(f"/{day}", {"body": PAGE.format("Three").encode(), "headers": HTML})
        refresh(day, 0.1)
    first = refresh(17, 900)
    second = refresh(17, 1)
    assert len(first) == 10 and first[0] == "/5"
    assert not {*first} & {*second} and 2 <= len(second) <= 3
