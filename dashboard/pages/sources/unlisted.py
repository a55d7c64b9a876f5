"""What no source lists: off until it is asked for, never without what must hold for it, in no total."""

import math
from datetime import date, timedelta

from dash.development.base_component import Component

from dashboard import query
from dashboard.components.attributes import attributes
from dashboard.components.chart import panel
from dashboard.components.elements import html
from dashboard.components.links import toggle_link
from dashboard.components.phrases import metric_label
from dashboard.query import Undocumented
from dashboard.shell import View


def unlisted(view: View, db: query.Snapshot) -> Component:
    """The switch, and behind it what the lists say."""
    words, on = view.words, view.filters.undocumented
    choices = [
        toggle_link(words(f"unlisted.{name}"), view.href(undocumented=chosen), on=on == chosen)
        for name, chosen in (("off", False), ("on", True))
    ]
    switch = html.Div(choices, className="choices", role="group", **attributes(aria_label=words("unlisted.title")))
    body = [] if not on else [_found(view, query.undocumented(db))]
    return panel(words("unlisted.title"), body, note=words("unlisted.note"), extra=switch)


def _found(view: View, found: tuple[Undocumented, ...]) -> Component:
    words = view.words
    if not found:
        return html.P(words("unlisted.nothing"), className="sentence unlisted")
    must_hold = html.Ul([html.Li(words.term(one)) for one in query.ASSUMPTIONS], className="assumptions")
    told = [_statement(view, one) for one in found]
    return html.Div(
        [*told, html.H3(words("unlisted.must_hold")), must_hold, html.P(words("unlisted.method"), className="note")], className="unlisted"
    )


def _statement(view: View, one: Undocumented) -> Component:
    """The finding, and under it the counts it comes from."""
    words = view.words
    listed = words("list.separator").join(query.organisation_names(view.db, words.language, one.lists)) if view.db else ""
    counts = words("unlisted.counts", n=one.listed, once=one.once, twice=one.twice)
    window = words.window(_day(one.first_day), _day(one.last_day))
    lines = [counts, words("unlisted.lists", lists=listed), window]
    if len(one.lists) < query.ENOUGH_LISTS:
        lines.append(words("unlisted.two_only"))
    return html.Div([html.P(_bound(view, one), className="sentence"), html.P([html.Span(line) for line in lines], className="under")])


def _bound(view: View, one: Undocumented) -> str:
    words, metric = view.words, metric_label(one.metric, view.words)
    if one.bound is None:
        return words("unlisted.too_few", metric=metric)
    least, low, high = math.floor(one.bound.least), math.floor(one.bound.low), math.ceil(one.bound.high)
    if not least:
        return words("unlisted.none_more", metric=metric, low=low, high=high)
    return words("unlisted.bound", metric=metric, least=least, low=low, high=high)


def _day(days: int) -> date:
    return date(1970, 1, 1) + timedelta(days)
