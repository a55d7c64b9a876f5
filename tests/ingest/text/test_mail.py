"""Saved messages: EML, and MSG as Outlook writes it."""

import struct
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import Any

import pytest

from ingest.errors import UnreadableDocument
from ingest.text import media_type_of, read

MAIL, OUTLOOK = "message/rfc822", "application/vnd.ms-outlook"
SECTOR, SMALL = 512, 64
FREE, END, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def _message(**content: Any) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"] = "A. Sample <a@example.org>", "desk@example.org"
    message["Subject"] = content.pop("subject", "حصيلة السبت في مثال")
    message["Date"] = "Sat, 30 Nov 2024 18:40:00 +0300"
    message.set_content(content.pop("text", "قتل سبعة مدنيين في بلدة مثال."), **content)
    return message


def _padded(content: bytes, size: int) -> bytes:
    return content + b"\0" * (-len(content) % size)


def outlook(streams: dict[str, bytes], storages: tuple[str, ...] = ()) -> bytes:
    """A compound file with these streams at its top: the small ones in the small stream, the others in sectors of their own."""
    sectors: list[bytes] = []
    table: list[int] = []

    def store(content: bytes) -> int:
        pieces = [content[at : at + SECTOR] for at in range(0, len(content), SECTOR)]
        first = len(sectors)
        for number, piece in enumerate(pieces, start=1):
            sectors.append(_padded(piece, SECTOR))
            table.append(first + number if number < len(pieces) else END)
        return first if pieces else END

    small, small_table, starts = b"", list[int](), {}
    for name, content in streams.items():
        if len(content) < 4096:
            starts[name] = len(small) // SMALL if content else END
            pieces = -(-len(content) // SMALL)
            small_table += [len(small) // SMALL + one + 1 for one in range(pieces - 1)] + [END] * bool(pieces)
            small += _padded(content, SMALL)
        else:
            starts[name] = store(content)
    small_start, small_table_start = store(small), store(struct.pack(f"<{len(small_table)}I", *small_table))

    def entry(name: str, kind: int, places: tuple[int, int, int], start: int, size: int) -> bytes:
        written = name.encode("utf-16-le")
        return struct.pack("<64sHBBIII36xIQ", written, len(written) + 2 if name else 0, kind, 1, *places, start, size)

    names = [*streams, *storages]
    entries = entry("Root Entry", 5, (FREE, FREE, 1 if names else FREE), small_start, len(small))
    for number, name in enumerate(names, start=1):
        following = number + 1 if number < len(names) else FREE
        kind = 1 if name in storages else 2
        entries += entry(name, kind, (FREE, following, FREE), starts.get(name, END), len(streams.get(name, b"")))
    first_entry = store(entries)
    table_at, count = len(sectors), 1
    while count * SECTOR // 4 < len(table) + count:
        count += 1
    table += [TABLE] * count + [FREE] * (count * SECTOR // 4 - len(table) - count)
    sectors.append(struct.pack(f"<{len(table)}I", *table))
    head = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        62,
        3,
        0xFFFE,
        9,
        6,
        0,
        1,
        first_entry,
        0,
        4096,
        small_table_start,
        1,
        END,
        0,
    )
    return head + struct.pack("<109I", *range(table_at, table_at + count), *[FREE] * (109 - count)) + b"".join(sectors)


def _properties(ticks: int) -> bytes:
    return b"\0" * 32 + struct.pack("<IIQ", 0x00390040, 6, ticks)


def test_a_message_is_read_with_subject_and_date() -> None:
    """The subject is the headline, the time sent the date; names and addresses of the correspondents are no text."""
    content = _message().as_bytes()
    assert media_type_of("note.eml", content) == MAIL
    found = read(content, MAIL, "note.eml")
    assert found.text == "حصيلة السبت في مثال\nقتل سبعة مدنيين في بلدة مثال."
    assert found.published == datetime(2024, 11, 30, 15, 40, tzinfo=UTC)
    assert "example.org" not in found.text


def test_what_a_reply_quotes_is_left_out() -> None:
    """Else an old count would stand beside the new one."""
    text = "Nine people were killed.\n\nOn Friday, A. Sample wrote:\n> Four people were killed.\n> More soon.\n"
    assert read(_message(subject="Toll", text=text).as_bytes(), MAIL, "x").text == "Toll\nNine people were killed."


def test_a_message_in_markup_is_read_and_its_attachments_are_told() -> None:
    """The words of HTML are read where there is no plain text; files attached are named."""
    message = _message(subject="Toll", text="<table><tr><td>Killed</td><td>7</td></tr></table>", subtype="html")
    message.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="toll.pdf")
    found = read(message.as_bytes(), MAIL, "x")
    assert found.text == "Toll\nKilled | 7"
    assert found.header["attachments"] == "toll.pdf"


def test_a_header_of_our_own_describes_the_message() -> None:
    """Whoever saves a message may say in its first lines who published it and when."""
    found = read(_message(text="publisher: watch\n---\nNine people were killed.").as_bytes(), MAIL, "x")
    assert found.header["publisher"] == "watch"
    assert found.text.endswith("\nNine people were killed.")


@pytest.mark.parametrize(
    "content", [b"no headers at all", b"\n\nbody", b"Subject: =?x?q?\nContent-Type: text/plain; charset=nonsense\n\n\xff"]
)
def test_what_is_no_message_is_a_sentence(content: bytes) -> None:
    """A broken message is read as far as it goes, or refused in words."""
    try:
        assert read(content, MAIL, "x").text
    except UnreadableDocument as error:
        assert str(error).startswith("x ")


@pytest.mark.parametrize("length", [10, 6000])
def test_an_outlook_message_is_read(length: int) -> None:
    """Subject, words and time, whether its words are short or fill sectors of their own."""
    words = "Nine people were killed in Exampletown. " * length
    streams = {"__substg1.0_0037001F": "Toll".encode("utf-16-le"), "__substg1.0_1000001F": words.encode("utf-16-le")}
    ticks = int((datetime(2024, 11, 30, 15, 40, tzinfo=UTC) - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds()) * 10_000_000
    content = outlook({**streams, "__properties_version1.0": _properties(ticks)}, ("__attach_version1.0_#00000000",))
    assert media_type_of("note.msg", content) == OUTLOOK
    found = read(content, OUTLOOK, "note.msg")
    assert found.text == f"Toll\n{words.strip()}"
    assert found.published == datetime(2024, 11, 30, 15, 40, tzinfo=UTC)
    assert found.header["attachments"] == "without a name"


def test_an_outlook_message_in_bytes_and_markup_is_read() -> None:
    """Older ones hold bytes of an encoding, newer ones their words as HTML only."""
    old = {"__substg1.0_0037001E": "حصيلة".encode("cp1256"), "__substg1.0_10130102": b"<p>Seven people were injured.</p>"}
    assert read(outlook(old), OUTLOOK, "x").text == "حصيلة\nSeven people were injured."


def test_a_damaged_outlook_message_is_a_sentence() -> None:
    """Cut anywhere, or with any byte changed, it is read or refused in words, in time."""
    whole = outlook({"__substg1.0_0037001F": "Toll".encode("utf-16-le"), "__substg1.0_1000001F": "Nine died.".encode("utf-16-le") * 300})
    for at in range(0, len(whole), 97):
        for broken in (whole[:at], whole[:at] + b"\xff\x00\xff\x00" + whole[at + 4 :]):
            try:
                read(broken or b"x", OUTLOOK, "x")
            except UnreadableDocument as error:
                assert str(error).startswith("x ")


def test_an_old_word_file_is_no_message() -> None:
    """It is told what to do with it."""
    with pytest.raises(UnreadableDocument, match="an old Office program and no message"):
        read(outlook({"WordDocument": b"x" * 100}), OUTLOOK, "x")
