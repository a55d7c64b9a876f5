"""The gazetteer: places, their names, and what a name in a text means."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import TypeVar

from ingest.errors import UnreadableDocument
from ingest.model.crisis import Region
from ingest.model.vocabulary import PlacePrecision
from ingest.places.folding import fold
from ingest.places.hierarchy import Hierarchy
from ingest.places.index import NameIndex, build_index
from ingest.places.place import PRECISIONS, Importance, Kind, Place, Resolved
from ingest.places.resolve import Resolver
from ingest.places.tidy import AliasRow, PlaceRow, aliases_path, read_aliases, read_places, read_words
from ingest.settings import shipped_data

NOT_PLACES = "not-places.txt"
# Bounded, so that neither a million reports nor a hostile one fill the memory.
_REMEMBERED = 50_000
_REMEMBERED_LENGTH = 80  # characters
_Found = TypeVar("_Found")


@dataclass(frozen=True)
class Gazetteer:
    """Places of one crisis, loaded once and never changed.

    For a text spotter: fold each token with `fold_token`, join the non-empty ones of up to `max_words` tokens with one
    space, look the result up in `by_folded`, prefer the longest run, and drop it when `is_ordinary` says so of the words
    as written. A run should begin and end with a token that does not fold to nothing. `names` gives the same as surface
    forms. Then `resolve` the words as written, with the unit words around them (`phrase.words().strippable` tells which).
    """

    hierarchy: Hierarchy
    index: NameIndex
    _resolved: "_Remembered[Resolved]" = field(init=False, repr=False, compare=False)
    _openings: "_Remembered[tuple[tuple[int, str], ...]]" = field(init=False, repr=False, compare=False)
    _ordinary: "_Remembered[bool]" = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for name, find in (
            ("_resolved", Resolver(self.hierarchy, self.index).resolve),
            ("_openings", self.index.openings),
            ("_ordinary", self.index.is_ordinary),
        ):
            object.__setattr__(self, name, _Remembered(find))

    @classmethod
    def load(cls, paths: Iterable[Path], regions: Sequence[Region] = ()) -> "Gazetteer":
        """Read gazetteer files, each with its `-aliases` file where it exists, and the word list `not-places.txt`.

        The word list is that of the files' folder, otherwise the shipped one.

        Raises `UnreadableDocument` naming file and line for a file that cannot be read, a parent or an alias without its
        place, an identity that occurs twice, or a place inside itself.
        """
        rows: dict[str, PlaceRow] = {}
        aliases: list[AliasRow] = []
        lists: dict[Path, None] = {}
        for path in paths:
            for row in read_places(path):
                if row.place_id in rows:
                    raise UnreadableDocument(f"{path.name} has {row.place_id} a second time; keep one row for each place.")
                rows[row.place_id] = row
            if aliases_path(path).is_file():
                aliases.extend(read_aliases(aliases_path(path)))
            beside = path.with_name(NOT_PLACES)
            lists[beside if beside.is_file() else shipped_data() / "gazetteer" / NOT_PLACES] = None
        ordinary = chain.from_iterable(read_words(one) for one in lists)
        places = {**_places(rows, aliases), **{region.id: _region(region, rows) for region in regions}}
        return cls(Hierarchy(places), build_index(places.values(), ordinary))

    @property
    def by_folded(self) -> Mapping[str, tuple[Place, ...]]:
        """What a text spotter may look for: folded name to all its homonyms, most important first."""
        return self.index.spotted

    @property
    def region_starts(self) -> frozenset[str]:
        """First words of the names of regions, as `plain` writes them: ordinary words such as in `coastal region`."""
        return self.index.region_starts

    @property
    def max_words(self) -> int:
        """The most tokens a name has, cut at white space and hyphens."""
        return self.index.max_words

    def __iter__(self) -> Iterator[Place]:
        """All places, regions last."""
        return iter(self.hierarchy.places.values())

    def __len__(self) -> int:
        return len(self.hierarchy.places)

    def get(self, place_id: str) -> Place | None:
        """The place with this identity."""
        return self.hierarchy.get(place_id)

    def named(self, name: str) -> tuple[Place, ...]:
        """All places of this name in any known spelling, most important first, then coarsest, then by identity."""
        return self.index.folded.get(fold(name), ())

    def names(self) -> Iterator[tuple[str, tuple[Place, ...]]]:
        """Every surface form, English and Arabic, with its homonyms; ordinary words left out."""
        return iter(self.index.surfaces.items())

    def is_ordinary(self, surface: str) -> bool:
        """Whether words as written are ordinary words that only look like a place."""
        return self._ordinary[surface] if len(surface) <= _REMEMBERED_LENGTH else self.index.is_ordinary(surface)

    def openings(self, token: str) -> tuple[tuple[int, str], ...]:
        """The foldings of a token, as `fold_after_proclitics` gives them, with which the name of a place can begin."""
        return self._openings[token] if len(token) <= _REMEMBERED_LENGTH else self.index.openings(token)

    def resolve(self, name: str, within: str | None = None, hint: PlacePrecision | None = None) -> Resolved:
        """What words mean, with their units (`city of`, `ريف`), lists and larger place; the rules are in `resolve`.

        `within` is the identity or name of a place it must lie in or near; `hint` a unit stated elsewhere.
        """
        if within is not None or hint is not None or len(name) > _REMEMBERED_LENGTH:
            return Resolver(self.hierarchy, self.index).resolve(name, within, hint)
        return self._resolved[name]

    def ancestors(self, place_id: str) -> tuple[Place, ...]:
        """The places it lies in, nearest first."""
        return self.hierarchy.ancestors(place_id)

    def contains(self, outer_id: str, inner_id: str) -> bool:
        """Whether the inner place is the outer one or lies in it; regions contain what their divisions contain."""
        return self.hierarchy.contains(outer_id, inner_id)

    def coverage(self, place_id: str) -> tuple[str, ...]:
        """The first-level divisions a place lies in or covers; none for an unknown identity."""
        place = self.hierarchy.get(place_id)
        return self.hierarchy.coverage(place) if place is not None else ()

    def distance_km(self, one_id: str, other_id: str) -> float | None:
        """Great-circle kilometres between two places; unknown when either has no coordinates."""
        return self.hierarchy.distance_km(one_id, other_id)


class _Remembered(dict[str, _Found]):
    """What was found for each of the last words asked for."""

    def __init__(self, find: Callable[[str], _Found]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, words: str) -> _Found:
        if len(self) >= _REMEMBERED:
            self.clear()
        found = self[words] = self._find(words)
        return found


def _places(rows: Mapping[str, PlaceRow], aliases: Iterable[AliasRow]) -> dict[str, Place]:
    names: dict[str, list[str]] = {row.place_id: [name for name in (row.name_en, row.name_ar) if name] for row in rows.values()}
    french: dict[str, str] = {}
    for alias in aliases:
        if alias.place_id not in names:
            raise UnreadableDocument(f"The spelling {alias.alias!r} belongs to {alias.place_id}, which is in no gazetteer file.")
        names[alias.place_id].append(alias.alias)
        if alias.lang == "fr":
            french.setdefault(alias.place_id, alias.alias)
    return {
        row.place_id: Place(
            id=row.place_id,
            name_en=row.name_en,
            name_ar=row.name_ar,
            level=row.adm_level,
            parent=row.parent_id,
            adm1=_first_level(row, rows),
            lat=row.lat,
            lon=row.lon,
            precision=PRECISIONS[row.kind],
            names=tuple(dict.fromkeys(names[row.place_id])),
            importance=row.importance,
            kind=row.kind,
            name_fr=french.get(row.place_id, ""),
        )
        for row in rows.values()
    }


def _first_level(row: PlaceRow, rows: Mapping[str, PlaceRow]) -> str:
    seen = {row.place_id}
    while row.adm_level > 1:
        if row.parent_id not in rows or row.parent_id in seen:
            raise UnreadableDocument(
                f"The gazetteer says {row.place_id} lies in {row.parent_id!r}, which does not hold it; correct its parent."
            )
        row = rows[row.parent_id]
        seen.add(row.place_id)
    return row.place_id if row.adm_level == 1 else ""


def _region(region: Region, rows: Mapping[str, PlaceRow]) -> Place:
    countries = {rows[division].parent_id for division in region.covers if division in rows}
    names = dict.fromkeys([*region.label.values(), *(name for forms in region.names.values() for name in forms)])
    return Place(
        id=region.id,
        name_en=region.label.get("en", region.id),
        name_ar=region.label.get("ar", ""),
        level=0,
        parent=countries.pop() if len(countries) == 1 else "",
        adm1="",
        lat=None,
        lon=None,
        precision=PRECISIONS[Kind.REGION],
        names=tuple(names),
        importance=Importance.COUNTRY,
        kind=Kind.REGION,
        covers=region.covers,
        name_fr=region.label.get("fr", ""),
    )
