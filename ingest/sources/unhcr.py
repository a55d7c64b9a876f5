"""UNHCR's refugee statistics: people from the crisis's country by the country that hosts them, once a year.

Yearly totals, for context: they say nothing of a single month. A year that has not ended may hold figures of its middle, whose
day the answer does not say, so it is left aside.

Options in the crisis file: `address` (another address of the API), `country` (another country of origin, ISO code of three
letters), `years` ([first, last], where not those around the crisis).
"""

from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from typing import Any

from ingest.errors import SettingsError, SourceUnavailable
from ingest.fetch.exchange import Accept, Response
from ingest.fetch.request import FetchRequest
from ingest.model.advice import Advice, advise
from ingest.model.changes import Change
from ingest.model.failures import Failure, say
from ingest.model.missettings import Missetting
from ingest.model.records import Record, SourceInfo, Where
from ingest.model.vocabulary import GroupStatus, Kind, Metric, PlacePrecision, PlaceRole, SourceKind
from ingest.structured import JSON, Answer, Audit, Row, Stated, Told, json_answer, needed, records

INFO = SourceInfo(
    name="unhcr",
    title="UNHCR refugee statistics",
    publisher="unhcr",
    kind=SourceKind.UN,
    address="https://api.unhcr.org/population/v1/population/",
    languages=("en",),
    licence="CC BY 4.0",
    redistribution="Free with attribution to UNHCR.",
    cadence_hours=24 * 30,
    mandate="Refugees by country of asylum, people displaced in their own country, and returns, at the end of each year.",
    limitation=(
        "One figure a year and country, published half a year later: context, not the course of a crisis. Small numbers are "
        "rounded or withheld. Host governments register most of the people, each by its own rules."
    ),
    expected_volume=(0, 500),
    title_ar="إحصاءات مفوضية اللاجئين",
    mandate_ar="اللاجئون بحسب بلد اللجوء، والنازحون داخل بلدهم، والعائدون، في نهاية كل عام.",
    limitation_ar=(
        "رقم واحد لكل عام وبلد يُنشر بعد نصف عام: سياق لا مسار أزمة. الأعداد الصغيرة مقرّبة أو محجوبة. "
        "تسجل الحكومات المضيفة معظم الناس، كل منها بقواعدها."
    ),
)

_PAGE = 1000
_MOST_PAGES = 100
_NO_NUMBER = ("-",)
_COUNTRIES = ("year", "coo_name", "coo_iso", "coa_name", "coa_iso")
_LEVELS = {"refugees": Metric.REFUGEE_STOCK, "idps": Metric.DISPLACED_STOCK}
_FLOWS = {"returned_refugees": Metric.REFUGEE_RETURNED, "returned_idps": Metric.IDP_RETURNED}


def fetch(request: FetchRequest) -> Iterator[Record]:
    """Yield a record for every year and country of asylum."""
    audit = Audit(INFO.title)
    for response, items in _pages(request):
        answer = Answer(response, JSON, items, "/items")
        yield from records(answer, INFO, audit, partial(_told, retrieved=response.retrieved_at, audit=audit))
    audit.close(request)


def _pages(request: FetchRequest) -> Iterator[tuple[Response, list[Any]]]:
    address = str(request.options.get("address", INFO.address))
    first, last = _years(request)
    query = {"coo": str(request.options.get("country", request.country)), "cf_type": "ISO", "coa_all": "true", "limit": str(_PAGE)}
    for page in range(1, _MOST_PAGES + 1):
        params = {**query, "yearFrom": str(first), "yearTo": str(last), "page": str(page)}
        response = request.client.get(address, accept=Accept.JSON, params=params)
        answer = json_answer(response, INFO.title)
        items, pages = (answer.get("items"), answer.get("maxPages")) if isinstance(answer, dict) else (None, None)
        if not isinstance(items, list) or not isinstance(pages, int):
            raise SourceUnavailable(say(Failure.CHANGED, what=advise(Change.WITHOUT, title=INFO.title, parts="`items`, `maxPages`")))
        yield response, items
        if page >= pages or not items:
            return
    request.progress(f"{INFO.title}: stopped after {_MOST_PAGES} pages; narrow `years` in the crisis file.")


def _years(request: FetchRequest) -> tuple[int, int]:
    """The years to ask for: those of the crisis and the one before, which it is compared with."""
    start, end = request.days
    years = request.options.get("years", [start.year - 1, (end or request.now().date()).year])
    if not (isinstance(years, list) and len(years) == 2 and all(isinstance(year, int) for year in years)):
        like = advise(Advice.WRITE_LIKE, example="[2023, 2024]")
        raise SettingsError(say(Missetting.NOT_UNDERSTOOD, wanted="years", setting="sources.unhcr", advice=like))
    return years[0], years[1]


def _told(row: Row, retrieved: datetime, audit: Audit) -> Told | None:
    year = needed("year", row.whole("year"))
    origin, asylum = row.text("coo_iso"), row.text("coa_iso")
    names = row.text("coo_name"), row.text("coa_name")
    row.skip("coo", "coo_id", "coa", "coa_id", "asylum_seekers", "stateless", "ooc", "oip", "hst")
    levels = {name: row.whole(name, _NO_NUMBER) for name in _LEVELS}
    flows = {name: row.whole(name, _NO_NUMBER) for name in _FLOWS}
    if year >= retrieved.year:
        audit.leave("their year has not ended, and whether they are of its middle is not said")
        return None
    abroad = origin != asylum
    role = PlaceRole.DESTINATION if abroad else PlaceRole.LOCATION
    given = {"group_status": GroupStatus.CIVILIAN}
    at_end = {**given, "as_of": date(year, 12, 31)}
    in_year = {**given, "window_start": date(year, 1, 1), "window_end": date(year, 12, 31), "as_of": date(year, 12, 31)}
    stated = [Stated(name, _LEVELS[name], Kind.STOCK, _where(asylum, names[1], role), at_end) for name, value in levels.items() if value]
    left_from = PlaceRole.ORIGIN if abroad else PlaceRole.DESTINATION
    stated += [
        Stated(name, _FLOWS[name], Kind.PERIOD, _where(asylum, names[1], left_from), in_year) for name, value in flows.items() if value
    ]
    if not stated:
        audit.leave("they say none of refugees, displaced people and returns")
        return None
    return Told(
        title=f"People from {names[0]} in {names[1]}, {year}",
        url=f"https://www.unhcr.org/refugee-statistics/download/#{origin}/{asylum}/{year}",
        fields=(*_COUNTRIES, *_LEVELS, *_FLOWS),
        stated=tuple(stated),
        published=retrieved,
    )


def _where(code: str, name: str, role: PlaceRole) -> Where:
    return Where(codes=(code,), name=name, precision=PlacePrecision.COUNTRY, role=role)
