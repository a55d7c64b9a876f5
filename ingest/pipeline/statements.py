"""From a record of a structured source to figures: its place looked up, its interval and voice completed, its evidence in place."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ingest.model.claims import RECORD
from ingest.model.crisis import Crisis
from ingest.model.ids import claim_id, figure_id
from ingest.model.records import Count, Figure, Record, Rejection, Where
from ingest.model.vocabulary import Kind, PlacePrecision
from ingest.places import Gazetteer, Place, Resolved
from ingest.places.place import COMMUNITY_LEVEL
from ingest.store.claims import completed

VERSION = RECORD + "1"
_LISTED = frozenset({"list", "region"})  # rules of a resolver by which words are known though they are no single place
_LEVELS = {
    PlacePrecision.COUNTRY: 0,
    PlacePrecision.GOVERNORATE: 1,
    PlacePrecision.DISTRICT: 2,
    PlacePrecision.SUBDISTRICT: 3,
}
_AREAS = frozenset({PlacePrecision.GOVERNORATE, PlacePrecision.REGION_INFORMAL, PlacePrecision.COUNTRY, PlacePrecision.CROSS_BORDER})
_SERIES = ("metric", "kind", "unit", "group_status", "group_side", "group_sex", "group_age", "group_role", "group_label")


def figures_of(record: Record, crisis: Crisis, gazetteer: Gazetteer) -> tuple[list[Figure], list[Rejection]]:
    """The figures of a record and what in it is none, with the reason. Links between its counts become links between figures."""
    figures: list[Figure | None] = []
    rejections: list[Rejection] = []
    for count in record.counts:
        try:
            figures.append(_figure(count, record, crisis, gazetteer))
        except ValueError as error:
            said = record.document.text[slice(*count.span)]
            rejections.append(Rejection(record.document.document_id, f"{count.metric.value} {said}", f"{error}."))
            figures.append(None)
    linked = [_linked(figure, count, figures) for figure, count in zip(figures, record.counts, strict=True) if figure is not None]
    return linked, rejections


def _figure(count: Count, record: Record, crisis: Crisis, gazetteer: Gazetteer) -> Figure:
    document = record.document
    given = {
        **count.given,
        **placed(count.where, crisis.country, gazetteer),
        "metric": count.metric,
        "kind": count.kind,
        "url": document.url,
    }
    figure, _ = completed(given, document, crisis)
    what = [getattr(figure, name) for name in _SERIES]
    if count.kind is Kind.INCIDENT or "event_start" in count.given:
        # Two events of one day and place with equal numbers are two claims.
        figure = replace(figure, claim_id=claim_id(figure.claimed_source, document.url, count.span, *what, figure.value_best))
    return replace(
        figure,
        figure_id=figure_id(document.document_id, count.span, *what),
        document_id=document.document_id,
        relayed_via=document.relayed_via,
        value_text=document.text[slice(*count.span)],
        quote=document.text,
        quote_start=0,
        span_start=count.span[0],
        span_end=count.span[1],
        archive_sha256=document.archive_sha256,
        extractor_version=VERSION,
    )


def _linked(figure: Figure, count: Count, figures: Sequence[Figure | None]) -> Figure:
    whole = figures[count.part_of] if count.part_of is not None else None
    return replace(figure, parent_figure_id=whole.figure_id) if whole is not None else replace(figure, part_of=None)


def placed(where: Where, country: str, gazetteer: Gazetteer) -> dict[str, Any]:
    """The place fields of a figure: by the first code the crisis's places know, else by the words, as texts are placed.

    `country` is the crisis's, ISO code of three letters, by which sources call what has a shorter code among its places. Raises
    `ValueError` where code and words are two places: codes of an older list may belong to another place in a newer one.
    """
    written = {"place_text": where.name or next(iter(where.codes), ""), "place_role": where.role}
    known = (gazetteer.get(code) or (_country(gazetteer) if code == country else None) for code in where.codes)
    place = next(filter(None, known), None)
    if place is not None:
        _require_agreement(where, place, gazetteer)
        return {**written, **_point(where, place, place.precision), **_named(place), "coverage_area": gazetteer.coverage(place.id)}
    around = _around(where, gazetteer)
    resolved = gazetteer.resolve(where.name, within=around.id if around else None, hint=where.precision)
    found, precision = resolved.place, where.precision or resolved.precision
    if found is not None and (around is None or gazetteer.contains(around.id, found.id)):
        area = {"place_precision": precision, "coverage_area": resolved.coverage}
        return {**written, **_named(found), **area, **_point(where, found, precision)}
    coverage = gazetteer.coverage(around.id) if around else resolved.coverage
    known_of_it = {
        "place_precision": precision,
        "coverage_area": coverage,
        "adm1_id": coverage[0] if len(coverage) == 1 else "",
        "place_candidates": tuple(candidate.id for candidate in resolved.candidates),
    }
    return {**written, **_point(where, None, precision), **known_of_it, **_of_its_own(where, around, resolved)}


def _require_agreement(where: Where, place: Place, gazetteer: Gazetteer) -> None:
    around = _around(where, gazetteer)
    named = gazetteer.resolve(where.name, within=around.id if around else None, hint=where.precision).place if where.name else None
    if named is not None and named.id != place.id and named.level == place.level:
        raise ValueError(f"its code {place.id} is that of {place.name_en}, but it names “{where.name}”, which has the code {named.id}")


def _of_its_own(where: Where, around: Place | None, resolved: Resolved) -> Mapping[str, Any]:
    """The identity of a place that the crisis's places do not know: its own code or words, within the larger place it names.

    Without one it would pass for the larger place, whose number this is not, and two such places for one. A list of places is
    known by what it covers.
    """
    words = next(iter(where.codes), "") or where.name
    if not words or resolved.rule in _LISTED:
        return {}
    identity = words if where.codes or around is None else f"{around.id}/{words}"
    level = _LEVELS.get(where.precision, COMMUNITY_LEVEL) if where.precision else COMMUNITY_LEVEL
    return {"place_id": identity, "place_name": where.name or words, "adm_level": level}


def _country(gazetteer: Gazetteer) -> Place | None:
    return next((place for place in gazetteer if place.level == 0), None)


def _around(where: Where, gazetteer: Gazetteer) -> Place | None:
    """The larger place a record names."""
    if not where.within:
        return None
    return gazetteer.get(where.within) or gazetteer.resolve(where.within).place


def _named(place: Place) -> Mapping[str, Any]:
    level = {"adm_level": place.level, "place_precision": place.precision}
    return {"place_id": place.id, "place_name": place.name_en, "adm1_id": place.adm1, **level}


def _point(where: Where, place: Place | None, precision: PlacePrecision | None) -> Mapping[str, Any]:
    """The record's own point, else that of the place; none for an area as large as a governorate."""
    if precision is None or precision in _AREAS:
        return {}
    if where.lat is not None and where.lon is not None:
        return {"lat": where.lat, "lon": where.lon}
    return {"lat": place.lat, "lon": place.lon} if place is not None else {}
