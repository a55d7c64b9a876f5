"""Names of victims do not enter published tables: in sentences and titles each letter of one is published as `MARK`.

The mark has the length of what it covers, so that every offset into the text still holds and the number stays where it is said to be.
The ledger keeps the sentence as it was read; a crisis file may switch this off (`withhold_names = false`).
"""

from collections.abc import Callable, Mapping

import pandas as pd

from ingest.model.crisis import Crisis, names_of
from ingest.model.withheld import MARK
from ingest.places import Gazetteer
from ingest.publish.withheld import arabic, english, records

Span = tuple[int, int]
Kept = Callable[[str], bool]

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "figures": ("quote", "group_label"),
    "documents": ("title", "citation"),
}
"""The published columns in which words of a report may name somebody."""
# One capital beside another, or an Arabic letter, or a cell with a heading: where none is, nobody is named.
_MAY_NAME = "[A-Z][a-z'’-]+ (?:[a-z]{2,4}[- ])?[A-Z]|(?:[a-z]|,) [A-Z]|[\u0621-\u064a]|[Nn]ame|NAME"


def withheld(text: str, kept: Kept) -> str:
    """The text with every name of a victim covered; as long as it was."""
    found = [*english.spans(text, kept), *arabic.spans(text), *records.spans(text)]
    for start, end in found:
        text = text[:start] + MARK * (end - start) + text[end:]
    return text


def withhold(frames: Mapping[str, pd.DataFrame], crisis: Crisis, gazetteer: Gazetteer) -> dict[str, pd.DataFrame]:
    """The published tables without the names of victims."""
    if not crisis.withhold_names:
        return dict(frames)
    kept = known(crisis, gazetteer)
    return {name: _covered(table, COLUMNS.get(name, ()), kept) for name, table in frames.items()}


def known(crisis: Crisis, gazetteer: Gazetteer) -> Kept:
    """Whether words are a place or an organisation of the crisis, which are named however they look."""
    called = names_of(crisis.organisations)

    def is_known(words: str) -> bool:
        return words.casefold() in called or bool(gazetteer.named(words))

    return is_known


def _covered(table: pd.DataFrame, columns: tuple[str, ...], kept: Kept) -> pd.DataFrame:
    """Each different text that may name somebody is looked at once."""
    changed: dict[str, pd.Series] = {}
    for column in columns:
        texts = pd.Series(table[column].unique(), dtype="str")
        asked = texts[texts.str.contains(_MAY_NAME)]
        told = {text: other for text in asked if (other := withheld(text, kept)) != text}
        if told:
            changed[column] = table[column].map(lambda text, told=told: told.get(text, text)).astype("str")
    return table.assign(**changed) if changed else table
