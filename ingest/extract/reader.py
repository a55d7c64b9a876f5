"""What reading needs to know of one crisis: words per language, organisations, sides, places, time zone."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final
from zoneinfo import ZoneInfo

from ingest.extract.words.entries import Entry, Group, phrase
from ingest.extract.words.lexicon import Lexicon
from ingest.model.crisis import Crisis, HouseholdFactor, Organisation, named, names_of
from ingest.model.vocabulary import GroupStatus, SourceKind
from ingest.places.gazetteer import Gazetteer

LANGUAGES: Final = ("en", "ar")
# Raised with every change of a rule or a lexicon, so that each row says which rules read it.
VERSION: Final = "3"


@dataclass(frozen=True, slots=True)
class Reader:
    """Everything `read` needs besides the document. Made once per crisis; reading changes only its caches.

    `own_words` are what the crisis adds to a language's lexicon, which is loaded when a text of that language is first read.
    """

    crisis: str
    country: str
    timezone: ZoneInfo
    own_words: Mapping[str, tuple[Entry, ...]]
    organisations: Mapping[str, Organisation]
    gazetteer: Gazetteer
    household_factors: tuple[HouseholdFactor, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    _lexicons: dict[str, Lexicon] = field(default_factory=dict)

    @classmethod
    def for_crisis(cls, crisis: Crisis, gazetteer: Gazetteer) -> "Reader":
        """The reader of one crisis: the languages' lexicons with its organisations and sides added."""
        return cls(
            crisis.id,
            crisis.country,
            crisis.timezone,
            {language: tuple(crisis_entries(crisis, language)) for language in LANGUAGES},
            crisis.organisations,
            gazetteer,
            crisis.household_factors,
            names_of(crisis.organisations),
        )

    def lexicon(self, language: str) -> Lexicon:
        """The lexicon of a language; English where the language is not one we read."""
        known = language if language in self.own_words else "en"
        found = self._lexicons.get(known)
        # Two threads may both load one; both then go on with the same.
        return found if found is not None else self._lexicons.setdefault(known, Lexicon.load(known, self.own_words[known]))

    def publisher_named(self, words: str) -> str:
        """The identity of an organisation given by identity or one of its names, else the words themselves."""
        return words if words in self.organisations else named(self.names, words)


def crisis_entries(crisis: Crisis, language: str) -> Iterator[Entry]:
    """Organisations under all their names, and the words for each side's fighters, as lexicon entries."""
    for side in crisis.sides:
        for form in side.terms.get(language, ()):
            noun = language != "en" or form.endswith(("s", "man", "men"))
            yield Entry(phrase(form), group=Group(status=GroupStatus.COMBATANT, side=side.id, adjective=not noun, noun=noun))
    for organisation in crisis.organisations.values():
        # media and ministries speak; only a fighting party is also the one that did it
        party = organisation.side if organisation.kind is SourceKind.PARTY else ""
        forms = {
            organisation.name.get(language, ""),
            organisation.short if language == "en" else "",
            *organisation.aliases.get(language, ()),
        }
        for form in sorted(filter(None, forms)):
            words = phrase(form)
            acronym = len(words) == 1 and form.isupper() and form.isascii()
            yield Entry(words, organisation=organisation.id, side=party, acronym=acronym)
            if language != "en":
                continue
            if not form.lower().endswith("s"):
                yield Entry((*words[:-1], f"{words[-1]}'s"), organisation=organisation.id, side=party)  # "the Observatory's tally"
            if not acronym and not form.lower().startswith("the "):
                yield Entry(("the", *words), organisation=organisation.id, side=party)
