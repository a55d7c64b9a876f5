"""One request, sent until it is answered: turns at its host, retries with growing pauses, and two deadlines."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf
from urllib.parse import urlsplit

import urllib3
from urllib3.util.retry import Retry

from ingest.errors import SourceUnavailable
from ingest.fetch.exchange import shown
from ingest.fetch.politeness import Clock, Hosts
from ingest.fetch.transport import Interrupted, Limits, Raw, Refused, Transport
from ingest.model.failures import Failure, say

_RETRIED = (429, 500, 502, 503, 504)


@dataclass(frozen=True, slots=True)
class Patience:
    """Sends requests. `until` is the monotonic time at which whoever asks has to stop, however many requests that takes."""

    transport: Transport
    hosts: Hosts
    clock: Clock
    limits: Limits
    until: float = inf

    def send(self, method: str, url: str, headers: Mapping[str, str], body: bytes = b"") -> Raw:
        """Send one request, again after failures that may pass, as the server asks or ever less often.

        Raises `SourceUnavailable` when there is no answer in the end; an answer of whatever status is returned.
        """
        if urlsplit(url).scheme not in {"http", "https"}:
            raise SourceUnavailable(say(Failure.OTHER_SCHEME, link=repr(url[:200])))
        with self.hosts.turn(url):
            retry = self._retry()
            deadline = min(self.clock.monotonic() + self.limits.total, self.until)
            while True:
                outcome: Raw | Interrupted
                try:
                    outcome = self.transport.send(method, url, headers, body, seconds=self._seconds_left(deadline))
                except Refused as error:
                    raise SourceUnavailable(f"{shown(url)} {error}.") from error
                except Interrupted as error:
                    outcome = error
                if isinstance(outcome, Raw) and not retry.is_retry(method, outcome.status, "retry-after" in outcome.headers):
                    return outcome
                spent = _spend(retry, method, url, outcome)
                if spent is None and isinstance(outcome, Raw):
                    return outcome
                if spent is None:
                    raise SourceUnavailable(f"{shown(url)} {outcome} ({len(retry.history) + 1} attempts).")
                retry = spent
                if isinstance(outcome, Raw):
                    outcome.body.drop()
                self._rest(url, outcome, _wait(retry, outcome), deadline)

    def _seconds_left(self, deadline: float) -> float:
        now = self.clock.monotonic()
        if now >= self.until:
            raise SourceUnavailable(say(Failure.SOURCE_TIME, minutes=f"{self.limits.source / 60:g}"))
        return deadline - now

    def _retry(self) -> Retry:
        limits = self.limits
        return Retry(
            total=None,
            connect=limits.connect_retries,
            read=limits.read_retries,
            status=limits.status_retries,
            other=0,
            allowed_methods=("GET", "POST"),
            status_forcelist=_RETRIED,
            backoff_factor=limits.backoff,
            backoff_jitter=limits.backoff / 2,
            raise_on_status=False,
        )

    def _rest(self, url: str, outcome: Raw | Interrupted, wait: float, deadline: float) -> None:
        """Wait before the next attempt, unless that would be past the deadline: then the source is left for the next refresh."""
        if self.clock.monotonic() + wait > deadline:
            if isinstance(outcome, Raw):
                raise SourceUnavailable(say(Failure.LONG_WAIT, where=shown(url), status=outcome.status, seconds=f"{wait:.0f}"))
            raise SourceUnavailable(f"{shown(url)} {outcome}.")
        self.clock.sleep(wait)


def _spend(retry: Retry, method: str, url: str, outcome: Raw | Interrupted) -> Retry | None:
    """One attempt less of the kind that failed; None when none is left. urllib3's `Retry` does the counting."""
    try:
        if isinstance(outcome, Raw):
            return retry.increment(method, url, response=urllib3.HTTPResponse(status=outcome.status, headers=outcome.headers))
        kind = urllib3.exceptions.ConnectTimeoutError if outcome.connecting else urllib3.exceptions.ProtocolError
        return retry.increment(method, url, error=kind())
    except urllib3.exceptions.HTTPError:
        return None


def _wait(retry: Retry, outcome: Raw | Interrupted) -> float:
    """Seconds until the next attempt: what Retry-After asks, or exponential backoff with jitter."""
    if isinstance(outcome, Raw) and "retry-after" in outcome.headers:
        try:
            return retry.parse_retry_after(outcome.headers["retry-after"])
        except urllib3.exceptions.InvalidHeader:
            return retry.get_backoff_time()
    return retry.get_backoff_time()
