"""A claimed value as a reader of another language meets it."""

from typing import Any

import pytest

from dashboard.app import assets_folder
from dashboard.components.claimed import claimed, quoted
from dashboard.components.words import load_words

WORDS = load_words(assets_folder() / "translations")


@pytest.mark.parametrize(
    "language,text,alone,amid",
    [
        ("en", "6,777", "6,777", "6,777"),
        ("ar", "6,777", "٦٬٧٧٧", "٦٬٧٧٧"),
        ("fr", "6,777", "6\u202f777", "6\u202f777"),
        ("ar", "at least four", "at least four", "«at least four»"),
        ("fr", "1.1 million", "1.1 million", "«\u202f1.1 million\u202f»"),
        ("ar", "", "بلا رقم", "بلا رقم"),
    ],
)
def test_numbers_are_in_the_readers_digits_and_words_are_quoted(language: str, text: str, alone: str, amid: str) -> None:
    """Amid words of the page, what a source wrote in its own language stands in quotation marks."""
    parts: tuple[Any, Any] = (claimed(text, WORDS[language]), quoted(text, WORDS[language]))
    assert [part.children.replace("\u00a0", " ") for part in parts] == [alone, amid]
