"""Fetching again without the network: finished exchanges are written down, and a client answers from them."""

import json
from collections.abc import Iterable, Mapping, Set
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from ingest.errors import SourceUnavailable, StoreError
from ingest.fetch.archive import Archive
from ingest.fetch.exchange import NOBODY, Accept, Credentials, HttpFailure, Response, encode_json, exchange_key, shown, with_params
from ingest.fetch.sniff import CHALLENGE_SIZE, refuse_challenge, refuse_wrong_kind
from ingest.model.failures import Failure, say
from ingest.model.unkept import Unkept

_NOT_MODIFIED = 304


@dataclass(frozen=True, slots=True)
class Saved:
    """One finished exchange. `key` is its request (`exchange.exchange_key`), `sha256` names the body in the archive, `detail` is what
    a failing server said, `source` and `licence` are those of the connector that asked.
    """

    key: str
    status: int
    final_url: str
    media_type: str
    sha256: str
    retrieved_at: datetime
    detail: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    source: str = ""
    licence: str = ""

    @property
    def method(self) -> str:
        """GET or POST."""
        return self.key.partition(" ")[0]

    @property
    def url(self) -> str:
        """The address that was asked for."""
        return self.key.split(" ")[1]

    @property
    def good(self) -> bool:
        """Whether the status was a success."""
        return 200 <= self.status < 300 or self.status == _NOT_MODIFIED


@dataclass(frozen=True, slots=True)
class Journal:
    """Finished exchanges as lines of JSON, in the order they happened; call it with each."""

    path: Path

    @classmethod
    def of(cls, archive: Archive) -> Self:
        """The journal of an archive, beside its files."""
        return cls(archive.root / "exchanges.jsonl")

    def __call__(self, saved: Saved) -> None:
        """Add one exchange. Raises `StoreError` when the line cannot be written."""
        line = json.dumps({**asdict(saved), "retrieved_at": saved.retrieved_at.isoformat()}, ensure_ascii=False)
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("ab", buffering=0) as file:  # one write, so that lines of threads and processes never mix
                file.write(line.encode("utf-8", "surrogatepass") + b"\n")
        except OSError as error:
            raise StoreError(say(Unkept.UNWRITTEN, name=self.path, answer=error.strerror)) from error

    def forget(self, addresses: Set[str]) -> None:
        """Blank these addresses in every line; hashes and times stay. Lines written meanwhile by others may be lost."""
        lines = self.path.read_text(encoding="utf-8", errors="replace").splitlines() if self.path.is_file() else []
        kept = [_without(line, addresses) for line in lines]
        if kept != lines:
            waiting = self.path.with_suffix(".partial")
            waiting.write_text("".join(f"{line}\n" for line in kept), encoding="utf-8")
            waiting.replace(self.path)

    def read(self) -> tuple[Saved, ...]:
        """All exchanges. A last line that was cut short by a crash is passed over. Raises `StoreError` when there is no journal."""
        try:
            lines = self.path.read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError as error:
            raise StoreError(say(Unkept.NO_EXCHANGES, name=self.path, answer=error.strerror)) from error
        return tuple(saved for line in lines if (saved := _parsed(line)))


def _without(line: str, addresses: Set[str]) -> str:
    saved = _parsed(line)
    if saved is None or not {saved.url, saved.final_url} & addresses:
        return line
    blank = replace(saved, key=f"{saved.method} taken-down:", final_url="", detail="", headers={})
    return json.dumps({**asdict(blank), "retrieved_at": saved.retrieved_at.isoformat()}, ensure_ascii=False)


def _parsed(line: str) -> Saved | None:
    try:
        fields = json.loads(line)
        return Saved(**{**fields, "retrieved_at": datetime.fromisoformat(fields["retrieved_at"])})
    except (ValueError, TypeError, KeyError):
        return None


class ReplayClient:
    """Answers from saved exchanges and the archive; the last answer to a request counts. Opens no socket."""

    def __init__(self, archive: Archive, exchanges: Iterable[Saved]) -> None:
        self._archive = archive
        self._saved = {saved.key: saved for saved in exchanges}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing to give back."""

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
        """The saved answer of the address. Raises `SourceUnavailable` where none is kept, `HttpFailure` where it was a failure."""
        address = with_params(url, params)
        return self._answer(address, exchange_key("GET", address), accept)

    def remember(self, response: Response, accept: Accept) -> None:
        """Nothing: saved answers are not held against one another."""

    def known(self, url: str) -> Response | None:
        """The saved answer of the address, None where none was saved or it was a failure."""
        try:
            return self.get(url)
        except SourceUnavailable:
            return None

    def post_json(
        self, url: str, payload: Mapping[str, Any], *, params: Mapping[str, str] | None = None, credentials: Credentials = NOBODY
    ) -> Response:
        """The saved answer to exactly this query; raises as `get` does."""
        address = with_params(url, params)
        return self._answer(address, exchange_key("POST", address, encode_json(payload)), Accept.JSON)

    def sign_in(self, url: str, form: Mapping[str, str]) -> dict[str, Any]:
        """Nothing: tokens are not archived, and no saved answer needs one."""
        return {}

    def _answer(self, address: str, key: str, accept: Accept) -> Response:
        saved = self._saved.get(key)
        if saved is None:
            raise SourceUnavailable(say(Failure.NOT_SAVED, where=shown(address)))
        if not self._archive.has(saved.sha256):
            raise SourceUnavailable(say(Failure.LET_GO, where=shown(address)))
        body = self._archive.body(saved.sha256)
        refuse_challenge(address, saved.status, saved.headers, body.head(CHALLENGE_SIZE))
        if not saved.good:
            raise HttpFailure(address, saved.status, saved.detail)
        refuse_wrong_kind(address, saved.status, body, accept)
        return Response(
            url=address,
            final_url=saved.final_url,
            status=saved.status,
            headers=saved.headers,
            media_type=saved.media_type,
            body=body,
            retrieved_at=saved.retrieved_at,
        )
