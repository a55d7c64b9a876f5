"""The pair of claims side by side, and who may rule on it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from dash import no_update
from dash.development.base_component import Component

from dashboard import query
from dashboard.app import create_app
from dashboard.pages import compare, review
from dashboard.state import Filters
from ingest.settings import Settings
from ingest.store import Ledger

Read = Callable[[Any], str]
Parts = Callable[[Any, str], list[Component]]


@pytest.fixture
def pair(db: query.Snapshot) -> str:
    """The identity of a published contradiction."""
    return str(query.disagreements(db, Filters(), 1)[0]["discrepancy_id"])


@pytest.mark.usefixtures("serving")
def test_a_pair_shows_both_sentences_the_items_and_the_verdict(pair: str, read: Read, parts: Parts) -> None:
    """Two quotes with their numbers marked, the verdict as the title, every item of the comparison in words."""
    tree = review.layout(pair=pair)
    assert len(parts(tree, "Blockquote")) == 2 and len(parts(tree, "Mark")) == 2
    said = read(tree)
    assert "What is counted" in said and "the same" in said and "Nobody has ruled on this pair yet." in said


def test_how_many_times_larger_is_told_no_more_exactly_than_it_is(read: Read, look_at: Callable[..., Any]) -> None:
    """In the reader's digits and with the reader's mark, without zeros that say nothing."""
    row = {**query.disagreements(look_at("/compare").db, Filters(), 1)[0]}
    for language, ratio, said in (("en", 4.0, "4"), ("en", 2.5, "2.5"), ("ar", 2.25, "٢٫٢٥"), ("fr", 2.25, "2,25")):
        row["ratio"] = ratio
        view = look_at(review.PATH, lang=language)
        told = read(review._verdict(view, row))
        assert f"{view.words('pair.ratio')} {said} " in " ".join(told.split())


@pytest.mark.usefixtures("serving")
def test_a_pair_that_is_not_there_leads_back(read: Read) -> None:
    """An address of an older snapshot says so."""
    assert "This pair of claims is not compared" in read(review.layout(pair="gone"))


@pytest.mark.usefixtures("serving")
def test_the_pairs_of_the_list_lead_to_their_page_and_files(parts: Parts) -> None:
    """Each pair links to its page, which is in no navigation; below are the files, with a changed rule in their addresses."""
    links = [str(getattr(link, "href", "")) for link in parts(compare.layout(rules="soft_gap:9"), "A")]
    assert any(link.startswith("/pair?rules=soft_gap:9&pair=") for link in links)
    assert "/export/discrepancies.zip?rules=soft_gap:9" in links


@pytest.mark.usefixtures("serving")
def test_a_pair_is_taken_away_as_its_verdict_and_its_two_claims(pair: str, db: query.Snapshot, parts: Parts) -> None:
    """One row and two, by an address that names the figures."""
    links = [str(getattr(link, "href", "")) for link in parts(review.layout(pair=pair, metric="killed"), "A")]
    row = query.discrepancy(db, Filters(), pair)
    assert row is not None
    only = (row["figure_a"], row["figure_b"])
    for table in ("discrepancies", "figures"):
        assert f"/export/{table}.csv?only={','.join(only)}" in links
    assert [one["discrepancy_id"] for one in query.discrepancies_page(db, Filters(only=only))] == [pair]
    assert set(query.figures_page(db, Filters(only=only))["figure_id"]) == set(only)


CLOSED = [
    ("off", {}, "switched off on this server"),
    ("local", {"environ_base": {"REMOTE_ADDR": "192.0.2.7"}}, "only whoever sits at its own machine"),
    ("local", {"headers": {"X-Forwarded-For": "192.0.2.7"}}, "only whoever sits at its own machine"),
    ("on", {"headers": {"Origin": "http://evil.example"}}, "another site's page"),
    ("on", {}, "without a ledger"),
]


@pytest.mark.parametrize("closed", CLOSED, ids=lambda case: case[2])
def test_where_nobody_may_rule_a_sentence_says_why(settings: Settings, tmp_path: Path, pair: str, read: Read, closed: Any) -> None:
    """There is no form then, and a request all the same is answered with the sentence; no ledger is made by asking."""
    setting, request, why = closed
    request = {"environ_base": {"REMOTE_ADDR": "127.0.0.1"}, **request}
    elsewhere = replace(settings, review=setting, database=f"sqlite:///{tmp_path / 'none.sqlite'}")
    with create_app(elsewhere).server.test_request_context(**request):
        tree = review.layout(pair=pair)
        assert why in read(tree) and "Keep this ruling" not in read(tree)
        said, *rest = review.keep(1, "agree", "Rana", "So.", {"query": f"pair={pair}"})
        assert why in said and rest == [no_update, no_update]
    assert not (tmp_path / "none.sqlite").exists()


REFUSED = [
    ("withdrawn", "Rana", "en", "No ruling stands on this pair"),
    ("withdrawn", "Rana", "ar", "لا حكم قائماً على هذا الزوج"),
    ("agree", "R" * 200, "en", "The name is longer than 120 characters; shorten it"),
    ("agree", "R" * 200, "ar", "الاسم أطول من ١٢٠ حرف؛ اختصروه"),
    ("perhaps", "Rana", "fr", "«\u202f\u2066perhaps\u2069\u202f» n’est pas un verdict"),
]


@pytest.mark.parametrize("refused", REFUSED)
def test_a_ruling_that_is_refused_says_why(settings: Settings, tmp_path: Path, pair: str, read: Read, refused: Any) -> None:
    """What was refused and what to do, in the reader's language; the form keeps what was written, and nothing is in the ledger."""
    choice, by, lang, why = refused
    writable = replace(settings, review="on", database=f"sqlite:///{tmp_path / 'ledger.sqlite'}")
    with Ledger.open(writable.database) as ledger:
        with create_app(writable).server.test_request_context(environ_base={"REMOTE_ADDR": "127.0.0.1"}):
            said, *rest = review.keep(1, choice, by, "So.", {"query": f"pair={pair}&lang={lang}"})
        assert why in read(said) and rest == [no_update, no_update]
        assert ledger.rulings(pair) == ()


@pytest.mark.usefixtures("serving")
def test_the_title_says_whom_both_count(read: Read, look_at: Callable[..., Any]) -> None:
    """Sex, age and role stand in the title where both sides count the same people."""
    row = {**query.disagreements(look_at("/compare").db, Filters(), 1)[0]}
    row["group_status"], row["people_a"], row["people_b"] = "civilian", "Civilians, children", "Civilians, children"
    assert "(children)" in compare.titled(look_at("/compare"), row)
    row["people_b"] = "Civilians, adults"
    assert "children" not in compare.titled(look_at("/compare"), row)
