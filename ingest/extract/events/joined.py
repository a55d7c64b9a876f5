"""Words that share their people: `abducted and killed`, `beat and arrested a lecturer`, `he later died`."""

from dataclasses import replace
from typing import Final

from ingest.extract.events.clause_state import State, words_at
from ingest.extract.people.quantity import Quantity
from ingest.extract.words import bit
from ingest.model.vocabulary import PERSONAL, Metric

_ONE: Final = frozenset({"he", "she", "him"})
_WHOSE: Final = frozenset({"his", "her"})
_WHO: Final = frozenset({"who", "whom"})
_BETWEEN: Final = bit.BE | bit.HAVE | bit.ADVERB | bit.COMMA
_ORDER: Final = frozenset({"after", "before"})
_NEAR: Final = 3  # items between `who` and its verb
_FAR: Final = 14  # items between two words that share their people


def take_up(state: State, metric: Metric, here: int) -> bool:
    """Gives the people of an earlier word to this one as well, where the sentence names no others; whether it did."""
    if state.text.words[state.items[here].first].norm in _WHOSE:
        found = [_again(state, one, metric, here) for one in _antecedent(state, here)]  # `his body was found`
        return any(found)
    lead = _lead(state, here)
    if lead is None or metric not in PERSONAL:
        return False
    norm = state.text.words[state.items[lead].first].norm
    being = norm in _ORDER and state.text.words[state.items[here - 1].first].norm == "being"  # `shot dead after being abducted`
    if being or state.items[lead].flags & bit.AND or (state.items[here - 1].flags & bit.ADVERB and norm == "before"):
        people = _subjects(state, lead)
    elif norm in _WHO:
        people = [state.last] if state.last is not None and state.last.parent is None and lead - state.last.after <= 1 else []
    elif norm in _ONE:
        people = _antecedent(state, lead)
    else:
        return False
    taken = [_again(state, one, metric, here) for one in people]
    return any(taken)


def share_clause(state: State, metric: Metric, here: int) -> bool:
    """`a shepherd who had gone missing was found dead`: those of a clause with `who` are those of the verb behind it as well."""
    if state.last_trigger is None:
        return False
    verb = next((at for at in range(here - 1, max(here - _FAR, -1), -1) if state.items[at].first == state.last_trigger[0]), None)
    if verb is None or not any(state.text.words[i.first].norm in _WHO for i in state.items[max(verb - _NEAR, 0) : verb]):
        return False
    between = state.items[verb + 1 : here]
    if any(i.flags & (bit.AND | bit.BOUNDARY | bit.PRONOUNS) or i.entry.metric is not None for i in between):
        return False
    people = [q for q in state.found if q.trigger == state.last_trigger and q.at < verb and q.parent is None]
    taken = [_again(state, one, metric, here) for one in people]
    return any(taken)


def share_object(state: State, quantity: Quantity) -> None:
    """`beat and arrested a lecturer`: what follows is the object of both words."""
    if state.open is None or not (quantity.at - state.open[1] <= 1 + quantity.definite or _is_one_more(state, quantity)):
        return
    at = state.open[1] - 1
    if at < 1 or not state.items[at].flags & bit.AND:
        return
    before = state.items[at - 1].entry
    if before.metric in PERSONAL and before.role in ("either", "before"):
        _again(state, quantity, before.metric, at - 1)


def _is_one_more(state: State, quantity: Quantity) -> bool:
    """`beat and arrested a lecturer and two students`: behind one who is already the object of both words."""
    last = state.last
    if last is None or not state.items[quantity.at - 1].flags & bit.AND or last.after != quantity.at - 1:
        return False
    return last.trigger == quantity.trigger and any(one.first_word == last.first_word for one in state.joined)


def speaks_of_one(state: State) -> bool:
    """Whether the sentence goes on about the person told of before it."""
    return any(i.flags & bit.PRONOUNS and state.text.words[i.first].norm in _ONE for i in state.items)


def _lead(state: State, here: int) -> int | None:
    """The item that leads in a word of what happened, verbs of being and adverbs passed over."""
    back = here - 1
    while back >= 0 and (state.items[back].flags & _BETWEEN or state.items[back].when is not None):
        if state.items[back].flags & bit.AND:
            return back
        back -= 1
    return back if back >= 0 else None


def _subjects(state: State, lead: int) -> list[Quantity]:
    """Those that stood before the last word of what happened, with nobody else named since."""
    if state.last_trigger is None:
        return []
    verb = next((at for at in range(lead - 1, max(lead - _FAR, -1), -1) if state.items[at].first == state.last_trigger[0]), None)
    if verb is None or any(q.at > verb and q.implicit is False for q in state.found if q.at < lead):
        return []
    return [q for q in state.found if q.trigger == state.last_trigger and q.at < verb and q.parent is None and q.metric in PERSONAL]


def _antecedent(state: State, lead: int) -> list[Quantity]:
    """The one person told of last, of whom a pronoun speaks: anchored at the pronoun."""
    here = [q for q in state.found if q.at < lead and q.amount == 1 and q.value == 1 and q.parent is None]
    one = here[-1] if here else state.context.person
    if one is None:
        return []
    word = state.items[lead]
    return [replace(one, at=lead, after=lead + 1, first_word=word.first, last_word=word.last, text_word=word.first, implicit=True)]


def _again(state: State, one: Quantity, metric: Metric, here: int) -> bool:
    """The same people once more, under another metric; nothing where they are already counted under it."""
    same = [q for q in (*state.found, *state.joined) if q.first_word == one.first_word and q.metric is metric]
    if one.metric is metric or same:
        return False
    state.joined.append(
        replace(one, metric=metric, trigger=words_at(state, here), rule="shares its people with the word before it", parts_complete=False)
    )
    return True
