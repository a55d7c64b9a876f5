"""Every sentence of the corpora is read as a careful person reads it, and nothing else is read in it."""

import tomllib
from pathlib import Path

import pytest

from ingest.model.records import Figure
from ingest.model.vocabulary import Qualifier, Unit, ValueStatus

CORPUS = Path(__file__).parents[2] / "corpus"


def cases() -> list[tuple[str, str, list[str]]]:
    """(language, text, what is read) of every case of every corpus."""
    return [
        (path.parent.name, case["text"], case["reads"])
        for path in sorted(CORPUS.glob("*/*.toml"))
        for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
    ]


def told(figure: Figure, by_id: dict[str, Figure]) -> str:
    """A figure as the corpora write it."""
    parts = [str(figure.metric), value(figure)]
    if figure.value_status is not ValueStatus.NO_NUMBER and figure.qualifier is not Qualifier.EXACT:
        parts.append(str(figure.qualifier))
    if figure.unit is Unit.HOUSEHOLD:
        parts.append("household")
    if figure.parent_figure_id:
        parent = by_id[figure.parent_figure_id]
        parts.append(f"of {parent.value_best if parent.value_best is not None else parent.value_low}")
    return " ".join(parts)


def value(figure: Figure) -> str:
    """The value of a figure as the corpora write it."""
    if figure.value_status is ValueStatus.NO_NUMBER:
        return "none"
    if figure.interval_open_high:
        return f"{figure.value_low}+"
    if figure.value_low == figure.value_high:
        return str(figure.value_low)
    return f"{figure.value_low}-{figure.value_high}"


@pytest.mark.parametrize(("language", "text", "reads"), cases())
def test_a_sentence_gives_exactly_its_figures(figures, language, text, reads):
    """The figures of a sentence, with hedge, interval, unit and whole, are those written beside it; no other is read."""
    read = figures(text, language=language)
    by_id = {figure.figure_id: figure for figure in read}
    assert [told(figure, by_id) for figure in sorted(read, key=lambda f: f.span_start)] == reads
