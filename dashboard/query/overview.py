"""The span of claims per metric, and the latest word of each independent voice inside it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from dashboard.query.labels import GROUP, people_of, with_group_text
from dashboard.query.marks import Spot, marks, selection, tallied
from dashboard.query.snapshots import Snapshot, answered
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
_UNREACHED: Final[Mapping[str, Any]] = {"family": "", "low": None, "high": None, "open_high": False, "voices": 0, "figure_ids": ""}
_DTYPES: Final = {
    **dict.fromkeys(("claims", "citations", "party_claims", "low", "high", "voices"), "Int64"),
    **dict.fromkeys(("newest_as_of", "newest_published"), "datetime64[us]"),
    **dict.fromkeys(("open_high", "headline"), "bool"),
}
_METRIC_ORDER: Final = {str(metric): place for place, metric in enumerate(METRICS)}
_FAMILY_ORDER: Final = {"total": 0, "level": 0, "event": 1, "period": 1, "projection": 2, "": 3}


@answered
def spans(db: Snapshot, filters: Filters) -> pd.DataFrame:
    """One row per metric, kind, group and unit: how far the latest claims of the independent voices reach.

    `low` and `high` are missing for events and periods, where a range over different ones would mean nothing.
    `headline` marks the row to show first for its metric. Party claims about enemies are counted, never inside the span.
    """
    reached = _reached(voices(db, filters))
    rows = [
        {**dict(zip(SPAN, span, strict=True)), **counted, **reached.get(span, _UNREACHED), **people_of(span[2])}
        for span, counted in _counted(_last_words(db, filters)).items()
    ]
    frame = pd.DataFrame(_ranked(rows), columns=[*SPAN, *_COUNTED, *_UNREACHED, *GROUP, "headline"], dtype="object").astype(_DTYPES)
    return with_group_text(frame, filters.lang, db.sides)


@answered
def voices(db: Snapshot, filters: Filters) -> pd.DataFrame:
    """Marks: for each span row, the latest claim of each independence group."""
    return marks(db, [word.spot for word in _last_words(db, filters) if word.spot is not None], filters.lang)


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


def _counted(words: Iterable[_LastWord]) -> dict[Span, dict[str, Any]]:
    """Claims, citations, and the newest of its days and publications, by span."""
    found: dict[Span, list[list[Any]]] = {}
    for word in words:
        of_span = found.setdefault(word.span, [[] for _ in _COUNTED])
        for every, one in zip(of_span, word.counted, strict=True):
            every.append(one)
    return {
        span: {name: how([one for one in every if one is not None]) for (name, how), every in zip(_COUNTED.items(), columns, strict=True)}
        for span, columns in found.items()
    }


def _reached(latest: pd.DataFrame) -> dict[Span, dict[str, Any]]:
    """How far the latest claims of each span that any voice states a value of reach, and how many voices they are of."""
    claims: dict[Span, list[dict[str, Any]]] = {}
    columns = (*SPAN, "family", "low", "best", "high", "open_high", "independence_group", "figure_id")
    for row in zip(*(latest[name].tolist() for name in columns), strict=True):
        claim = dict(zip(columns, row, strict=True))
        claims.setdefault(row[: len(SPAN)], []).append(claim)
    return {span: _reach(of_span) for span, of_span in claims.items()}


def _reach(claims: list[dict[str, Any]]) -> dict[str, Any]:
    family = claims[0]["family"]
    apart = family in ("event", "period")
    top = max(_first(claim, "high", "best", "low") for claim in claims)
    bottoms = [bottom for claim in claims if (bottom := _first(claim, "low", "best")) is not None]
    return {
        "family": family,
        "low": None if apart else min(bottoms, default=None),
        "high": None if apart else top,
        "open_high": any(claim["open_high"] and _first(claim, "best", "low") == top for claim in claims),
        "voices": len({claim["independence_group"] for claim in claims}),
        "figure_ids": ";".join(sorted(claim["figure_id"] for claim in claims)),
    }


def _first(claim: Mapping[str, Any], *names: str) -> Any:
    """The first value that is given; None where none is."""
    return next((claim[name] for name in names if not pd.isna(claim[name])), None)


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
    words: dict[Span, list[_LastWord]] = defaultdict(list)
    for word in _last_words(db, filters):
        words[word.span].append(word)
    rows = [{**dict(zip(SPAN, span, strict=True)), **_heard(span, of_span)} for span, of_span in words.items()]
    return str(max(_ranked(rows), key=lambda row: (row["voices"], row["claims"]))["metric"]) if rows else ""


def _heard(span: Span, words: Sequence[_LastWord]) -> dict[str, Any]:
    """What ranks a span among the others, without looking at what its voices say."""
    voices = sum(word.spot is not None for word in words)
    family = FAMILY_OF.get(span[1], EVENT) if voices else ""
    return {"family": family, "voices": voices, **_counted(words)[span]}
