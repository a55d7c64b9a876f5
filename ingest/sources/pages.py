"""A list of addresses: single reports of any publisher, read again on every refresh as long as they are listed.

[[sources.pages.lists]]
publisher = "example"              # organisation id
addresses = ["https://example.org/report-7"]
file = "addresses.txt"             # optional: more of them, one a line, # begins a remark
language = "en"                    # optional
selector = "div.article-text"      # optional: where the report stands on the page
drop = "figure, .box"              # optional: what in it is no report
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ingest.errors import SettingsError, SourceUnavailable
from ingest.feeds import House, Page, Tally, from_pages
from ingest.fetch.request import FetchRequest
from ingest.model.failures import say
from ingest.model.missettings import Missetting
from ingest.model.records import Document, SourceInfo
from ingest.model.vocabulary import SourceKind, Stance

INFO = SourceInfo(
    name="pages",
    title="Listed pages",
    publisher="",
    kind=SourceKind.OTHER,
    address="named in the crisis file",
    languages=("en", "ar"),
    licence="that of each publisher",
    redistribution="Figures, a short quote and the link; never the report's text.",
    cadence_hours=24,
    mandate="Whatever stands at the configured addresses.",
    limitation=(
        "Holds what somebody thought worth listing, which is no sample of anything. Of pages without a configured selector the report is "
        "chosen by rule and may be cut short; a page that states no date is left out."
    ),
    expected_volume=(0, 1000),
    stance=Stance.VARIES,
    title_ar="صفحات مدرجة",
    mandate_ar="كل ما يوجد في العناوين المحددة.",
    limitation_ar=(
        "فيه ما رآه أحدهم جديراً بالإدراج، وليس ذلك عينة من شيء. والصفحات التي لم يُحدَّد موضع التقرير فيها يُختار نصها بقاعدة عامة وقد "
        "يُقتطع؛ والصفحة التي لا تذكر تاريخاً تُترك."
    ),
)


def fetch(request: FetchRequest) -> Iterator[Document]:
    """Yield the report at every listed address; raises `SourceUnavailable` where a list has some and none can be read."""
    failures: list[str] = []
    for table in request.options.get("lists", ()):
        house, addresses = _listed(dict(table))
        tally = Tally()
        yield from from_pages(request, addresses, house, tally=tally)
        try:
            tally.close(house.title)
        except SourceUnavailable as error:
            failures.append(str(error))
    if failures:
        raise SourceUnavailable(" ".join(failures))


def _listed(table: dict[str, Any]) -> tuple[House, list[str]]:
    try:
        publisher = str(table.pop("publisher"))
    except KeyError as error:
        raise SettingsError(say(Missetting.ENTRY_LACKS, setting="sources.pages.lists", wanted=error)) from error
    addresses = [str(address) for address in table.pop("addresses", ())]
    if file := str(table.pop("file", "")):
        addresses += _written(Path(file).expanduser())
    house = House(
        source=INFO.name,
        title=str(table.pop("title", publisher)),
        publisher=lambda _: publisher,
        page=Page(parts=(str(table.pop("selector", "")),), drop=str(table.pop("drop", ""))),
        language=str(table.pop("language", "")),
        licence=str(table.pop("licence", "")),
    )
    if table:
        raise SettingsError(say(Missetting.UNKNOWN_KEY_OF, name=publisher, setting="sources.pages.lists", wanted=repr(sorted(table)[0])))
    return house, addresses


def _written(path: Path) -> list[str]:
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(say(Missetting.ADDRESSES_UNREAD, path=path, answer=error)) from error
    return [address for line in lines if (address := line.partition(" #")[0].strip()) and not address.startswith("#")]
