"""Where it happened: which place of its sentence a quantity belongs to, and what earlier sentences leave for later ones."""

from bisect import bisect
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from ingest.extract.people.quantity import Quantity
from ingest.extract.placing.chains import chained
from ingest.extract.placing.leads import Lead
from ingest.extract.placing.mentions import AREA, COUNTRY, REGION, TOWN, Mention, find
from ingest.extract.times.windows import Times
from ingest.extract.words.bit import bits
from ingest.extract.words.items import Item
from ingest.extract.words.sentences import Sentence, Text
from ingest.model.vocabulary import MOVEMENTS, Kind, PlaceRole
from ingest.places.gazetteer import Gazetteer

_SAYS: Final = bits("says tells boundary")
_NEAR: Final = 3  # items between a part and the place that is its own
_LEAD: Final = 3  # sentences that can say where a story plays
_PASSED: Final = 3  # sentences without figures that are looked up when a later one asks
WEIGHED: Final = 20  # mentions on either side of a quantity, and quantities on either side
_OPENS: Final = 2  # items between a place that opens a clause and the quantity of that clause
_SEASON: Final = 60  # days after which a running count is no longer that of one place's events


@dataclass(frozen=True, slots=True)
class Asked:
    """A quantity whose place is asked: its trigger's item, the item where what is the next one's begins, and its sentence's others.

    `followed` says that there is a next one, `goes_on` that the sentence tells more of the paragraph before.
    """

    quantity: Quantity
    trigger_at: int | None
    until: int
    followed: bool = False
    goes_on: bool = False
    others: Sequence[Quantity] = ()


@dataclass(slots=True)
class Whereabouts:
    """What a text has said of places so far.

    `scene` is where the last event was, `tally` what the last running count covers, `area` and `country` the last wide
    ones, `dateline` where the report was written; `itemise` reads a sentence that was passed over.
    """

    text: Text
    gazetteer: Gazetteer
    itemise: Callable[[Sentence], list[Item]]
    scene: Mention | None = None
    scene_in: int = -1
    tally: Mention | None = None
    tally_in: int = -1
    area: Mention | None = None
    country: Mention | None = None
    dateline: Mention | None = None
    listed: Mention | None = None
    passed: tuple[Sentence, ...] = ()
    lead: Mention | None = None
    led: bool = False

    def mentions(self, items: list[Item], sentence: Sentence, *, needed: bool) -> list[Mention]:
        """The places of a sentence; of one without figures they are looked up only when a later sentence asks."""
        if not needed:
            self.pass_over(sentence)
            return []
        found = chained(find(items, self.text, sentence, self.gazetteer), self.text, self.gazetteer)
        for mention in found:
            if mention.fineness <= AREA and mention.lead >= Lead.HEADING:
                self.area = mention
                self.country = mention if mention.fineness <= REGION else self.country
        return found

    def pass_over(self, sentence: Sentence) -> None:
        """Keeps a sentence whose places nobody has asked for."""
        self.passed = (*self.passed, sentence)[-_PASSED:]

    def of(self, asked: Asked, mentions: list[Mention], sentence: Sentence, times: Times) -> Mention | None:
        """The place of a quantity: the one its own sentence gives it, else the one it inherits."""
        own = self.own(asked, mentions, times)
        if own is None:
            return self.carried(sentence, times, goes_on=asked.goes_on)
        if times.kind is Kind.INCIDENT and own.fineness == COUNTRY and own.at < asked.quantity.at:
            # `the Watch, which follows the war in Exland, said two were killed in the raid`
            inherited = self.carried(sentence, times, goes_on=asked.goes_on)
            return inherited if inherited is not None and _inside(own, inherited) else own
        return own

    def own(self, asked: Asked, mentions: list[Mention], times: Times) -> Mention | None:
        """The place its own sentence gives a quantity."""
        self.dateline = self.dateline or next((m for m in mentions if m.lead is Lead.DATELINE), None)
        usable = _usable(asked.quantity, _around(mentions, asked.quantity.at))
        if times.kind is Kind.INCIDENT:
            usable = [m for m in usable if m.lead is not Lead.BARE or m.fineness > COUNTRY]
        chosen = _nearest(asked, usable)
        if chosen is not None and chosen.fineness <= AREA:
            finer = (m for m in usable if m.lead is Lead.LED and _inside(chosen, m) and not _taken(m, asked))
            chosen = next((m for m in finer if not self._told_apart(chosen, m)), chosen)
        return self._settled(chosen, mentions) if chosen is not None else None

    def _plays_in(self, country: Mention) -> bool:
        return self.scene is not None and _inside(country, self.scene)

    def _told_apart(self, one: Mention, other: Mention) -> bool:
        """Whether somebody says something between two places: `in the north, adding that raids hit the town of X`."""
        first, last = min(one.last, other.last), max(one.first, other.first)
        return any(word.flags & _SAYS for word in self.text.words[first:last])

    def of_part(self, quantity: Quantity, following: int, mentions: list[Mention]) -> Mention | None:
        """The place right behind a part (`11 in the market town of X`)."""
        near = (m for m in mentions if quantity.after <= m.at < following and m.at - quantity.after <= _NEAR)
        own = next((m for m in near if m.lead is Lead.LED and m.role is PlaceRole.LOCATION), None)
        return self._settled(own, mentions) if own is not None else None

    def carried(self, sentence: Sentence, times: Times, *, goes_on: bool = False) -> Mention | None:
        """Without a place of its own an event has that of the one before it, and a running count that of its paragraph or list.

        A sentence that `goes_on` tells more of the paragraph before: `These raids killed 24 civilians`.
        """
        if sentence.bullet and self.listed is not None:
            return self.listed
        local = times.kind not in (Kind.CUMULATIVE, Kind.STOCK, Kind.PROJECTION)
        since = sentence.paragraph - goes_on
        self._look_back(since, local=local)
        if local:
            self.scene = self.scene or self._lead(sentence)
            return self.scene or self.dateline
        if self.scene_in >= since and self.scene is not None:
            return self.area if self.scene.fineness >= TOWN and _is_long(times) else self.scene
        if self.tally is not None and sentence.paragraph - self.tally_in <= 1:
            return self.tally
        self._lead(sentence)
        return self.country

    def close(self, sentence: Sentence, mentions: list[Mention], placed: Iterable[tuple[Mention | None, Times]]) -> None:
        """Keeps what a read sentence leaves for the next ones."""
        told = [(m, t) for m, t in placed if m is not None and sentence.first <= m.first < sentence.last]
        best = told[-1][0] if told else _best(mentions, Lead.BARE)
        if not told and best is not None and self._plays_in(best):
            best = None
        if told and told[-1][1].kind is not Kind.INCIDENT:
            self.tally, self.tally_in = best, sentence.paragraph
        if best is not None:
            self.scene, self.scene_in = best, sentence.paragraph
            self.passed = ()
        if not sentence.bullet:
            self.listed = (best or (self.tally if sentence.paragraph - self.tally_in <= 1 else self.scene)) if sentence.introduces else None

    def _look_back(self, since: int, *, local: bool) -> None:
        """Looks up the sentences passed over since the last scene, the latest first; for running counts from paragraph `since` on."""
        for earlier in reversed(self.passed):
            if not local and earlier.paragraph < since:
                continue
            best = self._place_in(earlier, Lead.HEADING if local else Lead.BARE)
            if best is not None and not (local and self._plays_in(best)):
                self.scene, self.scene_in = best, earlier.paragraph
                break
        self.passed = ()

    def _lead(self, sentence: Sentence) -> Mention | None:
        """Where the text as a whole plays: its first sentences say so, and for a headline the first ones after it. Looked up once."""
        if self.led:
            return self.lead
        self.led = True
        at = next(number for number, one in enumerate(self.text.sentences) if one.first == sentence.first)
        others = (*self.text.sentences[: min(_LEAD, at)], *self.text.sentences[at + 1 : at + _LEAD])
        for other in others:  # no generator: reading a sentence changes what is known, and the compiled form would read them all
            self.lead = self._place_in(other, Lead.BARE)
            if self.lead is not None:
                break
        return self.lead

    def _place_in(self, sentence: Sentence, least: Lead) -> Mention | None:
        return _best(self.mentions(self.itemise(sentence), sentence, needed=True), least)

    def _settled(self, mention: Mention, mentions: list[Mention]) -> Mention:
        """A name of several places is the one in or near a place named nearby, where there is just one such."""
        resolved = mention.resolved
        if resolved is None or resolved.place is not None or len(resolved.candidates) < 2 or resolved.rule != "not_unique":
            return mention
        for around in (*_around(mentions, mention.at), self.scene, self.area):
            place = around.resolved.place if around is not None and around.resolved is not None else None
            if place is not None and place.level > 0:
                near = self.gazetteer.resolve(resolved.text, within=place.id)
                if near.place is not None:
                    return replace(mention, resolved=near)
        return mention


def _around(mentions: list[Mention], at: int) -> list[Mention]:
    """The mentions nearest to an item; of a sentence that never ends only these are weighed, so that reading stays linear."""
    here = bisect(mentions, at, key=lambda mention: mention.at)
    return mentions[max(here - WEIGHED, 0) : here + WEIGHED]


def _usable(quantity: Quantity, mentions: list[Mention]) -> list[Mention]:
    """The mentions where something happened; where people came from or went only if they are counted for moving."""
    here = [m for m in mentions if m.lead > Lead.DATELINE]
    return here if quantity.metric in MOVEMENTS else [m for m in here if m.role is PlaceRole.LOCATION]


def _nearest(asked: Asked, usable: list[Mention]) -> Mention | None:
    """The first place led in after a quantity or its trigger, else the last before, else the first behind the next quantity.

    A heading gives way to any of them, and so does a place that is only named.
    """
    at, until = asked.quantity.at, asked.until
    start = max(at, asked.trigger_at) if asked.trigger_at is not None else at
    led = [m for m in usable if m.lead is Lead.LED]
    between = [m for m in led if at < m.at < start]
    after = [m for m in led if start <= m.at < until]
    before = [m for m in led if m.at < at]
    later = [m for m in led if m.at >= until]
    if before and asked.followed and after and until - after[0].at <= _OPENS:
        after = []  # `in A two were killed, and in B three`: the second place opens the next clause
    for some, which in ((between, 0), (after, 0), (before, -1), (later, 0)):
        if some:
            return some[which]
    headings = [m for m in usable if m.lead is Lead.HEADING]
    bare = [m for m in usable if start <= m.at < until] or [m for m in usable if m.at < at][-1:]
    return next(iter(headings[-1:] or bare), None)


def _inside(outer: Mention, inner: Mention) -> bool:
    """Whether a finer place can lie in a coarser one; a name nobody knows can lie anywhere."""
    if inner.fineness <= outer.fineness:
        return False
    around, place = outer.resolved, inner.resolved
    if place is None or (around is not None and around.place is not None and around.place.level == 0 and not around.coverage):
        return True
    if around is None:
        return False
    divisions = set(place.coverage) or {candidate.adm1 for candidate in place.candidates}
    return bool(divisions & set(around.coverage)) or (outer.fineness == COUNTRY)


def _taken(mention: Mention, asked: Asked) -> bool:
    """Whether a place stands right behind another quantity: `five in the province, two of them in X`."""
    return any(other is not asked.quantity and 0 <= mention.at - other.after <= _NEAR for other in asked.others)


def _best(mentions: list[Mention], least: Lead) -> Mention | None:
    """Where a sentence without figures plays: its first place led in that is no country."""
    here = [m for m in mentions if m.lead >= least and m.role is not PlaceRole.ORIGIN]
    ranked = sorted(here, key=lambda m: (m.fineness == COUNTRY, m.lead is not Lead.LED))
    return ranked[0] if ranked else None


def _is_long(times: Times) -> bool:
    """Whether a running count goes back further than the events of one place."""
    if times.kind is not Kind.CUMULATIVE:
        return False
    start, end = times.window_start, times.window_end
    return start is None or end is None or (end - start).days > _SEASON
