"""The `data-` and `aria-` attributes of HTML, under names Python can write."""

from typing import Any


def attributes(**named: str) -> dict[str, Any]:
    """Keyword arguments for an HTML component: `aria_label="x"` becomes `aria-label="x"`."""
    return {name.replace("_", "-"): value for name, value in named.items()}


def tip(text: str) -> dict[str, Any]:
    """What a part means, shown by `assets/js/tips.js` where it is pointed at, has the focus, or is touched."""
    return attributes(data_tip=text)


def list_in_place(**combobox: Any) -> dict[str, Any]:
    """For a choice of the kit: its list stands beside its field, in the same landmark, and not after the page.

    The keyboard passes by the part of the list that scrolls: it is gone as soon as the focus leaves the field for it, so that a Tab would
    lead nowhere. What can have the focus has a role, and a list holds options and groups of them alone.
    """
    passed_by = {"tabIndex": -1, "role": "group"}
    return {"comboboxProps": {"withinPortal": False, **combobox}, "scrollAreaProps": {"viewportProps": passed_by}}
