"""Which place lies in which: ancestors, containment, coverage, distance."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

from ingest.places.place import Place

EARTH_RADIUS_KM = 6371.0088  # mean radius, IUGG


@dataclass(frozen=True)
class Hierarchy:
    """Places by identity. Every parent named by a place is itself a place, or empty."""

    places: Mapping[str, Place]

    def get(self, place_id: str) -> Place | None:
        """The place with this identity."""
        return self.places.get(place_id)

    def ancestors(self, place_id: str) -> tuple[Place, ...]:
        """The places it lies in, nearest first; none for a country or an unknown identity."""
        found: list[Place] = []
        place = self.places.get(place_id)
        while place is not None and place.parent and len(found) < len(self.places):
            place = self.places.get(place.parent)
            if place is not None:
                found.append(place)
        return tuple(found)

    def contains(self, outer_id: str, inner_id: str) -> bool:
        """Whether the inner place is the outer one or lies in it. A region contains what lies in the divisions it covers."""
        outer, inner = self.places.get(outer_id), self.places.get(inner_id)
        if outer is None or inner is None:
            return False
        if outer_id == inner_id:
            return True
        if outer.covers:
            return set(self.coverage(inner)) <= set(outer.covers) and bool(self.coverage(inner))
        if inner.covers:
            return all(self.contains(outer_id, division) for division in inner.covers)
        return any(ancestor.id == outer_id for ancestor in self.ancestors(inner_id))

    def coverage(self, place: Place) -> tuple[str, ...]:
        """The first-level divisions a place lies in, or covers when it is a region or a country; sorted identities."""
        if place.covers:
            return tuple(sorted(place.covers))
        if place.adm1:
            return (place.adm1,)
        return tuple(sorted(other.id for other in self.places.values() if other.level == 1 and other.parent == place.id))

    def common_ancestor(self, places: Iterable[Place]) -> Place | None:
        """The smallest division that contains all of them."""
        lines = [(place, *self.ancestors(place.id)) for place in places]
        shared = set.intersection(*({one.id for one in line} for line in lines)) if lines else set()
        return next((one for one in lines[0] if one.id in shared), None) if lines else None

    def distance_km(self, one_id: str, other_id: str) -> float | None:
        """Great-circle kilometres between two places' coordinates; unknown when either has none."""
        one, other = self.places.get(one_id), self.places.get(other_id)
        if one is None or other is None or one.lat is None or one.lon is None or other.lat is None or other.lon is None:
            return None
        half_lat, half_lon = radians(other.lat - one.lat) / 2, radians(other.lon - one.lon) / 2
        chord = sin(half_lat) ** 2 + cos(radians(one.lat)) * cos(radians(other.lat)) * sin(half_lon) ** 2
        return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(chord)))
