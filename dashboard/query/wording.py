"""What a reader chose, in words: people, days, places and sources of a view in the reader's language."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from dashboard.query.labels import called, listed, names, side_label, term
from dashboard.query.peoples import ROLES
from dashboard.query.snapshots import Snapshot, answered
from dashboard.state import Filters
from ingest.model.vocabulary import AGES, GROUP_STATUSES, SEXES, Clock, Term

Translate = Callable[[str], str]
Day = Callable[[date], str]

BETWEEN: Final = {"en": "; ", "ar": "؛ ", "fr": "\u202f; "}
"""What stands between the choices of one view, by language."""


@dataclass(frozen=True, slots=True)
class Wording:
    """How choices are said: calling it gives a text in the reader's language, `day` writes a day, by default as files do."""

    translate: Translate
    day: Day = date.isoformat

    def __call__(self, text: str) -> str:
        """The text in the reader's language."""
        return self.translate(text)


def group_label(token: str, lang: str, sides: Mapping[str, Mapping[str, str]]) -> str:
    """Label of one token of `Filters.groups`."""
    tables: tuple[Mapping[Any, Term], ...] = (GROUP_STATUSES, AGES, SEXES)
    for table in tables:
        if token in [str(word) for word in table]:
            return term(table, token, lang)
    axis, _, name = token.partition(".")
    return side_label(name, lang, sides) if axis == "side" else called(ROLES, name, lang)


def group_words(filters: Filters, db: Snapshot, _: Wording) -> str:
    """Whom is counted."""
    return listed((group_label(token, filters.lang, db.sides) for token in filters.groups), filters.lang)


def terms_words(field: str, table: Mapping[Any, Term]) -> Callable[[Filters, Snapshot, Wording], str]:
    """The words of a closed list that a field of the filters holds."""
    return lambda filters, _, __: listed((term(table, value, filters.lang) for value in getattr(filters, field)), filters.lang)


def dates_words(filters: Filters, _: Snapshot, translate: Wording) -> str:
    """From when to when."""
    first, last = filters.date_from, filters.date_to
    if first and last:
        return translate("{first} to {last}").format(first=translate.day(first), last=translate.day(last))
    if first:
        return translate("from {day}").format(day=translate.day(first))
    return translate("until {day}").format(day=translate.day(last)) if last else ""


def known_words(filters: Filters, _: Snapshot, translate: Wording) -> str:
    """As known, or read here, on which day."""
    said = translate("as known on {day}" if filters.clock == Clock.PUBLISHED else "as read here by {day}")
    return said.format(day=translate.day(filters.known)) if filters.known else ""


def place_words(filters: Filters, db: Snapshot, translate: Wording) -> str:
    """Regions are named by the rows that speak of them, for the gazetteer does not hold them."""
    named = names(db, filters.lang)
    unnamed = tuple(place for place in filters.places if not named.places.get(place))
    spoken = _spoken(db, unnamed) if unnamed else {}
    words = listed((named.place(place, spoken.get(place, "")) for place in filters.places), filters.lang)
    return translate("in {places}").format(places=words)


@answered
def _spoken(db: Snapshot, places: tuple[str, ...]) -> Mapping[str, str]:
    """What rows call the places."""
    sql = "SELECT place_id, any_value(place_name) FROM figures WHERE list_contains($ids::VARCHAR[], place_id) GROUP BY place_id"
    return dict(db.rows(sql, {"ids": list(places)}))


def source_words(filters: Filters, db: Snapshot, translate: Wording) -> str:
    """Whose claims."""
    words = listed(map(names(db, filters.lang).organisation, filters.sources), filters.lang)
    return translate("claimed by {sources}").format(sources=words)
