"""Who is said to have counted: the words of speech of a sentence, who stands beside them, and whose a quantity is.

Publisher, relays and claimed source are three things. The claimed source is the innermost voice named; voices that quote
it are relays; where a text names nobody the publisher speaks for itself.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from ingest.extract.speech.speakers import Speaker, after_phrase, following, is_addressed, is_latin, is_named, known_at, subject
from ingest.extract.words import bit
from ingest.extract.words.bit import bits
from ingest.extract.words.items import Item, organisation_of
from ingest.extract.words.sentences import Text

_ASIDE: Final = 6  # items between a word of speech and the `citing` that hangs on it
_NESTED: Final = 14  # items between a quoted voice and the one that quotes it
_BESIDE: Final = 12  # voices on either side of a quantity that can be its own
_TITLE: Final = 8  # items of a speaker before a headline's colon, and after one
_POSSESSED: Final = 3  # `the Observatory's latest tally`
SPEECH: Final = bits("says cites account colon dash")
_OPENS: Final = bits("comma quote close pause")
_MAKES_A_NOUN: Final = bits("denies preposition of by article definite says cites aside comma and")


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker with its word of speech (item `verb`). `cited` voices are quoted by others; a `relay` passes on what others say;
    a `trailing` voice stands behind what it says (`..., the ministry said`); one that `goes_on` has spoken
    before (`X added`, `it said`); one that `quotes` is quoted by the speaker before it (`..., citing X`).
    `here` are the words that stand for a speaker named elsewhere.
    """

    speaker: Speaker
    verb: int
    cited: bool = False
    relay: bool = False
    trailing: bool = False
    goes_on: bool = False
    quotes: bool = False
    here: tuple[int, int] | None = None

    @property
    def source(self) -> str:
        """The id of an organisation or role; empty for somebody we have no id for."""
        return self.speaker.source

    @property
    def first(self) -> int:
        """The first word that names the speaker."""
        return self.speaker.first

    @property
    def last(self) -> int:
        """The word after the last one that names the speaker."""
        return self.speaker.last

    @property
    def at(self) -> int:
        """The item the speaker stands at."""
        return self.speaker.at

    @property
    def start(self) -> int:
        """The item from which on it speaks."""
        return min(self.verb, self.at)


def find(items: list[Item], text: Text) -> list[Voice]:
    """The voices of a sentence in order of their words of speech."""
    found: list[Voice] = []
    taken: set[int] = set()
    quoted: set[int] = set()
    for here, item in enumerate(items):
        if not item.flags & SPEECH:
            continue
        for voice in _spoken(items, here, text, quoted):
            if voice.at not in taken:
                taken.add(voice.at)
                found.append(voice)
                if voice.cited:
                    quoted.add(voice.at)
    if found:
        found.extend(_addressees(items, text, taken))
        found.sort(key=lambda v: v.start)
    return found


def words_of(voices: list[Voice]) -> set[int]:
    """The words that name who speaks: `the mayor` in `the mayor said that six had died` is no victim."""
    return {word for voice in voices if not voice.cited for word in range(*(voice.here or voice.speaker.whole))}


def _spoken(items: list[Item], here: int, text: Text, quoted: set[int]) -> Iterator[Voice]:
    flags = items[here].flags
    if flags & bit.CITES:
        yield from _citing(items, here, text, quoted)
    elif flags & bit.SAYS and not _is_no_verb(items, here, text):
        speaker = _speaker_of(items, here, text, quoted)
        if speaker is not None:
            goes_on = speaker.pronoun or bool(flags & bit.CONTINUES)
            yield Voice(speaker, here, trailing=_trails(items, here, speaker, text), goes_on=goes_on)
    elif flags & bit.ACCOUNT and (speaker := _owner(items, here, text)) is not None:
        yield Voice(speaker, here, cited=True)
    elif flags & (bit.COLON | bit.DASH) and (speaker := _beside_colon(items, here, text)) is not None:
        yield Voice(speaker, here, trailing=speaker.at > here)


def _citing(items: list[Item], here: int, text: Text, quoted: set[int]) -> Iterator[Voice]:
    """`according to X`; and where the word of speech is a verb (`X quoted Y as saying`, `نقلت X عن Y`), who quotes as well."""
    source = here
    if items[here].flags & bit.SAYS:
        speaker = _speaker_of(items, here, text, quoted)
        if speaker is not None:
            yield Voice(speaker, here)
        if not is_latin(items[here], text):
            source = next((k for k in range(here + 1, min(here + _NESTED, len(items))) if items[k].flags & bit.QUOTES_FROM), len(items))
    if source < len(items):
        speaker = following(items, source, text, unknown=bool(items[here].flags & bit.TELLS))
        if speaker is not None:
            passes_on = bool(items[here].flags & bit.RELAYS)
            yield Voice(speaker, here, cited=True, relay=passes_on, trailing=here > 0, quotes=bool(items[here].flags & bit.QUOTING))


def _is_no_verb(items: list[Item], here: int, text: Text) -> bool:
    """`the fighting claimed 704 lives`, `were reported dead`, `denied reports that`: nobody speaks."""
    word = text.words[items[here].first].norm
    before = items[here - 1] if here else None
    after = items[here + 1] if here + 1 < len(items) else None
    counts = after is not None and (after.number is not None or after.entry.hedge_before is not None or after.entry.vague is not None)
    if counts and word.startswith("claim"):
        return True
    if before is None:
        return False
    behind = items[here + 2] if here + 2 < len(items) else None
    if behind is not None and behind.flags & bit.BE and text.words[items[here + 1].first].norm == "to":
        return True  # "parts claimed to be of a drone"
    if before.flags & bit.BE and text.words[before.first].norm != "reportedly" and word.isascii():
        return True
    return bool(items[here].flags & bit.NOUN_TOO) and bool(before.flags & _MAKES_A_NOUN or before.number is not None)


def _speaker_of(items: list[Item], here: int, text: Text, quoted: set[int]) -> Speaker | None:
    if not is_latin(items[here], text):
        return _arabic_speaker(items, here, text, quoted)
    tells = bool(items[here].flags & bit.TELLS)
    turned = not items[here].flags & (bit.CITES | bit.ADDRESSES)  # what stands behind `told` is told
    if turned and (here == 0 or items[here - 1].flags & _OPENS):
        speaker = following(items, here, text, unknown=tells and here > 0 and _closes(items, after_phrase(items, here, text), text))
        if speaker is not None and not speaker.pronoun and speaker.at - here <= _POSSESSED:
            return speaker  # ", said the mayor of the town."
    speaker = subject(items, here, text, quoted)
    if speaker is None and tells:
        speaker = following(items, here, text, unknown=False)
        if speaker is not None and (speaker.pronoun or speaker.at - here > _POSSESSED):
            return None
    return speaker


def _arabic_speaker(items: list[Item], here: int, text: Text, quoted: set[int]) -> Speaker | None:
    """The subject behind the verb, up to its `أن`; else the one right before it; else, with `أن`, whoever spoke last."""
    ends = after_phrase(items, here, text)
    complements = ends < len(items) and bool(items[ends].flags & (bit.THAT | bit.COLON | bit.QUOTE))
    unknown = (complements or is_named(items, here, text)) and bool(items[here].flags & bit.TELLS)
    speaker = following(items, here, text, unknown=unknown)
    if speaker is not None:
        return speaker
    speaker = subject(items, here, text, quoted)
    if speaker is not None or not complements:
        return speaker
    words = (items[here].first, items[here].last)
    return Speaker("", *words, here, words, pronoun=True)


def _closes(items: list[Item], here: int, text: Text) -> bool:
    return (
        here >= len(items)
        or bool(items[here].flags & _OPENS)
        or items[here].when is not None
        or text.words[items[here].first].text in ".!?"
    )


def _trails(items: list[Item], here: int, speaker: Speaker, text: Text) -> bool:
    """`..., the ministry said on Monday.`: nothing follows that it could say."""
    start = min(here, speaker.at)
    if start == 0 or not any(i.number is not None or i.entry.vague is not None for i in items[:start]):
        return False
    behind = here + 1
    if speaker.at > here:
        return True
    while behind < len(items) and (items[behind].when is not None or items[behind].flags & (bit.PREPOSITION | bit.ASIDE)):
        behind += 1
    return _closes(items, behind, text) or bool(items[behind].flags & (bit.AND | bit.CITES))


def _owner(items: list[Item], here: int, text: Text) -> Speaker | None:
    """Whose count it is: `the Observatory's latest tally`, `a Crown News count`, `ministry figures`."""
    for at in range(here - 1, max(here - 1 - _POSSESSED, -1), -1):
        if items[at].flags & (bit.COMMA | bit.BOUNDARY | bit.PREPOSITION | bit.OF) or items[at].number is not None:
            return None
        speaker = known_at(items, at, at + 1, text)
        if speaker is not None:
            owns = at == here - 1 or text.words[items[at].last - 1].norm.endswith("'s") or bool(items[at + 1].flags & bit.QUOTE)
            return speaker if owns and not speaker.pronoun else None
    return None


def _beside_colon(items: list[Item], here: int, text: Text) -> Speaker | None:
    """`Health ministry: 12 dead`, `12 dead in blast: monitor`, `12 dead - officials`."""
    if 0 < here <= _TITLE and items[here].flags & bit.COLON:
        speaker = known_at(items, 0, here, text)
        if speaker is not None and not speaker.pronoun and speaker.at <= 2:
            return speaker
    rest = len(items) - here - 1
    if here and 0 < rest <= _TITLE and any(i.number is not None for i in items[:here]):
        speaker = known_at(items, here + 1, len(items), text)
        if speaker is not None and speaker.at - here <= 2 and not speaker.pronoun and not any(i.number is not None for i in items[here:]):
            return speaker
    return None


def _addressees(items: list[Item], text: Text, speaking: set[int]) -> Iterator[Voice]:
    """Whom a speaker told it: they pass it on."""
    for at, item in enumerate(items):
        if at not in speaking and organisation_of(item, text) and is_addressed(items, at, text):
            words = (item.first, item.last)
            yield Voice(Speaker(item.entry.organisation, *words, at, words), at, cited=True, relay=True)


def speaker_for(voices: list[Voice], at: int, breaks: Sequence[int]) -> tuple[Voice, ...]:
    """The chain for a quantity at item `at`: the claimed source first, then the voices that relay it.

    A word of speech before the number governs it, the nearest first; one that stands behind what it says governs what stands
    before it. A cited voice inside a speaking one (`state media, quoting a military source, said`) is the claimed source and
    the other its relay. `breaks` are the items at which a new clause begins.
    """
    here = bisect_right(voices, at, key=lambda v: v.start)
    voices = voices[max(here - _BESIDE, 0) : here + _BESIDE]
    speaking = [v for v in voices if not v.relay] or voices
    before = [v for v in speaking if v.start <= at]
    after = [v for v in speaking if v.start > at]
    if before and before[-1].trailing and after and after[0].trailing:
        before = []  # "nine died, activists said, and five were hurt, police said"
    if not before and after and not after[0].trailing and _breaks_off(breaks, at, after[0].start):
        return ()  # "a blast killed twelve, but the ministry said that ..." says nothing of the twelve
    chosen = before[-1] if before else after[0] if after else None
    if chosen is None:
        return ()
    group = before or after
    if not chosen.cited and before and after and after[0].cited and not _breaks_off(breaks, at, after[0].start):
        return (after[0], chosen) if after[0].quotes else (chosen, after[0])  # "the agency said that five were killed, citing residents"
    passed_on = tuple(v for v in voices if v.relay and v is not chosen and _belongs(v, chosen, speaking))
    return (*_nested(chosen, group), *passed_on)


def _breaks_off(breaks: Sequence[int], first: int, last: int) -> bool:
    """Whether a clause begins between two items."""
    after = bisect_right(breaks, first)
    return after < len(breaks) and breaks[after] < last


def _belongs(relay: Voice, chosen: Voice, speaking: list[Voice]) -> bool:
    """Whether a relay stands by the chosen voice: no other speaker between them."""
    low, high = sorted((relay.at, chosen.start))
    return not any(low < v.start < high for v in speaking if v is not chosen)


def _nested(chosen: Voice, group: list[Voice]) -> tuple[Voice, ...]:
    """Who is quoted before who quotes. `X said, according to Y`: Y passes on what X said."""
    cited = [v for v in group if v.cited]
    spoken = [v for v in group if not v.cited]
    if chosen.cited and spoken and min(abs(spoken[-1].at - chosen.at), abs(spoken[-1].verb - chosen.verb)) < _NESTED:
        return (chosen, spoken[-1])
    if cited and not chosen.cited:
        last = cited[-1]
        if chosen.at < last.at < chosen.verb or (last.quotes and 0 < last.verb - chosen.verb <= _ASIDE):
            return (last, chosen)  # "state media, quoting a military source, said", "Anadolu reported, citing local sources"
        if 0 < last.verb - chosen.verb <= _ASIDE:
            return (chosen, last)
    return (chosen,)
