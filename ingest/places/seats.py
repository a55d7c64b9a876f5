"""How well known places are, where a release does not say: divisions by level, communities by what they are the seat of."""

from collections.abc import Iterable
from dataclasses import replace

from ingest.places.folding import fold
from ingest.places.phrase import words
from ingest.places.place import Importance, Kind
from ingest.places.tidy import PlaceRow

_DIVISIONS = {Kind.COUNTRY: Importance.COUNTRY, Kind.ADM1: Importance.FIRST, Kind.ADM2: Importance.SECOND, Kind.ADM3: Importance.THIRD}


def with_importance(rows: Iterable[PlaceRow]) -> tuple[PlaceRow, ...]:
    """Rows with their importance: never lowered, raised where the hierarchy shows more (see `Importance`).

    A community that alone bears the name of a division it lies in is taken for its seat.
    """
    every = tuple(rows)
    by_id = {row.place_id: row for row in every}
    seats: dict[str, list[str]] = {}
    for row in every:
        if row.kind is Kind.COMMUNITY:
            for division in _namesakes(row, by_id):
                seats.setdefault(division, []).append(row.place_id)
    known = {row.place_id: max(row.importance, _DIVISIONS.get(row.kind, row.importance)) for row in every}
    for division, communities in seats.items():
        if len(communities) == 1:
            known[communities[0]] = max(known[communities[0]], _DIVISIONS[by_id[division].kind])
    return tuple(replace(row, importance=known[row.place_id]) for row in every)


def _namesakes(row: PlaceRow, by_id: dict[str, PlaceRow]) -> Iterable[str]:
    """The divisions around a community that bear its name."""
    parent = by_id.get(row.parent_id)
    for _ in range(3):
        if parent is None or parent.kind not in (Kind.ADM1, Kind.ADM2, Kind.ADM3):
            return
        if _key(row.name_en) == _key(parent.name_en) or _key(row.name_ar) == _key(parent.name_ar):
            yield parent.place_id
        parent = by_id.get(parent.parent_id)


def _key(name: str) -> str:
    return fold(words().without_centre(name)) or name
