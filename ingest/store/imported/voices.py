"""Who claims it: one organisation under the names of the things it publishes, verified counts apart from first reports."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ingest.model.claims import NAMELESS, UNATTRIBUTED
from ingest.model.crisis import Crisis, named, names_of
from ingest.model.vocabulary import CountingBasis, SourceKind, Verification
from ingest.store.imported.words import lexicon, words_of

_LONGEST_PRODUCT = 12  # words of what an organisation calls its product; trying more would take time by the square of the name


@dataclass(frozen=True, slots=True)
class Named:
    """A source as the table names it, its type, and the collection it stands in."""

    name: str
    type: str
    collection: str = ""

    @property
    def verified(self) -> bool:
        """Whether its name or type says that its counts were checked."""
        return any(lexicon().lists["verified"].first(text) for text in (self.name, self.type))


def voices(sources: Iterable[Named], crisis: Crisis) -> dict[Named, dict[str, Any]]:
    """The columns about the voice of every source of a table.

    What an organisation publishes is its own voice: "Exland Relief flash update" is Exland Relief, where the crisis knows it or
    another source of the table is Exland Relief too. Two products of one organisation that are checked alike keep their names, as
    nothing tells which of the two counts on from the other, and have one vote.
    """
    # a source that a table names is not one of the voices that texts leave without a name
    known = {name: identity for name, identity in names_of(crisis.organisations).items() if identity not in NAMELESS}
    sources = set(sources)
    owner = {one: _owner(one, known) for one in sources}
    products: dict[tuple[str, str], set[Named]] = defaultdict(set)
    for one in sources:
        products[one.collection, owner[one]].add(one)
    found = {}
    for one in sources:
        beside = products[one.collection, owner[one]]
        is_owner = owner[one] in crisis.organisations or len({other.name for other in beside}) > 1
        alike = {other.name for other in beside if other.verified == one.verified}
        source = owner[one] if is_owner and len(alike) == 1 else named(known, one.name)
        found[one] = _columns(one, source, owner[one] if is_owner else source, known=source in crisis.organisations)
    return found


def _columns(one: Named, source: str, owner: str, *, known: bool) -> dict[str, Any]:
    if lexicon().lists["nameless"].read(words_of(one.name)) == (["forms"], ()):
        source = UNATTRIBUTED
    basis = lexicon().lists["basis"].first(f"{one.type} ; {one.name}")
    kind = lexicon().lists["source_kind"].first(one.type)
    found: dict[str, Any] = {"claimed_source": source, "claimed_source_text": one.name}
    if owner != source != UNATTRIBUTED:
        found["independence_group"] = owner
    if one.verified:
        found["verification"] = Verification.VERIFIED_BY_CLAIMED_SOURCE
    if basis and not one.verified:
        found["counting_basis"] = CountingBasis(basis)
    if kind and not known:
        found["claimed_source_kind"] = SourceKind(kind)
    return found


def _owner(one: Named, known: Mapping[str, str]) -> str:
    """The organisation behind a source: its name without what it calls its product."""
    words, product = one.name.split(), lexicon().lists["product"]
    for at in range(max(1, len(words) - _LONGEST_PRODUCT), len(words)):
        if not product.read(words_of(" ".join(words[at:])))[1]:
            return named(known, " ".join(words[:at]))
    return named(known, one.name)
