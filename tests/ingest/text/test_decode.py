"""Bytes to characters, and white space one way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import UnreadableDocument
from ingest.text.decode import decode
from ingest.text.whitespace import tidy, unwrap

ARABIC = "قتل أربعة مدنيين وأصيب سبعة آخرون في قصف على بلدة مختلقة، بحسب مصدر طبي في المدينة." * 3
FRENCH = "Quatre personnes ont été tuées près d’un hôtel à Exempleville, où douze blessés sont soignés."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1256", "iso8859_6"])
def test_arabic_is_read_in_the_encodings_it_comes_in(encoding: str) -> None:
    """Marks, valid UTF-8 and a guess between two Arabic encodings are enough without a declaration."""
    assert decode(ARABIC.encode(encoding)) == ARABIC


def test_a_declaration_decides_between_single_byte_encodings() -> None:
    """What a server or page declares is believed where the bytes are no UTF-8."""
    assert decode(FRENCH.encode("cp1252"), "windows-1252") == FRENCH
    assert decode(ARABIC.encode("cp1256"), "windows-1256") == ARABIC


def test_latin_1_means_what_browsers_take_it_for() -> None:
    """Pages declared as ISO-8859-1 hold Windows quotation marks."""
    assert decode("“four” – été".encode("cp1252"), "iso-8859-1") == "“four” – été"


def test_utf_8_outranks_a_false_declaration() -> None:
    """Valid UTF-8 is UTF-8 whatever was declared, also under a name that no one knows."""
    assert decode(ARABIC.encode(), "iso-8859-1") == ARABIC
    assert decode(ARABIC.encode(), "x-unknown") == ARABIC


def test_a_cut_character_does_not_turn_the_text_into_another_encoding() -> None:
    """UTF-8 that breaks off within a character stays UTF-8."""
    assert decode(ARABIC.encode()[:-3]).startswith("قتل أربعة مدنيين")


def test_binary_data_is_refused() -> None:
    """Bytes with zeros are no text."""
    with pytest.raises(UnreadableDocument, match=r"^x\.txt is not text"):
        decode(b"abc\x00def", name="x.txt")


@given(st.text())
def test_tidying_twice_is_tidying_once(text: str) -> None:
    """Tidy text stays as it is."""
    assert tidy(tidy(text)) == tidy(text)


def test_invisible_characters_and_odd_spaces_go() -> None:
    """Direction marks, zero width spaces, soft hyphens, tabs and blank lines do not reach the text; composition is NFC."""
    assert tidy("\u200fقتل\u200b ٤\u200f\r\n\r\n\r\n\r\ne\u0301te\u0301\t\u00a0 x\u00ad \u2028end ") == "قتل ٤\n\nété x\nend"


def test_a_space_within_a_number_stays_told_apart() -> None:
    """The narrow space that groups thousands is no plain space, so "12 345" stays one number."""
    assert tidy("some 12\u202f345 people\u00a0fled") == "some 12\u202f345 people fled"


def test_lines_broken_at_a_width_are_joined() -> None:
    """A paragraph wrapped by an editor becomes one line; lists, short lines and headlines keep theirs."""
    wrapped = (
        "Four people were killed and seven others were injured when shells hit\n"
        "the market of a town that does not exist, its mayor said on Friday, and\n"
        "twelve families fled."
    )
    assert unwrap(wrapped) == wrapped.replace("\n", " ")
    for kept in (
        "Four people killed in shelling of the market of a town that does not exist\nThe mayor said so.",
        "The dead are:\n• two children from the market of a town that does not exist\n• one woman from the market of the town",
        "short\nlines\nhere",
    ):
        assert unwrap(kept) == kept
