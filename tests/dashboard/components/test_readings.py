"""A report with its figures marked: every character stays, every mark leads to its reading."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from dash.development.base_component import Component
from hypothesis import given
from hypothesis import strategies as st

from dashboard.components.readings import Naming, marked_text, reading_card
from dashboard.components.words import Words, load_words
from ingest.extract import Reader
from ingest.extract.explain import explain
from ingest.model.records import Document, Reading
from ingest.pipeline.opening import reader_of
from ingest.settings import Settings, shipped_data

TEXT = "At least 14 people, among them two children, were killed in Idlib.\n\n<b>Dozens</b> were injured, SOHR said."
NOBODY = Naming(lambda _: "", lambda _: "")


@pytest.fixture(scope="module")
def words() -> Words:
    """The English table."""
    return load_words(Path(__file__).resolve().parents[3] / "assets" / "translations")["en"]


@pytest.fixture(scope="module")
def reader() -> Reader:
    """The reader of the shipped crisis."""
    return reader_of(Settings(shipped_data(), shipped_data(), "syria-2024", "sqlite://"))


@pytest.fixture(scope="module")
def readings(reader: Reader) -> tuple[Reading, ...]:
    """The text read by the rules of the shipped crisis."""
    return explain(TEXT, reader)


def document(text: str = TEXT, language: str = "en") -> Document:
    """A document of some text."""
    now = datetime(2024, 12, 2, tzinfo=UTC)
    return Document("d", "tried", "", "", text, language, "", now, now, "text/plain", "")


def below(root: Any) -> Iterator[Any]:
    """Components and texts in the order of reading."""
    if isinstance(root, list | tuple):
        for one in root:
            yield from below(one)
    elif root is not None:
        yield root
        if isinstance(root, Component):
            yield from below(getattr(root, "children", None))


def said(root: Any) -> str:
    """The text of a component without the numbers of the marks."""
    if isinstance(root, str):
        return root
    if isinstance(root, list | tuple):
        return "".join(said(one) for one in root)
    return "" if type(root).__name__ == "Sup" or root is None else said(getattr(root, "children", None))


def test_every_number_read_is_marked_where_it_stands(readings: tuple[Reading, ...], words: Words) -> None:
    """The marks hold the numbers as written, in their order."""
    marks = [said(one) for one in below(marked_text(document(), readings, words)) if type(one).__name__ == "Mark"]
    assert marks == ["14", "two", "Dozens"]


def test_report_text_is_never_markup(readings: tuple[Reading, ...], words: Words) -> None:
    """Angle brackets of a report stay characters of a text node."""
    assert "<b>" in said(marked_text(document(), readings, words))


def test_an_arabic_report_reads_from_the_right(words: Words) -> None:
    """Language and direction are those of the report, whatever the reader's."""
    drawn = marked_text(document("قتل ثلاثة", "ar"), (), words)
    assert (drawn.lang, drawn.dir) == ("ar", "rtl")


def test_a_mark_and_its_reading_lead_to_each_other(readings: tuple[Reading, ...], words: Words) -> None:
    """By plain addresses within the page, which a keyboard follows too."""
    links = [one.href for one in below(marked_text(document(), readings, words)) if type(one).__name__ == "A"]
    cards = [reading_card(number, one, words, NOBODY) for number, one in enumerate(readings, 1)]
    assert links == [f"#{card.id}" for card in cards]
    assert [next(one.href for one in below(card) if type(one).__name__ == "A") for card in cards] == ["#number-1", "#number-2", "#number-3"]


def test_a_reading_says_what_it_is_part_of_and_how_it_was_read(readings: tuple[Reading, ...], words: Words) -> None:
    """The card of the children names the part; its fold has a row for every step."""
    card = reading_card(2, readings[1], words, NOBODY)
    assert words("report.is_part") in said(card)
    assert sum(type(one).__name__ == "Tr" for one in below(card)) == 1 + len(readings[1].steps)


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_character_is_lost_or_added(reader: Reader, words: Words, before: str, after: str) -> None:
    """Whatever stands around a number, the paragraphs together are the text without its empty lines."""
    text = f"{before} 14 people were killed. {after}"
    drawn = marked_text(document(text), explain(text, reader), words)
    assert said(drawn) == "".join(line for line in text.split("\n") if line.strip())


def test_a_source_that_nobody_lists_is_named_in_the_words_of_the_report(reader: Reader, words: Words) -> None:
    """And not by the identity it is kept under, which stands among the steps of the reading alone."""
    (reading,) = explain("A doctor in Aleppo said on Sunday that some two dozen bodies had reached his hospital.", reader)
    assert reading.figure.claimed_source.startswith("other:")
    card = said(reading_card(1, reading, words, NOBODY))
    assert f"Claimed by“{reading.figure.claimed_source_text}”" in card
