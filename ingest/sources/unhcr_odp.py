"""UNHCR's Operational Data Portal: the numbers behind the figures on its pages, country by country, each at a date of its own.

The portal's interface is not documented, and which of its widgets counts what stands in the source of its pages only. So each widget
is named in the crisis file with what it counts, read once from a page such as https://data.unhcr.org/en/situations/syria:

    [[sources.unhcr_odp.widgets]]
    widget_id = 1                     # these four from the page's source; those a page does not use are left out
    sv_id = 4
    geo_id = 71
    population_group = "4797"
    counts = "refugee_stock"          # or displaced_stock, refugee_returned, idp_returned
    since = 2024-12-08                # for returns: the day from which they are counted
    place = "Lebanon"                 # with `series`: where, for the days of a series do not say so
    series = true                     # every day there is a number for, and not the latest alone

Further options: `address` (another address of the portal).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

from ingest.errors import SettingsError, SourceUnavailable
from ingest.fetch.exchange import Accept
from ingest.fetch.request import FetchRequest
from ingest.model.advice import Advice, advise
from ingest.model.changes import Defect
from ingest.model.failures import say
from ingest.model.missettings import Missetting
from ingest.model.records import Record, SourceInfo, Where
from ingest.model.vocabulary import GroupStatus, Kind, Metric, PlacePrecision, PlaceRole, SourceKind, Stance, Unit
from ingest.structured import JSON, Answer, Audit, Flaw, Row, Stated, Told, ask, json_answer, listed, needed, own_address, records, within

INFO = SourceInfo(
    name="unhcr_odp",
    title="UNHCR Operational Data Portal",
    publisher="unhcr",
    kind=SourceKind.UN,
    address="https://data.unhcr.org/",
    languages=("en",),
    licence="CC BY 4.0",
    redistribution="Free with attribution to UNHCR.",
    cadence_hours=24,
    mandate="Refugees registered and people returned, by country, as the portal's pages show them from day to day.",
    limitation=(
        "Each country is updated at its own date, so that a sum over countries mixes dates. The interface is undocumented and may "
        "change or refuse programs; what a widget counts is as the crisis file says. Returns are running totals from a day of its own."
    ),
    expected_volume=(0, 200),
    stance=Stance.NO_PARTY,
    title_ar="بوابة البيانات التشغيلية للمفوضية",
    mandate_ar="اللاجئون المسجلون والعائدون بحسب البلد كما تظهرهم صفحات البوابة يوماً بيوم.",
    limitation_ar=(
        "يُحدَّث كل بلد في تاريخ خاص به، فمجموع البلدان يخلط التواريخ. الواجهة غير موثقة وقد تتغير أو ترفض البرامج؛ وما تعدّه كل أداة كما "
        "يقول ملف الأزمة. العودات مجاميع متراكمة منذ يوم محدد."
    ),
)

_METRICS = {
    "refugee_stock": (Metric.REFUGEE_STOCK, Kind.STOCK),
    "displaced_stock": (Metric.DISPLACED_STOCK, Kind.STOCK),
    "refugee_returned": (Metric.REFUGEE_RETURNED, Kind.CUMULATIVE),
    "idp_returned": (Metric.IDP_RETURNED, Kind.CUMULATIVE),
}
_IDS = ("widget_id", "sv_id", "geo_id", "population_group")
_LATEST, _SERIES = "population/", "population/get/timeseries"
_ADVICE = {404: Advice.WIDGET_GONE}


@dataclass(frozen=True, slots=True)
class _Widget:
    """What is asked for, and what it counts. `place` is needed for a series, `since` for a running total."""

    ids: Mapping[str, str]
    metric: Metric
    kind: Kind
    since: date | None
    place: str
    series: bool


def fetch(request: FetchRequest) -> Iterator[Record]:
    """Yield the numbers of every widget; one that fails leaves the others' alone and is told at the end."""
    widgets = [_widget(dict(table)) for table in request.options.get("widgets", ())]
    if not widgets:
        raise SettingsError(say(Missetting.NONE_NAMED, wanted="widgets", setting="sources.unhcr_odp", advice=Advice.WIDGET_NUMBERS))
    audit, failures = Audit(INFO.title), list[str]()
    for widget in widgets:
        try:
            yield from _numbers(request, widget, audit)
        except SourceUnavailable as error:
            failures.append(str(error))
    audit.close(request)
    if failures:
        raise SourceUnavailable(" ".join(failures))


def _widget(table: dict[str, Any]) -> _Widget:
    ids = {name: str(table.pop(name)) for name in _IDS if name in table}
    counts, since = table.pop("counts", ""), table.pop("since", None)
    place, series = str(table.pop("place", "")), table.pop("series", False) is True
    where = "sources.unhcr_odp.widgets"
    if table:
        raise SettingsError(say(Missetting.UNKNOWN_KEY, wanted=repr(sorted(table)[0]), setting=where))
    if counts not in _METRICS or not ids:
        raise SettingsError(say(Missetting.WIDGET_NUMBERS, setting=where, needed=", ".join(_IDS), choices=", ".join(_METRICS)))
    metric, kind = _METRICS[counts]
    if kind is Kind.CUMULATIVE and not isinstance(since, date):
        raise SettingsError(say(Missetting.WIDGET_SINCE, setting=where))
    if series and not place:
        raise SettingsError(say(Missetting.WIDGET_PLACE, setting=where))
    return _Widget(ids, metric, kind, since if isinstance(since, date) else None, place, series)


def _numbers(request: FetchRequest, widget: _Widget, audit: Audit) -> Iterator[Record]:
    first, last = request.days
    if widget.series:
        span = {"fromDate": first.isoformat()} | ({"toDate": last.isoformat()} if last else {})
        path, params = _SERIES, {**widget.ids, "frequency": "day", **span}
    else:
        path, params = _LATEST, {**widget.ids, "year": "latest"}
    address = str(request.options.get("address", INFO.address)) + path
    response = ask(request, address, INFO, advice=_ADVICE, accept=Accept.JSON, params=params)
    answer = json_answer(response, INFO.title)
    if widget.series:
        data = answer.get("data") if isinstance(answer, dict) else None
        rows, pointer = listed(data, "timeseries", INFO), "/data/timeseries"
    else:
        rows, pointer = listed(answer, "data", INFO), "/data"
    told = partial(_told, when=response.retrieved_at, widget=widget, request=request, audit=audit)
    yield from records(Answer(response, JSON, rows, pointer), INFO, audit, told)


def _told(row: Row, when: datetime, widget: _Widget, request: FetchRequest, audit: Audit) -> Told | None:
    people, households = row.whole("individuals"), row.whole("households") if row.has("households") else None
    day, place = (_day_of_series(row), widget.place) if widget.series else _day_and_place(row)
    if not within((day, day), request, audit):
        return None
    role = PlaceRole.DESTINATION if widget.metric is Metric.REFUGEE_STOCK else PlaceRole.LOCATION
    where = Where(name=place, precision=PlacePrecision.COUNTRY, role=role)
    start = {"window_start": widget.since, "window_end": day} if widget.since else {}
    given = {"as_of": day, "group_status": GroupStatus.CIVILIAN, **start}
    stated = [Stated("individuals", widget.metric, widget.kind, where, given)] if people is not None else []
    stated += [Stated("households", widget.metric, widget.kind, where, {**given, "unit": Unit.HOUSEHOLD})] if households else []
    if not stated:
        audit.leave("they give no number")
        return None
    return Told(
        title=f"{widget.metric.value.replace('_', ' ').capitalize()}, {place}, {day}",
        url=own_address(INFO.address, *widget.ids.values(), widget.metric.value, place, day),
        fields=(
            "geomaster_name",
            "population_group_name",
            "year",
            "month",
            "date",
            "unix_timestamp",
            "individuals",
            "households",
            "source",
        ),
        stated=tuple(stated),
        published=when,
    )


def _day_and_place(row: Row) -> tuple[date, str]:
    day, place = needed("date", row.day("date")), needed("geomaster_name", row.text("geomaster_name"))
    row.skip("year", "month", "geomaster_id", "population_group_id", "population_group_name", "centroid_lon", "centroid_lat", "source")
    return day, place


def _day_of_series(row: Row) -> date:
    """The day of a number in a series, in Unix time. Raises `Flaw` where its own month and year say another."""
    seconds = needed("unix_timestamp", row.whole("unix_timestamp"))
    stated = row.whole("year"), row.whole("month")
    try:
        day = datetime.fromtimestamp(seconds, UTC).date()
    except (OverflowError, ValueError, OSError) as error:
        raise Flaw(advise(Defect.NO_TIME, part="unix_timestamp")) from error
    if stated != (day.year, day.month):
        raise Flaw(advise(Defect.OTHER_MONTH, part="unix_timestamp"))
    return day
