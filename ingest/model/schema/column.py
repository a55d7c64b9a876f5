"""What a published column is."""

from dataclasses import dataclass
from typing import Literal

Type = Literal["string", "integer", "number", "boolean", "date", "datetime", "list"]


@dataclass(frozen=True, slots=True)
class Column:
    """One published column. A `list` is stored as text joined by `;`. `closed` names the vocabulary it is drawn from;
    in a list, what stands behind `=` in an item is free."""

    name: str
    type: Type
    meaning: str
    hxl: str = ""
    closed: str = ""
