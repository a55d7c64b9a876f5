"""One request on the wire: private addresses refused, size and time bounded, nothing followed and nothing repeated."""

import ipaddress
import threading
from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import dataclass, field, replace
from http.cookiejar import DefaultCookiePolicy
from typing import Any, Self
from urllib.parse import urlsplit

import requests
import urllib3
from requests_hardened import Config, HTTPSession
from requests_hardened.ip_filter import InvalidIPAddress

from ingest.fetch.archive import Archive
from ingest.fetch.incoming import Incoming
from ingest.fetch.service import Service
from ingest.model.failures import Failure, rest

_CHUNK = 1 << 16
MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one fetch (`source`: of all fetches of one source in a refresh): seconds, sizes in bytes, seconds between two requests
    to one host, and how often to try again.
    """

    connect: float = 10.0
    read: float = 30.0
    total: float = 120.0
    source: float = 1800.0
    text_bytes: int = 20 * MEGABYTE
    file_bytes: int = 60 * MEGABYTE
    delay: float = 1.0
    longest_delay: float = 30.0
    redirects: int = 5
    connect_retries: int = 1
    read_retries: int = 2
    status_retries: int = 3
    backoff: float = 1.0

    def cap(self, media_type: str) -> int:
        """The largest body taken for a media type: text-like types are parsed as a whole, so they are held shorter."""
        essence = media_type.partition(";")[0].strip().lower()
        text_like = essence.startswith("text/") or essence.endswith(("json", "xml"))
        return self.text_bytes if text_like else self.file_bytes


@dataclass(frozen=True, slots=True)
class Raw:
    """An answer as it came: header names in lower case, body decompressed. Whoever gets it keeps the body, or drops it."""

    status: int
    headers: Mapping[str, str]
    body: Incoming

    def taken(self) -> bytes:
        """The body, or its beginning where it is large, without anything being kept."""
        self.body.drop()
        return self.body.few


class Refused(Exception):
    """This request cannot succeed by being repeated; the text completes "<address> ..."."""


class Interrupted(Exception):
    """Something on the way failed and may not fail again; `connecting` tells whether the server was reached at all."""

    def __init__(self, reason: str, *, connecting: bool) -> None:
        super().__init__(reason)
        self.connecting = connecting


@dataclass(slots=True)
class Transport:
    """Sends single requests. `allow_private` admits loopback addresses (a server on this machine), and no other private ones;
    the user's own `service` may be anywhere.
    """

    user_agent: str
    archive: Archive
    allow_private: bool = False
    limits: Limits = Limits()
    service: Service | None = None
    _guarded: requests.Session = field(init=False)
    _proxied: requests.Session = field(init=False)

    def __post_init__(self) -> None:
        """Two sessions: a direct one that checks every resolved address, and one for behind a proxy, which resolves names itself."""
        config = Config(
            ip_filter_enable=True,
            ip_filter_allow_loopback_ips=self.allow_private,
            never_redirect=True,
            default_timeout=(self.limits.connect, self.limits.read),
        )
        self._guarded = _without_identity(HTTPSession(config))
        self._proxied = _without_identity(requests.Session())

    def taking(self, largest: int) -> Self:
        """The same transport over the same connections, which takes answers of so many bytes, whatever they are."""
        mine = copy(self)
        limits = self.limits
        mine.limits = replace(limits, text_bytes=max(limits.text_bytes, largest), file_bytes=max(limits.file_bytes, largest))
        return mine

    def close(self) -> None:
        """Give back the connections."""
        self._guarded.close()
        self._proxied.close()

    def send(self, method: str, url: str, headers: Mapping[str, str], body: bytes = b"", *, seconds: float) -> Raw:
        """Send one request and read its answer within `seconds`, whatever the server does. Raises `Refused` or `Interrupted`."""
        abandoned, handing = threading.Event(), threading.Lock()
        outcome: list[Raw | BaseException] = []

        def work() -> None:
            result: Raw | BaseException
            try:
                result = self._send(method, url, {**headers, "User-Agent": self.user_agent}, body, abandoned=abandoned)
            except BaseException as error:
                result = error
            with handing:
                outcome.append(result)
                if abandoned.is_set() and isinstance(result, Raw):
                    result.body.drop()

        # A server that drips its headers, or a resolver that hangs, outlives any socket timeout: only a wall clock bounds it.
        worker = threading.Thread(target=work, name=f"fetch {urlsplit(url).netloc}", daemon=True)
        worker.start()
        worker.join(max(seconds, 0.0))
        with handing:
            if not outcome:
                abandoned.set()
        if abandoned.is_set():
            raise Refused(rest(Failure.UNFINISHED, seconds=f"{self.limits.total:g}"))
        result = outcome[0]
        if isinstance(result, BaseException):
            raise result
        return result

    def _send(self, method: str, url: str, headers: Mapping[str, str], body: bytes, *, abandoned: threading.Event) -> Raw:
        try:
            session, prepared, settings = self._prepare(requests.Request(method, url, headers=headers, data=body or None))
            response = session.send(
                prepared, stream=True, allow_redirects=False, timeout=(self.limits.connect, self.limits.read), **settings
            )
        except InvalidIPAddress as error:
            raise Refused(rest(Failure.PRIVATE, address=error)) from error
        except requests.exceptions.SSLError as error:
            raise Refused(rest(Failure.CERTIFICATE)) from error
        except requests.exceptions.ConnectTimeout as error:
            raise Interrupted(rest(Failure.UNREACHED_IN_TIME, seconds=f"{self.limits.connect:g}"), connecting=True) from error
        except requests.exceptions.Timeout as error:
            raise Interrupted(rest(Failure.NO_ANSWER, seconds=f"{self.limits.read:g}"), connecting=False) from error
        except requests.exceptions.ProxyError as error:
            raise Interrupted(rest(Failure.PROXY), connecting=True) from error
        except requests.exceptions.ConnectionError as error:
            reached = isinstance(_reason(error), urllib3.exceptions.ProtocolError)
            raise Interrupted(rest(Failure.BROKE_OFF if reached else Failure.UNREACHABLE), connecting=not reached) from error
        except (requests.exceptions.RequestException, UnicodeError, ValueError) as error:
            raise Refused(rest(Failure.NOT_ASKABLE, answer=error)) from error
        with response:
            lowered = {name.lower(): value for name, value in response.headers.items()}
            moved = response.is_redirect or response.status_code == requests.codes.not_modified
            incoming = self.archive.receive()
            if not moved:
                self._receive(response, incoming, abandoned)
            return Raw(response.status_code, lowered, incoming)

    def _prepare(self, request: requests.Request) -> tuple[requests.Session, requests.PreparedRequest, dict[str, Any]]:
        """Choose the session for the address and settle proxies and certificates from the environment."""
        prepared = self._proxied.prepare_request(request)
        address = str(prepared.url)
        settings: dict[str, Any] = dict(self._proxied.merge_environment_settings(address, {}, None, None, None))
        settings.pop("stream", None)
        if self.service is not None and self.service.owns(address):
            # A proxy would look for a private address on its own network.
            return self._proxied, prepared, {**settings, "proxies": {}} if _is_private(urlsplit(address).hostname or "") else settings
        if not requests.utils.select_proxy(address, settings["proxies"]):
            return self._guarded, prepared, settings
        _refuse_literal(urlsplit(address).hostname or "")
        return self._proxied, prepared, settings

    def _receive(self, response: requests.Response, incoming: Incoming, abandoned: threading.Event) -> None:
        """Take the body in as it arrives; an answer that is too large or cut short is no answer, and leaves nothing."""
        try:
            with self.archive.told(incoming):
                self._take(response, incoming, abandoned)
        except BaseException:
            incoming.drop()
            raise

    def _take(self, response: requests.Response, incoming: Incoming, abandoned: threading.Event) -> None:
        """Write the body down piece by piece, up to the cap of its type. Raises `Refused`, `Interrupted`, and `OSError` of the disk."""
        cap = self.limits.cap(response.headers.get("content-type", ""))
        declared = response.headers.get("content-length", "")
        if declared.isdigit() and int(declared) > cap:
            raise Refused(_too_large(cap))
        while not abandoned.is_set() and (chunk := self._next_chunk(response)):
            if incoming.size + len(chunk) > cap:
                raise Refused(_too_large(cap))
            incoming.write(chunk)

    def _next_chunk(self, response: requests.Response) -> bytes:
        """What has arrived, unpacked; empty at the end."""
        try:
            # read1 returns what has arrived; read(n) would wait for n bytes, however slowly they drip.
            read: Callable[..., bytes] = response.raw.read1
            return read(_CHUNK, decode_content=True)
        except urllib3.exceptions.ReadTimeoutError as error:
            raise Interrupted(rest(Failure.STALLED, seconds=f"{self.limits.read:g}"), connecting=False) from error
        except urllib3.exceptions.DecodeError as error:
            raise Refused(rest(Failure.PACKED)) from error
        except (urllib3.exceptions.HTTPError, OSError) as error:
            raise Interrupted(rest(Failure.BROKE_OFF_INSIDE), connecting=False) from error


def _too_large(cap: int) -> str:
    return rest(Failure.TOO_LARGE, size=f"{cap / MEGABYTE:g}")


def _without_identity(session: requests.Session) -> requests.Session:
    """No cookies kept between requests, and no passwords taken from a .netrc file."""
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    session.auth = _no_auth
    return session


def _no_auth(prepared: requests.PreparedRequest) -> requests.PreparedRequest:
    return prepared


def _is_private(host: str) -> bool:
    """Whether an address written out is of this machine or network; a name is not judged."""
    try:
        return host == "localhost" or not ipaddress.ip_address(host).is_global
    except ValueError:
        return False


def _refuse_literal(host: str) -> None:
    """Behind a proxy the proxy resolves names, so only addresses written out can be judged here."""
    if _is_private(host):
        raise Refused(rest(Failure.PRIVATE, address=host))


def _reason(error: requests.exceptions.ConnectionError) -> object:
    """What lies behind requests' wrapping of urllib3's wrapping."""
    inner = error.args[0] if error.args else error
    return getattr(inner, "reason", inner)
