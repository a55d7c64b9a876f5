"""Names that together say one place: a village in a district, a list of towns."""

from dataclasses import replace
from typing import Final

from ingest.extract.placing.leads import Lead
from ingest.extract.placing.mentions import AREA, Mention
from ingest.extract.words import bit
from ingest.extract.words.bit import bits
from ingest.extract.words.lexicon import Word
from ingest.extract.words.sentences import Text
from ingest.extract.words.tokens import MARK, NUMBER
from ingest.model.vocabulary import PlacePrecision, PlaceRole
from ingest.places.gazetteer import Gazetteer
from ingest.places.place import Resolved

_LINK: Final = bits("lead of definite comma place_type place_link site quote")
_APART: Final = 7  # words between a place and the larger one it lies in
_UNITS: Final = frozenset(["km", "kilometres", "kilometers", "miles", "كم", "كيلومتر", "كيلومترا"])
_LONGEST: Final = 24  # words of a place in all, as many as the gazetteer reads
_LISTED: Final = 6  # words between two members of a list of places


def chained(mentions: list[Mention], text: Text, gazetteer: Gazetteer) -> list[Mention]:
    """Mentions with the larger places right behind them folded in, then lists of places as one area."""
    chains: list[list[Mention]] = []
    for mention in mentions:
        if chains and _lies_in(chains[-1][-1], mention, text):
            chains[-1].append(mention)
        else:
            chains.append([mention])
    return _joined([_whole(chain, gazetteer) for chain in chains], text, gazetteer)


def _lies_in(inner: Mention, outer: Mention, text: Text) -> bool:
    """`Stonebridge village in the Millford area, north of Northmark`, and also `Exland's northern town of Stonebridge`."""
    between = text.words[inner.last : outer.first]
    if (
        len(between) > _APART
        or outer.last - inner.first > _LONGEST
        or inner.lead is Lead.ELSEWHERE is not outer.lead
        or outer.role not in (PlaceRole.LOCATION, inner.role)
    ):
        return False
    if not between:
        return text.words[inner.last - 1].norm.endswith("'s") or outer.fineness < inner.fineness
    distance = any(word.norm in _UNITS for word in between)
    if not all(_links(word) or (distance and word.kind == NUMBER) for word in between):
        return False
    commas = all(word.flags & bit.COMMA for word in between)
    return outer.fineness < inner.fineness if commas else not any(word.flags & bit.AND for word in between)


def _links(word: Word) -> bool:
    return bool(word.flags & _LINK) or word.norm in _UNITS or (word.kind == MARK and word.text in "()")


def _whole(chain: list[Mention], gazetteer: Gazetteer) -> Mention:
    """The finest place of a chain, written as the chain is; a name of several places is looked for in those around it."""
    first, last = chain[0], chain[-1]
    if first is last:
        return first
    head = max(chain, key=lambda mention: mention.fineness)
    outer = next((m for m in chain if m is not head and m.fineness < head.fineness and m.resolved is not None and m.resolved.place), None)
    resolved = _within(head.resolved, outer, gazetteer) if outer is not None else head.resolved
    lead = first.lead if first.lead is Lead.ELSEWHERE else max(mention.lead for mention in chain)
    return replace(first, last=last.last, resolved=resolved, fineness=head.fineness, lead=lead)


def _within(inner: Resolved | None, outer: Mention, gazetteer: Gazetteer) -> Resolved | None:
    """Which of several namesakes lies in the larger place named with it; none of them when none does."""
    around = outer.resolved.place if outer.resolved is not None else None
    if inner is None or len(inner.candidates) < 2 or around is None:
        return inner
    near = gazetteer.resolve(inner.text, within=around.id)
    if near.place is not None or any(gazetteer.contains(around.id, candidate.id) for candidate in near.candidates):
        return near
    return None


def _joined(mentions: list[Mention], text: Text, gazetteer: Gazetteer) -> list[Mention]:
    """`Aleppo and Idlib provinces`, `Idlib city, its countryside and the Aleppo countryside`: one area, written as a list."""
    joined: list[Mention] = []
    for mention in mentions:
        last = joined[-1] if joined else None
        listed = _listed(last, mention, text, gazetteer) if last is not None and _is_list(last, mention, text) else None
        if listed is not None:
            joined[-1] = listed
        else:
            joined.append(mention)
    return joined


def _listed(first: Mention, second: Mention, text: Text, gazetteer: Gazetteer) -> Mention | None:
    """Two members of a list as one mention; one that is known and one that is not stay two."""
    whole = replace(first, last=second.last, lead=max(first.lead, second.lead), fineness=min(first.fineness, second.fineness, AREA))
    if first.resolved is None or second.resolved is None:
        return whole if first.resolved is second.resolved else None
    resolved = gazetteer.resolve(text.text[text.starts[first.first] : text.ends[second.last - 1]])
    if resolved.coverage or resolved.place is not None:
        return replace(whole, resolved=resolved)
    if not (first.resolved.coverage and second.resolved.coverage):
        return None
    members = tuple({p.id: p for m in (first.resolved, second.resolved) for p in ((m.place,) if m.place else m.candidates)}.values())
    coverage = tuple(sorted({*first.resolved.coverage, *second.resolved.coverage}))
    return replace(whole, resolved=Resolved(resolved.text, None, members, coverage, PlacePrecision.REGION_INFORMAL, "list"))


def _is_list(before: Mention, after: Mention, text: Text) -> bool:
    between = text.words[before.last : after.first]
    glued = text.words[after.first].text.startswith("و")
    return (
        len(between) <= _LISTED
        and after.last - before.first <= _LONGEST
        and before.lead is not Lead.ELSEWHERE
        and after.role is before.role
        and (glued or any(word.flags & (bit.AND | bit.COMMA) for word in between))
        and all(word.flags & (bit.AND | _LINK) for word in between)
    )


def listed(mentions: list[Mention], text: Text, gazetteer: Gazetteer) -> list[list[Mention]]:
    """The places of a sentence by the lists they stand in, each place of a joined list for itself: `A, B and C`."""
    runs: list[list[Mention]] = []
    for mention in mentions:
        members = _members(mention, text, gazetteer)
        if runs and _is_list(runs[-1][-1], members[0], text):
            runs[-1] += members
        else:
            runs.append(members)
    return runs


def _members(mention: Mention, text: Text, gazetteer: Gazetteer) -> list[Mention]:
    marks = [at for at in range(mention.first, mention.last) if text.words[at].flags & (bit.AND | bit.COMMA)]
    ends = zip([mention.first, *(at + 1 for at in marks)], [*marks, mention.last], strict=True)
    pieces = [(first, last, gazetteer.resolve(text.text[text.starts[first] : text.ends[last - 1]])) for first, last in ends if first < last]
    if len(pieces) < 2 or not (mention.resolved is None or all(resolved.place or resolved.candidates for _f, _l, resolved in pieces)):
        return [mention]
    return [
        replace(mention, first=first, last=last, resolved=resolved if resolved.place or resolved.candidates else None)
        for first, last, resolved in pieces
    ]
