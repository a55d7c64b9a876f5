"""The records that pass between stages. Frozen: a later value is a new record, never a changed one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from ingest.model.frozen import set_directly
from ingest.model.vocabulary import (
    Age,
    CountingBasis,
    DatePrecision,
    GroupStatus,
    Interest,
    Kind,
    Metric,
    PartOf,
    PlacePrecision,
    PlaceRole,
    Qualifier,
    Review,
    Sex,
    SourceKind,
    Stance,
    Unit,
    ValueStatus,
    Verification,
)


@set_directly
@dataclass(frozen=True, slots=True)
class Document:
    """One report as read from one publisher: its text, and where its bytes are kept.

    Times are aware (UTC). `text` is the extracted text every span points into; it is a pure function of the
    archived bytes and `media_type`. `source` names the connector, `publisher` and `relayed_via` are organisation ids.
    """

    document_id: str
    source: str
    publisher: str
    title: str
    text: str
    language: str
    url: str
    published_at: datetime
    retrieved_at: datetime
    media_type: str
    archive_sha256: str
    relayed_via: tuple[str, ...] = ()
    licence: str = ""
    citation: str = ""
    second_hand: bool = False
    translated_from: str = ""
    revises: str = ""


@set_directly
@dataclass(frozen=True, slots=True)
class Figure:
    """One claimed value: one row of the tidy dataset. Columns and meanings are in `ingest.model.schema`."""

    figure_id: str
    claim_id: str
    document_id: str
    crisis: str

    metric: Metric
    kind: Kind
    source_term: str = ""

    group_status: GroupStatus = GroupStatus.UNSTATED
    group_side: str = ""
    group_sex: Sex | None = None
    group_age: Age | None = None
    group_role: str = ""
    group_nationality: str = ""
    group_label: str = ""

    parent_figure_id: str = ""
    part_of: PartOf | None = None
    parts_complete: bool = False
    restates: str = ""
    supersedes: str = ""

    value_text: str = ""
    value_status: ValueStatus = ValueStatus.STATED
    qualifier: Qualifier = Qualifier.EXACT
    value_low: int | None = None
    value_best: int | None = None
    value_high: int | None = None
    interval_open_high: bool = False
    interval_rule: str = ""

    unit: Unit = Unit.PERSON
    unit_reported: str = ""
    persons_est_low: int | None = None
    persons_est_high: int | None = None

    publisher: str = ""
    publisher_kind: SourceKind = SourceKind.OTHER
    relayed_via: tuple[str, ...] = ()
    claimed_source: str = ""
    claimed_source_text: str = ""
    claimed_source_kind: SourceKind = SourceKind.OTHER
    primary_basis: str = ""
    independence_group: str = ""
    interest: Interest = Interest.THIRD_PARTY
    perpetrator: str = ""

    event_start: date | None = None
    event_end: date | None = None
    event_precision: DatePrecision | None = None
    window_start: date | None = None
    window_end: date | None = None
    window_text: str = ""
    as_of: date | None = None
    as_of_inferred: bool = True
    published_at: datetime | None = None
    retrieved_at: datetime | None = None
    first_seen_at: datetime | None = None

    place_text: str = ""
    place_id: str = ""
    place_name: str = ""
    adm1_id: str = ""
    adm_level: int | None = None
    place_precision: PlacePrecision | None = None
    place_role: PlaceRole = PlaceRole.LOCATION
    place_candidates: tuple[str, ...] = ()
    coverage_area: tuple[str, ...] = ()
    lat: float | None = None
    lon: float | None = None

    verification: Verification = Verification.UNVERIFIED
    counting_basis: CountingBasis = CountingBasis.UNKNOWN
    review: Review = Review.MACHINE
    confidence: float = 1.0
    doubts: tuple[str, ...] = ()

    language: str = ""
    translated_from: str = ""
    quote: str = ""
    quote_start: int = 0
    span_start: int = 0
    span_end: int = 0
    url: str = ""
    archive_sha256: str = ""
    extractor_version: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a derivation: which stage read what, from which characters, into which value."""

    stage: str
    text: str
    start: int
    end: int
    value: str
    rule: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A figure with how it was read; `crosscount explain` prints the steps."""

    figure: Figure
    steps: tuple[Step, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Rejection:
    """Something that did not become a row, and why, in a sentence. Kept in the run log."""

    document_id: str
    subject: str
    reason: str


@dataclass(frozen=True, slots=True)
class Where:
    """The place a record names: codes of the crisis's places (finest first, the first known one counts), else its words.

    `within` are words or a code of a larger place it lies in. Coordinates are the record's own, WGS 84 degrees; they are kept
    only where `precision` is finer than a governorate.
    """

    codes: tuple[str, ...] = ()
    name: str = ""
    within: str = ""
    lat: float | None = None
    lon: float | None = None
    precision: PlacePrecision | None = None
    role: PlaceRole = PlaceRole.LOCATION


@dataclass(frozen=True, slots=True)
class Count:
    """A number that a record states. `span` are its characters in the record's text, `given` further fields of the `Figure`.

    `part_of` is the position among the record's counts of the whole it belongs to; how, stands in `given["part_of"]`.
    """

    metric: Metric
    kind: Kind
    span: tuple[int, int]
    where: Where
    given: Mapping[str, Any]
    part_of: int | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """One record of a structured source: the record as text, and what it counts. Its text is one line, the quote of every count.

    An address belongs to one record, so that a record that comes again with other content is a later edition of itself.
    """

    document: Document
    counts: tuple[Count, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table, CSV or workbook, as a source hands it over: in the published columns, with HXL tags, or as a mapping explains.

    `mapping` holds the tables `columns`, `values` and `fixed` of a mapping file. `publisher` and `published` are for rows that do
    not say them; `licence` and `url` are the table's. `sheet` is a regular expression of the names of a workbook's sheets to be read.
    """

    content: bytes
    name: str
    url: str
    retrieved_at: datetime
    archive_sha256: str
    publisher: str = ""
    published: datetime | None = None
    licence: str = ""
    mapping: Mapping[str, Any] = field(default_factory=dict)
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Complete:
    """What a source says at its end where the records it yielded are all it has under the addresses that begin with `page`:

    those that it stated before and did not yield now are withdrawn. `why` is a sentence, such as “No longer among its events.”
    """

    page: str
    why: str


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """What a connector declares about its source; `limitation` may not be empty.

    `cadence_hours` is how often new reports are expected; `expected_volume` is (low, high) documents a week. `largest` is how many bytes
    one answer may have where that is more than is taken from others, zero where it is not.
    `needs` names the settings without which the source is not configured: keys come from the environment or settings.toml and
    are never shown. What people read of it stands there in English and, under `..._ar`, in Arabic.
    """

    name: str
    title: str
    publisher: str
    kind: SourceKind
    address: str
    languages: tuple[str, ...]
    licence: str
    redistribution: str
    cadence_hours: float
    mandate: str
    limitation: str
    expected_volume: tuple[int, int]
    needs: tuple[str, ...] = ()
    largest: int = 0
    stance: Stance = Stance.NO_PARTY
    title_ar: str = ""
    mandate_ar: str = ""
    limitation_ar: str = ""
