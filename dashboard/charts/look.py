"""How a chart looks and speaks for one reader: theme, language, digits, days, and what a claim says in words."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

import pandas as pd

from dashboard.charts.theme import Theme
from ingest.model.countries import country
from ingest.model.quotation import quoted
from ingest.model.vocabulary import METRICS, Metric, Qualifier, ValueStatus

Claim = Mapping[str, Any]
Translate = Callable[[str], str]

_ARABIC_DIGITS: Final = str.maketrans("0123456789,.", "٠١٢٣٤٥٦٧٨٩٬٫")
_MONTHS: Final = {
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    "fr": ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."),
    # the Levant's names
    "ar": ("كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران", "تموز", "آب", "أيلول", "تشرين الأول", "تشرين الثاني", "كانون الأول"),
}
_FIRST_STRONG: Final = "\u2068"
_RIGHT_TO_LEFT: Final = "\u2067"
_POP: Final = "\u2069"
MARKS: Final = (_FIRST_STRONG, _RIGHT_TO_LEFT, _POP)
"""Letters that order text and take no room."""
_RIGHT_TO_LEFT_LETTER: Final = re.compile("[\u0590-\u08ff]")
_LEAST: Final = 592  # of a screen of 640 pixels, the narrowest that is not compact
_MOST_COMPACT: Final = 608
LONGEST_QUOTE: Final = 180
"""Characters of the quote a tooltip shows; the evidence shows it whole."""
_LINE: Final = 58


@dataclass(frozen=True, slots=True)
class Look:
    """`translate` takes the English text and gives the reader's; `compact` is for screens narrower than about 600 pixels."""

    theme: Theme
    translate: Translate = str
    language: str = "en"
    compact: bool = False

    @property
    def least(self) -> int:
        """Pixels of the whole chart, margins included, on the narrowest screen it is drawn for."""
        return 328 if self.compact else _LEAST

    @property
    def most(self) -> int:
        """The same on the widest screen; the browser decides what it is between the two."""
        return _MOST_COMPACT if self.compact else 1152

    def cut(self, text: str, letters: int) -> str:
        """The text, shortened where the screen is narrow."""
        return text if not self.compact or len(text) <= letters else text[: letters - 1].rstrip(" ,،") + "…"

    def say(self, text: str, **values: str) -> str:
        """The text in the reader's language, with its placeholders filled; each value keeps its own direction."""
        said = self.translate(text)
        return self.directed(said.format(**{name: isolated(value) for name, value in values.items()}) if values else said)

    def directed(self, text: str) -> str:
        """Text that runs in the reader's direction wherever it is put: charts themselves stay left to right."""
        return f"{_RIGHT_TO_LEFT}{text}{_POP}" if self.language == "ar" and text else text

    def number(self, value: float) -> str:
        """A whole number with its thousands apart, in the reader's digits."""
        text = f"{round(value):,}"
        if self.language == "ar":
            return text.translate(_ARABIC_DIGITS)
        return text.replace(",", "\u202f") if self.language == "fr" else text

    def decimal(self, value: float) -> str:
        """A number with one decimal, in the reader's digits."""
        text = f"{value:,.1f}"
        if self.language == "ar":
            return text.translate(_ARABIC_DIGITS)
        return text.replace(",", "\u202f").replace(".", ",") if self.language == "fr" else text

    def day(self, day: date | pd.Timestamp | None, *, year: bool = False) -> str:
        """A day as people write it: 1 Dec, or 1 Dec 2024. Empty for a day that is not known."""
        if day is None or pd.isna(day):
            return ""
        month = _MONTHS.get(self.language, _MONTHS["en"])[day.month - 1]
        first = "1er" if self.language == "fr" and day.day == 1 else day.day
        text = f"{first} {month} {day.year}" if year else f"{first} {month}"
        return text.translate(_ARABIC_DIGITS) if self.language == "ar" else text

    def clock(self, moment: datetime) -> str:
        """A time of the day: 18:05."""
        text = f"{moment:%H:%M}"
        return text.translate(_ARABIC_DIGITS) if self.language == "ar" else text

    def joined(self, *parts: str) -> str:
        """The parts that are not empty, as a list in the reader's language."""
        return self.directed(("، " if self.language == "ar" else ", ").join(isolated(part) for part in parts if part))

    def metric(self, metric: str) -> str:
        """Label of a metric."""
        return self.translate(METRICS[Metric(metric)].en)

    def kind_colour(self, kind: str) -> str:
        """Colour of marks of a kind of source."""
        return self.theme.kinds.get(kind, self.theme.kinds["other"])

    def kind_text(self, kind: str) -> str:
        """Colour of labels of a kind of source."""
        return self.theme.kind_text.get(kind, self.theme.kind_text["other"])


def plain(text: str) -> str:
    """Text that plotly shows letter by letter: its pseudo-HTML is not read."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def isolated(text: str) -> str:
    """Text that keeps its own direction inside a sentence of the other direction."""
    return f"{_FIRST_STRONG}{text}{_POP}" if _RIGHT_TO_LEFT_LETTER.search(text) else text


def given(value: Any) -> bool:
    """Whether a cell holds a value. What is missing in a column of numbers or times is not equal to itself."""
    return value is not None and value is not pd.NA and bool(value == value)  # noqa: PLR0124


def value_words(claim: Claim, look: Look) -> str:
    """The claimed value as a person would say it, with its hedge; a vague word stays a word beside its interval."""
    best, low, high = claim["best"], claim["low"], claim["high"]
    if claim["value_status"] in (ValueStatus.NO_NUMBER, ValueStatus.EXPLICIT_UNKNOWN) or not any(map(given, (best, low, high))):
        return look.say("no number given")
    if claim["qualifier"] == Qualifier.VAGUE or not given(best):
        return _interval_words(claim, look)
    hedged = HEDGES.get(claim["qualifier"])
    return look.say(hedged, n=look.number(best)) if hedged else look.number(best)


HEDGES: Final = {
    "at_least": "at least {n}",
    "more_than": "more than {n}",
    "up_to": "up to {n}",
    "fewer_than": "fewer than {n}",
    "nearly": "nearly {n}",
    "about": "about {n}",
}


def _interval_words(claim: Claim, look: Look) -> str:
    low, high = claim["low"], claim["high"]
    if claim["qualifier"] in ("up_to", "fewer_than") and given(high):
        return look.say(HEDGES[claim["qualifier"]], n=look.number(high))
    if given(low) and given(high):
        span = look.say("{low} to {high}", low=look.number(low), high=look.number(high))
    else:
        span = look.say("{n} or more", n=look.number(low if given(low) else high))
    if claim["qualifier"] == Qualifier.VAGUE and claim["value_text"]:
        return look.say("{word} ({interval})", word=quoted(claim["value_text"], look.language), interval=span)
    return span


def time_words(claim: Claim, look: Look) -> str:
    """When: the day of a count, the day of an event, or from when to when."""
    if claim["family"] in ("total", "level", "projection"):
        said = look.say("as of {day}", day=look.day(claim["as_of"], year=True))
        return said if not given(claim["window_start"]) else look.joined(said, look.say("since {day}", day=look.day(claim["window_start"])))
    first, last = claim["day"], claim["last_day"]
    if given(first) and given(last) and first != last:
        return look.say("{first} to {last}", first=look.day(first), last=look.day(last, year=True))
    return look.day(first, year=True)


def place_words(claim: Claim, look: Look) -> str:
    """The name of a place; the source's words, quoted, for one that is no place of the gazetteer, and no country."""
    label = str(claim["place_label"])
    ours = not label or claim["place_id"] or country(label, look.language) == label
    return label if ours else quoted(label, look.language)


OF_WHAT: Final = "{what}: {said}"


def tooltip(claim: Claim, look: Look) -> str:
    """What a mark says when pointed at. Report text is shown as text."""
    lines = [
        f"<b>{plain(claim['source_label'])}</b>",
        plain(look.say(OF_WHAT, what=look.metric(claim["metric"]), said=value_words(claim, look))),
        plain(look.joined(claim["group_text"], place_words(claim, look))),
        plain(time_words(claim, look)),
    ]
    if claim["citations"] > 1:
        carried = look.say("one claim, carried by {n}: {publishers}", n=look.number(claim["citations"]), publishers=claim["publishers"])
        lines += map(plain, wrapped(carried, _LINE))
    if claim["quote"]:
        quote = str(claim["quote"])
        cut = quote if len(quote) <= LONGEST_QUOTE else quote[: LONGEST_QUOTE - 1].rsplit(" ", 1)[0] + "…"
        lines += map(plain, wrapped(quoted(cut, look.language), _LINE))
    if not claim["checked"]:
        lines.append(f"<i>{plain(look.say('not yet checked by a person'))}</i>")
    return "<br>".join(line for line in lines if line)


def wrapped(text: str, letters: int) -> list[str]:
    """The text in lines of about that many letters."""
    lines, line = [], ""
    for word in text.split():
        if line and len(line) + len(word) >= letters:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    return [*lines, line]
