"""Good manners per host: one request at a time, a pause between two, and what robots.txt asks of readers of pages."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import urlsplit

from ingest.apart import ask
from ingest.errors import SourceUnavailable, UnreadableDocument
from ingest.model.failures import Failure, say


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Clock:
    """The only time the client knows; `monotonic` and `sleep` are in seconds."""

    now: Callable[[], datetime] = _utc_now
    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep


@dataclass(slots=True)
class _Host:
    lock: threading.Lock = field(default_factory=threading.Lock)
    free_at: float = 0.0
    delay: float = 0.0


@dataclass(slots=True)
class Hosts:
    """Turns at each host. `delay` is the pause in seconds after an answer; a host's own wish may lengthen it, up to `longest`."""

    clock: Clock
    delay: float
    longest: float
    _hosts: dict[str, _Host] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def turn(self, url: str) -> Iterator[None]:
        """Wait for the host of the address to be free and rested, and hold it while the block runs."""
        host = self._host(url)
        with host.lock:
            wait = host.free_at - self.clock.monotonic()
            if wait > 0:
                self.clock.sleep(wait)
            try:
                yield
            finally:
                host.free_at = self.clock.monotonic() + max(self.delay, host.delay)

    def slow_down(self, url: str, delay: float) -> None:
        """Remember the host's own Crawl-delay."""
        self._host(url).delay = min(delay, self.longest)

    def _host(self, url: str) -> _Host:
        with self._lock:
            return self._hosts.setdefault(urlsplit(url).netloc.lower(), _Host())


@dataclass(slots=True)
class Robots:
    """What the robots.txt of each host allows `agent`, fetched once per client.

    `read` fetches an address and returns (status, content), status 0 where the host could not be reached.
    """

    agent: str
    read: Callable[[str], tuple[int, bytes]]
    slow_down: Callable[[str, float], None]
    _rules: dict[str, bytes] = field(default_factory=dict)

    def allows(self, url: str) -> bool:
        """Whether the page may be read. As RFC 9309 has it: no file allows everything, a failing server allows nothing.

        Raises `SourceUnavailable` where the host cannot be reached at all, or its rules cannot be understood in time.
        """
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._rules:
            self._rules[site] = self._learn(site)
        try:
            said = ask("robots", self._rules[site], name=f"{parts.netloc}/robots.txt", url=url, agent=self.agent)
        except UnreadableDocument as error:
            raise SourceUnavailable(str(error)) from error
        if said["delay"]:
            self.slow_down(site, float(said["delay"]))
        return bool(said["allows"])

    def _learn(self, site: str) -> bytes:
        status, content = self.read(f"{site}/robots.txt")
        if status == 0:
            raise SourceUnavailable(say(Failure.UNREACHABLE, where=urlsplit(site).netloc))
        if status >= 500:
            return b"User-agent: *\nDisallow: /"
        return content if 200 <= status < 300 else b""
