"""What is said of each claim in one language: its voice, number, people, place and time, as phrases that sentences are built from.

A phrase depends on few columns, so it is put into words once per distinct combination and spread over the claims by number.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ingest.compare.claims.area import Form
from ingest.compare.claims.columns import UNKNOWN_DAY, distinct_rows
from ingest.compare.claims.comparable import Claims
from ingest.compare.claims.names import Names
from ingest.compare.claims.relation import Floats, Ints, Texts
from ingest.compare.claims.vocabularies import BASIS, KIND, METRIC, QUALIFIER, STATUS, UNIT
from ingest.compare.telling.agreement import alone
from ingest.compare.telling.moments import again, phrase_of_time
from ingest.compare.telling.words import Number, Wording, joined
from ingest.model.claims import NAMELESS
from ingest.model.vocabulary import Age, GroupStatus, Kind, Metric, Qualifier, Sex, Unit

_NAMED_DIVISIONS = 4
_LABEL_AXIS, _HELD_AXIS = 6, 7
_HALVES = frozenset({"counted", "rest"})
_BY_SEX = {Sex.FEMALE: ("girl", "woman"), Sex.MALE: ("boy", "man")}
_BY_AGE = {Age.CHILD: "child", Age.ELDERLY: "elderly"}


@dataclass(frozen=True, slots=True)
class Said:
    """Phrases by number: `words` holds each once, `number` which of them each claim has."""

    number: Ints
    words: Texts

    def at(self, positions: Ints) -> Texts:
        """The phrases of the claims at these positions."""
        return self.words[self.number[positions]]

    def all(self) -> Texts:
        """The phrase of every claim."""
        return self.words[self.number]


class Phrases:
    """The phrases of the claims at `rows`, in one language; positions below are into `rows`."""

    def __init__(self, claims: Claims, rows: Ints, wording: Wording, names: Names) -> None:
        self._claims, self._wording = claims, wording
        self.rows, self.names = rows, names
        self._named_in = str(wording.tables["names"])

    def _by(self, columns: list[Ints], say: Callable[[int], str]) -> Said:
        """One phrase per distinct combination of the columns; `say` gets the position of a claim that has it."""
        number, first = distinct_rows(*columns)
        return Said(number, np.array([*(say(int(at)) for at in first), ""], dtype=object)[:-1])

    def _column(self, name: str) -> Texts:
        return self._claims.columns.texts(name)[self.rows]

    def _code(self, name: str) -> Ints:
        return self._claims.columns.codes(name)[self.rows]

    @cached_property
    def voice(self) -> Said:
        """v: who claims it; a voice without a name is told by where it was read."""
        source, publisher = self._column("claimed_source"), self._column("publisher")

        def say(at: int) -> str:
            if source[at] in NAMELESS:
                form = self._wording.of("voice" if publisher[at] else "voice_alone", str(source[at]) or "unattributed")
                return form.format(publisher=self.names.organisation(str(publisher[at]), self._named_in))
            return self.names.organisation(str(source[at]), self._named_in)

        return self._by([self._code("claimed_source"), self._code("publisher")], say)

    @cached_property
    def possessive(self) -> Said:
        """i: whose number it is."""
        tables = self._wording.tables
        sibilant = tuple(tables["sibilants"])
        words = [
            str(tables["possessive_s" if str(name).endswith(sibilant) else "possessive"]).format(name=name) for name in self.voice.words
        ]
        return Said(self.voice.number, np.array([*words, ""], dtype=object)[:-1])

    @cached_property
    def publisher(self) -> Said:
        """p: where it was read."""
        publisher = self._column("publisher")
        return self._by([self._code("publisher")], lambda at: self.names.organisation(str(publisher[at]), self._named_in))

    @cached_property
    def noun(self) -> Said:
        """The key of the noun for the people or things counted."""
        status, role = self._claims.axes[self.rows, 0], self._column("group_role")
        sex, age, unit = self._column("group_sex"), self._column("group_age"), self._claims.unit[self.rows]
        metric, nouns = self._claims.metric[self.rows], self._wording.tables["noun"]
        statuses = {STATUS[GroupStatus.CIVILIAN]: "civilian", STATUS[GroupStatus.COMBATANT]: "combatant"}

        def say(at: int) -> str:
            if unit[at] != UNIT[Unit.PERSON]:
                things = "facility" if metric[at] == METRIC[Metric.FACILITY_HIT] else "incident"
                return "household" if unit[at] == UNIT[Unit.HOUSEHOLD] else things
            if role[at] in nouns:
                return str(role[at])
            if sex[at] in _BY_SEX and age[at] != Age.ELDERLY:
                return _BY_SEX[Sex(sex[at])][0 if age[at] == Age.CHILD else 1]
            return _BY_AGE[Age(age[at])] if age[at] in _BY_AGE else statuses.get(int(status[at]), "people")

        return self._by([status, unit, metric, *(self._code(f"group_{axis}") for axis in ("role", "sex", "age"))], say)

    def _valued(self, short: bool) -> Said:
        claims, rows, wording, noun = self._claims, self.rows, self._wording, self.noun
        low, high, best = (end[rows] for end in claims.said)
        open_high, hedge, word = claims.open_high[rows], self._column("qualifier"), self._column("value_text")
        words = np.where(claims.qualifier[rows] == QUALIFIER[Qualifier.VAGUE], self._code("value_text"), 0)
        keys = [_whole_numbers(end) for end in (low, high, best)]
        number, at = distinct_rows(self._code("qualifier"), *keys, open_high.astype(np.int64), noun.number * (not short), words)
        ends = ([None if end < 0 else end for end in key[at].tolist()] for key in keys)
        stated = map(Number, hedge[at], *ends, open_high[at].tolist(), word[at])
        said = [wording.value(one, noun_of, short=short) for one, noun_of in zip(stated, noun.words[noun.number[at]], strict=True)]
        return Said(number, np.array([*said, ""], dtype=object)[:-1])

    @cached_property
    def value(self) -> Said:
        """The number with its hedge and its noun."""
        return self._valued(short=False)

    @cached_property
    def short(self) -> Said:
        """x: the number with its hedge."""
        return self._valued(short=True)

    @cached_property
    def aside(self) -> Said:
        """What narrows the count beyond its noun: side, nationality, label, the party held responsible for a part of a total."""
        claims, rows, wording = self._claims, self.rows, self._wording
        axes, noun, held = claims.axes[rows], self.noun, self.held
        side, role, nationality, label = (self._column(f"group_{axis}") for axis in ("side", "role", "nationality", "label"))

        def say(at: int) -> str:
            named = (
                wording.of("by", "side").format(text=self.names.side(str(side[at]), wording.language, self._named_in)) if side[at] else ""
            )
            parts: list[str] = []
            if role[at] and noun.words[noun.number[at]] != role[at]:
                parts.append(wording.of("by", "role").format(text=str(role[at]).replace("_", " ")))
            if nationality[at]:
                parts.append(wording.of("by", "nationality").format(text=nationality[at]))
            if axes[at, _LABEL_AXIS] and label[at]:
                parts.append(str(wording.tables["quoted"]).format(text=label[at]))
            if axes[at, _HELD_AXIS] and held.words[held.number[at]]:
                parts.append(wording.of("by", "held").format(text=held.words[held.number[at]]))
            return named + (str(wording.tables["aside"]).format(text=str(wording.tables["comma"]).join(parts)) if parts else "")

        labels = np.where(axes[:, _LABEL_AXIS] > 0, self._code("group_label"), 0)
        return self._by([claims.group[rows], noun.number, held.number, labels], say)

    @cached_property
    def held(self) -> Said:
        """h: the party held responsible; a wording of the source's own stands in quotation marks."""
        perpetrator, side = self._column("perpetrator"), self._claims.held[self.rows]

        def say(at: int) -> str:
            word = str(perpetrator[at]).strip()
            if not word or side[at] >= 0:
                return self.names.side(word, self._wording.language, self._named_in) if word else ""
            return str(self._wording.tables["quoted"]).format(text=word)

        return self._by([self._code("perpetrator")], say)

    def _of_metric(self, table: str) -> Said:
        metric, words = self._claims.metric[self.rows], list(METRIC)
        return self._by([metric], lambda at: self._wording.of(table, words[int(metric[at])]))

    @cached_property
    def what(self) -> Said:
        """What happened to those counted, in agreement with them."""
        metric, words, noun, one = self._claims.metric[self.rows], list(METRIC), self.noun, alone(self._claims, self.rows, self._wording)
        return self._by(
            [metric, noun.number, one.astype(np.int64)],
            lambda at: self._wording.what(words[int(metric[at])], str(noun.words[noun.number[at]]), plural=not one[at]),
        )

    @cached_property
    def after(self) -> Said:
        """What is still to be said of what happened, where a language says it in two parts."""
        return self._of_metric("after")

    def _pieces(self, template: str) -> Iterator[tuple[str, str]]:
        """A template of the language, with the pieces of the halves of a claim in their place."""
        for literal, slot in self._wording.pieces(str(self._wording.tables[template])):
            if slot in _HALVES:
                yield literal, ""
                yield from self._pieces(slot)
            else:
                yield literal, slot

    def _filled(self, template: str) -> Texts:
        """A template of the language filled for every claim; its slots are phrases of this class."""

        def fill(slot: str) -> Texts:
            said: Said = getattr(self, slot)  # voice, value, aside, what, after, where, when
            return said.all()

        return joined(list(self._pieces(template)), fill, len(self.rows))

    @cached_property
    def counted(self) -> Texts:
        """n: the value as it stands first in the claim."""
        return self._filled("counted")

    @cached_property
    def rest(self) -> Texts:
        """m: what follows the value: whom exactly, and what happened to them."""
        return self._filled("rest")

    @cached_property
    def claim(self) -> Texts:
        """A, B: the whole claim."""
        return self._filled("claim")

    @cached_property
    def who(self) -> Said:
        """g: whom the claim counts, where two claims count different people."""
        status, noun, aside, words = self._claims.axes[self.rows, 0], self.noun, self.aside, list(STATUS)

        def say(at: int) -> str:
            key = str(noun.words[noun.number[at]])
            people = self._wording.of("who", words[int(status[at])]) if key == "people" else ""
            named = people or self._wording.of("who", "noun").format(noun=self._wording.noun(key, None))
            return named + str(aside.words[aside.number[at]])

        return self._by([status, noun.number, aside.number], say)

    @cached_property
    def place(self) -> Said:
        """The place by name; empty where none is stated."""
        area, form = self._claims.area[self.rows], self._claims.areas.form
        names = ("place_id", "place_name", "place_text", "language", "coverage_area")
        identity, name, text, language, coverage = (self._column(column) for column in names)

        def say(at: int) -> str:
            divisions = self._divisions(str(coverage[at])) if form[area[at]] == Form.DIVISIONS else ""
            original = str(text[at]) if language[at] == self._wording.language else ""
            by_name = str(name[at]) if self._named_in != "ar" else ""  # a row names its place in English
            found = self.names.place(str(identity[at]), self._named_in) or by_name or divisions or original
            return found or str(name[at]) or str(text[at])

        return self._by([area, *(self._code(column) for column in names)], say)

    def _divisions(self, coverage: str) -> str:
        """The first-level divisions of a set by name; empty where one has none."""
        wording = self._wording
        names = [self.names.place(one.strip(), self._named_in) for one in coverage.split(";") if one.strip()]
        if not names or not all(names):
            return ""
        left = len(names) - _NAMED_DIVISIONS
        return wording.listed(names[:_NAMED_DIVISIONS]) + (str(wording.tables["more"]).format(count=left) if left > 0 else "")

    @cached_property
    def exact_place(self) -> Said:
        """q: the place and what sort of place it is, or that it is not stated."""
        place, precision = self.place, self._column("place_precision")

        def say(at: int) -> str:
            name, sort = str(place.words[place.number[at]]), self._wording.of("place", str(precision[at]))
            return (name + (str(self._wording.tables["aside"]).format(text=sort) if sort else "")) or str(
                self._wording.tables["not_stated"]
            )

        return self._by([place.number, self._code("place_precision")], say)

    @cached_property
    def where(self) -> Said:
        """l: in, from or to the place."""
        place, role, precision = self.place, self._column("place_role"), self._column("place_precision")

        def say(at: int) -> str:
            name, how = place.words[place.number[at]], str(role[at]) or "location"
            form = self._wording.of("where", f"{how}_{precision[at]}") or self._wording.of("where", how)
            return form.format(place=name) if name else ""

        return self._by([place.number, self._code("place_role"), self._code("place_precision")], say)

    def _timed(self, *, repeated: bool) -> Said:
        claims, rows, kinds = self._claims, self.rows, [Kind(word) for word in KIND]
        kind, start, day = (column[rows] for column in (claims.kind, claims.window_start, claims.day))
        inferred = claims.as_of_inferred[rows]
        incident = kind == KIND[Kind.INCIDENT]
        first, last = (np.where(incident, column[rows], UNKNOWN_DAY) for column in (claims.event_start, claims.event_end))

        def say(at: int) -> str:
            days = int(start[at]), int(day[at])
            event = int(first[at]), int(last[at])
            form, span = phrase_of_time(kinds[int(kind[at])], bool(inferred[at]), days, event)
            form = again(form) if repeated and self._wording.of("when", again(form)) else form
            return self._wording.of("when", form).format(**self._wording.span(*span))

        return self._by([kind, inferred.astype(np.int64), start, day, first, last], say)

    @cached_property
    def when(self) -> Said:
        """w: the day, window or as-of day."""
        return self._timed(repeated=False)

    @cached_property
    def again(self) -> Said:
        """y: the same where the window has just been said."""
        return self._timed(repeated=True)

    @cached_property
    def first_day(self) -> Said:
        """f: the day a total or period counts from."""
        start = self._claims.window_start[self.rows]
        return self._by([start], lambda at: self._wording.day(int(start[at])))

    @cached_property
    def bare(self) -> Said:
        """e: the number stated, without its hedge; the words of a claim that states none."""
        best, short = self._claims.best[self.rows], self.short

        def say(at: int) -> str:
            return str(short.words[short.number[at]]) if np.isnan(best[at]) else self._wording.whole(int(best[at]))

        return self._by([_whole_numbers(best), short.number], say)

    @cached_property
    def window(self) -> Said:
        """c: what the source calls its window."""
        text = self._column("window_text")
        return self._by([self._code("window_text")], lambda at: str(self._wording.tables["quoted"]).format(text=text[at]))

    def label(self, slot: str) -> Said:
        """t, k, u, s: the words for metric, kind, unit and basis."""
        table, numbers, words = {
            "t": ("metric", self._claims.metric, METRIC),
            "k": ("kind", self._claims.kind, KIND),
            "u": ("unit", self._claims.unit, UNIT),
            "s": ("basis", self._claims.basis, BASIS),
        }[slot]
        names, column = list(words), numbers[self.rows]
        return self._by([column], lambda at: self._wording.of(table, names[int(column[at])]))


def _whole_numbers(values: Floats) -> Ints:
    return np.nan_to_num(values, nan=-1).astype(np.int64)
