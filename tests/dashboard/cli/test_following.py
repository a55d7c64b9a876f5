"""A web worker beside an object store has what is published there without a restart, whichever crisis it is of."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dashboard.cli.following import Following
from ingest.model import snapshot as layout
from ingest.publish import Objects
from ingest.settings import Settings
from tests.object_store import Stores, object_store


@pytest.fixture
def store() -> Iterator[Stores]:
    """An empty store."""
    with object_store() as opened:
        yield opened


@pytest.fixture
def publisher(settings: Settings, store: Stores) -> Settings:
    """Of a machine that has published the small snapshot, and hands it on to the store."""
    return replace(settings, store=store.address, keys=dict(store.keys))


@pytest.fixture
def worker(publisher: Settings, tmp_path: Path) -> tuple[Following, list[str]]:
    """Of a machine with an empty disk; and what it says."""
    said: list[str] = []
    return Following(replace(publisher, data=tmp_path / "worker"), lambda: datetime.now(UTC), said.append, threading.Event()), said


def _hand_on(settings: Settings, crisis: str) -> None:
    objects = Objects.of(settings, crisis)
    assert objects is not None
    objects.hand_on()


def _shown(following: Following) -> set[str]:
    return {path.name for path in following.settings.published.iterdir() if layout.current(path)}


def test_a_crisis_that_is_published_later_is_followed_too(
    publisher: Settings, worker: tuple[Following, list[str]], write_snapshot: Callable[..., Path]
) -> None:
    """Within a few looks, seconds apart, of a worker that runs on."""
    following, said = worker
    following.look(0)
    assert said == [] and _shown(following) == set()
    _hand_on(publisher, publisher.crisis)
    following.look(1)
    assert _shown(following) == {publisher.crisis}
    write_snapshot(publisher.published, crisis="another")
    _hand_on(publisher, "another")
    for number in (2, 3):
        following.look(number)
    assert _shown(following) == {publisher.crisis, "another"}
    assert len(said) == 2


def test_a_crisis_that_cannot_be_read_keeps_no_other_back(
    publisher: Settings, worker: tuple[Following, list[str]], store: Stores, write_snapshot: Callable[..., Path]
) -> None:
    """It is told once, whichever comes first; and once more when it can be read again."""
    following, said = worker
    write_snapshot(publisher.published, crisis="another")
    for crisis in ("another", publisher.crisis):
        _hand_on(publisher, crisis)
    right = store.read(f"{publisher.crisis}/{layout.POINTER}")
    store.write(f"{publisher.crisis}/{layout.POINTER}", b"nothing\n")
    for number in range(3):
        following.look(number)
    assert _shown(following) == {"another"}
    assert len([one for one in said if "names no version" in one]) == 1
    store.write(f"{publisher.crisis}/{layout.POINTER}", right)
    following.look(3)
    assert _shown(following) == {"another", publisher.crisis} and said[-1] == "The object store can be read again."
