"""The figures as arrays the comparison works on: one element per claim, words as numbers, days as numbers, links as positions.

Rows are put in the order of their identity first, so that nothing later depends on the order in which they came.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd

from ingest.compare.areas import Areas, read_areas
from ingest.compare.columns import UNKNOWN_DAY, Columns, distinct_rows, texts
from ingest.compare.relation import Bools, Floats, Ints, Texts
from ingest.compare.rules import Rules
from ingest.errors import UnreadableDocument
from ingest.model.vocabulary import (
    CountingBasis,
    GroupStatus,
    Interest,
    Kind,
    Metric,
    PartOf,
    PlacePrecision,
    Qualifier,
    Review,
    Unit,
    Verification,
)

NEEDED = (
    "figure_id", "document_id", "metric", "kind", "publisher", "claimed_source", "value_low", "value_best", "value_high", "quote",
)  # fmt: skip
USED = (
    *NEEDED[:-1],
    "claim_id", "crisis", "group_status", "group_side", "group_sex", "group_age", "group_role", "group_nationality", "group_label",
    "parent_figure_id", "part_of", "parts_complete", "restates", "supersedes", "superseded_at", "value_text", "qualifier",
    "interval_open_high", "unit", "persons_est_low", "persons_est_high", "claimed_source_text", "independence_group", "interest",
    "perpetrator", "event_start", "event_end", "window_start", "window_end", "as_of", "as_of_inferred", "published_at",
    "place_text", "place_id", "place_name", "adm1_id", "adm_level", "place_precision", "place_role", "coverage_area", "lat", "lon",
    "counting_basis", "verification", "language", "span_start",
)  # fmt: skip
# Voices without a name: two of them may be one, so they stand for themselves only at one publisher.
NAMELESS = frozenset({"", "unattributed", "anonymous_local"})


def numbered(vocabulary: type[StrEnum]) -> dict[str, int]:
    """The words of a vocabulary by their position in it."""
    return {str(word): position for position, word in enumerate(vocabulary)}


METRIC, KIND, STATUS, UNIT = numbered(Metric), numbered(Kind), numbered(GroupStatus), numbered(Unit)
BASIS, INTEREST, PART_OF, PRECISION = numbered(CountingBasis), numbered(Interest), numbered(PartOf), numbered(PlacePrecision)
QUALIFIER = numbered(Qualifier)
# Counts that were checked by somebody, as against first reports (definitions, section 10).
VERIFIED = {str(word): 0 for word in (Verification.UN_VERIFIED, Verification.VERIFIED_BY_CLAIMED_SOURCE, Verification.MULTI_SOURCE)}
TOTAL_KINDS = [KIND[Kind.CUMULATIVE], KIND[Kind.PERIOD]]
ONE_DAY_KINDS = [KIND[Kind.DAILY], KIND[Kind.RATE_24H]]
LEVEL_KINDS = [KIND[Kind.STOCK], KIND[Kind.PROJECTION]]
# The axes of `Claims.axes`, in their order.
AXES = ("status", "side", "sex", "age", "role", "nationality", "label", "perpetrator")


@dataclass(frozen=True, slots=True)
class Claims:
    """The claims that can be compared, as arrays of one length. Numbers of words are arbitrary; only equality of them counts.

    `source` is the voice: the claimed source, or a nameless one together with its publisher. `lane` is the independence group
    (0 none). `claim` is the position of the first row of the same claim. `document` is one text; rows of an imported table that
    name another publisher or moment are other texts. `parent`, `restates`, `supersedes` are positions, -1 none. `axes` holds the
    group, one column per axis, 0 not stated; `group` numbers its distinct rows. `held` numbers the party held responsible: 0 none
    named, -1 a wording that names no known party. Days are since 1970; `day` is the day a value is of.
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
    missing = [name for name in NEEDED if name not in figures.columns]
    if missing:
        raise UnreadableDocument(
            f"The table of figures lacks the column {missing[0]!r}, so nothing can be compared; use the published column names."
        )
    keep, left_out = _comparable_rows(figures)
    frame = figures.loc[:, [name for name in USED if name in figures.columns]].iloc[keep].reset_index(drop=True)
    columns = Columns(frame)
    dated = _day(columns) != UNKNOWN_DAY
    left_out["without a date"] = int((~dated).sum())
    if not dated.all():
        columns = Columns(frame[dated].reset_index(drop=True))
    claims = _arrays(columns, rules, organisations, places)
    return claims, {reason: count for reason, count in left_out.items() if count}


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


def _day(columns: Columns) -> Ints:
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


def _arrays(columns: Columns, rules: Rules, organisations: pd.DataFrame | None, places: pd.DataFrame | None) -> Claims:
    identities, day = columns.texts("figure_id"), _day(columns)
    position = pd.Index(identities)

    def linked(name: str) -> Ints:
        target = columns.texts(name)
        return np.where(target == "", -1, position.get_indexer(pd.Index(target))).astype(np.int64)

    nameless = np.array([str(name) in NAMELESS for name in columns.distinct("claimed_source")], dtype=bool)[columns.codes("claimed_source")]
    source, _ = distinct_rows(columns.codes("claimed_source"), np.where(nameless, columns.codes("publisher"), -1))
    published, as_of = columns.moments("published_at"), columns.days("as_of")
    event_start, event_end = _event_days(columns, day, rules)
    metric, kind, parent, supersedes = (
        columns.known("metric", METRIC),
        columns.known("kind", KIND),
        linked("parent_figure_id"),
        linked("supersedes"),
    )
    areas, window_start = read_areas(columns, places), columns.days("window_start")
    held, held_by = _responsible(columns, organisations)
    axes = _axes(columns, kind, parent, held_by, [metric, kind, areas.of_row, day, event_start, event_end, window_start])
    superseded = columns.moments("superseded_at") != UNKNOWN_DAY
    superseded[supersedes[supersedes >= 0]] = True
    basis = columns.known("counting_basis", BASIS)
    return Claims(
        columns=columns,
        figure_id=identities,
        claim=_first_of_claim(columns, source, published),
        document=distinct_rows(columns.codes("document_id"), columns.codes("publisher"), published)[0],
        publisher=columns.codes("publisher"),
        crisis=columns.codes("crisis"),
        source=source,
        lane=columns.codes("independence_group") * ~nameless,
        nameless=nameless,
        metric=metric,
        kind=kind,
        unit=np.maximum(columns.known("unit", UNIT), 0),
        basis=np.where(basis < 0, BASIS[CountingBasis.UNKNOWN], basis),
        interest=columns.known("interest", INTEREST),
        qualifier=columns.known("qualifier", QUALIFIER),
        verified=columns.known("verification", VERIFIED) >= 0,
        precision=columns.known("place_precision", PRECISION),
        axes=axes,
        group=distinct_rows(*axes.T)[0],
        held=held,
        low=columns.numbers("value_low"),
        high=columns.numbers("value_high"),
        best=columns.numbers("value_best"),
        open_high=columns.flags("interval_open_high"),
        persons_low=columns.numbers("persons_est_low"),
        persons_high=columns.numbers("persons_est_high"),
        parent=parent,
        part_of=columns.known("part_of", PART_OF),
        parts_complete=columns.flags("parts_complete"),
        restates=linked("restates"),
        supersedes=supersedes,
        superseded=superseded,
        event_start=event_start,
        event_end=event_end,
        window_start=window_start,
        as_of=np.where(as_of == UNKNOWN_DAY, day, as_of),
        as_of_inferred=columns.flags("as_of_inferred"),
        day=day,
        published=published,
        areas=areas,
    )


def _first_of_claim(columns: Columns, source: Ints, published: Ints) -> Ints:
    """For every row the first row of the same claim by the same voice: the earliest published, the voice's own before a relay's.

    A row without a claim identity is its own.
    """
    number, row = columns.codes("claim_id"), np.arange(len(columns))
    together, _ = distinct_rows(np.where(number == 0, row, -1), number, source)
    elsewhere = columns.texts("publisher") != columns.texts("claimed_source")
    order = np.lexsort((row, elsewhere, published, together))
    first = np.full(int(together.max()) + 1 if len(together) else 0, -1, dtype=np.int64)
    first[together[order[::-1]]] = order[::-1]
    return first[together]


def _axes(columns: Columns, kind: Ints, parent: Ints, held_by: Ints, question: list[Ints]) -> Ints:
    """The group of each claim, one column per axis; 0 not stated.

    The party held responsible narrows a total ("105 of them by ..."), so it is an axis of running totals but not of incidents,
    where it is what sources disagree about. A part that nothing else tells from its whole, or from another part of it, is told by its
    label ("109 of them HTS").
    """
    status = columns.known("group_status", STATUS)
    status = np.where(status < 0, STATUS[GroupStatus.UNSTATED], status)
    stated = [columns.codes(f"group_{axis}") for axis in ("side", "sex", "age", "role", "nationality")]
    incident = np.isin(kind, [KIND[Kind.INCIDENT], *ONE_DAY_KINDS])
    told_by = [status, *stated, held_by, *question]
    alike = np.all([column == column[parent] for column in told_by], axis=0)
    siblings, _ = distinct_rows(np.where(parent >= 0, parent, -1 - np.arange(len(parent))), *told_by)
    several = (parent >= 0) & (np.bincount(siblings, minlength=1)[siblings] > 1)
    at = np.flatnonzero((parent >= 0) & (alike | several))
    labels = np.array([*(" ".join(str(one).casefold().split()) for one in columns.texts("group_label")[at]), ""], dtype=object)[:-1]
    # a part that nothing tells from its whole, not even a label, is like no other claim
    labels = np.where((labels == "") & alike[at], at.astype(str).astype(object) + "\n", labels)
    label = np.zeros(len(columns), dtype=np.int64)
    label[at] = pd.factorize(np.concatenate([np.array([""], dtype=object), labels]))[0][1:]
    return np.stack([status, *stated, label, np.where(incident, 0, held_by)], axis=1).astype(np.int64)


def _responsible(columns: Columns, organisations: pd.DataFrame | None) -> tuple[Ints, Ints]:
    """Who is held responsible: as a side's number (0 nobody, -1 a wording that names no known side), and as the number of the wording.

    A wording is resolved through the organisations' sides; an identifier of words joined by underscores is a side as it is.
    """
    known_sides = _sides_by_name(organisations)
    number, distinct = columns.codes("perpetrator"), columns.distinct("perpetrator")
    words = [str(value).strip() for value in distinct]
    sides = [known_sides.get(word.casefold(), word if "_" in word and word.islower() else "") for word in words]
    found, _ = pd.factorize(np.array(["", *sides], dtype=object))
    side = np.where((found[1:] == 0) & np.array([bool(word) for word in words]), -1, found[1:]).astype(np.int64)
    # claims of one wording are of one scope, and so are claims of one side
    scope = np.where(side > 0, side + len(distinct), np.arange(len(distinct)))
    return side[number], scope[number]


def _sides_by_name(organisations: pd.DataFrame | None) -> Mapping[str, str]:
    if organisations is None or not len(organisations):
        return {}
    side = texts(organisations, "side")
    found = {str(one).casefold(): str(one) for one in side if one}
    for name in ("organisation", "name_en", "name_ar", "short"):
        found |= {str(called).casefold(): str(of) for called, of in zip(texts(organisations, name), side, strict=True) if called and of}
    return found
