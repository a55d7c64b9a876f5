"""Number words and digits -> values. Digits keep the separators they were met with; words add and multiply."""

from ingest.extract.entries import BIT
from ingest.extract.lexicon import Lexicon, Word
from ingest.extract.tokens import NUMBER
from ingest.text.normalise import fold_digits

_JOIN = BIT["join"]
_GROUPED = 3  # digits in a group of thousands


def digits(text: str, suffixes: dict[str, int] | object) -> float | None:
    """Value of a digit token such as `1,234`, `300 000`, `1.5`, `36k`; None where letters are glued on that are no scale."""
    plain = fold_digits(text)
    cut = next((i for i, c in enumerate(plain) if c.isalpha()), len(plain))
    number, tail = plain[:cut], plain[cut:].lower()
    scale = 1
    if tail:
        known = suffixes.get(tail) if isinstance(suffixes, dict) else None
        if known is None:
            return None
        scale = known
    for mark in (",", "\u066c", "'", "’", " ", "\u00a0", "\u202f", "\u2009"):
        number = number.replace(mark, "")
    number = number.replace("\u066b", ".")
    if number.count(".") > 1 or (number.count(".") == 1 and len(number) - number.index(".") - 1 == _GROUPED and not tail):
        number = number.replace(".", "")
    value = float(number) * scale
    return value if value < 10**12 else None


def read(words: list[Word], here: int, last: int, lexicon: Lexicon) -> tuple[int, int] | None:
    """The number that starts at word `here` of [here, last): (index after it, value), or None.

    A decimal counts only with a scale behind it (`1.5 million`); `93rd` and `15km` are no numbers.
    """
    word = words[here]
    if word.kind == NUMBER:
        value = digits(word.text, lexicon.suffixes)
        if value is None:
            return None
        after, value = _scaled(words, here + 1, last, value)
        return (after, int(value)) if value == int(value) else None
    return _in_words(words, here, last)


def _scaled(words: list[Word], after: int, last: int, value: float) -> tuple[int, float]:
    while after < last and (own := words[after].own) is not None and own.scale and not words[after].prefix:
        value *= own.scale
        after += 1
    return after, round(value, 3)


def _in_words(words: list[Word], here: int, last: int) -> tuple[int, int] | None:
    total, current, after, joined = 0, 0, here, False
    while after < last:
        own = words[after].own
        if (
            own is not None
            and own.unit is not None
            and _adds(current, own.unit, first=after == here, joined=joined or "و" in words[after].prefix)
        ):
            current += own.unit
        elif own is not None and own.scale and (after > here or own.vague is None):
            current = max(current, 1) * own.scale
            if own.scale >= 1000:
                total, current = total + current, 0
        elif own is not None and own.flags & _JOIN and after > here and (total or current >= 100):
            following = words[after + 1].own if after + 1 < last else None
            if following is None or following.unit is None:
                break
            joined, after = True, after + 1
            continue
        else:
            break
        joined = False
        after += 1
    return (after, total + current) if after > here else None


def _adds(current: int, unit: int, *, first: bool, joined: bool) -> bool:
    """Whether a unit goes on with the number so far: `twenty five`, `two hundred (and) six`, Arabic `five and twenty`."""
    if first:
        return True
    if current % 100 == 0 and current:
        return True
    if joined:
        return (current % 100 < 10 and unit >= 20 and unit % 10 == 0) or current == 0
    if unit == 10 and 0 < current < 10:  # Arabic three ten: thirteen
        return True
    return (current % 100 >= 20 and current % 10 == 0 and 0 < unit < 10) or current == 0
