"""IDMC's Internal Displacement Updates: movements reported for events of the last days, provisional and often revised.

One dump of the whole world, from which the crisis's country is taken. Three traps are known: the dump also holds triangulated
figures beside the recommended one; returns are told from displacements by a word in the text alone; and times such as
`2023-11-06T11:00:00.000Z` are midnights of the other end of the world, so that they mean the day after.

Needs IDMC_CLIENT_ID, asked for at ch.datainfo@idmc.ch.

Options in the crisis file: `types` (["Conflict"]; also "Disaster", "Other"), `country` (another one than the crisis's), `address`
(another dump; without it that of the last 180 days, or the whole one for a crisis that ended before).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, timedelta
from functools import partial
from typing import Any

from ingest.errors import SourceUnavailable
from ingest.fetch.exchange import Accept, Credentials
from ingest.fetch.request import FetchRequest
from ingest.fetch.transport import MEGABYTE
from ingest.model.advice import Advice, advise
from ingest.model.changes import Defect
from ingest.model.failures import Failure, say
from ingest.model.records import Complete, Record, SourceInfo, Where
from ingest.model.vocabulary import GroupStatus, Kind, Metric, PlacePrecision, PlaceRole, Qualifier, SourceKind, Stance
from ingest.structured import Audit, Flaw, Row, Stated, Told, ask, key_of, narrowed, needed, own_address, records, within
from ingest.text.moment import parse_moment

INFO = SourceInfo(
    name="idmc",
    title="IDMC displacement updates",
    publisher="idmc",
    kind=SourceKind.MONITOR,
    address="https://helix-tools-api.idmcdb.org/external-api/idus/",
    languages=("en",),
    licence="CC BY-NC-SA 3.0 IGO by the API's own description, CC BY-IGO on HDX",
    redistribution="Figures with attribution to IDMC, not for commercial use.",
    cadence_hours=24,
    mandate="New displacements by conflict and disaster, event by event, from others’ reports.",
    limitation=(
        "Movements, not people: one person may count more than once. Provisional, and revised or withdrawn later. Counts are others’, "
        "chosen by IDMC. Figures of several places carry the point in the middle of them."
    ),
    expected_volume=(0, 200),
    needs=("IDMC_CLIENT_ID",),
    largest=300 * MEGABYTE,
    stance=Stance.NO_PARTY,
    title_ar="تحديثات مركز رصد النزوح الداخلي",
    mandate_ar="حالات النزوح الجديدة بسبب النزاعات والكوارث، حدثاً بحدث، نقلاً عن تقارير غيره.",
    limitation_ar=(
        "حركات لا أشخاص: قد يُعدّ الشخص أكثر من مرة. أرقام أولية تُراجع أو تُسحب لاحقاً، وهي لغيره اختارها المركز. "
        "للأرقام التي تشمل عدة أماكن إحداثيات وسطها."
    ),
)

_KEY = "IDMC_CLIENT_ID"
_WHENCE = advise(Advice.ASK_FOR_CODE, where="ch.datainfo@idmc.ch")
_SHOWN = "https://www.internal-displacement.org/"
_ALL = "all/"
_RECENT = timedelta(days=180)
_ADVICE = {
    403: advise(Advice.CODE_UNKNOWN, setting=_KEY, whence=_WHENCE),
    404: Advice.NO_DUMP,
}
_PENDING = 202
# `<b> Syria:           12,300 displacements (returns), 27 November  - 30 November  </b>`
_SAID = re.compile(r"<b>\s*(?P<country>[^:<]*+):\s*(?P<number>\d[\d,]*+) displacements\s*(?:\((?P<term>[^)]*)\))?\s*,(?P<days>[^<]*+)</b>")
_TERMS = {None: Metric.NEWLY_DISPLACED, "returns": Metric.IDP_RETURNED}
_QUALIFIERS = {
    "more than": Qualifier.MORE_THAN,
    "less than": Qualifier.FEWER_THAN,
    "total": Qualifier.EXACT,
    "approximately": Qualifier.ABOUT,
}
_RECOMMENDED, _TRIANGULATED = "Recommended figure", "Triangulation"
_ROLES = {"Origin": PlaceRole.ORIGIN, "Destination": PlaceRole.DESTINATION}
_PRECISIONS = {
    "ADM0": PlacePrecision.COUNTRY,
    "ADM1": PlacePrecision.GOVERNORATE,
    "ADM2": PlacePrecision.DISTRICT,
    "ADM3": PlacePrecision.CITY_OR_TOWN,  # "County/City/town/Village/Woreda (ADM3)"
    "POINT": PlacePrecision.POINT,
}
_MIDNIGHTS = frozenset({11, 12})  # hours in UTC at which a day begins at UTC+13 and UTC+12
_FIELDS = (
    *("country", "locations_name", "locations_type", "role", "displacement_type", "figure", "qualifier", "displacement_start_date"),
    *("displacement_end_date", "event_name", "sources", "standard_info_text"),
)
_NOT_NEEDED = (
    *("latitude", "longitude", "centroid", "displacement_date", "year", "event_id", "event_start_date", "event_end_date", "event_codes"),
    *("event_code_types", "category", "subcategory", "type", "subtype", "source_url", "locations_coordinates", "displacement_occurred"),
    *("standard_popup_text", "old_id"),
)


@dataclass(frozen=True, slots=True)
class _Dump:
    """What must be known of the whole dump to read one record: events with a recommended figure, and the latest triangulation of
    each event and place.
    """

    recommended: frozenset[str]
    triangulated: Mapping[tuple[str, str], str]

    @classmethod
    def of(cls, rows: Sequence[Any]) -> "_Dump":
        recommended: set[str] = set()
        latest: dict[tuple[str, str], str] = {}
        for row in rows:
            if isinstance(row, dict) and row.get("role") == _RECOMMENDED:
                recommended.add(_event(row))
            elif isinstance(row, dict) and row.get("role") == _TRIANGULATED:
                place = (_event(row), str(row.get("locations_name") or row.get("centroid")))
                latest[place] = max(str(row.get("created_at")), latest.get(place, ""))
        return cls(frozenset(recommended), latest)

    def counts(self, row: Mapping[str, Any]) -> bool:
        """Whether a record is the one that counts: the recommended figure, else the latest triangulation of its event and place."""
        if row.get("role") != _TRIANGULATED:
            return True
        place = (_event(row), str(row.get("locations_name") or row.get("centroid")))
        return _event(row) not in self.recommended and str(row.get("created_at")) == self.triangulated.get(place)


def _event(row: Mapping[str, Any]) -> str:
    return str(row.get("event_id") or row.get("event_name"))


def fetch(request: FetchRequest) -> Iterator[Record | Complete]:
    """Yield the figures about the crisis's country and days."""
    client = Credentials(params={"client_id": key_of(request, _KEY, INFO, _WHENCE)})
    response = ask(request, _address(request), INFO, advice=_ADVICE, accept=Accept.JSON, credentials=client)
    if response.status == _PENDING:
        raise SourceUnavailable(say(Failure.STILL_MAKING, title=INFO.title))
    # The dump is of the whole world: what is of the country, or of a shape that is to be told, is kept apart, so that each is read again
    # from that alone.
    ours = narrowed(request, response, INFO.title, "iso3", str(request.options.get("country", request.country)))
    audit = Audit(INFO.title)
    yield from records(ours, INFO, audit, partial(_told, request=request, dump=_Dump.of(ours.rows), audit=audit))
    audit.close(request)
    if response.url.endswith(_ALL):  # what left the dump of the last days may only have grown old
        yield Complete(_SHOWN + "#idu/", "No longer among the displacement updates, or replaced by another figure.")


def _address(request: FetchRequest) -> str:
    end = request.days[1]
    past = end is not None and end < request.now().date() - _RECENT
    return str(request.options.get("address", INFO.address + (_ALL if past else "last-180-days/")))


def _told(row: Row, request: FetchRequest, dump: _Dump, audit: Audit) -> Told | None:
    if row.left.get("iso3") != str(request.options.get("country", request.country)) and row.text("iso3"):
        return None
    counts = dump.counts(row.left)
    country, role, kind = row.text("country"), row.text("role"), row.text("displacement_type")
    row.skip("iso3")
    identity, figure, event = needed("id", row.whole("id")), needed("figure", row.whole("figure")), row.text("event_name")
    start, end = _day(row, "displacement_start_date"), _day(row, "displacement_end_date")
    metric, qualifier = _metric(row, figure), row.one_of("qualifier", _QUALIFIERS)
    published = parse_moment(row.text("created_at"))
    where, sources = _where(row, country), row.text("sources") if row.has("sources") else ""
    row.skip(*_NOT_NEEDED)
    if role not in (_RECOMMENDED, _TRIANGULATED):
        raise Flaw(advise(Defect.STRANGE, part="role", answer=repr(role)))
    if kind not in request.options.get("types", ["Conflict"]):
        audit.leave("they are of other types of displacement")
    elif not counts:
        audit.leave("a recommended or later figure of their event and place is there")
    elif within((start, end), request, audit):
        days = {"window_start": start, "window_end": end, "event_start": start, "event_end": end, "as_of": end}
        given = {**days, **_value(figure, qualifier), "group_status": GroupStatus.CIVILIAN, "claimed_source_text": sources}
        return Told(
            title=event or f"{country}, {start} to {end}",
            url=own_address(_SHOWN, "idu", identity),
            fields=_FIELDS,
            stated=(Stated("figure", metric, Kind.PERIOD, where, given),),
            published=needed("created_at", published).astimezone(UTC),
        )
    return None


def _metric(row: Row, figure: int) -> Metric:
    """Displacements or returns, which only the text tells. Raises `Flaw` for a text of another shape, or a term that is not known."""
    text = row.text("standard_info_text")
    said = _SAID.fullmatch(text)
    if said is None:
        raise Flaw(advise(Defect.OTHER_SHAPE, part="standard_info_text"))
    if int(said["number"].replace(",", "")) != figure:
        raise Flaw(advise(Defect.OTHER_NUMBER, part="figure"))
    term = said["term"].strip().lower() if said["term"] else None
    if term not in _TERMS:
        raise Flaw(advise(Defect.STRANGE, part="term", answer=repr(term)))
    return _TERMS[term]


def _value(figure: int, qualifier: Qualifier) -> dict[str, Any]:
    if qualifier is Qualifier.FEWER_THAN:
        return {"qualifier": qualifier, "value_low": 0, "value_high": max(figure - 1, 0)}
    return {"qualifier": qualifier, "value_best": figure}


def _day(row: Row, name: str) -> date:
    """A day as written, or the day that began at a midnight of UTC+12 or UTC+13. Raises `Flaw` for any other time."""
    written: str = needed(name, row.text(name))
    moment = parse_moment(written)
    if moment is None:
        raise Flaw(advise(Defect.NO_DAY, part=name, answer=repr(written[:60])))
    if moment.tzinfo is None:
        return moment.date()
    utc = moment.astimezone(UTC)
    if (utc.minute, utc.second) != (0, 0) or utc.hour not in {0, *_MIDNIGHTS}:
        raise Flaw(advise(Defect.NO_MIDNIGHT, part=name, answer=repr(written[:60])))
    return (utc + timedelta(days=1)).date() if utc.hour in _MIDNIGHTS else utc.date()


def _where(row: Row, country: str) -> Where:
    """Its place, where it has a single one; several are words only, for their point is in the middle of them."""
    lat, lon = row.number("latitude"), row.number("longitude")
    if not row.has("locations_name"):
        return Where(lat=lat, lon=lon)
    names, kinds, accuracies = (_parts(row.text(name)) for name in ("locations_name", "locations_type", "locations_accuracy"))
    role = _ROLES.get(kinds[0], PlaceRole.LOCATION) if len({*kinds}) == 1 else PlaceRole.LOCATION
    if len(names) != 1:
        return Where(name=" and ".join(name.partition(",")[0].strip() for name in names), role=role)
    found = re.search(r"ADM[0-3]|POINT", accuracies[0].upper()) if accuracies else None
    precision = _PRECISIONS[found[0]] if found else None
    parts = [part.strip() for part in names[0].split(",") if part.strip() != country]
    name, around = (parts[0], parts[-1] if len(parts) > 1 else "") if parts else (country, "")
    return Where(name=name, within=around, lat=lat, lon=lon, precision=precision, role=role)


def _parts(joined: str) -> list[str]:
    return [part.strip() for part in joined.split(";") if part.strip()]
