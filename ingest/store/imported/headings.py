"""What the headings of a table mean: the published columns by other names, and what else of a row a heading may tell."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from ingest.errors import UnreadableDocument
from ingest.model.failures import say
from ingest.model.schema import FIGURES
from ingest.model.unreadable import Unreadable
from ingest.store.typed import nearest
from ingest.text import read_toml

_SIGNS = re.compile(r"[\W_]+")
_PUBLISHED = tuple(column.name for column in FIGURES)
_TABLES = ("columns", "values", "fixed")


@dataclass(frozen=True, slots=True)
class Headings:
    """`meaning` leads from a folded heading to a published column or to what it tells; an empty meaning leaves the column out.

    `values` says for a meaning what a cell as written stands for, `fixed` what every row says without a column for it. `explained` is the
    part of `meaning` that a mapping gave, which outranks a table's own tags.
    """

    meaning: Mapping[str, str]
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)
    explained: Mapping[str, str] = field(default_factory=dict)

    def read(self, columns: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What each column means, empty where nobody knows or an earlier column means it already; and the ones left out."""
        found: list[str] = []
        left_out: list[str] = []
        for column in columns:
            name = column.strip().lower()
            meaning = name if name in _PUBLISHED else self.meaning.get(folded(column), "")
            known = folded(column) in self.meaning
            if not meaning or (meaning in found and name not in _PUBLISHED):
                left_out += [] if known and not meaning else [column]
                meaning = ""
            found.append(meaning)
        return tuple(found), tuple(one for one in left_out if one)

    def said(self, cells: Mapping[str, str]) -> dict[str, str]:
        """What the cells of a row stand for, by meaning: what the mapping says of them, else as they are."""
        return {**self.fixed, **{name: self.values.get(name, {}).get(cell, cell) for name, cell in cells.items()}}


def folded(heading: str) -> str:
    """A heading in lower case, its words joined by `_`."""
    return _SIGNS.sub("_", heading.strip().casefold()).strip("_")


@cache
def shipped() -> Headings:
    """The headings that are understood without a mapping."""
    tables = tomllib.loads(files(__package__).joinpath("headings.toml").read_text(encoding="utf-8"))
    return Headings({form: meaning for table in tables.values() for meaning, forms in table.items() for form in forms})


@cache
def told() -> tuple[str, ...]:
    """What a heading may tell beside the published columns."""
    return tuple(tomllib.loads(files(__package__).joinpath("headings.toml").read_text(encoding="utf-8"))["told"])


def read_mapping(path: Path) -> Headings:
    """The shipped headings with those of a mapping file on top: `[columns]`, `[values.<meaning>]` and `[fixed]`.

    Raises `UnreadableDocument` naming the file and what in it is not understood.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableDocument(say(Unreadable.NO_SUCH_FILE, name=path, answer=error.strerror)) from error
    return mapping(read_toml(content, path.name), path.name)


def mapping(tables: Mapping[str, Any], source: str) -> Headings:
    """The same for tables that were read already; `source` is how people know them."""
    for name, table in tables.items():
        if name not in _TABLES or not isinstance(table, dict):
            raise UnreadableDocument(say(Unreadable.MAPPING_TABLE, name=source, part=repr(name), choices=", ".join(_TABLES)))
    columns, values, fixed = (_texts(source, name, tables.get(name, {})) for name in _TABLES)
    for meaning in (*columns.values(), *values, *fixed):
        _require_known(source, str(meaning))
    explained = {folded(heading): str(meaning) for heading, meaning in columns.items()}
    return Headings({**shipped().meaning, **explained}, values, fixed, explained)


def _texts(source: str, name: str, table: Mapping[str, Any]) -> dict[str, Any]:
    """A table of texts, or for `values` a table of such tables."""
    inner = table.values() if name == "values" else (table,)
    for one in inner:
        if not isinstance(one, dict) or not all(isinstance(word, str) for word in one.values()):
            raise UnreadableDocument(say(Unreadable.MAPPING_TEXT, name=source, wanted=f"[{name}]"))
    return dict(table)


def _require_known(source: str, meaning: str) -> None:
    known = [*_PUBLISHED, *told()]
    if meaning and meaning not in known:
        if like := nearest(meaning, known):
            raise UnreadableDocument(say(Unreadable.MAPPING_LIKE, name=source, part=repr(meaning), other=repr(like)))
        raise UnreadableDocument(say(Unreadable.MAPPING_STRANGE, name=source, part=repr(meaning), choices=", ".join(told())))
