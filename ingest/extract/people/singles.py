"""One person without a number word: `a child`, `his wife`, `Driver shot`, `the director of a school`."""

from typing import Final

from ingest.extract.people.look_alikes import is_excluded_before
from ingest.extract.people.noun_phrases import read_noun_phrase
from ingest.extract.people.quantity import Quantity
from ingest.extract.words import bit
from ingest.extract.words.entries import PLAIN
from ingest.extract.words.items import Item
from ingest.extract.words.sentences import Text
from ingest.extract.words.tokens import WORD
from ingest.model.vocabulary import GroupStatus

OPENS: Final = bit.COLON | bit.DASH | bit.PAUSE
_PHRASE: Final = 12  # items of a noun phrase that is read as one
_PHRASE_ENDS: Final = bit.BE | bit.BOUNDARY | bit.HAVE
_FOLLOWED: Final = bit.BE | bit.HAVE


def is_singular(item: Item, text: Text) -> bool:
    """Whether a noun of people speaks of one person."""
    word = text.words[item.last - 1]
    if word.flags & bit.COLLECTIVE:
        return False
    norm = word.norm
    if not norm.isascii():
        return bool(item.flags & bit.BARE)
    return not norm.endswith(("men", "women", "people", "children")) and (not norm.endswith("s") or norm.endswith("ss"))


def opens_clause(items: list[Item], here: int) -> bool:
    """Whether an item is the first of the sentence, or stands behind a colon, a dash or a time."""
    return here == 0 or bool(items[here - 1].flags & OPENS) or items[here - 1].when is not None


def with_article(items: list[Item], here: int, text: Text) -> Quantity | None:
    """`a child`, `another soldier`, `a seismologist`: one, where the noun is a person or may be one nobody listed."""
    quantity = _one(items, here)
    if not _read(items, here + 1, text, quantity) or quantity.household or is_excluded_before(items, here, text):
        return None
    if not quantity.groups and text.words[items[quantity.after - 1].first].flags & bit.ORDINAL:
        quantity.others, quantity.unknown = True, False  # `killing three and injuring a fourth`
        return quantity
    if quantity.unknown:
        # a noun nobody listed is a person only if what happened to it happens to people; `a family of six` is none
        led = here and items[here - 1].flags & (bit.OF | bit.PREPOSITION)
        return quantity if not led and not any(i.flags for i in items[here + 1 : quantity.after] if i.entry.group is None) else None
    if quantity.bare and items[here].flags & bit.ONE and _has_verb(items, here + 1):
        quantity.others = True  # `one person was killed and another (was) injured`
        return quantity
    if _is_counted(items, quantity.after) and text.words[items[quantity.after - 1].last - 1].flags & bit.COLLECTIVE:
        return None  # `an ambulance crew of three`
    if not quantity.groups:
        return None
    head = text.words[items[quantity.after - 1].last - 1].norm if quantity.after > here + 1 else ""
    plural = head.endswith("s") and text.words[items[here].first].norm in ("a", "an") and quantity.groups[-1].others
    # `a police force`: an adjective of people without a person
    return quantity if quantity.groups[-1].noun and not plural else None


def _has_verb(items: list[Item], here: int) -> bool:
    while here < len(items) and items[here].flags & _FOLLOWED:
        here += 1
    return here < len(items) and items[here].entry.metric is not None


def _is_counted(items: list[Item], here: int) -> bool:
    following = items[here : here + 2]
    return len(following) > 1 and bool(following[0].flags & bit.OF) and following[1].number is not None


def possessed(items: list[Item], here: int, text: Text) -> Quantity | None:
    """`a teacher and his wife`, `killed his son`: one person more, told by whose it is."""
    led = items[here - 1] if here else None
    if led is not None and led.flags & bit.PREPOSITION:
        return None
    if not _has_people(items, here + 1):
        return None
    quantity = _one(items, here)
    return quantity if _read(items, here + 1, text, quantity) and _is_one_person(items, quantity, text) else None


def both(items: list[Item], here: int, text: Text) -> Quantity | None:
    """`Both were freed`: the two told of before, where a verb follows; `both sides`, `both men and women` count nobody."""
    following = items[here + 1] if here + 1 < len(items) else None
    if following is None or text.words[items[here].first].norm != "both" or not following.flags & _FOLLOWED:
        return None
    item = items[here]
    return Quantity(here, here + 1, item.first, item.last, item.first, (0, 0), value=2, definite=True, bare=True)


def of_an_office(items: list[Item], here: int, text: Text) -> Quantity | None:
    """`the head nurse was killed`, `the director of a clinic was arrested`: one, told by the work they did.

    Fighters and people without an office (`the man`, `the commander`) were told of before and are no new count, and neither
    is one with a name (`the director, ...`): a name list is not a count.
    """
    if (here and items[here - 1].flags & (bit.PREPOSITION | bit.BY)) or not _has_people(items, here + 1):
        return None
    quantity = _one(items, here)
    quantity.definite = True
    if not _read(items, here + 1, text, quantity) or not _is_one_person(items, quantity, text):
        return None
    office = any(g.role for g in quantity.groups) and not _is_fighter(quantity)
    return quantity if office and not _is_named(items, quantity.after, text) else None


def without_article(items: list[Item], here: int, text: Text) -> Quantity | None:
    """`Child killed by a mine`, `Two dead: Teacher shot`: a headline's noun at the beginning of a clause, its verb right behind it."""
    if not opens_clause(items, here) or text.words[items[here].first].kind != WORD or not _has_people(items, here):
        return None
    quantity = _one(items, here)
    if not _read(items, here, text, quantity) or not _is_one_person(items, quantity, text):
        return None
    following = items[quantity.after] if quantity.after < len(items) else None
    verb = following is not None and (following.flags & _FOLLOWED or following.entry.role in ("either", "after"))
    return quantity if verb and not _is_fighter(quantity) else None


def _has_people(items: list[Item], here: int) -> bool:
    """Whether a noun phrase that begins at an item can name people: most do not, and need not be read."""
    for item in items[here : here + _PHRASE]:
        if item.entry.group is not None:
            return True
        if item.flags & _PHRASE_ENDS or item.number is not None:
            return False
    return False


def _one(items: list[Item], here: int) -> Quantity:
    item = items[here]
    return Quantity(here, here + 1, item.first, item.last, item.first, (0, 0), value=1, implicit=True)


def _read(items: list[Item], here: int, text: Text, quantity: Quantity) -> bool:
    """Reads the noun; one refugee or prisoner is a person, not a count of refugees or prisoners."""
    if not read_noun_phrase(items, here, text, quantity):
        return False
    if quantity.weak:
        following = items[quantity.after] if quantity.after < len(items) else None
        if following is not None and (
            following.flags & bit.THING or (following.entry is PLAIN and text.words[following.first].kind == WORD)
        ):
            return False  # `a refugee camp`
        quantity.own_metric, quantity.weak = None, False
    return True


def _is_named(items: list[Item], after: int, text: Text) -> bool:
    """Whether a capitalised name follows, within commas or not."""
    if after < len(items) and items[after].flags & bit.COMMA:
        after += 1
    word = text.words[items[after].first] if after < len(items) else None
    return word is not None and word.kind == WORD and word.capital and items[after].when is None and word.own is None


def _is_fighter(quantity: Quantity) -> bool:
    return any(group.status is GroupStatus.COMBATANT for group in quantity.groups)


def _is_one_person(items: list[Item], quantity: Quantity, text: Text) -> bool:
    if not quantity.groups or not quantity.groups[-1].noun or quantity.household or quantity.others:
        return False
    head = next((at for at in range(quantity.after - 1, quantity.at - 1, -1) if items[at].entry.group is not None), None)
    if head is None or not is_singular(items[head], text):
        return False
    # `the refugee agency`: the noun behind is the one that counts, unless it says whose the person is (`members of ...`)
    return head + 1 == quantity.after or bool(items[head + 1].flags & bit.OF)
