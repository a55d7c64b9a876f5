"""The sample reports held against what a careful reader finds in them; what a key of an expectation means is told in expected.toml."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ingest.extract import Reader, read
from ingest.model.crisis import load_crisis, load_organisations
from ingest.model.ids import document_id
from ingest.model.records import Document, Figure
from ingest.places.gazetteer import Gazetteer
from ingest.settings import shipped_data
from tests.quality.outcomes import Extra, Outcome, Wanted, form_of
from tests.quality.telling import told

EXPECTED = Path(__file__).parents[1] / "scenario" / "expected.toml"
EXACT = ("metric", "qualifier", "low", "best", "high", "unit")
COLUMNS = {"low": "value_low", "best": "value_best", "high": "value_high", "coverage": "coverage_area", "part_kind": "part_of"}
FIELDS = (
    "kind", "value_status", "group_status", "group_side", "group_age", "group_sex", "group_role", "perpetrator", "claimed_source",
    "window_start", "window_end", "as_of", "event_start", "place_role", "parts_complete",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SampleReport:
    """One file of the sample: the keys before the line `---` and the text after it."""

    header: Mapping[str, str]
    body: str


@dataclass(frozen=True, slots=True)
class Expectation:
    """One expected figure with the defaults of its report and of the file filled in."""

    report: str
    index: int
    keys: Mapping[str, Any]

    def checked(self, key: str) -> list[Any]:
        """The values of a key that are right; none where it is not checked."""
        value = self.keys.get(key, "?")
        if value == "?":
            return []
        return value if isinstance(value, list) else [value]


@dataclass
class Score:
    """What came of reading every report: each outcome, and in words what is missing, too much, or wrong about a number."""

    outcomes: list[Outcome] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)
    wrong_number: list[str] = field(default_factory=list)


def load_reports() -> dict[str, SampleReport]:
    """The sample reports by file name without its ending."""
    return {path.stem: _report(path) for path in sorted((shipped_data() / "sample" / "reports").glob("*.txt"))}


def _report(path: Path) -> SampleReport:
    head, mark, body = path.read_text(encoding="utf-8").partition("\n---\n")
    assert mark, f"{path.name} has no line --- after its keys"
    return SampleReport(dict(line.split(": ", 1) for line in head.splitlines()), body.strip())


def load_expected() -> dict[str, tuple[Expectation, ...]]:
    """What is expected of each report, by the same name."""
    table = tomllib.loads(EXPECTED.read_text(encoding="utf-8"))
    defaults = table.pop("defaults")
    return {name: tuple(_figures(name, defaults, entry)) for name, entry in table.items()}


def _figures(name: str, defaults: Mapping[str, Any], entry: Mapping[str, Any]) -> Iterator[Expectation]:
    of_report = {key: value for key, value in entry.items() if key != "figures"}
    for index, figure in enumerate(entry["figures"]):
        yield Expectation(name, index, {**defaults, **of_report, **figure})


def shipped_reader() -> Reader:
    """The reader of the shipped crisis."""
    data = shipped_data()
    crisis = load_crisis(data / "crises" / "syria-2024.toml", load_organisations(data / "organisations.toml"))
    paths = [data / "gazetteer" / f"{name}.csv" for name in crisis.gazetteer]
    return Reader.for_crisis(crisis, Gazetteer.load(paths, crisis.regions))


def text_span(body: str, keys: Mapping[str, object]) -> tuple[int, int]:
    """Where the expected number stands in the body."""
    text = str(keys["text"])
    if "near" in keys:
        near = str(keys["near"])
        start = body.index(near) + near.index(text)
    else:
        match = re.search(rf"(?<![0-9A-Za-z,]){re.escape(text)}(?![0-9A-Za-z])", body)
        start = match.start() if match else body.index(text)
    return start, start + len(text)


def score(reader: Reader) -> Score:
    """The score of one pass over all reports."""
    total, reports = Score(), load_reports()
    for name, wanted in load_expected().items():
        _judge(name, reports[name], wanted, reader, total)
    return total


def _judge(name: str, report: SampleReport, wanted: tuple[Expectation, ...], reader: Reader, total: Score) -> None:
    published = datetime.fromisoformat(report.header["published"])
    published = published.replace(hour=published.hour or 12, tzinfo=published.tzinfo or UTC)
    publisher, language = report.header["publisher"], report.header["language"]
    identity = document_id("sample", publisher, "", report.body)
    document = Document(
        identity, "sample", publisher, report.header["title"], report.body, language, "", published, published, "text/plain", ""
    )
    figures = [reading.figure for reading in read(document, reader)]
    by_id, left = {figure.figure_id: figure for figure in figures}, list(figures)
    found: dict[int, Figure] = {}
    for one in wanted:
        start, end = text_span(report.body, one.keys)
        near = [f for f in left if f.span_start < end and start < f.span_end]
        near.sort(key=lambda f: f.metric not in one.checked("metric"))
        if near:
            found[one.index] = near[0]
            left.remove(near[0])
        elif not one.keys.get("optional"):
            what = f"{name}: {one.keys['text']} {one.keys['metric']}"
            total.missing.append(what)
            total.outcomes.append(Wanted("sample", language, str(one.checked("metric")[0]), "missing", what, found=False))
    for figure in left:
        what = f"{name}: {figure.value_text} {figure.metric}"
        total.extra.append(what)
        form = form_of(told(figure, by_id), report.body, language)
        total.outcomes.append(Extra("sample", language, figure.metric.value, form, what, figure.confidence, figure.doubts))
    for one in wanted:
        if one.index in found and not one.keys.get("optional"):
            figure = found[one.index]
            wrong = list(_wrong(one, figure))
            total.wrong_number += [f"{name}: {one.keys['text']} {what}" for what in wrong]
            form = form_of(told(figure, by_id), report.body, language)
            fields, what = dict(_fields(one, found)), f"{name}: {one.keys['text']} {'; '.join(wrong)}"
            total.outcomes.append(
                Wanted(
                    "sample",
                    language,
                    figure.metric.value,
                    form,
                    what,
                    found=not wrong,
                    confidence=figure.confidence,
                    fields=fields,
                    doubts=figure.doubts,
                )
            )


def _wrong(one: Expectation, figure: Figure) -> Iterator[str]:
    """What is not as expected of number, metric, hedge and unit."""
    for key in EXACT:
        right = one.checked(key) if key not in ("low", "best", "high") else [one.keys.get(key)]
        got = getattr(figure, COLUMNS.get(key, key))
        if right and got not in right:
            yield f"{key} {got} not {right}"


def _fields(one: Expectation, found: Mapping[int, Figure]) -> Iterator[tuple[str, bool]]:
    """Each field that is checked, and whether it is right."""
    figure = found[one.index]
    for key in FIELDS:
        if right := one.checked(key):
            got = getattr(figure, key)
            yield key, (got if got is not None else "") in right
    if place := one.checked("place_id"):
        yield "place_id", any(p and (figure.place_id.startswith(p) or figure.adm1_id == p) for p in place)
    if one.keys.get("coverage", "?") != "?":
        yield "coverage", sorted(figure.coverage_area) == sorted(one.keys["coverage"])
    whole = one.keys.get("part_of")
    if whole != "?" and (whole is None or whole in found):
        right_whole = figure.parent_figure_id == (found[whole].figure_id if whole is not None else "")
        yield "part_of", right_whole
        if right_whole and whole is not None and one.checked("part_kind"):
            yield "part_kind", figure.part_of in one.checked("part_kind")
