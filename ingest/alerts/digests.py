"""Digests: who gets which, in which language, and when one is due. Times are appointments: what was missed is due once, not ten times."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ingest.alerts.wording import LANGUAGES
from ingest.errors import SettingsError

NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_TAKES = (
    "takes `name`, `channel` (the name of one, or a list), `language` (en, ar or fr), `every` (day or week), `hour` (0 to 23), "
    "`weekday` (monday to sunday), `zone` (such as Asia/Damascus), `view` (an address of the app), `to` (e-mail addresses in place of the "
    "channel's) and `when_empty` (say or skip)"
)


class Every(StrEnum):
    """How often."""

    DAY = "day"
    WEEK = "week"


@dataclass(frozen=True, slots=True)
class Digest:
    """One digest as settings.toml says. `view` is the address of what it is about, `/` for everything; `to` are e-mail addresses
    in place of the channel's own; `zone` is None for that of the crisis. With `skip_empty` nothing is sent where nothing changed.
    """

    name: str
    channels: tuple[str, ...]
    language: str = LANGUAGES[0]
    every: Every = Every.DAY
    hour: int = 7
    weekday: int = 0
    zone: ZoneInfo | None = None
    view: str = "/"
    to: tuple[str, ...] = ()
    skip_empty: bool = False

    @property
    def period(self) -> timedelta:
        """From one appointment to the next, but for the hour that clocks are set by."""
        return timedelta(days=7 if self.every is Every.WEEK else 1)

    def appointed(self, now: datetime, zone: ZoneInfo) -> datetime:
        """The last appointment (UTC) at or before `now`; `zone` is that of the crisis. An hour that clocks leap over is the one after."""
        local = now.astimezone(self.zone or zone)
        back = (local.weekday() - self.weekday) % 7 if self.every is Every.WEEK else 0
        days = int(self.period / timedelta(days=1))
        at = local.replace(hour=self.hour, minute=0, second=0, microsecond=0, fold=0) - timedelta(days=back)
        while at.astimezone(UTC) > now:
            at -= timedelta(days=days)
        return at.astimezone(UTC)

    @classmethod
    def parse(cls, table: Mapping[str, Any]) -> "Digest":
        """Read one `[[alerts.digest]]`. Raises `SettingsError` where it is not understood."""
        rest = dict(table)
        name = rest.pop("name", "digest")
        try:
            channels, to = _texts(rest.pop("channel", [])), _texts(rest.pop("to", []))
            language, every = rest.pop("language", LANGUAGES[0]), Every(rest.pop("every", Every.DAY))
            hour, weekday = rest.pop("hour", 7), WEEKDAYS.index(rest.pop("weekday", WEEKDAYS[0]))
            zone, view = rest.pop("zone", ""), rest.pop("view", "/")
            skip = {"say": False, "skip": True}[rest.pop("when_empty", "say")]
            made = cls(name, channels, language, every, hour, weekday, ZoneInfo(zone) if zone else None, view, to, skip)
        except (ValueError, TypeError, KeyError, ZoneInfoNotFoundError) as error:
            raise SettingsError(f"A digest of `[alerts]` in settings.toml is not understood ({error}); it {_TAKES}.") from error
        right = isinstance(name, str) and NAME.fullmatch(name) and language in LANGUAGES and isinstance(view, str)
        if rest or not right or not isinstance(hour, int) or hour not in range(24):
            strange = next(iter(rest), name)
            raise SettingsError(f"The digest {strange!r} of `[alerts]` in settings.toml is not understood; it {_TAKES}.")
        return made


def _texts(value: object) -> tuple[str, ...]:
    listed = [value] if isinstance(value, str) else value
    if not isinstance(listed, list) or not all(isinstance(one, str) for one in listed):
        raise TypeError(f"{value!r} is no list of texts")
    return tuple(listed)
