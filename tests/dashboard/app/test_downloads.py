"""The export addresses: the rows of the page's query, for browsers, curl and spreadsheets."""

import csv
import io
import json
import re
import zipfile
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from dashboard import query
from ingest.model.schema import TABLES


def _rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_a_file_holds_the_rows_of_the_query(client: FlaskClient) -> None:
    """The address of a file takes the query of the page."""
    rows = _rows(client.get("/export/figures.csv?metric=newly_displaced&source=ocha").text)
    assert rows
    assert {(row["metric"], row["claimed_source"]) for row in rows} == {("newly_displaced", "ocha")}


def test_a_file_of_the_table_holds_the_columns_behind_those_shown(client: FlaskClient) -> None:
    """In their order, each once, after the identities of row and claim; without a choice every published column; in every form."""
    head = client.get("/export/figures.csv?columns=place,value,interval").text.splitlines()[0].split(",")
    assert head[:6] == ["figure_id", "claim_id", "place_id", "place_name", "place_text", "adm1_id"]
    assert head[6:] == [
        *("value_text", "value_status", "qualifier", "value_low", "value_best", "value_high"),
        "interval_open_high",
        "unit",
        "interval_rule",
    ]
    whole = client.get("/export/figures.csv")
    assert tuple(whole.text.splitlines()[0].split(",")) == tuple(column.name for column in TABLES["figures"])
    told = json.loads(client.get("/export/figures.geojson?columns=quote").text)["features"][0]["properties"]
    assert list(told)[2:4] == ["quote", "language"]
    same = {client.get(f"/export/figures.csv{query}").headers["ETag"] for query in ("", "?columns=day", "?columns=value,day")}
    assert len(same) == 3
    assert client.get("/export/discrepancies.csv?columns=day").data == client.get("/export/discrepancies.csv").data


def test_a_file_ignores_which_page_of_rows_was_shown(client: FlaskClient) -> None:
    """Paging is for screens; the file is the whole selection."""
    assert client.get("/export/figures.csv?size=25&page=3").data == client.get("/export/figures.csv").data


def test_excel_is_told_the_encoding_on_request(client: FlaskClient) -> None:
    """bom=1 puts the mark before the header; without it there is none."""
    assert client.get("/export/figures.csv?bom=1").data.startswith(b"\xef\xbb\xbf")
    assert not client.get("/export/figures.csv").data.startswith(b"\xef\xbb\xbf")


def test_hxl_tags_come_on_request(client: FlaskClient) -> None:
    """hxl=1 adds the row of tags under the header."""
    second = client.get("/export/figures.csv?hxl=1").text.splitlines()[1]
    assert second.startswith("#event+id")


def test_an_unchanged_file_is_not_sent_twice(client: FlaskClient) -> None:
    """A refresh of a spreadsheet costs nothing while nothing new is published; another query has another tag."""
    first = client.get("/export/figures.csv?metric=killed")
    again = client.get("/export/figures.csv?metric=killed", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert client.get("/export/figures.csv?metric=injured").headers["ETag"] != first.headers["ETag"]


def test_a_file_names_itself(client: FlaskClient) -> None:
    """The download has a name that says what it is."""
    answer = client.get("/export/figures.csv?metric=killed")
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="')
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"


def test_json_holds_the_same_rows(client: FlaskClient) -> None:
    """The JSON file holds as many rows as the CSV."""
    table = json.loads(client.get("/export/figures.json?metric=injured").text)
    assert len(table["rows"]) == len(_rows(client.get("/export/figures.csv?metric=injured").text))


def test_the_zip_brings_citation_and_dictionary(client: FlaskClient) -> None:
    """A file that travels alone still says what it is and what its columns mean."""
    with zipfile.ZipFile(io.BytesIO(client.get("/export/figures.zip?metric=killed").data)) as archive:
        assert {"figures.csv", "data-dictionary.csv", "CITATION.txt"} <= set(archive.namelist())
        assert "/export/figures.zip?metric=killed" in archive.read("CITATION.txt").decode()


def test_differences_can_be_taken_too(client: FlaskClient) -> None:
    """The list of pairs is a file under the same query."""
    rows = _rows(client.get("/export/discrepancies.csv?code=revision_decrease").text)
    assert [row["code"] for row in rows] == ["revision_decrease"]


@pytest.mark.parametrize("table", ["figures.csv", "figures.json", "figures.zip", "discrepancies.csv"])
def test_without_data_a_file_is_a_sentence(empty_client: FlaskClient, table: str) -> None:
    """Nothing published is said in words with status 503, not as an empty file."""
    answer = empty_client.get(f"/export/{table}")
    assert answer.status_code == 503
    assert answer.text == "Nothing is published yet. Run `crosscount up`.\n"


def test_the_dictionary_names_every_column(client: FlaskClient) -> None:
    """The data dictionary is an address of its own, in the order of the file's header."""
    header = client.get("/export/figures.csv").text.split("\r\n", 1)[0].split(",")
    assert [row["column"] for row in _rows(client.get("/export/data-dictionary.csv").text)] == header


@pytest.mark.parametrize("table", ["relays", "behaviour"])
def test_tables_about_sources_are_downloaded_whole(client: FlaskClient, table: str) -> None:
    """No filter narrows them, so the rows, the name and the tag are the same with one; the dictionary explains their columns."""
    whole, filtered = (client.get(f"/export/{table}.csv{query}") for query in ("", "?metric=injured"))
    assert whole.data == filtered.data and whole.headers["ETag"] == filtered.headers["ETag"]
    assert "selection" not in filtered.headers["Content-Disposition"]
    columns = [column.name for column in TABLES[table]]
    assert whole.text.splitlines()[0].split(",") == columns
    assert whole.text.count("\r\n") > 1
    explained = client.get(f"/export/data-dictionary.csv?table={table}").text
    assert all(f"\n{name}," in explained for name in columns)


def test_the_dictionary_of_no_table_is_a_sentence(client: FlaskClient) -> None:
    """A wrong name says which there are."""
    answer = client.get("/export/data-dictionary.csv?table=weather")
    assert answer.status_code == 404 and "relays" in answer.text


@pytest.mark.parametrize("table", ["silence", "series"])
def test_tables_of_time_are_narrowed_by_the_page(client: FlaskClient, table: str) -> None:
    """The address of a page's download holds its metric, and so do all of its rows."""
    rows = _rows(client.get(f"/export/{table}.csv?metric=injured").text)
    assert rows and {row["metric"] for row in rows} == {"injured"}


@pytest.mark.parametrize("form", query.FORMS)
@pytest.mark.parametrize("encoding", ["identity", "br", "gzip"])
def test_every_form_has_a_stable_address_that_answers_304(client: FlaskClient, form: str, encoding: str) -> None:
    """However it was compressed, a file that the reader has is not made again; its name and kind are told before its first byte."""
    address, asked = f"/export/figures.{form}?metric=killed", {"Accept-Encoding": encoding}
    first = client.get(address, headers=asked)
    assert first.status_code == 200 and first.data
    assert first.headers["Content-Type"] == query.FORMS[form].content_type
    assert first.headers["Content-Disposition"].endswith(f'.{form}"')
    again = client.get(address, headers={**asked, "If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert client.head(address, headers=asked).headers["ETag"] == first.headers["ETag"]


@pytest.mark.parametrize(
    "address,said", [("/export/weather.csv", "figures"), ("/export/figures.pdf", "xlsx"), ("/export/runs.geojson", "csv")]
)
def test_what_cannot_be_had_is_a_sentence(client: FlaskClient, address: str, said: str) -> None:
    """A wrong table or form says which there are."""
    answer = client.get(address)
    assert answer.status_code == 404 and said in answer.text and answer.mimetype == "text/plain"


@pytest.mark.parametrize("address", ["/export/weather.csv", "/export/figures.pdf", "/export/data-dictionary.csv?table=weather"])
def test_what_cannot_be_had_is_said_in_the_readers_language(client: FlaskClient, address: str) -> None:
    """With the names of tables and forms as addresses have them."""
    said = {lang: client.get(f"{address}{'&' if '?' in address else '?'}lang={lang}").text for lang in ("en", "ar", "fr")}
    assert "there are" in said["en"] or "it can be had as" in said["en"]
    assert "الجداول هي: \u2066figures\u2069، " in said["ar"] or "بصيغة «pdf»؛ الصيغ المتاحة له هي: \u2066xlsx\u2069" in said["ar"]
    assert "Il n’y a pas de tableau «\u202fweather\u202f»" in said["fr"] or "les formats sont\u00a0: xlsx, " in said["fr"]


@pytest.mark.parametrize(
    "query,said",
    [
        ("metric=killed,kiled", "“metric=kiled”, which means nothing here; possible is: killed, injured"),
        ("from=2024-13-01", "“from=2024-13-01”, which is no day; a day is written 2024-12-02"),
        ("columns=day,colour", "“columns=colour”"),
        ("group=civilian,men in arms", "“group=men in arms”, which means nothing here; copy the address"),
        ("rules=day_apart:2", "“rules=day_apart:2”"),
    ],
)
def test_a_file_of_other_rows_than_asked_for_is_refused(client: FlaskClient, query: str, said: str) -> None:
    """A page leaves out what means nothing, and shows what it chose; a spreadsheet would go on with rows nobody meant."""
    answer = client.get(f"/export/figures.csv?{query}")
    assert answer.status_code == 400 and said in answer.text
    assert client.get("/export/figures.csv?page=none&theme=pink&metric=&utm=x").status_code == 200


def test_more_rows_than_a_workbook_takes_are_a_sentence(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says how many there are, how many go, and what takes any number; a CSV of the same rows is not refused."""
    small = replace(query.FORMS["xlsx"], most=10)
    monkeypatch.setattr(query, "FORMS", {**query.FORMS, "xlsx": small})
    answer = client.get("/export/figures.xlsx")
    assert answer.status_code == 422
    assert {"83", "10", "1,048,576", "Parquet"} <= set(re.findall(r"[\w,]+\b", answer.text))
    assert client.get("/export/figures.csv").status_code == 200
