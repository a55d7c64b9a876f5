"""Countries and territories beyond the places of a crisis: what reports call them, and their names in each language of the app."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

_ALSO: Final = "also"
"""The key of a row's other names; every other key is a language."""


def country(name: str, language: str) -> str:
    """What the country or territory of that name, in any language and case, is called in this one; empty where it is none we know."""
    return _named().get(_folded(name), {}).get(language, "")


@cache
def _named() -> Mapping[str, Mapping[str, str]]:
    """By each name, folded, the names of its country by language."""
    table = tomllib.loads(files("ingest.model").joinpath("countries.toml").read_text(encoding="utf-8"))
    named: dict[str, Mapping[str, str]] = {}
    for row in table.values():
        others = row.pop(_ALSO, ())
        named |= {_folded(name): row for name in (*row.values(), *others)}
    return named


def _folded(name: str) -> str:
    return name.strip().replace("’", "'").casefold().removeprefix("the ")
