"""Doubts as rows keep them, and how sure a reading is in their light.

A doubt is a word of the vocabulary, with the values considered for its column where there are several:
`place_not_unique=SY0203|SY0711`. Confidence is the share of readings of this sort whose number, metric and unit are right.
"""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources

from ingest.model.vocabulary import Doubt

NEEDS_A_LOOK = 0.9  # below this confidence a reading goes to a person: one in ten of its sort is wrong
ABOUT_THE_NUMBER = frozenset({"value_best", "unit", "metric", "kind"})
"""Columns whose doubts lower the confidence."""
_PLAIN = "plain"
# Whatever the confidence in the number, somebody has to choose.
_CHOICES = frozenset({Doubt.PLACE_NOT_UNIQUE, Doubt.SECOND_PART, Doubt.SECOND_SOURCE, Doubt.SECOND_PLACE})


def written(doubt: Doubt, *candidates: str) -> str:
    """A doubt as a row keeps it; the value the row took, where it took one, stands first among the candidates."""
    return f"{doubt}={'|'.join(candidates)}" if candidates else doubt.value


def parted(kept: str) -> tuple[Doubt, tuple[str, ...]]:
    """The reason and the candidates of a doubt as a row keeps it. Raises `ValueError` for a word that is no doubt."""
    word, _, candidates = kept.partition("=")
    return Doubt(word), tuple(candidates.split("|")) if candidates else ()


def confidence(doubts: Iterable[str]) -> float:
    """How sure a reading with these doubts is, 0 to 1: the share right without any, times what each leaves of it."""
    known = _shares()
    sure = plain = known[_PLAIN]
    for kept in doubts:
        sure *= min(1.0, known.get(kept.partition("=")[0], plain) / plain)
    return max(round(sure, 2), 0.01)  # no reading of a rule is surely wrong


def needs_a_look(confidence: float, doubts: Iterable[str], below: float = NEEDS_A_LOOK) -> bool:
    """Whether a person should look: the reading is not sure enough, or a choice between candidates is still open."""
    return confidence < below or any(parted(kept)[0] in _CHOICES for kept in doubts)


@cache
def _shares() -> Mapping[str, float]:
    """The share right by doubt, by the rule of succession: (right + 1) / (of + 2), so that few cases prove little."""
    table = tomllib.loads(resources.files("ingest.model").joinpath("confidence.toml").read_text(encoding="utf-8"))
    return {doubt: (right + 1) / (of + 2) for doubt, (right, of) in table.items()}
