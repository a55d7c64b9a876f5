"""Every sentence of the corpora is read as a careful person reads it, and nothing else is read in it."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.quality.telling import FIELDS, told

CORPUS = Path(__file__).parents[2] / "corpus"


def cases() -> list[Any]:
    """(language, case) of every case of every corpus, named by file and text."""
    return [
        pytest.param(path.parent.name, case, id=f"{path.parent.name}-{path.stem}-{number}")
        for path in sorted(CORPUS.glob("*/*.toml"))
        for number, case in enumerate(tomllib.loads(path.read_text(encoding="utf-8"))["case"], 1)
    ]


@pytest.mark.parametrize(("language", "case"), cases())
def test_a_text_gives_exactly_its_figures(figures, language, case):
    """The figures of a text, with hedge, interval, unit, whole and whatever else its case states; no other is read."""
    assert case.keys() <= {"text", "reads", "about", *FIELDS}, "a key that nothing checks"
    read = sorted(figures(case["text"], language=language), key=lambda f: (f.span_start, f.metric))
    by_id = {figure.figure_id: figure for figure in read}
    assert [told(figure, by_id) for figure in read] == case["reads"]
    for name in case.keys() & FIELDS.keys():
        assert [FIELDS[name](figure) for figure in read] == case[name], name
