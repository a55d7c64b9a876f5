"""The page of the method: every word, convention and column the program works with, each with an address."""

from collections.abc import Callable
from typing import Any

import pytest
from dash.development.base_component import Component

from dashboard.components.words import terms
from dashboard.pages import method
from dashboard.state import LANGUAGES
from ingest.compare.settings import settings
from ingest.model.schema import TABLES
from ingest.model.vocabulary import DISCREPANCY_CODES, METRICS
from tests.dashboard.published import NOTE, NOTED

Parts = Callable[[Any, str], list[Component]]
Read = Callable[[Any], str]
pytestmark = pytest.mark.usefixtures("serving")
EVERY = ("Div", "Span", "H3", "Details")


def test_each_definition_has_one_address_and_every_link_on_the_page_leads_to_one(parts: Parts) -> None:
    """Metrics, verdicts, conventions and tables can be linked to; no address stands twice."""
    tree = method.layout()
    found = [part.id for kind in EVERY for part in parts(tree, kind) if isinstance(getattr(part, "id", None), str)]
    assert len(found) == len(set(found))
    assert {f"metrics-{metric}" for metric in METRICS} | {f"discrepancy_codes-{code}" for code in DISCREPANCY_CODES} <= set(found)
    assert {f"rule-{name}" for name in settings()} | set(TABLES) <= set(found)
    assert {link.href[1:] for link in parts(tree, "A") if link.href.startswith("#")} <= set(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_is_explained_in_the_reader_s_language(language: str, read: Read) -> None:
    """Label and meaning of each word, label and meaning of each convention: none is left in another language."""
    tree = method.layout(lang=language)
    said = read(tree)
    assert "method.list." not in said
    shown = [term for _, table in method.lists() for term in table.values()]
    assert not [term.en for term in shown if term.label(language) not in said]
    assert not [one.name for one in settings().values() if one.label[language] not in said or one.meaning[language] not in said]
    if language != "en":
        assert not [term.meaning for term in terms() if term.meaning and term.meaning in said]


def test_where_nobody_corrected_anything_the_page_says_so_and_what_it_does_not_mean(read: Read) -> None:
    """No correction is no proof of correctness."""
    assert "No reading has been corrected by a person yet. That is not the same as no error" in read(method.layout())


@pytest.mark.parametrize(
    ("language", "said"), [("en", "The page counts one building twice."), ("ar", "عُدّ مبنى مرتين."), ("fr", "The page counts")]
)
def test_public_notes_are_listed_with_who_and_which_figures(language: str, said: str, read: Read, parts: Parts) -> None:
    """In the reader's language, or the first it was written in; each has an address and leads to the figures it names."""
    tree = method.layout(lang=language)
    assert said in read(tree) and "data desk" in read(tree)
    assert NOTE in [part.id for part in parts(tree, "Li") if getattr(part, "id", None)]
    assert any(f"figure={NOTED}" in link.href for link in parts(tree, "A"))
