"""Arabic number words -> values: units before tens, duals that are a number in one word, wa- between the members.

`ثلاثة وعشرون` is 23, `مئتا ألف` 200,000, `ألفان وخمسمئة` 2,500; digits and words mix (`12 ألفا و500`).
"""

from dataclasses import dataclass, replace
from typing import Final

from ingest.extract.words import bit
from ingest.extract.words.entries import Entry
from ingest.extract.words.lexicon import Word
from ingest.extract.words.tokens import NUMBER

_THOUSAND: Final = 1000
_ONE_OF: Final = frozenset({"احد", "احدي"})


def in_words(words: list[Word], here: int, last: int) -> tuple[int, int] | None:
    """The number that starts at word `here` of [here, last): (index after it, value), or None."""
    if words[here].norm in _ONE_OF and not (here + 1 < last and (ten := words[here + 1].own) is not None and ten.unit == 10):
        return None  # أحد المستشفيات, but أحد عشر
    so_far, after = _Sum(), here
    while after < last:
        at, joined = _past_join(words, after, last) if after > here else (here, False)
        own = words[at].own
        if own is None or (after > here and words[at].prefix.endswith("ال")):
            break
        # ألفا (شخص) is two thousand, ألفاً (وثلاثمئة) one
        single = bool(own.unit and own.scale) and (words[at].text.endswith("ً") or _is_joined(words, at + 1, last))
        if not so_far.takes(replace(own, unit=None) if single else own, first=after == here, joined=joined):
            break
        after = at + 1
    if after == here:
        return None
    return _further(words, after, last, so_far.total + so_far.current, 0 if so_far.current else so_far.scale)


@dataclass(slots=True)
class _Sum:
    """A number so far: what scales have closed, the hundreds and below still open, and the last scale of thousands or more."""

    total: int = 0
    current: int = 0
    scale: int = 0

    def takes(self, word: Entry, *, first: bool, joined: bool) -> bool:
        """Adds or multiplies by the next number word; False when it starts another number."""
        if word.scale and not (word.unit and (first or joined) and not self.current):
            return self._scales(word, first=first, joined=joined)
        if word.unit is None:
            return False
        if word.unit >= _THOUSAND and not self.current and (first or joined):  # ألفان
            self.total, self.scale = self.total + word.unit, word.unit // 2
            return True
        if not _adds(self.current, word.unit, first=first, joined=joined):
            return False
        self.current += word.unit
        return True

    def _scales(self, word: Entry, *, first: bool, joined: bool) -> bool:
        """`ثلاثة آلاف` multiplies; `مئة ألف وألف`, `ألف ومئة` add; and `خمسة وآلاف` are two numbers."""
        scale = word.scale or 1
        if (joined and self.current) or (word.vague is not None and (first or joined)) or not (first or joined or self.current):
            return False
        if scale < _THOUSAND:
            self.current = max(self.current, 1) * scale
        else:
            self.total, self.current, self.scale = self.total + max(self.current, 1) * scale, 0, scale
        return True


def goes_on(words: list[Word], after: int, last: int, value: float) -> tuple[int, float]:
    """What follows digits with a scale: `12 ألفا و500`, `3 آلاف وخمسمئة`, `مليونين ونصف المليون`."""
    own = words[after - 1].own
    scale = own.scale if own is not None and own.scale else 0
    return _further(words, after, last, int(value), scale) if value == int(value) and scale >= _THOUSAND else (after, value)


def _past_join(words: list[Word], at: int, last: int) -> tuple[int, bool]:
    """(index of the next member, whether wa- joins it): glued to it, or a word of its own."""
    own = words[at].own
    if own is not None and own.flags & bit.JOIN and own.unit is None and at + 1 < last:
        return at + 1, True
    # وأحد عشر is written like واحد, one
    eleven = words[at].norm == "واحد" and at + 1 < last and (ten := words[at + 1].own) is not None and ten.unit == 10
    return at, eleven or "و" in words[at].prefix


def _is_joined(words: list[Word], at: int, last: int) -> bool:
    """Whether wa- joins another number word."""
    ahead, joined = _past_join(words, at, last) if at < last else (at, False)
    own = words[ahead].own if joined and ahead < last else None
    return own is not None and bool(own.unit or own.scale)


def _adds(current: int, unit: int, *, first: bool, joined: bool) -> bool:
    """Whether a unit goes on with the number so far."""
    if first or not current:
        return first or joined
    ones = current % 100
    if not joined:
        return unit == 10 and 0 < ones < 10  # ثلاثة عشر
    if ones == 0:
        return unit < 100  # مئة وخمسة
    return ones < 10 and 20 <= unit < 100


def _further(words: list[Word], after: int, last: int, value: int, scale: int) -> tuple[int, int]:
    """Behind a scale, the digits or the share of it that wa- adds: `ألف و200`, `مليون ونصف المليون`."""
    if scale < _THOUSAND or after >= last:
        return after, value
    at, joined = _past_join(words, after, last)
    if not joined or at >= last:
        return after, value
    word = words[at]
    if word.kind == NUMBER and word.norm.isdigit() and 0 < int(word.norm) < scale:
        added, at = int(word.norm), at + 1
        if at < last and (own := words[at].own) is not None and own.scale and added * own.scale < scale:
            added, at = added * own.scale, at + 1  # مليون و200 ألف
        return at, value + added
    if word.own is not None and word.own.unit is not None and not value % scale:
        more = in_words(words, at, last)  # 3 آلاف وخمسمئة
        return (more[0], value + more[1]) if more is not None and more[1] < scale else (after, value)
    if word.own is None or not word.own.share:
        return after, value
    again = words[at + 1].own if at + 1 < last else None
    return at + (2 if again is not None and again.scale == scale else 1), value + int(word.own.share * scale)
