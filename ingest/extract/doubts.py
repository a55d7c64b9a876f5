"""What a reading rests on that may not hold, told from how it was read; nothing here changes what was read."""

from typing import Final

from ingest.extract.people.quantity import Quantity
from ingest.extract.placing.mentions import Mention
from ingest.extract.speech.voices import Voice
from ingest.model.doubts import written
from ingest.model.vocabulary import Doubt, Kind

_FAR: Final = 12  # words between a number and the word that says what happened
CONTINUES: Final = "continues the list before it"
# How a part was linked where no word such as `including` says so.
LOOSE: Final = frozenset(
    {
        "the parts add up to the total before them",
        "the counts told apart add up to the total before them",
        "goes on with the total before it",
        "item of the list its total introduces",
    }
)


def doubts_of(
    quantity: Quantity, mention: Mention | None, voices: tuple[Voice, ...], words: tuple[int, int], parent: str
) -> tuple[str, ...]:
    """The doubts of one reading as they are kept; `words` delimit its sentence, `parent` is the identity of its whole."""
    return (*_number(quantity), *_metric(quantity, words), *_part(quantity, parent), *_place(mention, words), *_voice(voices, words))


def _number(quantity: Quantity) -> list[str]:
    told = []
    if quantity.implicit and quantity.value == 1:
        told.append(written(Doubt.IMPLICIT_ONE))
    if quantity.unknown:
        told.append(written(Doubt.UNKNOWN_NOUN))
    elif quantity.bare and quantity.parent is None and quantity.rule != CONTINUES:  # "three in A, two in B" leaves the noun out
        told.append(written(Doubt.NO_NOUN))
    return told


def _metric(quantity: Quantity, words: tuple[int, int]) -> list[str]:
    told, metric, own = [], quantity.metric, quantity.own_metric
    if own is not None and metric is not None and own is not metric:
        told.append(written(Doubt.NOUN_OVERRULED, metric, own))
    if own is not None and own is metric and quantity.weak and quantity.trigger is None:
        told.append(written(Doubt.NOUN_ALONE))
    if quantity.rule == CONTINUES:
        told.append(written(Doubt.LIST_CONTINUED))
    elif quantity.parent is None and _distance(quantity, words) > _FAR:
        told.append(written(Doubt.FAR_WORD))
    if quantity.hypothetical:
        told.append(written(Doubt.HYPOTHETICAL, Kind.PROJECTION, Kind.INCIDENT))
    return told


def _distance(quantity: Quantity, words: tuple[int, int]) -> int:
    """Words between the number and its trigger, where both stand in the sentence."""
    trigger = quantity.trigger
    if trigger is None or not words[0] <= trigger[0] < words[1]:
        return 0
    return max(trigger[0] - quantity.last_word, quantity.first_word - trigger[1], 0)


def _part(quantity: Quantity, parent: str) -> list[str]:
    return [written(Doubt.LOOSE_PART, parent, "none")] if parent and quantity.rule in LOOSE else []


def _place(mention: Mention | None, words: tuple[int, int]) -> list[str]:
    if mention is None:
        return []
    told, resolved = [], mention.resolved
    if resolved is None:
        told.append(written(Doubt.PLACE_UNKNOWN))
    elif resolved.rule == "not_unique":
        told.append(written(Doubt.PLACE_NOT_UNIQUE, *(place.id for place in resolved.candidates)))
    if not words[0] <= mention.first < words[1]:
        told.append(written(Doubt.PLACE_CARRIED))
    return told


def _voice(voices: tuple[Voice, ...], words: tuple[int, int]) -> list[str]:
    told = []
    if voices and not voices[0].source:
        told.append(written(Doubt.SOURCE_UNKNOWN))
    if voices and not words[0] <= voices[0].first < words[1]:
        told.append(written(Doubt.SOURCE_CARRIED))
    return told
