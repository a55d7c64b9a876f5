"""From the table of figures to the table of discrepancies: read, align, judge, put into words.

`compare` is a pure function: the same figures give the same verdicts with the same identities, in whatever order they come.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from ingest.compare.alignment.series import read_series
from ingest.compare.claims.columns import Columns
from ingest.compare.claims.comparable import Claims, claims_of, read_claims
from ingest.compare.claims.names import Names
from ingest.compare.claims.relation import Ints
from ingest.compare.rows import published_rows
from ingest.compare.rules import DEFAULT, Rules
from ingest.compare.telling.sentences import told_alone
from ingest.compare.telling.words import wording
from ingest.compare.verdicts.judge import Verdicts, judge

Labels = Mapping[str, Mapping[str, str]]


def compare(
    figures: pd.DataFrame,
    rules: Rules = DEFAULT,
    *,
    organisations: pd.DataFrame | None = None,
    places: pd.DataFrame | None = None,
    sides: Labels | None = None,
) -> pd.DataFrame:
    """Every verdict on the figures: exactly the columns of `DISCREPANCIES`, sorted by `discrepancy_id`.

    `figures` holds the FIGURES columns as published. `organisations` (ORGANISATIONS columns) gives names for the sentences and
    the sides of parties, `places` (PLACES columns) what lies in what, `sides` a label per language for each side of the crisis.
    Text columns are strings, empty where there is nothing; integers `Int64`, numbers `Float64`, the day `datetime64[s]`.
    The first figure is the one published earlier, by identity where both were published at once. For a verdict on parts and their
    total the first figure is the total, the second its largest part, and the second value and its ends those of all parts.
    `frame.attrs["left_out"]` counts by reason the rows and pairs of series that were not compared.
    Raises `UnreadableDocument` when a column the comparison needs is missing.
    """
    judged = Judged.of(figures, About(rules, organisations, places, sides))
    table = judged.rows()
    table.attrs["left_out"] = judged.left_out
    return table


def claims_told(figures: pd.DataFrame, about: "About", language: str) -> dict[str, str]:
    """Each figure as a plain sentence without a full stop, by its identity; those that cannot be compared have none."""
    claims, _ = read_claims(figures, about.rules, about.organisations, about.places)
    told = told_alone(claims, wording(language), Names(about.organisations, about.places, about.sides))
    return dict(zip(map(str, claims.figure_id), map(str, told), strict=True))


@dataclass(frozen=True, slots=True)
class About:
    """What a comparison rests on beside the figures: the rules and the names, as `compare` takes them."""

    rules: Rules = DEFAULT
    organisations: pd.DataFrame | None = None
    places: pd.DataFrame | None = None
    sides: Labels | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """A comparison before it is put into words: numbers only, about a kilobyte for each claim. Rows are written when asked for."""

    claims: Claims
    verdicts: Verdicts
    rules: Rules
    names: Names
    left_out: Mapping[str, int]

    @classmethod
    def of(cls, figures: pd.DataFrame, about: About) -> "Judged":
        """Judge a table of figures. Raises `UnreadableDocument` when a column the comparison needs is missing."""
        claims, unread = read_claims(figures, about.rules, about.organisations, about.places)
        return cls._of_claims(claims, Counter(unread), about)

    @classmethod
    def of_rows(cls, columns: Columns, about: About) -> "Judged":
        """Judge rows that can be compared, in the order of their identity."""
        return cls._of_claims(claims_of(columns, about.rules, about.organisations, about.places), Counter(), about)

    @classmethod
    def _of_claims(cls, claims: Claims, unread: Counter[str], about: About) -> "Judged":
        series = read_series(claims, about.rules)
        claims = replace(claims, claim=series.stands_for)
        verdicts = judge(claims, series, about.rules)
        left_out = {reason: count for reason, count in (unread + verdicts.left_out).items() if count}
        return cls(claims, verdicts, about.rules, Names(about.organisations, about.places, about.sides), left_out)

    def rows(self, at: Ints | None = None) -> pd.DataFrame:
        """The published rows of the verdicts, or of those at some positions, sorted by `discrepancy_id`."""
        found = self.verdicts if at is None else self.verdicts.take(at)
        return published_rows(self.claims, found, self.rules, self.names)

    def blocks(self, size: int) -> Iterator[pd.DataFrame]:
        """The published rows in frames of at most so many, one at a time; each frame is sorted, the whole is not."""
        for start in range(0, len(self.verdicts.a), size):
            yield self.rows(np.arange(start, min(start + size, len(self.verdicts.a))))
