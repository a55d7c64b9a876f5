"""How each language quotes: the marks around words that are somebody else's (delimiters of Unicode CLDR).

French keeps its marks off the words by a narrow space that does not break, as the Imprimerie nationale asks.
"""

from collections.abc import Mapping
from typing import Final

MARKS: Final[Mapping[str, tuple[str, str]]] = {"en": ("“", "”"), "fr": ("«\u202f", "\u202f»"), "ar": ("«", "»")}


def quoted(text: str, language: str) -> str:
    """The text in the quotation marks of a language; in English ones where its own are not known."""
    before, after = MARKS.get(language, MARKS["en"])
    return f"{before}{text}{after}"
