"""What everybody opens first is known before anybody opens it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dashboard import query, shell
from dashboard.app import PAGES, callbacks, create_app
from dashboard.query import Snapshot
from dashboard.state import LANGUAGES, Filters
from ingest.settings import Settings, shipped_data


def test_the_overview_with_nothing_chosen_asks_only_for_the_marks_it_shows(
    tmp_path: Path, write_snapshot: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In every language the rest is remembered: a large snapshot is asked for it once it is laid out."""
    settings = Settings(data=tmp_path, shipped=shipped_data(), crisis="syria-2024", database="sqlite://")
    write_snapshot(settings.published)
    app, asked = create_app(settings), list[str]()
    ask = Snapshot._ask

    def asked_for(self: Snapshot, sql: str, parameters: Any) -> Any:
        asked.append(sql)
        return ask(self, sql, parameters)

    with app.server.test_request_context("/"):
        db = shell.desk().look_at("/", Filters(), shell.Screen()).db
        assert db is not None
        query.warm(db)
        monkeypatch.setattr(Snapshot, "_ask", asked_for)
        for lang in LANGUAGES:
            asked.clear()
            state = {"path": "/", "query": f"lang={lang}", "figure": "", "dark": False, "narrow": False, "drawn": False}
            callbacks.draw_frame(PAGES)(state).to_plotly_json()
            assert len(asked) == 1 and "quote" in asked[0], (lang, asked)
