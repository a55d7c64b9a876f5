"""Before anything is published the checks must hold; one that fails names the rows and publishes nothing."""

from dataclasses import replace
from typing import Any

import duckdb
import pytest
import sqlalchemy as sa

from ingest.errors import PublishRefused
from ingest.model import snapshot as layout
from ingest.model.vocabulary import Review, ValueStatus
from ingest.publish import current
from ingest.publish.checks import check_evidence


def _refused(newsroom: Any, sentence: str) -> None:
    before = current(newsroom.root)
    with pytest.raises(PublishRefused, match=sentence):
        newsroom.publish()
    assert current(newsroom.root) == before, "the last good snapshot stays up"


@pytest.mark.parametrize(
    "wrong",
    [
        {"span_start": 0, "span_end": 6},
        {"span_end": 10_000},
        {"span_start": 30, "span_end": 30},
        {"quote_start": 3},
        {"quote": "Somebody else said at least 4 civilians were killed."},
        {"quote": "Report 2", "quote_start": 0},
        {"value_text": "At least 5"},
    ],
)
def test_a_number_that_is_not_where_it_should_be_stops_everything(newsroom: Any, wrong: dict[str, Any]) -> None:
    """A span outside its quote, a quote that is not in the text, other words than the value's: nothing is published, the row is named."""
    newsroom.add()
    newsroom.publish()
    figure = newsroom.add(**wrong)
    _refused(newsroom, f"the numbers of {figure.figure_id} are not found in their documents")
    newsroom.ledger.add_review(figure.figure_id, Review.REJECTED, "Amal", "Not in the text.", newsroom.clock)
    assert newsroom.publish().tables["figures"] == 1


def test_a_doubt_that_is_no_word_stops_everything(newsroom: Any) -> None:
    """Doubts are published with their candidates; a reason nobody knows is refused like any other strange word."""
    newsroom.add(doubts=("no_noun", "place_not_unique=SY02|SY07"))
    newsroom.publish()
    figure = newsroom.add(doubts=("no_noun", "hunch=1"))
    _refused(newsroom, f"{figure.figure_id} of figures say 'hunch' in doubts")


def test_a_number_may_be_written_in_other_digits_and_spacing(newsroom: Any) -> None:
    """Arabic digits and a line break inside the number's words are the same number."""
    document = newsroom.a_document("قُتل ٤\nمدنيين على الأقل")
    figure = newsroom.a_figure(document, "٤", value_text="4 مدنيين", quote=document.text)
    newsroom.ledger.add([document], [figure], newsroom.clock)
    assert newsroom.publish().tables["figures"] == 1


def test_a_claim_without_a_number_needs_only_its_sentence(newsroom: Any) -> None:
    """Where no number is claimed none is looked for."""
    document = newsroom.a_document("Residents fled their homes.")
    figure = replace(
        newsroom.a_figure(newsroom.a_document("4")),
        document_id=document.document_id,
        value_status=ValueStatus.NO_NUMBER,
        value_text="",
        quote=document.text,
        span_end=9,
    )
    newsroom.ledger.add([document], [figure], newsroom.clock)
    assert newsroom.publish().tables["figures"] == 1


def test_a_word_nobody_knows_stops_everything(newsroom: Any) -> None:
    """A value outside a closed vocabulary is named with its column and row."""
    figure = newsroom.add()
    with newsroom.ledger.connection() as connection:
        connection.exec_driver_sql("UPDATE figures SET metric = 'vanished'")
    _refused(newsroom, f"{figure.figure_id} of figures say 'vanished' in metric")


def test_a_lost_document_stops_everything(newsroom: Any) -> None:
    """A figure whose document is gone is named; a document without the figure is no matter."""
    figure = newsroom.add()
    path = layout.pattern(newsroom.publish().path, "figures")
    stray = f"(SELECT * REPLACE ('d-lost' AS document_id) FROM read_parquet('{path}'))"  # noqa: S608 -- a path of this test
    told = f"the documents of {figure.figure_id} are not in the ledger"
    with newsroom.ledger.connection() as connection, duckdb.connect() as opened, pytest.raises(PublishRefused, match=told):
        check_evidence(opened, stray, connection)


def test_nothing_that_was_published_may_vanish(newsroom: Any, tmp_path: Any) -> None:
    """A ledger that lacks what the last snapshot holds is refused: it is another ledger, or a damaged one."""
    figures = [newsroom.add() for _ in range(7)]
    newsroom.publish()
    with newsroom.ledger.connection() as connection:
        connection.execute(sa.text("DELETE FROM figures"))
        connection.execute(sa.text("DELETE FROM documents"))
    shown = sorted(figure.figure_id for figure in figures)
    _refused(newsroom, r"the ledger lacks f[0-9a-f]{16}(, f[0-9a-f]{16}){4} and 2 more of figures .*check CROSSCOUNT_DATABASE")
    assert len(shown) == 7


def test_rows_may_leave_by_review_only(newsroom: Any) -> None:
    """A rejection takes a row out of the snapshot without any refusal, and is counted."""
    figure = newsroom.add()
    newsroom.publish()
    newsroom.ledger.add_review(figure.figure_id, Review.REJECTED, "Amal", "Misread.", newsroom.clock)
    published = newsroom.publish()
    assert published.tables["figures"] == 0
    assert layout.manifest(published.path).left_out == {"figures": 1}


def test_a_comparison_without_its_columns_is_refused(newsroom: Any) -> None:
    """Verdicts that lack a published column publish nothing."""
    newsroom.add()
    newsroom.compare = lambda figures, **_: figures
    _refused(newsroom, "the comparison gave no column")
