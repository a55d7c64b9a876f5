"""IOM's Displacement Tracking Matrix, version 3 of its API: people displaced in an area, as found in a round of an operation.

Each round is a level at its date: of each operation the latest is taken, and rounds are never added up. A row may hold only those
displaced for one reason or from one place; it is then a count of these and not of everybody in the area. While the first level is as
it was, the finer ones are asked for every other day only.

Needs DTM_SUBSCRIPTION_KEY, of the product API-V3 at https://dtm-apim-portal.iom.int/.

Options in the crisis file: `levels` (some of 0, 1, 2: country, first and second divisions), `rounds` ("all" keeps earlier rounds),
`country` (another one than the crisis's), `address` (another address of the API).
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from ingest.errors import SettingsError, SourceUnavailable
from ingest.fetch.exchange import Accept, Credentials, Response
from ingest.fetch.request import FetchRequest
from ingest.model.advice import Advice, advise
from ingest.model.changes import Defect
from ingest.model.failures import Failure, say
from ingest.model.missettings import Missetting
from ingest.model.records import Record, SourceInfo, Where
from ingest.model.vocabulary import GroupStatus, Kind, Metric, PartOf, PlacePrecision, Sex, SourceKind, Stance
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
)

INFO = SourceInfo(
    name="dtm",
    title="IOM displacement tracking",
    publisher="iom",
    kind=SourceKind.UN,
    address="https://dtmapi.iom.int/v3/displacement/",
    languages=("en",),
    licence="IOM's DTM data licence, like CC BY 4.0, with a disclaimer",
    redistribution="Figures with attribution to IOM DTM.",
    cadence_hours=24 * 7,
    mandate="People displaced in an area, counted by enumerators with key informants in rounds.",
    limitation=(
        "Levels at the date of a round, weeks apart; operations may cover the same area. Estimates of key informants, not a register. "
        "Whether a country and time are covered differs: no answer says nothing about displacement."
    ),
    expected_volume=(0, 500),
    needs=("DTM_SUBSCRIPTION_KEY",),
    stance=Stance.NO_PARTY,
    title_ar="مصفوفة تتبع النزوح",
    mandate_ar="النازحون في منطقة ما كما يعدّهم ميدانياً باحثون مع مخبرين رئيسيين في جولات.",
    limitation_ar=(
        "مستويات في تاريخ جولة تفصل بينها أسابيع، وقد تغطي العمليات المنطقة نفسها. تقديرات مخبرين لا سجلات. "
        "تختلف التغطية بحسب البلد والوقت: غياب الجواب لا يعني غياب النزوح."
    ),
)

_KEY = "DTM_SUBSCRIPTION_KEY"
_WHENCE = advise(Advice.SUBSCRIBE, where="https://dtm-apim-portal.iom.int/")
_ADVICE = {
    401: advise(Advice.KEY_REFUSED, setting=_KEY, whence=_WHENCE),
    404: Advice.PART_GONE,
}
_PRECISIONS = (PlacePrecision.COUNTRY, PlacePrecision.GOVERNORATE, PlacePrecision.DISTRICT)
_FIELDS = (
    *("operation", "roundNumber", "reportingDate", "admin0Name", "admin1Name", "admin1Pcode", "admin2Name", "admin2Pcode"),
    *("displacementReason", "idpOriginAdmin1Name", "numPresentIdpInd", "numberMales", "numberFemales", "assessmentType"),
)
_SEXES = {"numberMales": Sex.MALE, "numberFemales": Sex.FEMALE}


def fetch(request: FetchRequest) -> Iterator[Record]:
    """Yield the rows of every level about the crisis's country and days."""
    key = Credentials(headers={"Ocp-Apim-Subscription-Key": key_of(request, _KEY, INFO, _WHENCE)})
    audit = Audit(INFO.title)
    sign: Sign | None = None
    for level in _levels(request):
        response, rows = _rows(request, level, key, sign)
        sign = sign or Sign(request, response)
        latest = {} if request.options.get("rounds") == "all" else latest_rounds(rows, "operation", "roundNumber")
        told = partial(_told, when=response.retrieved_at, level=level, latest=latest, audit=audit)
        yield from records(Answer(response, JSON, rows, "/result"), INFO, audit, told)
    audit.close(request)
    if sign is not None:
        sign.keep()


def _levels(request: FetchRequest) -> list[int]:
    levels = request.options.get("levels", [0, 1, 2])
    if not isinstance(levels, list) or not all(level in (0, 1, 2) for level in levels):
        raise SettingsError(say(Missetting.CHOICES, wanted="levels", setting="sources.dtm", choices="0, 1, 2"))
    return levels


def _rows(request: FetchRequest, level: int, key: Credentials, sign: Sign | None) -> tuple[Response, list[Any]]:
    """All rows of a level: there are no pages. The answer's own word on whether it succeeded counts, not its HTTP status.

    `sign` is the answer of the first level, None for that itself.
    """
    first, last = request.days
    query = {"Admin0Pcode": str(request.options.get("country", request.country)), "FromReportingDate": first.isoformat()}
    query |= {"ToReportingDate": last.isoformat()} if last else {}
    address = f"{request.options.get('address', INFO.address)}admin{level}"
    how = {"accept": Accept.JSON, "params": query, "credentials": key, "remember": sign is not None}
    response = (sign and sign.settled(address, query)) or ask(request, address, INFO, advice=_ADVICE, **how)
    answer = json_answer(response, INFO.title)
    if isinstance(answer, dict) and answer.get("isSuccess") is not True:
        raise SourceUnavailable(say(Failure.NOT_DONE, title=INFO.title, answer=str(answer.get("errorMessages"))[:200]))
    rows = listed(answer, "result", INFO)
    if answer.get("totalRecordsCount") != len(rows):
        raise SourceUnavailable(say(Failure.INCOMPLETE, title=INFO.title, given=len(rows), counted=answer.get("totalRecordsCount")))
    return response, rows


def _told(row: Row, when: datetime, level: int, latest: Mapping[str, int], audit: Audit) -> Told | None:
    operation, number = needed("operation", row.text("operation")), row.whole("roundNumber")
    if number is not None and number < latest.get(operation, 0):
        audit.leave("a later round of their operation is there")
        return None
    where, day = _where(row, level), needed("reportingDate", row.day("reportingDate"))
    people = needed("numPresentIdpInd", row.whole("numPresentIdpInd"))
    reason, origin = (row.text(name) if row.has(name) else "" for name in ("displacementReason", "idpOriginAdmin1Name"))
    sexes = {name: row.whole(name) if row.has(name) else None for name in _SEXES}
    row.skip("id", "yearReportingDate", "monthReportingDate", "assessmentType")
    if None not in sexes.values() and sum(value or 0 for value in sexes.values()) != people:
        raise Flaw(Defect.SEXES)
    label = ", ".join(words for words in (f"displaced by {reason}" if reason else "", f"from {origin}" if origin else "") if words)
    given = {"as_of": day, "group_status": GroupStatus.CIVILIAN, "group_label": label}
    stated = [Stated("numPresentIdpInd", Metric.DISPLACED_STOCK, Kind.STOCK, where, given)]
    for name, count in sexes.items():
        part = {**given, "group_sex": _SEXES[name], "part_of": PartOf.PARTITION}
        stated += [Stated(name, Metric.DISPLACED_STOCK, Kind.STOCK, where, part, part_of=0)] if count else []
    return Told(
        title=f"{operation}, round {number}, {where.name}, {day}",
        url=own_address("https://dtm.iom.int/", level, operation, number or day, *where.codes, where.name, reason, origin),
        fields=_FIELDS,
        stated=tuple(stated),
        published=when,
    )


def _where(row: Row, level: int) -> Where:
    """Its place: the p-code where the crisis's places know it, else the name within the division around it."""
    codes = [row.text(f"admin{one}Pcode") for one in range(level + 1)]
    names = [row.text(f"admin{one}Name") for one in range(level + 1)]
    around = (codes[level - 1] or names[level - 1]) if level == len(_PRECISIONS) - 1 else ""
    own = (codes[level],) if codes[level] else ()
    return Where(codes=own, name=names[level], within=around, precision=_PRECISIONS[level])
