"""Airwars: incidents of civilian harm from explosive weapons, each as the range of what all sources claim, with a grade.

Incidents are found in the list of the site's WordPress interface and read from their pages, whose parts are known from their markup:
where a page has no such part the site has changed, which is told. The code of an incident begins with letters for the belligerent
and the theatre; which of them are the crisis's is the crisis file's to say.

Options in the crisis file: `codes` (letters before the number of an incident's code, such as ["R", "TS"]; needed), `address` (another
address of the site).
"""

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

from ingest.errors import SettingsError, SourceUnavailable, UnreadableDocument
from ingest.feeds.rechecks import is_due
from ingest.fetch.exchange import Accept, Response
from ingest.fetch.request import FetchRequest
from ingest.model.advice import Advice, advise
from ingest.model.changes import Change, Defect
from ingest.model.failures import Failure, say
from ingest.model.missettings import Missetting
from ingest.model.records import Record, SourceInfo, Where
from ingest.model.vocabulary import Age, GroupStatus, Kind, Metric, PartOf, Qualifier, Sex, SourceKind, Stance
from ingest.structured import JSON, Answer, Audit, Flaw, Row, Stated, Told, ask, json_answer, needed, records, taken, within
from ingest.text import MediaType, read_page_row
from ingest.text.moment import parse_moment

INFO = SourceInfo(
    name="airwars",
    title="Airwars",
    publisher="airwars",
    kind=SourceKind.MONITOR,
    address="https://airwars.org/",
    languages=("en",),
    licence="© Airwars; use with attribution and not for commerce",
    redistribution="Figures with attribution and the link to the incident's page.",
    cadence_hours=24 * 7,
    mandate="Civilians reported killed or injured by explosive weapons of named belligerents, incident by incident.",
    limitation=(
        "A range over all public claims and no count of its own: many of its sources are sources here too. Only incidents with explosive "
        "weapons and a suspected belligerent, published weeks to months after. Read from pages, whose markup may change."
    ),
    expected_volume=(0, 50),
    stance=Stance.NO_PARTY,
    title_ar="إيروورز",
    mandate_ar="المدنيون الذين أُفيد بمقتلهم أو إصابتهم بأسلحة متفجرة لأطراف محددة، حادثاً بحادث.",
    limitation_ar=(
        "مدى لكل الادعاءات العلنية لا عدّ مستقل: كثير من مصادره مصادر هنا أيضاً. لا يشمل إلا حوادث الأسلحة المتفجرة مع طرف مشتبه به، وينشر "
        "بعد أسابيع أو أشهر. يُقرأ من صفحات قد يتغير تركيبها."
    ),
)

_LIST = "wp-json/wp/v2/civ"
_PAGE = 100
_MOST_PAGES = 300
_SLUG = re.compile(r"(?P<code>(?P<letters>[a-z]+)\d+[a-z]?)-(?P<day>[a-z]+-\d{1,2}-\d{4})")
_PARTS = {"place": ".meta-block.location", "position": ".Geolocations.primary .lat-lng", "code": "div.meta-block.code.current > span"}
_PAIRS = "ul.meta-list.summary li"
_KILLED, _INJURED = "Civilians reported killed", "Civilians reported injured"
_FIELDS = ("code", "place", _KILLED, _INJURED, "Airwars civilian harm grading", "Suspected belligerent")
_RANGE = re.compile(r"(?<![\d,])(?P<low>\d[\d,]{0,14}+)(?!\d)(?:\s*[–-]\s*(?P<high>\d[\d,]{0,14}+)(?!\d))?")
_WHOM: dict[str, dict[str, Any]] = {
    "child": {"group_age": Age.CHILD},
    "children": {"group_age": Age.CHILD},
    "woman": {"group_sex": Sex.FEMALE, "group_age": Age.ADULT},
    "women": {"group_sex": Sex.FEMALE, "group_age": Age.ADULT},
    "man": {"group_sex": Sex.MALE, "group_age": Age.ADULT},
    "men": {"group_sex": Sex.MALE, "group_age": Age.ADULT},
}
_Listing = tuple[str, date, datetime | None]  # the page of an incident, its day, and when the page was last edited
_PART = re.compile(rf"{_RANGE.pattern} (?P<whom>{'|'.join(_WHOM)})\b")


def fetch(request: FetchRequest) -> Iterator[Record]:
    """Yield the incidents with the crisis's codes on its days."""
    codes = request.options.get("codes")
    if not isinstance(codes, list) or not codes:
        letters = advise(Advice.INCIDENT_LETTERS, example='["R"]')
        raise SettingsError(say(Missetting.NONE_NAMED, wanted="codes", setting="sources.airwars", advice=letters))
    listed, audit = Audit(f"The list of {INFO.title}"), Audit(INFO.title)
    found = _incidents(request, frozenset(str(code).lower() for code in codes), listed)
    listed.close(request)
    for link, day, edited in found:
        try:
            response = _settled(request, link, edited) or ask(request, link, INFO, advice={}, accept=Accept.PAGE)
            yield from _incident(response, day, audit)
        except (SourceUnavailable, UnreadableDocument) as error:
            request.progress(f"{error} That incident was passed over.")
    audit.close(request)


def _settled(request: FetchRequest, link: str, edited: datetime | None) -> Response | None:
    """An incident's page from the archive where the list says that it was not edited since it was fetched, and that was not long ago."""
    known = request.client.known(link) if edited is not None else None
    if known is None or edited is None or edited >= known.retrieved_at or is_due(edited, known.retrieved_at, request.now()):
        return None
    return known


def _incidents(request: FetchRequest, codes: frozenset[str], audit: Audit) -> list[_Listing]:
    """Pages, days and last edits of the incidents, from the site's list, whose pages are counted in a header."""
    found: list[_Listing] = []
    address = str(request.options.get("address", INFO.address)) + _LIST
    for page in range(1, _MOST_PAGES + 1):
        response = ask(request, address, INFO, advice={}, accept=Accept.JSON, params={"per_page": str(_PAGE), "page": str(page)})
        rows = json_answer(response, INFO.title)
        if not isinstance(rows, list):
            raise SourceUnavailable(say(Failure.CHANGED, what=advise(Change.NO_INCIDENTS, title=INFO.title)))
        found += taken(Answer(response, JSON, rows), audit, partial(_listed, request=request, codes=codes, audit=audit))
        last = response.headers.get("x-wp-totalpages", "")
        if len(rows) < _PAGE or (last.isdigit() and page >= int(last)):
            return found
    return found


def _listed(row: Row, _: int, request: FetchRequest, codes: frozenset[str], audit: Audit) -> _Listing | None:
    slug, link = needed("slug", row.text("slug")), needed("link", row.text("link"))
    edited = parse_moment(row.text("modified_gmt")) if row.has("modified_gmt") else None
    row.skip("id", "date", "date_gmt", "guid", "modified", "status", "type", "title", "content", "excerpt", "author")
    row.skip("featured_media", "template", "meta", "acf", "class_list", "_links")
    named = _SLUG.fullmatch(slug)
    if named is None:
        audit.leave("their address names no code and day")
        return None
    try:
        day = datetime.strptime(named["day"], "%B-%d-%Y").date()  # noqa: DTZ007 -- a day, which has no zone
    except ValueError:
        audit.leave("their address names no code and day")
        return None
    if named["letters"] not in codes or not within((day, day), request, Audit("")):
        return None
    return link, day, edited and edited.replace(tzinfo=UTC)


def _incident(response: Response, day: date, audit: Audit) -> Iterator[Record]:
    """The record of an incident's page."""
    charset = MediaType.parse(response.media_type).params.get("charset", "")
    media = MediaType("text/html").with_params(charset=charset, parts=json.dumps(_PARTS), pairs=_PAIRS)
    row = read_page_row(response.content, str(media), response.url)
    yield from records(Answer(response, media, [row]), INFO, audit, partial(_told, response=response, day=day))


def _told(row: Row, response: Response, day: date) -> Told:
    code, where = needed("code", row.text("code")), _where(row)
    counts = [(name, row.text(name)) for name in (_KILLED, _INJURED) if row.has(name)]
    row.skip("Airwars civilian harm grading", "Suspected belligerent")
    if not counts:
        raise Flaw(advise(Defect.NEITHER, part=_KILLED, other=_INJURED))
    stated: list[Stated] = []
    for name, said in counts:
        metric = Metric.KILLED if name == _KILLED else Metric.INJURED
        whole = len(stated)
        stated += [
            Stated(name, metric, Kind.INCIDENT, where, {**given, "event_start": day, "event_end": day}, None if own else whole, words)
            for own, words, given in _numbers(name, said)
        ]
    return Told(
        title=f"{code}, {where.name}, {day}",
        url=response.final_url,
        fields=_FIELDS,
        stated=tuple(stated),
        published=response.retrieved_at,
    )


def _numbers(name: str, said: str) -> Iterator[tuple[bool, str, dict[str, Any]]]:
    """The number or range a value begins with, and the people told of it in brackets: whether it is the whole, its words, its fields."""
    whole = _RANGE.match(said)
    if whole is None:
        raise Flaw(advise(Defect.NO_NUMBER_HERE, part=name, answer=repr(said[:60])))
    yield True, whole[0], {**_bounds(whole), "group_status": GroupStatus.CIVILIAN}
    for part in _PART.finditer(said, whole.end()):
        yield False, part[0], {**_bounds(part), **_WHOM[part["whom"]], "group_status": GroupStatus.CIVILIAN, "part_of": PartOf.SUBSET}


def _bounds(found: re.Match[str]) -> dict[str, Any]:
    low = int(found["low"].replace(",", ""))
    if not found["high"]:
        return {"value_best": low}
    return {"value_low": low, "value_high": int(found["high"].replace(",", "")), "qualifier": Qualifier.RANGE}


def _where(row: Row) -> Where:
    """Its place in words, finest first; how good its position is no page says in a way that is known, so that it is not taken."""
    words = [part.strip() for part in needed("place", row.text("place")).split(",") if part.strip()]
    row.skip("position")
    return Where(name=words[0], within=words[-2] if len(words) > 2 else "")
