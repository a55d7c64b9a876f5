"""A reading that a person makes anew: a row of its own, verified as every other, that takes the place of the one it corrects.

The old row stays, and stands on every day before. What may be changed is what a reading decides; quote and span are the report's.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import Any, get_args, get_type_hints

from ingest.errors import ReviewRefused
from ingest.model.claims import claim
from ingest.model.failures import say
from ingest.model.ids import figure_id
from ingest.model.records import Document, Figure
from ingest.model.refusals import Refusal
from ingest.model.vocabulary import PlacePrecision, Qualifier, Review, ValueStatus
from ingest.pipeline.verify import verified
from ingest.places import Gazetteer

CHANGEABLE = (
    "metric", "kind", "unit", "qualifier", "value_low", "value_best", "value_high", "group_status", "group_sex", "group_age", "group_side",
    "claimed_source", "event_start", "event_end", "window_start", "window_end", "as_of", "place_id",
)  # fmt: skip
"""The columns a person may read otherwise."""
READ_BY = "person/1"  # the version of the rules of a row that a person read
_AREAS = frozenset({PlacePrecision.GOVERNORATE, PlacePrecision.REGION_INFORMAL, PlacePrecision.COUNTRY})
_HINTS = {name: hint for name, hint in get_type_hints(Figure).items() if name in CHANGEABLE}


def corrected(old: Figure, document: Document, changes: Mapping[str, str], gazetteer: Gazetteer) -> Figure:
    """The figure as a person reads it. Raises `ReviewRefused` for what is not understood, or not borne out by the report."""
    told = {name: _value(name, text) for name, text in changes.items()}
    if not told:
        raise ReviewRefused(say(Refusal.NOTHING_READ, choices=", ".join(CHANGEABLE)))
    if told.get("value_best") is not None and not told.keys() & {"value_low", "value_high", "qualifier"}:
        told |= _exactly(told["value_best"])
    if "place_id" in told:
        told |= _placed(told["place_id"], gazetteer)
    if "as_of" in told:
        told["as_of_inferred"] = False
    by_a_person: dict[str, Any] = {
        "review": Review.CORRECTED,
        "confidence": 1.0,
        "doubts": (),
        "extractor_version": READ_BY,
        "first_seen_at": None,
    }
    new = replace(old, **told, **by_a_person, supersedes=old.figure_id)
    identity = figure_id(old.document_id, (old.span_start, old.span_end), old.figure_id, *sorted(map("=".join, changes.items())))
    new = replace(new, figure_id=identity, claim_id=claim(new))
    if refused := verified(new, document):
        raise ReviewRefused(f"{say(Refusal.NOT_BORNE_OUT)} {refused.reason}")
    return new


def _exactly(value: int) -> dict[str, Any]:
    """What follows where only the number is given: it is meant as it stands."""
    status = ValueStatus.EXPLICIT_ZERO if value == 0 else ValueStatus.STATED
    return {"value_low": value, "value_high": value, "qualifier": Qualifier.EXACT, "interval_open_high": False, "value_status": status}


def _value(name: str, text: str) -> Any:
    """What was typed for a column, as its type; nothing typed is “not stated”."""
    if name not in _HINTS:
        raise ReviewRefused(say(Refusal.NOT_CHANGEABLE, wanted=repr(name), choices=", ".join(CHANGEABLE)))
    kinds = get_args(_HINTS[name]) or (_HINTS[name],)
    if not text:
        return None if type(None) in kinds else ""
    try:
        for kind in kinds:
            if kind is int:
                return int(text)
            if kind is date:
                return date.fromisoformat(text)
            if isinstance(kind, type) and issubclass(kind, StrEnum):
                return kind(text)
    except ValueError as error:
        raise ReviewRefused(say(Refusal.NO_VALUE, wanted=repr(text), column=name, answer=error)) from error
    return text


def _placed(place_id: str, gazetteer: Gazetteer) -> dict[str, Any]:
    place = gazetteer.get(place_id)
    if place is None:
        raise ReviewRefused(say(Refusal.NO_PLACE, wanted=repr(place_id)))
    fine = place.precision not in _AREAS
    return {
        "place_name": place.name_en,
        "adm1_id": place.adm1,
        "adm_level": place.level,
        "place_precision": place.precision,
        "place_candidates": (),
        "coverage_area": gazetteer.coverage(place.id),
        "lat": place.lat if fine else None,
        "lon": place.lon if fine else None,
    }


def left_standing(before: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """Of the figures of one document those that no reading made anew has taken the place of."""
    replaced = {figure.supersedes for figure in before if figure.review is Review.CORRECTED}
    return tuple(figure for figure in before if figure.figure_id not in replaced)
