"""Every reading of a number with the claim it carries, the question it answers and the vote it has: what sources are measured on.

A question is an incident, a day, a period, a running total or a level that somebody counts, for one metric, group and place. Which
claims answer the same question was decided by the comparison, so this reads the published figures and discrepancies alone.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ingest.compare.alignment.voices import one_claim
from ingest.compare.claims.columns import UNKNOWN_DAY, Columns, distinct_rows
from ingest.compare.claims.comparable import value_day
from ingest.compare.claims.relation import Bools, Floats, Ints, Texts
from ingest.compare.claims.rulings import PUBLISHED, Ruling
from ingest.compare.claims.vocabularies import KIND, ONE_DAY_KINDS
from ingest.model.claims import NAMELESS
from ingest.model.vocabulary import Interest, Kind, Review

SAME_CLAIM = (Ruling.RELAY_SAME,)
MISQUOTED = (Ruling.DISTORTION_VALUE, Ruling.DISTORTION_WORD, Ruling.DISTORTION_METRIC)
REVISED = (
    *(Ruling.REVISION_RISE, Ruling.REVISION_FALL, Ruling.REVISION_EDITION, Ruling.REVISION_VERIFIED),
    *(Ruling.DECREASE, Ruling.DECREASE_EDITION),
)
SHARED = (Ruling.RELAY_BASIS, Ruling.DISTORTION_BASIS, Ruling.REVISION_BASIS)
# Two voices answered one question at one time, so that their numbers can be divided.
ANSWERED = (
    *(Ruling.AGREEMENT_EXACT, Ruling.AGREEMENT_WORDS, Ruling.STRONG, Ruling.SOFT),
    *(Ruling.ATTRIBUTION, Ruling.STATUS, Ruling.STATUS_PARTS),
)
# They answered it at different times.
_AT_OTHER_TIMES = (
    *(Ruling.LAG_LATER, Ruling.LAG_INFERRED, Ruling.LAG_BETWEEN, Ruling.LAG_TOLL),
    *(Ruling.STRONG_FELL, Ruling.SOFT_FELL),
)
_ONE_QUESTION = (*SAME_CLAIM, *MISQUOTED, *REVISED, *SHARED, *ANSWERED, *_AT_OTHER_TIMES)
_INTERNAL = (Ruling.INTERNAL_EXCEED, Ruling.INTERNAL_SHORT, Ruling.INTERNAL_TWICE, Ruling.INTERNAL_RUNNING)
_PART_AXES = ("group_sex", "group_age", "group_role", "group_nationality")
_GROUP = ("group_status", "group_side", *_PART_AXES)


@dataclass(frozen=True, slots=True)
class Pairs:
    """Verdicts as pairs of positions of readings, with the ruling of each."""

    a: Ints
    b: Ints
    ruling: Ints

    def of(self, rulings: tuple[Ruling, ...]) -> tuple[Ints, Ints]:
        """The pairs with one of these rulings."""
        chosen = np.isin(self.ruling, rulings)
        return self.a[chosen], self.b[chosen]


@dataclass(frozen=True, slots=True)
class Readings:
    """Figures that state a number, in the order of their identity, as arrays of one length.

    `publisher` and `source` are positions in `organisations`; `moment` is when it was published, in seconds since 1970. Readings of
    one claim share `claim`, and claims that answer one question share `question`. Inside a question, claims of one source or one
    independence group share `vote`. `named` says that the source has a name, so that it is known to be one voice; `counted` marks what
    `counted` finds. `number` is NaN where only words are given. `inconsistent`
    holds the publisher of each number that disagrees with itself within one document.
    """

    columns: Columns
    organisations: Texts
    figure_id: Texts
    publisher: Ints
    source: Ints
    group: Ints
    metric: Ints
    kind: Ints
    unit: Ints
    day: Ints
    moment: Ints
    number: Floats
    standing: Bools
    named: Bools
    counted: Bools
    claim: Ints
    question: Ints
    vote: Ints
    pairs: Pairs
    inconsistent: Ints

    @property
    def event(self) -> Bools:
        """What happened at once, not a total or a level: only of these can a source be early or late."""
        found: Bools = np.isin(self.kind, [KIND[Kind.INCIDENT], *ONE_DAY_KINDS])
        return found

    @property
    def relayed(self) -> Bools:
        """Standing readings at another publisher than the named source, once per document that repeats itself."""
        found: Bools = self.standing & self.named & (self.publisher != self.source) & (self.columns.codes("restates") == 0)
        return found


def read(figures: pd.DataFrame, discrepancies: pd.DataFrame) -> Readings:
    """The readings of published FIGURES with the published DISCREPANCIES between them; the order of neither matters."""
    columns = Columns(stating(figures))
    names = columns.texts("figure_id")
    pairs = _pairs(discrepancies, names)
    publisher, source, organisations = _organisations(columns)
    kind = columns.known("kind", KIND)
    claim = _claims(columns, source, pairs)
    question = one_claim(len(names), *_linked((_together(claim), pairs.of(_ONE_QUESTION))))
    group = columns.codes("independence_group")
    return Readings(
        columns=columns, organisations=organisations, figure_id=names, publisher=publisher, source=source, group=group,
        metric=columns.codes("metric"), kind=kind, unit=columns.codes("unit"), day=value_day(columns),
        moment=columns.moments("published_at"), number=columns.numbers("value_best"), standing=_standing(columns), named=_named(columns),
        counted=counted(columns), claim=claim, question=question,
        vote=_votes(question, source, group), pairs=pairs, inconsistent=_inconsistent(discrepancies, organisations),
    )  # fmt: skip


def counted(columns: Columns) -> Bools:
    """Readings that stand, of a voice with a name, that are no party's claim about its enemy, and no part of a total by sex, age, role,
    nationality or whoever is held responsible.
    """
    enemy = columns.texts("interest") == Interest.ENEMY_LOSSES
    found: Bools = _standing(columns) & _named(columns) & ~enemy & ~_parts(columns)
    return found


def first_of(label: Ints) -> Ints:
    """For each element the position of the first with the same label."""
    _, first, inverse = np.unique(label, return_index=True, return_inverse=True)
    return first[inverse].astype(np.int64)


def stating(figures: pd.DataFrame) -> pd.DataFrame:
    """The rows that state a number or an interval, each identity once, in the order of their identity."""
    columns = Columns(figures)
    stated = ~np.all([np.isnan(columns.numbers(name)) for name in ("value_low", "value_best", "value_high")], axis=0)
    number, _ = pd.factorize(columns.texts("figure_id"), sort=True)
    rows = np.flatnonzero(stated & ~pd.Series(number).duplicated().to_numpy())
    return figures.iloc[rows[np.argsort(number[rows], kind="stable")]].reset_index(drop=True)


def _organisations(columns: Columns) -> tuple[Ints, Ints, Texts]:
    """Publisher and claimed source of each row as positions among all organisations, in the order of their identity."""
    size = len(columns)
    both = np.concatenate([columns.texts("publisher"), columns.texts("claimed_source")])
    number, organisations = pd.factorize(both, sort=True)
    return number[:size].astype(np.int64), number[size:].astype(np.int64), np.asarray(organisations, dtype=object)


def _rulings(columns: Columns) -> Ints:
    """The rulings behind the published rules; `Ruling.NONE` for a rule that is not known."""
    known = {f"{code}.{variant}": number for number, (code, variant) in enumerate(PUBLISHED)}
    number, distinct = columns.codes("rule"), columns.distinct("rule")
    return np.array([known.get(str(rule).partition("/")[0], Ruling.NONE) for rule in distinct], dtype=np.int64)[number]


def _pairs(discrepancies: pd.DataFrame, names: Texts) -> Pairs:
    columns, position = Columns(discrepancies), pd.Index(names)
    a, b = (position.get_indexer(pd.Index(columns.texts(name))).astype(np.int64) for name in ("figure_a", "figure_b"))
    order = np.lexsort((b, a))
    order = order[(a[order] >= 0) & (b[order] >= 0)]
    return Pairs(a[order], b[order], _rulings(columns)[order])


def _inconsistent(discrepancies: pd.DataFrame, organisations: Texts) -> Ints:
    columns = Columns(discrepancies)
    publisher = columns.texts("publisher_a")[np.isin(_rulings(columns), _INTERNAL)]
    position = pd.Index(organisations).get_indexer(pd.Index(publisher)).astype(np.int64)
    return position[position >= 0]


def _together(label: Ints) -> tuple[Ints, Ints]:
    """Each element with the first of its label."""
    return first_of(label), np.arange(len(label))


def _linked(parts: tuple[tuple[Ints, Ints], ...]) -> tuple[Ints, Ints]:
    return np.concatenate([a for a, _ in parts]), np.concatenate([b for _, b in parts])


def _claims(columns: Columns, source: Ints, pairs: Pairs) -> Ints:
    """Readings of one claim: of one identity and source, or found to repeat one another. A row without the identity is its own."""
    number, row = columns.codes("claim_id"), np.arange(len(columns))
    identity, _ = distinct_rows(np.where(number == 0, row, -1), number, source)
    return one_claim(len(columns), *_linked((_together(identity), pairs.of(SAME_CLAIM))))


def _votes(question: Ints, source: Ints, group: Ints) -> Ints:
    """One vote per question for claims of one source or one independence group, directly or through one another."""
    by_source, by_group = distinct_rows(question, source)[0], distinct_rows(question, group)[0]
    return one_claim(len(question), *_linked((_together(by_source), _together(by_group))))


def _standing(columns: Columns) -> Bools:
    found: Bools = (columns.moments("superseded_at") == UNKNOWN_DAY) & (columns.texts("review") != Review.REJECTED)
    return found


def _named(columns: Columns) -> Bools:
    nameless = np.array([str(one) in NAMELESS for one in columns.distinct("claimed_source")], dtype=bool)
    return ~nameless[columns.codes("claimed_source")]


def _parts(columns: Columns) -> Bools:
    """Parts of a total by sex, age, role or nationality, and shares of it that count the same people at the same place."""
    parent = pd.Index(columns.texts("figure_id")).get_indexer(pd.Index(columns.texts("parent_figure_id")))
    alike = np.all([columns.codes(one) == columns.codes(one)[parent] for one in ("metric", "kind", "place_id", *_GROUP)], axis=0)
    narrower = np.any([columns.codes(one) != 0 for one in _PART_AXES], axis=0)
    found: Bools = (parent >= 0) & (alike | narrower)
    return found
