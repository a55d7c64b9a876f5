"""Failures of sources in the reader's language."""

from typing import Any

import pytest

from dashboard.app import assets_folder
from dashboard.components.failures import failures
from dashboard.components.words import load_words
from ingest.model.failures import Failure, rest, say

WORDS = load_words(assets_folder() / "translations")


@pytest.mark.parametrize("language", WORDS)
def test_every_failure_has_its_sentence(language: str) -> None:
    """A failure without a text would show its key."""
    assert not [failure for failure in Failure if f"failure.{failure}" not in WORDS[language].table]


def test_a_message_is_told_in_arabic_with_its_addresses_left_to_right() -> None:
    """Both sentences, with the attempts; a sentence of another origin stays English and says so."""
    message = f"one.example/feed/ {rest(Failure.UNREACHABLE)} (2 attempts). {say(Failure.STOPPED)} Something else."
    parts: list[Any] = failures(message, WORDS["ar"])
    assert "تعذّر الوصول إلى \u2066one.example/feed/\u2069" in parts[0].children
    assert "محاولتان" in parts[0].children
    assert "توقفت القراءة" in parts[1].children
    assert (parts[2].children, parts[2].lang) == ("Something else.", "en")


def test_a_source_that_changed_says_how_in_its_own_words() -> None:
    """What a source's reader found stands behind a sentence of the reader's language, as it was said."""
    told: Any = failures("A portal answered with no list, so its API changed; its reader must be adapted.", WORDS["fr"])[0]
    assert told.children.startswith("La source répond autrement")
    assert "(\u2066A portal answered with no list, so its API changed\u2069)" in told.children
