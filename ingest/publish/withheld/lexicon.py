"""The words of the rules that withhold names: a file for each language in `words/`."""

import tomllib
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

from ingest.places import fold

Words = TypeVar("Words", "English", "Arabic", "Cues", "Rows")


@dataclass(frozen=True, slots=True)
class English:
    """Lower-case words; what each list is for is said in the file."""

    roles: tuple[str, ...]
    lists: tuple[str, ...]
    kin: tuple[str, ...]
    done_to: tuple[str, ...]
    doing: tuple[str, ...]
    died: tuple[str, ...]
    speech: tuple[str, ...]
    things: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Arabic:
    """Words as they are written; they are folded where they are compared."""

    given: tuple[str, ...]
    titles: tuple[str, ...]
    lists: tuple[str, ...]
    verbs: tuple[str, ...]
    speech: tuple[str, ...]
    carriers: tuple[str, ...]
    ends: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cues:
    """What stands around a name in one more language. `#` is an age; a phrase is written in small letters where it may begin a sentence.

    `before` stands before a name of two words, `named` before one of any length, `after` behind one, `lists` before several. Nobody is a
    victim who speaks (`speech` behind the name, `told_by` before it) or is called by an `office`. `stops` are no part of a
    name, `joins` what “and” looks like between two, `at` words before a place.

    Every text of the language has a letter of `signs` or one of `words`. `letters` are those of a script without capitals: there a name is
    up to three words that are no `stops`, and where no cue stands before it, its first word is one of `given`.
    """

    before: tuple[str, ...]
    named: tuple[str, ...]
    after: tuple[str, ...]
    lists: tuple[str, ...]
    speech: tuple[str, ...]
    told_by: tuple[str, ...]
    office: tuple[str, ...]
    stops: tuple[str, ...]
    joins: tuple[str, ...]
    at: tuple[str, ...] = ()
    signs: str = ""
    words: tuple[str, ...] = ()
    given: tuple[str, ...] = ()
    letters: str = ""


@dataclass(frozen=True, slots=True)
class Rows:
    """Headings and cells of tables, in all languages. `whose` are headings of a person's name, `plain` of anybody's or anything's,
    `person` of what only a person has; `sexes` are cells. `given` are common given names in Latin and Cyrillic letters.
    """

    whose: tuple[str, ...]
    plain: tuple[str, ...]
    person: tuple[str, ...]
    years: tuple[str, ...]
    sexes: tuple[str, ...]
    given: tuple[str, ...]


def _read(kind: type[Words], name: str) -> Words:
    table: dict[str, Any] = tomllib.loads(files(__package__).joinpath("words", f"{name}.toml").read_text(encoding="utf-8"))
    said: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}
    strange = said.keys() - {field.name for field in fields(kind)}
    if strange:
        raise ValueError(f"words/{name}.toml says {sorted(strange)}, which no rule reads")
    return kind(**said)


ENGLISH = _read(English, "en")
ARABIC = _read(Arabic, "ar")
ROWS = _read(Rows, "rows")
GIVEN = frozenset(map(fold, ROWS.given))
"""Common given names in scripts with capitals, folded as names are whose spelling wavers."""
LANGUAGES = ("fr", "tr", "ku", "ru", "fa", "ckb", "ur", "he")


"""Those of `Cues`: neither English nor Arabic."""


@cache
def cues(language: str) -> Cues:
    """Those of one of `LANGUAGES`."""
    return _read(Cues, language)
