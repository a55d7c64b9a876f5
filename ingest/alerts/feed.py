"""Released alerts as an Atom feed (RFC 4287), one for each language, for readers who want to be told without an e-mail."""

import re
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree as Xml

from ingest.alerts.channels import Message
from ingest.alerts.wording import LANGUAGES, title
from ingest.model.snapshot import ALERTS_FEED

ENTRIES = 100  # the newest
_ATOM = "http://www.w3.org/2005/Atom"
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # characters that XML cannot hold
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


def write_feeds(folder: Path, crisis: str, link: str, messages: Sequence[Message]) -> None:
    """Write the feed of each language beside the snapshots, from one moment to the next, where it says anything else than before."""
    folder.mkdir(parents=True, exist_ok=True)
    for language in LANGUAGES:
        path, content = folder / ALERTS_FEED.format(language=language), feed(crisis, link, language, messages)
        if path.is_file() and path.read_bytes() == content:
            continue
        waiting = folder / f".next-{uuid.uuid4().hex}"  # a name that the next publication clears away
        waiting.write_bytes(content)
        waiting.replace(path)


def feed(crisis: str, link: str, language: str, messages: Sequence[Message]) -> bytes:
    """The feed of a crisis in a language, the newest first; the same messages give the same bytes."""
    newest = sorted(messages, key=lambda one: (one.alert.decided_at or one.alert.raised_at, one.alert.alert_id), reverse=True)[:ENTRIES]
    Xml.register_namespace("", _ATOM)
    root = Xml.Element(f"{{{_ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": language})
    _add(root, "id", f"urn:crosscount:{crisis}:alerts:{language}")
    _add(root, "title", f"Crosscount: {crisis}")
    _add(root, "updated", _moment(newest[0]) if newest else _BEGINNING.isoformat())
    _add(_add(root, "author"), "name", "Crosscount")
    if link:
        _add(root, "link", rel="self", href=f"{link}/alerts.atom?lang={language}")
        _add(root, "link", rel="alternate", href=link)
    for message in newest:
        entry = _add(root, "entry")
        _add(entry, "id", f"urn:crosscount:alert:{message.alert.alert_id}")
        _add(entry, "title", title(message.alert, language))
        _add(entry, "updated", _moment(message))
        _add(entry, "summary", message.texts[language], type="text")
        if message.link:
            _add(entry, "link", rel="alternate", href=message.link)
    return bytes(Xml.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def _moment(message: Message) -> str:
    return (message.alert.decided_at or message.alert.raised_at).isoformat(timespec="seconds")


def _add(parent: Xml.Element, name: str, text: str = "", **attributes: str) -> Xml.Element:
    element = Xml.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)
    element.text = _NO_TEXT.sub("\ufffd", text) or None
    return element
