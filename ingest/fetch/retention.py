"""How long archived bytes stay: rules by age and licence, and which bytes no rule keeps any more.

`[retention]` in settings.toml; without it everything stays:

    [retention]
    days = 1095                        # of everything, where no licence says less
    [retention.licences]
    "*all rights reserved*" = 365      # by the licence as the source states it, * standing for anything
    [retention.texts]
    "*personal use only*" = 90         # the text in the ledger too, where the licence says so

What is let go is the bytes: addresses, times and hashes stay in the journal, and so do texts and figures in the ledger, but for the texts
of documents under a licence of `[retention.texts]`; of those the sentences with numbers stay, as quotations.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from fnmatch import fnmatchcase
from typing import Any

from ingest.errors import SettingsError


@dataclass(frozen=True, slots=True)
class Holding:
    """One reason why bytes are in the archive: a source fetched them, or somebody handed them in, under a licence at a time."""

    sha256: str
    source: str
    licence: str
    retrieved_at: datetime


@dataclass(frozen=True, slots=True)
class Retention:
    """The rules. `days` is None where only licences set a limit; `texts` are those for texts in the ledger."""

    days: int | None = None
    licences: Mapping[str, int] = field(default_factory=dict)
    texts: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def parse(cls, table: Mapping[str, Any]) -> "Retention":
        """Read the table of settings.toml. Raises `SettingsError` where it is not understood."""
        rest = dict(table)
        days, licences, texts = rest.pop("days", None), rest.pop("licences", {}), rest.pop("texts", {})
        numbers = [] if days is None else [days]
        for limits in (licences, texts):
            numbers += limits.values() if isinstance(limits, Mapping) else [None]
        if rest or not all(isinstance(number, int) and not isinstance(number, bool) and number > 0 for number in numbers):
            raise SettingsError(
                "`[retention]` in settings.toml takes `days`, `[retention.licences]`, `[retention.texts]`, in whole days from one on."
            )
        by_licence = ({pattern.casefold(): number for pattern, number in limits.items()} for limits in (licences, texts))
        return cls(days, *by_licence)

    def limit(self, licence: str) -> timedelta | None:
        """How long bytes under a licence stay; None for ever."""
        limits = _matching(self.licences, licence)
        limits += [] if self.days is None else [self.days]
        return timedelta(days=min(limits)) if limits else None

    def text_limit(self, licence: str) -> timedelta | None:
        """How long texts under a licence stay in the ledger; None for ever."""
        limits = _matching(self.texts, licence)
        return timedelta(days=min(limits)) if limits else None


def _matching(limits: Mapping[str, int], licence: str) -> list[int]:
    return [number for pattern, number in limits.items() if fnmatchcase(licence.casefold(), pattern)]


def expired(holdings: Iterable[Holding], retention: Retention, now: datetime) -> tuple[str, ...]:
    """The hashes of bytes that no holding keeps: each stays as long as the last of its holdings may."""
    stays: dict[str, bool] = {}
    for holding in holdings:
        limit = retention.limit(holding.licence)
        stays[holding.sha256] = stays.get(holding.sha256, False) or limit is None or now - holding.retrieved_at <= limit
    return tuple(sorted(sha256 for sha256, kept in stays.items() if not kept))
