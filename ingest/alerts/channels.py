"""Where released alerts go: e-mail, or a POST of JSON that a program, Slack or Teams takes. Set in `[alerts]` of settings.toml:

    [alerts]
    language = "en"                      # en, ar or fr
    link = "https://crosscount.example.org"
    without_asking = ["silent_source"]   # rules whose alerts are sent at once; none where left out
    [[alerts.channel]]
    name = "desk"
    kind = "email"                       # or webhook, slack, teams with `url`
    server = "smtp.example.org"          # port = 587, security = "starttls" (or "tls", "none"), user; password: SMTP_PASSWORD
    sender = "crosscount@example.org"
    to = ["desk@example.org"]

This is the one module beside `ingest.fetch` that opens a connection; it tells, and reads nothing.
"""

import smtplib
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any, Protocol

import requests

from ingest.alerts.wording import LANGUAGES, sentence, title
from ingest.errors import NotDelivered, SettingsError
from ingest.model.vocabulary import AlertRule
from ingest.store.alerts import Alert

_PATIENCE = 20.0  # seconds for a server to take a message
_SECURITY = ("starttls", "tls", "none")
Names = Mapping[str, Mapping[str, str]]  # language -> organisation -> name


@dataclass(frozen=True, slots=True)
class Message:
    """An alert in words: `title` and `text` in the language of the channels, `texts` in all, `link` into the app where one is set."""

    alert: Alert
    title: str
    text: str
    texts: Mapping[str, str]
    link: str

    @classmethod
    def of(cls, alert: Alert, language: str, names: Names, link: str) -> "Message":
        """Put an alert into words."""
        texts = {one: sentence(alert, one, names.get(one, {})) for one in LANGUAGES}
        return cls(alert, title(alert, language), texts[language], texts, link)


class Channel(Protocol):
    """Something that takes messages."""

    @property
    def name(self) -> str:
        """What it is called in the settings; what it was sent is remembered under that."""

    def send(self, message: Message) -> None:
        """Hand a message over. Raises `NotDelivered`."""


@dataclass(frozen=True, slots=True)
class Email:
    """A message in plain text to some addresses."""

    name: str
    server: str
    port: int
    security: str
    user: str
    sender: str
    to: tuple[str, ...]
    password: str = field(repr=False)

    def send(self, message: Message) -> None:
        """Hand it to the server."""
        mail = EmailMessage()
        mail["Subject"] = f"Crosscount: {message.title}"
        mail["From"], mail["To"] = self.sender, ", ".join(self.to)
        mail["Date"] = format_datetime(message.alert.raised_at)
        mail["Message-ID"] = f"<{message.alert.alert_id}.{self.name}@crosscount>"  # sent twice after a crash, it is shown once
        mail.set_content("\n\n".join(filter(None, (message.text, message.link))) + "\n")
        try:
            with self._connected() as server:
                if self.user:
                    server.login(self.user, self.password)
                server.send_message(mail)
        except (OSError, smtplib.SMTPException) as error:
            raise NotDelivered(f"{self.name}: {self.server}:{self.port} did not take the e-mail ({_line(error)}).") from error

    def _connected(self) -> smtplib.SMTP:
        context = ssl.create_default_context()
        if self.security == "tls":
            return smtplib.SMTP_SSL(self.server, self.port, timeout=_PATIENCE, context=context)
        server = smtplib.SMTP(self.server, self.port, timeout=_PATIENCE)
        if self.security == "starttls":
            server.starttls(context=context)
        return server


@dataclass(frozen=True, slots=True)
class Post:
    """A POST of JSON, in one of the shapes of `_SHAPES`. Nothing is followed elsewhere: an address may hold its own secret."""

    name: str
    kind: str
    url: str = field(repr=False)

    def send(self, message: Message) -> None:
        """Hand it to the server."""
        try:
            answer = requests.post(self.url, json=_SHAPES[self.kind](message), timeout=_PATIENCE, allow_redirects=False)
        except requests.RequestException as error:
            raise NotDelivered(f"{self.name}: its address could not be reached ({type(error).__name__}).") from error
        if not answer.ok or answer.is_redirect:
            raise NotDelivered(f"{self.name}: its address answered with HTTP {answer.status_code}.")


def _webhook(message: Message) -> dict[str, Any]:
    alert = message.alert
    told = {"id": alert.alert_id, "crisis": alert.crisis, "rule": alert.rule.value, "subject": alert.subject}
    return {**told, "raised_at": alert.raised_at.isoformat(), "told": dict(alert.told), "text": dict(message.texts), "link": message.link}


def _slack(message: Message) -> dict[str, Any]:
    text = " ".join(filter(None, (message.text, message.link)))
    safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")  # a report's words are no markup
    return {"text": f"{message.title}: {safe}"}


def _teams(message: Message) -> dict[str, Any]:
    blocks = [
        {"type": "TextBlock", "text": message.title, "weight": "Bolder", "wrap": True},
        {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": message.text}]},
    ]
    actions = [{"type": "Action.OpenUrl", "title": "Crosscount", "url": message.link}] if message.link else []
    card = {"type": "AdaptiveCard", "version": "1.4", "body": blocks, "actions": actions}
    return {"type": "message", "attachments": [{"contentType": "application/vnd.microsoft.card.adaptive", "content": card}]}


_SHAPES = {"webhook": _webhook, "slack": _slack, "teams": _teams}


@dataclass(frozen=True, slots=True)
class Telling:
    """How alerts are told: the channels, their language, the address of the app, and the rules whose alerts wait for no person."""

    channels: tuple[Channel, ...] = ()
    language: str = LANGUAGES[0]
    link: str = ""
    without_asking: frozenset[AlertRule] = frozenset()

    @classmethod
    def parse(cls, table: Mapping[str, Any], keys: Mapping[str, str]) -> "Telling":
        """Read `[alerts]` of settings.toml. Raises `SettingsError` where it is not understood."""
        rest = dict(table)
        names = rest.pop("without_asking", [])
        language, link, listed = rest.pop("language", LANGUAGES[0]), rest.pop("link", ""), rest.pop("channel", [])
        strange = not isinstance(names, list) or not set(names) <= {rule.value for rule in AlertRule}
        if rest or strange or language not in LANGUAGES or not isinstance(link, str) or not isinstance(listed, list):
            raise SettingsError(
                "`[alerts]` in settings.toml takes `language` (en, ar or fr), `link`, `without_asking` (a list "
                f"of {', '.join(AlertRule)}) and tables `[[alerts.channel]]`."
            )
        channels = tuple(_channel(dict(one), keys) for one in listed)
        if len({one.name for one in channels}) < len(channels):
            raise SettingsError("Two channels of `[alerts]` in settings.toml have one name; give each its own.")
        return cls(channels, language, link.rstrip("/"), frozenset(map(AlertRule, names)))


def _channel(table: dict[str, Any], keys: Mapping[str, str]) -> Channel:
    name, kind = str(table.pop("name", table.get("kind", ""))), table.pop("kind", "")
    try:
        if kind == "email":
            security, to = table.pop("security", _SECURITY[0]), table.pop("to")
            made: Channel = Email(
                name=name, server=table.pop("server"), port=int(table.pop("port", 587)), security=security, user=table.pop("user", ""),
                sender=table.pop("sender"), to=tuple(to) if isinstance(to, list) else (to,), password=keys.get("SMTP_PASSWORD", ""),
            )  # fmt: skip
            known = security in _SECURITY
        else:
            made, known = Post(name, kind, table.pop("url")), kind in _SHAPES
    except (KeyError, ValueError) as error:
        raise SettingsError(f"The channel {name!r} of `[alerts]` in settings.toml lacks {error}; docs/operations.md shows one.") from error
    if table or not known:
        strange = next(iter(table), kind)
        raise SettingsError(f"The channel {name!r} of `[alerts]` in settings.toml says {strange!r}, which is not understood there.")
    return made


def _line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]
