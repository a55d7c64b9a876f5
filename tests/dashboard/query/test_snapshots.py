"""One snapshot at a time, read-only, and the next one as soon as it is there."""

import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from dashboard import query
from dashboard.state import Filters
from ingest.model import snapshot as layout
from tests.dashboard.tables import tabled

Write = Callable[..., Path]


def test_a_new_snapshot_is_seen_without_a_restart(tmp_path: Path, write_snapshot: Write) -> None:
    """The next question after the pointer moved is answered from the new snapshot; the old one still answers as before."""
    write_snapshot(tmp_path, number=1)
    snapshots = query.Snapshots(tmp_path)
    old = snapshots.open("syria-2024")
    count = query.figures_count(old, Filters())
    write_snapshot(tmp_path, number=2, rows=count + 40)
    new = snapshots.open("syria-2024")
    assert new.id != old.id
    assert query.figures_count(new, Filters()) == count + 40
    assert query.figures_count(old, Filters()) == count
    assert query.figures_page(old, Filters(size=200)).shape[0] == count


def test_an_unchanged_pointer_opens_nothing_twice(tmp_path: Path, write_snapshot: Write) -> None:
    """Opening again gives the same snapshot."""
    write_snapshot(tmp_path)
    snapshots = query.Snapshots(tmp_path)
    assert snapshots.open("syria-2024") is snapshots.open("syria-2024")


def test_a_prepared_snapshot_gives_the_same_answers(published_lists: Path) -> None:
    """Rows found by the index of a copy are those that the files hold: pages, marks, evidence and differences, in the same order."""
    plain = query.Snapshots(published_lists).open("syria-2024")
    quick = query.Snapshots(published_lists, large=0).open("syria-2024")
    assert quick.prepared.wait(60)
    for filters in (
        Filters(),
        Filters(sort="value", size=25, page=2),
        Filters(metrics=("killed",), places=("SY02",)),
        Filters(history=True),
    ):
        asks = (query.spans, query.voices, query.discrepancies_page, query.disagreements, query.points, query.by_place)
        for ask in (*asks, query.discrepancy_counts):
            assert ask(quick, filters) == ask(plain, filters)
        for ask_rows in (query.figures_page, query.incidents_page):
            pd.testing.assert_frame_equal(ask_rows(quick, filters), ask_rows(plain, filters))
        assert query.series(quick, filters, "killed") == query.series(plain, filters, "killed")
    for figure in query.figures_page(plain, Filters())["figure_id"]:
        assert query.evidence(quick, figure) == query.evidence(plain, figure)


def test_claims_are_counted_alike_of_marks_and_of_what_is_folded(published_lists: Path) -> None:
    """Whatever is chosen, spans, places, points and families say the same of the files and of the copy that is laid out."""
    plain = query.Snapshots(published_lists).open("syria-2024")
    quick = query.Snapshots(published_lists, large=0).open("syria-2024")
    assert quick.prepared.wait(60)
    for filters in (
        Filters(kinds=("cumulative",)),
        Filters(groups=("civilian",)),
        Filters(groups=("child",)),
        Filters(sources=("sohr",), metrics=("killed",)),
        Filters(date_from=date(2024, 11, 29), date_to=date(2024, 12, 2)),
        Filters(q="killed"),
    ):
        for ask in (query.spans, query.voices, query.by_place, query.points):
            assert ask(quick, filters) == ask(plain, filters)
        assert query.headline_metric(quick, filters) == query.headline_metric(plain, filters)
        assert query.families(quick, filters, "killed") == query.families(plain, filters, "killed")


def test_rows_are_counted_alike_where_they_are_counted_already(published_lists: Path) -> None:
    """Whatever is chosen, as many rows are said as the file of the table has, by the files and by the copy that is laid out."""
    plain = query.Snapshots(published_lists).open("syria-2024")
    quick = query.Snapshots(published_lists, large=0).open("syria-2024")
    assert quick.prepared.wait(60)
    for filters in (
        Filters(),
        Filters(history=True),
        Filters(metrics=("killed",), kinds=("cumulative",)),
        Filters(groups=("child",)),
        Filters(sources=("sohr",), places=("SY02",)),
        Filters(metrics=("killed",), date_from=date(2024, 11, 29), date_to=date(2024, 12, 2)),
        Filters(sources=("nobody",)),
    ):
        for table in ("figures", "series"):
            counts = {query.rows_count(db, table, filters) for db in (plain, quick)}
            assert counts == {b"".join(query.FORMS["csv"].make(query.Download(plain, table, filters))).count(b"\r\n") - 1}, (table, filters)


def test_marks_that_differ_in_days_only_are_counted_in_one_row(tmp_path: Path, write_snapshot: Write) -> None:
    """The copy that is laid out folds them: fewer rows, the same number of claims, and no mark of them lost."""
    write_snapshot(tmp_path, rows=300)
    quick = query.Snapshots(tmp_path, large=0).open("syria-2024")
    assert quick.prepared.wait(60)
    marks, citations = quick.rows("SELECT count(*), sum(citations) FROM marks")[0]
    folded, claims, cited = quick.rows("SELECT count(*), sum(claims), sum(citations) FROM tallies")[0]
    assert (claims, cited) == (marks, citations)
    assert folded < marks


def test_a_program_that_ends_while_rows_are_laid_out_ends_well(published_lists: Path) -> None:
    """Whoever opens a snapshot and is done at once does not abort."""
    opened = "query.Snapshots(Path(sys.argv[1]), large=0).open('syria-2024')"
    program = f"import sys; from pathlib import Path; from dashboard import query; opened = {opened}"
    for _ in range(3):
        done = subprocess.run([sys.executable, "-c", program, str(published_lists)], capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")


def test_a_large_snapshot_is_seen_once_it_is_prepared(tmp_path: Path, write_snapshot: Write) -> None:
    """While rows are laid out for finding, readers keep the snapshot before them; then the next question is answered from the new one."""
    write_snapshot(tmp_path, number=1)
    snapshots = query.Snapshots(tmp_path, large=0)
    old = snapshots.open("syria-2024")
    write_snapshot(tmp_path, number=2, rows=120)
    assert snapshots.open("syria-2024") is old
    patience = time.monotonic() + 60
    while (new := snapshots.open("syria-2024")) is old and time.monotonic() < patience:
        time.sleep(0.01)
    assert new is not old
    assert new.prepared.is_set()
    assert query.figures_count(new, Filters()) == 120


def test_nothing_published_is_said_with_what_to_do(tmp_path: Path) -> None:
    """A crisis without a snapshot is a sentence, not a traceback."""
    with pytest.raises(query.SnapshotMissing, match="Nothing is published for 'yemen' yet; run"):
        query.Snapshots(tmp_path).open("yemen")


def test_a_damaged_snapshot_is_said_with_what_to_do(tmp_path: Path, write_snapshot: Write) -> None:
    """A snapshot whose table is cut off is refused with a sentence."""
    folder = write_snapshot(tmp_path)
    (folder / "figures.parquet").write_bytes(b"PAR1")
    with pytest.raises(query.SnapshotMissing, match="cannot be read"):
        query.Snapshots(tmp_path).open("syria-2024")


def test_what_a_snapshot_was_published_before_is_empty_in_it(tmp_path: Path, write_snapshot: Write) -> None:
    """A column its file lacks and a table it has no file of: the page shows all the rest, a French reader the English sentence as such."""
    folder = write_snapshot(tmp_path)
    duckdb.read_parquet(str(folder / "discrepancies.parquet")).project("* EXCLUDE (sentence_fr)").write_parquet(
        str(folder / "older.parquet")
    )
    (folder / "older.parquet").replace(folder / "discrepancies.parquet")
    (folder / "behaviour.parquet").unlink()
    manifest = layout.manifest(folder)
    kept = {file: digest for file, digest in manifest.sha256.items() if file != "behaviour.parquet"}
    (folder / layout.MANIFEST).write_text(replace(manifest, sha256=kept).text(), encoding="utf-8")
    db = query.Snapshots(tmp_path).open("syria-2024")
    page = tabled(query.discrepancies_page(db, Filters(lang="fr")))
    assert list(page["sentence"]) == list(page["sentence_en"]) and set(page["sentence_lang"]) == {"en"}
    assert db.rows("SELECT count(*) FROM published_behaviour") == [(0,)]


def test_a_table_that_the_manifest_names_has_to_be_there(tmp_path: Path, write_snapshot: Write) -> None:
    """A file that was lost is no older snapshot."""
    (write_snapshot(tmp_path) / "behaviour.parquet").unlink()
    with pytest.raises(query.SnapshotMissing, match="cannot be read"):
        query.Snapshots(tmp_path).open("syria-2024")


def test_a_snapshot_that_was_removed_is_said(tmp_path: Path, write_snapshot: Write) -> None:
    """Reading a snapshot whose files are gone asks the reader to load the page again."""
    folder = write_snapshot(tmp_path)
    db = query.Snapshots(tmp_path).open("syria-2024")
    for file in folder.iterdir():
        file.unlink()
    with pytest.raises(query.SnapshotMissing, match="load the page again"):
        query.figures_count(db, Filters(q="gone"))


def test_nothing_outside_the_snapshot_can_be_read(db: query.Snapshot, tmp_path: Path) -> None:
    """SQL cannot reach another file, attach a database, or take the lock off."""
    other = tmp_path / "other.csv"
    other.write_text("a\n1\n", encoding="utf-8")
    for sql in (f"FROM read_csv('{other}')", f"COPY (SELECT 1) TO '{other}'", f"ATTACH '{tmp_path}/x.db'"):
        with pytest.raises(duckdb.PermissionException):
            db.rows(sql)
    with pytest.raises(duckdb.InvalidInputException):
        db.rows("SET enable_external_access = true")


def test_many_threads_may_ask_at_once(published: Path) -> None:
    """Every question has its own cursor: eight threads get the answers one would."""
    db = query.Snapshots(published).open("syria-2024")
    asked = [Filters(sources=(source,), q=word) for source in ("sohr", "ocha", "snhr", "wfp") for word in ("", "the", "a")]
    expected = [query.figures_count(db, filters) for filters in asked]
    fresh = query.Snapshots(published).open("syria-2024")
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda filters: query.figures_count(fresh, filters), asked * 4)) == expected * 4


def test_an_answer_may_be_changed_by_who_asked(db: query.Snapshot) -> None:
    """Frames are copies: changing one does not change the next answer."""
    first = query.figures_page(db, Filters())
    first["metric"] = "changed"
    assert "changed" not in set(query.figures_page(db, Filters())["metric"])
