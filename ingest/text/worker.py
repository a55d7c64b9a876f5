"""The process that `ingest.text.bounded` reads difficult files in: requests in, answers out, until the input ends."""

import contextlib
import json
import signal
import sys
from dataclasses import asdict
from datetime import datetime
from typing import IO, Any

from ingest.errors import UnreadableDocument
from ingest.text import cards, feed, html, json_answer, record, workbook
from ingest.text.bounded import moment_from
from ingest.text.extracted import Extracted, FeedItem
from ingest.text.media import MediaType
from ingest.text.reader import read_here

_MEMORY = 4 << 30  # bytes of address space a reading may take, where the platform can bound it


def serve(requests: IO[bytes], answers: IO[bytes]) -> None:
    """Answer requests until the input ends."""
    while line := requests.readline():
        request = json.loads(line)
        content = requests.read(request["size"])
        _set_alarm(request["seconds"] + 5)
        try:
            answer = _answer(request, content)
        except UnreadableDocument as error:
            answer = {"error": str(error)}
        _set_alarm(0)
        answers.write(json.dumps(answer, default=_written).encode("ascii") + b"\n")
        answers.flush()


def _answer(request: dict[str, Any], content: bytes) -> dict[str, Any]:
    media, name = MediaType.parse(request["media_type"]), request["name"]
    match request["task"]:
        case "feed":
            return asdict(feed.read_feed(content, media, name, request["address"]))
        case "entry":
            item = FeedItem(**{**request["item"], "published": moment_from(request["item"]["published"]), "markup": _text(content)})
            return _told(feed.item_text(item, media, name))
        case "field":
            return _told(json_answer.field_text(_text(content), request["title"], media, name))
        case "cards":
            fields = {key: (where[0], where[1]) for key, where in request["fields"].items()}
            return {"cards": cards.read_cards(content, media, name, request["entry"], fields)}
        case "row":
            return {"row": record.page_row(content, media, name)}
        case "pick":
            return {"words": html.pick(content, media, name, request["selector"])}
        case "sheets":
            return {"sheets": [asdict(sheet) for sheet in workbook.read_sheets(content, name)]}
        case _:
            return _told(read_here(content, media, name))


def _told(read: Extracted) -> dict[str, Any]:
    return {**asdict(read), "header": dict(read.header)}


def _text(content: bytes) -> str:
    return content.decode("utf-8", "surrogatepass")


def _written(moment: datetime) -> str:
    return moment.isoformat()


def _set_alarm(seconds: float) -> None:
    """End this process after so many seconds, should nobody be left to do it; zero takes it back. POSIX only."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _bound_memory() -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 -- POSIX only

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


if __name__ == "__main__":
    _bound_memory()
    serve(sys.stdin.buffer, sys.stdout.buffer)
