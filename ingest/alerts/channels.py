"""Where notices go: e-mail, a POST of JSON that a program, Slack or Teams takes, or a feed of one's own beside the snapshots.

A notice that a crash makes go out twice has the same mark both times: an e-mail's `Message-ID`, the `Idempotency-Key` of a POST, the
identity of a feed's entry. Slack and Teams know no such mark: there it says that it is sent again.

This is the one module beside `ingest.fetch` that opens a connection; it tells, and reads nothing.
"""

import re
import smtplib
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Any, Protocol

import requests
from urllib3.exceptions import ProtocolError

from ingest.alerts.feed import ENTRIES, replace_file
from ingest.alerts.notice import Notice
from ingest.errors import MaybeDelivered, NotDelivered
from ingest.model.atom import Entry, Feed, entries, feed
from ingest.model.failures import say
from ingest.model.ids import digest
from ingest.model.snapshot import OWN_FEED
from ingest.model.undelivered import Undelivered

_PATIENCE = 20.0  # seconds for a server to take a message
_PLAIN = re.compile(r"[A-Za-z0-9_-]{1,40}")
SECURITY = ("starttls", "tls", "none")


class Channel(Protocol):
    """Something that takes notices. `alerts` says whether released alerts go there, beside the digests that name it."""

    @property
    def name(self) -> str:
        """What it is called in the settings; what it was sent is remembered under that."""

    @property
    def alerts(self) -> bool:
        """Whether it gets released alerts."""

    def send(self, notice: Notice) -> None:
        """Hand a notice over. Raises `NotDelivered`."""


@dataclass(frozen=True, slots=True)
class Email:
    """An e-mail to some addresses: plain text, and beside it the page where the notice has one."""

    name: str
    server: str
    port: int
    security: str
    user: str
    sender: str
    to: tuple[str, ...]
    password: str = field(repr=False)
    alerts: bool = True

    def send(self, notice: Notice) -> None:
        """Hand it to the server."""
        try:
            with self._connected() as server:
                if self.user:
                    server.login(self.user, self.password)
                server.send_message(self.mail(notice))
        except (OSError, smtplib.SMTPException) as error:
            raise NotDelivered(
                say(Undelivered.NO_MAIL, channel=self.name, where=f"{self.server}:{self.port}", answer=_line(error))
            ) from error

    def mail(self, notice: Notice) -> EmailMessage:
        """The e-mail."""
        mail = EmailMessage()
        mail["Subject"] = f"Crosscount: {notice.title}"
        mail["From"], mail["To"] = self.sender, ", ".join(self.to)
        mail["Date"] = format_datetime(notice.at)
        mail["Message-ID"] = f"<{_mark(notice, self.name)}@crosscount>"
        mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office answers
        mail.set_content(notice.with_link("\n\n") + "\n")
        if notice.page:
            mail.add_alternative(notice.page, subtype="html")
        mail["Content-Language"] = notice.language  # last: what speaks of the content goes into the first part otherwise
        return mail

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
    """A POST of JSON, in one of the shapes of `SHAPES`. Nothing is followed elsewhere: an address may hold its own secret."""

    name: str
    kind: str
    url: str = field(repr=False)
    alerts: bool = True

    def send(self, notice: Notice) -> None:
        """Hand it to the server."""
        try:
            body, marked = (
                SHAPES[self.kind](notice),
                {"Idempotency-Key": f'"{_mark(notice, self.name)}"'},
            )  # a string, as RFC 8941 quotes it
            answer = requests.post(self.url, json=body, headers=marked, timeout=_PATIENCE, allow_redirects=False)
        except requests.RequestException as error:
            how = MaybeDelivered if _after_sending(error) else NotDelivered
            raise how(say(Undelivered.NO_CHANNEL, channel=self.name, answer=type(error).__name__)) from error
        if not answer.ok or answer.is_redirect:
            raise NotDelivered(say(Undelivered.CHANNEL_STATUS, channel=self.name, status=answer.status_code))


def _after_sending(error: requests.RequestException) -> bool:
    """Whether the server was reached, and then said nothing or hung up."""
    return isinstance(error, requests.ReadTimeout) or (bool(error.args) and isinstance(error.args[0], ProtocolError))


def _webhook(notice: Notice) -> dict[str, Any]:
    return dict(notice.data)


def _slack(notice: Notice) -> dict[str, Any]:
    safe = notice.with_link(" ").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")  # a report's words are no markup
    return {"text": f"{notice.again} {notice.title}: {safe}".lstrip()}


def _teams(notice: Notice) -> dict[str, Any]:
    paragraphs = [line for line in notice.text.splitlines() if line.strip()]
    blocks = [
        *([{"type": "TextBlock", "text": notice.again, "isSubtle": True, "wrap": True}] if notice.again else []),
        {"type": "TextBlock", "text": notice.title, "weight": "Bolder", "wrap": True},
        *({"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": line}]} for line in paragraphs),
    ]
    actions = [{"type": "Action.OpenUrl", "title": "Crosscount", "url": notice.link}] if notice.link else []
    card = {"type": "AdaptiveCard", "version": "1.4", "body": blocks, "actions": actions}
    return {"type": "message", "attachments": [{"contentType": "application/vnd.microsoft.card.adaptive", "content": card}]}


SHAPES = {"webhook": _webhook, "slack": _slack, "teams": _teams}


@dataclass(frozen=True, slots=True)
class OwnFeed:
    """An Atom feed in a file beside the snapshots, at /digest.atom?name= of the app; `link` is the app's address."""

    name: str
    folder: Path
    link: str = ""
    alerts: bool = True

    def send(self, notice: Notice) -> None:
        """Put the notice before the others; one that is there is put there once."""
        path, identity = self.folder / OWN_FEED.format(name=self.name), f"urn:crosscount:notice:{notice.identity}"
        own = Entry(identity, notice.title, notice.at, notice.text, notice.link, notice.page)
        try:
            former = entries(path.read_bytes()) if path.is_file() else ()
            kept = [own, *(one for one in former if one.identity != identity)][:ENTRIES]
            address = f"{self.link}/digest.atom?name={self.name}" if self.link else ""
            about = Feed(f"urn:crosscount:feed:{self.name}", f"Crosscount: {self.name}", notice.language, address, self.link)
            replace_file(path, feed(about, kept))
        except (OSError, ValueError) as error:
            raise NotDelivered(say(Undelivered.NO_OWN_FEED, channel=self.name, path=path, answer=_line(error))) from error


def _mark(notice: Notice, channel: str) -> str:
    """What a notice is recognised by in a channel, in letters that a header takes: channels are called anything."""
    return f"{notice.identity}.{channel if _PLAIN.fullmatch(channel) else digest(channel)}"


def _line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]
