"""What is read apart: the function that does it, within how many seconds and bytes, and what people are to do where that fails."""

from dataclasses import dataclass
from typing import Final

_GIB: Final = 1 << 30


@dataclass(frozen=True, slots=True)
class Task:
    """`function` is `module:name`. Only the process that reads imports it, for those modules stand above this one and know it.

    It takes what was sent (`ingest.apart.sent`) and what was said with it, and gives plain values (`ingest.apart.frames`) or raises
    `UnreadableDocument`. `memory` is the address space of the process, where the platform can bound it.
    """

    function: str
    seconds: float = 20.0
    memory: int = 4 * _GIB
    advice: str = "split it, or save it as text"


_AGAIN = "its server is at fault or its shape changed; the next refresh tries again"
TASKS: Final = {
    # Texts. A report in PDF of a thousand pages takes about two minutes.
    "text": Task("ingest.text.tasks:text"),
    "pdf": Task("ingest.text.tasks:text", seconds=240.0),
    "workbook": Task("ingest.text.tasks:text", seconds=60.0),
    "feed": Task("ingest.text.tasks:feed", advice=_AGAIN),
    "entry": Task("ingest.text.tasks:entry", advice=_AGAIN),
    "field": Task("ingest.text.tasks:field", advice=_AGAIN),
    "cards": Task("ingest.text.tasks:cards", advice=_AGAIN),
    "row": Task("ingest.text.tasks:row", advice=_AGAIN),
    "pick": Task("ingest.text.tasks:pick", advice=_AGAIN),
    # Records and tables. A hundred thousand rows of a workbook take about two seconds.
    "json": Task("ingest.text.tasks:json", seconds=60.0, advice=_AGAIN),
    "listed": Task("ingest.text.tasks:listed", seconds=300.0, advice=_AGAIN),
    "answer": Task("ingest.text.tasks:answer", seconds=60.0, advice=_AGAIN),
    "sheets": Task("ingest.text.tasks:sheets", seconds=60.0, advice="split it, or save its sheets as CSV"),
    "table": Task("ingest.text.tasks:table", seconds=60.0, advice="split it"),
    "toml": Task("ingest.text.tasks:toml", advice="check what it holds"),
    # Files as they come.
    "zip kind": Task("ingest.text.tasks:zip_kind", advice="unpack it first"),
    "zip members": Task("ingest.fetch.tasks:members", advice="unpack it first"),
    "zip member": Task("ingest.fetch.tasks:member", advice="unpack it first"),
    "robots": Task("ingest.fetch.tasks:robots", advice="its pages were left alone"),
    # A large country's release takes a tenth of this.
    "release": Task("ingest.places.tasks:release", seconds=600.0, memory=8 * _GIB, advice="unpack it and give only the layers needed"),
}
