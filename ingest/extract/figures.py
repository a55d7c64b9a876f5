"""Quantities with everything known of them -> figures: the tidy rows, with deterministic identities."""

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any, Final

from ingest.extract.doubts import doubts_of
from ingest.extract.people.intervals import interval
from ingest.extract.people.quantity import Quantity
from ingest.extract.placing.mentions import Mention, as_written
from ingest.extract.reader import VERSION, Reader
from ingest.extract.speech.voices import Voice
from ingest.extract.times.windows import Times
from ingest.extract.words.entries import Group
from ingest.extract.words.sentences import Text
from ingest.model.claims import UNATTRIBUTED, claim_of, interest
from ingest.model.crisis import Organisation, fitting
from ingest.model.doubts import confidence
from ingest.model.ids import figure_id
from ingest.model.intervals import Interval
from ingest.model.records import Document, Figure
from ingest.model.vocabulary import (
    CountingBasis,
    GroupStatus,
    Kind,
    PlacePrecision,
    Qualifier,
    SourceKind,
    Unit,
    ValueStatus,
    Verification,
)

_NOBODY: Final = Group()
_AREAS: Final = frozenset({PlacePrecision.GOVERNORATE, PlacePrecision.REGION_INFORMAL, PlacePrecision.COUNTRY, PlacePrecision.CROSS_BORDER})


@dataclass(frozen=True, slots=True)
class Found:
    """One quantity with what the stages said of it. `words` delimit its sentence in words of the text."""

    quantity: Quantity
    times: Times
    mention: Mention | None
    voices: tuple[Voice, ...]
    words: tuple[int, int]
    perpetrator: str
    basis: CountingBasis
    verified: bool


def build(found: list[Found], text: Text, document: Document, reader: Reader) -> list[Figure]:
    """Figures in the order of `found`; links between quantities become links between figure ids."""
    shared = _shared(document, reader)
    links = _Links(
        {id(one.quantity): _identity(one.quantity, text, document) for one in found},
        {id(one.quantity.parent) for one in found if _is_stated_side(one.quantity)},
    )
    return [_figure(one, text, document, reader, links, shared) for one in found]


@dataclass(frozen=True, slots=True)
class _Links:
    """What figures of one document say of one another, by `id` of the quantity: identities, totals of both sides, groups so far."""

    ids: dict[int, str]
    mixed: set[int]
    groups: dict[int, Group] = field(default_factory=dict)


def _identity(quantity: Quantity, text: Text, document: Document) -> str:
    span = (text.starts[quantity.first_word], text.ends[quantity.last_word - 1])
    share = (quantity.share,) if quantity.share else ()  # the counts of `three each in A and B` stand at the same words
    return figure_id(document.document_id, span, quantity.metric, quantity.household, quantity.zero, *share)


def _is_stated_side(part: Quantity) -> bool:
    """Whether a part is called civilian or combatant, and leaves a rest: then its total holds both."""
    if part.parent is None or part.parent.amount <= part.amount:
        return False
    own = merged(part.groups)
    return own.status in (GroupStatus.CIVILIAN, GroupStatus.COMBATANT) and own.age is None and own.sex is None and not own.role


def _shared(document: Document, reader: Reader) -> dict[str, Any]:
    """The fields that are the same for every figure of a document; the day of publication stands in for an as-of day."""
    publisher = reader.organisations.get(document.publisher)
    return {
        "document_id": document.document_id,
        "crisis": reader.crisis,
        "publisher": document.publisher,
        "publisher_kind": publisher.kind if publisher else SourceKind.OTHER,
        "as_of": document.published_at.astimezone(reader.timezone).date(),
        "published_at": document.published_at,
        "retrieved_at": document.retrieved_at,
        "language": document.language,
        "translated_from": document.translated_from,
        "url": document.url,
        "archive_sha256": document.archive_sha256,
        "extractor_version": VERSION,
    }


def _figure(one: Found, text: Text, document: Document, reader: Reader, links: _Links, shared: dict[str, Any]) -> Figure:  # noqa: PLR0917
    quantity = one.quantity
    bounds = interval(quantity, document.language)
    start, end = text.starts[quantity.first_word], text.ends[quantity.last_word - 1]
    group = _group_of(quantity, links.groups)
    mixed = group.status is GroupStatus.UNSTATED and id(quantity) in links.mixed
    quote = text.starts[one.words[0]]
    whole = links.ids.get(id(quantity.parent), "")
    doubts = doubts_of(quantity, one.mention, one.voices, one.words, whole)
    fields = {
        **shared,
        "figure_id": links.ids[id(quantity)],
        "metric": quantity.metric,
        "source_term": _slice(text, quantity.trigger),
        "group_status": GroupStatus.MIXED_TOTAL if mixed else group.status,
        "group_side": group.side,
        "group_sex": group.sex,
        "group_age": group.age,
        "group_role": group.role,
        "group_nationality": group.nationality,
        "group_label": _slice(text, quantity.label),
        "parent_figure_id": whole,
        "part_of": quantity.part_of if whole else None,
        "parts_complete": quantity.parts_complete,
        "restates": links.ids.get(id(quantity.restates), ""),
        "value_text": text.text[text.starts[quantity.text_word] : end],
        "value_status": bounds.status,
        "qualifier": Qualifier.NONE if bounds.status is ValueStatus.NO_NUMBER else quantity.qualifier,
        "value_low": bounds.low,
        "value_best": bounds.best,
        "value_high": bounds.high,
        "interval_open_high": bounds.open_high,
        "interval_rule": bounds.rule,
        "quote": text.text[quote : text.ends[one.words[1] - 1]],
        "quote_start": quote,
        "span_start": start,
        "span_end": end,
        "perpetrator": one.perpetrator,
        "counting_basis": one.basis,
        "doubts": doubts,
        "confidence": confidence(doubts),
        **_times(one.times, hypothetical=quantity.hypothetical),
        **_source(one, group, text, document, reader),
        **_place(one.mention, text),
    }
    if quantity.household:
        fields |= _households(bounds, fields, reader) | {"unit": Unit.HOUSEHOLD, "unit_reported": _slice(text, quantity.label)}
    return Figure(**fields, claim_id=claim_of(fields))


def _times(times: Times, *, hypothetical: bool) -> dict[str, Any]:
    stated = {} if times.as_of is None else {"as_of": times.as_of}
    return {
        "kind": Kind.PROJECTION if hypothetical else times.kind,
        "event_start": times.event_start,
        "event_end": times.event_end,
        "event_precision": times.precision,
        "window_start": times.window_start,
        "window_end": times.window_end,
        "as_of_inferred": times.as_of is None,
        **stated,
    }


def _group_of(quantity: Quantity, known: dict[int, Group]) -> Group:
    """The group a quantity names, on top of its whole's. Wholes may stand in one another deeper than calls may."""
    line: dict[int, Quantity] = {}
    here: Quantity | None = quantity
    while here is not None and id(here) not in known and id(here) not in line:
        line[id(here)] = here
        here = here.parent
    for one in reversed(line.values()):
        known[id(one)] = _with_whole(one, known.get(id(one.parent)))
    return known[id(quantity)]


def _with_whole(quantity: Quantity, whole: Group | None) -> Group:
    """A part of civilians is civilian, two officers of an army are of its side."""
    own = merged(quantity.groups)
    if whole is None or whole.status is GroupStatus.UNSTATED:
        return own
    if own.status not in (whole.status, GroupStatus.UNSTATED) and own.age is None and own.sex is None:
        return own
    return merged([*quantity.groups, Group(status=whole.status, side=own.side or whole.side)])


def merged(groups: list[Group]) -> Group:
    """What several words say together: `women civilians`, `members of regime forces`. A stated combatant outweighs a guess
    at civilian from age or sex alone (`a minor` among police members).
    """
    if not groups:
        return _NOBODY
    status, side, sex, age, role, nationality = GroupStatus.UNSTATED, "", None, None, "", ""
    for group in groups:
        if group.status is GroupStatus.COMBATANT or (group.status is not GroupStatus.UNSTATED and status is not GroupStatus.COMBATANT):
            if status is GroupStatus.CIVILIAN and group.status is GroupStatus.COMBATANT and not group.side and group.adjective:
                continue
            status = group.status
        side, sex, age, role = group.side or side, group.sex or sex, group.age or age, group.role or role
        nationality = group.nationality or nationality
    return Group(status=status, side=side, sex=sex, age=age, role=role, nationality=nationality)


def _slice(text: Text, words: tuple[int, int] | None) -> str:
    return text.text[text.starts[words[0]] : text.ends[words[1] - 1]] if words and words[1] > words[0] else ""


def _households(bounds: Interval, fields: dict[str, Any], reader: Reader) -> dict[str, Any]:
    """Households as people, by the factor the crisis declares for that source and day only."""
    factor = fitting(reader.household_factors, fields["claimed_source"], fields["event_start"] or fields["as_of"])
    if factor is None or bounds.low is None:
        return {}
    high = bounds.high if bounds.high is not None else bounds.best
    return {
        "persons_est_low": int(bounds.low * factor.low),
        "persons_est_high": int(high * factor.high) if high is not None else None,
    }


def _slug(words: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", words).casefold() if not unicodedata.combining(c))
    return re.sub(r"[^\w]+", "-", plain).strip("-")[:40]


def _source(one: Found, group: Group, text: Text, document: Document, reader: Reader) -> dict[str, Any]:
    """Publisher, relays and claimed source, and what the claimed source has at stake."""
    organisations = reader.organisations
    written = [_slice(text, (voice.first, voice.last)) for voice in one.voices]
    sources = [voice.source or f"other:{_slug(words)}" for voice, words in zip(one.voices, written, strict=True)]
    source = sources[0] if sources else document.publisher or UNATTRIBUTED
    if source == "media_reports":
        source = UNATTRIBUTED
    claimed = organisations.get(source)
    relays = tuple(dict.fromkeys(s for s in (*sources[1:], *document.relayed_via) if s not in (source, document.publisher)))
    basis = claimed.basis if claimed else ""
    return {
        "relayed_via": relays,
        "claimed_source": source,
        "claimed_source_text": written[0] if written else "",
        "claimed_source_kind": claimed.kind if claimed else SourceKind.OTHER,
        "primary_basis": basis,
        "independence_group": basis or source,
        "interest": interest(claimed, group.status, group.side),
        "verification": _verification(claimed, document, verified=one.verified),
    }


def _verification(source: Organisation | None, document: Document, *, verified: bool) -> Verification:
    if document.second_hand:
        return Verification.SECOND_HAND
    if verified:
        return Verification.UN_VERIFIED if source is not None and source.kind is SourceKind.UN else Verification.VERIFIED_BY_CLAIMED_SOURCE
    if source is not None and source.side:
        return Verification.PARTY_CLAIM
    return Verification.REPORTED_BY_MONITOR if source is not None and source.kind is SourceKind.MONITOR else Verification.UNVERIFIED


def _place(mention: Mention | None, text: Text) -> dict[str, Any]:
    """The place as written and as resolved; a point only where the place is finer than a governorate."""
    if mention is None:
        return {}
    written = {"place_text": as_written(mention, text), "place_role": mention.role}
    resolved = mention.resolved
    if resolved is None:
        return written
    place, coverage = resolved.place, {"place_precision": resolved.precision, "coverage_area": resolved.coverage}
    if place is None:
        adm1 = resolved.coverage[0] if len(resolved.coverage) == 1 else ""
        return {**written, **coverage, "adm1_id": adm1, "place_candidates": tuple(c.id for c in resolved.candidates)}
    fine = place.precision not in _AREAS and resolved.precision not in _AREAS
    named = {"place_id": place.id, "place_name": place.name_en, "adm1_id": place.adm1, "adm_level": place.level}
    return {**written, **coverage, **named, "lat": place.lat if fine else None, "lon": place.lon if fine else None}
