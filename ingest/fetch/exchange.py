"""What is asked and what is answered: the records that pass between a source, a client and the ledger's memory of fetches."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any, Protocol
from urllib.parse import urlencode, urlsplit, urlunsplit

from ingest.errors import SourceUnavailable
from ingest.fetch.archive import Body
from ingest.model.advice import Advice
from ingest.model.failures import Failure, say


class Accept(Enum):
    """What is due. It decides the Accept header, how the answer is checked, and whether robots.txt has a say (pages only)."""

    PAGE = "text/html, application/xhtml+xml;q=0.9, */*;q=0.1"
    FEED = "application/rss+xml, application/atom+xml, application/rdf+xml, application/xml;q=0.9, text/xml;q=0.8, */*;q=0.1"
    JSON = "application/json"
    TABLE = "text/csv, application/vnd.openxmlformats-officedocument.spreadsheetml.sheet, */*;q=0.5"
    ANY = "*/*"


@dataclass(frozen=True, slots=True)
class Response:
    """One answer, already archived. `media_type` is the declared type with its charset, lower case.

    `not_modified` is true when the answer is the one that is remembered, because the server said 304 or sent the same bytes:
    `body` is there in either case, so that a run that ended before its documents were stored loses nothing.
    """

    url: str
    final_url: str
    status: int
    headers: Mapping[str, str]
    media_type: str
    body: Body
    retrieved_at: datetime
    not_modified: bool = False

    @property
    def sha256(self) -> str:
        """The hash its bytes are archived under."""
        return self.body.sha256

    @property
    def content(self) -> bytes:
        """All of its bytes at once; of answers that may be large, `body` gives them piece by piece."""
        return self.body.content


@dataclass(frozen=True, slots=True)
class Validators:
    """What is remembered of the last good answer of an address: what to send for a conditional request, and where its body is."""

    etag: str
    last_modified: str
    sha256: str
    final_url: str
    media_type: str
    retrieved_at: datetime


@dataclass(frozen=True, slots=True)
class Credentials:
    """What shows a source who asks: headers and query parameters. They go to the host that was asked and to no other, and are no
    part of an address that is archived, remembered or shown.
    """

    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    params: Mapping[str, str] = field(default_factory=dict, repr=False)

    def redacted(self, sentence: str) -> str:
        """A sentence without them, which a server may have repeated in its answer."""
        for secret in (*self.headers.values(), *self.params.values()):
            for part in {secret, secret.rpartition(" ")[2]} - {""}:  # a token stands behind its scheme: `Bearer ...`
                sentence = sentence.replace(part, "[key]")
        return sentence


NOBODY = Credentials()


class FetchMemory(Protocol):
    """Remembers validators by address between runs; the ledger implements it."""

    def get(self, url: str) -> Validators | None:
        """What is remembered of the address, if anything."""

    def put(self, url: str, validators: Validators) -> None:
        """Remember this of the address, in place of what was known."""


class Fetcher(Protocol):
    """What a source may do: ask for an address, or send a query as JSON. `Client` and `ReplayClient` are fetchers."""

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
        """Fetch an address. `cache_buster` names a query parameter that gets the current time and is otherwise ignored."""

    def remember(self, response: Response, accept: Accept) -> None:
        """Hold the next answer of its address against this one, which was fetched without being remembered."""

    def known(self, url: str) -> Response | None:
        """The last good answer of an address from the archive, without asking again; None where there is none."""

    def post_json(
        self, url: str, payload: Mapping[str, Any], *, params: Mapping[str, str] | None = None, credentials: Credentials = NOBODY
    ) -> Response:
        """Send a query as JSON (something that may safely be sent twice) and expect JSON back."""

    def sign_in(self, url: str, form: Mapping[str, str]) -> dict[str, Any]:
        """Send a form of credentials and return the JSON answer; neither is archived, recorded or shown."""


class HttpFailure(SourceUnavailable):
    """The server answered, with a status that is not a success. `detail` is what it said, shortened."""

    def __init__(self, url: str, status: int, detail: str = "") -> None:
        """`url` is shown without its query, which may hold keys."""
        said = f": {detail}" if detail else ""
        super().__init__(say(Failure.STATUS, where=shown(url), status=status, said=said, advice=_advice(status)))
        self.url = url
        self.status = status
        self.detail = detail


class WrongKind(SourceUnavailable):
    """The server answered with something else than what was due: a web page for a feed, an empty body."""


def _advice(status: int) -> Advice:
    if status in {401, 403}:
        return Advice.KEY_OR_REFUSED
    if status in {404, 410}:
        return Advice.ADDRESS_GONE
    if status == 429 or status >= 500:
        return Advice.LATER
    return Advice.CHECK_ADDRESS


def shown(url: str) -> str:
    """An address as people are shown it: host and path, without the query, which may hold keys."""
    parts = urlsplit(url)
    return f"{parts.netloc.rpartition('@')[2]}{parts.path}" or url[:200]


def same_origin(url: str, other: str) -> bool:
    """Whether two addresses are of the same server: scheme, host and port."""
    return _origin(url) == _origin(other)


def _origin(url: str) -> tuple[str, str, int | None]:
    parts = urlsplit(url)
    return parts.scheme, (parts.hostname or "").lower(), parts.port or {"http": 80, "https": 443}.get(parts.scheme)


def with_params(url: str, params: Mapping[str, str] | None) -> str:
    """The address with the parameters added to its query."""
    if not params:
        return url
    parts = urlsplit(url)
    query = "&".join(part for part in (parts.query, urlencode(params)) if part)
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))


def encode_json(payload: Mapping[str, Any]) -> bytes:
    """The payload as the bytes that are sent: keys in order, so that equal queries are equal bytes."""
    return json.dumps(payload, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")


def exchange_key(method: str, url: str, body: bytes = b"") -> str:
    """What identifies a request among saved ones: method, address, and the hash of what was sent."""
    return f"{method} {url}" + (f" {hashlib.sha256(body).hexdigest()}" if body else "")
