"""Links: to evidence, within the app, and out of it."""

from typing import Any
from urllib.parse import urlsplit

from dash.development.base_component import Component

from dashboard.components.attributes import attributes
from dashboard.components.elements import html


def web_address(text: object) -> str:
    """The address if it is plain http or https, else nothing: no other scheme ever becomes a link."""
    address = str(text or "").strip()
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if parts.scheme in {"http", "https"} and parts.netloc else ""


def evidence_link(children: Any, figure: str, href: str, label: str = "") -> Component:
    """Opens the evidence of a figure; as a plain address it opens the same page with the evidence shown."""
    named = attributes(aria_label=label) if label else {}
    return html.A(children, href=href, className="to-evidence", **attributes(data_figure=figure), **named)


def view_link(children: Any, href: str, class_name: str = "", **more: Any) -> Component:
    """Changes the view without loading the document again."""
    return html.A(children, href=href, className=class_name or None, **attributes(data_view=""), **more)


def toggle_link(children: Any, href: str, *, on: bool) -> Component:
    """One of several choices, shown as chosen or not."""
    return view_link(children, href, "choice is-on" if on else "choice", **(attributes(aria_current="true") if on else {}))


def outside_link(children: Any, address: object) -> Component:
    """Leaves the app in a new tab; the text alone where the address is not one of the web."""
    href = web_address(address)
    if not href:
        return html.Span(children)
    return html.A(children, href=href, target="_blank", rel="noopener noreferrer")
