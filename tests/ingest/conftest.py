"""A web server on loopback that answers in the true shape and in bad moods, and a client whose clock is ours."""

import threading
import time
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest

from ingest.apart.tasks import TASKS
from ingest.fetch.archive import Archive
from ingest.fetch.client import Client
from ingest.fetch.exchange import Validators
from ingest.fetch.politeness import Clock
from ingest.fetch.transport import Limits

EXAMPLES = Path(__file__).parents[1] / "examples"
NOW = datetime(2024, 12, 2, 12, 0, tzinfo=UTC)
HASTY = Limits(connect=2, read=2, total=20)


@dataclass(frozen=True)
class Reply:
    """One answer. `claim` is a false Content-Length; `drip` is seconds between single bytes of headers or body."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    claim: int | None = None
    drip: float = 0.0
    drip_headers: bool = False


@dataclass(frozen=True)
class Asked:
    """One request as the server saw it; `path` with its query, header names in lower case."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


class Web:
    """What the server answers: per path (with query, or without) a row of replies, of which the last is repeated."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.stopped = threading.Event()
        self.busiest = 0
        self.instead: Callable[[BaseHTTPRequestHandler, Reply], None] | None = None  # answers in place of the handler
        self._busy = 0
        self._replies: dict[str, list[Reply]] = {}
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.server.daemon_threads = True
        self.base = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def at(self, path: str, *replies: dict[str, Any]) -> str:
        """Set the replies of a path, each as the fields of a `Reply`, and return its address."""
        self._replies[path] = [Reply(**reply) for reply in replies]
        return self.base + path

    def serve_example(self, source: str, examples: Path = EXAMPLES) -> dict[str, Any]:
        """Serve the folder `tests/examples/<source>` as its `answers.toml` says, with the true hosts replaced by this one.

        Returns that file with `{web}` and `{folder}` filled in; its tables are explained in `tests/examples/README.md`.
        """
        folder = examples / source
        written = (folder / "answers.toml").read_text(encoding="utf-8")
        table = tomllib.loads(written.replace("{web}", self.base).replace("{folder}", folder.as_posix()))
        served: dict[str, list[Reply]] = {}
        for answer in table.get("answer", []):
            body = (folder / answer["file"]).read_bytes()
            for host in table.get("hosts", []):
                body = body.replace(host.encode(), self.base.encode())
            reply = Reply(answer.get("status", 200), body, {"Content-Type": answer["type"], **answer.get("headers", {})})
            served.setdefault(answer["path"], []).append(reply)
        self._replies |= served
        return table

    def change(self, **fields: Any) -> None:
        """Change every reply there is: fields of a `Reply`, or functions of what they were."""
        for path, replies in self._replies.items():
            self._replies[path] = [
                replace(one, **{name: how(getattr(one, name)) if callable(how) else how for name, how in fields.items()}) for one in replies
            ]

    def json_paths(self) -> list[str]:
        """The paths whose next reply is JSON."""
        return [path for path, (one, *_) in self._replies.items() if "json" in one.headers.get("Content-Type", "")]

    def reply_of(self, path: str) -> Reply:
        """The next reply of a path, which stays as it is."""
        return self._replies[path][0]

    def reply(self, asked: Asked) -> Reply:
        """The next reply to a request; the cache buster of SANA is no part of an address."""
        self.asked.append(asked)
        parts = urlsplit(asked.path)
        query = urlencode([(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name != "_cb"])
        full = f"{parts.path}?{query}" if query else parts.path
        replies = self._replies.get(full) or self._replies.get(parts.path) or [Reply(404, b"Not here", {"Content-Type": "text/plain"})]
        return replies.pop(0) if len(replies) > 1 else replies[0]

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Count how many requests are answered at once."""
        self._busy += 1
        self.busiest = max(self.busiest, self._busy)
        try:
            yield
        finally:
            self._busy -= 1

    def paths(self) -> list[str]:
        """The paths asked for, robots.txt left out."""
        return [asked.path for asked in self.asked if asked.path != "/robots.txt"]

    def close(self) -> None:
        """Stop serving."""
        self.stopped.set()
        self.server.shutdown()
        self.server.server_close()


def _handler(web: Web) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            with web.at_work():
                self._answer()

        def _answer(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            headers = {name.lower(): value for name, value in self.headers.items()}
            reply = web.reply(Asked(self.command, self.path, headers, self.rfile.read(length)))
            self.close_connection = True
            if web.instead is not None:
                web.instead(self, reply)
                return
            if reply.drip_headers:
                self._drip(b"HTTP/1.1 200 OK\r\nX-Slow: " + b"x" * 1000, reply.drip)
                return
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(reply.body) if reply.claim is None else reply.claim))
            self.send_header("Connection", "close")
            self.end_headers()
            if reply.drip:
                self._drip(reply.body, reply.drip)
            else:
                self.wfile.write(reply.body)

        do_POST = do_GET  # noqa: N815 -- the name in the standard library

        def _drip(self, content: bytes, pause: float) -> None:
            try:
                for byte in content:
                    if web.stopped.wait(pause):
                        return
                    self.wfile.write(bytes([byte]))
                    self.wfile.flush()
            except OSError:
                return

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the name in the standard library
            return

        def handle(self) -> None:
            try:
                super().handle()
            except OSError:
                return

    return Handler


class FakeTime:
    """A clock that stands still until somebody sleeps, or time is let pass."""

    def __init__(self) -> None:
        self.passed = 0.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        """Let time pass at once."""
        self.slept.append(seconds)
        self.passed += seconds

    def now(self) -> datetime:
        """The time it is said to be."""
        return NOW + timedelta(seconds=self.passed)

    def clock(self) -> Clock:
        """This clock as the client takes it."""
        return Clock(now=self.now, monotonic=lambda: self.passed, sleep=self.sleep)


class RealTime(FakeTime):
    """A clock whose monotonic time is real, for servers that are too slow."""

    def clock(self) -> Clock:
        """This clock as the client takes it."""
        return Clock(now=self.now, monotonic=time.monotonic, sleep=self.sleep)


class Memory(dict[str, Validators]):
    """A fetch memory for one test."""

    def put(self, url: str, validators: Validators) -> None:
        """Remember."""
        self[url] = validators


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Requests to loopback go to loopback, whatever the environment says."""
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def within(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Bounds what a task of reading may take: other seconds, or another memory, than its own."""

    def bound(task: str, seconds: float = 20.0, memory: int = 4 << 30) -> None:
        monkeypatch.setitem(TASKS, task, replace(TASKS[task], seconds=seconds, memory=memory))

    return bound


@pytest.fixture
def web() -> Iterator[Web]:
    """A loopback web server."""
    server = Web()
    yield server
    server.close()


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """An empty archive."""
    return Archive(tmp_path / "raw")


@pytest.fixture
def fake_time() -> FakeTime:
    """The clock of the client under test."""
    return FakeTime()


@pytest.fixture
def real_time() -> RealTime:
    """A clock whose monotonic time is real."""
    return RealTime()


@pytest.fixture
def memory() -> Memory:
    """An empty fetch memory."""
    return Memory()


@pytest.fixture
def examples() -> Path:
    """The folder of saved answers, one folder per source."""
    return EXAMPLES


@pytest.fixture
def make_client(archive: Archive, fake_time: FakeTime) -> Iterator[Callable[..., Client]]:
    """Builds clients that may talk to loopback and whose waiting takes no time."""
    made: list[Client] = []

    def make(**options: object) -> Client:
        defaults: dict[str, Any] = {"allow_private": True, "limits": HASTY, "clock": fake_time.clock()}
        client = Client(archive, **{**defaults, **options})
        made.append(client)
        return client

    yield make
    for client in made:
        client.__exit__()
