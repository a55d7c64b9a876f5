"""Who is said to have counted: for each quantity the speaker of its clause, and whom that speaker quotes.

Publisher, relays and claimed source are three things. The claimed source is the innermost voice named; voices that quote
it are relays; where a text names nobody the publisher speaks for itself.
"""

from dataclasses import dataclass

from ingest.extract.entries import BIT
from ingest.extract.items import Item, organisation_of
from ingest.extract.sentences import Text
from ingest.extract.tokens import WORD

_SUBJECT_REACH = 14  # items between a speaker and its verb, appositions included
_OBJECT_REACH = 9
_NEAR = 3
_VOICED = BIT["cites"] | BIT["says"]
_NAME = 8
_ASIDE = 3  # items between a word of speech and the `citing` that hangs on it


@dataclass(frozen=True, slots=True)
class Voice:
    """A named speaker. `source` is an organisation id, a role id, or empty for a speaker we have no id for.

    `first`/`last` are words of the text, `at` the item it stands at, `verb` the item of the word of speech.
    """

    source: str
    first: int
    last: int
    at: int
    verb: int
    cited: bool
    pronoun: bool = False


def find(items: list[Item], text: Text) -> list[Voice]:
    """The voices of a sentence in order of their words of speech."""
    found: list[Voice] = []
    for here in [at for at, item in enumerate(items) if item.flags & _VOICED]:
        item = items[here]
        if item.flags & BIT["cites"]:
            voice = _after(items, here, text, cited=True)
        elif _claims_lives(items, here, text):
            continue
        else:
            voice = _before(items, here, text, {v.at for v in found if v.cited}) or _after(items, here, text, cited=False)
        if voice is not None and not any(v.at == voice.at for v in found):
            found.append(voice)
    return found


def _claims_lives(items: list[Item], verb: int, text: Text) -> bool:
    """`the fighting claimed 704 lives`: nobody speaks."""
    if not text.words[items[verb].first].norm.startswith("claim"):
        return False
    following = items[verb + 1] if verb + 1 < len(items) else None
    return following is not None and (
        following.number is not None or following.entry.hedge_before is not None or following.entry.vague is not None
    )


def _speaker(items: list[Item], here: int, text: Text) -> tuple[str, bool] | None:
    """(source id, is a pronoun) of the item, if it can speak."""
    item = items[here]
    organisation = organisation_of(item, text)
    if organisation:
        return organisation, False
    if item.entry.speaker:
        return item.entry.speaker, False
    if item.flags & BIT["pronouns"]:
        return "", True
    return None


def _before(items: list[Item], verb: int, text: Text, quoted: set[int]) -> Voice | None:
    """The subject of a word of speech: the nearest named speaker to its left that is not itself quoted, else a capitalised name."""
    for here in range(verb - 1, max(verb - 1 - _SUBJECT_REACH, -1), -1):
        item = items[here]
        if here < verb - 1 and (item.flags & BIT["says"] or text.words[item.first].text == ";" or item.number is not None):
            break
        speaker = _speaker(items, here, text)
        if speaker is not None and here not in quoted:
            if speaker[1] and verb - here > 2:  # a pronoun this far away is somebody else's
                break
            return Voice(speaker[0], item.first, item.last, here, verb, cited=False, pronoun=speaker[1])
    return _named_before(items, verb, text)


def _after(items: list[Item], verb: int, text: Text, *, cited: bool) -> Voice | None:
    """The speaker to the right: `according to X`, `said X`."""
    reach = _OBJECT_REACH if cited or not _is_latin(items[verb], text) else _NEAR
    closes = BIT["boundary"] | BIT["says"] | (0 if cited else BIT["comma"])
    for here in range(verb + 1, min(verb + 1 + reach, len(items))):
        item = items[here]
        speaker = _speaker(items, here, text)
        if speaker is not None and (cited or not speaker[1]):
            return Voice(speaker[0], item.first, item.last, here, verb, cited=cited, pronoun=speaker[1])
        if item.number is not None or item.flags & closes or (not cited and item.entry.group is not None):
            break
    return _named_after(items, verb, text, cited=cited)


def _is_latin(item: Item, text: Text) -> bool:
    """Arabic verbs stand before their subject, so it may be some words away."""
    return text.words[item.first].norm.isascii()


def _named_before(items: list[Item], verb: int, text: Text) -> Voice | None:
    """A capitalised name or a `... source` right before the verb, of nobody we know."""
    if not items[verb].flags & BIT["tells"]:
        return None
    last = verb - 1
    while last >= 0 and (items[last].flags & (BIT["have"] | BIT["be"] | BIT["comma"] | BIT["stop"]) or items[last].when is not None):
        last -= 1
    if last < 0 or not _is_name(items[last], text):
        return None
    first = last
    while (
        first > 0 and last - first < _NAME and (_is_name(items[first - 1], text) or items[first - 1].flags & (BIT["of"] | BIT["definite"]))
    ):
        first -= 1
    if items[first].flags & (BIT["of"] | BIT["preposition"]):
        return None
    return Voice("", items[first].first, items[last].last, first, verb, cited=False)


def _named_after(items: list[Item], verb: int, text: Text, *, cited: bool) -> Voice | None:
    first = verb + 1
    while first < len(items) and items[first].flags & (BIT["definite"] | BIT["article"]):
        first += 1
    last = first
    while last < len(items) and last - first < _NAME and (_is_name(items[last], text) or (items[last].flags & BIT["of"] and last > first)):
        last += 1
    if last == first:
        return None
    return Voice("", items[first].first, items[last - 1].last, first, verb, cited=cited)


def _is_name(item: Item, text: Text) -> bool:
    word = text.words[item.first]
    return (
        word.kind == WORD
        and word.capital
        and item.number is None
        and item.when is None
        and item.entry.metric is None
        and not item.flags & BIT["preposition"]
    )


def speaker_for(voices: list[Voice], at: int) -> tuple[Voice, ...]:
    """The chain for a quantity at item `at`: the claimed source first, then the voices that relay it.

    A word of speech before the number governs it, the nearest first; otherwise one after it does. A cited voice inside a
    speaking one (`state media, quoting a military source, said`) is the claimed source and the other its relay.
    """
    before = [v for v in voices if min(v.verb, v.at) <= at]
    after = [v for v in voices if min(v.verb, v.at) > at]
    chosen = before[-1] if before else after[0] if after else None
    if chosen is None:
        return ()
    group = before if before else after
    cited = [v for v in group if v.cited]
    spoken = [v for v in group if not v.cited]
    if chosen.cited and spoken and abs(spoken[-1].at - chosen.at) < _SUBJECT_REACH:
        return (chosen, spoken[-1])
    if cited and not chosen.cited and (chosen.at < cited[-1].at < chosen.verb or 0 < cited[-1].verb - chosen.verb <= _ASIDE):
        return (cited[-1], chosen)  # "state media, quoting a military source, said", "Anadolu reported, citing local sources"
    return (chosen,)
