"""What was taken down is neither asked for nor kept again."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from ingest.errors import SourceUnavailable, UnreadableDocument
from ingest.fetch.archive import Archive
from ingest.fetch.client import Client
from ingest.fetch.tombstones import Tombstone, Tombstones
from ingest.model.ids import digest

PAGE = {"body": b"<p>A report.</p>", "headers": {"Content-Type": "text/html"}}


def _stone(*, bodies: tuple[str, ...] = (), addresses: tuple[str, ...] = ()) -> Tombstone:
    return Tombstone("k1", ("d1",), bodies, addresses, ("An order.", "", ""), "desk", datetime(2024, 12, 1, tzinfo=UTC))


def test_an_address_is_not_asked_again(web: Any, make_client: Callable[..., Client], archive: Archive) -> None:
    """Before anything leaves this machine; others are asked as before, and so was this one until then."""
    gone, other = web.at("/gone", PAGE), web.at("/other", {**PAGE, "body": b"<p>Another.</p>"})
    client = make_client()
    client.get(gone)
    Tombstones(archive.root).add(_stone(addresses=(digest(gone, length=32),)))
    with pytest.raises(SourceUnavailable, match="was taken down"):
        client.get(gone)
    assert client.get(other).content == b"<p>Another.</p>"
    assert len(web.asked) == 2


def test_the_same_bytes_are_not_kept_from_anywhere(web: Any, make_client: Callable[..., Client], archive: Archive) -> None:
    """Neither from another address nor from a file; nothing is left half written."""
    sha256 = archive.put(PAGE["body"])  # type: ignore[arg-type]  # bytes
    archive.let_go(sha256)
    Tombstones(archive.root).add(_stone(bodies=(sha256,)))
    with pytest.raises(UnreadableDocument, match="was taken down"):
        make_client().get(web.at("/copy", PAGE))
    with pytest.raises(UnreadableDocument, match="was taken down"):
        archive.put(PAGE["body"])  # type: ignore[arg-type]  # bytes
    assert list(archive.files()) == [] and not list(archive.root.glob("partial/*"))


def test_what_is_written_down_is_read_back(archive: Archive) -> None:
    """Word for word, with its moment."""
    stones = Tombstones(archive.root)
    assert (stones.all(), stones.bodies()) == ((), frozenset())
    stone = _stone(bodies=("a" * 64,), addresses=("b" * 32,))
    stones.add(stone)
    assert stones.all() == (stone,) and stones.bodies() == {"a" * 64} and stones.addresses() == {"b" * 32}
