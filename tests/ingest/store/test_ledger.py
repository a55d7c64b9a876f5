"""The ledger keeps documents and figures exactly, once, and for good."""

import itertools
import random
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.errors import StoreError
from ingest.model.records import Document, Figure
from ingest.model.schema import FIGURES
from ingest.model.vocabulary import Sex
from ingest.store import Ledger, additions
from ingest.store.tidy import OURS

Build = Callable[..., Any]
_MOMENTS = st.builds(
    lambda seconds, hours: datetime.fromtimestamp(seconds, timezone(timedelta(hours=hours))),
    st.floats(0, 4e9).map(lambda seconds: round(seconds, 6)),
    st.integers(-11, 11),
)
_WORDS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=20)
_numbers = itertools.count()
_IDS = st.lists(st.text("abcdefSY0123_:", min_size=1, max_size=8), max_size=3).map(tuple)


def _anything(record: type, **fixed: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    by_hint = {str: _WORDS, tuple[str, ...]: _IDS, int: st.integers(-(2**63), 2**63 - 1), float: st.floats(0, 1), bool: st.booleans()}
    given_ = {}
    for field in fields(record):
        hint = field.type
        if hint in by_hint:
            given_[field.name] = by_hint[hint]
        elif hint == int | None:
            given_[field.name] = st.none() | st.integers(0, 2**63 - 1)
        elif hint == float | None:
            given_[field.name] = st.none() | st.floats(-180, 180)
        elif hint == datetime or hint == datetime | None:
            given_[field.name] = _MOMENTS
        elif hint == date | None:
            given_[field.name] = st.none() | st.dates()
        else:
            given_[field.name] = st.from_type(hint)
    return st.builds(record, **{**given_, **fixed})


def _whole(record: Figure | Document) -> Figure | Document:
    """The record with its moments in UTC, as the ledger gives them back."""
    moments = {field.name: value.astimezone(UTC) for field in fields(record) if isinstance(value := getattr(record, field.name), datetime)}
    return replace(record, **moments)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_every_record_comes_back_as_it_went_in(ledger: Ledger, now: datetime, data: st.DataObject) -> None:
    """A document and a figure of any content come back equal, with their types, but for the moment they were first seen."""
    number = next(_numbers)
    document = data.draw(_anything(Document, document_id=st.just(f"d{number}")))
    figure = data.draw(_anything(Figure, figure_id=st.just(f"f{number}"), document_id=st.just(f"d{number}")))
    ledger.add([document], [figure], now)
    assert ledger.document(document.document_id) == _whole(document)
    assert ledger.figure(figure.figure_id) == _whole(replace(figure, first_seen_at=now))
    assert [type(value) for value in _values(ledger.figure(figure.figure_id))] == [
        type(value) for value in _values(replace(figure, first_seen_at=now))
    ]


def _values(figure: Figure | None) -> list[object]:
    assert figure
    return [getattr(figure, field.name) for field in fields(figure)]


def test_the_ledgers_columns_are_the_published_ones() -> None:
    """A figure has a field for every published column but those that publishing works out."""
    worked_out = {"superseded_at", "known_at", "known_until", "correction_ids", "withdrawn_at", "withdrawn"}
    assert {column.name for column in FIGURES} == {field.name for field in fields(Figure)} | worked_out
    assert worked_out <= OURS  # an exported table that is read elsewhere does not bring them along


def test_adding_again_adds_nothing(ledger: Ledger, a_document: Build, a_figure: Build, now: datetime) -> None:
    """What is in the ledger is skipped, and keeps the moment it was first seen and everything else it said."""
    document = a_document()
    figure = a_figure(document)
    first = ledger.add([document], [figure], now)
    again = ledger.add([document], [replace(figure, group_sex=Sex.FEMALE)], now + timedelta(days=1))
    assert (first.documents, first.figures, first.skipped) == (1, 1, 0)
    assert (again.documents, again.figures, again.skipped) == (0, 0, 2)
    assert ledger.figure(figure.figure_id) == replace(figure, first_seen_at=now)


def test_a_reading_that_is_given_twice_enters_once(ledger: Ledger, a_document: Build, a_figure: Build, now: datetime) -> None:
    """Of two figures of one identity the first counts."""
    document = a_document()
    figure = a_figure(document)
    added = ledger.add([document], [figure, replace(figure, group_sex=Sex.FEMALE)], now)
    assert (added.figures, added.skipped) == (1, 1)
    assert ledger.figure(figure.figure_id) == replace(figure, first_seen_at=now)


def test_a_document_read_anew_gains_the_new_figures(ledger: Ledger, a_document: Build, a_figure: Build, now: datetime) -> None:
    """Figures found later in a document that is in the ledger are added to it, with the moment they were first seen."""
    document = a_document()
    first, second = a_figure(document), a_figure(document, "12")
    ledger.add([document], [first], now)
    added = ledger.add([], [first, second], now + timedelta(days=1))
    assert (added.figures, added.skipped) == (1, 1)
    assert [figure.figure_id for figure in ledger.figures_of(document.document_id)] == [first.figure_id, second.figure_id]


def test_a_figure_without_its_document_is_refused(ledger: Ledger, a_document: Build, a_figure: Build, now: datetime) -> None:
    """A figure of a document nobody gave is an error that names both, and nothing of the call enters."""
    known, unknown = a_document(), a_document("Another report of 4 dead.")
    stray = a_figure(unknown)
    with pytest.raises(StoreError, match=f"{stray.figure_id}.*{unknown.document_id}.*not in the ledger"):
        ledger.add([known], [a_figure(known), stray], now)
    assert list(ledger.documents()) == []


def test_order_of_arrival_does_not_show(ledger: Ledger, a_document: Build, a_figure: Build, now: datetime) -> None:
    """Documents and figures are listed by identity, page after page, whatever order they came in."""
    documents = [a_document(f"Report {number} counts 4 dead.") for number in range(450)]
    figures = [a_figure(document) for document in documents]
    random.Random(7).shuffle(documents)
    ledger.add(documents, figures, now)
    assert [one.document_id for one in ledger.documents()] == sorted(one.document_id for one in documents)
    assert [one.figure_id for one in ledger.figures("test")] == sorted(one.figure_id for one in figures)
    assert list(ledger.figures("another")) == []


def test_long_lists_enter_in_whole_documents(
    ledger: Ledger, a_document: Build, a_figure: Build, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However a long list is divided into transactions, each of them holds whole documents."""
    monkeypatch.setattr(additions, "_ROWS", 3)
    documents = [a_document(f"Report {number} counts 4 dead and 5 more.") for number in range(10)]
    figures = [a_figure(document, number) for document in documents for number in ("4", "5")]
    assert [len(part.documents) for part in additions.parts(documents, figures)] == [1] * 10
    added = ledger.add(documents, figures, now)
    assert (added.documents, added.figures) == (10, 20)


def test_text_that_no_database_takes_keeps_its_offsets(ledger: Ledger, a_document: Build, a_figure: Build, now: datetime) -> None:
    """A NUL and half a surrogate pair are replaced one for one, so that every span still points at its number."""
    document = a_document("Bad\x00bytes \ud83d, but 4 dead.", document_id="d1")
    figure = a_figure(document)
    ledger.add([document], [figure], now)
    kept, found = ledger.document(document.document_id), ledger.figure(figure.figure_id)
    assert kept
    assert found
    assert kept.text == "Bad\ufffdbytes \ufffd, but 4 dead."
    assert kept.text[found.span_start : found.span_end] == "4"
    assert kept.text.startswith(found.quote, found.quote_start)


def test_a_number_beyond_the_database_is_refused(ledger: Ledger, a_document: Build, a_figure: Build, now: datetime) -> None:
    """A count that no integer column holds is an error about that figure."""
    document = a_document()
    figure = a_figure(document, value_best=10**30)
    with pytest.raises(StoreError, match=f"{figure.figure_id} claims {10**30}"):
        ledger.add([document], [figure], now)


def test_a_time_without_zone_is_refused(ledger: Ledger, a_document: Build, now: datetime) -> None:
    """A moment that could mean any of 24 hours is an error, never a guess."""
    with pytest.raises(StoreError, match="no time zone"):
        ledger.add([a_document(published_at=now.replace(tzinfo=None))], [], now)
    assert list(ledger.documents()) == []


def test_the_latest_edition_of_an_address_is_found(ledger: Ledger, a_document: Build, now: datetime) -> None:
    """Of several texts under one address, the one that came in last through that source."""
    address = "https://example.org/" + "long/" * 2000
    first, second = a_document("First.", url=address), a_document("Second.", url=address)
    other = a_document("Third.", url=address, source="other")
    for document in (first, second, other):
        ledger.add([document], [], now)
    assert ledger.latest_document("test", address) == second
    assert ledger.latest_document("other", address) == other
    assert ledger.latest_document("test", "https://example.org/elsewhere") is None


def test_there_is_no_way_to_change_what_was_claimed() -> None:
    """The ledger's methods add and read; none of their names speaks of changing or removing."""
    public = {name for name in dir(Ledger) if not name.startswith("_")}
    assert not {name for name in public if any(word in name for word in ("update", "delete", "remove", "replace", "set_"))}


def test_reading_sees_one_moment(ledger: Ledger, url: str, a_document: Build, now: datetime) -> None:
    """What another process adds while tables are read is not seen until the next reading."""
    ledger.add([a_document("First.")], [], now)
    count = sa.text("SELECT count(*) FROM documents")
    with ledger.connection() as connection:
        before = connection.scalar(count)
        with Ledger.open(url) as elsewhere:
            elsewhere.add([a_document("Second.")], [], now)
        assert connection.scalar(count) == before == 1
    with ledger.connection() as connection:
        assert connection.scalar(count) == 2


def test_one_reads_while_another_writes(ledger: Ledger, a_document: Build, now: datetime) -> None:
    """Documents may be added in the middle of a loop over the documents."""
    ledger.add([a_document(f"Report {number}.") for number in range(300)], [], now)
    met = 0
    for document in ledger.documents():
        if met % 100 == 0:
            ledger.add([replace(document, document_id=f"a{met}", text="More.")], [], now)
        met += 1
    assert met >= 300
    assert len(list(ledger.documents())) == 300 + (299 // 100 + 1)


def test_the_high_water_mark_rises_only_when_something_is_added(ledger: Ledger, a_document: Build, a_figure: Build, now: datetime) -> None:
    """Equal marks mean that nothing was added; a skipped row raises none."""
    document = a_document()
    empty = ledger.high_water()
    ledger.add([document], [a_figure(document)], now)
    full = ledger.high_water()
    ledger.add([document], [a_figure(document)], now)
    assert empty == dict.fromkeys(("documents", "figures", "reviews", "rulings", "corrections", "vanished"), 0)
    assert full["documents"] > 0
    assert full["figures"] > 0
    assert ledger.high_water() == full
