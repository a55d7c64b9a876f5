"""What a name means, by rules that are written down; where none decides, every candidate and no guess.

On the words as written (`countryside of Aleppo`, `Talbiseh in Homs`, `إدلب وحلب`), in order:

1. The longest part of the words that the gazetteer or a region knows is the name; the rest may state a unit.
2. `hint`: candidates of the stated unit are preferred to the others, where there are any.
3. `scope`: candidates inside the given place are preferred; failing that, inside the divisions around it, up to the first
   level. A first-level division or its seat is not set aside for a namesake there, unless the words say "in" that place.
4. `level`: one name at several levels of one place (governorate, district and city of Homs) is one meaning. Without a
   stated unit it is the first-level division when that is among them, because reports mean either and the wider is true
   of both; otherwise the town, because lower divisions are called by their unit when they are meant.
5. `seat`: of several meanings, the one ranked at least two above every other is taken. The rank is `Importance`, and one
   more for a spelling that also agrees in its consonants and vowels. Anything closer is not unique.
6. The countryside of a place is the largest division that bears its name; of any other place, its smallest division.
7. A direction of a country (`southern Syria`) is an area of unknown coverage, unless a region has that name.
8. `list`: `Idlib and Aleppo` covers the divisions of its members; inside one first-level division it is the smallest
   place that holds them all. A member that is not unique is looked for near the others.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ingest.model.vocabulary import PlacePrecision
from ingest.places.folding import fold, fold_after_proclitics, fold_closely
from ingest.places.hierarchy import Hierarchy
from ingest.places.index import NameIndex
from ingest.places.phrase import COUNTRYSIDE, Reading, readings, split_both, split_within, with_name
from ingest.places.place import COMMUNITY_LEVEL, Importance, Kind, Place, Resolved

_MOST_WORDS = 24  # of a phrase that can name a place; longer ones are not read, so that reading stays cheap on any text
_CLEAR_LEAD = 2  # ranks by which one meaning must lead to be taken


@dataclass(frozen=True, slots=True)
class _Query:
    """The words, the place they must lie in or near, whether they say "in" it, and a unit stated elsewhere."""

    text: str
    scope: Place | None = None
    strictly: bool = False
    hint: PlacePrecision | None = None


@dataclass(frozen=True, slots=True)
class _Meaning:
    """One place under one name, at every level that bears the name; coarsest first."""

    levels: tuple[Place, ...]

    def at(self, hint: PlacePrecision | None) -> Place:
        stated = next((place for place in self.levels if place.precision is hint), None)
        if stated is not None or self.levels[0].level <= 1:
            return stated or self.levels[0]
        return next((place for place in self.levels if place.level == COMMUNITY_LEVEL), self.levels[0])

    def rank(self, name: str) -> int:
        close = fold_closely(name)
        exact = any(fold_closely(form) == close for place in self.levels for form in place.names)
        return max(place.importance for place in self.levels) + exact


@dataclass(frozen=True, slots=True)
class Resolver:
    """The rules over one gazetteer."""

    hierarchy: Hierarchy
    index: NameIndex

    def resolve(self, text: str, within: str | None = None, hint: PlacePrecision | None = None) -> Resolved:
        """What the words mean. `within` is a place's identity or name; `hint` a unit stated elsewhere."""
        if len(text.split()) > _MOST_WORDS:
            return Resolved(text, None)
        scope = (self.hierarchy.get(within) or self.resolve(within).place) if within else None
        query = _Query(text, scope, hint=hint)
        return self._one(query) or self._inside(query) or self._list(query) or Resolved(text, None)

    def _one(self, query: _Query) -> Resolved | None:
        for reading in readings(query.text):
            found = self._named(reading.name)
            if found:
                return self._decide(query, reading, found)
        return None

    def _named(self, name: str) -> tuple[Place, ...]:
        found = self.index.folded.get(fold(name), ())
        first, _, rest = name.partition(" ")
        for _, folded in fold_after_proclitics(first)[1:]:
            found = found or self.index.folded.get(f"{folded} {fold(rest)}".strip(), ())
        return found

    def _decide(self, query: _Query, reading: Reading, found: tuple[Place, ...]) -> Resolved:
        hint = next((PlacePrecision(unit) for unit in reading.units if unit != COUNTRYSIDE), query.hint)
        found, rule = self._narrowed(found, query, hint)
        meanings = self._meanings(found)
        if len(meanings) > 1:
            rule = "seat"
            ranks = [meaning.rank(reading.name) for meaning in meanings]
            if max(ranks) - sorted(ranks)[-2] < _CLEAR_LEAD:
                return Resolved(query.text, None, found, self._shared(found), rule="not_unique")
            meanings = (meanings[ranks.index(max(ranks))],)
        place = meanings[0].at(hint)
        if place.kind is Kind.REGION:
            rule = "region"
        elif rule == "unique" and len(found) > 1:
            rule = "level"
        resolved = Resolved(query.text, place, found, self.hierarchy.coverage(place), place.precision, rule)
        if COUNTRYSIDE in reading.units:
            return self._around(resolved)
        if reading.directed and place.kind is Kind.COUNTRY:
            return replace(resolved, coverage=(), precision=PlacePrecision.REGION_INFORMAL)
        return resolved

    def _narrowed(self, found: tuple[Place, ...], query: _Query, hint: PlacePrecision | None) -> tuple[tuple[Place, ...], str]:
        """The candidates left by the stated unit and the scope, and the rule that left the fewest."""
        rule = "unique"
        stated = tuple(place for place in found if place.precision is hint)
        if stated and len(stated) < len(found):
            found, rule = stated, "hint"
        inside = self._in_scope(found, query)
        if inside and len(inside) < len(found):
            found, rule = inside, "scope"
        return found, rule

    def _in_scope(self, found: Sequence[Place], query: _Query) -> tuple[Place, ...]:
        """Candidates in the scope or the nearest division around it, with the first-level ones that are not set aside."""
        scope = query.scope
        circles = [] if scope is None or scope.kind is Kind.COUNTRY else [scope, *self.hierarchy.ancestors(scope.id)]
        keep_first = not query.strictly
        for circle in circles[:1] if query.strictly else circles:
            inside = {place.id for place in found if self.hierarchy.contains(circle.id, place.id)}
            if inside and circle.kind is not Kind.COUNTRY:
                return tuple(place for place in found if place.id in inside or (keep_first and place.importance >= Importance.FIRST))
        return ()

    def _meanings(self, found: Iterable[Place]) -> tuple[_Meaning, ...]:
        groups: list[list[Place]] = []
        for place in sorted(found, key=lambda one: (one.level, one.kind is not Kind.COMMUNITY, -one.importance, one.id)):
            for group in groups:
                if self._same(group, place):
                    group.append(place)
                    break
            else:
                groups.append([place])
        return tuple(_Meaning(tuple(group)) for group in groups)

    def _same(self, group: Sequence[Place], place: Place) -> bool:
        """Whether a namesake is the group's place at a finer level: a division or seat in it, or a site in its community."""
        if not self.hierarchy.contains(group[-1].id, place.id):
            return False
        if group[-1].level < place.level:
            return place.level < COMMUNITY_LEVEL or place.importance >= Importance.THIRD
        return group[-1].kind is Kind.COMMUNITY

    def _shared(self, found: Iterable[Place]) -> tuple[str, ...]:
        """The coverage all candidates agree on; unknown when they do not."""
        coverages = {self.hierarchy.coverage(place) for place in found}
        return coverages.pop() if len(coverages) == 1 else ()

    def _around(self, resolved: Resolved) -> Resolved:
        """The countryside of a resolved place; that of a country, region or area is itself."""
        place = resolved.place
        if place is None or place.kind in (Kind.COUNTRY, Kind.REGION, Kind.AREA):
            return resolved
        names = {fold(name) for name in place.names}
        divisions = [one for one in (place, *self.hierarchy.ancestors(place.id)) if 0 < one.level < COMMUNITY_LEVEL]
        namesakes = [one for one in divisions if names & {fold(name) for name in one.names}]
        division = namesakes[-1] if namesakes else divisions[0]
        return replace(resolved, place=division, coverage=self.hierarchy.coverage(division), precision=division.precision)

    def _inside(self, query: _Query) -> Resolved | None:
        for inner_text, outer_text in split_within(query.text):
            outer = self._one(replace(query, text=outer_text, hint=None))
            if outer is None or outer.place is None:
                continue
            inner_query = _Query(inner_text, outer.place, strictly=True, hint=query.hint)
            inner = self._one(inner_query) or self._list(inner_query)
            if inner is not None and all(self.hierarchy.contains(outer.place.id, place.id) for place in inner.candidates):
                return replace(inner, text=query.text)
        return None

    def _list(self, query: _Query) -> Resolved | None:
        members: list[Resolved] = []
        for part in split_both(query.text):
            member = self._one(replace(query, text=part))
            beside = with_name(part, members[-1].text) if member is None and members else ""
            member = member or (self._one(replace(query, text=beside)) if beside else None)
            if member is not None:
                members.append(member)
        if len(members) < 2:
            return None
        members = [self._near(member, members) for member in members]
        places = tuple({place.id: place for member in members for place in (member.place,) if place is not None}.values())
        coverage = tuple(sorted({division for member in members for division in member.coverage}))
        settled = all(member.place is not None for member in members) and len(coverage) == 1
        whole = self.hierarchy.common_ancestor(places) if settled else None
        precision = whole.precision if whole is not None else PlacePrecision.REGION_INFORMAL
        return Resolved(query.text, whole, places, coverage, precision, "list")

    def _near(self, member: Resolved, others: Iterable[Resolved]) -> Resolved:
        """A list member that is not unique, looked for near the members that are."""
        for other in others:
            if member.place is None and other.place is not None:
                member = self._one(_Query(member.text, other.place)) or member
        return member
