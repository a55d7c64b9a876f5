"""`imported.translate` for whole columns: what, of whom, who says so, where and when, from cells under other headings."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from ingest.model.vocabulary import Metric
from ingest.store.columnar.timing import Spans, timed
from ingest.store.columnar.told import Bools, Told, Whole, combined, layered, nothing, resolved
from ingest.store.imported import Around
from ingest.store.imported.headings import told
from ingest.store.imported.people import Question, question
from ingest.store.imported.spans import Span, span
from ingest.store.imported.translation import DAYS, LEANED_ON, SERIES, is_flow, spoken_at
from ingest.store.imported.voices import Named, voices
from ingest.store.imported.whereabouts import whereabouts
from ingest.store.imported.words import lexicon

_ANY_DAY = "2000-01-01"  # words about time are read beside some day
_PATH = ("country", "admin1", "admin2", "place")
Columns = dict[str, Told]


@dataclass(frozen=True, slots=True)
class Translated:
    """The published columns of the rows that tell something beyond them, which rows these are, and which cannot be read."""

    columns: Columns
    rows: Bools
    failed: Bools


def translated(said: Mapping[str, Told], around: Around, count: int) -> Translated:
    """The published columns of all rows, by what their cells tell."""
    cells = {name: one.only(~one.holds(lexicon().empty)) for name, one in said.items() if name in {*told(), *LEANED_ON}}

    def says(*names: str) -> Bools:
        found = np.zeros(count, dtype=bool)
        for name in names:
            if name in cells:
                found |= cells[name].said
        return found

    named = cells["metric"].holds(lambda metric: metric in {*Metric}) if "metric" in cells else np.zeros(count, dtype=bool)
    rows = says(*told()) & (says("measure") | named)
    dated = rows & says("measure", *DAYS)
    asked, failed = resolved(cells, ("measure", "metric", "population", "sex", "age"), lambda row: {"question": Whole(question(row))}, rows)
    days, undated = resolved(cells, ("start", "end", "day", "as_of"), lambda row: {"days": span(row, ())}, dated)
    words, unclear = resolved({**cells, **asked}, ("note", "span", "series", "cumulative", "question"), _words, dated)
    failed |= undated | unclear
    rows &= ~failed
    dated &= ~failed
    spans = {name: one.only(dated) for name, one in {**days, **words}.items()}
    spans = {name: spans.get(name, nothing(count)) for name in ("days", "words")}
    what = _what(asked, spans, rows)
    when, empty = _when(what, spans, cells, dated)
    here, _ = resolved(cells, _PATH, lambda row: {"place": Whole(whereabouts(row, around.gazetteer))}, rows)
    who, _ = resolved(_voices(cells, here, rows, around), ("voice", "place"), _spoken, rows)
    return Translated(layered(what, who, {name: one.only(~empty) for name, one in when.items()}), rows & ~empty, failed | empty)


def _words(row: Mapping[str, Any]) -> Mapping[str, Any]:
    asked = row.get("question")
    return {"words": span({**row, "day": _ANY_DAY}, asked.of.kinds if asked else ())}


def _what(asked: Columns, spans: Columns, rows: Bools) -> Columns:
    """What is counted and of whom; a quantity may be another where the row counts over a span of days."""
    flowing = {"words": spans["words"], "long": spans["days"].each(lambda one: one.long)}

    def columns(row: Mapping[str, Any]) -> Mapping[str, Any]:
        words: Span | None = row.get("words")
        asked: Question = row["question"].of
        return asked.columns(flow=words is not None and (row["long"] or is_flow(words)))

    found, _ = resolved({**asked, **flowing}, ("question", "words", "long"), columns, rows)
    return found


def _when(what: Columns, spans: Columns, cells: Columns, dated: Bools) -> tuple[Columns, Bools]:
    """The kind and the days of the rows with a time of their own, and those among them that count nothing."""
    at, count = np.flatnonzero(dated), len(dated)
    if not len(at):
        return {}, np.zeros(count, dtype=bool)
    series, _ = combined(cells[name].take(at) if name in cells else nothing(len(at)) for name in SERIES)
    collection, _ = combined([cells["series"].take(at) if "series" in cells else nothing(len(at))])
    fine = np.zeros(count, dtype=bool)
    for name in ("place", "admin2"):
        if name in cells:
            fine |= cells[name].said
    found, empty = timed(Spans(what["metric"].take(at), spans["days"].take(at), spans["words"].take(at), series, collection, fine[at]))
    columns: Columns = {}
    for name, one in found.items():
        codes = np.full(count, -1, dtype=np.int64)
        codes[at] = one.codes
        columns[name] = Told(codes, one.values)
    nothing_counted = np.zeros(count, dtype=bool)
    nothing_counted[at] = empty
    return columns, nothing_counted


def _voices(cells: Columns, here: Columns, rows: Bools, around: Around) -> Columns:
    """Beside the place of each row what its source is in this table."""
    named, _ = resolved(
        cells,
        ("source", "source_type", "series"),
        lambda row: {"named": Named(*(row.get(name, "") for name in ("source", "source_type", "series")))},
        rows,
    )
    sources = named.get("named", nothing(len(rows)))
    speaking = {one: Whole(columns) for one, columns in voices((one for one in sources.values if one.name), around.crisis).items()}
    unnamed = Whole({})
    return {**here, "voice": sources.each(lambda one: speaking.get(one, unnamed))}


def _spoken(row: Mapping[str, Any]) -> Mapping[str, Any]:
    return spoken_at(*(row[name].of if name in row else {} for name in ("place", "voice")))
