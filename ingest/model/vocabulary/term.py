"""How one word of a closed list is shown."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """How one word of the vocabulary is shown: labels for people, what it means, and a colour where it is drawn."""

    en: str
    ar: str
    fr: str
    meaning: str = ""
    colour: str = ""

    def label(self, language: str) -> str:
        """The label in a language; English where there is none in it."""
        return {"ar": self.ar, "fr": self.fr}.get(language, self.en)
