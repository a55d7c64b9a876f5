"""Several processes answer on one port, for one process of Python works on one answer at a time, however many cores there are.

Each has an app of its own over the same data folder, as workers behind a proxy have.
"""

import multiprocessing
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from typing import Any, Final

from ingest.cli.stopping import terminated_like_interrupted
from ingest.settings import Settings

USUAL: Final = min(2, os.cpu_count() or 1)
"""Processes that answer where nobody says how many: more than one where there are two cores, and no more, for each keeps a copy of a
large snapshot, and how many cores a container may use it does not know."""
_DEALT: Final = sys.platform == "linux"
"""Whether connections are dealt out evenly among the sockets of an address. Elsewhere whoever listens on the one socket takes them as he
comes, and often one worker takes nearly all."""
_AGAIN: Final = 1.0  # seconds before a worker that died is started again
_PATIENCE: Final = 5.0  # seconds a worker gets to finish its answers

Answering = Callable[[Settings, Sequence[Any]], None]
"""Answers by settings at the addresses of the sockets it is given, until it is stopped."""


@dataclass(slots=True)
class Worker:
    """One process beside the first. It is started again when it dies, and goes when the first one goes, however that ends."""

    number: int
    answering: Answering
    settings: Settings
    sockets: Sequence[Any]
    _stop: threading.Event = field(default_factory=threading.Event)
    _process: BaseProcess | None = None

    def keep(self) -> None:
        """Have it answer until it is stopped; returns then."""
        context = multiprocessing.get_context("spawn")  # threads of the first process hold locks that a fork would copy
        while not self._stop.is_set():
            self._process = context.Process(
                target=_answer, args=(self.answering, self.settings, self.sockets), name=f"worker {self.number}", daemon=True
            )
            self._process.start()
            self._process.join()
            self._stop.wait(_AGAIN)

    def stop(self) -> None:
        """Have it finish, and wait for that."""
        self._stop.set()
        if self._process is not None and self._process.is_alive():
            self._process.terminate()
            self._process.join(_PATIENCE)


@contextmanager
def beside(answering: Answering, settings: Settings, sockets: Sequence[Any], number: int) -> Iterator[None]:
    """So many more workers answer at the addresses of the sockets while the block lasts."""
    for one in sockets if _DEALT and number else ():
        with suppress(OSError):  # they listen on this one then
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    workers = [Worker(each, answering, settings, sockets) for each in range(2, number + 2)]
    for worker in workers:
        threading.Thread(target=worker.keep, name=f"worker {worker.number}", daemon=True).start()
    try:
        yield
    finally:
        for worker in workers:
            worker.stop()


def own_socket(one: socket.socket) -> socket.socket:
    """Another socket at the address of one, where the system deals connections out among such; else that one."""
    if not _DEALT:
        return one
    own = socket.socket(one.family, one.type)
    try:
        own.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        if one.family == socket.AF_INET6:
            own.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        own.bind(one.getsockname())
    except OSError:
        own.close()
        return one
    one.close()
    return own


def _answer(answering: Answering, settings: Settings, sockets: Sequence[Any]) -> None:
    """What a worker does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches every process of a terminal; the first one tells the others
    threading.Thread(target=_leave_with_the_first, daemon=True).start()
    with terminated_like_interrupted():
        answering(settings, sockets)


def _leave_with_the_first() -> None:
    """One that was killed tells nobody."""
    first = multiprocessing.parent_process()
    if first is not None:
        first.join()
        os._exit(0)
