"""Long documents are cut between paragraphs, and every piece knows where it stands."""

from hypothesis import given
from hypothesis import strategies as st

from ingest.extract.second.pieces import pieces


@given(st.text(st.sampled_from("ab .\n"), max_size=200), st.integers(2, 40))
def test_pieces_stand_where_they_say_and_leave_out_only_blanks(text, longest):
    """No piece is longer than allowed, none overlaps another, and what is in none is white space."""
    end = 0
    for piece in pieces(text, longest):
        assert text[piece.start : piece.start + len(piece.text)] == piece.text
        assert len(piece.text) <= longest
        assert not text[end : piece.start].strip()
        end = piece.start + len(piece.text)
    assert not text[end:].strip()


def test_a_text_is_cut_between_paragraphs():
    """The last paragraph that fits ends the piece, however many sentences there are behind it."""
    text = "One. Two.\n\nThree. Four.\n\nFive. Six. Seven. Eight."
    assert [piece.text for piece in pieces(text, 30)] == ["One. Two.\n\nThree. Four.\n\n", "Five. Six. Seven. Eight."]


def test_a_paragraph_that_is_too_long_is_cut_between_sentences():
    """Where no paragraph ends, a sentence does."""
    assert [piece.text for piece in pieces("One is here. Two is here. Three", 20)] == ["One is here. ", "Two is here. Three"]
