"""Five hundred refreshes of sources of reports and of records, with a real ledger, from servers that fail at random."""

import random
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ingest.fetch.politeness import Clock
from ingest.model.ids import digest
from ingest.pipeline.assembly import Pipeline, assembled
from ingest.pipeline.refresh import ALLOW_LOOPBACK, Refresher
from ingest.settings import load
from ingest.sources.registry import all_sources
from tests.ingest.conftest import Reply, Web
from tests.ingest.faults import HASTY, ON_THE_WAY, spoiling

SOURCES = (
    *("sohr", "sana", "enab_baladi", "telegram", "un_news", "reliefweb"),
    *("hapi", "idmc", "ucdp", "acled", "dtm", "unhcr", "unhcr_odp", "insecurity_insight"),
)
ROUNDS = 36  # of all sources each: five hundred refreshes
SEED = 20241208
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


def _refresh(pipeline: Pipeline) -> dict[str, str]:
    """Refresh all sources; returns how each failed, empty where it did not."""
    passing = Clock(now=lambda: NOW, sleep=lambda _: None)
    refresher = Refresher(pipeline.settings, pipeline.crisis, pipeline.intake, lambda *_: None, threading.Event(), HASTY, passing)
    modules = {name: module for name, module in all_sources().items() if name in SOURCES}
    return {one.source: one.failure for one in refresher.refresh(modules, since=datetime(2024, 11, 1, tzinfo=UTC))}


def _held(pipeline: Pipeline) -> tuple[dict[str, str], set[tuple[Any, ...]]]:
    """Documents by identity with their texts, and every figure with its number and quote."""
    ledger = pipeline.intake.ledger
    texts = {one.document_id: one.text for one in ledger.documents()}
    return texts, {(one.figure_id, one.value_best, one.quote, one.supersedes) for one in ledger.figures(pipeline.crisis.id)}


def test_failing_servers_lose_nothing_and_double_nothing(webs: dict[str, Steady], tmp_path: Path) -> None:
    """Every refresh ends with reports or a sentence; afterwards the ledger holds what one refresh from sound servers brings."""
    examples = {name: web.serve_example(name) for name, web in webs.items()}
    keys = {name: value for example in examples.values() for name, value in example.get("keys", {}).items()}
    options = {name: example.get("options", {}) for name, example in examples.items()}

    @contextmanager
    def opened(folder: str) -> Iterator[Pipeline]:
        with assembled(load({**keys, ALLOW_LOOPBACK: "1"}, tmp_path / folder), lambda: NOW) as pipeline:
            yield replace(pipeline, crisis=replace(pipeline.crisis, sources=options))

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
        assert _held(pipeline) == sound
    assert {(name, bool(failure)) for name, failure in ended} == {(name, failed) for name in SOURCES for failed in (True, False)}
    assert all(failure.endswith(".") and "does not understand" not in failure for _, failure in ended if failure)
