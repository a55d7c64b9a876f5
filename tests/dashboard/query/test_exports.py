"""What a download holds."""

import csv
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import duckdb
import pytest

from dashboard import query
from dashboard.app import assets_folder
from dashboard.components.words import load_words
from dashboard.query import exports, rules
from dashboard.state import Filters
from ingest.model.cells import plain_cell
from ingest.model.schema import FIGURES, TABLES

Write = Callable[..., Path]
Edit = Callable[[Path, str], None]
ADDRESS = "http://127.0.0.1:8050/export/figures.zip?place=SY07"
DANGEROUS = "UPDATE f SET quote = '=HYPERLINK(\"http://example.org\")', place_text = '-Aleppo', value_text = '@7', lat = -33.5"
SHEET = {"s": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def made(db: query.Snapshot, form: str, filters: Filters = Filters(), table: str = "figures", **options: Any) -> bytes:  # noqa: B008 - frozen
    """The whole file."""
    return b"".join(query.FORMS[form].make(query.Download(db, table, filters, ADDRESS, "Syria", **options)))


def rows(data: bytes) -> list[dict[str, str]]:
    """The CSV as a spreadsheet would read it."""
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def sheet(data: bytes, number: int) -> list[list[tuple[str, str]]]:
    """The cells of a sheet of a workbook as (type, value); no type is a number."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        tree = ElementTree.fromstring(book.read(f"xl/worksheets/sheet{number}.xml"))  # noqa: S314 - written by us a moment ago
    assert not tree.findall(".//s:f", SHEET), "there is a formula"
    found = []
    for row in tree.iterfind(".//s:row", SHEET):
        cells = []
        for cell in row.iterfind("s:c", SHEET):
            texts = [node.text or "" for node in cell.iterfind(".//s:t", SHEET)] or [
                node.text or "" for node in cell.iterfind("s:v", SHEET)
            ]
            cells.append((cell.get("t", ""), "".join(texts)))
        found.append(cells)
    return found


def test_a_download_holds_exactly_what_is_shown(db: query.Snapshot) -> None:
    """The rows of the file are the rows of the view, all pages of it, with every published column."""
    view = Filters(metrics=("killed",), groups=("civilian",), size=25)
    read = rows(made(db, "csv", view))
    assert len(read) == query.figures_count(db, view) == query.rows_count(db, "figures", view) > 25
    assert {row["figure_id"] for row in read} >= set(query.figures_page(db, view)["figure_id"])
    assert list(read[0]) == [column.name for column in FIGURES]


def test_a_chosen_order_is_kept(db: query.Snapshot) -> None:
    """Sorted by value on the page, sorted by value in the file."""
    view = Filters(sort="-value", size=200)
    assert [row["figure_id"] for row in rows(made(db, "csv", view))] == list(query.figures_page(db, view)["figure_id"])


def test_the_first_line_is_the_header(db: query.Snapshot) -> None:
    """No citation or comment stands before the header; a byte-order mark and tags come only when asked for."""
    plain = made(db, "csv")
    assert plain.startswith(b"figure_id,claim_id,")
    marked = made(db, "csv", bom=True, hxl=True)
    assert marked.startswith(b"\xef\xbb\xbffigure_id,")
    assert marked.splitlines()[1].startswith(b"#event+id,")
    assert len(rows(marked)) == len(rows(plain)) + 1


def test_arabic_and_quotes_survive(db: query.Snapshot) -> None:
    """Text comes out as it went in."""
    read = {row["figure_id"]: row for row in rows(made(db, "csv"))}
    assert read["f-ar1"]["quote"] == "قال المرصد إن ٦٦ مدنياً أصيبوا في حلب."
    assert read["f-o1"]["value_high"] == ""
    assert read["f-o1"]["interval_open_high"] == "true"
    assert read["f-o1"]["published_at"].endswith("Z")


def test_cells_a_spreadsheet_would_run_are_text(tmp_path: Path, write_snapshot: Write, edit_figures: Edit) -> None:
    """Text that begins like a formula comes out with an apostrophe, in CSV and in a workbook; negative numbers stay numbers."""
    edit_figures(write_snapshot(tmp_path), DANGEROUS)
    db = query.Snapshots(tmp_path).open("syria-2024")
    for row in rows(made(db, "csv")):
        assert row["quote"] == '\'=HYPERLINK("http://example.org")'
        assert (row["place_text"], row["value_text"], row["lat"]) == ("'-Aleppo", "'@7", "-33.5")
    table = sheet(made(db, "xlsx"), 2)
    for cells in table[1:]:
        assert {("inlineStr", '\'=HYPERLINK("http://example.org")'), ("inlineStr", "'-Aleppo"), ("", "-33.5")} <= set(cells)


def test_commas_quotes_and_line_breaks_stay_in_their_cell(tmp_path: Path, write_snapshot: Write, edit_figures: Edit) -> None:
    """Text with every character that matters to CSV is read back as it was."""
    folder = write_snapshot(tmp_path)
    text = 'one, "two"; three\nfour\r\nfive\t’'
    edit_figures(folder, f"UPDATE f SET quote = '{text}', group_label = '\t=1', place_text = chr(39) || '-x'")  # noqa: S608 - a test's own text
    for row in rows(made(query.Snapshots(tmp_path).open("syria-2024"), "csv")):
        assert row["quote"] == text
        assert plain_cell(row["group_label"]) == "\t=1"
        assert plain_cell(row["place_text"]) == "'-x"


def test_verdicts_download_too(db: query.Snapshot) -> None:
    """The list of verdicts, filtered as on the page."""
    view = Filters(severities=("large",))
    assert len(rows(made(db, "csv", view, "discrepancies"))) == query.discrepancies_count(db, view) == 4


@pytest.mark.parametrize("table", TABLES)
def test_every_published_table_can_be_had_in_every_form(db: query.Snapshot, table: str) -> None:
    """The forms agree on the number of rows, and that is the number announced."""
    count = query.rows_count(db, table, Filters())
    assert len(rows(made(db, "csv", table=table))) == count
    assert len(json.loads(made(db, "json", table=table))["rows"]) == count
    assert len(sheet(made(db, "xlsx", table=table), 2)) == count + 1
    if "geojson" in query.forms_of(table):
        assert len(json.loads(made(db, "geojson", table=table))["features"]) == count


def test_incidents_are_narrowed_by_their_claims(published_lists: Path) -> None:
    """The incidents of a source are those it made a claim about, with every claim of others about them."""
    db = query.Snapshots(published_lists).open("syria-2024")
    whole, chosen = (made(db, "csv", view, "incident_claims") for view in (Filters(), Filters(sources=("snhr",))))
    incidents = {row["incident_id"] for row in rows(made(db, "csv", Filters(sources=("snhr",)), "incidents"))}
    of_snhr = {row["figure_id"] for row in rows(made(db, "csv", Filters(sources=("snhr",))))}
    assert incidents == {row["incident_id"] for row in rows(whole) if row["figure_id"] in of_snhr}
    assert rows(chosen) == [row for row in rows(whole) if row["incident_id"] in incidents]
    assert 0 < len(rows(chosen)) < len(rows(whole))


def test_a_workbook_keeps_types_and_explains_itself(db: query.Snapshot) -> None:
    """Sheets README, rows and columns: numbers are numbers, days are days, and the README names filters, citation and address."""
    book = made(db, "xlsx", Filters(places=("SY07",)), hxl=True)
    readme, table, dictionary = (sheet(book, number) for number in (1, 2, 3))
    told = {cells[0][1]: cells[1][1] for cells in readme}
    assert told["Chosen"] == "in Idleb" and db.id in told["Citation"] and ADDRESS in told["Citation"]
    assert {"Caveats", "One row", "Licence", "Cells"} <= set(told)
    assert [text for _, text in table[0]] == [column.name for column in FIGURES]
    assert table[1][0][1] == "#event+id"
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        body = archive.read("xl/worksheets/sheet2.xml").decode()
    column = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[[c.name for c in FIGURES].index("value_best")]
    assert re.search(rf'<c r="{column}3"[^>]*><v>\d+</v></c>', body), "the number stated is no number"
    assert [cells[0][1] for cells in dictionary[1:]] == [column.name for column in FIGURES]


def test_every_text_and_time_comes_out_of_a_workbook_as_it_went_in(tmp_path: Path, write_snapshot: Write, edit_figures: Edit) -> None:
    """Markup, blanks at either end, line breaks, what looks like an escape, days before Excel can count, and moments to the second."""
    text = " <b>& _x0041_\tone\r\ntwo "
    moment = "TIMESTAMPTZ '2024-12-01 06:07:08+00'"
    edit_figures(
        write_snapshot(tmp_path),
        f"UPDATE f SET quote = '{text}' || chr(7), as_of = DATE '2024-12-01', event_start = DATE '1870-01-01', published_at = {moment}",  # noqa: S608
    )
    book = made(query.Snapshots(tmp_path).open("syria-2024"), "xlsx")
    cells = {cell for row in sheet(book, 2)[1:] for cell in row}
    assert {("", "45627"), ("", "45627.25495370"), ("inlineStr", "1870-01-01")} <= cells  # days since 30 December 1899
    assert {said for _, said in cells if "<b>" in said} == {" <b>& _x005F_x0041_\tone_x000D_\ntwo "}


def test_an_arabic_workbook_explains_itself_in_arabic(db: query.Snapshot) -> None:
    """The README is written in the reader's language, and its sheet runs right to left."""
    book = made(db, "xlsx", Filters(lang="ar", places=("SY07",)), translate=load_words(assets_folder() / "translations")["ar"])
    assert "كيف يُستشهد به" in {cells[0][1] for cells in sheet(book, 1)}
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        assert b'rightToLeft="1"' in archive.read("xl/worksheets/sheet1.xml")


def test_points_are_points_and_nothing_else_is(db: query.Snapshot) -> None:
    """A row with coordinates is a point, longitude first; one without has no geometry, and names its place."""
    found = json.loads(made(db, "geojson"))
    assert found["type"] == "FeatureCollection" and db.id in found["citation"]
    for feature in found["features"]:
        told = feature["properties"]
        point = None if told["lat"] is None else {"type": "Point", "coordinates": [told["lon"], told["lat"]]}
        assert feature["geometry"] == point
        assert feature["id"] == told["figure_id"]
    assert {feature["geometry"] is None for feature in found["features"]} == {True, False}


def test_parquet_holds_the_types(db: query.Snapshot, tmp_path: Path) -> None:
    """Any reader of Parquet finds numbers, days and moments with their zone, and the citation in the file's own metadata."""
    path = tmp_path / "figures.parquet"
    path.write_bytes(made(db, "parquet", Filters(metrics=("killed",))))
    with duckdb.connect() as opened:
        told = {name: kind for name, kind, *_ in opened.execute(f"DESCRIBE FROM '{path}'").fetchall()}
        count = opened.execute(f"SELECT count(*) FROM '{path}'").fetchall()[0][0]  # noqa: S608 - a path of this test
        noted = dict(opened.execute(f"SELECT key, value FROM parquet_kv_metadata('{path}')").fetchall())  # noqa: S608
    assert (told["value_best"], told["as_of"], told["published_at"]) == ("BIGINT", "DATE", "TIMESTAMP WITH TIME ZONE")
    assert count == query.figures_count(db, Filters(metrics=("killed",)))
    assert ADDRESS in noted[b"citation"].decode()


def test_parquet_of_a_prepared_snapshot_is_the_same_file(published_lists: Path, tmp_path: Path) -> None:
    """Words that the copy has as numbers leave it as words."""
    plain, quick = query.Snapshots(published_lists).open("syria-2024"), query.Snapshots(published_lists, large=0).open("syria-2024")
    assert quick.prepared.wait(60)
    files = [tmp_path / "plain.parquet", tmp_path / "quick.parquet"]
    for path, snapshot in zip(files, (plain, quick), strict=True):
        path.write_bytes(made(snapshot, "parquet", Filters()))
    with duckdb.connect() as opened:
        kinds = "SELECT name, type, converted_type, logical_type FROM parquet_schema('{}')"
        schemas = [opened.execute(kinds.format(path)).fetchall() for path in files]
        different = [opened.execute(f"FROM '{one}' EXCEPT ALL FROM '{other}'").fetchall() for one, other in (files, files[::-1])]
    assert schemas[0] == schemas[1]
    assert different == [[], []]


def test_the_zip_explains_itself(db: query.Snapshot) -> None:
    """Rows, data dictionary, citation and data package in one file."""
    view = Filters(places=("SY07",))
    with zipfile.ZipFile(io.BytesIO(made(db, "zip", view))) as archive:
        assert archive.namelist() == ["figures.csv", "data-dictionary.csv", "CITATION.txt", "datapackage.json"]
        assert len(rows(archive.read("figures.csv"))) == query.figures_count(db, view)
        assert [row["column"] for row in rows(archive.read("data-dictionary.csv"))] == [column.name for column in FIGURES]
        citation = archive.read("CITATION.txt").decode()
    assert "in Idleb" in citation and db.id in citation and ADDRESS in citation


CASTS: dict[str, Callable[[str], object]] = {
    "string": str,
    "integer": int,
    "number": float,
    "boolean": {"true": True, "false": False}.__getitem__,
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
}


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("options", [{}, {"bom": True, "hxl": True}], ids=["plain", "bom-hxl"])
def test_the_data_package_describes_its_rows(published_lists: Path, table: str, options: dict[str, bool]) -> None:
    """By the rules of the Data Package specification: the header is the schema, every cell has its type and its closed list of words."""
    db = query.Snapshots(published_lists).open("syria-2024")
    with zipfile.ZipFile(io.BytesIO(made(db, "zip", table=table, **options))) as archive:
        package = json.loads(archive.read("datapackage.json"))
        (resource,) = package["resources"]
        data = archive.read(resource["path"])
    assert (package["profile"], resource["profile"]) == ("tabular-data-package", "tabular-data-resource")
    assert re.fullmatch(r"[a-z0-9._-]+", package["name"]) and re.fullmatch(r"[a-z0-9._-]+", resource["name"])
    assert resource["bytes"] == len(data) and resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
    header, *body = csv.reader(io.StringIO(data.decode(resource["encoding"]), newline=""))
    commented = resource["dialect"].get("commentRows", [])
    fields = resource["schema"]["fields"]
    assert header == [field["name"] for field in fields]
    body = [row for number, row in enumerate(body, 2) if number not in commented]
    key = [header.index(name) for name in resource["schema"].get("primaryKey", header)]
    assert len({tuple(row[place] for place in key) for row in body}) == len(body)
    for row in body:
        for field, cell in zip(fields, row, strict=True):
            assert cell == "" or CASTS[field["type"]](cell) is not None
            assert cell == "" or cell in field.get("constraints", {}).get("enum", [cell]), (field["name"], cell)


def test_json_is_whole_and_typed(db: query.Snapshot) -> None:
    """One object: citation, columns, a list per row; an empty view is an empty list."""
    found = json.loads(made(db, "json", Filters(sort="day")))
    assert len(found["rows"]) == 83
    best = [column["name"] for column in found["columns"]].index("value_best")
    assert {type(row[best]) for row in found["rows"]} == {int, type(None)}
    assert json.loads(made(db, "json", Filters(q="nothing at all")))["rows"] == []


def test_ten_thousand_rows_come_in_chunks(published_10k: Path) -> None:
    """A large file is never held whole."""
    db = query.Snapshots(published_10k).open("syria-2024")
    chunks = list(query.FORMS["csv"].make(query.Download(db, "figures", Filters())))
    assert len(chunks) > 4
    assert sum(chunk.count(b"\r\n") for chunk in chunks) == 10_001


@pytest.mark.parametrize("form", query.FORMS)
def test_an_abandoned_download_lets_go(db: query.Snapshot, form: str) -> None:
    """Closing the stream half-way leaves the snapshot usable."""
    stream = query.FORMS[form].make(query.Download(db, "figures", Filters()))
    next(stream)
    stream.close()  # type: ignore[attr-defined]  # it is a generator
    assert query.figures_count(db, Filters()) == 83


def test_every_text_a_file_says_is_declared(db: query.Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a file says about itself is said through the reader's table, text by text."""
    said = set[str]()

    def listen(text: str) -> str:
        said.add(text)
        return text

    changed = Filters(rules=("soft_share:10",))
    views = [(table, Filters()) for table in TABLES] + [("discrepancies", changed)]
    for table, view in views:
        query.about(query.Download(db, table, view, ADDRESS, "Syria", listen))
    monkeypatch.setattr(rules, "MOST", 1)
    query.about(query.Download(db, "discrepancies", changed, translate=listen))
    monkeypatch.setattr(db, "judged_since", True)
    query.about(query.Download(db, "discrepancies", Filters(), translate=listen))
    assert said == set(exports.TEXTS)


def test_the_etag_follows_rows_and_choice(tmp_path: Path, write_snapshot: Write) -> None:
    """Same tables and same choice, same tag; another choice, form, language or table, another tag; looks do not matter."""
    write_snapshot(tmp_path)
    snapshots = query.Snapshots(tmp_path)
    one = snapshots.open("syria-2024")

    def tag(form: str = "csv", table: str = "figures", **chosen: Any) -> str:
        return query.etag(query.Download(one, table, Filters(**chosen)), form)

    assert tag(q="a") == tag(q="a", theme="dark", page=3)
    assert len({tag(q="a"), tag(), tag("json", q="a"), tag(q="a", lang="ar"), tag("csv", "discrepancies", q="a")}) == 5
    before = tag(q="a")
    write_snapshot(tmp_path, number=2, rows=90)
    assert query.etag(query.Download(snapshots.open("syria-2024"), "figures", Filters(q="a")), "csv") != before


def test_the_file_name_says_what_is_inside(db: query.Snapshot) -> None:
    """Crisis, table, selection or not, day of publication, snapshot."""
    whole = query.Download(db, "figures", Filters(lang="ar"))
    assert query.filename(whole, "csv") == f"crosscount-syria-2024-figures-2026-11-24-{db.id}.csv"
    part = query.Download(db, "discrepancies", Filters(q="a"))
    assert query.filename(part, "zip") == f"crosscount-syria-2024-discrepancies-selection-2026-11-24-{db.id}.zip"
