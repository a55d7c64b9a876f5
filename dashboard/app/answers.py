"""What many readers ask at the same time is drawn once: whole answers are remembered, as they travel, with the snapshot they tell of.

Only answers of callbacks that draw, and of pages that show the snapshot and nothing that changes beside it. What waits for whoever may
rule, and that nothing does for others, is part of the question, and so is who may have archived copies, and what an answer says of the
time: how fresh the sources are. A copy that is let go meanwhile is still named until the next publication, and its address then says so.
"""

import gzip
import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from types import ModuleType
from typing import Any, Final

import brotli
from dash import Dash
from flask import Response, request

from dashboard import query, shell
from dashboard.app import callbacks, copies
from dashboard.shell import View
from ingest.model.ids import digest

ROUTE: Final = "/_dash-update-component"
DRAWN: Final = frozenset({"frame.children", "..main.children...nav.children...line.children..", "evidence-body.children"})
"""The outputs of the callbacks whose answers follow from their question and the snapshot."""
ALIVE: Final = frozenset({"/alerts", "/pair", "/note", "/report"})
"""Pages that show what people write here, or what they hand in."""
_TROUBLE: Final = b'"sideUpdate"'  # what Dash calls the notice that something failed
AT_ONCE: Final = 3
"""So many answers are drawn at the same time, and others wait for their turn: threads of Python take one another's time."""
_HANDS: Final = threading.Semaphore(AT_ONCE)
_COMPRESSED: Final[Mapping[str, Callable[[bytes], bytes]]] = {
    "br": lambda body: brotli.compress(body, quality=5),
    "gzip": lambda body: gzip.compress(body, 6, mtime=0),
}


class _NotKept(Exception):
    """An answer that is given once."""

    def __init__(self, answer: Response) -> None:
        super().__init__()
        self.answer = answer


def register(app: Dash, pages: Sequence[ModuleType]) -> None:
    """Put the memory before the callbacks of an app."""
    draw: Callable[[], Response] = app.server.view_functions[ROUTE]

    def answer() -> Response:
        encoding = request.accept_encodings.best_match(list(_COMPRESSED))
        view = _asked()
        if encoding is None or view is None or view.db is None:
            return draw()
        question = (*_question(view, view.db, pages), encoding)
        try:
            body = view.db.drawn.of(question, lambda: _drawn(draw, encoding))
        except _NotKept as given:
            return given.answer
        return Response(body, mimetype="application/json", headers={"Content-Encoding": encoding, "Vary": "Accept-Encoding"})

    app.server.view_functions[ROUTE] = answer


def _asked() -> View | None:
    """The view a request is about; None where its answer must be made anew."""
    asked = request.get_json(silent=True)
    if not isinstance(asked, Mapping) or asked.get("output") not in DRAWN:
        return None
    states = (one.get("value") for one in (*asked.get("inputs", ()), *asked.get("state", ())) if isinstance(one, Mapping))
    state: Mapping[str, Any] | None = next((value for value in states if isinstance(value, Mapping) and "path" in value), None)
    return callbacks.view_of(state) if state is not None and state["path"] not in ALIVE else None


def _question(view: View, db: query.Snapshot, pages: Sequence[ModuleType]) -> tuple[object, ...]:
    """All that an answer depends on beside the snapshot: also what else is published. `waiting` is None for whoever may not rule."""
    waits, moment = tuple(place.waiting for place in callbacks.places(pages, view)), now()
    fresh = (shell.old(view, moment), *sorted(query.lateness(db, moment).items()))
    others = tuple((crisis.id, *sorted(crisis.title.items())) for crisis in view.desk.published())
    return ("answer", digest(request.get_data(as_text=True)), request.host, waits, copies.may_see(view), fresh, others)


def now() -> datetime:
    """The time of an answer (aware, UTC)."""
    return datetime.now(UTC)


def _drawn(draw: Callable[[], Response], encoding: str) -> bytes:
    """The body of a new answer, compressed. Raises `_NotKept` with an answer that is none to keep."""
    with _HANDS:
        given = draw()
    body = given.get_data()
    if given.status_code != 200 or _TROUBLE in body:  # OK
        raise _NotKept(given)
    return _COMPRESSED[encoding](body)
