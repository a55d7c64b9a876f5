"""Many people at once, as one light process asks for them: each a socket of their own, every question made before anybody comes.

They are asked for in a process beside the benchmark, which says at the end how much of the processor it took itself, for it runs on the
same cores as what it measures.
"""

import gc
import heapq
import json
import random
import selectors
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Final

from tests.benchmarks.clicks import Click

PAUSE: Final = (1.0, 5.0)  # seconds a person reads before the next click
_PATIENCE: Final = 180.0  # seconds after which whoever still waits is given up
_END: Final = b"\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Crowd:
    """What came of it: seconds of each answered click, how long it all lasted, how many were not answered with 200 or not at all, and
    processor seconds of the asking."""

    seconds: tuple[float, ...]
    lasted: float
    failed: int
    own: float


def come(port: int, people: Sequence[Sequence[Click]], *, pause: bool) -> Crowd:
    """Have people click through what each of them wants, in a process of its own, on loopback."""
    given = {"port": port, "pause": pause, "people": [[_request(click).decode("latin-1") for click in one] for one in people]}
    done = subprocess.run([sys.executable, "-m", __name__], input=json.dumps(given), capture_output=True, text=True, check=True)
    told = json.loads(done.stdout)
    return Crowd(tuple(told["seconds"]), told["lasted"], told["failed"], told["own"])


def _request(click: Click) -> bytes:
    head = f"{'POST' if click.body else 'GET'} {click.path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: br\r\n"
    body = click.body.encode()
    return f"{head}Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


@dataclass(slots=True)
class _Person:
    """One person: what they ask next, and how much of its answer has come."""

    socket: socket.socket
    questions: list[bytes]
    asked: float = 0.0
    got: bytes = b""
    wanted: int = -1  # bytes of the whole answer, -1 while its head is not there

    def ask(self) -> None:
        """The next question. A question is smaller than what a socket takes at once."""
        self.asked, self.got, self.wanted = time.perf_counter(), b"", -1
        self.socket.sendall(self.questions.pop(0))

    def answered(self) -> bool:
        """Take what came; whether that was all of the answer. Raises `OSError` where there will be no more."""
        chunk = self.socket.recv(1 << 18)
        if not chunk:
            raise ConnectionResetError
        self.got += chunk
        if self.wanted < 0 and _END in self.got:
            head, _, _ = self.got.partition(_END)
            lengths = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
            self.wanted = len(head) + len(_END) + (int(lengths[0].split(b":")[1]) if lengths else 0)
        return 0 <= self.wanted <= len(self.got)


def _clicking(port: int, people: Sequence[list[bytes]], *, pause: bool) -> Crowd:
    dice, waiting, seconds, failed = random.Random(5), selectors.DefaultSelector(), list[float](), 0
    began = time.perf_counter()
    due: list[tuple[float, int, _Person]] = []
    for number, questions in enumerate(people):
        person = _Person(socket.create_connection(("127.0.0.1", port)), questions)
        due.append((began + (dice.uniform(0, 1) if pause else 0.0), number, person))
    heapq.heapify(due)
    last = began
    while (due or waiting.get_map()) and time.perf_counter() - last < _PATIENCE:
        now = time.perf_counter()
        while due and due[0][0] <= now:
            person = heapq.heappop(due)[2]
            person.ask()
            waiting.register(person.socket, selectors.EVENT_READ, person)
        for key, _ in waiting.select(max(0.0, due[0][0] - now) if due else 1.0):
            person = key.data
            try:
                if not person.answered():
                    continue
                seconds.append(time.perf_counter() - person.asked)
                failed += b" 200 " not in person.got[:16]
                again = bool(person.questions)
            except OSError:
                failed += 1 + len(person.questions)
                again = False
            last = time.perf_counter()
            waiting.unregister(person.socket)
            if again:
                heapq.heappush(due, (last + (dice.uniform(*PAUSE) if pause else 0.0), id(person), person))
    failed += sum(1 + len(key.data.questions) for key in waiting.get_map().values())
    return Crowd(tuple(seconds), time.perf_counter() - began, failed, time.process_time())


if __name__ == "__main__":
    gc.disable()  # a pause of ours would be counted as one of the server's
    _given = json.loads(sys.stdin.read())
    _people = [[question.encode("latin-1") for question in one] for one in _given["people"]]
    print(json.dumps(asdict(_clicking(_given["port"], _people, pause=_given["pause"]))))
