"""The elements of a page: those of `dash.html`, which take their properties as they are."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from types import new_class
from typing import Any, Final

import dash.html
from dash.development.base_component import Component

_NO_MODULE: Final = "builtins"  # Dash takes the module of any other class of components for one that the browser needs scripts of


class Anchor(str):
    """An id for addresses (`#rule-window`) and labels only; an element with any other is one that a callback may speak to."""

    __slots__ = ()


class Plain(Component):
    """How an element is made and handed on; which one it is, the class of `dash.html` beside it says.

    Dash looks each property of each element through, when the element is made and again when it is sent, with the message of a possible
    error ready for every one: a page of a thousand elements spends most of its time there. `checked` does that where it is wanted: the
    tests look at every element of every page through it.
    """

    __module__ = _NO_MODULE

    def __init__(self, children: Any = None, **properties: Any) -> None:
        own = self.__dict__
        if children is not None:
            own["children"] = children
        own.update(properties)

    def __repr__(self) -> str:
        return f"{self._type}({', '.join(f'{name}={value!r}' for name, value in self.__dict__.items())})"

    def to_plotly_json(self) -> dict[str, Any]:
        """The element as the browser takes it: with all that stands in it as one part, where no callback speaks to any of that."""
        still, sent = _sent(self)
        return _one_part([sent]) if still else sent

    @property
    def checked(self) -> Component:
        """The same as Dash's own. Raises `TypeError` for a property that the element does not have."""
        made: Component = getattr(dash.html, self._type)(**self.__dict__)
        return made


class _Elements:
    """`html.Div`, `html.Span` and the others, by their names in `dash.html`."""

    def __getattr__(self, name: str) -> type[Plain]:
        """The class of that element; raises `AttributeError` where there is none."""
        made = new_class(name, (Plain, getattr(dash.html, name)), exec_body=lambda body: body.update(__module__=_NO_MODULE))
        setattr(self, name, made)
        return made


def _sent(part: Any) -> tuple[bool, Any]:
    """Whether a part of a page is text and elements that no callback speaks to, and then its markup (`assets/js/markup.js`): a text or
    nothing, or a list of tag, attributes and what stands in it. Another part is as Dash takes it, with all such parts in it that stand
    side by side as one.
    """
    if part is None or isinstance(part, str):  # most parts are, and no class of components is asked about them
        return True, part
    if not isinstance(part, Plain):
        return not isinstance(part, Component), part
    properties = {**part.__dict__}
    children = properties.pop("children", None)
    several = isinstance(children, (list, tuple))
    inside = [_sent(child) for child in (children if several else (children,))]
    if isinstance(properties.get("id", Anchor()), Anchor) and all(still for still, _ in inside):
        return True, [part._type.lower(), properties, *[sent for _, sent in inside]]
    if children is not None:
        joined = list(_joined(inside))
        properties["children"] = joined if several else joined[0]
    return False, {"props": properties, "type": part._type, "namespace": part._namespace}


def _joined(inside: Iterable[tuple[bool, Any]]) -> Iterator[Any]:
    for still, together in groupby(inside, key=itemgetter(0)):
        sent = [one for _, one in together]
        if still and any(isinstance(one, list) for one in sent):
            yield _one_part(sent)
        else:
            yield from sent


def _one_part(markup: list[Any]) -> dict[str, Any]:
    return {"props": {"markup": markup}, "type": "Markup", "namespace": "crosscount_markup"}


html: Final = _Elements()
"""Stands for `dash.html` in pages, shell and components."""
