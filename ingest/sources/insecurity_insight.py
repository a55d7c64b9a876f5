"""Insecurity Insight's security incidents: aid workers, educators and students killed, hurt or taken, incident by incident.

A record holds a count for each thing that may have happened; those that are not zero are figures. Only themes whose columns are
known are read; others are added here once somebody has seen them.

Options in the crisis file: `themes` (some of aidWorkerKIKA, education), `country` (another one than the crisis's, ISO code of three
letters), `address` (another address of the API).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from ingest.errors import SettingsError, SourceUnavailable
from ingest.fetch.exchange import Accept
from ingest.fetch.request import FetchRequest
from ingest.model.advice import Advice, advise
from ingest.model.changes import Change
from ingest.model.failures import Failure, say
from ingest.model.missettings import Missetting
from ingest.model.records import Complete, Record, SourceInfo, Where
from ingest.model.vocabulary import GroupStatus, Kind, Metric, PlacePrecision, SourceKind, Stance, Unit
from ingest.structured import JSON, Answer, Audit, Row, Stated, Told, ask, json_answer, needed, own_address, records, within

INFO = SourceInfo(
    name="insecurity_insight",
    title="Insecurity Insight",
    publisher="insecurity_insight",
    kind=SourceKind.MONITOR,
    address="https://sind-api.herokuapp.com/hdx/v1/",
    languages=("en",),
    licence="that of its datasets on HDX, which ask for attribution and forbid commercial use",
    redistribution="Figures with attribution to Insecurity Insight, not for commercial use; not its descriptions of incidents.",
    cadence_hours=24 * 7,
    mandate="Incidents that harm aid work, health care and education, with the people killed, injured, kidnapped or arrested in them.",
    limitation=(
        "Incidents it learns of from media and partners, so that silence says nothing. Counts people of a profession only: other "
        "victims of the same incident are not in it. Places may be off by 25 km or more. Its address may have moved."
    ),
    expected_volume=(0, 50),
    stance=Stance.NO_PARTY,
    title_ar="إنسيكيوريتي إنسايت",
    mandate_ar="الحوادث التي تضر بالعمل الإغاثي والرعاية الصحية والتعليم، مع من قُتل أو جُرح أو خُطف أو اعتُقل فيها.",
    limitation_ar=(
        "حوادث يعلم بها من الإعلام والشركاء، فالصمت لا يعني شيئاً. لا يعدّ إلا أصحاب مهنة معينة، لا غيرهم من ضحايا الحادث نفسه. "
        "قد تبعد المواقع ٢٥ كم أو أكثر. وقد يكون عنوانه تغيّر."
    ),
)

_SHOWN = "https://insecurityinsight.org/"
_ADVICE = {404: advise(Advice.MAY_HAVE_MOVED, setting="sources.insecurity_insight.address")}
_PRECISION = re.compile(r"\((\d)\)")
_WITHIN_25_KM = "2"  # "(2) 25 km precision", the only label that was seen
_COMMON = ("Date", "Country", "Country ISO", "Admin 1", "Geo Precision", "Location of Incident", "Reported Perpetrator")
_COMMON_SKIPPED = (
    *("Event Description", "Reported Perpetrator Name", "Weapon Carried/Used", "Organisation Affected", "Programme Focus"),
    "Known Kidnapping or Arrest Outcome",
)


@dataclass(frozen=True, slots=True)
class _Count:
    """What a column counts, of people in a role."""

    metric: Metric
    role: str = ""
    unit: Unit = Unit.PERSON


_THEMES: Mapping[str, Mapping[str, _Count]] = {
    "aidWorkerKIKA": {
        "Aid Workers Killed": _Count(Metric.KILLED, "aid_worker"),
        "Aid Workers Injured": _Count(Metric.INJURED, "aid_worker"),
        "Aid Workers Kidnapped": _Count(Metric.ABDUCTED, "aid_worker"),
        "Aid Workers Arrested": _Count(Metric.DETAINED, "aid_worker"),
    },
    "education": {
        "Educators Killed": _Count(Metric.KILLED, "teacher"),
        "Students Killed": _Count(Metric.KILLED, "student"),
        "Attacks on Schools": _Count(Metric.FACILITY_HIT, unit=Unit.COUNT),
    },
}
_FLAGS = {"education": ("Attacks on Students and Teachers",)}  # yes or no, and no count


def fetch(request: FetchRequest) -> Iterator[Record | Complete]:
    """Yield the incidents of every theme in the crisis's country and days."""
    audit = Audit(INFO.title)
    for theme in _chosen(request):
        response = ask(request, f"{request.options.get('address', INFO.address)}{theme}", INFO, advice=_ADVICE, accept=Accept.JSON)
        rows = json_answer(response, INFO.title)
        if not isinstance(rows, list):
            raise SourceUnavailable(say(Failure.CHANGED, what=advise(Change.NO_LIST, title=INFO.title)))
        told = partial(_told, when=response.retrieved_at, theme=theme, request=request, audit=audit)
        yield from records(Answer(response, JSON, rows), INFO, audit, told)
    audit.close(request)
    yield Complete(own_address(_SHOWN, "sind", ""), "No longer among the incidents.")


def _chosen(request: FetchRequest) -> list[str]:
    themes = request.options.get("themes", list(_THEMES))
    if not isinstance(themes, list) or not {*themes} <= {*_THEMES}:
        raise SettingsError(say(Missetting.CHOICES, wanted="themes", setting="sources.insecurity_insight", choices=", ".join(_THEMES)))
    return themes


def _told(row: Row, when: datetime, theme: str, request: FetchRequest, audit: Audit) -> Told | None:
    if row.text("Country ISO") != str(request.options.get("country", request.country)):
        return None
    identity, day = needed("SiND Event ID", row.whole("SiND Event ID")), needed("Date", row.day("Date"))
    precision = row.text("Geo Precision")
    where = _where(row, precision)
    row.skip("Country", "Location of Incident", "Reported Perpetrator", *_COMMON_SKIPPED, *_FLAGS.get(theme, ()))
    counts = {name: row.whole(name) for name in _THEMES[theme]}
    if not within((day, day), request, audit):
        return None
    stated = tuple(_stated(name, _THEMES[theme][name], where, day) for name, count in counts.items() if count)
    if not stated:
        audit.leave("nobody they count was harmed in them")
        return None
    if not _is_confirmed(precision):
        audit.doubt(f"have the precision “{precision[:40]}”, which nobody confirmed, and are placed by their division alone")
    return Told(
        title=f"Incident {identity}, {where.name}, {day}",
        url=own_address(_SHOWN, "sind", theme, identity),
        fields=(*_COMMON, *_THEMES[theme]),
        stated=stated,
        published=when,
    )


def _stated(name: str, count: _Count, where: Where, day: date) -> Stated:
    people = {"group_status": GroupStatus.CIVILIAN, "group_role": count.role} if count.unit is Unit.PERSON else {}
    given = {"event_start": day, "event_end": day, "unit": count.unit, **people}
    return Stated(name, count.metric, Kind.INCIDENT, where, given)


def _where(row: Row, precision: str) -> Where:
    """Its point where it is good to 25 km; with any other label only the division is taken."""
    division, lat, lon = row.text("Admin 1"), row.number("Latitude"), row.number("Longitude")
    if _is_confirmed(precision):
        return Where(within=division, lat=lat, lon=lon, precision=PlacePrecision.SUBDISTRICT)
    return Where(name=division, precision=PlacePrecision.GOVERNORATE)


def _is_confirmed(precision: str) -> bool:
    label = _PRECISION.search(precision)
    return label is not None and label[1] == _WITHIN_25_KM
