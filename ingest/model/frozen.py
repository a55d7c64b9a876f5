"""Frozen records with many fields that are made by the million."""

from dataclasses import MISSING, fields
from typing import Any, TypeVar

_Record = TypeVar("_Record")


def set_directly(record: type[_Record]) -> type[_Record]:
    """A frozen dataclass with slots, and a constructor that sets its slots directly; arguments, defaults and errors stay the same.

    The constructor Python generates asks `object.__setattr__` for each field, at five times the cost for seventy fields.
    """
    generated = record.__init__
    names = [field.name for field in fields(record)]  # type: ignore[arg-type]  # a dataclass
    blank = {field.name: field.default for field in fields(record)}  # type: ignore[arg-type]
    needed = frozenset(name for name, default in blank.items() if default is MISSING)
    setters = [getattr(record, name).__set__ for name in names]

    def __init__(self: _Record, *given: Any, **named: Any) -> None:  # noqa: N807 - becomes the class's own
        placed = dict(zip(names, given, strict=False))
        told = placed | named if placed else named
        values = {**blank, **told}
        if len(values) != len(names) or len(told) < len(given) + len(named) or not needed <= told.keys():
            generated(self, *given, **named)  # which says what is wrong
            return
        for put, value in zip(setters, values.values(), strict=True):
            put(self, value)

    record.__init__ = __init__  # type: ignore[method-assign, assignment]
    return record
