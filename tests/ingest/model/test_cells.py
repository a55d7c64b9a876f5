"""Text from reports is never run by a spreadsheet, and comes back unchanged."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.model.cells import plain_cell, safe_cell

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＋1", "－1", "＠x", '=HYPERLINK("http://x")', "'=1", "''=1"]


@pytest.mark.parametrize("text", FORMULAS)
def test_what_a_spreadsheet_would_run_begins_with_an_apostrophe(text: str) -> None:
    """Every way to begin a formula is preceded by an apostrophe that was not there before."""
    assert safe_cell(text) == "'" + text


@pytest.mark.parametrize("text", ["", "4 dead", "a=b", "'quoted'", "قتلى", " =1", "’=1"])
def test_other_text_is_left_alone(text: str) -> None:
    """Text that begins otherwise is shown as it is."""
    assert safe_cell(text) == text


@given(st.text(alphabet=st.sampled_from("'=+-@\t\r\n＝aا ")) | st.text())
def test_any_text_comes_back(text: str) -> None:
    """Taking the apostrophe off gives the text that was put in."""
    assert plain_cell(safe_cell(text)) == text
