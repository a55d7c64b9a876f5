"""Names of victims are covered in what is published, and only they: measured on sentences of the project's own."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from ingest.model.withheld import MARK, says
from ingest.publish.withheld import withheld

HERE = Path(__file__).parent / "names"
FLOORS = {"en": (1.0, 1.0), "ar": (0.95, 0.95), **dict.fromkeys(("fr", "tr", "ku", "ru", "fa", "ckb", "ur", "he", "rows"), (1.0, 1.0))}
"""By language and for tables the recall (names covered) and precision (covered texts that are names) below which nothing may fall."""
KNOWN = {"save the children", "human rights watch", "syria civil defence", "northvale"}


def cases(language: str) -> list[dict[str, Any]]:
    """The sentences of a language."""
    found: list[dict[str, Any]] = tomllib.loads((HERE / f"{language}.toml").read_text(encoding="utf-8"))["case"]
    return found


def covered(text: str, published: str) -> list[str]:
    """The runs of a text that are covered in what is published."""
    runs, run = [], ""
    for one, other in zip([*text, ""], [*published, ""], strict=True):
        if other == MARK:
            run += one
        elif run:
            runs.append(run)
            run = ""
    return runs


@pytest.mark.parametrize("language", FLOORS)
def test_names_are_covered_and_places_and_organisations_are_not(language: str) -> None:
    """Recall and precision over all sentences, each name counted whole."""
    hits, missed, wrong = 0, [], []
    for case in cases(language):
        found = covered(case["text"], withheld(case["text"], lambda words: words.casefold() in KNOWN))
        wanted = case.get("names", [])
        hits += sum(name in found for name in wanted)
        missed += [name for name in wanted if name not in found]
        wrong += [name for name in found if name not in wanted]
    recall, precision = FLOORS[language]
    assert hits / (hits + len(missed)) >= recall, missed
    assert hits / (hits + len(wrong)) >= precision, wrong


@pytest.mark.parametrize("language", FLOORS)
def test_what_is_covered_has_its_length_and_everything_else_is_as_it_was(language: str) -> None:
    """So offsets hold, numbers stand where they are said to, and covering twice covers nothing more."""
    for case in cases(language):
        published = withheld(case["text"], lambda _: False)
        assert says(published, case["text"]) and len(published) == len(case["text"])
        assert [one for one in published if one.isdigit()] == [one for one in case["text"] if one.isdigit()]
        assert withheld(published, lambda _: False) == published
    assert not says("abc", "abd") and not says(MARK * 2, "abc")
