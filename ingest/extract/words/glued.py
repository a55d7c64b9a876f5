"""Words that extraction from PDF ran together: `12,000 peoplewere displaced`, `300families`."""

import re
from collections.abc import Mapping
from itertools import accumulate
from typing import Final

from ingest.extract.words.entries import Entry

_SHORTEST: Final = 3  # letters of the less telling half
_TELLING: Final = 6  # letters of the half that names people or what happened to them
_GLUED_NUMBER: Final = re.compile(r"[\d.,]*\d(?=[a-z]{4,}$)")


def seam(norm: str, phrases: Mapping[str, Entry | None], known: frozenset[str]) -> int:
    """Where an unknown spelling falls into two words we know, one of which names people or what happened to them; 0 where it does not."""
    if not norm.isascii():
        return 0
    if (number := _GLUED_NUMBER.match(norm)) is not None:
        return number.end() if _tells(norm[number.end() :], phrases) else 0
    if not norm.isalpha():
        return 0
    for cut in range(_SHORTEST, len(norm) - _SHORTEST + 1):
        left, right = norm[:cut], norm[cut:]
        if left in known and right in known and (_tells(left, phrases) or _tells(right, phrases)):
            return cut
    return 0


def _tells(word: str, phrases: Mapping[str, Entry | None]) -> bool:
    entry = phrases.get(word)
    return len(word) >= _TELLING and entry is not None and (entry.group is not None or entry.metric is not None)


def part(tokens: list[str], seams: Mapping[str, int], first: int) -> tuple[list[str], list[int]]:
    """Tokens and starts with every word that was run together as two; `first` is where the first token starts."""
    parted: list[str] = []
    for token in tokens:
        cut = seams.get(token, 0)
        parted += (token[:cut], token[cut:]) if cut else (token,)
    return parted, list(accumulate(map(len, parted), initial=first))
