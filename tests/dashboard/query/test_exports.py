"""What a download holds."""

import csv
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

from dashboard import query
from dashboard.state import Filters
from ingest.model.cells import plain_cell
from ingest.model.schema import FIGURES

Write = Callable[..., Path]
Edit = Callable[[Path, str], None]


def rows(chunks: object) -> list[dict[str, str]]:
    """The CSV as a spreadsheet would read it."""
    text = b"".join(chunks).decode("utf-8-sig")  # type: ignore[call-overload]
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_download_holds_exactly_what_is_shown(db: query.Snapshot) -> None:
    """The rows of the file are the rows of the view, all pages of it, with every published column."""
    view = Filters(metrics=("killed",), groups=("civilian",), size=25)
    read = rows(query.figures_csv(db, view))
    assert len(read) == query.figures_count(db, view) > 25
    assert {row["figure_id"] for row in read} >= set(query.figures_page(db, view)["figure_id"])
    assert list(read[0]) == [column.name for column in FIGURES]


def test_a_chosen_order_is_kept(db: query.Snapshot) -> None:
    """Sorted by value on the page, sorted by value in the file."""
    view = Filters(sort="-value", size=200)
    assert [row["figure_id"] for row in rows(query.figures_csv(db, view))] == list(query.figures_page(db, view)["figure_id"])


def test_the_first_line_is_the_header(db: query.Snapshot) -> None:
    """No citation or comment stands before the header; a byte-order mark and tags come only when asked for."""
    plain = b"".join(query.figures_csv(db, Filters()))
    assert plain.startswith(b"figure_id,claim_id,")
    marked = b"".join(query.figures_csv(db, Filters(), bom=True, hxl=True))
    assert marked.startswith(b"\xef\xbb\xbffigure_id,")
    assert marked.splitlines()[1].startswith(b"#event+id,")
    assert len(rows([marked])) == len(rows([plain])) + 1


def test_arabic_and_quotes_survive(db: query.Snapshot) -> None:
    """Text comes out as it went in."""
    read = {row["figure_id"]: row for row in rows(query.figures_csv(db, Filters()))}
    assert read["f-ar1"]["quote"] == "قال المرصد إن ٦٦ مدنياً أصيبوا في حلب."
    assert read["f-o1"]["value_high"] == ""
    assert read["f-o1"]["interval_open_high"] == "true"
    assert read["f-o1"]["published_at"].endswith("Z")


def test_cells_a_spreadsheet_would_run_are_text(tmp_path: Path, write_snapshot: Write, edit_figures: Edit) -> None:
    """A quote that begins like a formula comes out with an apostrophe; numbers stay numbers."""
    folder = write_snapshot(tmp_path)
    edit_figures(folder, "UPDATE f SET quote = '=HYPERLINK(\"http://example.org\")', place_text = '-Aleppo', value_text = '@7'")
    db = query.Snapshots(tmp_path).open("syria-2024")
    for row in rows(query.figures_csv(db, Filters())):
        assert row["quote"] == '\'=HYPERLINK("http://example.org")'
        assert row["place_text"] == "'-Aleppo"
        assert row["value_text"] == "'@7"


def test_commas_quotes_and_line_breaks_stay_in_their_cell(tmp_path: Path, write_snapshot: Write, edit_figures: Edit) -> None:
    """Text with every character that matters to CSV is read back as it was."""
    folder = write_snapshot(tmp_path)
    text = 'one, "two"; three\nfour\r\nfive\t’'
    edit_figures(folder, f"UPDATE f SET quote = '{text}', group_label = '\t=1', place_text = chr(39) || '-x'")  # noqa: S608 - a test's own text
    for row in rows(query.figures_csv(query.Snapshots(tmp_path).open("syria-2024"), Filters())):
        assert row["quote"] == text
        assert plain_cell(row["group_label"]) == "\t=1"
        assert plain_cell(row["place_text"]) == "'-x"


def test_verdicts_download_too(db: query.Snapshot) -> None:
    """The list of verdicts, filtered as on the page."""
    view = Filters(severities=("large",))
    assert len(rows(query.discrepancies_csv(db, view))) == query.discrepancies_count(db, view) == 4


def test_the_zip_explains_itself(db: query.Snapshot) -> None:
    """Rows, data dictionary and citation in one file, streamed in more than one chunk."""
    view = Filters(places=("SY07",))
    chunks = list(query.figures_zip(db, view, address="http://127.0.0.1:8050/figures?place=SY07", title="Syria"))
    with zipfile.ZipFile(io.BytesIO(b"".join(chunks))) as archive:
        assert archive.namelist() == ["figures.csv", "data-dictionary.csv", "CITATION.txt"]
        assert len(rows([archive.read("figures.csv")])) == query.figures_count(db, view)
        dictionary = rows([archive.read("data-dictionary.csv")])
        assert [row["column"] for row in dictionary] == [column.name for column in FIGURES]
        citation = archive.read("CITATION.txt").decode()
    assert "in Idleb" in citation
    assert db.id in citation
    assert "http://127.0.0.1:8050/figures?place=SY07" in citation


def test_json_is_whole_and_typed(db: query.Snapshot) -> None:
    """One object: citation, columns, a list per row; an empty view is an empty list."""
    found = json.loads(b"".join(query.figures_json(db, Filters(sort="day"), address="a", title="t")))
    assert len(found["rows"]) == 83
    best = [column["name"] for column in found["columns"]].index("value_best")
    assert {type(row[best]) for row in found["rows"]} == {int, type(None)}
    assert json.loads(b"".join(query.figures_json(db, Filters(q="nothing at all"), address="a", title="t")))["rows"] == []


def test_ten_thousand_rows_come_in_chunks(published_10k: Path) -> None:
    """A large file is never held whole."""
    db = query.Snapshots(published_10k).open("syria-2024")
    chunks = list(query.figures_csv(db, Filters()))
    assert len(chunks) > 4
    assert sum(chunk.count(b"\r\n") for chunk in chunks) == 10_001


def test_an_abandoned_download_lets_go(db: query.Snapshot) -> None:
    """Closing the stream half-way leaves the snapshot usable."""
    stream = query.figures_csv(db, Filters())
    next(stream)
    next(stream)
    stream.close()  # type: ignore[attr-defined]  # it is a generator
    assert query.figures_count(db, Filters()) == 83


def test_the_etag_follows_rows_and_choice(tmp_path: Path, write_snapshot: Write) -> None:
    """Same tables and same choice, same tag; another choice, form or table, another tag; looks do not matter."""
    write_snapshot(tmp_path)
    snapshots = query.Snapshots(tmp_path)
    one = snapshots.open("syria-2024")
    tag = query.etag(one, "figures", Filters(q="a"))
    assert tag == query.etag(one, "figures", Filters(q="a", lang="ar", theme="dark", page=3))
    assert (
        len(
            {
                tag,
                query.etag(one, "figures", Filters()),
                query.etag(one, "figures", Filters(q="a"), "bom"),
                query.etag(one, "discrepancies", Filters(q="a")),
            }
        )
        == 4
    )
    write_snapshot(tmp_path, number=2, rows=90)
    assert query.etag(snapshots.open("syria-2024"), "figures", Filters(q="a")) != tag


def test_the_file_name_says_what_is_inside(db: query.Snapshot) -> None:
    """Crisis, table, selection or not, snapshot."""
    assert query.filename(db, "figures", Filters(lang="ar")) == f"crosscount-syria-2024-figures-{db.id}.csv"
    assert query.filename(db, "discrepancies", Filters(q="a"), "zip") == f"crosscount-syria-2024-discrepancies-selection-{db.id}.zip"
