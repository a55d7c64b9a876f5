"""What the reader chose, as one frozen value that is also the query string: `Filters` <-> `?metric=killed&place=SY02`.

State lives in the address, in one direction: controls make a `Filters`, a `Filters` makes the page and the address.
Unknown keys are ignored, values that mean nothing are dropped, defaults are left out, the order never changes.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum
from typing import Any, Final
from urllib.parse import parse_qs, quote

from ingest.compare.settings import settings as rule_settings
from ingest.model.vocabulary import Age, Clock, DiscrepancyCode, GroupStatus, Kind, Metric, Sex

LANGUAGES: Final = ("en", "ar", "fr")
THEMES: Final = ("auto", "light", "dark")
SCALES: Final = ("linear", "log")
ROWS_BY: Final = ("day", "place")
PAGE_SIZES: Final = (25, 50, 100, 200)
SEVERITIES: Final = ("minor", "moderate", "large", "extreme")
SORTS: Final = (
    *("day", "published", "metric", "group", "kind", "place", "source", "publisher", "value", "low", "high", "review"),
    *("code", "severity", "ratio", "gap"),
    *("apart", "voices", "claims"),
)
"""What a table can be sorted by; a leading `-` means largest first. Tables leave out what they do not show."""

FIGURE_COLUMNS: Final = (
    *("day", "value", "metric", "group", "place", "source", "publisher", "kind"),
    *("interval", "as_of", "published", "precision", "via", "perpetrator", "review", "quote"),
)
"""What the table of figures can show of a claim."""
USUAL_COLUMNS: Final = FIGURE_COLUMNS[:8]
STANDINGS: Final = ("held", "released", "sent", "dismissed")
"""Where an alert can be on its way, the one that is shown first."""
_ALWAYS_SHOWN: Final = "value"  # it leads to the evidence

LONGEST_SEARCH: Final = 200
LAST_PAGE: Final = 1_000_000
_IDENTITY: Final = re.compile(r"[\w.:@/+-]{1,80}")
_SIDE_OR_ROLE: Final = re.compile(r"(side|role)\.[\w.:@/+-]{1,70}")
_RULE: Final = re.compile(r"([a-z_]{1,40}):([0-9a-z_.;@=-]{1,400})")  # a household table may have many rows
_SPACES: Final = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Filters:
    """One view of the data. Empty means everything.

    `groups` are tokens of four axes: a group status, an age, a sex (`f`, `m`), `side.<id>` or `role.<id>`; tokens of one axis widen,
    tokens of different axes narrow. `places` include what lies in them. `sources` are claimed sources, not publishers. `event` selects
    the claims about one event, `only` some figures and what lies between them. `date_from` and `date_to` are days of the crisis time
    zone, both included. `figure` is the figure whose evidence is open, `pair` the discrepancy and `incident` the event a page is about.
    `history` also shows superseded and rejected rows. `rules` are rules of the comparison changed for this view, `name:value`; whether a
    rule can have that value is told where it is used. `known` is a day: only what was known at its end is shown, as `clock` tells time
    (published by then, or read here by then). `columns` are those of the table of figures in their order, empty the usual ones.
    `undocumented` also tells what no source lists. `standing` is where the alerts that are shown are on their way. `embed` shows one
    `chart` of the page alone, the first where none is named.
    """

    crisis: str = ""
    date_from: date | None = None
    date_to: date | None = None
    metrics: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    severities: tuple[str, ...] = ()
    document: str = ""
    claim: str = ""
    event: str = ""
    only: tuple[str, ...] = ()
    history: bool = False
    rules: tuple[str, ...] = ()
    known: date | None = None
    clock: str = Clock.PUBLISHED.value
    q: str = ""
    sort: str = ""
    page: int = 1
    size: int = 50
    by: str = "day"
    scale: str = "linear"
    columns: tuple[str, ...] = ()
    figure: str = ""
    pair: str = ""
    incident: str = ""
    standing: str = ""
    lang: str = "en"
    theme: str = "auto"
    undocumented: bool = False
    embed: bool = False
    chart: str = ""

    @classmethod
    def from_query(cls, query: str | Mapping[str, str | Sequence[str]] | None) -> "Filters":
        """Read `?a=b`, `a=b`, or a mapping of one or several texts per key. Never raises on what a reader typed."""
        given = _texts(query)
        read = {p.field: value for p in PARAMETERS if (value := p.read(given.get(p.key, ()))) is not None}
        return cls(**read)

    def query(self) -> str:
        """Print the query string without `?`; `Filters.from_query` of it equals this value."""
        return self.page_query()

    def page_query(self, *without: str) -> str:
        """Print the query string without the named fields."""
        pairs = []
        for parameter in PARAMETERS:
            value = getattr(self, parameter.field)
            if parameter.field not in without and value != _DEFAULTS[parameter.field]:
                pairs.append(f"{parameter.key}={quote(parameter.show(value), safe=',:@/')}")
        return "&".join(pairs)

    def changed(self, **changes: Any) -> "Filters":
        """The view with some fields changed. A change of what is selected goes back to the first page, back to today to its clock."""
        keeps_page = changes.keys() <= _KEEPS_PAGE or "page" in changes
        view = replace(self, **changes) if keeps_page else replace(self, **changes, page=1)
        return replace(view, clock=_DEFAULTS["clock"]) if "known" in changes and not view.known else view

    def cleared(self) -> "Filters":
        """The view with nothing selected: of the same crisis, as known on the same day, in the same language and theme."""
        return Filters(**{name: getattr(self, name) for name in _KEPT})

    def shown(self) -> tuple[str, ...]:
        """The columns of the table of figures, the claimed value always among them."""
        chosen = self.columns or USUAL_COLUMNS
        return chosen if _ALWAYS_SHOWN in chosen else (*chosen, _ALWAYS_SHOWN)

    def data(self) -> "Filters":
        """Only what selects and orders rows: two views with equal `data()` show the same rows."""
        return replace(self, **{name: _DEFAULTS[name] for name in _LOOKS})


@dataclass(frozen=True, slots=True)
class Parameter:
    """One key of the query string: its field, how the given texts are read (None = nothing usable), how a value prints.

    `takes` are the words there are, or an example where there is no list of them.
    """

    key: str
    field: str
    read: Callable[[Iterable[str]], Any]
    show: Callable[[Any], str] = str
    takes: tuple[str, ...] = ()

    def unread(self, texts: Iterable[str]) -> Iterable[str]:
        """What of the given texts means nothing, one by one where a text may hold several."""
        several = isinstance(_DEFAULTS[self.field], tuple)
        parts = (part.strip() for text in texts for part in (text.split(",") if several else (text,)))
        return (part for part in parts if part and self.read((part,)) is None)


def unread(query: Mapping[str, Sequence[str]]) -> Iterable[tuple[Parameter, str]]:
    """What an address says about rows and columns that means nothing: a page leaves it out, a file would hold other rows than asked for."""
    return ((one, part) for one in PARAMETERS if one.field not in _SEEN_ONLY for part in one.unread(query.get(one.key, ())))


def _texts(query: str | Mapping[str, str | Sequence[str]] | None) -> dict[str, tuple[str, ...]]:
    if query is None:
        return {}
    if isinstance(query, str):
        try:
            return {key: tuple(values) for key, values in parse_qs(query.removeprefix("?"), max_num_fields=200).items()}
        except ValueError:  # more fields than any page of ours prints
            return {}
    return {key: (value,) if isinstance(value, str) else tuple(map(str, value)) for key, value in query.items() if value is not None}


def _first(accept: Callable[[str], Any]) -> Callable[[Iterable[str]], Any]:
    """The first text that means something."""

    def read(texts: Iterable[str]) -> Any:
        return next((value for text in texts if (value := accept(text.strip())) is not None), None)

    return read


def _each(accept: Callable[[str], str | None]) -> Callable[[Iterable[str]], tuple[str, ...] | None]:
    """Every text that means something, once, in the order given; one text may hold several with commas between."""

    def read(texts: Iterable[str]) -> tuple[str, ...] | None:
        parts = (part.strip() for text in texts for part in text.split(","))
        return tuple(dict.fromkeys(value for part in parts if (value := accept(part)) is not None)) or None

    return read


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _identity(text: str) -> str | None:
    return text if _IDENTITY.fullmatch(text) else None


def _one_of(words: Iterable[str] | type[StrEnum]) -> Callable[[str], str | None]:
    known = frozenset(str(word) for word in words)
    return lambda text: text if text in known else None


def _group(text: str) -> str | None:
    return text if text in _GROUP_WORDS or _SIDE_OR_ROLE.fullmatch(text) else None


def _rules(texts: Iterable[str]) -> tuple[str, ...] | None:
    """Each rule once, the last word on it; rules nobody knows are dropped."""
    found = (_RULE.fullmatch(part.strip()) for text in texts for part in text.split(","))
    given = {match[1]: match[2] for match in found if match}
    return tuple(f"{name}:{given[name]}" for name in rule_settings() if name in given) or None


def _search(text: str) -> str | None:
    readable = "".join(c if c.isprintable() else " " for c in text)
    return _SPACES.sub(" ", readable).strip()[:LONGEST_SEARCH].strip() or None


def _sort(text: str) -> str | None:
    return text if text.removeprefix("-") in SORTS else None


def _page(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= len(str(LAST_PAGE)) and 1 <= int(text) <= LAST_PAGE else None


def _size(text: str) -> int | None:
    return int(text) if text in map(str, PAGE_SIZES) else None


def _flag(text: str) -> bool | None:
    return {"1": True, "true": True, "0": False, "false": False}.get(text.lower())


def _commas(values: Iterable[str]) -> str:
    return ",".join(values)


A_DAY: Final = ("2024-12-02",)
"""How a day is written."""
_GROUP_WORDS: Final = frozenset(str(word) for words in (GroupStatus, Age, Sex) for word in words)

PARAMETERS: Final = (
    Parameter("crisis", "crisis", _first(_identity)),
    Parameter("from", "date_from", _first(_day), date.isoformat, A_DAY),
    Parameter("to", "date_to", _first(_day), date.isoformat, A_DAY),
    Parameter("metric", "metrics", _each(_one_of(Metric)), _commas, tuple(Metric)),
    Parameter("kind", "kinds", _each(_one_of(Kind)), _commas, tuple(Kind)),
    Parameter("group", "groups", _each(_group), _commas),
    Parameter("place", "places", _each(_identity), _commas),
    Parameter("source", "sources", _each(_identity), _commas),
    Parameter("code", "codes", _each(_one_of(DiscrepancyCode)), _commas, tuple(DiscrepancyCode)),
    Parameter("severity", "severities", _each(_one_of(SEVERITIES)), _commas, SEVERITIES),
    Parameter("document", "document", _first(_identity)),
    Parameter("claim", "claim", _first(_identity)),
    Parameter("event", "event", _first(_identity)),
    Parameter("only", "only", _each(_identity), _commas),
    Parameter("history", "history", _first(_flag), lambda on: "1" if on else "0"),
    Parameter("rules", "rules", _rules, _commas),
    Parameter("known", "known", _first(_day), date.isoformat, A_DAY),
    Parameter("clock", "clock", _first(_one_of(Clock)), takes=tuple(Clock)),
    Parameter("q", "q", _first(_search)),
    Parameter("sort", "sort", _first(_sort), takes=SORTS),
    Parameter("page", "page", _first(_page)),
    Parameter("size", "size", _first(_size)),
    Parameter("by", "by", _first(_one_of(ROWS_BY))),
    Parameter("scale", "scale", _first(_one_of(SCALES))),
    Parameter("columns", "columns", _each(_one_of(FIGURE_COLUMNS)), _commas, FIGURE_COLUMNS),
    Parameter("figure", "figure", _first(_identity)),
    Parameter("pair", "pair", _first(_identity)),
    Parameter("id", "incident", _first(_identity)),
    Parameter("standing", "standing", _first(_one_of(STANDINGS[1:]))),
    Parameter("lang", "lang", _first(_one_of(LANGUAGES))),
    Parameter("theme", "theme", _first(_one_of(THEMES))),
    Parameter("undocumented", "undocumented", _first(_flag), lambda on: "1" if on else "0"),
    Parameter("embed", "embed", _first(_flag), lambda on: "1" if on else "0"),
    Parameter("chart", "chart", _first(_identity)),
)
"""Every key an address may carry, in the order it is printed."""

_DEFAULTS: Final[dict[str, Any]] = {field.name: field.default for field in fields(Filters)}
_LOOKS: Final = (
    *("page", "size", "by", "scale", "columns", "figure", "pair", "incident", "standing"),
    *("lang", "theme", "undocumented", "embed", "chart"),
)
_SEEN_ONLY: Final = frozenset(_LOOKS) - {"columns"}
_KEPT: Final = ("crisis", "known", "clock", "lang", "theme")
_KEEPS_PAGE: Final = frozenset({"figure", "pair", "incident", "lang", "theme", "scale", "columns", "undocumented", "embed", "chart"})
