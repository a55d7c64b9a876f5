"""Reading in a process of its own that is ended when it takes too long: a size cap does not bound the time a parser needs.

The child is `ingest.text.worker`. Both sides speak in JSON lines, a request's followed by the bytes of the file.
"""

import atexit
import contextlib
import json
import os
import subprocess
import sys
import threading
from datetime import datetime
from pathlib import Path
from typing import Any

from ingest.errors import UnreadableDocument
from ingest.text.extracted import Extracted


def read_bounded(content: bytes, media_type: str, name: str, *, seconds: float) -> Extracted:
    """Read a file within so many seconds. Raises `UnreadableDocument` when it takes longer or brings the reader down."""
    answer = ask(content, {"task": "text", "media_type": media_type, "name": name}, seconds=seconds)
    return Extracted(**{**answer, "published": moment_from(answer["published"])})


def moment_from(written: str | None) -> datetime | None:
    """A moment as the worker writes it: ISO 8601, or nothing."""
    return datetime.fromisoformat(written) if written else None


def ask(content: bytes, request: dict[str, Any], *, seconds: float) -> dict[str, Any]:
    """Send a request with a file to the worker and return its answer. Raises `UnreadableDocument` as the reader does."""
    line = _WORKER.ask({**request, "size": len(content), "seconds": seconds}, content, seconds)
    if not line:
        raise UnreadableDocument(
            f"{request['name']} could not be read within {seconds:g} seconds or within memory; split it, or save it as text."
        )
    answer: dict[str, Any] = json.loads(line)
    if "error" in answer:
        raise UnreadableDocument(answer["error"])
    return answer


class _Worker:
    """The one worker of this process: started when first needed, and again after it was ended."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._owner = 0

    def ask(self, request: dict[str, Any], content: bytes, seconds: float) -> bytes:
        """Send a request and wait for the answer's line; empty when the child had to be ended, or ended by itself."""
        with self._lock:
            child = self._running()
            timer = threading.Timer(seconds, child.kill)
            timer.start()
            line = b""
            try:
                line = _exchange(child, request, content)
            finally:
                timer.cancel()
                if not line.endswith(b"\n"):
                    self.end()  # also when interrupted: a late answer must not meet the next request
        return line if line.endswith(b"\n") else b""

    def end(self) -> None:
        """End the child, if this process has one."""
        child, self._child = self._child, None
        if child is None or self._owner != os.getpid():
            return
        child.kill()
        child.wait()
        for stream in (child.stdin, child.stdout):
            if stream:
                with contextlib.suppress(OSError):
                    stream.close()

    def _running(self) -> subprocess.Popen[bytes]:
        # A forked copy of this process must not talk into the pipes of the one it was copied from.
        if self._child is not None and self._owner == os.getpid() and self._child.poll() is None:
            return self._child
        self.end()
        if self._owner != os.getpid():
            atexit.register(self.end)
        root = str(Path(__file__).resolve().parents[2])
        path = os.pathsep.join(part for part in (root, os.environ.get("PYTHONPATH", "")) if part)
        command = [sys.executable, "-m", "ingest.text.worker"]
        environment = {**os.environ, "PYTHONPATH": path}
        pipe = subprocess.PIPE
        # this interpreter and a module of this package
        self._child = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, env=environment)  # noqa: S603
        self._owner = os.getpid()
        return self._child


_WORKER = _Worker()


def _exchange(child: subprocess.Popen[bytes], request: dict[str, Any], content: bytes) -> bytes:
    if child.stdin is None or child.stdout is None:
        return b""
    try:
        child.stdin.write(json.dumps(request).encode("ascii") + b"\n" + content)
        child.stdin.flush()
        return child.stdout.readline()
    except OSError:
        return b""
