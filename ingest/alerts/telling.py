"""How people are told, as `[alerts]` of settings.toml says; docs/operations.md shows one:

[alerts]
language = "en"                      # en, ar or fr
link = "https://crosscount.example.org"
without_asking = ["silent_source"]   # rules whose alerts are sent at once; none where left out
[[alerts.channel]]
name = "desk"
kind = "email"                       # or webhook, slack, teams with `url`; or feed
server = "smtp.example.org"          # port = 587, security = "starttls" (or "tls", "none"), user; password: SMTP_PASSWORD
sender = "crosscount@example.org"
to = ["desk@example.org"]
alerts = true                        # false where the channel is for digests and watches alone
[[alerts.digest]]
name = "morning"
channel = "desk"
language = "ar"
every = "day"                        # or week, with `weekday`
hour = 7
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ingest.alerts.channels import SECURITY, SHAPES, Channel, Email, OwnFeed, Post
from ingest.alerts.digests import NAME, Digest
from ingest.alerts.wording import LANGUAGES
from ingest.errors import SettingsError
from ingest.model.vocabulary import AlertRule

_FEED = "feed"


@dataclass(frozen=True, slots=True)
class Telling:
    """How alerts are told: the channels, their language, the address of the app, and the rules whose alerts wait for no person."""

    channels: tuple[Channel, ...] = ()
    language: str = LANGUAGES[0]
    link: str = ""
    without_asking: frozenset[AlertRule] = frozenset()
    digests: tuple[Digest, ...] = ()

    def channel(self, name: str, to: tuple[str, ...] = ()) -> Channel:
        """The channel of that name, an e-mail to other addresses where some are given. Raises `SettingsError` where there is none."""
        found = next((one for one in self.channels if one.name == name), None)
        if found is None:
            known = ", ".join(one.name for one in self.channels) or "none"
            raise SettingsError(f"There is no channel {name!r} in `[alerts]` of settings.toml; known: {known}.")
        return replace(found, to=to) if to and isinstance(found, Email) else found

    @classmethod
    def parse(cls, table: Mapping[str, Any], keys: Mapping[str, str], folder: Path) -> "Telling":
        """Read `[alerts]` of settings.toml; feeds are written to `folder`. Raises `SettingsError` where it is not understood."""
        rest = dict(table)
        names, digests = rest.pop("without_asking", []), rest.pop("digest", [])
        language, link, listed = rest.pop("language", LANGUAGES[0]), rest.pop("link", ""), rest.pop("channel", [])
        strange = not isinstance(names, list) or not set(names) <= {rule.value for rule in AlertRule} or not isinstance(digests, list)
        if rest or strange or language not in LANGUAGES or not isinstance(link, str) or not isinstance(listed, list):
            raise SettingsError(
                "`[alerts]` in settings.toml takes `language` (en, ar or fr), `link`, `without_asking` (a list "
                f"of {', '.join(AlertRule)}) and tables `[[alerts.channel]]` and `[[alerts.digest]]`."
            )
        link = link.rstrip("/")
        channels = tuple(_channel(dict(one), keys, OwnFeed("", folder, link)) for one in listed)
        made = cls(channels, language, link, frozenset(map(AlertRule, names)), tuple(map(Digest.parse, digests)))
        for what, given in (("channels", [one.name for one in made.channels]), ("digests", [one.name for one in made.digests])):
            if len(set(given)) < len(given):
                raise SettingsError(f"Two {what} of `[alerts]` in settings.toml have one name; give each its own.")
        for one in made.digests:
            for channel in one.channels:
                made.channel(channel)
        return made


def _channel(table: dict[str, Any], keys: Mapping[str, str], plain: OwnFeed) -> Channel:
    name, kind, alerts = str(table.pop("name", table.get("kind", ""))), table.pop("kind", ""), table.pop("alerts", True)
    try:
        if kind == "email":
            made: Channel = _email(name, table, keys)
        elif kind == _FEED:
            made = replace(plain, name=name)
        else:
            made = Post(name, kind, table.pop("url"))
    except (KeyError, ValueError) as error:
        raise SettingsError(f"The channel {name!r} of `[alerts]` in settings.toml lacks {error}; docs/operations.md shows one.") from error
    known = made.security in SECURITY if isinstance(made, Email) else kind == _FEED or kind in SHAPES
    if isinstance(made, OwnFeed) and not NAME.fullmatch(name):
        raise SettingsError(f"The feed {name!r} of `[alerts]` in settings.toml needs a `name` of a-z, 0-9, - and _; it is in its address.")
    if table or not known or not isinstance(alerts, bool):
        strange = next(iter(table), kind if not known else alerts)
        raise SettingsError(f"The channel {name!r} of `[alerts]` in settings.toml says {strange!r}, which is not understood there.")
    return replace(made, alerts=alerts)  # type: ignore[type-var]  # each kind of channel is a frozen dataclass


def _email(name: str, table: dict[str, Any], keys: Mapping[str, str]) -> Email:
    to = table.pop("to")
    return Email(
        name=name, server=table.pop("server"), port=int(table.pop("port", 587)), security=table.pop("security", SECURITY[0]),
        user=table.pop("user", ""), sender=table.pop("sender"), to=tuple(to) if isinstance(to, list) else (to,),
        password=keys.get("SMTP_PASSWORD", ""),
    )  # fmt: skip
