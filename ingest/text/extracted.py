"""What reading a file or a feed gives."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Extracted:
    """The clean text of one report and what the file says about itself.

    Of pages and feed entries the headline is the first line of `text`, since figures stand there too. `published` has no
    zone where the file states none; the caller reads it in the crisis's time zone. `language` is a code or empty. `header`
    holds the `key: value` lines that a text file may begin with, and what a reader has to say about its own reading.
    """

    title: str
    text: str
    published: datetime | None = None
    language: str = ""
    header: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One entry. `link` is an http or https address or empty; `stated_date` is as written, `published` None where it is missing
    or not understood. `markup` is the full text the feed carries, as HTML, empty where it carries only a teaser. `teaser` are the words
    of what it says shortly. `outlet` is the address of the publisher where the feed collects others' reports."""

    identity: str
    title: str
    link: str
    stated_date: str
    published: datetime | None
    markup: str
    outlet: str
    teaser: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as read. `cut_off` is true where it breaks off before its end; the entry it broke off in is left out."""

    title: str
    language: str
    items: tuple[FeedItem, ...]
    cut_off: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook: its name, and its table as comma-separated text, whose lines are numbered as the sheet's rows are."""

    name: str
    text: str
