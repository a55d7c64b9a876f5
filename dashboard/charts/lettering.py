"""How many pixels a text takes, before any browser has drawn it: letter by letter, in the widest of the usual system fonts."""

from functools import cache, lru_cache
from typing import Final

from dashboard.charts.look import MARKS

SIZE: Final = 12
_ODD: Final = (
    (" .,:;·'’|/!ijlIJ٬٫،؛ا\u202f\u00a0", 3.9),
    ("frt()-", 4.8),
    ("“”«»–", 7.0),
    ("×−", 10.1),
    ("mM", 11.7),
    ("wW", 10.5),
    ("…—%", 12.0),
)
"""Letters that are narrower or wider than others of their sort, and how many pixels each takes at `SIZE`."""
_CAPITAL, _DIGIT, _ARABIC, _OTHER = 8.8, 7.6, 6.6, 7.4  # pixels of everything else; Arabic letters join, and are narrower for it
_SHORTEST: Final = 4  # letters of a name that are always kept
_ENDS: Final = " ,،…"
_WITHOUT_MARKS: Final = str.maketrans(dict.fromkeys(MARKS, ""))
_FIRST_ARABIC, _LAST_ARABIC = "\u0600", "\u08ff"


def text_width(text: str, size: float = SIZE) -> float:
    """About how many pixels a text takes."""
    return _pixels(text) * size / SIZE


def cut_to(text: str, pixels: float, size: float = SIZE) -> str:
    """The text with as many of its letters as fit into that many pixels, at least some; whole where it fits."""
    if text_width(text, size) <= pixels:
        return text
    kept = text.translate(_WITHOUT_MARKS)
    while len(kept) > _SHORTEST and text_width(f"{kept}…", size) > pixels:
        kept = kept[:-1].rstrip(_ENDS)
    return f"{kept}…"


@lru_cache(maxsize=10_000)  # names and numbers, of which each is asked for in every place it might stand
def _pixels(text: str) -> float:
    return sum(map(_width, text))


@cache
def _width(letter: str) -> float:
    if letter in MARKS:
        return 0.0
    odd = next((pixels for letters, pixels in _ODD if letter in letters), 0.0)
    return odd or (_ARABIC if _FIRST_ARABIC <= letter <= _LAST_ARABIC else _DIGIT if letter.isdigit() else _capital(letter))


def _capital(letter: str) -> float:
    return _CAPITAL if letter.isupper() else _OTHER
