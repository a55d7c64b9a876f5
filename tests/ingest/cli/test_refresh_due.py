"""One round for a scheduler of the system: who is due is asked, what is new is published, and a failing source fails nothing."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ingest.model import snapshot as layout

FEED = """<rss xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><item><title>Report</title><link>{0}/1</link><guid>1</guid>
<pubDate>Sat, 30 Nov 2024 10:00:00 GMT</pubDate><content:encoded><![CDATA[<p>Seven people were killed in Northvale on Saturday when a
wall fell, the mayor said in the evening.</p>]]></content:encoded></item></channel></rss>"""


@pytest.fixture
def fed(data: Path, web: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A feed with one report."""
    monkeypatch.setenv("CROSSCOUNT_ALLOW_LOOPBACK", "1")
    web.at("/feed", {"body": FEED.format(web.base).encode(), "headers": {"Content-Type": "application/rss+xml"}})
    crisis = data / "crises" / "tiny.toml"
    crisis.write_text(crisis.read_text().replace("feeds = []", f'feeds = [{{ url = "{web.base}/feed", publisher = "herald" }}]'))
    return web


def _published(data: Path) -> list[str]:
    return [path.name for path in layout.versions(data / "published" / "tiny")]


def test_a_round_asks_publishes_and_ends(fed: Any, data: Path, crosscount: Callable[..., Any]) -> None:
    """The next round, minutes later, asks nobody and publishes nothing, because the feed's own pace is slower."""
    first = crosscount("refresh", "--due")
    assert first.exit_code == 0, first.output
    assert len(_published(data)) == 1
    asked = len(fed.asked)
    assert crosscount("refresh", "--due").exit_code == 0
    assert (len(fed.asked), len(_published(data))) == (asked, 1)


def test_what_was_read_and_not_published_is_published(fed: Any, data: Path, crosscount: Callable[..., Any]) -> None:
    """A round that was cut short before it could publish costs nothing but time."""
    crosscount("refresh")
    assert _published(data) == []
    assert crosscount("refresh", "--due").exit_code == 0
    assert len(_published(data)) == 1


def test_a_failing_source_fails_no_round(fed: Any, data: Path, crosscount: Callable[..., Any]) -> None:
    """A scheduler would mail somebody every quarter of an hour; whoever watches is told by the alerts and the metrics."""
    fed.at("/feed", {"status": 500})
    done = crosscount("refresh", "--due")
    assert done.exit_code == 0 and "rss: " in done.stderr
    assert len(_published(data)) == 1


@pytest.mark.parametrize("more", [("--every", "15m"), ("--source", "rss"), ("--json",)])
def test_options_that_contradict_one_another_are_refused(crosscount: Callable[..., Any], more: tuple[str, ...]) -> None:
    """Before anybody is asked."""
    assert crosscount("refresh", "--due", *more).exit_code == 2
