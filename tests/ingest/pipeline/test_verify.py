"""What the last check lets through."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from ingest.model.records import Document, Figure
from ingest.model.vocabulary import Kind, Metric, ValueStatus
from ingest.pipeline.verify import verified

WHEN = datetime(2024, 12, 4, tzinfo=UTC)


def _document(text: str) -> Document:
    return Document("d1", "fake", "watch", "", text, "en", "", WHEN, WHEN, "text/plain", "")


def _figure(text: str, written: str, low: int | None, best: int | None, high: int | None) -> Figure:
    start = text.index(written)
    bounds = {"value_low": low, "value_best": best, "value_high": high}
    place = {"quote": text, "quote_start": 0, "span_start": start, "span_end": start + len(written)}
    return Figure("f1", "c1", "d1", "tiny", Metric.KILLED, Kind.INCIDENT, value_text=written, **bounds, **place)


@pytest.mark.parametrize(
    ("written", "low", "best", "high"),
    [
        ("12", 12, 12, 12),
        ("1,234", 1234, 1234, 1234),
        ("1 234", 1234, 1234, 1234),
        ("١٤", 14, 14, 14),
        ("1.1 million", 1_100_000, 1_100_000, 1_100_000),
        ("36k", 36_000, 36_000, 36_000),
        ("20 to 25", 20, None, 25),
        ("20-25", 20, None, 25),
        ("100", 101, 100, None),
        ("100", 0, None, 99),
        ("five", 5, 5, 5),
        ("dozens", 12, None, 99),
    ],
)
def test_numbers_as_texts_write_them_stand(written: str, low: int, best: int | None, high: int | None) -> None:
    """Digits with marks, other digits, scales, ranges, one-off bounds and words are all found."""
    text = f"Reports of {written} killed."
    assert verified(_figure(text, written, low, best, high), _document(text)) is None


@pytest.mark.parametrize(
    ("written", "low", "best", "high"),
    [("14", 41, 41, 41), ("12", 120, 120, 120), ("1,234", 1235, 1230, 1240), ("20 to 25", 20, None, 52), ("12", None, None, None)],
)
def test_a_number_the_text_does_not_say_is_rejected(written: str, low: int | None, best: int | None, high: int | None) -> None:
    """Turned digits, another scale, or no number at all where digits stand: the row is not kept, and the reason names both."""
    text = f"Reports of {written} killed."
    rejection = verified(_figure(text, written, low, best, high), _document(text))
    assert rejection is not None and repr(written) in rejection.reason


def test_a_claim_without_a_number_needs_only_its_sentence() -> None:
    """Where nothing is counted, no digits are looked for."""
    text = "Residents fled after 2016."
    figure = replace(_figure(text, "Residents", None, None, None), value_status=ValueStatus.NO_NUMBER)
    assert verified(figure, _document(text)) is None


@pytest.mark.parametrize(
    "moved",
    [
        {"span_start": -1},
        {"span_end": 999},
        {"span_start": 5, "span_end": 5},
        {"quote_start": 1},
        {"quote": ""},
        {"quote": "Another sentence."},
        {"quote": "Reports", "quote_start": 0},
    ],
)
def test_evidence_that_is_not_where_it_should_be_is_rejected(moved: dict[str, object]) -> None:
    """A span outside the text, a sentence that stands elsewhere, or a number outside its sentence cannot be shown to anybody."""
    text = "Reports of 12 killed."
    assert verified(replace(_figure(text, "12", 12, 12, 12), **moved), _document(text)) is not None  # type: ignore[arg-type]  # any field
