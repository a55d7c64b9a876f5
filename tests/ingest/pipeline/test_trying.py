"""Reading a report on trial: the same figures as keeping it would give, and nothing left behind."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import duckdb
import pytest

from ingest.errors import CrosscountError, ReviewRefused, SourceUnavailable, UnreadableDocument
from ingest.model import snapshot as layout
from ingest.pipeline.trying import Bench, Handed, Note, Said
from ingest.settings import Settings
from ingest.store import Ledger
from tests.ingest.conftest import Web

TEXT = "Valley Watch said at least 14 people were killed on Friday in Northvale, and dozens were injured."
NOBODY = Said()


@pytest.fixture
def bench(settings: Settings, clock: object) -> Bench:
    """A bench of the invented crisis."""
    return Bench.of(settings, clock)  # type: ignore[arg-type]


def test_text_is_read_without_a_trace(bench: Bench, settings: Settings) -> None:
    """The figures come with the steps of their reading, and the data folder stays as it was."""
    before = sorted(settings.data.rglob("*"))
    tried = bench.read(Handed(TEXT.encode(), "pasted-text.txt"), NOBODY)
    assert [(one.figure.metric, one.figure.value_text, one.figure.claimed_source) for one in tried.readings] == [
        ("killed", "at least 14", "watch"),
        ("injured", "dozens", "watch"),
    ]
    assert all(one.steps for one in tried.readings)
    assert sorted(settings.data.rglob("*")) == before


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.json", b"[" * 100_000), ("a.zip", b"PK\x03\x04" + b"x" * 1_000_000), ("a.md", b"[" * 2_000_000), ("a.csv", b"a," * 1_000_000)],
)
def test_what_is_built_to_do_harm_is_a_sentence(bench: Bench, within: Callable[..., None], name: str, content: bytes) -> None:
    """Nothing that somebody hands over for reading keeps the program busy, and the next report is read as ever."""
    within("text", 2.0)
    with pytest.raises(UnreadableDocument, match=f"^{name} "):
        bench.read(Handed(content, name), NOBODY)
    within("text")
    assert bench.read(Handed(TEXT.encode(), "a.txt"), NOBODY).readings


def test_days_are_counted_from_the_day_given(bench: Bench) -> None:
    """“Friday” is the one before the stated day of publication, and the day of reading stands in only without one."""
    dated = bench.read(Handed(TEXT.encode(), "a.txt"), Said(published=datetime(2024, 12, 2, 12)))  # noqa: DTZ001  # of the crisis
    undated = bench.read(Handed(TEXT.encode(), "a.txt"), NOBODY)
    assert (dated.dated, dated.readings[0].figure.event_start) == (True, date(2024, 11, 29))
    assert undated.dated is False
    assert undated.document.published_at == bench.now()


def test_the_day_over_a_text_is_taken_where_no_other_is_given(bench: Bench) -> None:
    """“Friday” is counted from it; a day that is given goes before it."""
    text = f"NORTHVALE, 2 December (Agency) - {TEXT}"
    tried = bench.read(Handed(text.encode(), "a.txt"), NOBODY)
    assert tried.line is not None
    assert (tried.line.words, tried.line.year_stated, tried.dated) == ("2 December", False, True)
    assert (f"{tried.document.published_at:%m-%d}", tried.readings[0].figure.event_start) == ("12-02", date(2024, 11, 29))
    given = bench.read(Handed(text.encode(), "a.txt"), Said(published=datetime(2024, 12, 9, 12)))  # noqa: DTZ001  # of the crisis
    assert (given.line, given.readings[0].figure.event_start) == (None, date(2024, 12, 6))


def test_a_report_is_kept_under_the_day_over_its_text(bench: Bench, settings: Settings) -> None:
    """The same day as it was read with."""
    text = f"NORTHVALE, 2 December 2024 (Agency) - {TEXT}"
    assert bench.keep(Handed(text.encode(), "a.txt"), Said(publisher="Valley Watch")).tally.figures == 2
    with Ledger.open(settings.database) as ledger:
        assert {f"{one.published_at:%Y-%m-%d}" for one in ledger.documents()} == {"2024-12-02"}


def test_what_a_file_says_of_itself_outranks_what_is_said(bench: Bench) -> None:
    """The header of a text file names its publisher and day."""
    header = "publisher: watch\npublished: 2024-12-01\ntitle: A day in the valley\n---\n"
    document = bench.read(Handed((header + TEXT).encode(), "a.txt"), Said(publisher="Somebody")).document
    assert (document.publisher, document.title, f"{document.published_at:%Y-%m-%d}") == ("watch", "A day in the valley", "2024-12-01")


def test_what_is_no_report_gets_a_sentence(bench: Bench) -> None:
    """A picture names itself and the remedy."""
    with pytest.raises(UnreadableDocument, match="OCR"):
        bench.read(Handed(b"\x89PNG\r\n\x1a\n0000", "scan.png"), NOBODY)


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/", "http://169.254.169.254/", "file:///etc/passwd"])
def test_addresses_inside_are_refused(bench: Bench, address: str) -> None:
    """A reader of the page cannot make the server look into its own network or files."""
    with pytest.raises(CrosscountError):
        bench.fetch(address)


def test_an_address_is_asked_once(settings: Settings, clock: object, web: Web) -> None:
    """A server that is down answers at once that it is; trying again and again is for those who do not wait for it."""
    address = web.at("/report", {"status": 503, "body": b"Down"})
    bench = Bench.of(replace(settings, keys={**settings.keys, "CROSSCOUNT_ALLOW_LOOPBACK": "1"}), clock)  # type: ignore[arg-type]
    with pytest.raises(SourceUnavailable, match="HTTP 503"):
        bench.fetch(address)
    assert web.paths() == ["/report"]


def test_keeping_needs_a_publisher_and_a_day(bench: Bench) -> None:
    """The sentence says what is missing."""
    with pytest.raises(UnreadableDocument, match="who published it"):
        bench.keep(Handed(TEXT.encode(), "a.txt"), NOBODY)


def test_what_was_kept_by_mistake_is_taken_back_and_may_count_again(bench: Bench, settings: Settings) -> None:
    """Each is a public note with a name; a report that is taken back is not kept a second time, and says by which note it is."""
    said = Said(publisher="Valley Watch", published=datetime(2024, 12, 2, 12))  # noqa: DTZ001  # of the crisis
    handed, who = Handed(TEXT.encode(), "a.txt"), Note("data desk", en="By mistake.")
    kept = bench.keep(handed, said)
    note = bench.take_back(kept.document, who)
    assert _standing(settings) == []
    again = bench.keep(handed, said)
    assert (again.tally.documents, again.withdrawal) == (0, note)
    with pytest.raises(ReviewRefused, match="is withdrawn already"):
        bench.take_back(kept.document, who)
    assert bench.let_stand(note, who) == kept.document
    assert _standing(settings) == sorted(kept.figures)
    assert bench.keep(handed, said).withdrawal == ""
    with pytest.raises(ReviewRefused, match="No note"):
        bench.let_stand(note, who)
    with Ledger.open(settings.database) as ledger:
        assert [one.written_by for one in ledger.corrections()] == ["data desk", "data desk"]


def test_only_what_was_handed_in_is_taken_back_here(bench: Bench, settings: Settings) -> None:
    """A report of a source, and one that nobody knows: the ledger stays as it was."""
    kept = bench.keep(Handed(TEXT.encode(), "a.txt"), Said(publisher="Valley Watch", published=datetime(2024, 12, 2, 12)))  # noqa: DTZ001
    with Ledger.open(settings.database) as ledger:
        held = ledger.document(kept.document)
        assert held is not None
        fetched = replace(held, document_id="fetched", source="reliefweb", url="https://one.example/a", text=TEXT)
        ledger.add([fetched], [], held.retrieved_at)
    for document in ("fetched", "none"):
        with pytest.raises(ReviewRefused, match="There is no document"):
            bench.take_back(document, Note("data desk", en="By mistake."))


def _standing(settings: Settings) -> list[str]:
    """The figures that count in what is published."""
    folder = layout.current(settings.published / settings.crisis)
    assert folder is not None
    with duckdb.connect() as opened:
        found = opened.execute(f"SELECT figure_id FROM '{folder}/figures/*.parquet' WHERE withdrawn_at IS NULL ORDER BY 1").fetchall()  # noqa: S608
    return [figure for (figure,) in found]


def test_keeping_publishes_the_same_figures(bench: Bench, settings: Settings) -> None:
    """What was read is then in the ledger and in the snapshot, once however often it is kept."""
    said = Said(publisher="Valley Watch", published=datetime(2024, 12, 2, 12))  # noqa: DTZ001  # of the crisis
    handed = Handed(TEXT.encode(), "a.txt")
    first, again = bench.keep(handed, said), bench.keep(handed, said)
    assert (first.tally.documents, first.tally.figures) == (1, 2)
    assert (again.tally.documents, again.tally.known) == (0, 1)
    assert (again.document, again.figures) == (first.document, first.figures)
    with Ledger.open(settings.database) as ledger:
        assert {one.figure_id for one in ledger.figures(settings.crisis)} == set(first.figures)
        assert [one.document_id for one in ledger.documents()] == [first.document]
    assert list(Path(settings.published).rglob("figures/*.parquet"))
