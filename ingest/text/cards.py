"""Pages that show many things alike, such as links to reports or posts of a channel: each as words and attributes asked for."""

from collections.abc import Mapping

from selectolax.lexbor import LexborNode

from ingest.text import html
from ingest.text.media import MediaType
from ingest.text.whitespace import flatten

Fields = Mapping[str, tuple[str, str]]
"""By name: a selector within the card, empty for the card itself, and an attribute of what it finds, empty for its words."""


def read_cards(content: bytes, media: MediaType, name: str, entry: str, fields: Fields) -> tuple[dict[str, str], ...]:
    """Every card of the page, in its order, with each field; a field that is not there is empty."""
    tree = html.parse(content, media, name)
    return tuple({key: _value(node, *where) for key, where in fields.items()} for node in html.matching(tree, entry, name))


def _value(card: LexborNode, selector: str, attribute: str) -> str:
    found = card.css_first(selector) if selector else card
    if found is None:
        return ""
    return (found.attributes.get(attribute) or "").strip() if attribute else flatten(found.text(deep=True))
