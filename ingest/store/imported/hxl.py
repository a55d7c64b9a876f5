"""What the tags of a table in the Humanitarian Exchange Language mean: a row below the headings, `#tag+attribute`, in any order."""

from collections.abc import Sequence
from dataclasses import replace

from ingest.store.imported.headings import Headings, folded

# Tag, attributes it must have, and what its column tells; the first that fits.
_MEANINGS: tuple[tuple[str, frozenset[str], str], ...] = tuple(
    (tag, frozenset(attributes.split()), meaning)
    for tag, attributes, meaning in (
        ("#date", "start", "start"),
        ("#date", "end", "end"),
        ("#date", "year", ""),
        ("#date", "month", ""),
        ("#date", "", "day"),
        ("#country", "name", "country"),
        ("#adm1", "name", "admin1"),
        ("#adm1", "code", "admin1_code"),
        ("#adm2", "code", "admin2_code"),
        ("#loc", "code", "place_code"),
        ("#adm2", "name", "admin2"),
        ("#adm3", "name", "place"),
        ("#loc", "name", "place"),
        ("#geo", "lat", "lat"),
        ("#geo", "lon", "lon"),
        ("#org", "name", "source"),
        ("#meta", "source", "source"),
        ("#meta", "url", "url"),
        ("#indicator", "name", "measure"),
        ("#indicator", "min", "value_low"),
        ("#indicator", "max", "value_high"),
        ("#indicator", "num", "value_best"),
        ("#indicator", "value", "value_best"),
    )
)
# What a column of people counts, by its attribute, in words that measures are read by.
_COUNTED = {
    "killed": "killed",
    "injured": "injured",
    "displaced": "displaced",
    "idps": "idps",
    "refugees": "refugees",
    "returned": "returns",
}
_PARTS = frozenset({"f", "m", "children", "adults", "infants", "elderly"})  # of the people counted; such a column is not everybody


def tagged(headings: Headings, columns: Sequence[str], tags: Sequence[str]) -> tuple[Headings, ...]:
    """What the columns mean by their tags: once for each column that counts people, for each is a number of its own.

    What a mapping explains outranks the tags, and these outrank what headings usually mean.
    """
    read = [(folded(column), *_taken_apart(tag)) for column, tag in zip(columns, tags, strict=False)]
    meaning = {column: _meaning(tag, attributes) for column, tag, attributes in read if tag}
    counts = {
        column: _COUNTED[counted]
        for column, tag, attributes in read
        if tag == "#affected" and not attributes & _PARTS and (counted := next(iter(sorted(attributes & {*_COUNTED})), ""))
    }
    explained = headings.explained
    of = {**headings.meaning, **meaning, **explained}
    if not counts or "value_best" in {*meaning.values(), *explained.values()}:
        return (replace(headings, meaning=of),)
    return tuple(
        replace(headings, meaning={**of, column: "value_best", **explained}, fixed={"measure": words, **headings.fixed})
        for column, words in counts.items()
    )


def _taken_apart(tag: str) -> tuple[str, frozenset[str]]:
    name, *attributes = tag.strip().casefold().replace(" ", "").split("+")
    return name, frozenset(attributes)


def _meaning(tag: str, attributes: frozenset[str]) -> str:
    return next((meaning for name, needed, meaning in _MEANINGS if name == tag and needed <= attributes), "")
