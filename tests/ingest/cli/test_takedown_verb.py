"""A document is erased for good: no file holds a word of it, what stays says that it was here, and nothing brings it back."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from click.testing import Result

from ingest.errors import UnreadableDocument
from ingest.fetch.archive import Archive
from ingest.model import snapshot as layout

Run = Callable[..., Result]
TITLE = "The long night at the mill of Greenford"
SENTENCE = "Seventeen people were killed near the old mill, 17 in all, said the miller's daughter from Northvale."
PAGE = f"<html><head><title>{TITLE}</title></head><body><article><h1>{TITLE}</h1><p>{SENTENCE}</p></article></body></html>"
OTHER = "<html><head><title>Another report</title></head><body><p>At least 4 people were killed in Northvale.</p></body></html>"
BECAUSE = ("--reason", "A court order.", "--by", "data desk")
NEEDLES = (b"long night at the mill", b"Seventeen people were killed", b"the miller's daughter", b"miller&#x27;s", b"near the old mill")


@pytest.fixture
def report(crosscount: Run, shelf: Path, begin_with: Callable[..., None]) -> Path:
    """A report that is published beside another, in two snapshots, and the file it was read from."""
    folder = shelf / "reports"
    folder.mkdir(exist_ok=True)

    def make() -> None:
        for name, text in (("mill", PAGE), ("other", OTHER)):
            (folder / f"{name}.html").write_text(text, encoding="utf-8")
            assert crosscount("ingest", folder / f"{name}.html", "--published", "2024-12-02", "--publisher", "herald").exit_code == 0
            assert crosscount("publish").exit_code == 0

    begin_with("a report to take down", make)
    return folder / "mill.html"


def published(data: Path, table: str) -> list[dict[str, str | None]]:
    """The rows of a table of the current snapshot, every value as text."""
    folder = layout.current(data / "published" / "tiny")
    assert folder is not None
    with duckdb.connect() as opened:
        asked = opened.execute("SELECT COLUMNS(*)::VARCHAR FROM read_parquet(?)", [layout.pattern(folder, table)])
        names = [column[0] for column in asked.description or ()]
        return [dict(zip(names, row, strict=True)) for row in asked.fetchall()]


def the_report(data: Path) -> str:
    """Its identity."""
    (identity,) = [str(row["document_id"]) for row in published(data, "documents") if row["title"] == TITLE]
    return identity


def files_with_a_word(data: Path) -> set[str]:
    """Every file of the data folder in whose bytes a word of the report stands, packed tables read out."""
    found = set()
    for path in (path for path in data.rglob("*") if path.is_file()):
        content = path.read_bytes()
        if path.suffix == ".parquet":
            with duckdb.connect() as opened:
                content += str(opened.execute("SELECT COLUMNS(*)::VARCHAR FROM read_parquet(?)", [str(path)]).fetchall()).encode()
        if any(needle in content for needle in NEEDLES):
            found.add(path.name)
    return found


def test_no_file_holds_a_word_of_it_afterwards_and_the_marker_stays(crosscount: Run, report: Path, data: Path) -> None:
    """Ledger with its free pages and log, archive, every snapshot and feed: searched byte by byte. Numbers, dates and hashes stay."""
    identity = the_report(data)
    digest = '[[alerts.channel]]\nkind = "feed"\nname = "team"\n[[alerts.digest]]\nchannel = "team"\n'
    (data / "settings.toml").write_text(digest, encoding="utf-8")
    assert crosscount("digest", "--send").exit_code == 0 and "feed-team.atom" in files_with_a_word(data)
    before = {row["figure_id"]: row for row in published(data, "figures") if row["document_id"] == identity}
    assert before and len(files_with_a_word(data)) >= 4
    done = crosscount("takedown", identity, *BECAUSE, "--yes")
    assert done.exit_code == 0, done.output
    assert "Not reached: backups" in done.stderr
    assert files_with_a_word(data) == set()
    assert len(layout.versions(data / "published" / "tiny")) == 1
    (document,) = [row for row in published(data, "documents") if row["document_id"] == identity]
    assert (document["title"], document["characters"], document["withdrawn"]) == ("", "0", "A court order.")
    assert document["archive_sha256"] and document["retrieved_at"]
    for row in (row for row in published(data, "figures") if row["document_id"] == identity):
        former = before[row["figure_id"]]
        assert (row["value_best"], row["metric"], row["published_at"]) == (former["value_best"], former["metric"], former["published_at"])
        assert (row["quote"], row["value_text"], row["group_label"]) == ("", "", "") and row["superseded_at"] == row[
            "withdrawn_at"
        ] is not None
    (note,) = published(data, "corrections")
    assert (note["kind"], note["documents"], note["note_en"], note["written_by"]) == ("takedown", identity, "A court order.", "data desk")
    assert len([row for row in published(data, "documents") if row["title"] == "Another report"]) == 1


def test_what_was_taken_down_does_not_come_back(crosscount: Run, report: Path, data: Path, tmp_path: Path) -> None:
    """Neither by the same file, nor by a backup from before, nor by taking the note back; a check of everything finds no fault."""
    identity, backup = the_report(data), tmp_path / "before.zip"
    assert crosscount("backup", backup).exit_code == 0
    assert crosscount("takedown", identity, *BECAUSE, "--yes").exit_code == 0
    again = crosscount("ingest", report, "--published", "2024-12-02", "--publisher", "herald")
    assert again.exit_code == 4 and "taken down" in again.stderr
    assert files_with_a_word(data) == set()
    for verb in ("verify", "replay"):
        checked = crosscount(verb, "--json")
        assert checked.exit_code == 0 and json.loads(checked.stdout)["taken_down"] > 0
    (note,) = json.loads(crosscount("corrections", "--json").stdout)
    assert crosscount("corrections", "take-back", note["correction_id"], "--note", "No.", "--by", "desk").exit_code == 9
    restored = crosscount("restore", backup, "--force")
    assert restored.exit_code == 0 and "taken down" in restored.stderr, restored.output
    assert files_with_a_word(data) == set()
    assert crosscount("publish").exit_code == 0
    assert the_quotes(data) == {""}


def the_quotes(data: Path) -> set[str | None]:
    """The sentences of the figures of what was taken down."""
    return {row["quote"] for row in published(data, "figures") if row["withdrawn_at"] is not None}


def test_asking_what_would_go_and_answering_no_erase_nothing(crosscount: Run, report: Path, data: Path) -> None:
    """A dry run names it with what it reaches; without --yes a person is asked."""
    identity, before = the_report(data), files_with_a_word(data)
    dry = crosscount("takedown", identity, *BECAUSE, "--dry-run")
    assert dry.exit_code == 0 and identity in dry.stdout and "files of the archive go" in dry.stdout
    assert crosscount("takedown", identity, *BECAUSE, given="n\n").exit_code == 1
    assert crosscount("takedown", identity, "--by", "desk", "--yes").exit_code == 9
    assert files_with_a_word(data) == before and published(data, "corrections") == []


def zipped(page: str) -> bytes:
    """A page in a zip."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr(zipfile.ZipInfo("page.html"), page, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def test_a_packed_file_that_holds_its_words_goes_whole_and_does_not_come_back(
    crosscount: Run, report: Path, data: Path, tmp_path: Path
) -> None:
    """Others stay; what cannot be looked into is named, and so is a backup made before, which a restore cleans as well."""
    identity, archive, backup = the_report(data), Archive(data / "raw"), tmp_path / "before.zip"
    assert "packed or drawn" not in crosscount("takedown", identity, *BECAUSE, "--dry-run").stderr
    holding, other, picture = (archive.put(content) for content in (zipped(PAGE), zipped(OTHER), b"\x89PNG\r\n\x1a\n"))
    assert crosscount("backup", backup).exit_code == 0
    told = crosscount("takedown", identity, *BECAUSE, "--yes")
    assert told.exit_code == 0, told.output
    assert f"1 packed or drawn files of the archive hold its words inside, and go whole: {holding}" in told.stderr
    assert picture in told.stderr and other not in told.stderr and f"hold it still: {backup}" in told.stderr
    assert (archive.has(holding), archive.has(other), archive.has(picture)) == (False, True, True)
    with pytest.raises(UnreadableDocument, match="taken down"):
        archive.put(zipped(PAGE))
    assert crosscount("verify").exit_code == 0 and crosscount("replay").exit_code == 0
    assert crosscount("restore", backup, "--force").exit_code == 0
    assert (archive.has(holding), archive.has(other)) == (False, True)


def test_a_packed_copy_in_the_data_folder_is_told(crosscount: Run, report: Path, data: Path) -> None:
    """A backup that lies there holds the words in its zip: nobody but a person removes it."""
    backup = data / "kept.zip"
    assert crosscount("backup", backup).exit_code == 0
    told = crosscount("takedown", the_report(data), *BECAUSE, "--yes")
    assert told.exit_code == 6 and f"still stand in 1 files: {backup}" in told.stderr


def test_numbers_and_address_go_where_the_order_says_so(crosscount: Run, report: Path, data: Path) -> None:
    """Then only what it was about, where, when and its hash is left."""
    identity = the_report(data)
    assert crosscount("takedown", identity, *BECAUSE, "--erase-numbers", "--erase-address", "--yes").exit_code == 0
    rows = [row for row in published(data, "figures") if row["document_id"] == identity]
    assert rows and {(row["value_best"], row["value_low"], row["value_high"], row["url"]) for row in rows} == {(None, None, None, "")}
    assert {row["value_status"] for row in rows} == {"no_number"}
