"""The words of a document are erased from a ledger on either database; what is left says that it was there, and keeps it away."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from ingest.model.vocabulary import CorrectionKind
from ingest.store import Correction, Ledger
from ingest.store.erasure import Extent

Build = Callable[..., Any]


def _note(document_id: str, now: datetime) -> Correction:
    return Correction(CorrectionKind.TAKEDOWN, (), (document_id,), ("A court order.", "", ""), "desk", now)


def test_words_go_and_identities_hashes_and_numbers_stay(ledger: Ledger, a_document: Build, a_figure: Build, now: datetime) -> None:
    """In the document, its figures and the log of runs; another document is what it was."""
    document, other = (a_document(url=f"https://example.org/{name}") for name in ("gone", "stays"))
    figure, second = a_figure(document), a_figure(other)
    ledger.add([document, other], [figure, second], now)
    run = ledger.begin_run("ingest", "", now)
    ledger.log(run, "rejected", f"{document.document_id} 12", "The text says something.")
    ledger.take_down(_note(document.document_id, now), Extent())
    assert bool(ledger.overwrite()) is (ledger.path is None)
    left, row = ledger.document(document.document_id), ledger.figure(figure.figure_id)
    assert left == replace(document, text="", title="", citation="")
    assert row is not None and (row.quote, row.value_text, row.place_text) == ("", "", "")
    kept = ("value_best", "metric", "archive_sha256", "span_start", "place_id", "published_at")
    assert [getattr(row, name) for name in kept] == [getattr(figure, name) for name in kept]
    assert [line.reason for line in ledger.run_log(run)] == ["Erased with its document."]
    assert ledger.document(other.document_id) == other
    assert [one.kind for one in ledger.corrections()] == [CorrectionKind.TAKEDOWN]


def test_neither_its_bytes_nor_its_address_come_back(ledger: Ledger, a_document: Build, a_figure: Build, now: datetime) -> None:
    """The same again, another edition there, the same bytes elsewhere: all are passed over, without an error and with their figures."""
    document = a_document(url="https://example.org/gone")
    ledger.add([document], [a_figure(document)], now)
    ledger.take_down(_note(document.document_id, now), Extent())
    edition = replace(a_document("Another text of 5 killed.", url=document.url), archive_sha256="a" * 64)
    elsewhere = replace(a_document("The same bytes.", url="https://example.org/copy"), archive_sha256=document.archive_sha256)
    unrelated = replace(a_document("Another report.", url="https://example.org/other"), archive_sha256="b" * 64)
    for one in (document, edition, elsewhere):
        added = ledger.add([one], [replace(a_figure(document), figure_id=f"f-{one.document_id}", document_id=one.document_id)], now)
        assert (added.documents, added.figures) == (0, 0)
    assert ledger.add([unrelated], [], now).documents == 1
    assert {one.document_id for one in ledger.documents()} == {document.document_id, unrelated.document_id}


def test_documents_without_an_address_are_told_apart(ledger: Ledger, a_document: Build, now: datetime) -> None:
    """No address is not the same address."""
    document = replace(a_document("One file.", url=""), archive_sha256="c" * 64)
    ledger.add([document], [], now)
    ledger.take_down(_note(document.document_id, now), Extent(address=True, numbers=True))
    other = replace(a_document("Another file.", url=""), archive_sha256="d" * 64)
    assert ledger.add([other], [], now).documents == 1
