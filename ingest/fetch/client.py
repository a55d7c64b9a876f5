"""The client every source fetches with: polite, patient, conditional, suspicious, and archiving before it returns."""

from collections.abc import Callable, Mapping
from typing import Any, Self
from urllib.parse import urljoin, urlsplit

import urllib3
from urllib3.util.retry import Retry

from ingest.errors import SourceUnavailable
from ingest.fetch.archive import Archive
from ingest.fetch.exchange import Accept, FetchMemory, HttpFailure, Response, Validators, encode_json, exchange_key, shown, with_params
from ingest.fetch.politeness import Clock, Hosts, Robots
from ingest.fetch.replay import Saved
from ingest.fetch.service import Service
from ingest.fetch.sniff import failure_detail, refuse_challenge, refuse_wrong_kind
from ingest.fetch.transport import Interrupted, Limits, Raw, Refused, Transport

USER_AGENT = "crosscount/0.1 (compares published humanitarian figures; reads politely)"
_AGENT_TOKEN = "crosscount"  # noqa: S105 -- the name robots.txt files know a reader by
_RETRIED = (429, 500, 502, 503, 504)
_NOT_MODIFIED = 304
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


class Client:
    """Fetches over HTTP. One client serves a whole refresh and may be shared by threads.

    `memory` remembers validators for conditional requests; `record` is told of every finished exchange, so that the whole
    fetch can be replayed; `allow_private` admits servers on this machine, `service` one server of the user's own wherever it is.
    """

    def __init__(
        self,
        archive: Archive,
        *,
        memory: FetchMemory | None = None,
        record: Callable[[Saved], None] | None = None,
        user_agent: str = USER_AGENT,
        allow_private: bool = False,
        limits: Limits | None = None,
        service: Service | None = None,
        clock: Clock | None = None,
    ) -> None:
        self._archive = archive
        self._memory = memory
        self._record = record
        self._limits = limits or Limits()
        self._clock = clock or Clock()
        self._service = service
        self._transport = Transport(user_agent, allow_private, self._limits, service)
        self._hosts = Hosts(self._clock, self._limits.delay, self._limits.longest_delay)
        self._robots = Robots(_AGENT_TOKEN, self._read_robots, self._hosts.slow_down)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._transport.close()

    def get(self, url: str, *, accept: Accept = Accept.ANY, params: Mapping[str, str] | None = None, cache_buster: str = "") -> Response:
        """Fetch an address and return its archived answer.

        `cache_buster` names a query parameter that gets the current time, for caches that never expire; the address is
        remembered without it. Raises `HttpFailure` for a status that is no success, `SourceUnavailable` for everything else
        that keeps the answer from us, `StoreError` when it cannot be archived.
        """
        address = with_params(url, params)
        if accept is Accept.PAGE and not self._robots.allows(address):
            raise SourceUnavailable(
                f"The robots.txt of {urlsplit(address).netloc} asks programs not to read {shown(address)}; it was left alone."
            )
        known = self._remembered(address)
        headers = {"Accept": accept.value, **_conditions(known), **self._identification(address)}
        asked = with_params(address, {cache_buster: str(int(self._clock.now().timestamp()))}) if cache_buster else address
        final_url, raw = self._follow("GET", asked, headers)
        if cache_buster and final_url == asked:
            final_url = address
        if raw.status == _NOT_MODIFIED and known:
            return self._unchanged(address, known, raw)
        response = self._accepted(address, final_url, raw, accept=accept, key=exchange_key("GET", address))
        if self._memory is not None:
            self._memory.put(address, _validators(response))
        return response

    def post_json(self, url: str, payload: Mapping[str, Any], *, params: Mapping[str, str] | None = None) -> Response:
        """Send a query as JSON and return the archived JSON answer; only for queries, for it is sent again after a failure.

        Raises as `get` does.
        """
        address = with_params(url, params)
        body = encode_json(payload)
        headers = {"Accept": Accept.JSON.value, "Content-Type": "application/json", **self._identification(address)}
        final_url, raw = self._follow("POST", address, headers, body)
        return self._accepted(address, final_url, raw, accept=Accept.JSON, key=exchange_key("POST", address, body))

    def _identification(self, address: str) -> Mapping[str, str]:
        return self._service.identification(address) if self._service is not None else {}

    def _remembered(self, address: str) -> Validators | None:
        """What is known of the address, as long as its body is still in the archive to be used after a 304."""
        known = self._memory.get(address) if self._memory is not None else None
        return known if known and self._archive.has(known.sha256) else None

    def _accepted(self, address: str, final_url: str, raw: Raw, *, accept: Accept, key: str) -> Response:
        """Check an answer, archive it, and tell the record of it."""
        refuse_challenge(address, raw.status, raw.headers, raw.content)
        if not 200 <= raw.status < 300:
            failure = HttpFailure(address, raw.status, failure_detail(raw.headers, raw.content))
            self._tell(Saved(key, raw.status, final_url, failure.detail, "", self._clock.now()))
            raise failure
        refuse_wrong_kind(address, raw.status, raw.content, accept)
        response = Response(
            url=address,
            final_url=final_url,
            status=raw.status,
            headers=raw.headers,
            media_type=_media_type(raw.headers.get("content-type", "")),
            content=raw.content,
            sha256=self._archive.put(raw.content),
            retrieved_at=self._clock.now(),
        )
        self._tell(Saved(key, raw.status, final_url, response.media_type, response.sha256, response.retrieved_at))
        return response

    def _unchanged(self, address: str, known: Validators, raw: Raw) -> Response:
        response = Response(
            url=address,
            final_url=known.final_url,
            status=raw.status,
            headers=raw.headers,
            media_type=known.media_type,
            content=self._archive.get(known.sha256),
            sha256=known.sha256,
            retrieved_at=self._clock.now(),
            not_modified=True,
        )
        self._tell(Saved(exchange_key("GET", address), 200, known.final_url, known.media_type, known.sha256, response.retrieved_at))
        return response

    def _tell(self, saved: Saved) -> None:
        if self._record is not None:
            self._record(saved)

    def _follow(self, method: str, url: str, headers: Mapping[str, str], body: bytes = b"") -> tuple[str, Raw]:
        """Send, and follow redirects one by one, each checked like a first request. Returns the last address and its answer."""
        address = url
        for _ in range(self._limits.redirects + 1):
            raw = self._patiently(method, address, headers, body)
            target = raw.headers.get("location", "") if raw.status in _REDIRECTS else ""
            if not target:
                return address, raw
            if method != "GET":
                raise SourceUnavailable(f"{shown(url)} moved to {shown(urljoin(address, target))}; set the new address in the crisis file.")
            address = urljoin(address, target)
        raise SourceUnavailable(f"{shown(url)} redirects more than {self._limits.redirects} times; check the address.")

    def _patiently(self, method: str, url: str, headers: Mapping[str, str], body: bytes) -> Raw:
        """Send one request, again after failures that may pass, as the server asks or ever less often."""
        if urlsplit(url).scheme not in {"http", "https"}:
            raise SourceUnavailable(f"{url[:200]!r} is not an http or https address; check it.")
        with self._hosts.turn(url):
            retry = self._patience()
            deadline = self._clock.monotonic() + self._limits.total
            while True:
                outcome: Raw | Interrupted
                try:
                    outcome = self._transport.send(method, url, headers, body, seconds=deadline - self._clock.monotonic())
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
                self._rest(url, outcome, _wait(retry, outcome), deadline)

    def _patience(self) -> Retry:
        limits = self._limits
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
        if self._clock.monotonic() + wait > deadline:
            told = f"answered with HTTP {outcome.status}" if isinstance(outcome, Raw) else str(outcome)
            raise SourceUnavailable(f"{shown(url)} {told} and wants a wait of {wait:.0f} seconds; the next refresh will try again.")
        self._clock.sleep(wait)

    def _read_robots(self, url: str) -> tuple[int, bytes]:
        try:
            _, raw = self._follow("GET", url, {"Accept": "text/plain, */*;q=0.1"})
        except SourceUnavailable:
            return 0, b""
        return raw.status, raw.content


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


def _conditions(known: Validators | None) -> dict[str, str]:
    if known is None:
        return {}
    named = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {name: value for name, value in named.items() if value}


def _validators(response: Response) -> Validators:
    return Validators(
        etag=response.headers.get("etag", ""),
        last_modified=response.headers.get("last-modified", ""),
        sha256=response.sha256,
        final_url=response.final_url,
        media_type=response.media_type,
        retrieved_at=response.retrieved_at,
    )


def _media_type(declared: str) -> str:
    """`Text/HTML; Charset="UTF-8"` as `text/html; charset=utf-8`; other parameters say nothing about the text."""
    essence, *parameters = declared.lower().split(";")
    charsets = [value.strip().strip("\"'") for name, _, value in (p.partition("=") for p in parameters) if name.strip() == "charset"]
    return essence.strip() + (f"; charset={charsets[0]}" if charsets and charsets[0] else "")
