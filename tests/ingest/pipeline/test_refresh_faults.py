"""A thousand refreshes of sources of reports and of records, with a real ledger, from servers that fail at random."""

import random
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from ingest.fetch.politeness import Clock
from ingest.fetch.replay import Journal, ReplayClient
from ingest.fetch.request import FetchRequest
from ingest.fetch.transport import Limits
from ingest.model.ids import digest
from ingest.model.records import Document, Record, Table
from ingest.pipeline.assembly import Pipeline, assembled
from ingest.pipeline.records import keep
from ingest.pipeline.refresh import ALLOW_LOOPBACK, AT_ONCE, Refresher
from ingest.pipeline.replay import Kept, Verdict, kept, replayed
from ingest.pipeline.rereading import Rereading
from ingest.pipeline.tables import Reading, keep_table
from ingest.settings import load
from ingest.sources.registry import all_sources
from tests.ingest.conftest import Reply, Web
from tests.ingest.faults import HASTY, ON_THE_WAY, spoiling

SOURCES = tuple(name for name in all_sources() if name != "local")  # which reads from no server
TABLES = {"hdx", "tables"}
ROUNDS = -(-1000 // len(SOURCES))  # of all sources each: a thousand refreshes
SEED = 20241208
SINCE = datetime(2024, 11, 1, tzinfo=UTC)
NOW = datetime(2025, 1, 2, tzinfo=UTC)


class Steady(Web):
    """A server whose answer to a question is the same at every refresh, where the examples give several in a row."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[str, Reply] = {}

    def reply(self, asked: Any) -> Reply:
        """The first answer there was to it; the cache buster of SANA is no part of the question."""
        first = super().reply(asked)
        return self.kept.setdefault(digest(asked.method, asked.path.partition("_cb=")[0], asked.body.decode()), first)


@pytest.fixture
def webs() -> Iterator[dict[str, Steady]]:
    """A server for each source."""
    with ExitStack() as stack:
        made = {name: Steady() for name in SOURCES}
        for one in made.values():
            stack.callback(one.close)
        yield made


def _refresh(pipeline: Pipeline, limits: Limits = HASTY) -> dict[str, str]:
    """Refresh all sources; returns how each failed, empty where it did not."""
    passing = Clock(now=lambda: NOW, sleep=lambda _: None)
    refresher = Refresher(pipeline.settings, pipeline.crisis, pipeline.intake, lambda *_: None, threading.Event(), limits, passing)
    modules = {name: module for name, module in all_sources().items() if name in SOURCES}
    return {one.source: one.failure for one in refresher.refresh(modules, since=SINCE)}


def _held(pipeline: Pipeline) -> tuple[dict[str, str], set[tuple[Any, ...]]]:
    """Documents by identity with their texts, and every figure with its number and quote."""
    ledger = pipeline.intake.ledger
    texts = {one.document_id: one.text for one in ledger.documents()}
    return texts, {(one.figure_id, one.value_best, one.quote, one.supersedes) for one in ledger.figures(pipeline.crisis.id)}


@pytest.fixture
def opened(webs: dict[str, Steady], tmp_path: Path) -> Callable[[str], AbstractContextManager[Pipeline]]:
    """Opens a pipeline over a data folder of some name, whose crisis asks these sources at their servers."""
    examples = {name: web.serve_example(name) for name, web in webs.items()}
    keys = {name: value for example in examples.values() for name, value in example.get("keys", {}).items()}
    options = {name: example.get("options", {}) for name, example in examples.items()}

    @contextmanager
    def open_(folder: str) -> Iterator[Pipeline]:
        with assembled(load({**keys, ALLOW_LOOPBACK: "1"}, tmp_path / folder), lambda: NOW) as pipeline:
            yield replace(pipeline, crisis=replace(pipeline.crisis, sources=options))

    return open_


Open = Callable[[str], AbstractContextManager[Pipeline]]


@pytest.mark.timeout(300)  # half a minute on a machine that has nothing else to do
def test_failing_servers_lose_nothing_and_double_nothing(webs: dict[str, Steady], opened: Open) -> None:
    """Every refresh ends with reports or a sentence; afterwards the ledger holds what one refresh from sound servers brings."""
    with opened("sound") as pipeline:
        assert not any(_refresh(pipeline).values())
        sound = _held(pipeline)
    assert len(sound[0]) > 30 and len(sound[1]) > 30

    ended = list[tuple[str, str]]()
    with opened("spoilt") as pipeline:
        for name, web in webs.items():
            web.at("/loop", {"status": 302, "headers": {"Location": "/loop"}})
            web.instead = spoiling(random.Random(f"{SEED} {name}"), ON_THE_WAY)
        for _ in range(ROUNDS):
            ended += _refresh(pipeline).items()
        for web in webs.values():
            web.instead = None
        assert not any(_refresh(pipeline).values())
        texts, figures = _held(pipeline)
        begun = {one.text: one.source for one in pipeline.intake.ledger.documents() if one.document_id not in sound[0]}
    assert (sound[0].items() <= texts.items(), figures) == (True, sound[1])
    # A CSV that was cut between two lines looks like a shorter one; its rows are the same figures.
    assert {*begun.values()} <= TABLES and all(any(whole.startswith(text) for whole in sound[0].values()) for text in begun)
    assert {name for name, failure in ended if not failure} == {*SOURCES}
    assert len(ended) >= 1000 and sum(bool(failure) for _, failure in ended) > 100
    assert all(failure.endswith(".") and "does not understand" not in failure for _, failure in ended if failure)


def test_all_sources_are_asked_at_the_same_time(webs: dict[str, Steady], opened: Open) -> None:
    """No server answers before every other was asked, so that a refresh takes no longer than its slowest source; there is room for all."""
    everybody = threading.Barrier(len(webs))

    def met(handler: BaseHTTPRequestHandler, reply: Reply) -> None:
        if waiting.pop(handler.server, None):
            everybody.wait(60)
        handler.send_response(reply.status)
        for name, value in {**reply.headers, "Content-Length": str(len(reply.body))}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(reply.body)

    waiting: dict[Any, bool] = {}
    for web in webs.values():
        waiting[web.server] = True
        web.instead = met
    with opened("together") as pipeline:
        assert not any(_refresh(pipeline, Limits(delay=0)).values())
    assert not waiting and not everybody.broken
    assert len(all_sources()) <= AT_ONCE


def _assert_read_again(pipeline: Pipeline) -> None:
    """Every document is read again to the same figures, and a figure that is not what its record or text says is noticed."""
    held = list(kept(pipeline.intake.ledger))
    rereading = Rereading(pipeline.archive, pipeline.crisis, pipeline.gazetteer, all_sources(), {})
    again = list(replayed(held, pipeline.archive, pipeline.intake.reader, rereading))
    assert {one.verdict for one in again} == {Verdict.SAME}
    assert sum(len(one.figures) for one in again) == sum(len(one.figures) for one in held)
    wrong = [Kept(one.document, tuple(replace(figure, place_id="elsewhere") for figure in one.figures)) for one in held if one.figures]
    noticed = replayed(wrong, pipeline.archive, pipeline.intake.reader, rereading)
    assert {one.verdict for one in noticed} == {Verdict.OTHER_FIGURES}


def test_the_archive_alone_gives_every_document_and_number_again(webs: dict[str, Steady], opened: Open) -> None:
    """With the servers gone, the readers of all sources over the archived answers make the same ledger, of reports and of records;
    answers that no document is of may go.
    """
    with opened("first") as pipeline:
        assert not any(_refresh(pipeline).values())
        first, archive = _held(pipeline), pipeline.archive
        _assert_read_again(pipeline)
    for web in webs.values():
        web.close()

    offline = ReplayClient(archive, Journal.of(archive).read())
    with opened("second") as pipeline:
        crisis, intake = pipeline.crisis, pipeline.intake
        asked = FetchRequest(offline, archive, SINCE, keys=pipeline.settings.keys, country=crisis.country, days=(crisis.start, crisis.end))
        for name in SOURCES:
            request = replace(asked, options=crisis.sources[name], timezone=crisis.timezone, now=lambda: NOW)
            with intake.run("replay", name) as run:
                given = list(all_sources()[name].fetch(request))
                for document in given:
                    if isinstance(document, Document):
                        intake.take(document, run)
                for table in (one for one in given if isinstance(one, Table)):
                    keep_table(table, intake, run, Reading(crisis, intake.reader.gazetteer, name, lambda _: None, archive))
                keep(intake, [one for one in given if isinstance(one, Record)], crisis, run)
        assert _held(pipeline) == first

    with opened("first") as pipeline:
        kept_for = {document.archive_sha256 for document in pipeline.intake.ledger.documents()}
        for saved in Journal.of(archive).read():
            if saved.sha256 not in kept_for:
                archive.let_go(saved.sha256)
        rereading = Rereading(archive, pipeline.crisis, pipeline.gazetteer, all_sources(), {})
        again = replayed(kept(pipeline.intake.ledger), archive, pipeline.intake.reader, rereading)
        told = {(one.document.source, one.verdict) for one in again}
    apart = {"acled", "airwars", "idmc"}  # their records stand in several answers, of which a document names one
    assert {verdict for source, verdict in told if source not in apart} == {Verdict.SAME}
    assert {verdict for source, verdict in told if source in apart} == {Verdict.KEPT}
