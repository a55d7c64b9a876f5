"""The elements of a page: those of `dash.html`, which take their properties as they are."""

from types import new_class
from typing import Any, Final

import dash.html
from dash.development.base_component import Component

_NO_MODULE: Final = "builtins"  # Dash takes the module of any other class of components for one that the browser needs scripts of


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
        """The element as the browser takes it."""
        return {"props": self.__dict__, "type": self._type, "namespace": self._namespace}

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


html: Final = _Elements()
"""Stands for `dash.html` in pages, shell and components."""
