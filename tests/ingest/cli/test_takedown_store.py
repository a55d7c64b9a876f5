"""A takedown where snapshots are in an object store: nothing of the words stays there, nor with whoever follows it."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ingest.publish import Objects
from ingest.settings import Settings
from tests.object_store import object_store

REPORT = "publisher: watch\npublished: 2024-12-0{0}\nurl: https://example.org/{0}\n---\n{1} were killed in Northvale.\n"
WORD = b"fishermen"


def test_the_store_and_its_followers_forget_too(
    data: Path, tmp_path: Path, crosscount: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every earlier version leaves the store with the takedown, and a worker's disk with its next sweep; the last stays readable."""
    with object_store() as store:
        for name, value in {**store.keys, "CROSSCOUNT_PUBLISHED": store.address}.items():
            monkeypatch.setenv(name, value)
        digest = '[[alerts.channel]]\nkind = "feed"\nname = "team"\n[[alerts.digest]]\nchannel = "team"\n'
        (data / "settings.toml").write_text(digest, encoding="utf-8")
        for number, who in ((1, "Seven fishermen"), (2, "Nine bakers")):
            assert crosscount("ingest", "-", given=REPORT.format(number, who)).exit_code == 0
            assert crosscount("publish").exit_code == 0
        assert crosscount("digest", "--send").exit_code == 0 and WORD in store.read("tiny/feed-team.atom")
        worker = Objects.of(Settings(tmp_path / "worker", tmp_path, "tiny", "sqlite://", keys=store.keys, store=store.address), "tiny")
        assert worker is not None
        worker.follow(datetime.now(UTC))
        worker.sweep()
        assert [name for name in store.names() if WORD in store.read(name)]
        assert [path for path in worker.root.rglob("*") if path.is_file() and WORD in path.read_bytes()]
        done = crosscount("takedown", "https://example.org/1", "--reason", "Asked for.", "--by", "desk", "--yes")
        assert done.exit_code == 0, done.output
        worker.follow(datetime.now(UTC))
        worker.sweep()
        assert [name for name in store.names() if WORD in store.read(name)] == []
        assert [path for path in worker.root.rglob("*") if path.is_file() and WORD in path.read_bytes()] == []
        assert len({name.split("/")[1] for name in store.names() if name.count("/") > 1}) == 1
