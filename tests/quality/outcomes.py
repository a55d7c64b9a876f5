"""What came of reading the measured corpora: each figure a careful reader finds, found or not, and each reading nobody expects."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ingest.extract import Reader, read
from ingest.model.vocabulary import ValueStatus
from ingest.text.normalise import fold_digits
from tests.quality.exland import document
from tests.quality.telling import FIELDS, told

MEASURED = Path(__file__).parents[1] / "corpus" / "measured"
_DIGITS = re.compile(r"\d[\d.,'٬\s]*")
_ONES = re.compile(r"\b(?:one|1|single)\b|واحد|إحدى|أحد")
_TWOS = re.compile(r"\b2\b|اثن")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A figure that is in a text: whether it was read, with what confidence, and which of its checked fields are right.

    `what` is the figure and its text in words, for a person.
    """

    corpus: str
    language: str
    metric: str
    form: str
    what: str
    found: bool
    confidence: float = 0.0
    fields: Mapping[str, bool] = field(default_factory=dict)
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Extra:
    """A reading that no expectation asks for."""

    corpus: str
    language: str
    metric: str
    form: str
    what: str
    confidence: float
    doubts: tuple[str, ...] = ()


Outcome = Wanted | Extra


def form_of(line: str, text: str, language: str) -> str:
    """How a figure of the corpora is written in its text: zero, vague, range, digit, dual, implicit one or word."""
    value = line.split()[1]
    if value == "none":
        return "no number"
    if value == "0":
        return "zero"
    for form in ("vague", "range"):
        if form in line.split():
            return form
    low, _, high = value.rstrip("+").partition("-")
    written = {re.sub(r"\D", "", run).rstrip("0") for run in _DIGITS.findall(fold_digits(text))}
    near = {str(number).rstrip("0") for number in (int(low), int(high or low), (int(low) + int(high or low)) // 2)}
    if near & (written - {""}):
        return "digit"
    if low == "1" and not high and not _ONES.search(text.lower()):
        return "implicit one"
    return "dual" if language == "ar" and value == "2" and not _TWOS.search(text) else "word"


def of_case(case: Mapping[str, Any], language: str, reader: Reader) -> Iterator[Outcome]:
    """The outcomes of one text of our own. A figure is found where one with its metric, value and unit was read, in order."""
    about = {key: case[key] for key in ("publisher", "published") if key in case}
    read_figures = [reading.figure for reading in read(document(case["text"], language, **about), reader)]
    figures = sorted(read_figures, key=lambda f: (f.span_start, f.metric))
    by_id = {figure.figure_id: figure for figure in figures}
    lines = [told(figure, by_id) for figure in figures]
    left = list(range(len(figures)))
    for number, line in enumerate(case["reads"]):
        at = next((at for at in left if _core(lines[at]) == _core(line)), None)
        form, metric = form_of(line, case["text"], language), line.split()[0]
        if at is None:
            yield Wanted("own", language, metric, form, _what(line, case["text"]), found=False)
            continue
        left.remove(at)
        fields = {name: FIELDS[name](figures[at]) == case[name][number] for name in FIELDS if name in case}
        fields |= {"hedge": _hedge(lines[at]) == _hedge(line)}
        fields |= {name: _link(lines[at], name) == _link(line, name) for name in ("part", "repeat") if _link(line + lines[at], name)}
        what, sure, doubts = _what(line, case["text"]), figures[at].confidence, figures[at].doubts
        yield Wanted("own", language, metric, form, what, found=True, confidence=sure, fields=fields, doubts=doubts)
    for at in left:
        line = lines[at]
        if figures[at].value_status is not ValueStatus.NO_NUMBER:  # a claim without a number is no figure too many
            form = form_of(line, case["text"], language)
            yield Extra("own", language, line.split()[0], form, _what(line, case["text"]), figures[at].confidence, figures[at].doubts)


def _what(line: str, text: str) -> str:
    return f"{line}: {' '.join(text.split())}"


def own(reader: Reader) -> Iterator[Outcome]:
    """The outcomes of every measured text of our own."""
    for path in sorted(MEASURED.glob("*/*.toml")):
        for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]:
            yield from of_case(case, path.parent.name, reader)


def _core(line: str) -> tuple[str, str, bool]:
    words = line.split()
    return words[0], words[1], "household" in words


def _hedge(line: str) -> str:
    return next((word for word in line.split()[2:3] if word not in ("household", "of", "again")), "")


def _link(line: str, name: str) -> str:
    found = re.search(r" of \d+" if name == "part" else " again", line)
    return found.group() if found else ""
