"""The side that asks: a few processes that read for this one, started when they are needed and ended when they do not answer."""

import atexit
import contextlib
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from ingest.apart import frames
from ingest.apart.tasks import TASKS
from ingest.errors import UnreadableDocument
from ingest.model.failures import say
from ingest.model.unreadable import Unreadable

# A file that keeps its reader busy for minutes must not hold up what else is read, and each process has a memory of its own.
_AT_ONCE = max(2, min(4, os.cpu_count() or 1))


class Pieces(Protocol):
    """Bytes that are too many to be held at once, such as an archived answer (`ingest.fetch.archive.Body`)."""

    @property
    def size(self) -> int:
        """How many bytes there are."""

    def chunks(self) -> Iterator[bytes]:
        """One piece after the other."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Seconds and bytes of address space, where they are others than the task's own."""

    seconds: float | None = None
    memory: int | None = None


OWN = Bounds()


def ask(task: str, content: bytes | Pieces, *, name: str, within: Bounds = OWN, **told: Any) -> Any:
    """What the task makes of the content, and of what is `told` with it. `name` is how people know the thing that is read.

    Raises `UnreadableDocument` as the task does, and with a sentence where it was ended: for its time, its memory, or a crash.
    """
    known = TASKS[task]
    seconds = known.seconds if within.seconds is None else within.seconds
    memory = known.memory if within.memory is None else within.memory
    size = len(content) if isinstance(content, bytes) else content.size
    request = {"task": task, "name": name, "told": told, "size": size, "seconds": seconds, "memory": memory}
    answer = _READERS.ask(frames.written(request), content, seconds)
    if answer is None:
        raise UnreadableDocument(say(Unreadable.ENDED, name=name, seconds=f"{seconds:g}", how=known.advice))
    done, value = answer
    if not done:
        raise UnreadableDocument(value)
    return value


@dataclass(slots=True)
class _Child:
    """One process that reads. `spent` is set where its time was up, however close to its answer."""

    process: subprocess.Popen[bytes]
    spent: bool = False

    @classmethod
    def start(cls) -> "_Child":
        root = str(Path(__file__).resolve().parents[2])
        path = os.pathsep.join(part for part in (root, os.environ.get("PYTHONPATH", "")) if part)
        command, pipe = [sys.executable, "-m", "ingest.apart.process"], subprocess.PIPE
        environment = {**os.environ, "PYTHONPATH": path}
        # this interpreter and a module of this package
        return cls(subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, env=environment))  # noqa: S603

    @property
    def runs(self) -> bool:
        """Whether it can still be asked."""
        return not self.spent and self.process.poll() is None

    def ask(self, request: bytes, content: bytes | Pieces, seconds: float) -> tuple[bool, Any] | None:
        """Its answer; None where it ended, or was ended for its time."""
        timer = threading.Timer(seconds, self._time_is_up)
        timer.start()
        try:
            return self._exchange(request, content)
        except (OSError, EOFError, pickle.UnpicklingError):
            return None
        finally:
            timer.cancel()
            timer.join()

    def _time_is_up(self) -> None:
        self.spent = True
        self.process.kill()

    def end(self) -> None:
        """End it."""
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            if stream:
                with contextlib.suppress(OSError):
                    stream.close()

    def _exchange(self, request: bytes, content: bytes | Pieces) -> tuple[bool, Any]:
        to, back = self.process.stdin, self.process.stdout
        if to is None or back is None:
            raise EOFError("it has no pipes")
        to.write(request)
        for piece in (content,) if isinstance(content, bytes) else content.chunks():
            to.write(piece)
        to.flush()
        done, value = frames.read(back)
        return bool(done), value


@dataclass(slots=True)
class _Readers:
    """The processes of this one. A copy of this process that was forked off starts its own, for their pipes belong to the first."""

    idle: list[_Child] = field(default_factory=list)
    busy: list[_Child] = field(default_factory=list)
    free: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(_AT_ONCE))
    left: list[list[_Child]] = field(default_factory=list)

    def ask(self, request: bytes, content: bytes | Pieces, seconds: float) -> tuple[bool, Any] | None:
        """The answer of the process that is free, or of a new one; None where it had to be ended, or ended by itself."""
        with self.free:
            child, answer = self._one(), None
            self.busy.append(child)
            try:
                answer = child.ask(request, content, seconds)
            finally:
                self.busy.remove(child)
                if answer is not None:
                    self.idle.append(child)
                else:
                    child.end()  # also when interrupted: a late answer must not meet the next request
        return answer

    def end(self) -> None:
        """End all of them; what one of them was reading is answered as if its time were over."""
        while self.idle:
            self.idle.pop().end()
        for child in tuple(self.busy):
            child.process.kill()

    def begin_anew(self) -> None:
        """Forget processes that are another's."""
        self.left += (self.idle, self.busy)  # kept, for what is let go is closed
        self.idle, self.busy, self.free = [], [], threading.Semaphore(_AT_ONCE)

    def _one(self) -> _Child:
        while self.idle:
            with contextlib.suppress(IndexError):
                child = self.idle.pop()
                if child.runs:
                    return child
                child.end()
        return _Child.start()


def end() -> None:
    """End the processes that read for this one; the next `ask` starts others."""
    _READERS.end()


_READERS = _Readers()
atexit.register(end)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_READERS.begin_anew)
