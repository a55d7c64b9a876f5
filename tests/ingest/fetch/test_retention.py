"""How long archived bytes stay."""

from datetime import UTC, datetime, timedelta

import pytest

from ingest.errors import SettingsError
from ingest.fetch.archive import Archive
from ingest.fetch.retention import Holding, Retention, expired

NOW = datetime(2024, 12, 31, tzinfo=UTC)
RULES = Retention.parse({"days": 300, "licences": {"*All rights reserved*": 30}})


def _held(sha256: str, licence: str, days: int) -> Holding:
    return Holding(sha256, "sample", licence, NOW - timedelta(days=days))


def test_the_shortest_rule_that_fits_counts() -> None:
    """A licence is matched whatever its letters' case; without a rule bytes stay for ever."""
    held = [_held("a", "© X, all rights reserved", 31), _held("b", "© X, all rights reserved", 29), _held("c", "CC BY", 301)]
    assert expired(held, RULES, NOW) == ("a", "c")
    assert expired(held, Retention(), NOW) == ()


def test_bytes_stay_while_anybody_may_keep_them() -> None:
    """The same bytes fetched again, or under a freer licence, stay as long as the last of those allows."""
    reserved = "all rights reserved"
    assert expired([_held("a", reserved, 31), _held("a", reserved, 2)], RULES, NOW) == ()
    assert expired([_held("a", reserved, 31), _held("a", "CC BY", 100)], RULES, NOW) == ()


@pytest.mark.parametrize("table", [{"day": 3}, {"days": "3"}, {"days": 0}, {"days": True}, {"licences": {"x": -1}}, {"licences": 5}])
def test_a_rule_that_is_none_is_told(table: dict[str, object]) -> None:
    """Nothing is let go under a rule that was misspelt."""
    with pytest.raises(SettingsError, match=r"`\[retention\]` in settings\.toml takes"):
        Retention.parse(table)


def test_the_archive_tells_its_size_and_lets_go(archive: Archive) -> None:
    """What is let go is not there any more; letting go again removes nothing."""
    assert archive.total() == (0, 0)
    sha256 = archive.put(b"x" * 100)
    archive.put(b"y" * 11)
    assert archive.total() == (111, 2)
    assert (archive.let_go(sha256), archive.let_go(sha256)) == (100, 0)
    assert archive.total() == (11, 1)
    assert not archive.has(sha256)
