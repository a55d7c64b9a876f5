"""Names to places: every surface form of every place under its folded form, and what a text spotter may look for."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from ingest.places.folding import fold, fold_after_proclitics, plain
from ingest.places.phrase import words
from ingest.places.place import DIVISIONS, Importance, Kind, Place

_SHORTEST_REST = 3  # letters after a first element, below which a word is not cut in two


@dataclass(frozen=True)
class NameIndex:
    """`folded` holds every name; `spotted` leaves out what texts use as ordinary words. Both map to all homonyms.

    Homonyms stand most important first, then coarsest, then by identity. `region_starts` holds the first words of
    regions, which are ordinary words (`coastal region`), `starts` those of all names as folded. `max_words` is the most
    tokens any name has when it is cut at white space and hyphens, articles counted.
    """

    folded: Mapping[str, tuple[Place, ...]]
    spotted: Mapping[str, tuple[Place, ...]]
    surfaces: Mapping[str, tuple[Place, ...]]
    ordinary: frozenset[str]
    max_words: int
    region_starts: frozenset[str]
    starts: frozenset[str]

    def is_ordinary(self, surface: str) -> bool:
        """Whether words as written are on the list of ordinary words that only look like a place."""
        return plain(surface) in self.ordinary

    def openings(self, token: str) -> tuple[tuple[int, str], ...]:
        """The foldings of a token, as `fold_after_proclitics` gives them, with whose first word a name can begin."""
        return tuple((left, folded) for left, folded in fold_after_proclitics(token) if folded.partition(" ")[0] in self.starts)


def build_index(places: Iterable[Place], not_places: Iterable[str]) -> NameIndex:
    """Index places under their names. `not_places` are words that are no places in running text."""
    folded: dict[str, dict[str, Place]] = {}
    surfaces: dict[str, dict[str, Place]] = {}
    longest = 1
    elements = {fold(element) for element in words().elements}
    places = tuple(places)
    for place in places:
        for name in _names(place):
            key = fold(name)
            if not any(character.isalpha() for character in key):
                continue
            surfaces.setdefault(name, {})[place.id] = place
            longest = max(longest, len(name.replace("-", " ").split()))
            for form in chain((key,), _joined_or_parted(key, elements)):
                folded.setdefault(form, {})[place.id] = place
    ordinary = frozenset(plain(word) for word in not_places)
    hidden = {fold(word) for word in ordinary}
    everything = {key: _ordered(found) for key, found in folded.items()}
    return NameIndex(
        folded=everything,
        spotted={key: found for key, found in everything.items() if key not in hidden or _reported(found)},
        surfaces={name: _ordered(found) for name, found in surfaces.items() if plain(name) not in ordinary},
        ordinary=ordinary,
        max_words=longest,
        starts=frozenset(key.partition(" ")[0] for key in everything),
        region_starts=frozenset(
            plain(name.split()[0]) for place in places if place.kind is Kind.REGION for name in place.names if " " in name
        ),
    )


def _names(place: Place) -> Iterator[str]:
    lexicon = words()
    for name in place.names:
        yield name
        if place.kind in DIVISIONS and lexicon.without_centre(name) != name:
            yield lexicon.without_centre(name)


def _joined_or_parted(key: str, elements: set[str]) -> Iterator[str]:
    """A name whose first element may be written apart or in one with the next word, the other way round."""
    first, _, rest = key.partition(" ")
    if first in elements and rest:
        yield first + rest
    else:
        for cut in range(2, len(first) - _SHORTEST_REST + 1):
            if first[:cut] in elements:
                yield f"{key[:cut]} {key[cut:]}"


def _ordered(found: Mapping[str, Place]) -> tuple[Place, ...]:
    if len(found) == 1:
        return tuple(found.values())
    return tuple(sorted(found.values(), key=lambda place: (-place.importance, place.level, place.id)))


def _reported(found: tuple[Place, ...]) -> bool:
    return found[0].importance >= Importance.REPORTED
