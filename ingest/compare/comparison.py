"""From the table of figures to the table of discrepancies: read, align, judge, put into words.

`compare` is a pure function: the same figures give the same verdicts with the same identities, in whatever order they come.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from ingest.compare import chronicle
from ingest.compare.align import Alignment, align
from ingest.compare.claims import Claims, read_claims
from ingest.compare.classify import classify
from ingest.compare.intervals import Numbers, compare_numbers, severity
from ingest.compare.names import Names
from ingest.compare.pairs import settle_events
from ingest.compare.parts import check_restated, check_running, check_sums
from ingest.compare.relation import Floats, Ints, Item, Texts
from ingest.compare.rules import DEFAULT, Rules
from ingest.compare.rulings import CONTRADICTIONS, OF_TIME, PUBLISHED, SUMS, Ruling
from ingest.compare.sentences import Told, sentences
from ingest.compare.series import Series, read_series
from ingest.compare.telling import Compared, second_first
from ingest.compare.vector import compare_items
from ingest.compare.vocabularies import PRECISION
from ingest.compare.voices import one_pair_per_claim, told_by_the_wholes
from ingest.compare.wording import LANGUAGES, wording
from ingest.model.ids import digest
from ingest.model.schema import DISCREPANCIES
from ingest.model.vocabulary import Comparability

_DTYPES = {"integer": "Int64", "number": "Float64", "date": "datetime64[s]"}
_Columns = dict[str, Texts | Ints | Floats]


def compare(
    figures: pd.DataFrame,
    rules: Rules = DEFAULT,
    *,
    organisations: pd.DataFrame | None = None,
    places: pd.DataFrame | None = None,
    sides: Mapping[str, Mapping[str, str]] | None = None,
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
    claims, unread = read_claims(figures, rules, organisations, places)
    series = read_series(claims, rules)
    claims = replace(claims, claim=series.stands_for)
    found = _verdicts(claims, series, rules)
    table = _table(claims, found, rules, Names(organisations, places, sides))
    table.attrs["left_out"] = {reason: count for reason, count in (Counter(unread) + found.left_out).items() if count}
    return table


@dataclass(frozen=True, slots=True)
class _Verdicts:
    """Pairs in canonical order with identity and ruling, sorted by identity; parts, sums and earlier totals by position."""

    identity: Texts
    a: Ints
    b: Ints
    ruling: Ints
    parts: Mapping[int, Ints]
    summed: Mapping[int, float]
    before: Mapping[int, int]
    left_out: Counter[str]


def _verdicts(claims: Claims, series: Series, rules: Rules) -> _Verdicts:
    sums, running, restated = check_sums(claims, rules), check_running(claims, rules), check_restated(claims, rules)
    aligned = align(claims, series, rules)
    found = [
        (sums.total, sums.part, sums.ruling),
        (running[0], running[1], np.full(len(running[0]), Ruling.INTERNAL_RUNNING, dtype=np.int64)),
        (*restated, np.full(len(restated[0]), Ruling.INTERNAL_TWICE, dtype=np.int64)),
        chronicle.judge_editions(claims, rules),
        (*series.relays, np.full(len(series.relays[0]), Ruling.RELAY_SAME, dtype=np.int64)),
        chronicle.judge_following(claims, series, rules),
        (aligned.a, aligned.b, _across(claims, series, aligned, rules)),
    ]
    left, right, ruling = (np.concatenate([one[column] for one in found]) for column in range(3))
    kept = _unique_pairs(claims, left, right, ruling)
    a, b = _ordered(claims, left[kept], right[kept], ruling[kept])
    identity = _identities(claims, a, b, ruling[kept])
    order = np.argsort(identity.astype("S16"), kind="stable")
    kept = kept[order]
    where = {int(kept[at]): int(at) for at in np.flatnonzero(kept < len(sums.total) + len(running[0]))}
    runs = {one + len(sums.total): int(row) for one, row in enumerate(running[2])}
    return _Verdicts(
        identity[order],
        a[order],
        b[order],
        ruling[kept],
        parts={at: sums.parts[one] for one, at in where.items() if one < len(sums.total)},
        summed={at: float(sums.summed[one]) for one, at in where.items() if one < len(sums.total)},
        before={at: runs[one] for one, at in where.items() if one in runs},
        left_out=aligned.left_out,
    )


def _identities(claims: Claims, a: Ints, b: Ints, ruling: Ints) -> Texts:
    """Of the pair, whatever the verdict on it: what a person said of two claims stays theirs when the rules change.

    The check of a total against its parts stands beside what else is said of the two, under an identity of its own.
    """
    first, second = claims.figure_id[np.minimum(a, b)], claims.figure_id[np.maximum(a, b)]
    check = np.where(np.isin(ruling, SUMS), "sum", "pair").astype(object)
    # digest joins its parts with the same separator, so this is digest(smaller identity, larger identity, check)
    return np.array([*map(digest, first + "\x1f" + second + "\x1f" + check), ""], dtype=object)[:-1]


def _across(claims: Claims, series: Series, aligned: Alignment, rules: Rules) -> Ints:
    """The rulings on claims of different series, each pair of claims told once."""
    ruling = one_pair_per_claim(claims, aligned.a, aligned.b, classify(claims, series, (aligned.a, aligned.b), rules))
    return np.where(told_by_the_wholes(claims, aligned.a, aligned.b, ruling), np.int64(Ruling.NONE), ruling)


def _ordered(claims: Claims, a: Ints, b: Ints, ruling: Ints) -> tuple[Ints, Ints]:
    """Earlier published first, then the smaller identity; the total before its part."""
    swap = (claims.published[a] > claims.published[b]) | ((claims.published[a] == claims.published[b]) & (a > b))
    swap &= ~np.isin(ruling, SUMS)
    return np.where(swap, b, a), np.where(swap, a, b)


def _unique_pairs(claims: Claims, a: Ints, b: Ints, ruling: Ints) -> Ints:
    """Positions of the verdicts to keep: each pair once, by the first check that spoke of it, sums beside any other verdict."""
    kept = np.flatnonzero(ruling != Ruling.NONE)
    low, high = np.minimum(a[kept], b[kept]), np.maximum(a[kept], b[kept])
    key = (low * max(len(claims.figure_id), 1) + high) * 2 + np.isin(ruling[kept], SUMS)
    return kept[~pd.Series(key).duplicated().to_numpy()]


def _table(claims: Claims, found: _Verdicts, rules: Rules, names: Names) -> pd.DataFrame:
    a, b, ruling = found.a, found.b, found.ruling
    numbers = _measured(claims, found, rules)
    compared = Compared(a, b, ruling, settle_events(claims, (a, b), compare_items(claims, a, b, rules), numbers), numbers)
    swap = second_first(claims, compared, rules)
    told = Told(np.where(swap, b, a), np.where(swap, a, b), ruling, found.parts, found.summed, found.before)
    columns = _of_pair(claims, compared, rules) | _of_sides(claims, found)
    columns["discrepancy_id"] = found.identity
    columns["code"] = np.array([str(one) for one, _ in PUBLISHED], dtype=object)[ruling]
    columns["rule"] = np.array([f"{one}.{variant}/{rules.version}" for one, variant in PUBLISHED], dtype=object)[ruling]
    for language in LANGUAGES:
        columns[f"sentence_{language}"] = sentences(claims, told, wording(language), names)
    return pd.DataFrame({column.name: _typed(columns.pop(column.name), _DTYPES.get(column.type, "")) for column in DISCREPANCIES})


def _typed(values: Texts | Ints | Floats, dtype: str) -> "pd.Series":
    if dtype == "datetime64[s]":
        return pd.Series(values.astype("datetime64[D]").astype("datetime64[s]"))
    if not dtype:
        return pd.Series(values, dtype="str")
    missing = np.isnan(values.astype(np.float64))
    plain = pd.Series(np.where(missing, 0, values), dtype=dtype)
    return plain.mask(missing) if missing.any() else plain


def _measured(claims: Claims, found: _Verdicts, rules: Rules) -> Numbers:
    """The numbers set against each other; for sums, the total and what its parts make."""
    numbers = compare_numbers(claims, found.a, found.b, rules)
    at = np.array(list(found.summed), dtype=np.int64)
    numbers.first[at] = claims.stated()[found.a[at]]
    numbers.second[at] = list(found.summed.values())
    return numbers


def _of_pair(claims: Claims, compared: Compared, rules: Rules) -> _Columns:
    """Columns about the two together."""
    a, b, ruling, vector, numbers = compared.a, compared.b, compared.ruling, compared.vector, compared.numbers
    sums = np.isin(ruling, SUMS)
    comparability = np.select([vector.comparable(), (vector.inequality() > 0) | sums], [0, 1], 2)
    difference = np.where(sums, str(Item.GROUP), vector.first_difference())
    # what lies within a tolerance and still explains the difference
    difference = np.where(np.isin(ruling, OF_TIME) & (difference == ""), str(Item.TIME), difference)
    difference = np.where(ruling == Ruling.DEFINITION_BASIS, str(Item.BASIS), difference)
    coarseness = np.where(claims.precision < 0, len(PRECISION), claims.precision)
    finer = np.where(coarseness[b] < coarseness[a], b, a)
    text = claims.columns.texts
    return {
        "comparability": np.array([str(word) for word in Comparability], dtype=object)[comparability],
        "first_difference": difference,
        "vector": vector.words(),
        "severity": np.where(np.isin(ruling, CONTRADICTIONS), severity(numbers, rules), ""),
        "ratio": numbers.ratio,
        "gap": numbers.gap,
        "metric": text("metric")[a],
        "kind": text("kind")[a],
        "group_status": text("group_status")[a],
        "day": np.maximum(claims.day[a], claims.day[b]),
        "place_id": text("place_id")[finer],
        "place_name": text("place_name")[finer],
        "adm1_id": text("adm1_id")[finer],
    }


def _of_sides(claims: Claims, found: _Verdicts) -> _Columns:
    """Columns that stand once for each of the two."""
    columns: _Columns = {}
    text = claims.columns.texts
    low, high = claims.said[0], np.where(claims.open_high, np.nan, claims.said[1])
    for side, rows in (("a", found.a), ("b", found.b)):
        columns[f"figure_{side}"] = claims.figure_id[rows]
        columns[f"claimed_source_{side}"], columns[f"publisher_{side}"] = text("claimed_source")[rows], text("publisher")[rows]
        columns[f"value_{side}"], columns[f"low_{side}"], columns[f"high_{side}"] = text("value_text")[rows], low[rows], high[rows]
    for position, parts in found.parts.items():
        columns["value_b"][position] = " + ".join(str(one) for one in text("value_text")[parts])
        columns["low_b"][position], columns["high_b"][position] = low[parts].sum(), high[parts].sum()
    return columns
