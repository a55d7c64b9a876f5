"""What stands on a page when there is nothing to draw, and the lines every page's head has."""

from typing import Final

from dash.development.base_component import Component

from dashboard import query
from dashboard.components.attributes import attributes
from dashboard.components.elements import html
from dashboard.components.heading import Heading, page_head
from dashboard.components.links import view_link
from dashboard.components.states import empty
from dashboard.shell.desk import View
from dashboard.shell.line import cleared_address
from ingest.model.vocabulary import Clock

_SILENCE: Final = "/silence"
"""The page that tells who spoke and who did not."""


def nowhere(view: View) -> Component:
    """There is no page at this address."""
    words = view.words
    head = page_head(Heading(words("nowhere.title")))
    return html.Div([head, empty(words("nowhere.why"), view_link(words("nowhere.advice"), view.href("/")))])


def nothing_published(view: View) -> Component:
    """The data folder is empty, or what lies in it cannot be read."""
    words = view.words
    return html.Div([page_head(Heading(words(view.nothing.title))), empty(words(view.nothing.why), html.Code(view.nothing.command))])


def nothing_found(view: View, *, headed: bool = False) -> Component:
    """The filters leave nothing, which may be in the heading already: what each of them keeps away, where the nearest claims are, and who
    was silent.
    """
    words = view.words
    advice: list[object] = [words("found.advice"), " ", view_link(words("found.clear"), cleared_address(view))]
    if view.path != _SILENCE:
        advice += [". ", view_link(words("found.silence"), view.href(_SILENCE))]
    return html.Div([empty("" if headed else words("found.nothing"), advice), _ways_out(view)])


def _ways_out(view: View) -> Component | None:
    """Links to what there is nearby, each with how many claims; None where there is nothing nearby either."""
    if view.db is None:
        return None
    words, db, filters = view.words, view.db, view.filters
    days = [(words("found.on", day=words.day(day)), {"date_from": day, "date_to": day}, n) for day, n in query.nearest_days(db, filters)]
    wider = [(words("found.without", what=one.words), one.without, n) for one, n in query.without_one(db, filters, words, words.day)]
    ways = [
        html.Li([view_link(said, view.href(**change)), " ", html.Span(words("spans.claims", n=n))]) for said, change, n in (*days, *wider)
    ]
    return html.Ul(ways, className="ways-out", **attributes(aria_label=words("found.nearby"))) if ways else None


def known_banner(view: View) -> Component | None:
    """As what was known on a day is shown, by which clock, and the ways to the other clock and back; nothing otherwise."""
    words, filters = view.words, view.filters
    if filters.known is None:
        return None
    other = Clock.READ if filters.clock == Clock.PUBLISHED else Clock.PUBLISHED
    return html.Div(
        [
            html.Strong(words("known.title", day=words.day(filters.known))),
            html.Span(words(f"known.{filters.clock}")),
            *(html.Span(words(f"known.{said}")) for said in _not_worked_out(view)),
            view_link(words(f"known.other.{other}"), view.href(clock=other.value)),
            view_link(words("known.back"), view.href(known=None, clock=Clock.PUBLISHED.value), "button"),
        ],
        className="known",
        role="status",
    )


def _not_worked_out(view: View) -> tuple[str, ...]:
    """What was not worked out again for the day, because the snapshot is too large."""
    if view.db is None:
        return ()
    return ("large",) * view.db.judged_since + ("unmeasured",) * (not view.db.measured)


def scope(view: View) -> tuple[str, ...]:
    """What the page is about, under its title: the filters in words (or the whole crisis), and the time of the data."""
    if view.db is None:
        return ()
    words = view.words
    chosen = query.sentence(view.db, view.filters, words, words.day) or words("scope.everything")
    return (chosen, words("shell.as_of", day=words.day(query.freshness(view.db).newest_as_of)))
