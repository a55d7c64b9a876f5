"""What the program says, in the reader's language: one table per language, `assets/translations/<language>.json`.

Sentences of pages are looked up by an identity such as `overview.caveat`; texts of charts and queries, which know no
table, by their English wording; words of the vocabulary by their English label, from the vocabulary itself.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from ingest.errors import SettingsError
from ingest.model import quotation, vocabulary
from ingest.model.vocabulary import Term

RIGHT_TO_LEFT: Final = frozenset({"ar"})
FALLBACK: Final = "en"
BESIDE: Final = ("sources", "columns")
"""Folders of tables by English wording, in the languages that the files behind have not: what sources say of themselves and what figures
of organisations mean; what columns of the published tables mean."""
_ARABIC_DIGITS: Final = str.maketrans("0123456789,", "٠١٢٣٤٥٦٧٨٩٬")
# What Python's "1,234.5" becomes; the French thousands stand apart by a space that does not break.
_NUMERALS: Final[Mapping[str, Mapping[int, int]]] = {
    "ar": str.maketrans("0123456789,.", "٠١٢٣٤٥٦٧٨٩٬٫"),
    "fr": str.maketrans(",.", "\u202f,"),
}
_QUOTED: Final = re.compile("(«[^»]*»)")
_ARABIC_FEW: Final = range(3, 11)
_ARABIC_MANY: Final = range(11, 100)


@dataclass(frozen=True, slots=True)
class Words:
    """One language. Calling it with a key gives the text; `{name}` in the text is filled from the keyword of that name.

    Whole numbers are filled in with thousands separated. A text that depends on a number is a table by plural category
    (Unicode's: zero, one, two, few, many, other) and is chosen by the keyword `n`.
    """

    language: str
    table: Mapping[str, Any]

    @property
    def direction(self) -> str:
        """`rtl` or `ltr`, for the `dir` of the page."""
        return "rtl" if self.language in RIGHT_TO_LEFT else "ltr"

    def __call__(self, key: str, **values: object) -> str:
        """The text of a key; an unknown key is its own text, so that a chart's English wording is never lost."""
        text = self.table.get(key, key)
        if isinstance(text, Mapping):
            text = text.get(plural(self.language, int(str(values["n"]))), text["other"])
        if not values:
            return str(text)
        return str(text).format_map({name: self.number(value) if isinstance(value, int) else value for name, value in values.items()})

    def term(self, term: Term) -> str:
        """The label of a word of the vocabulary."""
        return term.label(self.language)

    def of(self, texts: Mapping[str, str]) -> str:
        """A text that a table of settings holds per language; English where it is missing in this one."""
        return texts.get(self.language) or texts["en"]

    def meaning(self, term: Term) -> str:
        """What a word of the vocabulary means."""
        return self(term.meaning) if term.meaning else ""

    def addresses(self, given: Iterable[str]) -> str:
        """Addresses, names of tables and the like as a list, each left to right in a text of any direction."""
        return self("list.separator").join(f"\u2066{one}\u2069" if self.direction == "rtl" else one for one in given)

    def quoted(self, text: str) -> str:
        """Somebody else's words, in the marks of this language."""
        return quotation.quoted(text, self.language)

    def number(self, value: int) -> str:
        """Thousands separated, in the reader's digits."""
        return self.numerals(f"{value:,}")

    def decimal(self, value: float, places: int = 1) -> str:
        """So many decimals, in the reader's digits."""
        return self.numerals(f"{value:,.{places}f}")

    def numerals(self, text: str) -> str:
        """A number as Python writes it, in the reader's digits and with the reader's marks."""
        return text.translate(_NUMERALS.get(self.language, {}))

    def digits(self, text: str) -> str:
        """The text with the reader's digits, as the charts write them too."""
        return text.translate(_ARABIC_DIGITS) if self.language == "ar" else text

    def told(self, sentence: str, language: str) -> str:
        """A published sentence of this language with the reader's digits; what it quotes, and one of another language, stays as it is."""
        if language != self.language:
            return sentence
        return "".join(part if part.startswith("«") else self.digits(part) for part in _QUOTED.split(sentence))

    def day(self, value: date | None, *, year: bool = True) -> str:
        """27 Nov 2024."""
        if value is None:
            return self("date.unknown")
        month = self.table["date.months"][value.month - 1]
        first = "1er" if self.language == "fr" and value.day == 1 else value.day
        return self.digits(f"{first} {month} {value.year}" if year else f"{first} {month}")

    def moment(self, value: datetime | None, zone: tzinfo) -> str:
        """27 Nov 2024, 14:05 (UTC+3), in the given time zone."""
        if value is None:
            return self("date.never")
        local = value.astimezone(zone)
        return self("date.moment", day=self.day(local.date()), time=self.digits(f"{local:%H:%M}"), zone=self.zone(value, zone))

    def zone(self, value: datetime, zone: tzinfo) -> str:
        """UTC+3: how far a time zone, whose name is English, was from UTC then."""
        hours = (value.astimezone(zone).utcoffset() or timedelta()).total_seconds() / 3600
        return f"UTC{hours:+g}"

    def published(self, value: datetime, zone: tzinfo) -> str:
        """When a report came out: the day, and the hour where one is known; a day alone is kept as its noon in the time zone."""
        local = value.astimezone(zone)
        return self.day(local.date()) if local.time() == time(12) else self.moment(value, zone)

    def window(self, first: date | None, last: date | None) -> str:
        """27 Nov to 8 Dec 2024, leaving out what is open."""
        if first is None and last is None:
            return ""
        if first is None:
            return self("date.until", last=self.day(last))
        if last is None:
            return self("date.since", first=self.day(first))
        return self("date.window", first=self.day(first, year=first.year != last.year), last=self.day(last))

    def window_alone(self, first: date | None, last: date | None) -> str:
        """The same where it is no part of a sentence: a French one begins with a word."""
        said = self.window(first, last)
        return said[:1].upper() + said[1:]


def plural(language: str, n: int) -> str:
    """The plural category of a whole number (Unicode CLDR rules for English, Arabic and French, without the last one's millions)."""
    if language == "fr":
        return "one" if n in (0, 1) else "other"
    if language != "ar":
        return "one" if n == 1 else "other"
    if n in (0, 1, 2):
        return ("zero", "one", "two")[n]
    if n % 100 in _ARABIC_FEW:
        return "few"
    return "many" if n % 100 in _ARABIC_MANY else "other"


def load_words(folder: Path) -> Mapping[str, Words]:
    """Every translation table of the folder, by language. Raises `SettingsError` when one cannot be read."""
    read = {path.stem: _table(path) for path in sorted(folder.glob("*.json"))}
    if FALLBACK not in read:
        raise SettingsError(f"{folder} has no {FALLBACK}.json; install the program again.")
    return MappingProxyType(
        {language: Words(language, {**_vocabulary(language), **_beside(folder, language), **table}) for language, table in read.items()}
    )


def _beside(folder: Path, language: str) -> dict[str, Any]:
    """What the tables in the folders beside have in the language."""
    paths = (folder / name / f"{language}.json" for name in BESIDE)
    return {key: text for path in paths if path.exists() for key, text in _table(path).items()}


def speak(words: Mapping[str, Words], language: str) -> Words:
    """The words of a language, or English where there is no table yet."""
    return words.get(language, words[FALLBACK])


def terms() -> Iterator[Term]:
    """Every labelled word of the vocabulary."""
    for value in vars(vocabulary).values():
        if isinstance(value, dict):
            yield from (term for term in value.values() if isinstance(term, Term))


def _vocabulary(language: str) -> dict[str, str]:
    return {term.en: term.label(language) for term in terms()}


def _table(path: Path) -> dict[str, Any]:
    try:
        table: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SettingsError(f"{path} cannot be read as a translation table ({error}); install the program again.") from error
    return table
