"""What a run took from its source, when a source last had something new, and that lateness is told once."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from ingest.model.vocabulary import Freshness
from ingest.pipeline.assembly import Pipeline, assembled
from ingest.pipeline.lateness import turns
from ingest.pipeline.refresh import Refresher
from ingest.settings import Settings
from ingest.store import Run

FEED = {"Content-Type": "application/rss+xml"}
ITEM = (
    "<item><title>Report</title><link>{0}/{1}</link><guid>{1}</guid><pubDate>Wed, 04 Dec 2024 09:00:00 +0000</pubDate>"
    "<content:encoded><![CDATA[<p>{2} people were killed in Northvale on Tuesday when a wall fell, the mayor said in the evening.</p>]]>"
    "</content:encoded></item>"
)
RSS = "<rss xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><title>T</title><!-- {0} -->{1}</channel></rss>"


@pytest.fixture
def feed(web: Any, settings: Settings, clock: Any) -> "Iterator[_Feed]":
    """A feed to be refreshed: gives the run and the state after each refresh."""
    crisis: Path = settings.data / "crises" / "tiny.toml"
    source = f'\n[sources.rss]\nfeeds = [{{ url = "{web.base}/feed", publisher = "watch" }}]\n'
    crisis.write_text(crisis.read_text(encoding="utf-8") + source, encoding="utf-8")
    allowed = replace(settings, keys={**settings.keys, "CROSSCOUNT_ALLOW_LOOPBACK": "1"})
    with assembled(allowed, clock) as pipeline:
        yield _Feed(web, pipeline)


class _Feed:
    def __init__(self, web: Any, pipeline: Pipeline) -> None:
        self.web, self.pipeline = web, pipeline

    def says(self, *numbers: int, aside: str = "") -> bytes:
        """Serve a feed with a report for each number; returns its bytes."""
        items = "".join(ITEM.format(self.web.base, place, number) for place, number in enumerate(numbers))
        body = RSS.format(aside, items).encode()
        self.web.at("/feed", {"body": body, "headers": FEED})
        return body

    def refresh(self) -> Run:
        """Refresh, and return the run."""
        one = self.pipeline
        modules = one.chosen(("rss",))
        assert not Refresher(one.settings, one.crisis, one.intake, lambda *_: None, Event()).refresh(modules)[0].failure
        return one.intake.ledger.runs(1)[0]


def test_a_run_says_what_was_fetched_new_changed_and_how_many_bytes(feed: Any) -> None:
    """First all is new; the same bytes are unchanged; a corrected report is a change; another comment in the feed is neither."""
    body = feed.says(7, 9)
    first = feed.refresh()
    assert (first.fetched, first.unchanged, first.bytes) == (1, 0, len(body))
    assert (first.documents_new, first.changed, first.known, first.figures_new) == (2, 0, 0, 2)
    again = feed.refresh()
    assert (again.fetched, again.unchanged, again.documents_new, again.known) == (1, 1, 0, 2)
    feed.says(7, 11)
    corrected = feed.refresh()
    assert (corrected.unchanged, corrected.documents_new, corrected.changed, corrected.known) == (0, 1, 1, 1)
    feed.says(7, 11, aside="an advertisement")
    moved = feed.refresh()
    assert (moved.unchanged, moved.documents_new, moved.changed, moved.known) == (0, 0, 0, 2)


def test_only_a_new_text_makes_a_source_fresh(feed: Any, clock: Any) -> None:
    """Other bytes with the same reports leave the time of the last change alone."""
    ledger = feed.pipeline.intake.ledger
    feed.says(7)
    feed.refresh()
    first = clock.moment
    clock.forward(hours=5)
    feed.says(7, aside="an advertisement")
    feed.refresh()
    assert ledger.source_state("rss").changed_at == first
    feed.says(7, 8)
    feed.refresh()
    assert ledger.source_state("rss").changed_at == clock.moment


def test_a_change_of_freshness_is_told_once(feed: Any, clock: Any) -> None:
    """Fresh at first is no news; each later word is told when it comes, and fresh again too; two who ask do not both tell it."""
    ledger, info = feed.pipeline.intake.ledger, feed.pipeline.sources["rss"].INFO
    feed.says(7)
    feed.refresh()

    def told() -> list[Freshness]:
        return [turn.after for turn in turns([info], ledger, clock())]

    assert told() == []
    heard = []
    for _ in range(8):
        clock.forward(hours=info.cadence_hours / 2 + 0.01)
        heard.append([*told(), *told()])
    assert [word for words in heard for word in words] == [Freshness.DUE, Freshness.OVERDUE, Freshness.DELINQUENT]
    feed.says(7, 8)
    feed.refresh()
    assert told() == [Freshness.FRESH]
    assert told() == []


def test_lateness_is_a_sentence(feed: Any, clock: Any) -> None:
    """It names the source, the word and since when."""
    feed.says(7)
    feed.refresh()
    since = clock.moment
    clock.forward(days=30)
    told = [str(turn) for turn in turns([feed.pipeline.sources["rss"].INFO], feed.pipeline.intake.ledger, clock())]
    assert told == [f"rss: delinquent, nothing new since {since:%Y-%m-%d %H:%M} UTC."]
