"""The client every source fetches with: polite, patient, conditional, suspicious, and archiving before it returns."""

from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import replace
from typing import Any, Self
from urllib.parse import urlencode, urljoin, urlsplit

from ingest.errors import SourceUnavailable
from ingest.fetch.archive import Archive, Body
from ingest.fetch.exchange import (
    NOBODY,
    Accept,
    Credentials,
    FetchMemory,
    HttpFailure,
    Response,
    Validators,
    encode_json,
    exchange_key,
    same_origin,
    shown,
    with_params,
)
from ingest.fetch.incoming import FEW
from ingest.fetch.patience import Patience
from ingest.fetch.politeness import Clock, Hosts, Robots
from ingest.fetch.replay import Saved
from ingest.fetch.service import Service
from ingest.fetch.sniff import CHALLENGE_SIZE, failure_detail, json_object, refuse_challenge, refuse_cut_table, refuse_wrong_kind, whole
from ingest.fetch.tombstones import Tombstones
from ingest.fetch.transport import Limits, Raw, Transport
from ingest.model.failures import Failure, say
from ingest.model.ids import digest

USER_AGENT = "crosscount/0.1 (compares published humanitarian figures; reads politely)"
_AGENT_TOKEN = "crosscount"  # noqa: S105 -- the name robots.txt files know a reader by
_NOT_MODIFIED = 304
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_UNKEPT = frozenset({"set-cookie", "set-cookie2"})  # headers that are about the reader, not the answer


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
        self._source, self._licence = "", ""
        self._transport = Transport(user_agent, archive, allow_private, self._limits, service)
        hosts = Hosts(self._clock, self._limits.delay, self._limits.longest_delay)
        self._patience = Patience(self._transport, hosts, self._clock, self._limits)
        self._robots = Robots(_AGENT_TOKEN, self._read_robots, hosts.slow_down)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._transport.close()

    def on_behalf_of(self, source: str, licence: str, largest: int = 0) -> Self:
        """The same client, whose exchanges are recorded under a source and licence, and which has `Limits.source` seconds from now.

        `largest` bytes of an answer are taken where that is more than the limits allow.
        """
        mine = copy(self)
        mine._source, mine._licence = source, licence
        transport = self._transport.taking(largest) if largest else self._transport
        mine._patience = replace(self._patience, transport=transport, until=self._clock.monotonic() + self._limits.source)
        return mine

    def get(
        self,
        url: str,
        *,
        accept: Accept = Accept.ANY,
        params: Mapping[str, str] | None = None,
        cache_buster: str = "",
        credentials: Credentials = NOBODY,
        remember: bool = True,
    ) -> Response:
        """Fetch an address and return its archived answer.

        `cache_buster` names a query parameter that gets the current time, for caches that never expire; the address is
        remembered without it, and without `credentials`, which go to the host of `url` and to no other it redirects to. Without
        `remember` a new answer is not the one that the next is held against, until `Client.remember` says so. Raises `HttpFailure` for
        a status that is no success, `SourceUnavailable` for everything else that keeps the answer from us, `StoreError` when it cannot
        be archived.
        """
        address = with_params(url, params)
        if digest(address, length=32) in Tombstones(self._archive.root).addresses():
            raise SourceUnavailable(say(Failure.TAKEN_DOWN, where=shown(address)))
        if accept is Accept.PAGE and not self._robots.allows(address):
            raise SourceUnavailable(say(Failure.ROBOTS, host=urlsplit(address).netloc, where=shown(address)))
        known = self._remembered(address)
        headers = {"Accept": accept.value, **_conditions(known)}
        asked = with_params(address, {cache_buster: str(int(self._clock.now().timestamp()))}) if cache_buster else address
        final_url, raw = self._follow("GET", asked, headers, credentials=credentials)
        if cache_buster and final_url == asked:
            final_url = address
        if raw.status == _NOT_MODIFIED and known:
            return self._unchanged(address, known, raw)
        response = self._accepted(address, final_url, raw, accept=accept, key=exchange_key("GET", address), credentials=credentials)
        if remember:
            self.remember(response, accept)
        same = known is not None and known.sha256 == response.sha256
        if accept is Accept.TABLE and not same:
            refuse_cut_table(address, response.body)
        return replace(response, not_modified=same)

    def remember(self, response: Response, accept: Accept) -> None:
        """Hold the next answer of its address against this one, where it is whole; one of a 304 is remembered already.

        A table that may be cut is held against the next without a condition, so that a server does not confirm what it never sent.
        """
        if self._memory is None or response.status == _NOT_MODIFIED:
            return
        if whole(response.body, accept):
            self._memory.put(response.url, _validators(response))
        elif accept is Accept.TABLE:
            self._memory.put(response.url, replace(_validators(response), etag="", last_modified=""))

    def known(self, url: str) -> Response | None:
        """The last good answer of an address from the archive, without asking again; None where there is none."""
        known = self._remembered(url)
        return _kept(url, known, self._archive.body(known.sha256)) if known else None

    def post_json(
        self, url: str, payload: Mapping[str, Any], *, params: Mapping[str, str] | None = None, credentials: Credentials = NOBODY
    ) -> Response:
        """Send a query as JSON and return the archived JSON answer; only for queries, for it is sent again after a failure.

        Raises as `get` does.
        """
        address = with_params(url, params)
        body = encode_json(payload)
        headers = {"Accept": Accept.JSON.value, "Content-Type": "application/json"}
        final_url, raw = self._follow("POST", address, headers, body, credentials=credentials)
        return self._accepted(address, final_url, raw, accept=Accept.JSON, key=exchange_key("POST", address, body), credentials=credentials)

    def sign_in(self, url: str, form: Mapping[str, str]) -> dict[str, Any]:
        """Send a form of credentials and return the JSON answer, a token for instance; neither is archived, recorded or shown.

        Raises as `get` does.
        """
        secret = Credentials(params=form)
        headers = {"Accept": Accept.JSON.value, "Content-Type": "application/x-www-form-urlencoded"}
        final_url, raw = self._follow("POST", url, headers, urlencode(form).encode("ascii"))
        content = raw.taken()
        refuse_challenge(final_url, raw.status, raw.headers, content[:CHALLENGE_SIZE])
        if not 200 <= raw.status < 300:
            raise HttpFailure(url, raw.status, secret.redacted(failure_detail(raw.headers, content)))
        return json_object(url, raw.status, content)

    def _remembered(self, address: str) -> Validators | None:
        """What is known of the address, as long as its body is still in the archive to be used after a 304."""
        known = self._memory.get(address) if self._memory is not None else None
        return known if known and self._archive.has(known.sha256) else None

    def _accepted(self, address: str, final_url: str, raw: Raw, *, accept: Accept, key: str, credentials: Credentials) -> Response:
        """Archive an answer, tell the record of it, and check whether it is one."""
        body = self._archive.keep(raw.body)
        response = Response(
            url=address,
            final_url=final_url,
            status=raw.status,
            headers=raw.headers,
            media_type=_media_type(raw.headers.get("content-type", "")),
            body=body,
            retrieved_at=self._clock.now(),
        )
        detail = "" if 200 <= raw.status < 300 else credentials.redacted(failure_detail(raw.headers, body.head(FEW)))
        self._tell(key, response, detail)
        refuse_challenge(address, raw.status, raw.headers, body.head(CHALLENGE_SIZE))
        if not 200 <= raw.status < 300:
            raise HttpFailure(address, raw.status, detail)
        refuse_wrong_kind(address, raw.status, body, accept)
        return response

    def _unchanged(self, address: str, known: Validators, raw: Raw) -> Response:
        kept = _kept(address, known, self._archive.body(known.sha256))
        response = replace(kept, status=raw.status, headers=raw.headers, retrieved_at=self._clock.now())
        if self._memory is not None:
            self._memory.put(address, replace(known, retrieved_at=response.retrieved_at))
        self._tell(exchange_key("GET", address), response, "")
        return response

    def _tell(self, key: str, response: Response, detail: str) -> None:
        if self._record is None:
            return
        self._record(
            Saved(
                key=key,
                status=response.status,
                final_url=response.final_url,
                media_type=response.media_type,
                sha256=response.sha256,
                retrieved_at=response.retrieved_at,
                detail=detail,
                headers={name: value for name, value in response.headers.items() if name not in _UNKEPT},
                source=self._source,
                licence=self._licence,
            )
        )

    def _follow(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes = b"", *, credentials: Credentials = NOBODY
    ) -> tuple[str, Raw]:
        """Send, and follow redirects one by one, each checked like a first request. Returns the last address and its answer."""
        address = url
        for _ in range(self._limits.redirects + 1):
            shows = credentials if same_origin(address, url) else NOBODY
            service = self._service.identification(address) if self._service is not None else {}
            raw = self._patience.send(method, with_params(address, shows.params), {**headers, **shows.headers, **service}, body)
            target = raw.headers.get("location", "") if raw.status in _REDIRECTS else ""
            if not target:
                return address, raw
            if method != "GET":
                raise SourceUnavailable(say(Failure.MOVED, where=shown(url), target=shown(urljoin(address, target))))
            address = urljoin(address, target)
        raise SourceUnavailable(say(Failure.REDIRECTS, where=shown(url), times=self._limits.redirects))

    def _read_robots(self, url: str) -> tuple[int, bytes]:
        try:
            _, raw = self._follow("GET", url, {"Accept": "text/plain, */*;q=0.1"})
        except SourceUnavailable:
            return 0, b""
        return raw.status, raw.taken()


def _kept(address: str, known: Validators, body: Body) -> Response:
    return Response(
        url=address,
        final_url=known.final_url,
        status=200,
        headers={},
        media_type=known.media_type,
        body=body,
        retrieved_at=known.retrieved_at,
        not_modified=True,
    )


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
