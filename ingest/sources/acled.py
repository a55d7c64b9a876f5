"""ACLED: political violence and demonstrations, event by event. Events are kept on this machine only; what is published are sums.

Its terms forbid passing on its rows. So the answers are archived and read here, and what becomes figures are sums of deaths and
events by first-level division and week, counted from the rows each time: events that ACLED deletes, moves or recodes leave their
sum, which then is a later edition of itself. The sums and the numbers of the events they were counted from are archived too.

Nobody confirmed that 0, 10 and 100 deaths are counts: they may be codes for "unknown", "several" and "many". So events with these
are not added up. They are counted beside the sum, which is then "at least", carries a doubt, and is told of in the run; a week of
such events alone has no number of deaths.

Needs ACLED_USERNAME and ACLED_PASSWORD, of an account at https://acleddata.com whose access tier holds events.

Options in the crisis file: `country` (ACLED's name, needed where it is not known for the crisis's country), `exact` (those of 0, 10
and 100 of which ACLED said that they are counts and no codes), `address` (another address of the site).
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

from ingest.errors import SettingsError, SourceUnavailable
from ingest.fetch.exchange import Accept, Credentials, HttpFailure, Response
from ingest.fetch.request import FetchRequest
from ingest.model.advice import Advice, advise
from ingest.model.changes import Change, Defect
from ingest.model.doubts import written
from ingest.model.failures import Failure, say
from ingest.model.missettings import Missetting
from ingest.model.records import Complete, Record, SourceInfo, Where
from ingest.model.vocabulary import Doubt, GroupStatus, Kind, Metric, PlacePrecision, Qualifier, SourceKind, Stance, Unit
from ingest.structured import (
    JSON,
    Answer,
    Audit,
    Flaw,
    Row,
    Stated,
    Told,
    ask,
    json_answer,
    key_of,
    listed,
    needed,
    own_address,
    records,
    taken,
    within,
)

INFO = SourceInfo(
    name="acled",
    title="ACLED",
    publisher="acled",
    kind=SourceKind.MONITOR,
    address="https://acleddata.com/",
    languages=("en",),
    licence="ACLED's terms: attribution, no redistribution of raw data, no training of models",
    redistribution="Sums by division and week with attribution to ACLED; never an event.",
    cadence_hours=24 * 7,
    mandate="Political violence and demonstrations, event by event, with reported deaths.",
    limitation=(
        "One number of deaths for all sides and without a range. Whether 0, 10 and 100 are counts or codes for unknown, several and many "
        "was never confirmed: events with these are left out of the sums, which are then “at least”. Coded from media and monitors, some "
        "of which are sources here too, and recoded every week. Shown as sums by week, so a day cannot be compared."
    ),
    expected_volume=(0, 100),
    needs=("ACLED_USERNAME", "ACLED_PASSWORD"),
    stance=Stance.NO_PARTY,
    title_ar="مشروع أكليد",
    mandate_ar="العنف السياسي والاحتجاجات، حدثاً بحدث، مع الوفيات المبلغ عنها.",
    limitation_ar=(
        "رقم واحد للوفيات لجميع الأطراف وبلا مدى. لم يؤكد أحد هل ٠ و١٠ و١٠٠ أعداد أم رموز لغير المعروف والبضعة والكثير: لا تدخل أحداثها في "
        "المجاميع، فتصير «على الأقل». مصدره وسائل الإعلام والمراصد، وبعضها من مصادر هذا البرنامج، ويُعاد ترميزه كل أسبوع. يُعرض هنا مجاميع "
        "أسبوعية، فلا يُقارن يوم بيوم."
    ),
)

_WHENCE = advise(Advice.REGISTER, where="https://acleddata.com")
_COUNTRIES = {"SYR": "Syria"}
_PAGE = 5000
_MOST_PAGES = 100
_LATEST = 4_102_444_800  # the year 2100 in Unix time
_WEEK = timedelta(days=7)
_SHOWN = "https://acleddata.com/"
_SIGN_IN_ADVICE = advise(Advice.SIGN_IN_REFUSED, setting="ACLED_USERNAME", beside="ACLED_PASSWORD", whence=_WHENCE)
_ADVICE = {
    401: Advice.ACCESS_ENDED,
    403: advise(Advice.TIER, title="ACLED"),
}
_CODES = {0: "unknown", 10: "several", 100: "many"}  # deaths that may be codes, and for what
_SUMMED = ("source", "admin1", "week_from", "week_to", "events", "fatalities")
_APART = {code: f"events_with_{code}_deaths" for code in _CODES}
_TO_THE_WEEK = (1, 2)  # ACLED's time_precision: 1 day, 2 week, 3 month
_NOT_NEEDED = (
    *("year", "disorder_type", "sub_event_type", "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction"),
    *("civilian_targeting", "iso", "region", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision", "source"),
    *("source_scale", "notes", "tags", "population_1km", "population_2km", "population_5km", "population_best", "event_type"),
)


@dataclass(frozen=True, slots=True)
class _Event:
    """What of an event its sum needs. `changed` is when ACLED last uploaded it."""

    identity: str
    day: date
    division: str
    deaths: int
    changed: datetime


def fetch(request: FetchRequest) -> Iterator[Record | Complete]:
    """Yield the sums of every division and week of the crisis."""
    codes = _codes(request)
    token = _token(request)
    audit = Audit(INFO.title)
    events: dict[str, _Event] = {}
    for response, rows in _pages(request, token):
        found = taken(Answer(response, JSON, rows, "/data"), audit, partial(_event, request=request, audit=audit))
        events |= {event.identity: event for event in found}
    for event in events.values():
        if event.deaths in codes:
            audit.doubt(_doubted(event.deaths))
    audit.close(request)
    if not events:
        request.progress(f"{INFO.title} gave no event of the crisis; the account's access tier may not reach back that far.")
        return
    told = Audit(f"The sums of {INFO.title}")
    yield from records(_summed(events.values(), request, codes), INFO, told, partial(_told, request=request))
    yield Complete(own_address(_SHOWN, "weeks", ""), "No longer any event of that division and week.")


def _codes(request: FetchRequest) -> Set[int]:
    """The numbers of deaths that may be codes: those of which the crisis file does not say that they are counts."""
    exact = request.options.get("exact", [])
    if not isinstance(exact, list) or not all(type(number) is int and number in _CODES for number in exact):
        raise SettingsError(say(Missetting.CHOICES, wanted="exact", setting="sources.acled", choices="0, 10, 100"))
    return {*_CODES} - {*exact}


def _doubted(deaths: int) -> str:
    return (
        f"have {deaths} deaths, which nobody confirmed to be a count and no code for “{_CODES[deaths]}”, and are left out of the sums of "
        "deaths; ask ACLED and set `exact` under `sources.acled` in the crisis file where it is one"
    )


def _token(request: FetchRequest) -> Credentials:
    name, password = (key_of(request, need, INFO, _WHENCE) for need in INFO.needs)
    form = {"username": name, "password": password, "grant_type": "password", "client_id": "acled"}
    try:
        answer = request.client.sign_in(_site(request) + "oauth/token", form)
    except HttpFailure as error:
        if error.status not in (400, 401):
            raise
        raise SourceUnavailable(say(Failure.REFUSED, title=INFO.title, status=error.status, detail="", cause=_SIGN_IN_ADVICE)) from error
    if answer and not isinstance(answer.get("access_token"), str):
        raise SourceUnavailable(say(Failure.CHANGED, what=advise(Change.NO_TOKEN, title=INFO.title)))
    return Credentials(headers={"Authorization": f"Bearer {answer['access_token']}"} if answer else {})


def _site(request: FetchRequest) -> str:
    return str(request.options.get("address", INFO.address))


def _pages(request: FetchRequest, token: Credentials) -> Iterator[tuple[Response, list[Any]]]:
    """The answers, until one holds fewer events than were asked for."""
    country = request.options.get("country", _COUNTRIES.get(request.country))
    if not isinstance(country, str):
        like = advise(Advice.WRITE_LIKE, example='"Syria"')  # ACLED's name for it
        raise SettingsError(say(Missetting.NOT_UNDERSTOOD, wanted="country", setting="sources.acled", advice=like))
    first, last = request.days
    days = f"{first.isoformat()}|{(last or request.now().date()).isoformat()}"
    query = {"_format": "json", "country": country, "event_date": days, "event_date_where": "BETWEEN", "limit": str(_PAGE)}
    for page in range(1, _MOST_PAGES + 1):
        address, params = _site(request) + "api/acled/read", {**query, "page": str(page)}
        response = ask(request, address, INFO, advice=_ADVICE, accept=Accept.JSON, params=params, credentials=token)
        answer = json_answer(response, INFO.title)
        if isinstance(answer, dict) and answer.get("success") is False:
            raise SourceUnavailable(say(Failure.QUERY_REFUSED, title=INFO.title, answer=str(answer.get("error"))[:200]))
        rows = listed(answer, "data", INFO)
        if answer.get("count") != len(rows):
            raise SourceUnavailable(say(Failure.INCOMPLETE, title=INFO.title, given=len(rows), counted=answer.get("count")))
        yield response, rows
        if len(rows) < _PAGE:
            return
    raise SourceUnavailable(say(Failure.TOO_MANY, title=INFO.title, most=_MOST_PAGES * _PAGE))


def _event(row: Row, _: int, request: FetchRequest, audit: Audit) -> _Event | None:
    identity, day = needed("event_id_cnty", row.text("event_id_cnty")), needed("event_date", row.day("event_date"))
    division, deaths = row.text("admin1"), needed("fatalities", row.whole("fatalities"))
    precision, changed = row.whole("time_precision"), needed("timestamp", row.whole("timestamp"))
    row.skip("country", *_NOT_NEEDED)
    if precision not in _TO_THE_WEEK:
        audit.leave("their week is not known")
        return None
    if changed > _LATEST:
        raise Flaw(advise(Defect.NO_TIME, part="timestamp"))
    return _Event(identity, day, division, deaths, datetime.fromtimestamp(changed, UTC)) if within((day, day), request, audit) else None


def _summed(events: Iterable[_Event], request: FetchRequest, codes: Set[int]) -> Answer:
    """The sums as an archived answer of our own, the same bytes for the same events."""
    cells: dict[tuple[str, date], list[_Event]] = defaultdict(list)
    for event in events:
        cells[event.division, event.day - timedelta(days=event.day.weekday())].append(event)
    sums = [_sum(division, monday, found, codes) for (division, monday), found in sorted(cells.items())]
    content = json.dumps({"sums": sums}, ensure_ascii=False, indent=1).encode()
    address = own_address(_SHOWN, "weeks")
    response = Response(address, address, 200, {}, str(JSON), request.archive.body(request.archive.put(content)), request.now())
    return Answer(response, JSON, json_answer(response, INFO.title)["sums"], "/sums")


def _sum(division: str, monday: date, events: Sequence[_Event], codes: Set[int]) -> Mapping[str, Any]:
    """What a division and week add up to, and beside it how many events have a number of deaths that may be a code."""
    apart = Counter(event.deaths for event in events if event.deaths in codes)
    ordered = sorted(events, key=lambda event: (event.day, event.identity))
    return {
        "source": INFO.title,
        "admin1": division,
        "week_from": monday.isoformat(),
        "week_to": (monday + _WEEK - timedelta(days=1)).isoformat(),
        "events": len(ordered),
        "fatalities": sum(event.deaths for event in ordered if event.deaths not in codes),
        **{_APART[code]: apart[code] for code in sorted(apart)},
        "last_upload": max(event.changed for event in ordered).isoformat(),
        "counted": [[event.identity, event.day.isoformat(), event.deaths] for event in ordered],
    }


def _told(row: Row, request: FetchRequest) -> Told:
    division, deaths, events = row.text("admin1"), row.whole("fatalities"), row.whole("events")
    monday, sunday = needed("week_from", row.day("week_from")), needed("week_to", row.day("week_to"))
    uploaded = datetime.fromisoformat(row.text("last_upload"))
    apart = [name for name in _APART.values() if row.has(name)]
    row.skip("source", "counted", *apart)
    first, last = request.days
    window = {"window_start": max(monday, first), "window_end": min(sunday, last or sunday), "as_of": min(sunday, last or sunday)}
    where = Where(name=division, precision=PlacePrecision.GOVERNORATE)
    counted = {**window, "unit": Unit.COUNT, "group_label": "political violence and demonstrations"}
    stated = [Stated("events", Metric.INCIDENT_COUNT, Kind.PERIOD, where, counted)]
    dead = {**window, "group_status": GroupStatus.MIXED_TOTAL}
    if apart:
        dead |= {"qualifier": Qualifier.AT_LEAST, "doubts": (written(Doubt.CODES_LEFT_OUT),)}
    if deaths or not apart:  # of codes alone there is no number
        stated.append(Stated("fatalities", Metric.KILLED, Kind.PERIOD, where, dead))
    return Told(
        title=f"Sums of ACLED’s events, {division}, {monday} to {sunday}: {events} events",
        url=own_address(_SHOWN, "weeks", division, monday),
        fields=(*_SUMMED, *_APART.values()),
        stated=tuple(stated),
        published=uploaded,
    )
