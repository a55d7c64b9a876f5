"""What opens on a button and closes again: the files of a table, the pictures of a chart. Native, so the keyboard has it for free."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from dash.development.base_component import Component

from dashboard.components.attributes import attributes
from dashboard.components.elements import html
from dashboard.components.words import Words


@dataclass(frozen=True, slots=True)
class File:
    """One form of a table: what it is called and good for, and its addresses, one per column of the menu; empty where there is none.

    `slow` says that many rows of it take so long to write that it is told.
    """

    name: str
    hint: str
    suffix: str
    addresses: tuple[str, ...]
    slow: bool = False


def menu(label: str, body: Any, class_name: str = "") -> Component:
    """A button that opens what is below it. Escape and a click elsewhere close it."""
    shown = html.Summary(label, className="button")
    return html.Details([shown, html.Div(body, className="menu-body")], className=f"menu {class_name}".strip())


def copy_button(label: str, done: str, address: str = "") -> Component:
    """Copies an address of this app as others can open it; without one, that of the view on the screen."""
    return html.Button(label, type="button", className="plain", **attributes(data_copy_address=address, data_copied=done))


_LONG: Final = 10_000
"""Rows from which a slow file is told of: a third of a second for so many, half a minute for a million."""


def file_table(files: Sequence[File], scopes: Sequence[tuple[str, int]], words: Words) -> Component:
    """A row per form, a column per scope; `scopes` are (what it is, rows). Every cell is a plain address."""
    heads = [html.Td(), *(html.Th([name, html.Span(words("download.rows", n=rows))], scope="col") for name, rows in scopes)]
    return html.Table([html.Thead(html.Tr(heads)), html.Tbody([_file(one, scopes, words) for one in files])], className="files")


def _file(one: File, scopes: Sequence[tuple[str, int]], words: Words) -> Component:
    cells = [html.Td(_link(one, address, scope, words)) for scope, address in zip(scopes, one.addresses, strict=True)]
    return html.Tr([html.Th([one.name, html.Span(one.hint)], scope="row"), *cells])


def _link(one: File, address: str, scope: tuple[str, int], words: Words) -> Component:
    if not address:
        return html.Span("–")
    name, rows = scope
    label = words("download.get", form=one.name, scope=name, rows=words("download.rows", n=rows))
    writing = attributes(data_writing=words("download.writing", n=rows)) if one.slow and rows >= _LONG else {}
    return html.A(f".{one.suffix}", href=address, download="", **attributes(aria_label=label), **writing)


def picture_menu(name: str, words: Words) -> Component:
    """The chart as a picture, with its title, source line and date in it, and as a frame for another page."""
    saves = [
        html.Button(words(f"picture.{form}"), type="button", className="plain", **attributes(data_picture=form, data_chart=name))
        for form in ("png", "svg")
    ]
    code = html.Button(
        words("picture.embed"), type="button", className="plain", **attributes(data_embed=name, data_copied=words("picture.copied"))
    )
    alone = html.Button(words("picture.alone"), type="button", className="plain", **attributes(data_alone=name))
    return menu(words("picture.title"), html.Div([*saves, code, alone], className="menu-list"), "picture-menu")
