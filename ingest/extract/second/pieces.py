"""A long document in pieces a model can read at once, cut between paragraphs, each knowing where it stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

LONGEST: Final = 6000  # characters; some 1,500 tokens of English and 3,000 of Arabic, within what small models attend to
_BORDERS: Final = ("\n\n", "\n", ". ", " ")  # where to cut, the best first


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters `start` up to `start + len(text)` of a document."""

    start: int
    text: str


def pieces(text: str, longest: int = LONGEST) -> Iterator[Piece]:
    """The pieces of a text in order, none longer than `longest`; joined they are the text, but for blank ones."""
    start = 0
    while start < len(text):
        end = _border(text, start, start + longest)
        if text[start:end].strip():
            yield Piece(start, text[start:end])
        start = end


def _border(text: str, start: int, limit: int) -> int:
    """Just behind the last border before the limit; the limit itself where there is none."""
    if limit >= len(text):
        return len(text)
    found = (text.rfind(border, start + 1, limit) + len(border) for border in _BORDERS if text.rfind(border, start + 1, limit) >= 0)
    return next(found, limit)
