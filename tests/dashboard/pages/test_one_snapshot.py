"""One answer is drawn from one snapshot, whatever is published meanwhile."""

from collections.abc import Callable
from pathlib import Path

import pytest
from dash import Dash

from dashboard import shell
from dashboard.app import PAGES, callbacks, create_app
from ingest.model import snapshot as layout
from ingest.settings import Settings, shipped_data

STATE = {"path": "/", "query": "", "figure": "", "dark": False, "narrow": False, "drawn": False}


@pytest.fixture
def app(tmp_path: Path, write_snapshot: Callable[..., Path]) -> Dash:
    """An app over a snapshot of its own."""
    settings = Settings(data=tmp_path, shipped=shipped_data(), crisis="syria-2024", database="sqlite://")
    write_snapshot(settings.published)
    return create_app(settings)


def _published_again(root: Path) -> str:
    """The same rows under the next name, which the pointer then names."""
    here = layout.current(root)
    assert here is not None
    there = root / layout.name(layout.number(here.name) + 1, here.name.partition("-")[2])
    there.mkdir()
    for path in here.rglob("*"):
        (there / path.relative_to(here)).mkdir() if path.is_dir() else (there / path.relative_to(here)).hardlink_to(path)
    (root / layout.POINTER).write_text(there.name, encoding="ascii")
    return there.name


def test_a_publication_between_two_looks_of_an_answer_waits(app: Dash, tmp_path: Path) -> None:
    """Masthead, page and source line have looks of their own, and all name the snapshot of the first; the next answer the new."""
    root = tmp_path / "published" / "syria-2024"
    first = layout.current(root)
    assert first is not None
    with app.server.test_request_context("/"):
        before = shell.desk().look_at("/", callbacks.view_of(STATE).filters, shell.Screen())
        second = _published_again(root)
        drawn = str(callbacks.draw_frame(PAGES)(STATE).to_plotly_json())
        assert before.db is not None and before.db.id == first.name
        assert first.name in drawn and second not in drawn
    with app.server.test_request_context("/"):
        drawn = str(callbacks.draw_frame(PAGES)(STATE).to_plotly_json())
        assert second in drawn and first.name not in drawn
