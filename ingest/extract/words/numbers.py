"""Number words and digits -> values. Digits keep the separators they were met with; words add and multiply."""

from collections.abc import Mapping
from typing import Final

from ingest.extract.words import arabic_numbers, bit
from ingest.extract.words.lexicon import Lexicon, Word
from ingest.extract.words.tokens import NUMBER, WORD
from ingest.text.normalise import fold_digits

_GROUPED: Final = 3  # digits in a group of thousands
_LARGEST: Final = 12  # digits of a number that can count people
_LINKS: Final = frozenset({"-", "to", "or", "الي", "او"})  # between the two numbers of a range, in matching form


def digits(text: str, suffixes: Mapping[str, int]) -> float | None:
    """Value of a digit token such as `1,234`, `300 000`, `1.5`, `36k`; None where letters are glued on that are no scale."""
    if text.isascii() and text.isdigit() and len(text) <= _LARGEST:
        return float(text)
    plain = fold_digits(text)
    cut = next((i for i, c in enumerate(plain) if c.isalpha()), len(plain))
    number, tail = plain[:cut], plain[cut:].lower()
    scale = 1
    if tail:
        known = suffixes.get(tail)
        if known is None:
            return None
        scale = known
    for mark in (",", "\u066c", "\u060c", "'", "’", " ", "\u00a0", "\u202f", "\u2009"):
        number = number.replace(mark, "")
    number = number.replace("\u066b", ".")
    if number.count(".") > 1 or (number.count(".") == 1 and len(number) - number.index(".") - 1 == _GROUPED and not tail):
        number = number.replace(".", "")
    value = round(float(number) * scale, 3)
    return value if value < 10**_LARGEST else None


def read(words: list[Word], here: int, last: int, lexicon: Lexicon) -> tuple[int, int] | None:
    """The number that starts at word `here` of [here, last): (index after it, value), or None.

    A decimal counts only with a scale behind it (`1.5 million`); `93rd` and `15km` are no numbers.
    """
    value: float | None
    if words[here].kind == NUMBER:
        value = digits(words[here].text, lexicon.suffixes)
        if value is None:
            return None
        after, value = _grouped(words, here, last, value)
        unscaled, (after, value) = after, _scaled(words, after, last, value)
        if lexicon.language == "ar" and after > unscaled:
            after, value = arabic_numbers.goes_on(words, after, last, value)
    else:
        # `between two thousand five hundred and two thousand six hundred`: the first "and" is the range's
        bounded = last if not here or words[here - 1].norm != "between" else _before_join(words, here, last)
        found = arabic_numbers.in_words(words, here, last) if lexicon.language == "ar" else _in_words(words, here, bounded)
        if found is None:
            return None
        after, value = found
    link = words[after].norm if after + 1 < last else ""
    if link in _LINKS or (link in ("and", "و") and here and words[here - 1].norm in ("between", "بين")):
        value = round(value * _lent(words, after, last, value, lexicon.suffixes), 3)
    return (after, int(value)) if value == int(value) else None


def _before_join(words: list[Word], here: int, last: int) -> int:
    """Index of the first word of [here, last) that joins."""
    return next((at for at in range(here, last) if words[at].own is not None and words[at].flags & bit.JOIN), last)


def leads_to_scale(words: list[Word], here: int, last: int) -> bool:
    """`a hundred`, `a million`: the article is the one that the scale multiplies."""
    following = words[here + 1].own if words[here].flags & bit.ARTICLE and here + 1 < last else None
    return following is not None and following.scale is not None and following.vague is None


def _grouped(words: list[Word], here: int, last: int, value: float) -> tuple[int, float]:
    """`12, 500 people`: a blank slipped in behind the comma of the thousands.

    In `May 12, 500 people`, `110, 250 and 300 were hurt` and `14, 320 wounded` it did not; a group such as `000` is no number.
    """
    after, joined, certain = here + 1, value, False
    if not 0 < value < 1000 or not words[here].norm.isdigit():
        return after, value
    while after + 1 < last and words[after].text == "," and len(group := words[after + 1].norm) == _GROUPED and group.isdigit():
        joined, certain = joined * 1000 + int(group), certain or group[0] == "0"
        after += 2
    if after == here + 1 or not (certain or (_counts(words, after, last) and _stands_alone(words, here))):
        return here + 1, value
    return after, joined


def _counts(words: list[Word], after: int, last: int) -> bool:
    """Whether a noun of people, or one we do not know, stands at word `after`."""
    if after >= last or words[after].kind != WORD:
        return False
    own = words[after].own
    return own is None or own.scale is not None or (own.group is not None and not own.group.others)


def _stands_alone(words: list[Word], here: int) -> bool:
    """Whether a number is no day of a month, no label and not the next one of a list."""
    before = words[here - 1] if here else None
    if before is None:
        return True
    listed = before.text == "," and here > 1 and words[here - 2].kind == NUMBER
    return not listed and not before.flags & bit.LABEL and not (before.own is not None and before.own.month)


def _lent(words: list[Word], after: int, last: int, value: float, suffixes: Mapping[str, int]) -> int:
    """The scale that the second number of a range lends to the first: `two to three million`, `1.2-1.5m`, `20-25,000`."""
    second, following = words[after + 1], words[after + 2].own if after + 2 < last else None
    face: float | None = second.own.unit if second.own is not None else None
    scale = following.scale if following is not None and following.scale else 1
    if second.kind == NUMBER:
        face, tail = digits(second.text, suffixes), second.norm.lstrip("0123456789.,")
        lends = suffixes.get(tail, 1000 if words[after].norm == "-" and second.norm.endswith(",000") else 1)
        if lends > 1 and face is not None:
            face, scale = face / lends, lends
    elif after + 3 < last and (beyond := words[after + 3].own) is not None and beyond.unit is not None:
        return 1  # `two to three thousand four hundred`: the scale is not the end of the second number
    return scale if face is not None and value < face and scale >= 1000 else 1


def _scaled(words: list[Word], after: int, last: int, value: float) -> tuple[int, float]:
    while after < last and (own := words[after].own) is not None and own.scale and not words[after].prefix:
        value *= own.scale
        after += 1
    return after, round(value, 3)


def _in_words(words: list[Word], here: int, last: int) -> tuple[int, int] | None:
    total, current, joined, least = 0, 0, False, 0
    so_far: tuple[int, int] | None = None
    first = after = here + 1 if leads_to_scale(words, here, last) else here
    while after < last:
        own = words[after].own
        if own is not None and own.unit is not None and _adds(current, own.unit, first=after == first, joined=joined):
            current += own.unit
        elif own is not None and own.scale and (after > here or own.vague is None):
            if so_far is not None and least and own.scale >= least:
                return so_far  # `between five thousand and one hundred thousand`: two numbers
            current = max(current, 1) * own.scale
            if own.scale >= 1000:
                total, current, least = total + current, 0, own.scale
        elif own is not None and own.flags & bit.JOIN and after > here and (total or current >= 100):
            following = words[after + 1].own if after + 1 < last else None
            if following is None or following.unit is None or not _adds(current, following.unit, first=False, joined=True):
                break  # `between one hundred one and one hundred two`
            if current and _leads_to_hundred(words, after + 1, last):
                break  # `between five hundred and one hundred more`: no number has its hundreds twice
            so_far = after, total + current
            joined, after = True, after + 1
            continue
        elif not (words[after].text == "," and total and not current and _leads_to_hundred(words, after + 1, last)):
            break
        joined = False
        after += 1
    return (after, total + current) if after > here else None


def _leads_to_hundred(words: list[Word], here: int, last: int) -> bool:
    """`two thousand, three hundred and four`: behind the comma the number goes on."""
    if here + 1 >= last:
        return False
    unit, scale = words[here].own, words[here + 1].own
    return unit is not None and unit.unit is not None and scale is not None and scale.scale == 100


def _adds(current: int, unit: int, *, first: bool, joined: bool) -> bool:
    """Whether a unit goes on with the number so far: `twenty five`, `two hundred (and) six`, `five and twenty`."""
    if first:
        return True
    if current % 100 == 0 and current:
        return True
    if joined:
        return (current % 100 < 10 and unit >= 20 and unit % 10 == 0) or current == 0
    return (current % 100 >= 20 and current % 10 == 0 and 0 < unit < 10) or current == 0
