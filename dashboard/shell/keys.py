"""The list of keyboard shortcuts, which `assets/js/keys.js` obeys and opens."""

from typing import Final

from dash.development.base_component import Component

from dashboard.components.attributes import attributes, tip
from dashboard.components.elements import html
from dashboard.components.words import Words

# Keys are named as they are engraved, in every language: keyboards for Arabic carry the Latin digits and letters too, and these are what
# the script listens for, also where the layout types others.
_KEYS: Final = {"?": "help", "/": "search", "1 … 9, 0": "page", "c": "share", "s": "views", "t": "theme", "u": "undo", "Esc": "close"}


def keys_button(words: Words) -> Component:
    """Opens the list; not shown on narrow screens, which rarely have a keyboard."""
    label = words("keys.title")
    return html.Button("?", type="button", className="tool tool-keys", **attributes(data_keys="", aria_label=label), **tip(label))


def keys_list(words: Words) -> Component:
    """A dialog, closed until asked for, in which the keys can also be switched off."""
    rows = [html.Div([html.Dt(html.Kbd(key, dir="ltr")), html.Dd(words(f"keys.{name}"))]) for key, name in _KEYS.items()]
    switch = html.Button(words("keys.on"), type="button", className="button", **attributes(data_keys_switch="", aria_pressed="true"))
    close = html.Button(words("keys.done"), type="button", className="button", **attributes(data_keys_close=""))
    body = [html.H2(words("keys.title")), html.Dl(rows, className="facts"), html.Div([switch, close], className="keys-foot")]
    return html.Dialog(body, id="keys", className="keys", **attributes(aria_label=words("keys.title")))
