"""A publisher's site as a source: one edition for each language, read from its feed or its page of links."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from ingest.errors import SettingsError, SourceUnavailable
from ingest.feeds.house import House, Page, Tally, nowhere_else
from ingest.feeds.lists import Listing, from_feed, from_listing, from_pages
from ingest.fetch.exchange import HttpFailure, WrongKind
from ingest.fetch.request import FetchRequest
from ingest.model.failures import say
from ingest.model.missettings import Missetting
from ingest.model.records import Document, SourceInfo

_PAGES = 20  # how far to page back where the crisis file does not say
_OPTIONS = frozenset({"enabled", "languages", "feeds", "pages", "articles", "selectors", "words"})


@dataclass(frozen=True, slots=True)
class Edition:
    """One language of a publisher: the address of its feed, or of its page of links with the `listing` of it.

    `former` are addresses the feed had before, tried where it is not there any more; `cache_buster` is for sites whose cache hides
    what is new (`Client.get`); `pages` says whether the feed can be paged back.
    """

    language: str
    address: str
    page: Page
    listing: Listing | None = None
    former: tuple[str, ...] = ()
    cache_buster: str = ""
    pages: bool = True


@dataclass(frozen=True, slots=True)
class Speaks:
    """What a source adds to its editions: who speaks at a time, where pages that are gone live on, and its options of its own."""

    publisher: Callable[[datetime], str]
    elsewhere: Callable[[str], tuple[str, ...]] = nowhere_else
    options: frozenset[str] = field(default_factory=frozenset)


def from_editions(request: FetchRequest, info: SourceInfo, editions: Sequence[Edition], speaks: Speaks | None = None) -> Iterator[Document]:
    """Yield the reports of every edition that the crisis file asks for; one that fails leaves the others alone.

    Options in the crisis file, all of them optional: `languages` (of the editions to read), `feeds` (their addresses, by language,
    where they moved; of several the next is tried where one is gone), `pages` (how far to page back, 20), `articles` (addresses of
    reports that are in no feed any more, by language), `selectors` (where the report stands on the pages, by language, before where it
    used to), `words` (only entries that have one of them). Raises `SettingsError` for any other, `SourceUnavailable` with all that
    failed after yielding what could be had.
    """
    speaks = speaks or Speaks(lambda _: info.publisher)
    _require_known(request.options, info, speaks)
    failures: list[str] = []
    for edition in _chosen(request.options, info, editions):
        tally = Tally()
        try:
            yield from _edition(request, info, edition, speaks, tally)
            tally.close(f"{info.title} ({edition.language})")
        except SourceUnavailable as error:
            failures.append(str(error))
    if failures:
        raise SourceUnavailable(" ".join(failures))


def _edition(request: FetchRequest, info: SourceInfo, edition: Edition, speaks: Speaks, tally: Tally) -> Iterator[Document]:
    house = House(
        source=info.name,
        title=info.title,
        publisher=speaks.publisher,
        page=_page(request, edition),
        language=edition.language,
        licence=info.licence,
        elsewhere=speaks.elsewhere,
        words=tuple(request.options.get("words", ())),
    )
    yield from from_pages(request, _by_language(request.options, "articles", edition.language) or [], house, tally=tally)
    moved = _by_language(request.options, "feeds", edition.language)
    addresses = ([moved] if isinstance(moved, str) else moved) or (edition.address, *edition.former)
    pages = int(request.options.get("pages", _PAGES)) if edition.pages else 1
    for number, address in enumerate(addresses, start=1):
        before = tally.read
        try:
            if edition.listing is not None:
                yield from from_listing(request, address, edition.listing, house, tally=tally, pages=pages)
            else:
                yield from from_feed(request, address, house, tally=tally, pages=pages, cache_buster=edition.cache_buster)
        except (HttpFailure, WrongKind) as error:
            if tally.read > before or number == len(addresses):
                raise
            request.progress(f"{error} The former address is tried.")
        else:
            return


def _page(request: FetchRequest, edition: Edition) -> Page:
    selector = _by_language(request.options, "selectors", edition.language)
    return replace(edition.page, parts=(str(selector), *edition.page.parts)) if selector else edition.page


def _by_language(options: Mapping[str, Any], name: str, language: str) -> Any:
    return options.get(name, {}).get(language)


def _chosen(options: Mapping[str, Any], info: SourceInfo, editions: Sequence[Edition]) -> list[Edition]:
    wanted = options.get("languages", [edition.language for edition in editions])
    unknown = sorted({*wanted} - {edition.language for edition in editions})
    if unknown:
        raise SettingsError(say(Missetting.NOT_HAD, wanted="languages", setting=f"sources.{info.name}", part=repr(unknown[0])))
    return [edition for edition in editions if edition.language in wanted]


def _require_known(options: Mapping[str, Any], info: SourceInfo, speaks: Speaks) -> None:
    unknown = sorted({*options} - _OPTIONS - speaks.options)
    if unknown:
        raise SettingsError(say(Missetting.UNKNOWN_KEY, wanted=repr(unknown[0]), setting=f"sources.{info.name}"))
    for name in ("feeds", "articles", "selectors"):
        if not isinstance(options.get(name, {}), Mapping):
            example = f"{name} = {{ en = … }}"
            raise SettingsError(say(Missetting.BY_LANGUAGE, wanted=name, setting=f"sources.{info.name}", example=example))
