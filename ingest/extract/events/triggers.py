"""Words that say what happened: whether their people stand before or behind them, and who is still waiting."""

from typing import Final

from ingest.extract.events.clause_state import State, resolve, words_at
from ingest.extract.events.joined import share_clause, take_up
from ingest.extract.events.movement import arrives, is_brought_to, is_counted, past_origin, retold, stays
from ingest.extract.people.quantity import Quantity
from ingest.extract.words import bit
from ingest.extract.words.entries import Group
from ingest.model.vocabulary import CASUALTIES, PERSONAL, Metric

# between a part and what happened to it, as in "of whom 300 are still displaced"
_BETWEEN: Final = bit.BE | bit.HAVE | bit.STILL


def read_trigger(state: State, here: int) -> None:
    """A word that says what happened. Decides whether its people stand before it or after it."""
    item, role = state.items[here], state.items[here].entry.role
    metric = item.entry.metric
    assert metric is not None  # noqa: S101 - the caller looked
    if _is_only_named(state, here) or _says_nothing(state, metric, role):
        return
    if item.flags & bit.LEAVE and not _object_follows(state, here):
        return  # سقوط 3 مدنيين, but سقوط صاروخ
    waiting = [q for q in state.pending if not q.zero or role != "before"]
    if role == "toll" and is_brought_to(state, here):
        _take(state, metric, here)
        return
    if waiting and (
        (role == "before" and is_passive(state, here)) or (role in ("before", "toll") and _is_subject(state, waiting[-1], here))
    ):
        role = "after"
    elif role in ("before", "toll") or _heads(state, here):
        settle(state)
        state.open = (metric, here, item.entry)
        state.lists = [one for one in state.lists if one.kind == "bracket"]
        return
    if role == "head" and waiting and waiting[-1].people and waiting[-1].after == here:
        role = "after"  # "42,000 persons internally displaced by the war"
    if role != "head":
        _read_verb(state, here, metric, role, waiting)


def _is_subject(state: State, quantity: Quantity, here: int) -> bool:
    """`مواطن استشهد`, `ارتفع إلى 29 عدد الشهداء`: Arabic words that lead to their people, here right behind them."""
    arabic = not state.text.words[state.items[here].first].norm.isascii()
    hedged = all(item.entry.hedge_after is not None for item in state.items[quantity.after : here])
    adjacent = quantity.after <= here and hedged and not state.items[here].flags & bit.AND
    return arabic and adjacent and (quantity.bare if state.items[here].entry.role == "toll" else not _object_follows(state, here))


def _read_verb(state: State, here: int, metric: Metric, role: str, waiting: list[Quantity]) -> None:
    """A verb or participle: of those that wait before it, of those told of already, or of those behind it."""
    item = state.items[here]
    if _dies(state, metric, here) and state.last is not None:
        assign(state, state.last, metric, here, "died, of those told of as hurt")
        state.last.parent = state.last.part_of = None
        return
    if _modifies_part(state, here) and state.last is not None:
        if metric not in CASUALTIES:
            state.last.metric, state.last.trigger = metric, words_at(state, here)
        return
    if _is_said_of_part(state, here) and state.last is not None:
        assign(state, state.last, metric, here, "said of a part of those told of before it")
        return
    overridden = _adjacent(state, here)
    if overridden is not None and (state.open is not None or (overridden.weak and not waiting)):
        _reassign(state, overridden, metric, here)
        state.open = None
        return
    passive = is_passive(state, here)
    if not waiting and (role == "after" or passive) and (people := retold(state, here)) is not None:
        _reassign(state, people, metric, here)
        return
    if not waiting and (role == "after" or passive) and share_clause(state, metric, here):
        return
    if not waiting and not _object_follows(state, here) and take_up(state, metric, here):
        state.open = None
        return
    if waiting and (role == "after" or passive or not _object_follows(state, here) or _next_has_own(state, here)):
        _take(state, metric, here)
        state.open = None
        state.lists = [one for one in state.lists if one.kind == "bracket"]
        return
    if role == "after" or (passive and not _object_follows(state, here)):
        if state.last is not None and state.last.partitive and state.last.trigger is None:
            state.last.trigger = words_at(state, here)
            if metric not in CASUALTIES or state.last.parent is None:
                state.last.metric = metric  # "25,000 of them are staying in camps", "six of the nine teachers died"
        return
    state.pending.clear()
    state.lists.clear()
    state.open = (metric, here, item.entry)


def _is_only_named(state: State, here: int) -> bool:
    """`died of wounds`, `his wounds`: a noun that tells of nobody new."""
    led = state.items[here - 1].flags & (bit.OF | bit.DEFINITE | bit.ARTICLE) if here else 0
    return bool(led and state.items[here].flags & bit.NOUN_OR_VERB)


def _says_nothing(state: State, metric: Metric, role: str) -> bool:
    """Whether the words before take a trigger back: `no one was killed`; `the hall can accommodate 900 people` is its capacity."""
    if state.negated and not any(q.zero for q in state.pending):
        state.negated = False
        state.pending.clear()
        return True
    return metric is Metric.SHELTERED and role == "before" and state.modal


def is_passive(state: State, here: int) -> bool:
    """Whether a form of `be` stands right before the trigger, adverbs allowed."""
    for back in range(here - 1, max(here - 4, -1), -1):
        flags = state.items[back].flags
        if flags & bit.BE:
            return True
        if flags & (bit.AND | bit.COMMA) or state.items[back].number is not None:
            return False
    return False


def _object_follows(state: State, here: int) -> bool:
    """Whether people stand right behind the trigger; `killed 14 days later` has a number of something else."""
    starts = {q.at for q in state.found}
    for at, ahead in enumerate(state.items[here + 1 : here + 5], here + 1):
        if ahead.flags & bit.AND:
            return False
        if at in starts or (ahead.flags & bit.ARTICLE and ahead.number is None):
            return True
        if ahead.entry.hedge_before is None and not ahead.flags & bit.DEFINITE:
            return False
    return False


def _next_has_own(state: State, here: int) -> bool:
    """`6 citizens killed 22 injured`: the number behind the trigger has a trigger of its own right behind it."""
    for position in range(here + 1, min(here + 6, len(state.items))):
        item = state.items[position]
        if item.entry.metric is not None:
            return item.entry.role in ("either", "after")
        if item.flags & (bit.COMMA | bit.AND | bit.PREPOSITION | bit.BOUNDARY):
            return False
    return False


def _leads_to_number(state: State, here: int) -> bool:
    start = past_origin(state, here + 1)
    following = state.items[start : start + 3]
    if len(following) > 2 and following[0].flags & bit.OPEN and following[2].flags & bit.CLOSE:
        return following[1].number is not None  # `IDPs (12,300)`
    return (
        bool(following)
        and bool(following[0].flags & (bit.REACH | bit.COLON))
        and any(i.number is not None or i.entry.vague for i in following)
    )


def _heads(state: State, here: int) -> bool:
    """Whether the number of a noun or verb stands behind it: `the dead reached 40`, `the number of IDPs was 400`, `Missing: 4`."""
    role = state.items[here].entry.role
    if role == "head":
        return _leads_to_number(state, here) or is_counted(state, here) or _is_rising(state, here)
    return role == "after" and _is_label(state, here)


def _is_rising(state: State, here: int) -> bool:
    """`ارتفاع شهداء القصف إلى 634`: in Arabic what rises stands right behind the word for it, its number further on."""
    arabic = not state.text.words[state.items[here].first].norm.isascii()
    return arabic and here > 0 and bool(state.items[here - 1].flags & bit.CHANGE)


def _is_label(state: State, here: int) -> bool:
    """`Dead: 3`, `People missing – 4`: a word that otherwise follows its people heads the number behind the mark."""
    following = state.items[here + 1 : here + 3]
    return (
        len(following) > 1
        and not state.pending
        and bool(following[0].flags & (bit.COLON | bit.DASH))
        and (following[1].number is not None or following[1].entry.hedge_before is not None)
    )


def _adjacent(state: State, here: int) -> Quantity | None:
    """A quantity that an earlier trigger took and that ends right before this one: `killed 4 people and 5 injured`."""
    last = state.last
    if last is None or last.metric is None or last.parent is not None or (last.own_metric is not None and not last.weak):
        return None
    between = state.items[last.after : here]
    return last if all(i.flags & _BETWEEN or i.entry.group for i in between) else None


def _modifies_part(state: State, here: int) -> bool:
    """`including 128,000 newly displaced and 39,000 displaced twice`: the word right behind a part speaks of that part only."""
    last = state.last
    if last is None or last.parent is None or last in state.pending or resolve(last.parent) is None:
        return False
    between = state.items[last.after : here]
    return not between or (state.items[here].entry.metric not in CASUALTIES and all(i.flags & _BETWEEN for i in between))


def _dies(state: State, metric: Metric, here: int) -> bool:
    """`one of the wounded has died`: no part of the wounded any more."""
    last = state.last
    if metric is not Metric.KILLED or last is None or not last.partitive or last.parent is None or last in state.pending:
        return False
    between = state.items[last.after : here]
    return resolve(last.parent) in (Metric.INJURED, Metric.KILLED_OR_INJURED) and all(i.flags & _BETWEEN for i in between)


def _is_said_of_part(state: State, here: int) -> bool:
    """`200 people, of whom 37 are still missing`: nothing happened to the whole, so the word speaks of its part alone."""
    last = state.last
    if last is None or last.parent is None or last.at < 1 or resolve(last.parent) is not None:
        return False
    lead = state.items[last.at - 1]
    if not (lead.flags & bit.INCLUDE and state.text.words[lead.first].norm == "of"):
        return False
    between = state.items[last.after : here]
    return bool(between) and all(i.flags & (bit.BE | bit.HAVE | bit.ADVERB | bit.STOP) for i in between)


def _reassign(state: State, quantity: Quantity, metric: Metric, here: int) -> None:
    if quantity.bare and quantity.metric is not None and quantity.metric is not metric:
        quantity.groups = [group._replace(sex=None, age=None, role="") for group in quantity.groups]  # `killed a woman and left six hurt`
    quantity.metric, quantity.trigger, quantity.rule = metric, words_at(state, here), "subject of the word right behind it"
    state.last_metric, state.last_trigger = metric, quantity.trigger


def assign(state: State, quantity: Quantity, metric: Metric, at: int | None, rule: str) -> None:
    """Says what happened to a quantity, by which word and rule."""
    quantity.metric, quantity.rule = metric, rule
    quantity.trigger = words_at(state, at) if at is not None else None
    state.last_metric, state.last_trigger = metric, quantity.trigger


def _take(state: State, metric: Metric, here: int) -> None:
    """Everything that waits gets this metric; an unknown noun only from a word that is said of people alone."""
    of_things = bool(state.items[here].flags & bit.ALSO_OF_THINGS)
    families = False
    for quantity in state.pending:
        families = quantity.household = quantity.household or (families and quantity.bare)  # "500 families in A and 200 in B fled"
        if quantity.unknown and (of_things or (quantity.implicit and metric not in PERSONAL)):
            continue
        assign(state, quantity, metric, here, "subject of the word after it")
        if quantity.bare:
            quantity.groups = quantity.groups or _counted_between(state, quantity, here)
        quantity.hypothetical = quantity.hypothetical or state.modal
    state.pending.clear()
    state.modal = False


def say_more(state: State, here: int) -> None:
    """A place of shelter, an arrival, a rescue: of those who wait, or of those the words before already count."""
    if state.items[here].flags & bit.REST:
        if here and state.items[here - 1].flags & bit.PAUSE:
            state.pending.clear()  # `thirty survivors were picked up; the rest remain missing`
        return
    if state.items[here].flags & bit.SPARED:
        doing = state.text.words[state.items[here].last - 1].norm.endswith("ing")  # `a nurse, who was treating the wounded, was killed`
        if is_passive(state, here) and not doing:
            state.pending.clear()  # "nine people were rescued and 340 evacuated"
        return
    if state.items[here].flags & bit.ARRIVE:
        if (arrived := arrives(state, here)) is not None:
            _reassign(state, *arrived, here)
        return
    guest = stays(state, here)
    if guest is not None and guest in state.pending:
        _take(state, Metric.SHELTERED, here)
    elif guest is not None:
        _reassign(state, guest, Metric.SHELTERED, here)


def _counted_between(state: State, quantity: Quantity, here: int) -> list[Group]:
    """`bringing to six the number of guards killed`: whom a number before `number of` counts."""
    between = state.items[quantity.after : here]
    counted = any(i.flags & bit.COUNT_OF for i in between)
    return [i.entry.group for i in between if i.entry.group is not None] if counted else []


def settle(state: State) -> None:
    """What waits at the end of a clause goes with the last metric when it continues its list: `three in A, two in B`."""
    if state.last_metric is not None:
        for quantity in state.pending:
            if not quantity.guessed and (quantity.bare or quantity.others or quantity.people) and _continues(state, quantity):
                _assign_same(state, quantity)
    state.pending.clear()


def _assign_same(state: State, quantity: Quantity) -> None:
    quantity.metric, quantity.trigger, quantity.rule = state.last_metric, state.last_trigger, "continues the list before it"
    before = [q for q in state.found if q.at < quantity.at and (q.metric is state.last_metric or q.parent is not None)]
    earlier = before[-1] if before else None
    if earlier is not None and quantity.bare:
        quantity.groups, quantity.parent, quantity.part_of = earlier.groups, earlier.parent, earlier.part_of
        quantity.household, quantity.partitive = earlier.household, earlier.partitive


def _continues(state: State, quantity: Quantity) -> bool:
    """The words before a left-over quantity are those of a list: a comma, `and`, a place; or `and state media three`."""
    if state.items[quantity.at].flags & bit.AND:
        return True  # Arabic wa- is glued to its word
    back = quantity.at - 1
    while back > 0 and state.items[back].entry.hedge_before is not None:
        back -= 1
    if quantity.high is not None and back > 0 and state.items[back].flags & bit.PREPOSITION:
        back -= 1  # `between 300 and 400`
    if quantity.bare and back > 0 and quantity.after >= len(state.items) - 1:  # `and state media three`, `the monitor counts 300`
        if state.items[back].flags & bit.SAYS:
            return True
        back -= bool(state.items[back].entry.organisation)
    return back >= 0 and bool(state.items[back].flags & (bit.COMMA | bit.AND | bit.COLON | bit.DASH | bit.PAUSE))
