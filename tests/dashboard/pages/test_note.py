"""Writing a public note from the evidence of a figure, and who may."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from dash.development.base_component import Component

from dashboard.app import callbacks, create_app
from dashboard.pages import note
from ingest.model.ids import document_id
from ingest.model.records import Document, Figure
from ingest.model.vocabulary import Kind, Metric
from ingest.settings import Settings
from ingest.store import Ledger
from tests.dashboard.published import NOTED

Read = Callable[[Any], str]
Parts = Callable[[Any, str], list[Component]]
NOW = datetime(2024, 12, 1, tzinfo=UTC)
HERE = {"environ_base": {"REMOTE_ADDR": "127.0.0.1"}}


@pytest.fixture
def writable(settings: Settings, tmp_path: Path) -> Settings:
    """The small snapshot, with a ledger that holds one of its figures."""
    url = f"sqlite:///{tmp_path / 'ledger.sqlite'}"
    identity = document_id("sample", "ocha", "", "12 killed")
    document = Document(identity, "sample", "ocha", "A report", "12 killed", "en", "", NOW, NOW, "text/plain", "a" * 64)
    figure = Figure(NOTED, "c1", identity, "syria-2024", Metric.KILLED, Kind.INCIDENT, quote="12 killed", span_end=2, value_text="12")
    with Ledger.open(url) as ledger:
        ledger.add([document], [figure], NOW)
    return replace(settings, database=url)


def test_whoever_may_rule_writes_a_note_that_is_kept_for_the_next_publication(writable: Settings, read: Read, parts: Parts) -> None:
    """The figure's sentence stands above the form; what is missing is asked for, and nothing is kept until it is there."""
    with create_app(writable).server.test_request_context(**HERE):
        tree = note.layout(only=NOTED)
        assert len(parts(tree, "Blockquote")) == 1 and "Keep this note" in read(tree)
        state = {"query": f"only={NOTED}"}
        assert "in one language" in note.keep(1, "", "", "", "desk", state)
        assert "in one language" in note.keep(1, "Counted twice.", "", "", " ", state)
        assert note.keep(1, "Counted twice.", "عُدّ مرتين.", "", "data desk", state).startswith("Kept.")
    with Ledger.open(writable.database) as ledger:
        (kept,) = ledger.corrections()
    assert (kept.figures, kept.notes, kept.written_by) == ((NOTED,), ("Counted twice.", "عُدّ مرتين.", ""), "data desk")


@pytest.mark.parametrize(
    ("setting", "request_", "why"),
    [
        ("off", HERE, "switched off on this server"),
        ("local", {"environ_base": {"REMOTE_ADDR": "192.0.2.7"}}, "only whoever sits at its own machine"),
        ("on", {**HERE, "headers": {"Origin": "http://evil.example"}}, "another site's page"),
    ],
)
def test_where_nobody_may_write_a_sentence_says_why(writable: Settings, read: Read, setting: str, request_: Any, why: str) -> None:
    """There is no form then, and a request all the same is answered with the sentence."""
    with create_app(replace(writable, review=setting)).server.test_request_context(**request_):
        tree = note.layout(only=NOTED)
        assert why in read(tree) and "Keep this note" not in read(tree)
        assert why in note.keep(1, "So.", "", "", "desk", {"query": f"only={NOTED}"})
    with Ledger.open(writable.database) as ledger:
        assert ledger.corrections() == ()


@pytest.mark.usefixtures("serving")
def test_the_evidence_of_a_figure_leads_to_its_page_and_an_unknown_figure_back(read: Read, parts: Parts) -> None:
    """One link in the drawer, in the view's language."""
    drawer = callbacks.draw_evidence(NOTED, {"path": "/figures", "query": "lang=ar"})
    assert [link.href for link in parts(drawer, "A") if str(getattr(link, "href", "")).startswith("/note?")] == [
        f"/note?only={NOTED}&lang=ar"
    ]
    assert "not in the current snapshot" in read(note.layout(only="f-gone")) and "not in the current" in read(note.layout())


def test_a_note_that_cannot_be_kept_is_told_in_the_readers_language(writable: Settings, read: Read, tmp_path: Path) -> None:
    """Where the ledger should be is another file: what was not kept, and why."""
    other = tmp_path / "other.sqlite"
    other.write_text("Not a database, but notes of some length. " * 100)
    with create_app(replace(writable, database=f"sqlite:///{other}")).server.test_request_context(**HERE):
        said = read(note.keep(1, "", "عُدّ مرتين.", "", "desk", {"query": f"only={NOTED}&lang=ar"}))
    assert said.startswith("لم تُحفظ الملاحظة:") and "ليس سجل Crosscount" in said
