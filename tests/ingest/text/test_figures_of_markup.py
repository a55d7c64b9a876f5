"""A text gives the same figures whatever it is wrapped in, and what is built to do harm ends in time."""

import html
import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.errors import UnreadableDocument
from ingest.extract import Reader, explain
from ingest.text import read
from ingest.text.media import DOCX
from tests.quality.exland import make_reader

SENTENCES = (
    "12 people were killed in Stonebridge on Friday.",
    "At least 1,234 families fled Harrowdale, among them 40 children.",
    "Nine bakers & three guards were injured when a wall fell in Millford.",
    "Exland Watch said that 7 civilians had died.",
    "Killed: 12 / Injured: 30 / Missing: 4",
    "A town of 20,000 lost 34 houses.",
    "قُتل 14 مدنياً وأصيب ٣٧ آخرون في قصف على بلدة.",
)
INLINE = ("b", "i", "em", "span", "a href='/x'", "strong class=n", "font color=red")


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """The reader of an invented country."""
    return make_reader(tmp_path_factory.mktemp("exland"))


@st.composite
def marked_up(draw: st.DrawFn, sentence: str) -> str:
    """A sentence with tags opened and closed anywhere, also inside words and numbers, and characters written as entities."""
    cuts = sorted(draw(st.lists(st.integers(0, len(sentence)), max_size=4).filter(lambda cuts: len(cuts) % 2 == 0)))
    told = ""
    for at, letter in enumerate(sentence + " "):
        for number, cut in enumerate(cuts):
            if cut == at:
                tag = INLINE[cut % len(INLINE)] if number % 2 == 0 else ""
                told += f"<{tag}>" if tag else f"</{INLINE[cuts[number - 1] % len(INLINE)].split()[0]}>"
        written = draw(st.sampled_from(("plain", "plain", "plain", "number", "soft"))) if letter.isalnum() else "plain"
        told += f"&#{ord(letter)};" if written == "number" else html.escape(letter) + "&shy;" * (written == "soft")
    return told


@settings(max_examples=60, deadline=None)
@given(st.data(), st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4, unique=True))
def test_markup_around_a_text_changes_no_figure(reader: Reader, data: st.DataObject, sentences: list[str]) -> None:
    """Paragraphs or line breaks, tags inside words and numbers, entities and soft hyphens: the figures are those of the plain text."""
    marked = [data.draw(marked_up(sentence)) for sentence in sentences]
    if data.draw(st.booleans()):
        body, plain = "".join(f"<p>{one}</p>\n" for one in marked), "\n".join(sentences)
    else:
        body, plain = "<p>" + "<br/>".join(marked) + "</p>", "\n".join(sentences)
    text = read(f"<!doctype html><main>{body}</main>".encode(), "text/html", "page.html").text
    assert text == plain
    assert _told(text, reader) == _told(plain, reader)


def _told(text: str, reader: Reader) -> list[tuple[Any, ...]]:
    figures = [reading.figure for reading in explain(text, reader)]
    return [(f.metric, f.value_low, f.value_high, f.unit, f.place_text, f.quote, f.span_start) for f in figures]


@pytest.mark.parametrize(
    "rows",
    [
        [("Place", "Killed", "Injured"), ("Stonebridge", "4", "7"), ("Harrowdale", "2", "3"), ("Total", "6", "10")],
        [("District", "Displaced households (HH)", "IDPs"), ("Millford", "1,200", "6,000")],
    ],
)
def test_a_table_is_the_same_in_every_format(reader: Reader, make_docx: Callable[..., bytes], rows: list[tuple[str, ...]]) -> None:
    """A page, a Word file, Markdown and text give one table's figures, each quoted by its row."""
    page = "<table>" + "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows) + "</table>"

    def fill(word: Any) -> None:
        table = word.add_table(rows=len(rows), cols=len(rows[0]))
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text

    plain = "\n".join(" | ".join(row) for row in rows)
    texts = [
        read(f"<main>{page}</main>".encode(), "text/html", "a").text,
        read(make_docx(fill), DOCX, "a").text,
        read(plain.encode(), "text/plain", "a").text,
    ]
    assert texts == [plain] * 3
    assert len(explain(plain, reader)) == (len(rows) - 1) * 2


@pytest.mark.parametrize(
    "page",
    [
        b"<table><tr>" + b"<td>1<td>2</tr><tr>" * 500_000 + b"</table>",
        b"<table><tr><td>x" * 200_000,
        b"<ul><li>" * 400_000,
        b"<table>" + b"<tr><td rowspan=60000 colspan=900>Northmark</td><td>4</td></tr>" * 3_000 + b"</table>",
        b"<dl>" + b"<dt>Killed<dd>4" * 100_000,
    ],
    ids=["a million cells", "tables in tables", "lists in lists", "cells over all", "definitions"],
)
def test_pages_built_to_do_harm_end_in_time(page: bytes, within: Callable[..., None]) -> None:
    """Each is read, or refused with a sentence, in a bounded time, and its text is not much longer than the page."""
    within("text", 4.0)
    try:
        assert len(read(b"<main>" + page + b"</main>", "text/html", "page.html").text) < 10 * len(page)
    except UnreadableDocument as error:
        assert str(error).startswith("page.html could not be read within 4 seconds")


def test_a_word_file_of_a_million_paragraphs_ends_in_time(make_docx: Callable[..., bytes], within: Callable[..., None]) -> None:
    """A small file that unpacks to very much is read apart, and ended."""
    within("text", 2.0)
    source, packed = zipfile.ZipFile(io.BytesIO(make_docx(lambda word: word.add_paragraph("MARK")))), io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.infolist():
            body = source.read(part)
            if part.filename == "word/document.xml":
                body = body.replace(b"MARK", b"</w:t></w:r></w:p>" + b"<w:p><w:r><w:t>x</w:t></w:r></w:p>" * 4_000_000 + b"<w:p><w:r><w:t>")
            target.writestr(part, body)
    with pytest.raises(UnreadableDocument, match=r"^big\.docx could not be read within 2 seconds"):
        read(packed.getvalue(), DOCX, "big.docx")
