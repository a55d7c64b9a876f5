"""The figures as arrays the comparison works on: one element per claim, words as numbers, days as numbers, links as positions.

Rows are put in the order of their identity first, so that nothing later depends on the order in which they came.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ingest.compare.claims import readings
from ingest.compare.claims.area import Areas
from ingest.compare.claims.areas import CENTRE, read_areas
from ingest.compare.claims.columns import UNKNOWN_DAY, Columns, distinct_rows
from ingest.compare.claims.groups import read_axes, responsible
from ingest.compare.claims.relation import Bools, Floats, Ints, Texts
from ingest.compare.claims.vocabularies import (
    BASIS,
    INTEREST,
    KIND,
    METRIC,
    ONE_DAY_KINDS,
    PART_OF,
    PRECISION,
    QUALIFIER,
    UNIT,
    VERIFIED,
)
from ingest.compare.rules import Rules
from ingest.errors import UnreadableDocument
from ingest.model.claims import NAMELESS, RECORD
from ingest.model.vocabulary import CountingBasis, Kind, Review

NEEDED = (
    "figure_id", "document_id", "metric", "kind", "publisher", "claimed_source", "value_low", "value_best", "value_high", "quote",
)  # fmt: skip
USED = (
    *NEEDED[:-1],
    "claim_id", "crisis", "group_status", "group_side", "group_sex", "group_age", "group_role", "group_nationality", "group_label",
    "parent_figure_id", "part_of", "parts_complete", "restates", "supersedes", "superseded_at", "value_text", "qualifier",
    "interval_open_high", "unit", "persons_est_low", "persons_est_high", "claimed_source_text", "independence_group", "interest",
    "perpetrator", "event_start", "event_end", "window_start", "window_end", "window_text", "as_of", "as_of_inferred", "published_at",
    "place_text", "place_id", "place_name", "adm1_id", "adm_level", "place_precision", "place_role", "coverage_area", "lat", "lon",
    "counting_basis", "verification", "language", "quote_start", "span_start", "extractor_version",
)  # fmt: skip
# What the comparison reads of a figure: a figure that differs in none of these is the same to it.
READ = frozenset({*USED, *NEEDED, "review"})


@dataclass(frozen=True, slots=True)
class Claims:
    """The claims that can be compared, as arrays of one length. Numbers of words are arbitrary; only equality of them counts.

    `source` is the voice: the claimed source, or a nameless one together with its publisher. `lane` is the independence group
    (0 none). `claim` is the position of the first row of the same claim. `document` is one text; rows of an imported table that
    name another publisher or moment are other texts. `parent`, `restates`, `supersedes` are positions, -1 none. `axes` holds the
    group, one column per axis, 0 not stated; `group` numbers its distinct rows. `held` numbers the party held responsible: 0 none
    named, -1 a wording that names no known party. `low`, `high` and `best` are the numbers as the rules read them, `said` the same as
    claimed. Days are since 1970; `day` is the day a value is of. `window` numbers what sources call a
    window without a first day, 0 none. `record` marks rows of a database that has a record for every thing it counts.
    """

    columns: Columns
    figure_id: Texts
    claim: Ints
    document: Ints
    publisher: Ints
    crisis: Ints
    source: Ints
    lane: Ints
    nameless: Bools
    metric: Ints
    kind: Ints
    unit: Ints
    basis: Ints
    interest: Ints
    qualifier: Ints
    verified: Bools
    precision: Ints
    axes: Ints
    group: Ints
    held: Ints
    low: Floats
    high: Floats
    best: Floats
    said: readings.Ends
    open_high: Bools
    persons_low: Floats
    persons_high: Floats
    parent: Ints
    part_of: Ints
    parts_complete: Bools
    restates: Ints
    supersedes: Ints
    superseded: Bools
    event_start: Ints
    event_end: Ints
    window_start: Ints
    window: Ints
    record: Bools
    as_of: Ints
    as_of_inferred: Bools
    day: Ints
    published: Ints
    areas: Areas

    @property
    def area(self) -> Ints:
        """The area of each claim."""
        return self.areas.of_row

    def stated(self) -> Floats:
        """The number stated, or for words without one the low end of what they allow."""
        return np.where(np.isnan(self.best), np.where(np.isnan(self.low), self.high, self.low), self.best)

    def ceiling(self) -> Floats:
        """The most a claim allows: infinite where it is open upwards."""
        return np.where(self.open_high | np.isnan(self.high), np.inf, self.high)

    def floor(self) -> Floats:
        """The least a claim allows: zero where the words set none."""
        return np.where(np.isnan(self.low), 0.0, self.low)


def read_claims(
    figures: pd.DataFrame, rules: Rules, organisations: pd.DataFrame | None, places: pd.DataFrame | None
) -> tuple[Claims, dict[str, int]]:
    """The claims that can be compared, and how many rows were left out by reason.

    Left out are rows a person rejected, rows without a number or without the sentence it stands in, rows of a word the
    vocabulary does not hold, and rows without any date. Raises `UnreadableDocument` when a needed column is missing.
    """
    columns, left_out = comparable(figures)
    claims = claims_of(columns, rules, organisations, places)
    return claims, {reason: count for reason, count in left_out.items() if count}


def comparable(figures: pd.DataFrame) -> tuple[Columns, dict[str, int]]:
    """The rows that can be compared, in the order of their identity, with the columns that are used; and those left out by reason."""
    missing = [name for name in NEEDED if name not in figures.columns]
    if missing:
        raise UnreadableDocument(
            f"The table of figures lacks the column {missing[0]!r}, so nothing can be compared; use the published column names."
        )
    keep, left_out = _comparable_rows(figures)
    frame = figures.loc[:, [name for name in (*USED, *CENTRE) if name in figures.columns]].iloc[keep].reset_index(drop=True)
    columns = Columns(frame)
    dated = value_day(columns) != UNKNOWN_DAY
    left_out["without a date"] = int((~dated).sum())
    return (columns if dated.all() else Columns(frame[dated].reset_index(drop=True))), left_out


def _comparable_rows(figures: pd.DataFrame) -> tuple[Ints, dict[str, int]]:
    """Positions of the rows that can be compared, in the order of their identity."""
    columns = Columns(figures)
    number, _ = pd.factorize(columns.texts("figure_id"), sort=True)
    low, high, best = (columns.numbers(name) for name in ("value_low", "value_high", "value_best"))
    reasons = {
        "listed twice": pd.Series(number).duplicated().to_numpy(),
        "rejected in review": columns.texts("review") == Review.REJECTED,
        "without a number": np.isnan(low) & np.isnan(high) & np.isnan(best),
        "without a quote": np.array([not quote or quote.isspace() for quote in columns.texts("quote")], dtype=bool),
        "with an unknown word": (columns.known("metric", METRIC) < 0) | (columns.known("kind", KIND) < 0),
    }
    keep = np.ones(len(figures), dtype=bool)
    left_out = {}
    for reason, mask in reasons.items():
        left_out[reason] = int((keep & mask).sum())
        keep &= ~mask
    rows = np.flatnonzero(keep)
    return rows[np.argsort(number[rows], kind="stable")], left_out


def _first_known(*columns: Ints) -> Ints:
    found = columns[0]
    for column in columns[1:]:
        found = np.where(found == UNKNOWN_DAY, column, found)
    return found


def value_day(columns: Columns) -> Ints:
    """The day a value is of: the event's for incidents and days, the window's end for periods, the as-of day otherwise."""
    kind = columns.known("kind", KIND)
    end, as_of, issued = columns.days("window_end"), columns.days("as_of"), columns.published
    of_event = _first_known(columns.days("event_start"), columns.days("window_start"), as_of, issued)
    one_event = (kind == KIND[Kind.INCIDENT]) | (kind == KIND[Kind.DAILY])
    cases = [of_event, _first_known(end, as_of, issued)]
    return np.select([one_event, kind == KIND[Kind.PERIOD]], cases, _first_known(as_of, end, issued))


def _event_days(columns: Columns, day: Ints, rules: Rules) -> tuple[Ints, Ints]:
    """First and last day the event may have fallen on; without a stated day, the day of the report or just before it."""
    start, end = columns.days("event_start"), columns.days("event_end")
    undated = start == UNKNOWN_DAY
    start = np.where(undated, day - rules.undated_event_days, start)
    end = np.where(undated, day, np.where(end == UNKNOWN_DAY, start, np.maximum(start, end)))
    return start, end


def claims_of(columns: Columns, rules: Rules, organisations: pd.DataFrame | None, places: pd.DataFrame | None) -> Claims:
    """The claims of rows that can be compared."""
    day, position = value_day(columns), pd.Index(columns.texts("figure_id"))

    def linked(name: str) -> Ints:
        target = columns.texts(name)
        return np.where(target == "", -1, position.get_indexer(pd.Index(target))).astype(np.int64)

    text, code, word = columns.texts, columns.codes, columns.known
    nameless = np.array([str(name) in NAMELESS for name in columns.distinct("claimed_source")], dtype=bool)[code("claimed_source")]
    source, _ = distinct_rows(code("claimed_source"), np.where(nameless, code("publisher"), -1))
    published, as_of = columns.moments("published_at"), columns.days("as_of")
    event_start, event_end = _event_days(columns, day, rules)
    metric, kind, basis = word("metric", METRIC), word("kind", KIND), word("counting_basis", BASIS)
    parent, supersedes = linked("parent_figure_id"), linked("supersedes")
    ends = readings.read(columns, rules)
    persons_low, persons_high = readings.people(columns, ends, day, rules)
    areas, window_start = read_areas(columns, places), columns.days("window_start")
    held, held_by = responsible(columns, organisations)
    question = [metric, kind, areas.of_row, day, event_start, event_end, window_start]
    axes = read_axes(columns, parent, one_event=np.isin(kind, [KIND[Kind.INCIDENT], *ONE_DAY_KINDS]), held_by=held_by, question=question)
    superseded = columns.moments("superseded_at") != UNKNOWN_DAY
    superseded[supersedes[supersedes >= 0]] = True
    verified = word("verification", VERIFIED) >= 0
    return Claims(
        columns=columns, figure_id=text("figure_id"), claim=_first_of_claim(columns, source, published, verified),
        document=distinct_rows(code("document_id"), code("publisher"), published)[0], publisher=code("publisher"), crisis=code("crisis"),
        source=source, lane=code("independence_group") * ~nameless, nameless=nameless,
        metric=metric, kind=kind, unit=np.maximum(word("unit", UNIT), 0),
        basis=np.where(basis < 0, BASIS[CountingBasis.UNKNOWN], basis), interest=word("interest", INTEREST),
        qualifier=word("qualifier", QUALIFIER), verified=verified, precision=word("place_precision", PRECISION),
        axes=axes, group=distinct_rows(*axes.T)[0], held=held,
        low=ends[0], high=ends[1], best=ends[2], said=readings.said(columns), open_high=columns.flags("interval_open_high"),
        persons_low=persons_low, persons_high=persons_high,
        parent=parent, part_of=word("part_of", PART_OF), parts_complete=columns.flags("parts_complete"),
        restates=linked("restates"), supersedes=supersedes, superseded=superseded,
        event_start=event_start, event_end=event_end, window_start=window_start, window=code("window_text"),
        record=_of_records(columns),
        as_of=np.where(as_of == UNKNOWN_DAY, day, as_of), as_of_inferred=columns.flags("as_of_inferred"),
        day=day, published=published, areas=areas,
    )  # fmt: skip


def _of_records(columns: Columns) -> Bools:
    """Rows read from a record of their own, by the version of the rules that read them."""
    found = np.array([str(one).startswith(RECORD) for one in columns.distinct("extractor_version")], dtype=bool)
    return found[columns.codes("extractor_version")]


def _first_of_claim(columns: Columns, source: Ints, published: Ints, verified: Bools) -> Ints:
    """For every row the first row of the same claim by the same voice: the earliest published, the voice's own before a relay's.

    A row without a claim identity is its own, and so is a verified count beside a first report of the same number
    at the same publisher.
    """
    number, row = columns.codes("claim_id"), np.arange(len(columns))
    together, _ = distinct_rows(np.where(number == 0, row, -1), number, source)
    elsewhere = columns.texts("publisher") != columns.texts("claimed_source")
    there, _ = distinct_rows(together, columns.codes("publisher"))
    reported = np.bincount(there, ~verified) > 0
    together, _ = distinct_rows(together, (verified & reported[there]).astype(np.int64))
    order = np.lexsort((row, elsewhere, published, together))
    first = np.full(int(together.max()) + 1 if len(together) else 0, -1, dtype=np.int64)
    first[together[order[::-1]]] = order[::-1]
    return first[together]
