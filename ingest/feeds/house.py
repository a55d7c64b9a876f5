"""How one publisher's reports are found and read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from ingest.errors import SourceUnavailable, UnreadableDocument
from ingest.model.failures import Failure, say
from ingest.model.unreadable import Unreadable
from ingest.text import FeedItem, MediaType


def nowhere_else(_: str) -> tuple[str, ...]:
    """For sites whose pages live at one address."""
    return ()


@dataclass(frozen=True, slots=True)
class Page:
    """Where a report stands on a publisher's page.

    `parts` are CSS selectors of the report, tried in order, the empty one standing for the general reader; `drop` are selectors
    of what is no report; `drop_line` and `drop_tail` are patterns of lines left out (anywhere, at the end). `date_at` selects the
    element that shows a page's date where it states none for programs.
    """

    parts: tuple[str, ...] = ("",)
    drop: str = ""
    drop_line: str = ""
    drop_tail: str = ""
    date_at: str = ""

    def media(self, media_type: str, **params: str) -> MediaType:
        """The media type with everything the reading depends on."""
        return MediaType.parse(media_type).with_params(**params, drop=self.drop, drop_line=self.drop_line, drop_tail=self.drop_tail)


@dataclass(frozen=True, slots=True)
class House:
    """One publisher, or one language of it. `publisher` gives the organisation id for a time of publication.

    `elsewhere` gives other addresses of a page that is gone. `outlets` gives the organisation id for the host of each outlet whose
    reports the feed collects. `words` are for feeds of the whole world: only entries whose title or teaser has one are read.
    `may_be_empty` is for feeds that answer a question, where nothing found is an answer.
    """

    source: str
    title: str
    publisher: Callable[[datetime], str]
    page: Page = Page()
    language: str = ""
    licence: str = ""
    elsewhere: Callable[[str], tuple[str, ...]] = nowhere_else
    outlets: Mapping[str, str] = field(default_factory=dict)
    words: tuple[str, ...] = ()
    may_be_empty: bool = False

    def publisher_of(self, item: FeedItem | None, published: datetime) -> str:
        """The organisation whose report it is. Raises `UnreadableDocument` for an outlet that the crisis file does not name."""
        host = (urlsplit(item.outlet).hostname or "").removeprefix("www.") if item and item.outlet else ""
        if host and host not in self.outlets:
            raise UnreadableDocument(say(Unreadable.OTHER_OUTLET, part=item.title if item else host, host=host))
        return self.outlets[host] if host else self.publisher(published)

    def concerns(self, item: FeedItem) -> bool:
        """Whether an entry is about what the crisis file asks for."""
        said = f"{item.title} {item.teaser}".casefold()
        return not self.words or any(word.casefold() in said for word in self.words)


@dataclass(slots=True)
class Tally:
    """What became of the entries of one fetch, so that a source of which nothing can be read is an error, not silence."""

    read: int = 0
    failed: list[str] = field(default_factory=list)

    def close(self, title: str) -> None:
        """Raises `SourceUnavailable` when entries were there and none could be read."""
        if self.failed and not self.read:
            raise SourceUnavailable(f"{say(Failure.NONE_READ, count=len(self.failed), title=title)} {self.failed[0]}")
