"""Feeds that a refresher writes beside the snapshots, for readers who want to be told without an e-mail."""

import uuid
from collections.abc import Sequence
from pathlib import Path

from ingest.alerts.notice import Message
from ingest.alerts.wording import LANGUAGES, title
from ingest.model.atom import Entry, Feed, feed
from ingest.model.snapshot import ALERTS_FEED, ALERTS_IDENTITY

ENTRIES = 100  # the newest


def write_feeds(folder: Path, crisis: str, link: str, messages: Sequence[Message]) -> None:
    """Write the feed of the released alerts in each language."""
    for language in LANGUAGES:
        replace_file(folder / ALERTS_FEED.format(language=language), alerts_feed(crisis, link, language, messages))


def alerts_feed(crisis: str, link: str, language: str, messages: Sequence[Message]) -> bytes:
    """The feed of a crisis in a language, the newest first."""
    newest = sorted(messages, key=lambda one: (one.alert.decided_at or one.alert.raised_at, one.alert.alert_id), reverse=True)[:ENTRIES]
    address = f"{link}/alerts.atom?lang={language}" if link else ""
    about = Feed(ALERTS_IDENTITY.format(crisis=crisis, language=language), f"Crosscount: {crisis}", language, address, link)
    return feed(about, [_entry(one, language) for one in newest])


def _entry(message: Message, language: str) -> Entry:
    alert = message.alert
    identity, updated = f"urn:crosscount:alert:{alert.alert_id}", alert.decided_at or alert.raised_at
    return Entry(identity, title(alert, language), updated, message.texts[language], message.link)


def replace_file(path: Path, content: bytes) -> None:
    """Write a file beside the snapshots, from one moment to the next, where it says anything else than before."""
    if path.is_file() and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    waiting = path.parent / f".next-{uuid.uuid4().hex}"  # a name that the next publication clears away
    waiting.write_bytes(content)
    waiting.replace(path)
