"""The span of claims per metric, and the latest word of each independent voice inside it."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from dashboard.query.labels import group_text, people_of
from dashboard.query.marks import Mark, Spot, marks, selection, spotted, tallied
from dashboard.query.snapshots import Row, Snapshot, answered
from dashboard.query.views import EVENT, FAMILY_OF
from dashboard.state import Filters
from ingest.model.vocabulary import METRICS

Span = tuple[str, str, str, str]
SPAN: Final = ("metric", "kind", "group_key", "unit")
"""Claims share a span when these are the same; the span says nothing about windows and places, which the claims carry."""

# A voice's claims of a span are counted together, and its last word is the one of the highest precedence: a million rows are put in groups
# in a moment, and put in order in a second.
_LAST_WORDS: Final = """
SELECT metric, kind, group_key, unit, independence_group, arg_max(spot, precedence) AS spot,
    sum(claims) FILTER (NOT enemy) AS claims, sum(citations) FILTER (NOT enemy) AS citations, sum(claims) FILTER (enemy) AS party_claims,
    max(as_of) AS newest_as_of, max(published_at) AS newest_published
FROM {tallied} WHERE {where} GROUP BY ALL
"""

_COUNTED: Final[Mapping[str, Callable[[list[Any]], Any]]] = {
    **dict.fromkeys(("claims", "citations", "party_claims"), sum),
    **dict.fromkeys(("newest_as_of", "newest_published"), lambda moments: max(moments, default=None)),
}
"""What is counted of a span, in the order of the query, and how it follows from that of its voices."""
_APART: Final = ("event", "period")
"""Families whose claims are about different events or spells: a range over them would mean nothing."""
_Value = tuple[int | None, int | None, int | None, bool]
_VALUES: Final = ("value_low", "value_best", "value_high", "interval_open_high")
_METRIC_ORDER: Final = {str(metric): place for place, metric in enumerate(METRICS)}
_FAMILY_ORDER: Final = {"total": 0, "level": 0, "event": 1, "period": 1, "projection": 2, "": 3}


@answered
def spans(db: Snapshot, filters: Filters) -> tuple[Row, ...]:
    """One row per metric, kind, group and unit: how far the latest claims of the independent voices reach.

    `low` and `high` are None for events and periods, where a range over different ones would mean nothing.
    `headline` marks the row to show first for its metric. Party claims about enemies are counted, never inside the span.
    """
    words = _last_words(db, filters)
    ranged = [word.spot for word in words if word.spot is not None and FAMILY_OF.get(word.span[1], EVENT) not in _APART]
    values = {spot: tuple(given) for spot, *given in spotted(db, ranged, _VALUES)}
    rows = []
    for row, of_span in _heard(words):
        people = people_of(row["group_key"])
        rows.append({**row, **_reached(of_span, values), **people, "group_text": group_text(people, filters.lang, db.sides)})
    return tuple(_ranked(rows))


@answered
def voices(db: Snapshot, filters: Filters, of: Collection[Span] | None = None) -> tuple[Mark, ...]:
    """Marks: for each span row, or only for those given, the latest claim of each independence group."""
    words = _last_words(db, filters)
    return marks(db, [word.spot for word in words if word.spot is not None and (of is None or word.span in of)], filters.lang)


@dataclass(frozen=True, slots=True)
class _LastWord:
    """What is counted of an independence group in a span, and the spot of its last word; None where it states no value."""

    span: Span
    spot: Spot | None
    counted: tuple[Any, ...]


@answered
def _last_words(db: Snapshot, filters: Filters) -> tuple[_LastWord, ...]:
    """One per span and independence group."""
    condition = selection(filters, db)
    rows = db.rows(_LAST_WORDS.format(tallied=tallied(filters), where=condition.sql), condition.values)
    return tuple(_LastWord((metric, kind, key, unit), spot, tuple(counted)) for metric, kind, key, unit, _, spot, *counted in rows)


def _heard(words: Iterable[_LastWord]) -> Iterator[tuple[dict[str, Any], list[_LastWord]]]:
    """Each span with what ranks it among the others, without looking at what its voices say; and their last words."""
    of_span: dict[Span, list[_LastWord]] = {}
    for word in words:
        of_span.setdefault(word.span, []).append(word)
    for span, own in of_span.items():
        voices = sum(word.spot is not None for word in own)
        family = FAMILY_OF.get(span[1], EVENT) if voices else ""
        counted = {
            name: how([one for one in every if one is not None])
            for (name, how), every in zip(_COUNTED.items(), zip(*(word.counted for word in own), strict=True), strict=True)
        }
        yield {**dict(zip(SPAN, span, strict=True)), "family": family, "voices": voices, **counted}, own


def _reached(words: Iterable[_LastWord], values: Mapping[Spot, _Value]) -> dict[str, Any]:
    """How far the values of a span's voices reach."""
    stated = [values[word.spot] for word in words if word.spot is not None and word.spot in values]
    bottoms = [bottom for low, best, _, _ in stated if (bottom := _first(low, best)) is not None]
    top = max((top for low, best, high, _ in stated if (top := _first(high, best, low)) is not None), default=None)
    return {
        "low": min(bottoms, default=None),
        "high": top,
        "open_high": any(open_high and _first(best, low) == top for low, best, _, open_high in stated),
    }


def _first(*values: int | None) -> int | None:
    """The first value that is given; None where none is."""
    return next((value for value in values if value is not None), None)


def _ranked(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """In the order they are shown: first of each metric the one that stands for it, which is marked as `headline`."""
    seen = set[str]()
    ranked = sorted(rows, key=_rank)
    for row in ranked:
        row["headline"] = row["metric"] not in seen
        seen.add(row["metric"])
    return sorted(ranked, key=lambda row: not row["headline"])


def _rank(row: dict[str, Any]) -> tuple[Any, ...]:
    """Where a span stands: by the vocabulary, then totals before events, then how many voices and claims there are, and of as many the
    wider group before a part such as students.
    """
    metric = _METRIC_ORDER.get(row["metric"], len(_METRIC_ORDER))
    narrow = sum(map(bool, people_of(row["group_key"]).values()))
    return metric, _FAMILY_ORDER[row["family"]], -row["voices"], -row["claims"], narrow, row["group_key"], row["kind"], row["unit"]


@answered
def headline_metric(db: Snapshot, filters: Filters) -> str:
    """The metric a page opens with: the reader's first, else the one most independent voices speak of. Empty when there is none."""
    if filters.metrics:
        return filters.metrics[0]
    rows = [row for row, _ in _heard(_last_words(db, filters))]
    return str(max(_ranked(rows), key=lambda row: (row["voices"], row["claims"]))["metric"]) if rows else ""
