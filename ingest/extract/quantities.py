"""Numbers with their hedge and their noun phrase: how many of whom, before anything is said of what happened to them."""

from dataclasses import dataclass, field

from ingest.extract.entries import BIT, Group
from ingest.extract.items import Item
from ingest.extract.sentences import Text
from ingest.extract.tokens import NUMBER, WORD
from ingest.extract.when import When
from ingest.model.vocabulary import GroupStatus, Metric, PartOf, Qualifier

_ENDS_PHRASE = (
    BIT["be"] | BIT["have"] | BIT["and"] | BIT["or"] | BIT["boundary"] | BIT["preposition"] | BIT["by"] | BIT["comma"] | BIT["open"] | BIT["close"]
    | BIT["colon"] | BIT["leave"] | BIT["modal"] | BIT["include"] | BIT["partition"] | BIT["dash"] | BIT["cites"] | BIT["pronouns"]
)  # fmt: skip
_RELATIVES = Group(status=GroupStatus.CIVILIAN)
_ARMED = Group(status=GroupStatus.COMBATANT)
_LONGEST_PHRASE = 9
_FEW = 10
_NOT_PEOPLE_BEFORE = BIT["money"] | BIT["population"]


@dataclass(slots=True, eq=False)
class Quantity:
    """A number of people as one noun phrase says it. Indices are into the sentence's items unless said otherwise.

    `value` is the stated number, `high` the second one of a range, `vague` the interval of a vague word; all None for a
    claim without a number. `first_word`/`last_word` delimit the number itself, `text_word` where its hedge begins.
    """

    at: int
    after: int
    first_word: int
    last_word: int
    text_word: int
    label: tuple[int, int]
    value: int | None = None
    high: int | None = None
    vague: tuple[int | None, int | None] | None = None
    qualifier: Qualifier = Qualifier.EXACT
    groups: list[Group] = field(default_factory=list)
    own_metric: Metric | None = None
    adjectival: bool = False
    household: bool = False
    implicit: bool = False
    bare: bool = False
    unknown: bool = False
    others: bool = False
    definite: bool = False
    partitive: bool = False
    zero: bool = False
    unnumbered: bool = False

    metric: Metric | None = None
    trigger: tuple[int, int] | None = None
    rule: str = ""
    parent: "Quantity | None" = None
    part_of: PartOf | None = None
    parts_complete: bool = False
    restates: "Quantity | None" = None
    hypothetical: bool = False
    earlier: bool = False
    when: When | None = None
    sentence: int = 0

    @property
    def amount(self) -> int:
        """The number to compare sizes with: the stated one, or the low end."""
        if self.value is not None:
            return self.value
        return (self.vague[0] or 0) if self.vague else 0

    @property
    def people(self) -> bool:
        """Whether the words say that these are people."""
        return bool(self.groups) or self.household or self.others


def find(items: list[Item], text: Text) -> list[Quantity]:
    """The quantities of a sentence that can be people, in order; numbers of things, dates, money and the like are left out."""
    found: list[Quantity] = []
    here = 0
    while here < len(items):
        if items[here].flags & BIT["label"] and text.words[items[here].first].norm in ("aged", "ages", "age"):
            here = _after_ages(items, here + 1)
            continue
        quantity = _at(items, here, text)
        if quantity is not None:
            found.append(quantity)
            here = max(quantity.after, here + 1)
        else:
            here += 1
    return found


def _after_ages(items: list[Item], here: int) -> int:
    """`aged 3, 5 and 6`, `aged between 5 and 17`: every bare number of the list is an age."""
    while here < len(items) and (items[here].number is not None or items[here].flags & (BIT["comma"] | BIT["and"] | BIT["preposition"] | BIT["dash"] | BIT["or"])):
        if items[here].number is None and not any(i.number is not None for i in items[here + 1 : here + 3]):
            break
        if here + 1 < len(items) and items[here].number is not None and items[here + 1].entry.group is not None:
            break
        here += 1
    return here


def _at(items: list[Item], here: int, text: Text) -> Quantity | None:
    item = items[here]
    if item.number is not None:
        return _numbered(items, here, text)
    if item.entry.vague is not None:
        return _vague(items, here, text)
    if item.flags & (BIT["article"] | BIT["one"]):
        return _single(items, here, text)
    if item.flags & BIT["negation"]:
        return _none(items, here, text)
    if item.flags & (BIT["dual"] | BIT["bare"]):
        return _unspoken(items, here, text)
    return None


def _numbered(items: list[Item], here: int, text: Text) -> Quantity | None:
    item = items[here]
    after, high = here + 1, None
    if _is_excluded_before(items, here, text) or _is_clock(items, here, text):
        return None
    if (second := _range(items, here, text)) is not None:
        high, after = items[second].number, second + 1
    elif _is_ratio(items, here, text):
        return None
    quantity = Quantity(here, after, item.first, items[after - 1].last, item.first, (0, 0), value=item.number, high=high)
    if not _noun_phrase(items, after, text, quantity) or _is_rate(items, quantity.after, text):
        return None
    if quantity.bare:
        _predicate(items, quantity)
    if here and items[here - 1].flags & BIT["family_of"]:
        quantity.groups.insert(0, _RELATIVES)
    if _plain_year(items, here, text) and not quantity.people:
        return None
    _hedges(items, here, text, quantity)
    if high is not None:
        quantity.qualifier = Qualifier.RANGE
    return quantity


def _predicate(items: list[Item], quantity: Quantity) -> None:
    """`24 were civilians`: the noun stands behind the verb."""
    at = quantity.after
    if at + 1 < len(items) and items[at].flags & BIT["be"] and (group := items[at + 1].entry.group) is not None and group.noun:
        further = items[at + 2] if at + 2 < len(items) else None
        if further is None or further.entry.metric is None:
            quantity.groups, quantity.after, quantity.bare = [group], at + 2, False
            quantity.label = (items[at + 1].first, items[at + 1].last)


def _vague(items: list[Item], here: int, text: Text) -> Quantity | None:
    item = items[here]
    quantity = Quantity(here, here + 1, item.first, item.last, item.first, (0, 0), vague=item.entry.vague, qualifier=Qualifier.VAGUE)
    quantity.unnumbered = bool(item.flags & BIT["unnumbered"])
    after = here + 1
    if after < len(items) and items[after].flags & BIT["of"]:
        after += 1
    if not _noun_phrase(items, after, text, quantity) or _is_excluded_before(items, here, text):
        return None
    quantity.partitive = False
    return quantity


def _single(items: list[Item], here: int, text: Text) -> Quantity | None:
    """`a child`, `another soldier`, `an Afghan militiaman`: one, but only where the noun is a person."""
    item = items[here]
    quantity = Quantity(here, here + 1, item.first, item.last, item.first, (0, 0), value=1, implicit=True)
    if not _noun_phrase(items, here + 1, text, quantity) or not quantity.groups or quantity.household or _is_excluded_before(items, here, text):
        return None
    head = text.words[items[quantity.after - 1].last - 1].norm if quantity.after > here + 1 else ""
    plural = head.endswith("s") and text.words[item.first].norm in ("a", "an") and quantity.groups[-1].others
    # `a police force`: an adjective of people without a person
    return quantity if quantity.groups[-1].noun and not plural else None


def _unspoken(items: list[Item], here: int, text: Text) -> Quantity | None:
    """Arabic nouns that are a number: the dual (`two children`), and a singular that a trigger or a list calls (`killed: a child`)."""
    item, two = items[here], bool(items[here].flags & BIT["dual"])
    before = items[here - 1] if here else None
    called = before is not None and (before.entry.metric is not None or bool(before.flags & BIT["include"]) or bool(item.flags & BIT["and"]))
    if text.words[item.first].prefix.endswith("ال") or not (two or called) or item.entry.group is None:
        return None
    quantity = Quantity(here, here + 1, item.first, item.last, item.first, (item.first, item.last), value=2 if two else 1, implicit=True, groups=[item.entry.group])
    following = items[here + 1] if here + 1 < len(items) else None
    if following is not None and following.number in (1, 2) and following.entry.unit is not None and not following.flags & BIT["and"]:
        quantity.after = here + 2  # شخص واحد, مدنيان اثنان
    return quantity


def _none(items: list[Item], here: int, text: Text) -> Quantity | None:
    """`no casualties`, `no one was killed`: an explicit zero."""
    item = items[here]
    if text.words[item.first].norm not in ("no", "zero", "without", "لا", "دون"):
        return None
    quantity = Quantity(here, here + 1, item.first, item.last, item.first, (0, 0), value=0, zero=True)
    if not _noun_phrase(items, here + 1, text, quantity):
        return None
    return quantity if quantity.own_metric is not None or quantity.groups else None


def _noun_phrase(items: list[Item], here: int, text: Text, quantity: Quantity) -> bool:
    """Reads whom a number counts from item `here` on; False when it counts things, not people."""
    start, plain = here, 0
    while here < len(items) and here - start < _LONGEST_PHRASE:
        item, entry, flags = items[here], items[here].entry, items[here].flags
        word = text.words[item.first]
        if here == start and (flags & BIT["include"] or (flags & BIT["of"] and _of_people(items, here))):
            quantity.partitive = True
            here = _read_partitive(items, here, quantity)
            break
        if entry.hedge_after is not None and here == start and not entry.flags & BIT["and"]:
            quantity.qualifier = entry.hedge_after
            here += 1
            continue
        if entry.hedge_before is not None and here == start and entry.group is None:
            here += 1
            continue
        if entry.metric is not None and not (entry.group is not None and _is_adjectival(items, here)):
            if entry.role == "head" or (entry.role in ("either", "after") and _is_adjectival(items, here)):
                quantity.own_metric = entry.metric
                quantity.adjectival = entry.role != "head"
                if entry.group is not None:
                    quantity.groups.append(entry.group)
                here += 1
                if entry.role == "head":
                    break
                continue
            break
        if entry.group is not None:
            quantity.others |= entry.group.others
            quantity.household |= entry.group.household
            if not entry.group.others and not entry.group.household:
                quantity.groups.append(entry.group)
            here += 1
            if _goes_on(items, here, entry.group):
                continue
            if here < len(items) and items[here].flags & BIT["of"] and _has_members(text, item):
                here = _complement(items, here + 1, text, quantity)
            break
        if item.number is not None and quantity.implicit and here + 1 < len(items) and text.words[items[here + 1].first].norm.startswith("year"):
            here += 2  # an 11 year-old child
            continue
        if flags & BIT["thing"]:
            if here + 1 < len(items) and items[here + 1].entry.group is not None and not items[here + 1].entry.group.others:
                here += 1
                continue
            return False
        if flags & BIT["percent"] or flags & BIT["money"] or word.norm.startswith(("year-old", "years-old", "-year")):
            return False
        if flags & BIT["and"] and plain and not quantity.groups and _joins_adjectives(items, here):
            here += 1
            continue
        if flags & _ENDS_PHRASE or item.number is not None or item.when is not None or flags & BIT["stop"] or flags & BIT["of"] or entry.vague is not None:
            break
        if flags & (BIT["article"] | BIT["definite"] | BIT["negation"] | BIT["one"] | BIT["says"]) or (word.kind not in (WORD, NUMBER) and not flags & BIT["quote"]):
            break
        plain += not flags & BIT["quote"]
        here += 1
    quantity.after = here
    quantity.label = (items[start].first, items[here - 1].last) if here > start else (0, 0)
    quantity.unknown = plain > 0 and not quantity.people
    quantity.bare = here == start
    return True


def _joins_adjectives(items: list[Item], here: int) -> bool:
    """`54 government and allied troops`."""
    ahead = items[here + 1 : here + 3]
    return len(ahead) > 1 and not ahead[0].flags and ahead[0].number is None and ahead[0].entry.metric is None and ahead[1].entry.group is not None


def _goes_on(items: list[Item], here: int, group: Group) -> bool:
    """Whether the noun phrase continues after this noun: adjectives need a noun, and nouns pile up (`police officers`)."""
    if here >= len(items):
        return False
    following = items[here]
    if group.others or group.household:
        return following.entry.group is not None
    if following.entry.group is not None and not following.flags & BIT["thing"]:
        return True
    return group.adjective and not following.flags & (_ENDS_PHRASE | BIT["stop"] | BIT["of"]) and following.entry.metric is None and following.when is None


def _is_adjectival(items: list[Item], here: int) -> bool:
    """`three wounded soldiers`: the participle stands before its noun."""
    following = items[here + 1] if here + 1 < len(items) else None
    return following is not None and following.entry.group is not None and not following.entry.group.others and following.entry.metric is None


def _of_people(items: list[Item], here: int) -> bool:
    """`two of the dead`, `three of their fighters`."""
    rest = items[here + 1 : here + 4]
    return bool(rest) and bool(rest[0].flags & (BIT["definite"] | BIT["pronouns"])) and any(i.entry.group or i.entry.metric or i.number is not None for i in rest)


def _read_partitive(items: list[Item], here: int, quantity: Quantity) -> int:
    """After `three of them`: `(were) children` says which part."""
    here += 1
    start = here
    while here < len(items) and here - start < 4:
        item = items[here]
        if item.entry.group is not None:
            quantity.groups.append(item.entry.group)
            return here + 1
        if item.entry.metric is not None and item.entry.role == "head":
            return here + 1
        if not item.flags & (BIT["be"] | BIT["article"] | BIT["definite"] | BIT["stop"]) and item.number is None:
            break
        here += 1
    return start


def _has_members(text: Text, item: Item) -> bool:
    return text.words[item.last - 1].norm in _MEMBERS


_MEMBERS = frozenset("member members personnel staff fighters soldiers troops militants elements officers figures leaders leader commander commanders fighter soldier militiamen employees employee volunteers volunteer people children citizens civilians nationals workers relatives عناصر عنصر افراد".split())


def _complement(items: list[Item], here: int, text: Text, quantity: Quantity) -> int:
    """`members of the Internal Security Forces`: whatever the complement says of sides and armed groups counts."""
    start = here
    while here < len(items) and here - start < _LONGEST_PHRASE:
        item = items[here]
        if item.flags & BIT["kin"]:
            quantity.groups.insert(0, _RELATIVES)
        elif item.flags & BIT["armed"] and not item.flags & BIT["and"]:
            quantity.groups.insert(0, _ARMED)
        elif item.entry.group is not None:
            quantity.groups.insert(0, item.entry.group)
        elif item.entry.metric is not None or item.number is not None or item.when is not None:
            break
        elif item.flags & (_ENDS_PHRASE | BIT["stop"]) and not item.flags & (BIT["definite"] | BIT["quote"]):
            break
        here += 1
    return here


def _hedges(items: list[Item], here: int, text: Text, quantity: Quantity) -> None:
    """Hedges right before the number; the first that says something wins, and the quoted value text begins there."""
    back = here - 1
    while back >= 0 and items[back].entry.hedge_before is not None:
        hedge = items[back].entry.hedge_before
        quantity.text_word = items[back].first
        if hedge is not Qualifier.EXACT and quantity.qualifier is Qualifier.EXACT:
            quantity.qualifier = hedge
        back -= 1
    quantity.definite = back >= 0 and bool(items[back].flags & BIT["definite"])
    if quantity.after < len(items):
        hedge = items[quantity.after].entry.hedge_after
        if hedge is not None and quantity.qualifier is Qualifier.EXACT and text.words[items[quantity.after].first].norm != "plus":
            quantity.qualifier = hedge


def _is_excluded_before(items: list[Item], here: int, text: Text) -> bool:
    """What stands before says that this is no count of people: money, labels, populations, agents, ages."""
    back = here - 1
    while back >= 0 and items[back].entry.hedge_before is not None:
        back -= 1
    if back < 0:
        return False
    before = items[back]
    if before.flags & _NOT_PEOPLE_BEFORE or before.flags & BIT["by"]:
        return True
    if before.flags & BIT["label"]:
        glued = text.starts[items[here].first] - text.ends[before.last - 1] <= 1
        return glued and not (here + 1 < len(items) and items[here + 1].entry.group is not None)
    return before.flags & BIT["article"] > 0 and items[here].number is not None and items[here].entry.unit is None and not items[here].entry.fraction and items[here].flags & BIT["digits"] > 0 and _is_size(items, here)


def _is_size(items: list[Item], here: int) -> bool:
    """`a 12 ...`: a measure of something, unless people follow."""
    return not (here + 1 < len(items) and (items[here + 1].entry.group is not None or items[here + 1].entry.metric is not None))


def _is_clock(items: list[Item], here: int, text: Text) -> bool:
    """`4:30`, `5 am`."""
    if here + 1 < len(items):
        word = text.words[items[here + 1].first]
        if word.norm in ("am", "pm", "a.m", "p.m", "o'clock", "gmt"):
            return True
        if word.text == ":" and here + 2 < len(items) and items[here + 2].number is not None and text.ends[items[here + 1].first] == text.starts[items[here + 2].first]:
            return True
    return here > 1 and text.words[items[here - 1].first].text == ":" and items[here - 2].number is not None and text.ends[items[here - 1].first] == text.starts[items[here].first]


def _range(items: list[Item], here: int, text: Text) -> int | None:
    """Index of the second number of `800,000 to 1 million`, `60,000-80,000`, `between 300 and 450`, `two or three`."""
    if here + 2 >= len(items):
        return None
    first, second = items[here].number or 0, items[here + 2].number
    if second is None or second <= first:
        return None
    link = text.words[items[here + 1].first].norm
    before = text.words[items[here - 1].first].norm if here else ""
    if link in ("-", "–", "—") or (link in ("to", "الي") and before not in ("from", "rose", "من")) or (link in ("or", "او") and second - first <= _FEW):
        return here + 2
    return here + 2 if link in ("and", "و") and before in ("between", "بين") else None


def _is_ratio(items: list[Item], here: int, text: Text) -> bool:
    """`one in six`, `two out of three`."""
    words = [text.words[i.first].norm for i in items[here + 1 : here + 3]]
    follows = here + 2 < len(items) and items[here + 2].number is not None
    return (words[:1] == ["in"] and follows and items[here].number == 1 and items[here].entry.unit == 1) or words[:2] == ["out", "of"]


def _is_rate(items: list[Item], after: int, text: Text) -> bool:
    """`two women a day`, `40 people per day`."""
    if after + 1 >= len(items):
        return False
    lead, unit = items[after], text.words[items[after + 1].first].norm
    return (bool(lead.flags & BIT["article"]) or text.words[lead.first].norm in ("per", "each", "every")) and unit in ("day", "week", "month", "hour", "year")


def _plain_year(items: list[Item], here: int, text: Text) -> bool:
    word = text.words[items[here].first].text
    return len(word) == 4 and word.isdigit() and 1945 <= int(word) <= 2060
