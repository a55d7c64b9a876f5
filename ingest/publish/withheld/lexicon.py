"""The words of the rules that withhold names, from `words.toml`."""

import tomllib
from dataclasses import dataclass, fields
from importlib.resources import files
from typing import Any, TypeVar

Words = TypeVar("Words", "English", "Arabic")


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


def _read(kind: type[Words], table: dict[str, Any]) -> Words:
    return kind(**{field.name: tuple(table[field.name]) for field in fields(kind)})


_TABLES = tomllib.loads(files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))
ENGLISH = _read(English, _TABLES["english"])
ARABIC = _read(Arabic, _TABLES["arabic"])
