"""What is read apart: the function that does it, within how many seconds and bytes, and what people are to do where that fails."""

from dataclasses import dataclass
from typing import Final

from ingest.model.unreadable import Phrase

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
    advice: Phrase = Phrase.SPLIT_OR_TEXT


TASKS: Final = {
    # Texts. A report in PDF of a thousand pages takes about two minutes.
    "text": Task("ingest.text.tasks:text"),
    "pdf": Task("ingest.text.tasks:text", seconds=240.0),
    "workbook": Task("ingest.text.tasks:text", seconds=60.0),
    "feed": Task("ingest.text.tasks:feed", advice=Phrase.SERVER),
    "entry": Task("ingest.text.tasks:entry", advice=Phrase.SERVER),
    "field": Task("ingest.text.tasks:field", advice=Phrase.SERVER),
    "cards": Task("ingest.text.tasks:cards", advice=Phrase.SERVER),
    "row": Task("ingest.text.tasks:row", advice=Phrase.SERVER),
    "pick": Task("ingest.text.tasks:pick", advice=Phrase.SERVER),
    # Records and tables. A hundred thousand rows of a workbook take about two seconds.
    "json": Task("ingest.text.tasks:json", seconds=60.0, advice=Phrase.SERVER),
    "listed": Task("ingest.text.tasks:listed", seconds=300.0, advice=Phrase.SERVER),
    "answer": Task("ingest.text.tasks:answer", seconds=60.0, advice=Phrase.SERVER),
    "sheets": Task("ingest.text.tasks:sheets", seconds=60.0, advice=Phrase.SPLIT_OR_CSV),
    "table": Task("ingest.text.tasks:table", seconds=60.0, advice=Phrase.SPLIT),
    "toml": Task("ingest.text.tasks:toml", advice=Phrase.CHECK),
    # Files as they come.
    "packed": Task("ingest.text.tasks:packed", seconds=240.0),
    "zip kind": Task("ingest.text.tasks:zip_kind", advice=Phrase.UNPACK),
    "zip members": Task("ingest.fetch.tasks:members", advice=Phrase.UNPACK),
    "zip member": Task("ingest.fetch.tasks:member", advice=Phrase.UNPACK),
    "robots": Task("ingest.fetch.tasks:robots", advice=Phrase.LEFT_ALONE),
    # A large country's release takes a tenth of this.
    "release": Task("ingest.places.tasks:release", seconds=600.0, memory=8 * _GIB, advice=Phrase.LAYERS),
}
