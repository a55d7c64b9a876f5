"""Views a reader keeps. Names and addresses stay in the reader's browser; `assets/js/views.js` lists them in this dialog."""

import json
from typing import Final

from dash.development.base_component import Component

from dashboard.components.attributes import attributes
from dashboard.components.elements import html
from dashboard.components.words import Words
from dashboard.shell.desk import View

ROW_LINKS: Final[tuple[tuple[str, str], ...]] = (("views.watch", "/watch.atom"),)
"""What else can be done with a saved view: (key of its text, address), to which the view's own query and its `path` are added."""

_TEXTS: Final = (
    *("empty", "refused", "name", "save", "saved", "rename", "keep", "copy", "copied", "delete", "deleted", "undo"),
    *("export", "import", "imported", "unreadable", "done"),
)
"""What the script says, by the names it asks for."""


def views_button(words: Words) -> Component:
    """Opens the dialog."""
    return html.Button(words("views.title"), type="button", className="plain views-open", **attributes(data_views=""))


def views_dialog(view: View) -> Component:
    """The dialog, closed until asked for; what is below its heading is made by the script, which alone knows the views."""
    words = view.words
    texts = {name: words(f"views.{name}") for name in _TEXTS}
    links = [{"text": words(key), "address": address} for key, address in ROW_LINKS]
    body = [html.H2(words("views.title")), html.P(words("views.note"), className="note"), html.Div(id="views-body")]
    given = attributes(aria_label=words("views.title"), data_texts=json.dumps(texts), data_links=json.dumps(links))
    return html.Dialog(body, id="views", className="views", **given)


def last_view(words: Words) -> Component:
    """Where the script offers the reader's last view, on the bare address only."""
    texts = {name: words(f"last.{name}") for name in ("go_on", "forget")}
    return html.Span(id="last", className="last", **attributes(data_texts=json.dumps(texts), data_separator=words("list.separator")))
