"""UCDP's Georeferenced Event Dataset: deaths in organised violence, event by event, as low, best and high.

The yearly dataset replaces the monthly candidates for the time it covers: events are revised and some get other numbers, so the two
are never read together. One version is read, the one of the option or the first of the candidates' that answers.

Needs UCDP_TOKEN, asked for by e-mail at https://ucdp.uu.se/apidocs/.

Options in the crisis file: `version` ("24.1" of the yearly dataset, "24.0.11" of a month's candidates, "24.01.24.12" of a year's),
`country` (Gleditsch-Ward number, needed where it is not known for the crisis's country), `address` (another address of the API).
"""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any

from ingest.errors import SettingsError, SourceUnavailable
from ingest.fetch.exchange import Accept, Credentials, Response
from ingest.fetch.request import FetchRequest
from ingest.model.advice import Advice, advise
from ingest.model.changes import Change, Defect
from ingest.model.failures import Failure, say
from ingest.model.missettings import Missetting
from ingest.model.records import Complete, Record, SourceInfo, Where
from ingest.model.vocabulary import DatePrecision, GroupStatus, Kind, Metric, PartOf, PlacePrecision, SourceKind, Stance
from ingest.structured import JSON, Answer, Audit, Flaw, Row, Stated, Told, ask, json_answer, key_of, listed, needed, own_address, records

INFO = SourceInfo(
    name="ucdp",
    title="UCDP events",
    publisher="ucdp",
    kind=SourceKind.MONITOR,
    address="https://ucdpapi.pcr.uu.se/api/gedevents/",
    languages=("en",),
    licence="CC BY 4.0",
    redistribution="Free with attribution to UCDP.",
    cadence_hours=24 * 30,
    mandate="Deaths in organised violence between states, factions and against civilians, event by event, by fixed criteria.",
    limitation=(
        "Counts only deaths in organised violence that its criteria allow, so its totals lie below those of monitors. Candidate events "
        "are provisional; the yearly version replaces them. Coded from media and monitors, some of which are sources here too."
    ),
    expected_volume=(0, 1000),
    needs=("UCDP_TOKEN",),
    stance=Stance.NO_PARTY,
    title_ar="أحداث برنامج أوبسالا",
    mandate_ar="وفيات العنف المنظم بين الدول والفصائل وضد المدنيين، حدثاً بحدث، بمعايير ثابتة.",
    limitation_ar=(
        "لا يعدّ إلا وفيات العنف المنظم التي تسمح بها معاييره، فمجاميعه أدنى من مجاميع المراصد. الأحداث المرشحة أولية وتحل محلها النسخة "
        "السنوية. مصدره وسائل الإعلام والمراصد، وبعضها من مصادر هذا البرنامج."
    ),
)

_KEY = "UCDP_TOKEN"
_WHENCE = advise(Advice.ASK_FOR_ACCESS, where="https://ucdp.uu.se/apidocs/")
_PAGE_OF_ALL = "https://ucdp.uu.se/#ged/"
_PAGE = 1000
_MOST_PAGES = 200
_COUNTRIES = {"SYR": 652}  # Gleditsch-Ward numbers that were seen; others stand in the crisis file
_ADVICE = {
    401: advise(Advice.ACCESS_REFUSED, setting=_KEY, whence=_WHENCE),
    404: advise(Advice.NO_VERSION, setting="sources.ucdp.version"),
}
# UCDP's codebook: 1 exact, 2 within 25 km, 3 second-level division, 4 first-level, 5 linear or fuzzy area, 6 country, 7 international.
_PRECISIONS = {
    1: PlacePrecision.CITY_OR_TOWN,
    2: PlacePrecision.SUBDISTRICT,
    3: PlacePrecision.DISTRICT,
    4: PlacePrecision.GOVERNORATE,
    5: PlacePrecision.REGION_INFORMAL,
    6: PlacePrecision.COUNTRY,
    7: PlacePrecision.CROSS_BORDER,
}
# 1 the day itself, 2 two to six days, 3 a week, 4 a month, 5 longer.
_DAYS = {1: DatePrecision.DAY, 2: DatePrecision.WEEK, 3: DatePrecision.WEEK, 4: DatePrecision.MONTH, 5: DatePrecision.YEAR}
_TYPES = {1: "state-based", 2: "non-state", 3: "one-sided"}
_FIELDS = (
    *("id", "country", "adm_1", "adm_2", "where_coordinates", "where_prec", "date_start", "date_end", "date_prec", "type_of_violence"),
    *("side_a", "side_b", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "low", "high", "source_original"),
)
_NOT_NEEDED = (
    *("relid", "year", "active_year", "code_status", "conflict_dset_id", "conflict_new_id", "conflict_name", "dyad_dset_id", "dyad_new_id"),
    *("dyad_name", "side_a_dset_id", "side_a_new_id", "side_b_dset_id", "side_b_new_id", "number_of_sources", "source_article"),
    *("source_office", "source_date", "source_headline", "where_description", "geom_wkt", "priogrid_gid", "country_id", "region"),
    *("event_clarity", "gwnoa", "gwnob"),
)


def fetch(request: FetchRequest) -> Iterator[Record | Complete]:
    """Yield the events of one version in the crisis's country and days."""
    token = Credentials(headers={"x-ucdp-access-token": key_of(request, _KEY, INFO, _WHENCE)})
    version = str(request.options.get("version") or _version_of(request))
    audit = Audit(INFO.title)
    seen: set[str] = set()
    total = 0
    for response, answer in _pages(request, version, token):
        rows = listed(answer, "Result", INFO)
        told = partial(_told, when=response.retrieved_at, version=version)
        yield from records(Answer(response, JSON, rows, "/Result"), INFO, audit, told)
        seen.update(str(row.get("id")) if isinstance(row, dict) else "" for row in rows)
        total = answer["TotalCount"]
    audit.close(request)
    if len(seen) != total:
        raise SourceUnavailable(say(Failure.INCOMPLETE, title=INFO.title, given=len(seen), counted=total))
    yield Complete(_PAGE_OF_ALL, f"Not among the events of version {version}.")


def _version_of(request: FetchRequest) -> str:
    """The candidates of the whole year in which the crisis began: `24.01.24.12`."""
    year = request.days[0].year % 100
    return f"{year:02}.01.{year:02}.12"


def _pages(request: FetchRequest, version: str, token: Credentials) -> Iterator[tuple[Response, dict[str, Any]]]:
    """The pages of a version, counted from 0; how many there are is the first one's to say."""
    country = request.options.get("country", _COUNTRIES.get(request.country))
    if not isinstance(country, int):
        like = advise(Advice.WRITE_LIKE, example="652")  # a Gleditsch-Ward number
        raise SettingsError(say(Missetting.NOT_UNDERSTOOD, wanted="country", setting="sources.ucdp", advice=like))
    first, last = request.days
    query = {"pagesize": str(_PAGE), "Country": str(country), "StartDate": first.isoformat()}
    query |= {"EndDate": last.isoformat()} if last else {}
    for page in range(_MOST_PAGES):
        address = str(request.options.get("address", INFO.address)) + version
        response = ask(request, address, INFO, advice=_ADVICE, accept=Accept.JSON, params={**query, "page": str(page)}, credentials=token)
        answer = json_answer(response, INFO.title)
        if not isinstance(answer, dict) or not all(isinstance(answer.get(name), int) for name in ("TotalCount", "TotalPages")):
            raise SourceUnavailable(say(Failure.CHANGED, what=advise(Change.WITHOUT, title=INFO.title, parts="`TotalCount`, `TotalPages`")))
        yield response, answer
        if page + 1 >= answer["TotalPages"]:
            return
    request.progress(f"{INFO.title}: stopped after {_MOST_PAGES} pages.")


def _told(row: Row, when: datetime, version: str) -> Told:
    identity = needed("id", row.whole("id"))
    low, best, high = (needed(name, row.whole(name)) for name in ("low", "best", "high"))
    parts = {name: row.whole(name) or 0 for name in ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")}
    start, end = (needed(name, row.day(name)) for name in ("date_start", "date_end"))
    row.one_of("type_of_violence", _TYPES)
    precision = row.one_of("date_prec", _DAYS)
    where, sides, original = _where(row), (row.text("side_a"), row.text("side_b")), row.text("source_original")
    row.skip(*_NOT_NEEDED)
    if not low <= best <= high:
        raise Flaw(Defect.DISORDER)
    event = {"event_start": start, "event_end": end, "event_precision": precision, "claimed_source_text": original}
    kind = Kind.INCIDENT if start == end else Kind.PERIOD
    event |= {} if start == end else {"window_start": start, "window_end": end}
    whole = {**event, "value_low": low, "value_best": best, "value_high": high, "group_status": GroupStatus.MIXED_TOTAL}
    stated = [Stated("best", Metric.KILLED, kind, where, whole)]
    if parts["deaths_civilians"]:
        of_whole = {"group_status": GroupStatus.CIVILIAN, "part_of": PartOf.SUBSET}
        stated.append(Stated("deaths_civilians", Metric.KILLED, kind, where, {**event, **of_whole}, part_of=0))
    return Told(
        title=f"{' – '.join(side for side in sides if side)}, {where.name or where.within}, {start}",
        url=own_address("https://ucdp.uu.se/", "ged", version, identity),
        fields=_FIELDS,
        stated=tuple(stated),
        published=when,
    )


def _where(row: Row) -> Where:
    """Its place in UCDP's own words; names of divisions are not those of the country's list, so that they are looked up as words."""
    precision = row.one_of("where_prec", _PRECISIONS)
    name, first, second, country = (row.text(field) for field in ("where_coordinates", "adm_1", "adm_2", "country"))
    lat, lon = row.number("latitude"), row.number("longitude")
    match precision:
        case PlacePrecision.COUNTRY | PlacePrecision.CROSS_BORDER | PlacePrecision.REGION_INFORMAL:
            return Where(name=name or country, precision=precision)
        case PlacePrecision.GOVERNORATE:
            return Where(name=first or name, precision=precision)
        case PlacePrecision.DISTRICT:
            return Where(name=second or name, within=first, precision=precision)
        case _:
            return Where(name=name, within=first, lat=lat, lon=lon, precision=precision)
