"""Who speaks to whom: what the callbacks of the app name stands in its pages by itself."""

from collections.abc import Iterator
from typing import Any

from dashboard.app import PAGES, callbacks, create_app
from dashboard.components.elements import Anchor
from ingest.settings import Settings


def _named(callback: dict[str, Any]) -> Iterator[str]:
    """The ids that a callback asks, hears or speaks to."""
    yield from (one["id"] for one in (*callback["inputs"], *callback["state"]))
    yield from (one.split(".")[0] for one in callback["output"].strip(".").split("..."))


def test_no_callback_speaks_to_an_id_for_addresses(settings: Settings) -> None:
    """Nobody would hear it: such an element is no part of its own in the browser."""
    app = create_app(settings)
    named = {name for callback in app._callback_list for name in _named(callback)}
    assert {"evidence-body", "view", "main"} <= named
    with app.server.test_request_context():
        frames = [callbacks.draw_frame(PAGES)({"path": page.PATH, "query": "", "drawn": True}) for page in PAGES]
    anchors = {part.id for frame in frames for part in frame._traverse() if isinstance(getattr(part, "id", None), Anchor)}
    assert "rule-soft_gap" in anchors
    assert anchors & named == set()
