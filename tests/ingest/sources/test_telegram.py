"""Public previews of Telegram channels."""

from datetime import UTC, datetime
from typing import Any

import pytest

from ingest.errors import SettingsError, SourceUnavailable
from ingest.sources import telegram


@pytest.fixture
def options(web: Any) -> dict[str, Any]:
    """The example channel."""
    options: dict[str, Any] = web.serve_example("telegram")["options"]
    return options


def _numbers(documents: list[Any]) -> list[int]:
    return [int(document.url.rpartition("/")[2]) for document in documents]


def test_posts_are_read_one_by_one(web: Any, ask: Any, options: dict[str, Any]) -> None:
    """A quoted post, a picture without words and the channel's name are no text of a post; an album's words are read once."""
    documents = list(telegram.fetch(ask(options=options)))

    assert _numbers(documents) == [119, 120, 121, 123]
    first, album, answering, forwarded = documents
    assert first.text == "🔴 مقتل 3 مدنيين وإصابة 5 في مدينة مصطنعة\n30 تشرين الثاني"
    assert (first.url, first.published_at) == (f"{web.base}/examplechan/119", datetime(2024, 11, 30, 7, 37, tzinfo=UTC))
    assert album.text.count("Two people were injured") == 1
    assert "edited later" in album.citation
    assert answering.text == "نزحت 40 عائلة من قرية مثال اليوم."
    assert forwarded.second_hand
    assert "forwarded from Other" in forwarded.citation


def test_earlier_pages_are_read_back_to_a_time(ask: Any, options: dict[str, Any]) -> None:
    """The link to earlier posts is followed until they are older than what is asked for."""
    documents = list(telegram.fetch(ask(options=options, since=datetime(2024, 11, 28, tzinfo=UTC))))
    assert sorted(_numbers(documents)) == [118, 119, 120, 121, 123]


def test_an_edited_post_is_another_edition_of_the_same_address(web: Any, ask: Any, options: dict[str, Any]) -> None:
    """It keeps its address and first date, and its text makes it another document."""
    before = next(telegram.fetch(ask(options=options)))
    page = web.reply_of("/s/examplechan").body.decode().replace("مقتل 3 مدنيين", "مقتل 4 مدنيين")
    web.at("/s/examplechan", {"body": page.encode(), "headers": {"Content-Type": "text/html"}})
    after = next(telegram.fetch(ask(options=options)))
    assert (after.url, after.published_at) == (before.url, before.published_at)
    assert after.document_id != before.document_id


def test_a_deleted_post_is_told(web: Any, ask: Any, options: dict[str, Any], make_client: Any, memory: Any) -> None:
    """A post that stood between two that are still there is gone; one that only moved to an earlier page is not."""
    client, gone = make_client(memory=memory), list[str]()
    list(telegram.fetch(ask(options=options, client=client)))
    page = web.reply_of("/s/examplechan").body.decode()
    for number in (119, 121):
        page = page.replace(f'data-post="examplechan/{number}"', 'data-other="x"')
    web.at("/s/examplechan", {"body": page.encode(), "headers": {"Content-Type": "text/html"}})
    list(telegram.fetch(ask(options=options, client=client, vanished=gone.append)))
    assert gone == [f"{web.base}/examplechan/121"]


def test_a_channel_without_preview_is_told(web: Any, ask: Any, options: dict[str, Any]) -> None:
    """Telegram sends readers to the channel's card; the other channels are read all the same."""
    web.at("/s/closed", {"status": 302, "headers": {"Location": "/closed"}})
    web.at("/closed", {"body": b"<html><body>Open in Telegram</body></html>", "headers": {"Content-Type": "text/html"}})
    both = {**options, "channels": [{"channel": "closed", "publisher": "example"}, *options["channels"]]}
    read = []
    with pytest.raises(SourceUnavailable, match=r"/s/closed shows no public preview"):
        read.extend(telegram.fetch(ask(options=both)))
    assert len(read) == 4


@pytest.mark.parametrize(
    "change",
    [("data-post=", "data-entry=", "holds no posts where they used to stand"), ("datetime=", "data-time=", "have no numbers and times")],
)
def test_another_shape_is_an_error(web: Any, ask: Any, options: dict[str, Any], change: tuple[str, str, str]) -> None:
    """A preview that changed is never taken for a channel without posts."""
    old, new, told = change
    page = web.reply_of("/s/examplechan").body.decode().replace(old, new)
    web.at("/s/examplechan", {"body": page.encode(), "headers": {"Content-Type": "text/html"}})
    with pytest.raises(SourceUnavailable, match=told):
        list(telegram.fetch(ask(options=options)))


def test_a_channel_that_is_described_wrongly_is_told(ask: Any) -> None:
    """The sentence says what is missing or unknown."""
    with pytest.raises(SettingsError, match="has no 'publisher'"):
        list(telegram.fetch(ask(options={"channels": [{"channel": "x"}]})))
    with pytest.raises(SettingsError, match="unknown key 'handle'"):
        list(telegram.fetch(ask(options={"channels": [{"channel": "x", "publisher": "y", "handle": 1}]})))
