"""Words for people: labels of the vocabulary, of organisations and of places in the reader's language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

import pandas as pd

from dashboard.query.peoples import NATIONALITIES, ROLES
from dashboard.query.snapshots import Snapshot, answered
from ingest.model.countries import country
from ingest.model.quotation import quoted
from ingest.model.vocabulary import AGES, GROUP_STATUSES, SEXES, Age, GroupStatus, Sex, Term

LISTED: Final = {"en": ", ", "ar": "، ", "fr": ", "}
"""What stands between the items of a list, by language."""


def told(verdict: Mapping[Any, Any], lang: str) -> tuple[str, str]:
    """The sentence of a verdict, and the language it is in: English where it was published before there was one in the reader's."""
    said = str(verdict[f"sentence_{lang}"])
    return (said, lang) if said else (str(verdict["sentence_en"]), "en")


@dataclass(frozen=True, slots=True)
class Names:
    """Labels of organisations and places in one language; an identity without a name is made readable."""

    language: str
    organisations: Mapping[str, str]
    shorts: Mapping[str, str]
    places: Mapping[str, str]

    def organisation(self, identity: str) -> str:
        """Full name of an organisation."""
        return self.organisations.get(identity) or readable(identity)

    def short(self, identity: str) -> str:
        """Name for a label. Arabic readers get the name, not a Latin acronym."""
        return self.shorts.get(identity) or readable(identity)

    def place(self, identity: str, *given: str) -> str:
        """Name of a place; else the first of the names the row itself gives, that of a country in the language."""
        return self.places.get(identity) or next((country(one, self.language) or one for one in given if one), identity)


_NAMED: Final = {"ar": ("name_ar", "coalesce(nullif(short_ar, ''), name_ar)"), "fr": ("name_fr", "short_fr")}
"""By language, the columns of a name and of a short one, where they are not the English ones."""


@answered
def names(db: Snapshot, lang: str) -> Names:
    """The labels of the snapshot in the language; English where a name is missing in it."""
    name, short = _NAMED.get(lang, ("''", "''"))
    organisations = db.rows(f"SELECT organisation, {name}, {short}, name_en, short FROM organisations")  # noqa: S608 - columns of ours
    places = db.rows(f"SELECT place_id, {name}, name_en FROM places")  # noqa: S608 - columns of ours
    return Names(
        language=lang,
        organisations={identity: own or english or short for identity, own, _, english, short in organisations},
        shorts={identity: own or short or english for identity, _, own, english, short in organisations},
        places={identity: own or english for identity, own, english in places},
    )


def labelled(column: pd.Series, label: Any, *others: pd.Series) -> pd.Series:
    """The column with each value replaced by its label; `others` are handed on beside it."""
    values = [label(*row) for row in zip(column, *others, strict=True)]
    return pd.Series(values, index=column.index, dtype="object")


def term(terms: Mapping[Any, Term], value: str, lang: str) -> str:
    """Label of a vocabulary word; a word the table does not know is shown as it is."""
    found = next((shown for word, shown in terms.items() if isinstance(word, StrEnum) and word.value == value), None)
    if found is None:
        return readable(value)
    return found.label(lang)


def called(table: Mapping[str, Term], identity: str, lang: str) -> str:
    """What the table calls it in the language; readable where it has no word for it."""
    return table[identity].label(lang) if identity in table else readable(identity)


def readable(identity: str) -> str:
    """An identity without a name, made readable: `local_council` -> `local council`."""
    return identity.replace("_", " ")


def listed(words: Iterable[str], lang: str) -> str:
    """The words as a list."""
    return LISTED[lang].join(words)


def group_text(group: Mapping[str, str], lang: str, sides: Mapping[str, Mapping[str, str]]) -> str:
    """The people counted, in words: "Civilians, children"."""
    side = group["group_side"]
    parts = [
        "" if group["group_status"] == GroupStatus.UNSTATED else term(GROUP_STATUSES, group["group_status"], lang),
        side_label(side, lang, sides) if side else "",
        term(AGES, group["group_age"], lang) if group["group_age"] in list(Age) else "",
        term(SEXES, group["group_sex"], lang) if group["group_sex"] in list(Sex) else "",
        called(ROLES, group["group_role"], lang),
        called(NATIONALITIES, group["group_nationality"], lang),
    ]
    return listed(filter(None, parts), lang) or term(GROUP_STATUSES, GroupStatus.UNSTATED, lang)


def side_label(side: str, lang: str, sides: Mapping[str, Mapping[str, str]]) -> str:
    """Label of a side of the conflict, as the crisis names it."""
    named = sides.get(side, {})
    return named.get(lang) or named.get("en") or readable(side)


def party_label(wording: str, lang: str, sides: Mapping[str, Mapping[str, str]]) -> str:
    """A party held responsible: a side of the conflict by its label, any other wording as a quotation."""
    return side_label(wording, lang, sides) if wording in sides else quoted(wording, lang) if wording else ""


GROUP: Final = ("group_status", "group_side", "group_sex", "group_age", "group_role", "group_nationality")


def people_of(key: str) -> dict[str, str]:
    """The group columns of a `group_key`, which is put together of them."""
    return dict(zip(GROUP, key.split("|"), strict=True))


def with_group_text(frame: pd.DataFrame, lang: str, sides: Mapping[str, Mapping[str, str]]) -> pd.DataFrame:
    """The frame with a `group_text` column; it has the group columns already."""
    keys = list(zip(*(frame[name] for name in GROUP), strict=True))
    words = {key: group_text(dict(zip(GROUP, key, strict=True)), lang, sides) for key in set(keys)}
    return frame.assign(group_text=pd.Series([words[key] for key in keys], index=frame.index, dtype="object"))
