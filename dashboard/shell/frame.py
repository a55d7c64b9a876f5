"""Masthead, navigation, main, evidence drawer, colophon."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version
from typing import Any, Final

import dash_mantine_components as dmc
from dash import dcc
from dash.development.base_component import Component

from dashboard import query
from dashboard.components.attributes import attributes, tip
from dashboard.components.badges import kinds
from dashboard.components.elements import html
from dashboard.components.links import view_link
from dashboard.components.words import speak
from dashboard.shell.age import age_notice
from dashboard.shell.controls import filter_bar, filter_places
from dashboard.shell.desk import View
from dashboard.shell.keys import keys_button, keys_list
from dashboard.shell.line import view_line
from dashboard.shell.saved import views_dialog
from dashboard.state import LANGUAGES, Filters

FONTS: Final = (
    'system-ui, -apple-system, "Segoe UI", "Noto Sans", "Noto Sans Arabic", "Geeza Pro", "Dubai", "Helvetica Neue", Arial, sans-serif'
)
_WEEKS: Final[Mapping[str, Mapping[str, Any]]] = {"ar": {"firstDayOfWeek": 6, "weekendDays": [5, 6]}}
"""By language, how calendars begin the week and which days of it are free, where it is not Monday and the weekend (Unicode CLDR for
Syria); their words are in `assets/js/address.js`."""
_SHORT: Final[Mapping[str, str]] = {"en": "EN", "ar": "ع", "fr": "FR"}
"""Languages as narrow screens name them."""
_THEME: Final = {
    "fontFamily": "inherit",
    "primaryColor": "dark",
    "defaultRadius": 2,
    "respectReducedMotion": True,
    "fontSizes": {"xs": "13px", "sm": "15px", "md": "15px"},
}


@dataclass(frozen=True, slots=True)
class Place:
    """A page in the navigation: its address, the key of its name, and how much waits there; None where this reader is not told."""

    address: str
    name: str
    waiting: str | None = None


def frame(view: View, state: Mapping[str, Any], pages: Sequence[Place], main: Component) -> Component:
    """The whole page. `state` goes into the Store the controls write; `pages` are those of the navigation.

    The dialogs only travel with it: they stand beside the frame, so that a page that arrives late closes none.
    """
    words = view.words
    before = [html.A(words("shell.skip"), href="#main", className="skip"), _masthead(view, pages), filter_bar(view)]
    page = [dcc.Store(id="view", data=dict(state)), _line(view), html.Main(main, id="main", className="main")]
    dialogs = dcc.Store(id="dialogs-drawn", data=[keys_list(words), views_dialog(view)])
    after = [html.Div(id="said", role="status", className="unseen"), _drawer(view), dialogs, age_notice(words)]
    parts = [*page, html.Div(id="nav", hidden=True), *after] if view.filters.embed else [*before, *page, *after, _colophon(view)]
    body = html.Div(parts, className="sheet")
    scheme = "dark" if view.screen.dark else "light"
    calendars = dmc.DatesProvider(body, settings={"locale": words.language, **_WEEKS.get(words.language, {})})
    provider = dmc.MantineProvider(calendars, id="mantine", theme=_THEME, forceColorScheme=scheme)
    turned: Component = dmc.DirectionProvider(provider, direction=words.direction)
    return turned


def first_frame(view: View, pages: Sequence[Place]) -> list[Component]:
    """What stands above the page before any script has arrived: the parts of the frame that need none, in their places."""
    return [] if view.filters.embed else [_masthead(view, pages), filter_places(view), _line(view)]


def _line(view: View) -> Component:
    return html.Div(view_line(view), id="line", className="chosen", role="region", **attributes(aria_label=view.words("line.chosen")))


def navigation(view: View, pages: Sequence[Place]) -> Component:
    """Links to the pages, with the filters kept."""
    return html.Ul(
        [
            html.Li(
                html.A(
                    [view.words(place.name), " ", *_waiting(place)] if place.waiting is not None else view.words(place.name),
                    href=view.href(place.address, page=1),
                    **attributes(data_view=""),
                    **(attributes(aria_current="page") if place.address == view.path else {}),
                )
            )
            for place in pages
        ]
    )


def _waiting(place: Place) -> list[Component]:
    """The number behind the name; empty where nothing waits, so that it can be filled in without the page drawn anew."""
    return [html.Span(place.waiting, id=f"{place.address.strip('/')}-waiting", className="waiting")]


def _masthead(view: View, pages: Sequence[Place]) -> Component:
    words = view.words
    return html.Header(
        [
            html.Div(
                [
                    html.A(
                        [_mark(), html.Span("Crosscount", className="brand-name")],
                        href=view.href("/", page=1),
                        className="brand",
                        **attributes(data_view=""),
                    ),
                    _crisis(view),
                    html.Div([_share(view), *_languages(view), _theme_toggle(view), keys_button(words)], className="tools"),
                ],
                className="masthead-row",
            ),
            html.Nav(navigation(view, pages), id="nav", className="nav", **attributes(aria_label=words("shell.pages"))),
            _freshness(view),
        ],
        className="masthead",
    )


def _crisis(view: View) -> Component:
    """The crisis the page is about; where others are published too, the way to them, with no filter kept."""
    others = [crisis for crisis in view.desk.published() if crisis.id != view.crisis.id]
    if not others:
        return html.P(view.title, className="crisis", dir="auto")
    configured = view.desk.settings.crisis
    looks = Filters(lang=view.filters.lang, theme=view.filters.theme)
    links = [
        html.Li(view_link(view.title_of(one), view.address("/", replace(looks, crisis="" if one.id == configured else one.id).query())))
        for one in others
    ]
    return html.Details(
        [html.Summary(view.title, **tip(view.words("shell.other_crises"))), html.Ul(links)], className="crisis crises", dir="auto"
    )


def _mark() -> Component:
    return html.Span(className="mark", **attributes(aria_hidden="true"))


def _languages(view: View) -> list[Component]:
    """The other languages, each by its own name."""
    return [
        html.A(
            _named(speak(view.desk.words, code)(f"language.{code}"), html.Span(_SHORT[code])),
            href=view.href(lang=code),
            lang=code,
            hrefLang=code,
            className="tool",
        )
        for code in LANGUAGES
        if code != view.words.language
    ]


def _share(view: View) -> Component:
    """The address is the view: whoever opens it sees the same."""
    words = view.words
    return html.Button(
        _named(words("shell.share"), html.Span(className="link-mark")),
        type="button",
        className="tool",
        **tip(words("shell.share_means")),
        **attributes(data_copy_address="", data_copied=words("shell.shared")),
    )


def _named(name: str, short: Component) -> list[Component]:
    """The name of a tool, and what stands for it where there is no room."""
    return [html.Span(name, className="tool-name"), html.Span(short, className="tool-short", **attributes(aria_hidden="true"))]


def _theme_toggle(view: View) -> Component:
    label = view.words("shell.theme")
    return html.Button(
        html.Span(className="half", **attributes(aria_hidden="true")),
        type="button",
        className="tool",
        **tip(label),
        **attributes(data_theme_toggle="", aria_label=label),
    )


def _freshness(view: View) -> Component:
    """The time of the data, not of the page."""
    words = view.words
    if view.db is None:
        return html.P(words("shell.no_data"), className="freshness")
    fresh = query.freshness(view.db)
    parts = [
        html.Span(words("shell.as_of", day=words.day(fresh.newest_as_of))),
        html.Span(words("shell.published", moment=words.moment(fresh.published_at, view.crisis.timezone))),
        html.Span(words("shell.size", n=fresh.claims, voices=fresh.voices, documents=fresh.documents), className="size"),
    ]
    failing: list[Component] = []
    if fresh.sources_failing:
        text = words("shell.failing", n=len(fresh.sources_failing))
        failing = [html.A(text, href=view.href("/sources"), className="alert", **attributes(data_view=""))]
    return html.P([*parts, *failing], className="freshness", **attributes(data_snapshot=view.db.id))


def _drawer(view: View) -> Component:
    """The evidence; until it has come, its outline, or that it did not come."""
    words = view.words
    bones = html.Div([html.Div(className="bone") for _ in range(3)], **attributes(aria_hidden="true"))
    again = html.Button(words("trouble.again"), type="button", className="button", **attributes(data_again=""))
    meanwhile = [
        html.Div([html.P(words("evidence.waiting"), className="note", role="status"), bones], className="evidence-waiting"),
        html.Div([html.P(words("evidence.lost"), role="alert"), again], className="evidence-lost"),
    ]
    drawer: Component = dmc.Drawer(
        [html.Div(id="evidence-body"), *meanwhile],
        id="drawer",
        opened=False,
        position="right",  # the kit mirrors it right to left
        size="min(560px, 100vw)",
        title=words("evidence.title"),
        closeButtonProps={"aria-label": words("evidence.close")},
        className="drawer",
        padding=0,
        overlayProps={"backgroundOpacity": 0.25},
        transitionProps={"duration": 120},
    )
    return drawer


def _colophon(view: View) -> Component:
    words = view.words
    note = view.crisis.note.get(words.language) or view.crisis.note.get("en", "")
    second_hand = query.freshness(view.db).second_hand if view.db is not None else 0
    return html.Footer(
        [
            html.P(note, dir="auto", className="note") if note and second_hand else None,
            html.P(words("shell.principle")),
            kinds(words),
            html.P(
                [
                    html.Span(words("shell.licence")),
                    html.Span(words("shell.version", version=version("crosscount"))),
                    html.A(words("shell.dictionary"), href=view.address("/export/data-dictionary.csv", f"lang={words.language}")),
                ],
                className="under",
            ),
        ],
        className="colophon",
    )
