"""The process that `ingest.text.bounded` reads difficult files in: requests in, answers out, until the input ends."""

import contextlib
import json
import signal
import sys
from dataclasses import asdict
from datetime import datetime
from typing import IO, Any

from ingest.errors import UnreadableDocument
from ingest.text import feed, workbook
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
    if request["task"] == "feed":
        return asdict(feed.read_feed(content, media, name, request["address"]))
    if request["task"] == "sheets":
        return {"sheets": [asdict(sheet) for sheet in workbook.read_sheets(content, name)]}
    read = read_here(content, media, name)
    return {**asdict(read), "header": dict(read.header)}


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
