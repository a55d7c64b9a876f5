"""Messages that somebody saved: EML, and MSG as Outlook saves it. The subject is the headline, the day it was sent the date.

Who wrote to whom is left out, and so is what a reply quotes. Attachments are told, not read: saved beside the message they are files
like any other.
"""

import email
import email.policy
import re
from email.message import EmailMessage

from ingest.errors import UnreadableDocument
from ingest.model.failures import say
from ingest.model.unreadable import Unreadable
from ingest.text import html, plain
from ingest.text.compound import Compound
from ingest.text.decode import decode
from ingest.text.extracted import Extracted
from ingest.text.media import MediaType
from ingest.text.moment import parse_moment
from ingest.text.whitespace import flatten, tidy

_QUOTED = re.compile(r"^(?:>.*|(?:On|في) .{5,200}(?:wrote|كتب.{0,80}):)$")
# Properties of a message as MSG names its streams (MS-OXMSG): an identity of four digits, and a type of four.
_SUBJECT, _BODY, _HTML = "0037", "1000", "1013"
_UNICODE, _BYTES, _BINARY = "001F", "001E", "0102"
_SENT = (0x00390040, 0x0E060040)  # when it was sent, or else arrived
_ATTACHMENT = "__attach_version1.0_#"


def read(content: bytes, media: MediaType, name: str) -> Extracted:
    """Read an EML file. Raises `UnreadableDocument` where it has no words."""
    message = email.message_from_bytes(content, policy=email.policy.default)
    if not isinstance(message, EmailMessage) or not message.keys():
        raise UnreadableDocument(say(Unreadable.NO_MESSAGE, name=name))
    try:
        body, kind = _body(message)
        subject, sent = str(message["subject"] or ""), str(message["date"] or "")
        attachments = [flatten(part.get_filename() or "without a name") for part in message.iter_attachments()]
    except (LookupError, ValueError, TypeError, AttributeError) as error:  # what the standard library makes of broken messages
        raise UnreadableDocument(say(Unreadable.BROKEN_MESSAGE, name=name, answer=error)) from error
    return _extracted(subject, html.read_fragment(body, media, name) if kind == "html" else body, sent, attachments)


def read_outlook(content: bytes, media: MediaType, name: str) -> Extracted:
    """Read an MSG file. Raises `UnreadableDocument` where it is damaged or is another file of Office."""
    file = Compound(content, name)
    if not any(stream.startswith("__substg1.0_") for stream in file.streams):
        raise UnreadableDocument(say(Unreadable.OTHER_OFFICE, name=name))
    body = _property(file, _BODY)
    markup = file.streams.get(f"__substg1.0_{_HTML}{_BINARY}", b"")
    if not body.strip() and markup:
        body = html.read_fragment(decode(markup, "", name), media, name)
    attachments = [storage for storage in file.storages if storage.startswith(_ATTACHMENT)]
    return _extracted(_property(file, _SUBJECT), body, file.moment(_SENT), ["without a name"] * len(attachments))


def _body(message: EmailMessage) -> tuple[str, str]:
    part = message.get_body(("plain", "html"))
    if part is None:
        return "", "plain"
    content = part.get_content()
    return (content if isinstance(content, str) else ""), part.get_content_subtype()


def _property(file: Compound, identity: str) -> str:
    written = file.streams.get(f"__substg1.0_{identity}{_UNICODE}")
    if written is not None:
        return written.decode("utf-16-le", errors="replace")
    return decode(file.streams.get(f"__substg1.0_{identity}{_BYTES}", b""))


def _extracted(subject: str, body: str, sent: str, attachments: list[str]) -> Extracted:
    own = "\n".join(line for line in body.splitlines() if not _QUOTED.match(line.strip()))
    header, text = plain.split_header(tidy(own))
    title = header.get("title") or flatten(subject) or plain.first_line(text)
    if attachments:
        header = {**header, "attachments": ", ".join(attachments)}
    return Extracted(title, html.with_headline(title, tidy(text)), parse_moment(sent), header=header)
