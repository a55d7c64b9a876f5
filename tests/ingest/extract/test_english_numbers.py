"""English number words come back as the number that was written."""

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.extract import explain
from ingest.model.vocabulary import Qualifier
from tests.ingest.extract.english_number_words import spell


@settings(max_examples=400)
@given(st.integers(2, 9_999_999), st.booleans(), st.sampled_from("- "))
def test_a_number_in_words_is_read_back(reader, value, british, hyphen):
    """With and without `and`, with and without hyphens; the span is the number word, whole."""
    words = spell(value, british=british, hyphen=hyphen)
    text = f"The shelling killed {words} people."
    (reading,) = explain(text, reader)
    figure = reading.figure
    told = (figure.value_best, figure.qualifier, text[figure.span_start : figure.span_end])
    assert told == (value, Qualifier.EXACT, words)
