"""The `data-` and `aria-` attributes of HTML, under names Python can write."""

from collections.abc import Mapping
from typing import Any, Final

IN_PLACE: Final[Mapping[str, Any]] = {"withinPortal": False}
"""For the `comboboxProps` of the kit: the list of a choice stands beside its field, in the same landmark, and not after the page."""


def attributes(**named: str) -> dict[str, Any]:
    """Keyword arguments for an HTML component: `aria_label="x"` becomes `aria-label="x"`."""
    return {name.replace("_", "-"): value for name, value in named.items()}


def tip(text: str) -> dict[str, Any]:
    """What a part means, shown by `assets/js/tips.js` where it is pointed at, has the focus, or is touched."""
    return attributes(data_tip=text)
