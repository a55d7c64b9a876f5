"""Names of victims do not enter published tables: in sentences and titles each letter of one is published as `MARK`.

The mark has the length of what it covers, so that every offset into the text still holds and the number stays where it is said to be.
The ledger keeps the sentence as it was read; a crisis file may switch this off (`withhold_names = false`).
"""

from collections.abc import Callable, Iterable, Mapping

from ingest.compare.edition import edition
from ingest.model.crisis import Crisis, names_of
from ingest.model.ids import digest
from ingest.model.withheld import MARK
from ingest.places import Gazetteer
from ingest.publish.withheld import arabic, cues, english, records

Span = tuple[int, int]
Kept = Callable[[str], bool]

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "figures": ("quote", "group_label"),
    "documents": ("title", "citation"),
}
"""The published columns in which words of a report may name somebody."""
# One capital beside another, or a Hebrew or Arabic letter, or a cell with a heading: where none is, nobody is named.
MAY_NAME = r"\p{Lu}[\p{L}'’-]+ (?:\p{L}{2,4}[- ])?\p{Lu}|(?:\p{Ll}|[,.]) \p{Lu}|[\x{05d0}-\x{06ff}]|(?i:name|nom|nav|ad[ıi]|имя)"


def withheld(text: str, kept: Kept) -> str:
    """The text with every name of a victim covered; as long as it was."""
    found = [*english.spans(text, kept), *arabic.spans(text), *cues.spans(text, kept), *records.spans(text, kept)]
    for start, end in found:
        text = text[:start] + MARK * (end - start) + text[end:]
    return text


def covered(texts: Iterable[str], kept: Kept) -> dict[str, str]:
    """Those of the texts that name a victim, each with what is published in its place."""
    return {text: other for text in texts if (other := withheld(text, kept)) != text}


def words(crisis: Crisis, gazetteer: Gazetteer) -> str:
    """A digest of what is covered by: the rules, whether names are at all, and the names that are published however they look."""
    return digest(edition(__name__), crisis.withhold_names, *sorted(names_of(crisis.organisations)), *sorted(gazetteer.index.folded))


def known(crisis: Crisis, gazetteer: Gazetteer) -> Kept:
    """Whether words are a place or an organisation of the crisis, which are named however they look."""
    called = names_of(crisis.organisations)

    def is_known(words: str) -> bool:
        return words.casefold() in called or bool(gazetteer.named(words))

    return is_known
