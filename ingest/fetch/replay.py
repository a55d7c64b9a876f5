"""Fetching again without the network: finished exchanges are written down, and a client answers from them."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from ingest.errors import SourceUnavailable, StoreError
from ingest.fetch.archive import Archive
from ingest.fetch.exchange import Accept, HttpFailure, Response, encode_json, exchange_key, shown, with_params


@dataclass(frozen=True, slots=True)
class Saved:
    """One finished exchange. `key` is its request (`exchange.exchange_key`); `sha256` is empty where the status was a failure,
    and `media_type` then holds what the server said."""

    key: str
    status: int
    final_url: str
    media_type: str
    sha256: str
    retrieved_at: datetime


@dataclass(frozen=True, slots=True)
class Journal:
    """Finished exchanges as lines of JSON, in the order they happened; call it with each."""

    path: Path

    def __call__(self, saved: Saved) -> None:
        """Add one exchange. Raises `StoreError` when the line cannot be written."""
        line = json.dumps({**asdict(saved), "retrieved_at": saved.retrieved_at.isoformat()}, ensure_ascii=False)
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("a", encoding="utf-8") as file:
                file.write(line + "\n")
        except OSError as error:
            raise StoreError(f"{self.path} cannot be written ({error.strerror}); free some space or check its permissions.") from error

    def read(self) -> tuple[Saved, ...]:
        """All exchanges. A last line that was cut short by a crash is passed over. Raises `StoreError` when there is no journal."""
        try:
            lines = self.path.read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError as error:
            raise StoreError(f"{self.path} cannot be read ({error.strerror}); nothing was fetched here yet.") from error
        return tuple(saved for line in lines if (saved := _parsed(line)))


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

    def get(self, url: str, *, accept: Accept = Accept.ANY, params: Mapping[str, str] | None = None, cache_buster: str = "") -> Response:
        """The saved answer of the address. Raises `SourceUnavailable` where none was saved, `HttpFailure` where it was a failure."""
        address = with_params(url, params)
        return self._answer(address, exchange_key("GET", address))

    def post_json(self, url: str, payload: Mapping[str, Any], *, params: Mapping[str, str] | None = None) -> Response:
        """The saved answer to exactly this query; raises as `get` does."""
        address = with_params(url, params)
        return self._answer(address, exchange_key("POST", address, encode_json(payload)))

    def _answer(self, address: str, key: str) -> Response:
        saved = self._saved.get(key)
        if saved is None:
            raise SourceUnavailable(f"No answer of {shown(address)} was saved; it can only be replayed after it was fetched once.")
        if not saved.sha256:
            raise HttpFailure(address, saved.status, saved.media_type)
        return Response(
            url=address,
            final_url=saved.final_url,
            status=saved.status,
            headers={"content-type": saved.media_type},
            media_type=saved.media_type,
            content=self._archive.get(saved.sha256),
            sha256=saved.sha256,
            retrieved_at=saved.retrieved_at,
        )
