"""How long archived bytes stay: rules by age and licence, and which bytes no rule keeps any more.

`[retention]` in settings.toml; without it everything stays:

    [retention]
    days = 1095                        # of everything, where no licence says less
    [retention.licences]
    "*all rights reserved*" = 365      # by the licence as the source states it, * standing for anything

What is let go is the bytes only: addresses, times and hashes stay in the journal, texts and figures in the ledger.
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
    """The rules. `days` is None where only licences set a limit."""

    days: int | None = None
    licences: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def parse(cls, table: Mapping[str, Any]) -> "Retention":
        """Read the table of settings.toml. Raises `SettingsError` where it is not understood."""
        rest = dict(table)
        days, licences = rest.pop("days", None), rest.pop("licences", {})
        numbers = [*([] if days is None else [days]), *(licences.values() if isinstance(licences, Mapping) else [None])]
        if rest or not all(isinstance(number, int) and not isinstance(number, bool) and number > 0 for number in numbers):
            raise SettingsError("`[retention]` in settings.toml takes `days` and `[retention.licences]`, both in whole days from one on.")
        return cls(days, {pattern.casefold(): number for pattern, number in licences.items()})

    def limit(self, licence: str) -> timedelta | None:
        """How long bytes under a licence stay; None for ever."""
        limits = [number for pattern, number in self.licences.items() if fnmatchcase(licence.casefold(), pattern)]
        limits += [] if self.days is None else [self.days]
        return timedelta(days=min(limits)) if limits else None


def expired(holdings: Iterable[Holding], retention: Retention, now: datetime) -> tuple[str, ...]:
    """The hashes of bytes that no holding keeps: each stays as long as the last of its holdings may."""
    stays: dict[str, bool] = {}
    for holding in holdings:
        limit = retention.limit(holding.licence)
        stays[holding.sha256] = stays.get(holding.sha256, False) or limit is None or now - holding.retrieved_at <= limit
    return tuple(sorted(sha256 for sha256, kept in stays.items() if not kept))
