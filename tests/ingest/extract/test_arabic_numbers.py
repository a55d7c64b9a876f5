"""Arabic numbers, however they are written, come back as the number that was written."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.extract import explain
from ingest.model.vocabulary import Qualifier
from tests.ingest.extract.arabic_number_words import spell


def read_back(reader, text):
    """The one figure of a text, with the text of its number."""
    (reading,) = explain(text, reader, language="ar")
    figure = reading.figure
    return figure.value_best, figure.qualifier, text[figure.span_start : figure.span_end]


@settings(max_examples=400)
@given(st.integers(3, 9_999_999), st.sampled_from(["masculine", "feminine"]), st.booleans())
def test_a_number_in_words_is_read_back(reader, value, gender, oblique):
    """Either gender and either case; the span is the number word, whole."""
    words = spell(value, gender=gender, oblique=oblique)
    assert read_back(reader, f"أسفر القصف عن مقتل {words} مدنيين") == (value, Qualifier.EXACT, words)


@given(st.integers(3, 999_999), st.integers(0, 2), st.booleans(), st.booleans())
def test_spelling_does_not_change_a_number(reader, value, hundred, hurried, spaced):
    """Press and hurried spellings: مئة and مائة and مية, ة or ه, with or without hamza, wa- glued or apart."""
    words = spell(value).replace("مئ", ("مئ", "مائ", "مي")[hundred])
    words = words.replace("ة", "ه").replace("أ", "ا").replace("إ", "ا").replace("آ", "ا") if hurried else words
    words = words.replace(" و", " و ") if spaced and " وواحد" not in words else words
    assert read_back(reader, f"أسفر القصف عن مقتل {words} مدنيين") == (value, Qualifier.EXACT, words)


@given(st.integers(3, 999_999_999), st.sampled_from(["latin", "arabic", "persian"]), st.sampled_from([",", "٬", "،", ".", ""]))
def test_digits_of_every_script_are_read_back(reader, value, script, separator):
    """Western, Eastern Arabic and Persian digits with the separators met between thousands."""
    written = f"{value:,}".replace(",", separator)
    if separator == "" and 1945 <= value <= 2060:
        return
    digits = {"latin": "0123456789", "arabic": "٠١٢٣٤٥٦٧٨٩", "persian": "۰۱۲۳۴۵۶۷۸۹"}[script]
    written = written.translate({ord(str(i)): digit for i, digit in enumerate(digits)})
    assert read_back(reader, f"أسفر القصف عن مقتل {written} شخصاً")[::2] == (value, written)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("12 ألفاً و500", 12_500),
        ("ثلاثة آلاف و 200", 3_200),
        ("3 آلاف وخمسمئة", 3_500),
        ("1.5 مليون", 1_500_000),
        ("١٫٢ مليون", 1_200_000),
        ("مليون ونصف المليون", 1_500_000),
        ("مليونين ونصف المليون", 2_500_000),
        ("ثلاثة ملايين وربع المليون", 3_250_000),
        ("مليون و200 ألف", 1_200_000),
        ("نصف مليون", 500_000),
        ("ألف ونصف", 1_500),
        ("مئتي ألف", 200_000),
        ("ميتين وخمسين", 250),
        ("تلتمية", None),
        ("تمانية", 8),
        ("خمسطعش", 15),
        ("أربع مئة", 400),
    ],
)
def test_numbers_mix_digits_words_and_shares(reader, written, value):
    """Scales behind digits, shares of a scale, and the forms of the spoken language."""
    readings = explain(f"نزوح {written} شخص من البلدة", reader, language="ar")
    assert [r.figure.value_best for r in readings if r.figure.value_best] == ([value] if value else [])
