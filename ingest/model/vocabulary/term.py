"""How one word of a closed list is shown."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """How one word of the vocabulary is shown: labels for people, what it means, and a colour where it is drawn."""

    en: str
    ar: str
    meaning: str = ""
    colour: str = ""
