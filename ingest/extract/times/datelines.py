"""The day that stands over a report: `NORTHMARK, 20 June (Agency) -`, `Northmark, June 20, 2024 —`, `Published: 20 June 2024`."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from ingest.extract.times.dates import fold_dates
from ingest.extract.times.openings import BEFORE, before_dash, is_of_a_name
from ingest.extract.words import bit
from ingest.extract.words.items import Item, itemise
from ingest.extract.words.lexicon import Lexicon
from ingest.extract.words.sentences import Sentence, Text, split
from ingest.extract.words.tokens import MARK, NUMBER
from ingest.model.vocabulary import DatePrecision

_OPENING: Final = 1500  # characters of a report in which it may stand
_SENTENCES: Final = 4  # a headline, a second one, who wrote it, and the first of the text
_BAR: Final = "|"  # between the cells of a table


@dataclass(frozen=True, slots=True)
class Dateline:
    """A day over a report and the words that say it. Where they name no year, `year_stated` is false and the year was chosen."""

    day: date
    words: str
    year_stated: bool


def dateline(report: str, lexicon: Lexicon, crisis: tuple[date, date | None], today: date) -> Dateline | None:
    """The day a report says over its text, never one after `today`; None where it says none.

    A day without a year gets the one that brings it nearest to the days of the crisis, and of several the latest.
    """
    text = split(report[:_OPENING], lexicon)
    for sentence in text.sentences[:_SENTENCES]:
        for item, day, stated in _days(text, sentence, lexicon, today):
            if _stands_over(text, sentence, item, stated=stated):
                chosen = day if stated else _nearest(day, crisis, today)
                if chosen is None or chosen > today:
                    return None
                return Dateline(chosen, text.text[text.starts[item.first] : text.ends[item.last - 1]], stated)
    return None


def _days(text: Text, sentence: Sentence, lexicon: Lexicon, today: date) -> Iterator[tuple[Item, date, bool]]:
    """Every single day of a sentence that does not hang on the day of publication, and whether its year is stated.

    That is seen by counting from two days: a weekday or `yesterday` is another day then, a day without a year another year. Both are of
    a leap year to come, so that no day is missing and a year of two digits is of this century.
    """
    leap = today.year + 4 - today.year % 4
    twice = (fold_dates(itemise(text, sentence, lexicon), text, day) for day in (date(leap, 12, 31), date(leap + 4, 12, 30)))
    for one, other in zip(*twice, strict=False):
        if one.when is None or other.when is None or one.first != other.first:
            continue
        day, again = one.when.start, other.when.start
        single = one.when.end == day and one.when.precision is DatePrecision.DAY
        if single and (day.month, day.day) == (again.month, again.day):
            yield one, day, day == again


def _stands_over(text: Text, sentence: Sentence, item: Item, *, stated: bool) -> bool:
    """Whether it stands before the dash that opens a report, or ends its line, with its year and at most an hour, after names or a label.

    A row of a table is no line.
    """
    words = text.words
    if any(word.text == _BAR for word in words[sentence.first : sentence.last]):
        return False
    if before_dash(text, (sentence.first, sentence.last), item) is not None:
        return True
    before, after = words[sentence.first : item.first], words[item.last : sentence.last]
    label = any(word.flags & bit.COLON for word in before) and not any(word.trigger for word in before)
    short = len(before) <= BEFORE and (label or all(map(is_of_a_name, before)))
    return stated and short and all(word.kind in (MARK, NUMBER) for word in after)


def _nearest(day: date, crisis: tuple[date, date | None], today: date) -> date | None:
    first, last = crisis[0], min(crisis[1] or today, today)
    found = [one for year in range(first.year - 1, today.year + 1) if (one := _in_year(day, year)) is not None]
    return max(found, key=lambda one: (-max((first - one).days, (one - last).days, 0), one), default=None)


def _in_year(day: date, year: int) -> date | None:
    try:
        return day.replace(year=year)
    except ValueError:  # 29 February
        return None
