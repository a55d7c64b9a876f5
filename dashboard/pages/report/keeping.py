"""Keeping a report that was read, and taking it back: what writes, for whoever may write here."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from dash import ctx, no_update
from dash.development.base_component import Component
from flask import request

from dashboard import shell
from dashboard.components.elements import html
from dashboard.components.kept import STAND, reasons, refused, way_back, way_back_place
from dashboard.components.links import view_link
from dashboard.components.states import notice
from dashboard.shell import Screen, View
from dashboard.state import Filters
from ingest import review
from ingest.errors import CrosscountError
from ingest.pipeline.trying import Bench, Handed, Kept, Note, Said

PAGE: Final = "/report"
LINKED: Final = 60
"""Figures of a kept report that an address can name; more are found as those published last."""


def keep_report(view: View, bench: Bench, handed: Handed, given: Said) -> Component:
    """Kept as `crosscount ingest` keeps it, and published."""
    words = view.words
    if _closed(view):
        return notice(words("report.not_kept"), words("report.closed"))
    return told_kept(view, bench.keep(handed, given))


def told_kept(view: View, kept: Kept) -> Component:
    """What was kept, the way to its figures, and how it is taken back."""
    words = view.words
    known = words("report.known_back" if kept.withdrawal else "report.known")
    said = words("report.kept", n=kept.tally.figures) if kept.tally.documents else known
    only = kept.figures if len(kept.figures) <= LINKED else ()
    chosen = replace(view.filters.cleared(), only=only, sort="" if only else "-published", history=bool(kept.withdrawal))
    link = html.P(view_link(words("report.to_figures"), view.address("/figures", chosen.query())))
    back = [way_back_place(words, kept.document, kept.withdrawal)] if kept.figures else []
    return html.Section([html.H2(said), link, *back], className="panel")


def taking_back(bench_of: Callable[[str], Bench]) -> Callable[..., Any]:
    """The callback of the way back: the name of whoever presses in, what came of it and the way back from there out."""

    def answer(back: Any, stand: Any, by: str | None, state: Mapping[str, Any]) -> Any:
        pressed: Any = ctx.triggered_id
        if not isinstance(pressed, Mapping) or not any((*back, *stand)):
            return no_update
        view = shell.desk().look_at(PAGE, Filters.from_query(str(state.get("query", ""))), Screen())
        words, of = view.words, str(pressed["of"])
        taken = pressed["type"] == STAND
        here = {"withdrawal": of} if taken else {"document": of}
        if _closed(view):
            return way_back(words, **here, said=words("report.closed"))
        if not (by or "").strip():
            return way_back(words, **here, said=words("report.nameless"))
        note = Note(str(by), **reasons(view.desk.words, "report.reason_stand" if taken else "report.reason_back"))
        try:
            bench = bench_of(view.crisis.id)
            done = bench.let_stand(of, note) if taken else bench.take_back(of, note)
        except CrosscountError as error:
            return way_back(words, **here, said=refused(words, str(error)))
        if taken:
            return way_back(words, document=done, said=words("report.stands"))
        return way_back(words, withdrawal=done, said=words("report.taken_back"))

    return answer


def _closed(view: View) -> bool:
    """Whether whoever asks may not write here."""
    return review.closed(view.desk.settings, review.Asked.of(request.remote_addr, request.host, dict(request.headers))) is not None
