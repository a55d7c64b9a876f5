"""What stands where there is nothing to show: why, and what to do."""

from typing import Any

from dash.development.base_component import Component

from dashboard.components.elements import html


def empty(why: str, advice: Any) -> Component:
    """An honest empty place; `why` is empty where the heading of the page has said it."""
    return html.Div([html.P(why, className="why") if why else None, html.P(advice, className="advice")], className="empty")


def notice(title: str, text: Any) -> Component:
    """Something went wrong with the system; never used for the figures themselves."""
    return html.Div([html.Strong(title), " ", html.Span(text)], className="notice")
