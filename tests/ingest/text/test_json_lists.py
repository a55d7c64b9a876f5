"""Long JSON lists, item by item."""

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import UnreadableDocument
from ingest.text.json_answer import listed_in

ITEMS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8
)


@given(st.lists(ITEMS), st.sampled_from((None, 0, 3, 40_000)))
def test_items_come_as_they_are_parsed_and_as_they_are_written(items: list[Any], indent: int | None) -> None:
    """Whatever they hold; together they are the list again."""
    found = list(listed_in(io.BytesIO(json.dumps(items, indent=indent).encode()), "it"))
    assert [item for _, item in found] == items
    assert json.loads(f"[{','.join(written for written, _ in found)}]") == items


@pytest.mark.parametrize("content", ["", "{}", "[1", "[1 2]", "[1, NaN]", "[{]", "[1,,2]", "[" * 100_000])
def test_what_is_no_list_gets_a_sentence(content: str) -> None:
    """Cut off, something else, or nested to bring a parser down."""
    with pytest.raises(UnreadableDocument, match=r"^It is not a list of valid JSON .*; fetch it again\.$"):
        list(listed_in(io.BytesIO(content.encode()), "It"))
