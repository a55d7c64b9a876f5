"""Frozen records with many fields that are made by the million."""

from dataclasses import MISSING, field, fields, make_dataclass
from typing import Any, TypeVar

_Record = TypeVar("_Record")


def set_directly(record: type[_Record]) -> type[_Record]:
    """A frozen dataclass with slots, and a constructor that sets its slots directly; arguments, defaults and errors stay the same.

    The constructor Python generates asks `object.__setattr__` for each field, at five times the cost for seventy fields. Here a
    record is filled in as an unfrozen twin with the same slots, and then becomes what it is.
    """
    told = [(one.name, one.type, field() if one.default is MISSING else field(default=one.default)) for one in fields(record)]  # type: ignore[arg-type]  # a dataclass
    twin: Any = make_dataclass(record.__name__, told, slots=True)
    become, fill = object.__setattr__, twin.__init__

    def __init__(self: Any, *given: Any, **named: Any) -> None:  # noqa: N807 - becomes the class's own
        become(self, "__class__", twin)
        fill(self, *given, **named)
        self.__class__ = record

    record.__init__ = __init__  # type: ignore[method-assign]
    return record
