"""GDELT's index of the world's news, as a finder of addresses: articles of named outlets that match a query are read at the outlet.

    [sources.gdelt]
    query = '(Syria OR Aleppo) sourcelang:english'   # as api.gdeltproject.org takes it; words of fewer than three letters are refused
    outlets = { "example.org" = "example" }          # organisation id by host; articles of other hosts are left aside
    selectors = { "example.org" = "div.article" }    # optional: where the report stands on the outlet's pages

It knows the last three months only, and asks not to be queried more often than every five seconds: a refresh asks once.
`address` (another address of the API) is a further option. What its answers say on a bad query or a busy day is not confirmed: anything
that is not its list of articles is an error.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from ingest.errors import SettingsError, SourceUnavailable, UnreadableDocument
from ingest.feeds import House, Page, Tally, from_pages
from ingest.fetch.exchange import Accept
from ingest.fetch.request import FetchRequest
from ingest.model.advice import Advice
from ingest.model.failures import Failure, say
from ingest.model.missettings import Missetting
from ingest.model.records import Document, SourceInfo
from ingest.model.vocabulary import SourceKind, Stance
from ingest.text import read_json

INFO = SourceInfo(
    name="gdelt",
    title="GDELT (finds articles)",
    publisher="",
    kind=SourceKind.MEDIA,
    address="https://api.gdeltproject.org/api/v2/doc/doc",
    languages=("en", "ar"),
    licence="GDELT: free with citation and link; each article is its outlet's",
    redistribution="Figures, a short quote and the link to the article; never its text.",
    cadence_hours=12,
    mandate="Finds articles of the outlets named in the crisis file; says nothing itself.",
    limitation=(
        "An index, not a source: every figure is the outlet's. It misses paywalled and small outlets, matches by machine, and forgets "
        "after three months. Outlets mostly relay agencies and monitors, so many finds are one count."
    ),
    expected_volume=(0, 500),
    stance=Stance.VARIES,
    title_ar="غديلت (يعثر على المقالات)",
    mandate_ar="يعثر على مقالات المنافذ المسماة في ملف الأزمة، ولا يقول شيئاً بنفسه.",
    limitation_ar=(
        "فهرس لا مصدر: كل رقم هو رقم المنفذ الذي نشره. تفوته المنافذ المدفوعة والصغيرة، ويطابق آلياً، وينسى بعد ثلاثة أشهر. وتنقل المنافذ "
        "في الغالب عن الوكالات والمراصد، فكثير مما يُعثر عليه عدد واحد."
    ),
)

_MOST = 250
_MEMORY = timedelta(days=90)
_OPTIONS = frozenset({"enabled", "address", "query", "outlets", "selectors"})
_KNOWN = frozenset({"url", "url_mobile", "title", "seendate", "socialimage", "domain", "language", "sourcecountry"})


def fetch(request: FetchRequest) -> Iterator[Document]:
    """Yield the articles found since `request.since`, or in the last day, each read at its outlet."""
    options = request.options
    unknown = sorted({*options} - _OPTIONS)
    if unknown:
        raise SettingsError(say(Missetting.UNKNOWN_KEY, wanted=repr(unknown[0]), setting="sources.gdelt"))
    if missing := [name for name in ("query", "outlets") if not options.get(name)]:
        raise SettingsError(say(Missetting.NONE_NAMED, wanted=missing[0], setting="sources.gdelt", advice=Advice.HEAD_COMMENT))
    by_host: dict[str, list[str]] = {}
    aside = 0
    for article in _articles(request):
        host = (urlsplit(article).hostname or "").removeprefix("www.")
        if host in options["outlets"]:
            by_host.setdefault(host, []).append(article)
        else:
            aside += 1
    if aside:
        request.progress(f"GDELT: {aside} articles are of outlets that the crisis file does not name.")
    tally = Tally()
    for host, addresses in by_host.items():
        yield from from_pages(request, addresses, _house(options, host), tally=tally)
    tally.close(INFO.title)


def _house(options: Any, host: str) -> House:
    publisher = str(options["outlets"][host])
    selector = str(options.get("selectors", {}).get(host, ""))
    return House(source=INFO.name, title=host, publisher=lambda _: publisher, page=Page(parts=(selector,)))


def _articles(request: FetchRequest) -> list[str]:
    """The addresses of the articles found, each once."""
    params = {"query": str(request.options["query"]), "mode": "artlist", "format": "json", "maxrecords": str(_MOST), "sort": "datedesc"}
    if request.since is None:
        params["timespan"] = "1d"
    else:
        since = max(request.since, request.now() - _MEMORY)
        params |= {"startdatetime": _written(since), "enddatetime": _written(request.now())}
    response = request.client.get(str(request.options.get("address", INFO.address)), accept=Accept.JSON, params=params)
    try:
        answer = read_json(response.content, "The answer of GDELT")
    except UnreadableDocument as error:
        raise SourceUnavailable(str(error)) from error
    if answer == {}:
        request.progress("GDELT found no article.")
        return []
    rows = answer.get("articles") if isinstance(answer, dict) else None
    if not isinstance(rows, list) or not all(isinstance(row, dict) and isinstance(row.get("url"), str) for row in rows):
        raise SourceUnavailable(say(Failure.CHANGED, what="GDELT answered without a list `articles` with a `url` each, so its API changed"))
    for name in sorted({name for row in rows for name in row} - _KNOWN):
        request.progress(f"GDELT changed: the field “{name}” is new; check whether its reader must follow.")
    if len(rows) == _MOST:
        request.progress(f"GDELT gave the {_MOST} articles it gives at most; older ones were not asked for. Narrow the query.")
    return list(dict.fromkeys(row["url"] for row in rows if row["url"].startswith(("http://", "https://"))))


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%d%H%M%S")
