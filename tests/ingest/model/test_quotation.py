"""Somebody else's words stand in the marks of the reader's language."""

import pytest

from ingest.model.quotation import quoted


@pytest.mark.parametrize(("language", "said"), [("en", "“dozens”"), ("fr", "«\u202fdozens\u202f»"), ("ar", "«dozens»"), ("xx", "“dozens”")])
def test_a_language_quotes_in_its_own_marks(language: str, said: str) -> None:
    """French keeps them off the words by a narrow space; a language that is not known quotes as English does."""
    assert quoted("dozens", language) == said
