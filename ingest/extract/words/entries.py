"""What a phrase can mean, and the TOML tables that say so."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from importlib.resources import files
from itertools import product
from typing import Any, Final, NamedTuple

from ingest.extract.words import bit, inflection, marks
from ingest.extract.words.tokens import tokenise
from ingest.model.vocabulary import Age, GroupStatus, Metric, Qualifier, Sex
from ingest.text.normalise import fold

_COUNTED: Final = bit.BACK | bit.SOME | bit.NOBODY
_LEXICON: Final = files("ingest.extract") / "lexicon"


class Group(NamedTuple):
    """What a word says of the people counted. `adjective` words may stand before another noun, and only `noun` words can be
    the noun themselves (`a civilian`, but `a military ...`); `household` counts families.
    """

    status: GroupStatus = GroupStatus.UNSTATED
    side: str = ""
    sex: Sex | None = None
    age: Age | None = None
    role: str = ""
    nationality: str = ""
    adjective: bool = False
    noun: bool = True
    household: bool = False
    others: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """Everything one phrase can mean; each stage picks the meaning it looks for."""

    phrase: tuple[str, ...]
    flags: int = 0
    metric: Metric | None = None
    role: str = ""
    group: Group | None = None
    side: str = ""
    hedge_before: Qualifier | None = None
    hedge_after: Qualifier | None = None
    vague: tuple[int | None, int | None] | None = None
    organisation: str = ""
    acronym: bool = False
    speaker: str = ""
    month: int = 0
    weekday: int | None = None
    relative: int | None = None
    stretch: int | None = None
    calendar: tuple[str, int, int] | None = None
    unit: int | None = None
    scale: int | None = None
    fraction: int | None = None
    share: float | None = None
    timed: bool = field(init=False)  # a month, a weekday, `yesterday`, `the past week`
    mark: int = field(init=False)  # what it says of its sentence

    def __post_init__(self) -> None:
        timed = bool(self.month or self.stretch or self.calendar) or self.weekday is not None or self.relative is not None
        object.__setattr__(self, "timed", timed)
        object.__setattr__(self, "mark", _mark_of(self))


def _mark_of(entry: Entry) -> int:
    """What a phrase says of its sentence."""
    counts = entry.metric is not None or entry.flags & _COUNTED
    numbers = (entry.vague, entry.unit, entry.scale, entry.fraction, entry.share)
    numbered = any(number is not None for number in numbers) or entry.flags & bit.MODAL
    told = entry.organisation or entry.flags & (bit.SAYS | bit.CITES)
    day = entry.weekday is not None or entry.relative is not None or entry.stretch is not None
    one = entry.flags & (bit.ARTICLE | bit.ONE | bit.POSSESSIVE)
    return (
        marks.COUNTS * bool(counts)
        | marks.NUMBERED * bool(numbered)
        | marks.TELLS * bool(told or day)
        | marks.ARTICLE * bool(one)
        | marks.PERSON * (entry.group is not None)
    )


PLAIN: Final = Entry(())


def phrase(form: str) -> tuple[str, ...]:
    """A surface form as the tuple of matching forms its tokens will have."""
    return tuple(fold(token.rstrip()) for token in tokenise(form)[0])


def expand(form: str) -> Iterator[str]:
    """The forms that a row with alternatives stands for: `suffered (a|two|) wound(|s)`."""
    parts = re.split(r"\(([^()]*)\)", form)
    for chosen in product(*(part.split("|") if at % 2 else (part,) for at, part in enumerate(parts))):
        yield " ".join("".join(chosen).split())


def merge(one: Entry, other: Entry) -> Entry:
    """Both meanings of a phrase met twice; the later table wins where both say something."""
    changes: dict[str, Any] = {"flags": one.flags | other.flags}
    for name in (one.name for one in fields(Entry) if one.init):
        value = getattr(other, name)
        if (name not in ("phrase", "flags") and value not in (None, "") and value != 0) or (
            name in ("weekday", "relative", "unit") and value == 0
        ):
            changes[name] = value
    return replace(one, **changes)


def read_table(language: str, name: str) -> dict[str, Any]:
    """One TOML table of a language's lexicon."""
    return tomllib.loads((_LEXICON / language / f"{name}.toml").read_text(encoding="utf-8"))


def entries(language: str) -> Iterator[Entry]:
    """Every entry of a language's tables; a phrase may come more than once, to be merged."""
    yield from _triggers(language)
    yield from _groups(language)
    yield from _nationalities(language)
    yield from _flagged({"thing": read_table(language, "things")["forms"]})
    yield from _flagged(read_table(language, "words"))
    yield from _countries(language)
    yield from _hedges(language)
    yield from _vague(language)
    yield from _speech(language)
    yield from _times(language)
    yield from _numbers(language)


def _triggers(language: str) -> Iterator[Entry]:
    for row in read_table(language, "triggers")["trigger"]:
        for form in inflection.forms(row):
            flags = _number_of(form)
            yield from (Entry(phrase(text), metric=Metric(row["metric"]), role=row["role"], flags=flags) for text in expand(form.text))
        for verb in row.get("verbs", ()):
            yield from (Entry(phrase(form), metric=Metric(row["metric"]), role=row["role"]) for form in (verb, verb + "ت"))


def group_of(row: dict[str, Any]) -> Group:
    """A `[[group]]` row as a Group."""
    return Group(
        status=GroupStatus(row.get("status", "unstated")),
        side=row.get("side", ""),
        sex=Sex(row["sex"]) if "sex" in row else None,
        age=Age(row["age"]) if "age" in row else None,
        role=row.get("role", ""),
        adjective=row.get("adj", "") != "",
        noun=row.get("adj", "") != "only",
        household=row.get("household", False),
        others=row.get("others", False),
    )


def _groups(language: str) -> Iterator[Entry]:
    for row in read_table(language, "groups")["group"]:
        group = group_of(row)
        for form in inflection.forms(row):
            female = group._replace(sex=Sex("f")) if form.female and not group.household else group
            flags = _number_of(form) if row.get("singular", True) or form.says != 1 else 0
            yield Entry(phrase(form.text), group=female, flags=flags)


def _number_of(form: inflection.Form) -> int:
    """What an Arabic noun says of how many: the singular, the dual, or the ending that dual and plural share."""
    if form.says:
        return bit.DUAL if form.says == 2 else bit.BARE
    return bit.OBLIQUE if form.text.endswith("ين") else 0


def _nationalities(language: str) -> Iterator[Entry]:
    table = read_table(language, "nationalities") if (_LEXICON / language / "nationalities.toml").is_file() else {}
    for kind, rows in table.items():
        for code, forms in rows.items():
            group = Group(nationality=code, adjective=True, noun=kind == "nouns")
            for form in forms:
                yield Entry(phrase(form), group=group)


def _flagged(table: dict[str, list[str]]) -> Iterator[Entry]:
    for name, forms in table.items():
        for form in forms:
            yield Entry(phrase(form), flags=bit.BIT[name])


def _countries(language: str) -> Iterator[Entry]:
    """Names of countries and the like; in English also as owners (`Mali's`, and `Malis` where a copy lost its apostrophes)."""
    table = read_table(language, "countries")
    yield from _flagged(table)
    if language == "en":
        for name in ("country", "territory"):
            owners = [form + ending for form in table[name] for ending in ("'s", "s") if form[-1] != "s"]
            yield from _flagged({name: owners, "owner": owners})


def _hedges(language: str) -> Iterator[Entry]:
    table = read_table(language, "hedges")
    for name, forms in table["before"].items():
        for form in forms:
            yield Entry(phrase(form), hedge_before=Qualifier(name))
    for name, forms in table["after"].items():
        for form in forms:
            yield Entry(phrase(form), hedge_after=Qualifier(name))


def _vague(language: str) -> Iterator[Entry]:
    table = read_table(language, "vague")
    for form, bounds in table["words"].items():
        low, high = (*bounds, None, None)[:2]
        yield Entry(phrase(form), vague=(low, high))
    yield from _flagged({"unnumbered": table["unnumbered"]["forms"]})


def _speech(language: str) -> Iterator[Entry]:
    table = read_table(language, "speech")
    roles = table.pop("roles")
    yield from _flagged(table)
    for role, forms in roles.items():
        for form in forms:
            yield Entry(phrase(form), speaker=role)


def _times(language: str) -> Iterator[Entry]:
    table = read_table(language, "time")
    yield from _flagged(table["words"])
    for form, number in table["months"].items():
        yield Entry(phrase(form), month=number)
    for form, number in table["weekdays"].items():
        yield Entry(phrase(form), weekday=number)
    for form, days in table["relative"].items():
        yield Entry(phrase(form), relative=days)
    for form, days in table["spans"].items():
        yield Entry(phrase(form), stretch=days)
    for form, (sort, first, last) in table["calendar"].items():
        yield Entry(phrase(form), calendar=(sort, first, last))
    for form, number in table["hijri"].items():
        yield Entry(phrase(form), calendar=("hijri", number, 0))
    for form, (prefix, first, last) in table["glued"].items():
        for month, number in table["months"].items():
            yield Entry(phrase(f"{form}{month}"), month=number, calendar=(prefix, first, last))


def _numbers(language: str) -> Iterator[Entry]:
    table = read_table(language, "numbers")
    for form, value in table["units"].items():
        yield Entry(phrase(form), unit=value)
    for form, value in table["scales"].items():
        yield Entry(phrase(form), scale=value)
    for form, value in (*table["fractions"].items(), *_shares(table)):
        yield Entry(phrase(form), fraction=value)
    for form, share in table.get("parts", {}).items():
        yield Entry(phrase(form), share=share)
    yield from _flagged({"join": table["joins"]["words"]})


def _shares(table: dict[str, Any]) -> Iterator[tuple[str, int]]:
    """`three quarters of a million`, `two and a half million`: each share and each unit and a half with each scale."""
    for scale, size in table["scales"].items():
        for form, share in table.get("shares", {}).items():
            yield f"{form} {scale}", int(share * size)
        for half in table.get("halves", {}).get("forms", ()):
            yield from ((f"{unit} {half} {scale}", int((value + 0.5) * size)) for unit, value in table["units"].items() if 0 < value < 10)
