"""The process that reads for others: a request with its bytes in, an answer out, until the input ends."""

import contextlib
import importlib
import os
import signal
import sys
from typing import IO, Any

from ingest.apart import frames
from ingest.apart.sent import Sent
from ingest.apart.tasks import TASKS
from ingest.errors import UnreadableDocument

_GRACE = 5.0  # seconds after which this process ends itself, should nobody be left to do it
_LARGEST_ANSWER = 500_000_000  # bytes


def serve(requests: IO[bytes], answers: IO[bytes]) -> None:
    """Answer requests until the input ends."""
    with contextlib.suppress(EOFError):
        while True:
            request = frames.read(requests)
            sent = Sent(requests, request["size"])
            _set_alarm(request["seconds"] + _GRACE)
            answer = _answer(request, sent)
            _set_alarm(0)
            sent.pass_over()
            answers.write(answer)
            answers.flush()


def _answer(request: dict[str, Any], sent: Sent) -> bytes:
    """What the task makes of what was sent, or the sentence why it makes nothing; out of memory this process ends."""
    _bound_memory(request["memory"])
    module, _, function = TASKS[request["task"]].function.partition(":")
    name = request["name"]
    try:
        answer = frames.written((True, getattr(importlib.import_module(module), function)(sent, {**request["told"], "name": name})))
    except UnreadableDocument as error:
        return frames.written((False, str(error)))
    except RecursionError:
        return frames.written((False, f"{name} is nested deeper than anything that is read; check what it holds."))
    except MemoryError:
        raise
    except Exception as error:  # whatever a file does to a parser costs that file only
        told = f"{name} brought its reader down ({type(error).__name__}: {str(error)[:200]}); report it with the file."
        return frames.written((False, told))
    if len(answer) > _LARGEST_ANSWER:
        return frames.written((False, f"{name} holds more than is read at once; split it."))
    return answer


def _set_alarm(seconds: float) -> None:
    """End this process after so many seconds; zero takes it back. POSIX only."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _bound_memory(size: int) -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 -- POSIX only

        resource.setrlimit(resource.RLIMIT_AS, (size, resource.getrlimit(resource.RLIMIT_AS)[1]))


if __name__ == "__main__":
    # What a library prints must not stand among the answers.
    own = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    serve(sys.stdin.buffer, own)
