"""Where an English sentence names victims: people listed, aged, killed or kin. Names are capitals in a place where only people stand."""

import re
from collections.abc import Callable, Iterator
from typing import Final

from ingest.places import fold
from ingest.publish.withheld.letters import CAPITAL, LONE, LOUD_NAME, LOWER, NAME
from ingest.publish.withheld.lexicon import ENGLISH as WORDS
from ingest.publish.withheld.lexicon import GIVEN

Span = tuple[int, int]
_THINGS: Final = frozenset(WORDS.things)
_ROLES: Final = frozenset(WORDS.roles)
Kept = Callable[[str], bool]


def _any(words: tuple[str, ...]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


_BEING: Final = r"(?:was|were|is|are|has been|have been|had been|being)(?: \w+ly)?"
_RULES: Final = (
    # "the nurse Xxx Yyy", "a child named Xxx"
    re.compile(rf"\b(?i:{_any(WORDS.roles)})\.? (?P<name>{NAME})"),
    re.compile(rf"\b(?:named|called) (?P<name>{LONE})"),
    # "Xxx Yyy, 34," and "Xxx Yyy, aged 34" and "34-year-old Xxx Yyy"
    re.compile(rf"\b(?P<name>{NAME}), ?(?:aged |age )?\d{{1,2}}(?=,| ?years?\b|-year|;|\)| and [A-Z])"),
    re.compile(rf"\b\d{{1,2}}[- ](?:year|month)s?[- ]old (?P<name>{LONE})"),
    re.compile(rf"\b(?P<name>{NAME})(?:,| \() ?(?:aged|a) \d{{1,2}}"),
    # "Xxx Yyy was killed", "the killing of Xxx Yyy", "killed Xxx Yyy", "Xxx Yyy died"
    re.compile(rf"\b(?P<name>{NAME})(?:,[^,.;]{{1,60}},)?,? (?:who )?{_BEING} (?:shot dead|{_any(WORDS.done_to)})\b"),
    re.compile(rf"\b(?P<name>{NAME})(?:,[^,.;]{{1,60}},)?,? (?:who )?(?:\w+ly )?(?:{_any(WORDS.died)})\b"),
    re.compile(rf"\b(?i:{_any(WORDS.doing)}) of (?P<name>{NAME})(?! [a-z]+(?:s|n)\b(?<!was)(?<!in))"),
    re.compile(rf"\b(?:{_any(WORDS.done_to)}) (?P<name>{NAME})(?= ?[,.;(]| and [A-Z]| in | on | near | at | as | with | after | by |$)"),
    # "his wife Xxx", "children of Xxx Yyy"
    re.compile(rf"\b(?:his|her|their|and) (?:{_any(WORDS.kin)}),? (?P<name>{LONE})"),
    re.compile(rf"\b(?:{_any(WORDS.kin)}|family) of (?P<name>{NAME})"),
)
_DASH: Final = r"(?:\d{1,3}[.)]|[-–•*])"
_ITEM: Final = rf"(?:{_DASH}\s*)?"
_LIST: Final = re.compile(rf"\b(?i:{_any(WORDS.lists)})(?: as| were| are)?(?: ?:\s*| ){_ITEM}")
# What may stand between two names of one list: a comma, or the next line with its number or dash.
_AGED: Final = r"(?:, ?(?:aged )?\d{1,2}| \((?:aged )?\d{1,2}\))?"
_NEXT: Final = re.compile(
    rf"{_AGED}(?:,? and |, ?|; ?| ?\n ?|[.,;]?\s*\n\s*(?={_DASH}\s)){_ITEM}(?:(?:his|her) [a-z]+,? )?(?P<name>{LONE})"
)
# The name before the last of a list, and those before that one; a place before a comma begins a sentence and no list.
_LAST: Final = re.compile(rf"(?<!in )(?<!near )(?<!from )(?<!of )\b(?P<name>{NAME}){_AGED},? and $")
_EARLIER: Final = re.compile(rf"(?<!in )(?<!near )(?<!from )(?<!of )\b(?P<name>{NAME}){_AGED}, $")
_FIRST: Final = re.compile(rf"(?:the )?(?:[a-z]+ ){{0,2}}(?P<name>{LONE})")
# Without two names beside each other, or one behind a word for a relative or an age, nobody is named; most sentences end here.
_BEFORE: Final = rf"[{LOWER},;:(.)*•–-]"
_SOMEBODY: Final = re.compile(
    rf"{_BEFORE} ?{NAME}|^{NAME}|\b(?:named|called|old|as|are|were|{_any(WORDS.kin)}),?:? {CAPITAL}", re.MULTILINE
)
_SAID: Final = re.compile(rf",? (?:who )?(?:also )?(?:{_any(WORDS.speech)})\b")
_TOLD_BY: Final = re.compile(r"(?i:according to|said|told by|quoted|citing)(?: \w+){0,3} $")


def spans(text: str, kept: Kept) -> list[Span]:
    """The names of victims in a text, in order. `kept` says of words whether they are a place or an organisation."""
    if not _SOMEBODY.search(text):
        return []
    found: set[Span] = set()
    for rule in _RULES:
        for match in rule.finditer(text):
            start, end = _without_role(text, match.span("name"))
            if _is_person(text[start:end], kept) and not speaks(text, (start, end), match.start()):
                found.add((start, end))
                found.update(_listed(text, end, kept))
                found.update(_listed_before(text, start, kept))
    for match in _LIST.finditer(text):
        first = _FIRST.match(text, match.end())
        if first and _is_person(first["name"], kept):
            found.add(first.span("name"))
            found.update(_listed(text, first.end("name"), kept))
    return sorted(found)


def _listed(text: str, at: int, kept: Kept) -> Iterator[Span]:
    """The names that go on behind a name, for as long as each is one."""
    while (match := _NEXT.match(text, at)) and _is_person(match["name"], kept):
        yield match.span("name")
        at = match.end("name")


def _listed_before(text: str, at: int, kept: Kept) -> Iterator[Span]:
    """The names that the one here ends a list of, as in “Xxx Yyy, Zzz Yyy and”."""
    parted = _LAST
    while (match := parted.search(text, 0, at)) and _is_person(match["name"], kept):
        yield match.span("name")
        at, parted = match.start("name"), _EARLIER


def _without_role(text: str, name: Span) -> Span:
    """A role at the beginning of a sentence has a capital too, and is no part of the name."""
    first = text[name[0] : name[1]].partition(" ")[0]
    return (name[0] + len(first) + 1, name[1]) if first.casefold() in _ROLES and len(first) < name[1] - name[0] else name


def speaks(text: str, name: Span, start: int) -> bool:
    """Whether the person is one who tells of it."""
    return bool(_SAID.match(text, name[1]) or _TOLD_BY.search(text, 0, start))


def is_name(cell: str, kept: Kept) -> bool:
    """Whether the whole of a cell looks like a name of two words or more."""
    return re.fullmatch(LOUD_NAME, cell) is not None and _is_person(cell, kept)


def _is_person(name: str, kept: Kept) -> bool:
    tokens = re.split(r"[ -]", name.casefold().replace("’", "'"))
    of_a_nation = any(token.endswith(("ian", "ians", "ish", "ese")) for token in (tokens[:1] if fold(tokens[0]) in GIVEN else tokens))
    if of_a_nation or not _THINGS.isdisjoint(tokens):
        return False
    return not kept(name)
