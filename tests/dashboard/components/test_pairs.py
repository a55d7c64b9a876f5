"""An item of the list of verdicts: what sort of difference, the two numbers, the sentence, and the ways on."""

import pytest

from dashboard import query
from dashboard.app import assets_folder
from dashboard.components.elements import html
from dashboard.components.pairs import pair_item
from dashboard.components.words import load_words
from dashboard.state import Filters


@pytest.mark.parametrize("language", ["en", "ar"])
def test_both_numbers_stand_in_places_of_their_own(db: query.Snapshot, language: str) -> None:
    """Each beside whose it is and leading to its evidence: two numbers are seen without reading the sentence."""
    row = query.discrepancies_page(db, Filters(lang=language))[0]
    words = load_words(assets_folder() / "translations")[language]
    item = pair_item(row, words, zone=None, to_pair=str, to_figure=str)  # type: ignore[arg-type]
    (sides,) = [one for one in item._traverse() if getattr(one, "className", "") == "sides"]
    links = [one for one in sides._traverse() if isinstance(one, html.A)]
    assert [getattr(link, "data-figure") for link in links] == [row["figure_a"], row["figure_b"]]
    stated = [[one for one in link._traverse() if getattr(one, "className", "") == "stated"] for link in links]
    assert [len(found) for found in stated] == [1, 1]
