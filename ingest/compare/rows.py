"""The published row of each verdict: the two claims side by side, how they compare item by item, and the sentences."""

import numpy as np
import pandas as pd

from ingest.compare.alignment.pairs import settle_events
from ingest.compare.alignment.vector import compare_items
from ingest.compare.claims.comparable import Claims
from ingest.compare.claims.intervals import Numbers, compare_numbers, severity
from ingest.compare.claims.names import Names
from ingest.compare.claims.relation import Floats, Ints, Item, Texts
from ingest.compare.claims.rulings import CONTRADICTIONS, OF_TIME, PUBLISHED, SUMS, Ruling
from ingest.compare.claims.vocabularies import PRECISION
from ingest.compare.rules import Rules
from ingest.compare.telling.order import Compared, second_first
from ingest.compare.telling.sentences import Told, sentences
from ingest.compare.telling.words import LANGUAGES, wording
from ingest.compare.verdicts.judge import Verdicts
from ingest.model.schema import DISCREPANCIES
from ingest.model.vocabulary import Comparability

_DTYPES = {"integer": "Int64", "number": "Float64", "date": "datetime64[s]"}
_Columns = dict[str, Texts | Ints | Floats]


def published_rows(claims: Claims, found: Verdicts, rules: Rules, names: Names) -> pd.DataFrame:
    """The rows of the verdicts: exactly the columns of `DISCREPANCIES`, sorted by `discrepancy_id`."""
    identity = found.identities(claims)
    order = np.argsort(identity.astype("S16"), kind="stable")
    found, identity = found.take(order), identity[order]
    a, b, ruling = found.a, found.b, found.ruling
    numbers = _measured(claims, found, rules)
    compared = Compared(a, b, ruling, settle_events(claims, (a, b), compare_items(claims, a, b, rules), numbers), numbers)
    swap = second_first(claims, compared, rules)
    told = Told(np.where(swap, b, a), np.where(swap, a, b), ruling, found.parts, found.summed, found.before)
    columns = _of_pair(claims, compared, rules) | _of_sides(claims, found)
    columns["discrepancy_id"] = identity
    columns["code"] = np.array([str(one) for one, _ in PUBLISHED], dtype=object)[ruling]
    columns["rule"] = rules_by_number(rules)[ruling]
    for language in LANGUAGES:
        columns[f"sentence_{language}"] = sentences(claims, told, wording(language), names)
    return pd.DataFrame({column.name: _typed(columns.pop(column.name), _DTYPES.get(column.type, "")) for column in DISCREPANCIES})


def rules_by_number(rules: Rules) -> Texts:
    """What the column `rule` says for each ruling: code, variant and version."""
    return np.array([f"{code}.{variant}/{rules.version}" for code, variant in PUBLISHED], dtype=object)


def _typed(values: Texts | Ints | Floats, dtype: str) -> "pd.Series":
    if dtype == "datetime64[s]":
        return pd.Series(values.astype("datetime64[D]").astype("datetime64[s]"))
    if not dtype:
        return pd.Series(values, dtype="str")
    missing = np.isnan(values.astype(np.float64))
    plain = pd.Series(np.where(missing, 0, values), dtype=dtype)
    return plain.mask(missing) if missing.any() else plain


def _measured(claims: Claims, found: Verdicts, rules: Rules) -> Numbers:
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


def _of_sides(claims: Claims, found: Verdicts) -> _Columns:
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
