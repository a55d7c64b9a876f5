"""What changed since the reader's last visit. Which data were seen last is known to the browser alone."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State, dcc
from dash.development.base_component import Component

from dashboard import query
from dashboard.components.elements import html
from dashboard.components.links import view_link
from dashboard.shell.desk import Screen, View, desk
from dashboard.state import Filters
from ingest.model.letters import Stretch


def last_visit(view: View, db: query.Snapshot) -> Component | None:
    """The place of the sentence, empty until the browser has told what it saw last; nothing where a past day is shown."""
    if view.filters.known is not None or view.filters.embed:
        return None
    published = {"crisis": view.crisis.id, "published": db.published_at.isoformat()}
    return html.Div([dcc.Store(id="published", data=published), dcc.Store(id="seen"), html.P(id="since", className="since", role="status")])


def wire_visit(app: Dash) -> None:
    """Browser: what was seen last; server: what is otherwise now."""
    browser: Any = app.clientside_callback
    server: Any = app.callback
    browser(ClientsideFunction("page", "visited"), Output("seen", "data"), Input("published", "data"))
    server(Output("since", "children"), Input("seen", "data"), State("view", "data"), prevent_initial_call=True)(changed_since)


def changed_since(seen: str | None, state: Mapping[str, Any] | None) -> list[Component]:
    """The sentence for a reader who last saw the data published at `seen`; nothing where that is these data, or no moment."""
    view = desk().look_at("/", Filters.from_query(str((state or {}).get("query", ""))), Screen())
    moment = _moment(seen)
    if view.db is None or moment is None or moment >= view.db.published_at:
        return []
    words, found = view.words, query.news(view.db, query.Watching(Filters(), Stretch(moment, view.db.published_at)))
    before = words("since.title", moment=words.moment(moment, view.crisis.timezone))
    counts = {"new": found.new, "changed": found.changed, "removed": found.removed}
    said = [words(f"since.{name}", n=n) for name, n in counts.items() if n] or [words("since.nothing")]
    newest = view_link(words("since.newest"), view.href("/figures", sort="-published")) if found.new else None
    return [html.Strong(before), html.Span(words("list.separator").join(said)), *([newest] if newest else [])]


def _moment(seen: str | None) -> datetime | None:
    try:
        moment = datetime.fromisoformat(seen or "")
    except ValueError:
        return None
    return moment if moment.tzinfo else None
