"""Identities, one by one and of many at once."""

from hypothesis import given
from hypothesis import strategies as st

from ingest.model.ids import digest, digests

WORDS = st.text(max_size=8)


@given(st.lists(st.tuples(WORDS, WORDS), max_size=5))
def test_many_at_once_have_the_identities_of_each(rows):
    """Row by row, `digests` is `digest`."""
    first, second = [row[0] for row in rows], [row[1] for row in rows]
    assert digests(first, second) == [digest(one, other) for one, other in rows]


def test_where_a_word_ends_is_part_of_the_identity():
    """("ab", "c") and ("a", "bc") are two."""
    assert digests(["ab", "a"], ["c", "bc"]) == [digest("ab", "c"), digest("a", "bc")]
    assert digest("ab", "c") != digest("a", "bc")
