"""Where in a table's text a row's number stands: in its quote or in its own words, verbatim after folding the digits."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.text.delimited import Cell, Record
from ingest.text.normalise import fold_digits

# A number as written, with what may stand between the digits of one: thousands marks, points, the spaces typesetters use.
_NUMBER = re.compile("[0-9]+(?:[,.'’\u066b\u066c\u00a0\u2009\u202f ][0-9]+)*")
_DIGITS = re.compile("[0-9]+")
_LONGEST_WORDS = 200  # characters of a number in its own words; looking for longer ones would take time by their length times the quote's
_SCALE = 2  # "3 thousand" and "1.1 million" stand for numbers at least this many digits longer

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Offsets in the text: the sentence (the quote, or the whole row where there is none) and the number in it."""

    quote: Span
    span: Span


def evidence(text: str, record: Record, *, quote: Cell | None, said: Cell | None, numbers: Sequence[int]) -> Evidence | None:
    """Where a row's number stands, None where it does not.

    `said` holds the words of the number (`at least 4`, `dozens`), `numbers` what digits may say; none for a claim without a
    number. The words are believed before any other number of the quote, which may be a day of the month.
    """
    if quote and said and said.end - said.start <= _LONGEST_WORDS:
        words = re.compile(r"\s+".join(map(re.escape, text[said.start : said.end].split())), re.IGNORECASE).search(
            text, quote.start, quote.end
        )
        if words:
            span = _stated(text, words.span(), numbers)
            return Evidence((quote.start, quote.end), span) if span else None
    if quote:
        span = _written(text, (quote.start, quote.end), numbers) if numbers else (quote.start, quote.end)
        if span:
            return Evidence((quote.start, quote.end), span)
    if said:
        span = _stated(text, (said.start, said.end), numbers)
        return Evidence((record.start, record.end), span) if span else None
    return None


def _stated(text: str, words: Span, numbers: Sequence[int]) -> Span | None:
    """The number within its own words: the digits, or the words as a whole ("four", "dozens", "1.1 million")."""
    span = _written(text, words, numbers)
    if span:
        return span
    folded = fold_digits(text[words[0] : words[1]])
    worded = any(character.isalpha() for character in folded)
    return words if worded and all(_scaled(_plain(one), numbers) for one in _NUMBER.findall(folded)) else None


def _scaled(digits: str, numbers: Sequence[int]) -> bool:
    return not numbers or any(str(number).startswith(digits) and len(str(number)) >= len(digits) + _SCALE for number in numbers)


def _written(text: str, region: Span, numbers: Sequence[int]) -> Span | None:
    """From the first of the numbers in the stretch to the next of them: `8 to 10` is one span."""
    wanted = {str(number) for number in numbers}
    folded = fold_digits(text[region[0] : region[1]])
    # A list of numbers, "3, 4 and 5", reads like one with marks in it: then each run of digits is looked at alone.
    for pattern in (_NUMBER, _DIGITS):
        found = [(one.span(), _plain(one.group())) for one in pattern.finditer(folded) if _plain(one.group()) in wanted]
        if found:
            (start, end), first = found[0]
            ends = [span[1] for span, number in found if number != first]
            return region[0] + start, region[0] + (ends[0] if ends else end)
    return None


def _plain(written: str) -> str:
    return "".join(_DIGITS.findall(written)).lstrip("0") or "0"
