"""Elements as the HTML of a document, for a reader whose scripts have not arrived."""

from html import escape
from typing import Any, Final

from dash.development.base_component import Component

from dashboard.components.elements import Plain

_NAMED: Final = {"className": "class", "htmlFor": "for"}
_UNSAID: Final = frozenset({"children", "id", "key"})
"""Properties that are no attribute here: the page that takes this place has the identities, and no two parts may have one."""
_VOID: Final = frozenset({"br", "hr", "img", "input"})


def markup(part: Any) -> str:
    """The HTML of what `html` elements, texts and lists of them say. A button does nothing yet, and is disabled.

    Raises `TypeError` for what only a script can draw.
    """
    if part is None:
        return ""
    if isinstance(part, (list, tuple)):
        return "".join(map(markup, part))
    if not isinstance(part, Component):
        return escape(str(part))
    if not isinstance(part, Plain):
        raise TypeError(f"{part._type} has no HTML of its own.")
    tag, given = str(part._type).lower(), part.__dict__
    attributes = "".join(_attribute(name, value) for name, value in given.items() if name not in _UNSAID)
    opened = f"<{tag}{attributes}{' disabled' if tag == 'button' else ''}>"
    return opened if tag in _VOID else f"{opened}{markup(given.get('children'))}</{tag}>"


def _attribute(name: str, value: Any) -> str:
    if value is None or value is False:
        return ""
    named = _NAMED.get(name, name.lower())
    return f" {named}" if value is True else f' {named}="{escape(str(value))}"'
