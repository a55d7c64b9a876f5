"""How old the data on the screen are: told where nothing new comes any more, and where newer ones wait."""

from datetime import UTC, datetime

from dash.development.base_component import Component

from dashboard import query
from dashboard.components.attributes import attributes
from dashboard.components.elements import html
from dashboard.components.links import view_link
from dashboard.components.words import Words
from dashboard.shell.desk import View


def old_banner(view: View) -> Component | None:
    """The data are old, since when, and where to see why; nothing while they are not, nor over a past day, which is old by choice."""
    said = old(view, datetime.now(UTC))
    if not said or view.filters.known is not None:
        return None
    words = view.words
    lines = [html.Strong(said), html.Span(words("age.old_why")), view_link(words("age.old_sources"), view.href("/sources"))]
    return html.Div(lines, className="old", role="status")


def old(view: View, now: datetime) -> str:
    """The time of data that are old at a moment, in a sentence. Those of a crisis that has ended do not get old."""
    if view.db is None or (view.crisis.end is not None and now.astimezone(view.crisis.timezone).date() > view.crisis.end):
        return ""
    since = query.stale_since(view.db, now)
    if since is None:
        return ""
    published, newest = (view.words.moment(moment, view.crisis.timezone) for moment in (view.db.published_at, since))
    return view.words("age.old", published=published, newest=newest)


def newer(view: View, shown: str) -> str:
    """That data newer than those of a snapshot shown wait, and of when; nothing where the snapshot is the one to read."""
    if view.db is None or not shown or view.db.id == shown:
        return ""
    return view.words("age.newer", moment=view.words.moment(view.db.published_at, view.crisis.timezone))


def age_notice(words: Words) -> Component:
    """Where an open page is told so without being redrawn or moved; the script fills it."""
    show = html.Button(words("age.show"), type="button", className="button", **attributes(data_age_show=""))
    return html.Div([html.Span(id="age-said"), show], id="age", className="age", role="status")


def aged(view: View, page: list[Component | None], *, whole: bool = False) -> Component:
    """The page with what a script needs to tell its age: its snapshot, and the time of it in words; and whether it goes without filters."""
    looks = "page-whole" if whole else None
    if view.db is None:
        return html.Div(page, className=looks)
    moment = view.words.moment(view.db.published_at, view.crisis.timezone)
    return html.Div(page, className=looks, **attributes(data_snapshot=view.db.id, data_age=view.words("age.shown", moment=moment)))
