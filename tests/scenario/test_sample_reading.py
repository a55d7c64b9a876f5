"""The sample reports are read as the hand-written expectations say: every number, and each field at least as well as its floor."""

import re
import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest.extract import Reader, read
from ingest.model.crisis import Crisis
from ingest.model.ids import document_id
from ingest.model.records import Document, Figure
from ingest.places.gazetteer import Gazetteer

EXACT = ("metric", "qualifier", "low", "best", "high", "unit")
COLUMNS = {"low": "value_low", "best": "value_best", "high": "value_high", "coverage": "coverage_area", "part_kind": "part_of"}
FIELDS = (
    "kind", "value_status", "group_status", "group_side", "group_age", "group_sex", "group_role", "perpetrator", "claimed_source",
    "window_start", "window_end", "as_of", "event_start", "place_role", "parts_complete",
)  # fmt: skip


@dataclass
class Score:
    """What came out of reading every report: what is missing, what is too much, and each field's right answers out of tries."""

    missing: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)
    wrong_number: list[str] = field(default_factory=list)
    right: Counter[str] = field(default_factory=Counter)
    tried: Counter[str] = field(default_factory=Counter)


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


@pytest.fixture(scope="module")
def score(reports, expected, crisis: Crisis, shipped: Path) -> Score:
    """The score of one pass over all reports."""
    paths = [shipped / "gazetteer" / f"{name}.csv" for name in crisis.gazetteer]
    reader = Reader.for_crisis(crisis, Gazetteer.load(paths, crisis.regions))
    total = Score()
    for name, wanted in expected.items():
        _report(name, reports[name], wanted, reader, total)
    return total


def _report(name, report, wanted, reader, total: Score) -> None:
    published = datetime.fromisoformat(report.header["published"])
    published = published.replace(hour=published.hour or 12, tzinfo=published.tzinfo or UTC)
    document = Document(
        document_id("sample", report.header["publisher"], "", report.body), "sample", report.header["publisher"], report.header["title"],
        report.body, report.header["language"], "", published, published, "text/plain", "",
    )  # fmt: skip
    left = [reading.figure for reading in read(document, reader)]
    found: dict[int, Figure] = {}
    for one in wanted:
        start, end = text_span(report.body, one.keys)
        near = [f for f in left if f.span_start < end and start < f.span_end]
        near.sort(key=lambda f: f.metric not in one.checked("metric"))
        if near:
            found[one.index] = near[0]
            left.remove(near[0])
        elif not one.keys.get("optional"):
            total.missing.append(f"{name}: {one.keys['text']} {one.keys['metric']}")
    total.extra.extend(f"{name}: {f.value_text} {f.metric}" for f in left)
    for one in wanted:
        if one.index in found and not one.keys.get("optional"):
            _figure(name, one, found, total)


def _figure(name, one, found, total: Score) -> None:
    figure = found[one.index]
    for key in EXACT:
        right = one.checked(key) if key not in ("low", "best", "high") else [one.keys.get(key)]
        if right and getattr(figure, COLUMNS.get(key, key)) not in right:
            total.wrong_number.append(f"{name}: {one.keys['text']} {key} {getattr(figure, COLUMNS.get(key, key))} not {right}")
    for key in FIELDS:
        if right := one.checked(key):
            got = getattr(figure, key)
            _try(total, key, (got if got is not None else "") in right)
    for place in [one.checked("place_id")]:
        if place:
            _try(total, "place_id", any(p and (figure.place_id.startswith(p) or figure.adm1_id == p) for p in place))
    if one.keys.get("coverage", "?") != "?":
        _try(total, "coverage", sorted(figure.coverage_area) == sorted(one.keys["coverage"]))
    whole = one.keys.get("part_of")
    if whole != "?" and (whole is None or whole in found):
        right = figure.parent_figure_id == (found[whole].figure_id if whole is not None else "")
        _try(total, "part_of", right)
        if right and whole is not None and one.checked("part_kind"):
            _try(total, "part_kind", figure.part_of in one.checked("part_kind"))


def _try(total: Score, key: str, right: bool) -> None:
    total.tried[key] += 1
    total.right[key] += right


def test_every_expected_number_is_found(score):
    """Each number of the reports is read, in English and in Arabic."""
    assert score.missing == []


def test_nothing_else_is_read(score):
    """No report gives a figure that its expectations do not list."""
    assert score.extra == []


def test_every_number_found_means_what_it_says(score):
    """Metric, hedge, interval and unit of each are as expected."""
    assert score.wrong_number == []


def test_no_field_falls_below_its_floor(score):
    """Each field is right at least as often as it has been before."""
    floors = tomllib.loads((Path(__file__).parent / "floors.toml").read_text(encoding="utf-8"))
    assert set(floors) == set(score.tried)
    shares = {key: score.right[key] / score.tried[key] for key in score.tried}
    assert {key: round(shares[key], 3) for key in floors if shares[key] < floors[key]} == {}
