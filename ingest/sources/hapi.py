"""HDX HAPI, OCHA's interface to indicators of many agencies: displaced people by round, refugees, returns, conflict by month.

The claimed source of a row is the agency that counted (IOM, UNHCR, ACLED); HDX only passes it on. Of displaced people the latest
round of each operation is taken, for rounds are levels and are never added up. The kinds of conflict events overlap, so each is a
count of its own. A month without deaths may be one without a record, so zeros are no statement. ACLED's 0, 10 and 100 deaths of an
event may be codes, which a month's sum no longer shows: each such sum carries a doubt and is told of in the run. While its table of
what was updated when is as it was, the themes are asked for every other day only.

Needs HDX_HAPI_APP_IDENTIFIER, the base64 of `application:email`, made at
https://hapi.humdata.org/docs#/Generate%20App%20Identifier.

Options in the crisis file: `themes` (some of idps, conflict, refugees, returnees), `rounds` ("all" keeps earlier rounds),
`country` (another one than the crisis's), `page` (rows asked for at once), `address` (another address of the API).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from ingest.errors import SettingsError, SourceUnavailable
from ingest.fetch.exchange import Accept, Credentials, Response
from ingest.fetch.request import FetchRequest
from ingest.model.advice import Advice, advise
from ingest.model.changes import Defect
from ingest.model.doubts import written
from ingest.model.failures import say
from ingest.model.missettings import Missetting
from ingest.model.records import Complete, Record, SourceInfo, Where
from ingest.model.vocabulary import Doubt, GroupStatus, Kind, Metric, PlacePrecision, PlaceRole, Sex, SourceKind, Stance, Unit
from ingest.structured import (
    JSON,
    Answer,
    Audit,
    Flaw,
    Row,
    Sign,
    Stated,
    Told,
    ask,
    json_answer,
    key_of,
    latest_rounds,
    listed,
    needed,
    own_address,
    records,
    within,
)

INFO = SourceInfo(
    name="hapi",
    title="HDX HAPI",
    publisher="hdx",
    kind=SourceKind.UN,
    address="https://hapi.humdata.org/api/v2/",
    languages=("en",),
    licence="that of each contributor: IOM, UNHCR and ACLED keep their own terms",
    redistribution="Figures with attribution to the agency that counted, under the terms of its dataset on HDX.",
    cadence_hours=24 * 7,
    mandate="Standard indicators of humanitarian agencies: displaced people, refugees, returns, and conflict events by month and district.",
    limitation=(
        "Passes on others’ data, weeks to months after the event. Conflict deaths are ACLED’s, by month and district only; the kinds of "
        "events overlap and must not be added, and the sums may hold codes for unknown, several and many beside counts. Displaced people "
        "are counted in rounds, whose operations may cover the same area."
    ),
    expected_volume=(0, 3000),
    needs=("HDX_HAPI_APP_IDENTIFIER",),
    stance=Stance.NO_PARTY,
    title_ar="واجهة بيانات منصة تبادل البيانات الإنسانية",
    mandate_ar="مؤشرات موحدة لوكالات إنسانية: النازحون واللاجئون والعائدون وأحداث النزاع بحسب الشهر والمنطقة.",
    limitation_ar=(
        "تنقل بيانات غيرها بعد أسابيع أو أشهر. وفيات النزاع من مشروع أكليد بحسب الشهر والمنطقة فقط، وأنواع الأحداث متداخلة لا تُجمع، وقد "
        "تضم المجاميع رموزاً لغير المعروف والبضعة والكثير إلى جانب الأعداد. يُعدّ النازحون في جولات قد تغطي عملياتها المنطقة نفسها."
    ),
)

_KEY = "HDX_HAPI_APP_IDENTIFIER"
_WHENCE = advise(Advice.MAKE_IDENTIFIER, where="https://hapi.humdata.org/docs")
_UPDATES = "metadata/data-availability"
_PAGE = 10_000
_MOST_PAGES = 50
_ADVICE = {
    403: advise(Advice.IDENTIFIER_REFUSED, setting=_KEY, whence=_WHENCE),
    404: Advice.PART_GONE,
}
_PLACE = ("location_code", "admin1_code", "admin1_name", "admin2_code", "admin2_name")
_PROVIDED = ("provider_admin1_name", "provider_admin2_name")
_PERIOD = ("reference_period_start", "reference_period_end")
_INTERNAL = ("location_ref", "admin1_ref", "admin2_ref", "has_hrp", "in_gho", "resource_hdx_id", "location_name")
_LEVELS = {0: PlacePrecision.COUNTRY, 1: PlacePrecision.GOVERNORATE, 2: PlacePrecision.DISTRICT}
# The deaths of all sides in all political violence; the others are parts of it or beside it, and none says whom it counts.
_EVENTS = {
    "political_violence": (GroupStatus.MIXED_TOTAL, "people killed in political violence"),
    "civilian_targeting": (GroupStatus.UNSTATED, "people killed in events that target civilians"),
    "demonstration": (GroupStatus.UNSTATED, "people killed at demonstrations"),
}
_WHOLE = "political_violence"  # the kind whose events are counted; those of the others are in part the same events
_SEXES = {"f": Sex.FEMALE, "m": Sex.MALE, "all": None}
_FLOW, _LEVEL = Kind.PERIOD, Kind.STOCK
# UNHCR's population groups that are one of our metrics; asylum seekers, stateless people and others are none.
_GROUPS = {
    "REF": (Metric.REFUGEE_STOCK, _LEVEL),
    "IDP": (Metric.DISPLACED_STOCK, _LEVEL),
    "RET": (Metric.REFUGEE_RETURNED, _FLOW),
    "RDP": (Metric.IDP_RETURNED, _FLOW),
}

Read = Callable[..., Told | None]  # of a row, when it was retrieved, the request, and the audit


@dataclass(frozen=True, slots=True)
class _Theme:
    """A part of the API. `country` names the parameter that chooses the crisis's country, `shown` a page of it for people."""

    path: str
    country: str
    shown: str
    read: Read


def fetch(request: FetchRequest) -> Iterator[Record | Complete]:
    """Yield the rows of every theme about the crisis's country and days."""
    identifier = Credentials(headers={"X-HDX-HAPI-APP-IDENTIFIER": key_of(request, _KEY, INFO, _WHENCE)})
    audit, sign = Audit(INFO.title), _sign(request, identifier)
    for name in _chosen(request):
        theme = _THEMES[name]
        pages = list(_pages(request, theme, identifier, sign))
        latest = (
            {}
            if request.options.get("rounds") == "all"
            else latest_rounds([row for _, rows in pages for row in rows], "operation", "reporting_round")
        )
        for response, rows in pages:
            answer = Answer(response, JSON, rows, "/data")
            read = partial(theme.read, when=response.retrieved_at, request=request, audit=audit)
            yield from records(answer, INFO, audit, partial(_of_latest_round, read=read, latest=latest, audit=audit))
    audit.close(request)
    sign.keep()
    if "conflict" in _chosen(request):  # of the others, rows of earlier rounds and years go on to be true of their day
        yield Complete(_THEMES["conflict"].shown + "#", "No longer among the months of conflict.")


def _chosen(request: FetchRequest) -> list[str]:
    themes = request.options.get("themes", list(_THEMES))
    if not isinstance(themes, list) or not {*themes} <= {*_THEMES}:
        raise SettingsError(say(Missetting.CHOICES, wanted="themes", setting="sources.hapi", choices=", ".join(_THEMES)))
    return themes


def _sign(request: FetchRequest, identifier: Credentials) -> Sign:
    """The table of what was updated when in the country; none where one theme is asked for alone, or it cannot be had."""
    if len(_chosen(request)) == 1:
        return Sign(request, None)
    query = {"location_code": _country(request), "limit": str(_PAGE), "output_format": "json"}
    try:
        how = {"accept": Accept.JSON, "params": query, "credentials": identifier, "remember": False}
        return Sign(request, ask(request, _address_of(request, _UPDATES), INFO, advice={}, **how))
    except SourceUnavailable as error:
        request.progress(f"{error} It would say whether anything was updated, so every theme is asked for.")
        return Sign(request, None)


def _address_of(request: FetchRequest, path: str) -> str:
    return str(request.options.get("address", INFO.address)) + path


def _country(request: FetchRequest) -> str:
    return str(request.options.get("country", request.country))


def _pages(request: FetchRequest, theme: _Theme, identifier: Credentials, sign: Sign) -> Iterator[tuple[Response, list[Any]]]:
    """The answers of a theme, until one holds fewer rows than were asked for: there is no total and no next link."""
    address = _address_of(request, theme.path)
    size = int(request.options.get("page", _PAGE))
    query = {theme.country: _country(request), "limit": str(size), "output_format": "json"}
    for page in range(_MOST_PAGES):
        params = {**query, "offset": str(page * size)}
        how = {"accept": Accept.JSON, "params": params, "credentials": identifier}
        response = sign.settled(address, params) or ask(request, address, INFO, advice=_ADVICE, **how)
        rows = listed(json_answer(response, INFO.title), "data", INFO)
        yield response, rows
        if len(rows) < size:
            return
    request.progress(f"{INFO.title}: stopped after {_MOST_PAGES} pages of {theme.path}.")


def _of_latest_round(row: Row, read: Callable[[Row], Told | None], latest: Mapping[str, int], audit: Audit) -> Told | None:
    number, operation = row.left.get("reporting_round"), str(row.left.get("operation"))
    if isinstance(number, int) and operation in latest and number < latest[operation]:
        audit.leave("a later round of their operation is there")
        return None
    return read(row)


def _displaced(row: Row, when: datetime, request: FetchRequest, audit: Audit) -> Told | None:
    where, period = _where(row), _period(row)
    operation, number = row.text("operation"), row.whole("reporting_round")
    row.skip("assessment_type")
    population = row.whole("population")
    if not within(period, request, audit):
        return None
    given = {"claimed_source": "iom", "as_of": period[1], "group_status": GroupStatus.CIVILIAN}
    return Told(
        title=f"Displaced people, {where.name}, {operation}, round {number or 'not numbered'}",
        url=_address(_THEMES["idps"], where, operation, number or period[1]),
        fields=("operation", "reporting_round", *_PLACE, *_PROVIDED, "assessment_type", "population", *_PERIOD),
        stated=(Stated("population", Metric.DISPLACED_STOCK, Kind.STOCK, where, given),) if population is not None else (),
        published=when,
    )


def _conflict(row: Row, when: datetime, request: FetchRequest, audit: Audit) -> Told | None:
    where, period = _where(row), _period(row)
    events, deaths = row.whole("events"), row.whole("fatalities")
    kind = row.text("event_type")
    row.left["event_type"] = kind
    status, label = row.one_of("event_type", _EVENTS)
    if not within(period, request, audit):
        return None
    window = {"claimed_source": "acled", "window_start": period[0], "window_end": period[1], "as_of": period[1]}
    counted = {**window, "unit": Unit.COUNT}
    dead = {**window, "group_status": status, "group_label": label, "doubts": (written(Doubt.CODES_WITHIN),)}
    stated = [Stated("fatalities", Metric.KILLED, Kind.PERIOD, where, dead)] if deaths else []
    stated += [Stated("events", Metric.INCIDENT_COUNT, Kind.PERIOD, where, counted)] if events and kind == _WHOLE else []
    if not stated:
        audit.leave("they hold zeros only, which may mean that nothing was recorded, or events of a kind that overlaps")
        return None
    if deaths:
        audit.doubt("have deaths that ACLED added up from its events, some of whose 0, 10 and 100 may be codes and no counts")
    return Told(
        title=f"Conflict events, {kind.replace('_', ' ')}, {where.name}, {period[0]} to {period[1]}",
        url=_address(_THEMES["conflict"], where, kind, period[0]),
        fields=(*_PLACE, *_PROVIDED, "event_type", "events", "fatalities", *_PERIOD),
        stated=tuple(stated),
        published=when,
    )


def _people(row: Row, when: datetime, request: FetchRequest, audit: Audit, *, theme: str) -> Told | None:
    """A row of UNHCR's: refugees by origin and asylum, or people who returned."""
    period = _period(row)
    origin, asylum = (row.text(f"{side}_location_code") for side in ("origin", "asylum"))
    name, group, sex, age = row.text("asylum_location_name"), row.text("population_group"), row.text("gender"), row.text("age_range")
    row.skip("resource_hdx_id", "min_age", "max_age", "origin_location_name")
    row.skip(*(f"{side}_{field}" for side in ("origin", "asylum") for field in ("location_ref", "has_hrp", "in_gho")))
    population = row.whole("population")
    if group not in _GROUPS or sex not in _SEXES or age != "all" or not population:
        audit.leave("they are of groups, ages or sexes that are no metric of their own, or hold zero")
        return None
    if not within(period, request, audit):
        return None
    metric, kind = _GROUPS[group]
    ends = {"as_of": period[1]} if kind is Kind.STOCK else {"window_start": period[0], "window_end": period[1], "as_of": period[1]}
    role = PlaceRole.LOCATION if origin == asylum else PlaceRole.DESTINATION if kind is Kind.STOCK else PlaceRole.ORIGIN
    where = Where(codes=(asylum,), name=name, precision=PlacePrecision.COUNTRY, role=role)
    given = {"claimed_source": "unhcr", **ends, "group_status": GroupStatus.CIVILIAN, "group_sex": _SEXES[sex]}
    sides = tuple(f"{side}_location_{field}" for side in ("origin", "asylum") for field in ("code", "name"))
    return Told(
        title=f"{group} from {origin} in {name}, {period[0]} to {period[1]}",
        url=_address(_THEMES[theme], where, origin, group, sex, period[1]),
        fields=(*sides, "population_group", "gender", "age_range", "population", *_PERIOD),
        stated=(Stated("population", metric, kind, where, given),),
        published=when,
    )


def _where(row: Row) -> Where:
    """The place of a row: its own p-code, else the provider's name for it within what is known around it."""
    level = needed("admin_level", row.whole("admin_level"))
    if level not in _LEVELS:
        raise Flaw(advise(Defect.STRANGE, part="admin_level", answer=level))
    country, first, second = row.text("location_code"), row.text("admin1_code"), row.text("admin2_code")
    names = row.text("admin1_name"), row.text("admin2_name")
    provided = row.text("provider_admin1_name"), row.text("provider_admin2_name")
    row.skip(*_INTERNAL)
    if level == 0:
        return Where(codes=(country,), name=country, precision=_LEVELS[0])
    own, around = (first, "") if level == 1 else (second, first or names[0] or provided[0])
    name = names[level - 1] or provided[level - 1]
    return Where(codes=(own,) if own else (), name=name or own, within=around, precision=_LEVELS[level])


def _period(row: Row) -> tuple[date, date]:
    """The reference period; one without an end is a day."""
    start = needed("reference_period_start", row.day("reference_period_start"))
    return start, row.day("reference_period_end") or start


def _address(theme: _Theme, where: Where, *identity: Any) -> str:
    return own_address(theme.shown, where.codes[0] if where.codes else where.name, *identity)


_DOCS = "https://hapi.humdata.org/docs"
_THEMES: Mapping[str, _Theme] = {
    "idps": _Theme("affected-people/idps", "location_code", "https://data.humdata.org/dataset/hdx-hapi-idps", _displaced),
    "conflict": _Theme(
        "coordination-context/conflict-events", "location_code", "https://data.humdata.org/dataset/hdx-hapi-conflict-event", _conflict
    ),
    "refugees": _Theme(
        "affected-people/refugees-persons-of-concern", "origin_location_code", _DOCS + "?refugees", partial(_people, theme="refugees")
    ),
    "returnees": _Theme("affected-people/returnees", "origin_location_code", _DOCS + "?returnees", partial(_people, theme="returnees")),
}
