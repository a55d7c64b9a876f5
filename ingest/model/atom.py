"""An Atom feed (RFC 4287) as bytes; the same entries give the same bytes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree import ElementTree as Xml

CONTENT_TYPE = "application/atom+xml; charset=utf-8"
_ATOM = "http://www.w3.org/2005/Atom"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # characters that XML cannot hold
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. `page` is its content as HTML; `author` wrote it, and `language` is its summary's, where they are not those of the feed.

    What is empty is left out.
    """

    identity: str
    title: str
    updated: datetime
    summary: str
    link: str = ""
    page: str = ""
    author: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed says of itself: `address` is its own, `link` the page it tells of; either may be empty."""

    identity: str
    title: str
    language: str
    address: str = ""
    link: str = ""


def feed(about: Feed, entries: Sequence[Entry]) -> bytes:
    """The feed with its entries in the order given, which is the newest first."""
    root = Xml.Element(f"{{{_ATOM}}}feed", {_LANGUAGE: about.language})
    _add(root, "id", about.identity)
    _add(root, "title", about.title)
    _add(root, "updated", _moment(entries[0].updated if entries else _BEGINNING))
    _add(_add(root, "author"), "name", "Crosscount")
    for rel, address in (("self", about.address), ("alternate", about.link)):
        if address:
            _add(root, "link", rel=rel, href=address)
    for one in entries:
        _entry(root, one)
    return _written(root)


def _written(root: Xml.Element) -> bytes:
    Xml.register_namespace("", _ATOM)
    return bytes(Xml.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def entries(content: bytes) -> tuple[Entry, ...]:
    """The entries of a feed that `feed` wrote. Raises `ValueError` where it is none."""
    try:
        root = Xml.fromstring(content)  # noqa: S314 -- written by this program
    except Xml.ParseError as error:
        raise ValueError(str(error)) from error
    return tuple(_read(one) for one in root.iter(f"{{{_ATOM}}}entry"))


def emptied(content: bytes) -> bytes:
    """A feed that `feed` wrote without its entries. Raises `ValueError` where it is none."""
    try:
        root = Xml.fromstring(content)  # noqa: S314 -- written by this program
    except Xml.ParseError as error:
        raise ValueError(str(error)) from error
    for one in root.findall(f"{{{_ATOM}}}entry"):
        root.remove(one)
    return _written(root)


def _read(element: Xml.Element) -> Entry:
    said = {name: element.findtext(f"{{{_ATOM}}}{name}") or "" for name in ("id", "title", "updated", "summary", "content")}
    link = element.find(f"{{{_ATOM}}}link")
    address = link.get("href", "") if link is not None else ""
    return Entry(said["id"], said["title"], datetime.fromisoformat(said["updated"]), said["summary"], address, said["content"])


def _entry(root: Xml.Element, one: Entry) -> None:
    entry = _add(root, "entry")
    _add(entry, "id", one.identity)
    _add(entry, "title", one.title)
    _add(entry, "updated", _moment(one.updated))
    _add(entry, "summary", one.summary, type="text", **({_LANGUAGE: one.language} if one.language else {}))
    if one.author:
        _add(_add(entry, "author"), "name", one.author)
    if one.page:
        _add(entry, "content", one.page, type="html")
    if one.link:
        _add(entry, "link", rel="alternate", href=one.link)


def _moment(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def _add(parent: Xml.Element, name: str, text: str = "", **attributes: str) -> Xml.Element:
    element = Xml.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)
    element.text = _NO_TEXT.sub("\ufffd", text) or None
    return element
