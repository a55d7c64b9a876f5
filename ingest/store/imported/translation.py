"""From rows under other headings to the values of the published columns: what, of whom, who says so, where and when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ingest.model.crisis import Crisis
from ingest.model.vocabulary import Kind, Metric, Qualifier
from ingest.places import Gazetteer
from ingest.store.imported.headings import told
from ingest.store.imported.people import Question, question
from ingest.store.imported.spans import Span, span
from ingest.store.imported.times import Timed, times
from ingest.store.imported.voices import Named, voices
from ingest.store.imported.whereabouts import NAMED_BY, whereabouts
from ingest.store.imported.words import lexicon

Row = Mapping[str, str]
_FLOWS = {"flow", Kind.DAILY, Kind.PERIOD, Kind.CUMULATIVE}
DAYS = ("start", "end", "day")
LEANED_ON = ("metric", "as_of")  # published columns that the others lean on
SERIES = ("series", "source", "source_type", "measure", "population", "sex", "age", "country", "admin1", "admin2", "place")


@dataclass(frozen=True, slots=True)
class Around:
    """The crisis a table is read for, and its places."""

    crisis: Crisis
    gazetteer: Gazetteer | None = None


@dataclass(frozen=True, slots=True)
class _Read:
    """What one row says by itself."""

    question: Question
    span: Span | None

    @property
    def flow(self) -> bool:
        """Whether it counts what happened in a stretch of time, not what is at a date."""
        return self.span is not None and is_flow(self.span)


def is_flow(over: Span) -> bool:
    """Whether a row of this time counts what happened in a stretch of it."""
    return bool(over.running or over.long or over.hours or _FLOWS & {*over.kinds})


def translate(rows: Sequence[Row], around: Around) -> list[dict[str, Any] | str]:
    """The published columns of every row, by what its cells tell; or in a few words why a row cannot be read.

    A row that tells nothing beyond the published columns has no columns of ours.
    """
    names = {*told(), *LEANED_ON}
    cleaned = [{name: cell for name, cell in row.items() if name in names and not lexicon().empty(cell)} for row in rows]
    results: list[dict[str, Any] | str] = [{} for _ in rows]
    read: dict[int, _Read] = {}
    for at, row in enumerate(cleaned):
        try:
            one = _read(row)
        except ValueError as error:
            results[at] = str(error)
            continue
        if one is not None:
            read[at] = one
    sources = {at: Named(*(cleaned[at].get(name, "") for name in ("source", "source_type", "series"))) for at in read}
    speaking = voices((one for one in sources.values() if one.name), around.crisis)
    where = _Places(around.gazetteer)
    found = {at: one.question.columns(flow=one.flow) for at, one in read.items()}
    dated = {at: _timed(cleaned[at], one.span, found[at]) for at, one in read.items() if one.span}
    timed = dict(zip(dated, times(list(dated.values())), strict=True))
    for at in read:
        columns = timed.get(at, {})
        ours = {**found[at], **spoken_at(where.of(cleaned[at]), speaking.get(sources[at], {}))}
        results[at] = columns if isinstance(columns, str) else {**ours, **columns}
    return results


def spoken_at(place: Mapping[str, Any], voice: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of a voice and of the place it speaks of."""
    if place and "place_candidates" not in place:
        # what an organisation leans on in this crisis says nothing of its counts elsewhere
        voice = {"primary_basis": "", "independence_group": voice.get("claimed_source", ""), **voice}
    return {**voice, **place}


def _read(row: Row) -> _Read | None:
    """What a row tells by itself; None where it tells nothing beyond the published columns. Raises `ValueError`."""
    if not any(name in told() for name in row) or ("measure" not in row and row.get("metric") not in {*Metric}):
        return None
    counted = question(row)
    return _Read(counted, span(row, counted.kinds) if "measure" in row or any(name in row for name in DAYS) else None)


def _timed(row: Row, of: Span, columns: Mapping[str, Any]) -> Timed:
    series = tuple(row.get(name, "") for name in SERIES)
    return Timed(of, columns["metric"], row.get("series", ""), series, "place" in row or "admin2" in row)


class _Places:
    """Places by the words of a row; a table names few places often."""

    def __init__(self, gazetteer: Gazetteer | None) -> None:
        self._gazetteer = gazetteer
        self._found: dict[tuple[str, ...], dict[str, Any]] = {}

    def of(self, row: Row) -> dict[str, Any]:
        key = tuple(row.get(name, "") for name in NAMED_BY)
        if key not in self._found:
            self._found[key] = whereabouts(row, self._gazetteer)
        return self._found[key]


def numbers(values: Mapping[str, Any]) -> dict[str, Any]:
    """Low, best and high of a tracker: a low that is the high is a number, and a best between the two a number with its range."""
    low, best, high = (values.get(f"value_{name}") for name in ("low", "best", "high"))
    if "qualifier" in values or (low is None and high is None):
        return {}
    if best is None and low == high:
        return {"value_best": low, "value_low": None, "value_high": None}
    if best is None and low is None:
        return {"qualifier": Qualifier.UP_TO, "value_low": 0}
    if best is not None and not (low in {None, best} and high in {None, best}):
        ends = {"value_low": best if low is None else low, "value_high": best if high is None else high}
        return {"qualifier": Qualifier.RANGE, **ends}
    return {}
