"""Over what time a quantity counts: its kind, its window, the day of its event and its as-of day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

from ingest.extract.people.quantity import Quantity
from ingest.extract.words import bit
from ingest.extract.words.items import Item
from ingest.extract.words.when import When
from ingest.model.vocabulary import DatePrecision, Kind, Metric

STOCKS: Final = frozenset(
    {Metric.DISPLACED_STOCK, Metric.REFUGEE_STOCK, Metric.SHELTERED, Metric.MISSING, Metric.FORCIBLY_DISAPPEARED, Metric.IN_NEED}
)

# Movements without a day of their own are running counts of the crisis, not one incident.
RUNNING: Final = frozenset(
    {Metric.NEWLY_DISPLACED, Metric.SECONDARY_DISPLACEMENT, Metric.IDP_RETURNED, Metric.REFUGEE_RETURNED, Metric.CROSS_BORDER_DEPARTED}
)

_WINDOWS: Final = ("since", "period", "rate")
_PARTS: Final = bit.COMMA | bit.PAUSE
_LEADS_IN: Final = bit.INCLUDE | bit.BOUNDARY | bit.SAYS | bit.DEFINITE
_SINCE_WHAT: Final = bit.WAR | bit.BEGAN | bit.THING


@dataclass(frozen=True, slots=True)
class Times:
    """Kind and days of one figure. `as_of` is stated, never inferred here; `inferred` says the event day is only assumed."""

    kind: Kind
    event_start: date | None
    event_end: date | None
    precision: DatePrecision | None
    window_start: date | None
    window_end: date | None
    as_of: date | None


@dataclass(slots=True)
class Carried:
    """What earlier sentences of the same paragraph or list said of time."""

    window: When | None = None
    event: When | None = None
    as_of: When | None = None
    alone: bool = False
    paragraph: int = -1


def times_of(
    quantity: Quantity, items: list[Item], carried: Carried, published: date, *, told: int, others: Sequence[Quantity] = ()
) -> Times:
    """The times of one quantity, from its own sentence first and from what was carried into it second.

    `told` are the classes of the items together, `others` the other quantities of the sentence.
    """
    whens = [(at, i.when) for at, i in enumerate(items) if i.when is not None and not _is_of_others(quantity, at, others, items)]
    before = _from_before(carried, items)
    own = _nearest(_of_one_clause(whens, items, quantity.at), quantity.at, _WINDOWS)
    event = _nearest(whens, quantity.at, ("event",))
    as_of = _nearest(whens, quantity.at, ("as_of",)) or before.as_of or _nearest(whens, quantity.at, ("said",))
    window = own or (before.window if event is None else None)
    if quantity.metric in STOCKS:
        stated = as_of or event
        day = stated.end if stated is not None else None
        return Times(Kind.STOCK, None, None, None, None, None, day)
    if window is not None:
        if window.role == "period" and window.precision is not DatePrecision.DAY and window.start <= published <= window.end:
            window = When(window.start, published, window.precision, "since")  # the year or month is still running
        kind = {"since": Kind.CUMULATIVE, "period": Kind.PERIOD, "rate": Kind.RATE_24H}.get(window.role, Kind.PERIOD)
        dated = as_of is not None and as_of.end >= window.start and (window.role != "period" or as_of.end < window.end)
        end = as_of.end if dated and as_of is not None else window.end
        return Times(kind, window.start, end, window.precision, window.start, end, as_of.end if as_of else None)
    if told & bit.SO_FAR and event is None and before.event is None:
        return Times(Kind.CUMULATIVE, None, None, None, None, as_of.end if as_of else published, as_of.end if as_of else None)
    if event is None and (quantity.metric in RUNNING or (told & (bit.SINCE | bit.WAR) and _is_of_a_war(quantity, items))):
        return Times(Kind.CUMULATIVE, None, None, None, None, as_of.end if as_of else published, as_of.end if as_of else None)
    happened = event or before.event
    if happened is None:
        return Times(Kind.INCIDENT, None, None, None, None, None, as_of.end if as_of else None)
    kind = Kind.DAILY if carried.alone and (event is None or event is carried.event) else Kind.INCIDENT
    return Times(kind, happened.start, happened.end, happened.precision, None, None, as_of.end if as_of else None)


def _is_of_a_war(quantity: Quantity, items: list[Item]) -> bool:
    """`killed since the war began`, `the ten-year conflict has left 40,000 dead`: a count of all that has happened so far."""
    for at, item in enumerate(items):
        following = items[at + 1 : at + 6]
        if item.flags & bit.SINCE and any(i.flags & _SINCE_WHAT for i in following) and not any(i.when for i in following):
            return True
        if item.flags & bit.WAR and at < quantity.at and any(i.flags & bit.HAVE for i in following[:3]):
            return True
        if item.entry.role == "toll" and at < quantity.at and any(i.flags & bit.WAR for i in items[at + 1 : quantity.at]):
            return True  # `the number of people killed in the offensive had reached 514`
    return False


def _begins_clause(items: list[Item], at: int) -> bool:
    """Whether a semicolon, or a comma with `including` or `which says`, stands before a quantity; `, and 23 were hurt` shares its time."""
    back, apart = at - 1, False
    while back >= 0 and (items[back].entry.hedge_before is not None or items[back].flags & _LEADS_IN):
        apart = apart or bool(items[back].flags & ~bit.DEFINITE & _LEADS_IN)
        back -= 1
    return back >= 0 and bool(items[back].flags & bit.PAUSE or (apart and items[back].flags & bit.COMMA))


def has_own_time(quantity: Quantity, items: list[Item]) -> bool:
    """`including 128,000 displaced since 28 November`: whether a time stands in the clause of a part."""
    for item in items[quantity.after :]:
        if item.flags & (_PARTS | bit.AND) or item.number is not None:
            return False
        if item.when is not None:
            return item.when.role != "said"
    return False


def _from_before(carried: Carried, items: list[Item]) -> Carried:
    """What the sentences before carried in, without what this one has added itself."""
    own = [item.when for item in items if item.when is not None]

    def earlier(when: When | None) -> When | None:
        return None if any(when is one for one in own) else when

    return Carried(earlier(carried.window), earlier(carried.event), earlier(carried.as_of)) if own else carried


def _is_of_others(quantity: Quantity, when: int, others: Sequence[Quantity], items: list[Item]) -> bool:
    """Whether a time behind a quantity is told of one that stands between them in a clause of its own.

    `178,000 fled, including 128,000 displaced since 28 November`, `20 were killed; nine of them on Monday`; but in `14 were killed
    and 30 hurt since Monday` and `75, including 20 children, were killed since Monday` it is the time of all.
    """
    for other in others:
        if not quantity.after <= other.at < when or (other.trigger == quantity.trigger and not other.partitive):
            continue
        if _begins_clause(items, other.at) and not any(item.flags & _PARTS for item in items[other.after : when]):
            return True
    return False


def _of_one_clause(whens: list[tuple[int, When]], items: list[Item], at: int) -> list[tuple[int, When]]:
    """The times with no comma between them and the quantity, where there are any."""
    if len(whens) < 2:
        return whens
    commas = [position for position, item in enumerate(items) if item.flags & _PARTS]
    near = [one for one in whens if not any(min(one[0], at) < comma < max(one[0], at) for comma in commas)]
    return near if any(when.role in _WINDOWS for _, when in near) else whens


def _nearest(whens: list[tuple[int, When]], at: int, roles: tuple[str, ...]) -> When | None:
    """The time nearest to an item; of two as near the one behind it (`five on 1 June and nine on 5 June`)."""
    some = [(abs(position - at), position < at, when) for position, when in whens if when.role in roles]
    return min(some, key=lambda one: one[:2])[2] if some else None


def goes_on(items: list[Item], told: int) -> bool:
    """`These raids killed 24 civilians`: a paragraph that goes on with the attacks of the one before."""
    return bool(told & bit.THESE) and any(one.flags & bit.THESE and behind.flags & bit.THING for one, behind in pairwise(items[:5]))


def carry(carried: Carried, items: list[Item], paragraph: int, *, listing: bool, further: bool) -> None:
    """Updates what is carried: windows live through a paragraph and the list it introduces, event days through a paragraph.

    `further` says that the sentence tells more of the paragraph before.
    """
    if paragraph != carried.paragraph and not listing and not further:
        carried.window = carried.as_of = None
        carried.alone = False
    carried.paragraph = paragraph
    timed = [item for item in items if item.when is not None]
    if not timed:
        return
    counts = any(item.number is not None for item in items)  # "for the first time since 2016" opens no window
    for item in timed:
        assert item.when is not None  # noqa: S101 - the list above
        if item.when.role in ("since", "period", "rate") and (listing or (counts and item.when.role != "rate")):
            carried.window = item.when
        elif item.when.role == "event":
            carried.event = item.when
            carried.alone = any(i.flags & bit.ALONE for i in items)
        elif item.when.role == "as_of":
            carried.as_of = item.when
