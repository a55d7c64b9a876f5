"""Where a sentence in one more language names victims: what the cues of that language (`words/`) stand before or behind.

Nothing is read in these languages, so that a covered word costs no figure: where it is not sure, it is covered.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from ingest.publish.withheld import english
from ingest.publish.withheld.letters import LOUD_LONE, LOUD_NAME
from ingest.publish.withheld.lexicon import ENGLISH, LANGUAGES, Cues, cues

Span = tuple[int, int]
Kept = Callable[[str], bool]

_AGE: Final = "[0-9\u0660-\u0669\u06f0-\u06f9]{1,3}"
_SPELLED: Final = {"#": _AGE, "'": "['’]"}
_DASH: Final = rf"(?:{_AGE}[.)]|[-–•*])"
_ITEM: Final = rf"(?:{_DASH}\s*)?"
_NOTHING: Final = "(?!)"
_UNCASED: Final = re.compile("[\u0590-\u06ff]")
_WORD: Final = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Reader:
    """The rules of a language, as patterns."""

    called: re.Pattern[str]
    suffered: re.Pattern[str]
    listed: re.Pattern[str]
    following: re.Pattern[str]
    name: re.Pattern[str]
    said: re.Pattern[str]
    told_by: re.Pattern[str]
    at: re.Pattern[str]
    office: re.Pattern[str]
    of_office: re.Pattern[str]
    stops: frozenset[str]

    @classmethod
    def of(cls, words: Cues) -> "Reader":
        """The rules that the cues make."""
        name, lone, sure = _shapes(words)
        before, named, after = (_any(list_) for list_ in (words.before, words.named, words.after))
        parted = "|".join(map(re.escape, words.joins))
        speech, office = _any(words.speech), _any(words.office)
        cue = rf"(?:{before}|{named}),? ?"
        return cls(
            called=re.compile(rf"(?:{before})[,:]? ?(?P<two>{name})|(?:{named})[,:]? ?(?P<one>{lone})"),
            suffered=re.compile(rf"(?<!\w)(?!(?:{cue}))(?P<names>{sure}(?:(?:{parted}|[,،] ?){sure})*) ?(?:{after})"),
            listed=re.compile(rf"(?:{_any(words.lists)})\s*[:：]?\s*{_ITEM}(?:{cue})?(?P<name>{lone})"),
            following=re.compile(
                rf"(?: ?(?:{after}))?(?:{parted}|[,،;؛] ?|[.,،;؛]?\s*\n\s*(?={_DASH}))(?:{parted})?{_ITEM}(?:{cue})?(?P<name>{sure})"
            ),
            name=re.compile(sure),
            said=re.compile(rf"(?:[,،][^,،.;؛]{{1,60}}[,،]?)?[,،]? ?(?:{speech})"),
            told_by=re.compile(rf"(?:{_any(words.told_by)})(?: \w+){{0,3}}[ :]*$"),
            at=re.compile(rf"(?:{_any(words.at)}) $"),
            office=re.compile(rf"(?:{office})(?:[,،]? [^\s,،.;]+){{0,3}}[,،]? ?$"),
            of_office=re.compile(rf"[,،]? ?\(?(?:[^\s,،.;]+ ){{0,2}}(?:{office})"),
            stops=frozenset((*words.stops, *ENGLISH.things)),
        )

    def spans(self, text: str, kept: Kept) -> Iterator[Span]:
        """The names of victims in a text of the language."""
        for match in self.called.finditer(text):
            span = match.span("two" if match["two"] else "one")
            if not self._speaks(text, span, match.start()) and not self._in_office(text, span, match.start()):
                yield from self._with_others(text, span, kept)
        for match in self.suffered.finditer(text):
            if not self.at.search(text, 0, match.start()):
                for one in self.name.finditer(text, *match.span("names")):
                    yield from self._with_others(text, one.span(), kept)
        for match in self.listed.finditer(text):
            yield from self._with_others(text, match.span("name"), kept)

    def _with_others(self, text: str, span: Span, kept: Kept) -> Iterator[Span]:
        """The name, where it is a person's, and those that go on behind it in one list."""
        while self._is_person(text[slice(*span)], kept):
            yield span
            following = self.following.match(text, span[1])
            if following is None:
                return
            span = following.span("name")

    def _is_person(self, name: str, kept: Kept) -> bool:
        return self.stops.isdisjoint(re.split(r"[ -]", name.casefold())) and not kept(name)

    def _speaks(self, text: str, span: Span, start: int) -> bool:
        """Also in an English sentence, in which letters of the language may stand."""
        return bool(self.said.match(text, span[1]) or self.told_by.search(text, 0, start)) or english.speaks(text, span, start)

    def _in_office(self, text: str, span: Span, start: int) -> bool:
        return bool(self.office.search(text, 0, start) or self.of_office.match(text, span[1]))


def spans(text: str, kept: Kept) -> Iterator[Span]:
    """The names of victims in a text. `kept` says of words whether they are a place or an organisation."""
    words = set(_WORD.findall(text))
    for language in LANGUAGES:
        if not _words(language).isdisjoint(words) or (not text.isascii() and _signs(language).search(text)):
            yield from _reader(language).spans(text, kept)


def is_name(cell: str, kept: Kept) -> bool:
    """Whether the whole of a cell is a name in a script without capitals, by its first word."""
    if " " not in cell or not _UNCASED.match(cell):
        return False
    uncased = (language for language in LANGUAGES if cues(language).letters)
    return any(_reader(language).name.fullmatch(cell) for language in uncased) and not kept(cell)


@cache
def _signs(language: str) -> re.Pattern[str]:
    signs = cues(language).signs
    return re.compile(f"[{signs}]" if signs else _NOTHING)


@cache
def _words(language: str) -> frozenset[str]:
    return frozenset(cues(language).words)


@cache
def _reader(language: str) -> Reader:
    """Made when the first text of the language is met."""
    return Reader.of(cues(language))


def _shapes(words: Cues) -> tuple[str, str, str]:
    """A name behind a cue that wants two words, behind one that wants none, and one that is known by itself."""
    if not words.letters:
        return LOUD_NAME, LOUD_LONE, LOUD_NAME
    glued = "|".join(join.strip(" ,،") for join in words.joins if not join.endswith(" ")) or _NOTHING
    part = rf"(?!{_any(words.stops)}|(?:{glued})(?:{'|'.join(words.given)})(?![{words.letters}]))[{words.letters}]+"
    behind = rf"{part}(?:[ \u200c]{part}){{0,2}}"
    return behind, behind, rf"(?:{'|'.join(words.given)})(?![{words.letters}])(?:[ \u200c]{part}){{1,3}}"


def _any(phrases: tuple[str, ...]) -> str:
    """One of the phrases, as whole words; none where there are none."""
    return "|".join(map(_phrase, sorted(phrases, key=len, reverse=True))) or _NOTHING


def _phrase(phrase: str) -> str:
    """A phrase that begins in small letters may begin in a capital too."""
    first, rest = phrase[0], "".join(_SPELLED.get(letter, re.escape(letter)) for letter in phrase[1:])
    opening = f"[{first}{first.upper()}]" if first.isalpha() and len(first.upper()) == 1 else _SPELLED.get(first, re.escape(first))
    begins, ends = (r"(?<!\w)" if first.isalnum() else ""), (r"(?!\w)" if phrase[-1].isalnum() else "")
    return f"{begins}{opening}{rest}{ends}"
