"""Asking for less: one answer by which others can be told to be what they were."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from ingest.fetch.exchange import Accept, Response, with_params
from ingest.fetch.request import FetchRequest

_HELD = timedelta(days=2)  # how long an answer is taken from the archive on another's word


@dataclass(frozen=True, slots=True)
class Sign:
    """An answer, fetched without being remembered, that changes when others of its source do. Only whether its bytes are the same
    counts; nothing in it is read, so nothing can be misread. None where it could not be had: then everything is asked for.

    Nobody confirmed that it always changes with them, so its word holds for two days.
    """

    request: FetchRequest
    response: Response | None

    def settled(self, url: str, params: Mapping[str, str]) -> Response | None:
        """The archived answer of an address where it was asked for within two days, and the sign is what it was then; else None."""
        if self.response is None or not self.response.not_modified:
            return None
        known = self.request.client.known(with_params(url, params))
        recent = known is not None and timedelta(0) <= self.request.now() - known.retrieved_at < _HELD
        return known if recent else None

    def keep(self) -> None:
        """Remember the sign, once all others were had: a refresh that broke off before asks for them again."""
        if self.response is not None:
            self.request.client.remember(self.response, Accept.JSON)
