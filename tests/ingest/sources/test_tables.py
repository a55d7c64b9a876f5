"""Tables at an address or in a folder."""

from pathlib import Path
from typing import Any

import pytest

from ingest.errors import SettingsError, SourceUnavailable
from ingest.fetch.client import Client
from ingest.sources import tables


def _read(ask: Any, *entries: dict[str, Any]) -> list[Any]:
    return list(tables.fetch(ask(options={"tables": list(entries)})))


def test_an_address_and_a_folder_give_their_tables(web: Any, ask: Any, tmp_path: Path) -> None:
    """Each with its bytes archived, and what the crisis file says of it; what is no table in a folder is told and passed over."""
    url = web.at("/files/a.csv", {"body": b"place,killed\nX,1\n", "headers": {"Content-Type": "text/csv"}})
    folder = tmp_path / "tables"
    folder.mkdir()
    (folder / "b.csv").write_text("place,killed\nY,2\n")
    (folder / "c.pdf").write_bytes(b"%PDF-1.7")
    one, other = _read(ask, {"url": url, "publisher": "watch", "licence": "CC0"}, {"path": str(folder)})
    assert (one.name, one.url, one.publisher, one.licence) == ("a.csv", url, "watch", "CC0")
    assert (other.name, other.content) == ("b.csv", b"place,killed\nY,2\n")
    assert all(ask.archive.get(table.archive_sha256) == table.content for table in (one, other))
    assert len(ask.told) == 1 and "c.pdf is no table but application/pdf" in ask.told[0]


@pytest.mark.parametrize("cut", [b"Harim,1305", b"Harim,130500", b'Harim,130500,"said\n'])
def test_a_table_that_may_be_cut_within_a_number_is_read_once_it_came_twice(web: Any, ask: Any, remembering: Client, cut: bytes) -> None:
    """A server may break off and announce the length of what is left: the last line of a CSV has no end then, nor a quotation. What its
    validator promises is not believed either; only the same bytes a second time are.
    """
    head = b"admin2,idps,note\n"
    url = web.at("/t.csv", {"body": head + cut, "headers": {"Content-Type": "text/csv", "ETag": '"1"'}})

    def read() -> list[bytes]:
        return [table.content for table in tables.fetch(ask(client=remembering, options={"tables": [{"url": url}]}))]

    with pytest.raises(SourceUnavailable, match=r"/t\.csv ends in the middle of a line, so it may have been cut off; it is read once"):
        read()
    assert read() == [head + cut]
    assert not [asked for asked in web.asked if "if-none-match" in asked.headers]
    web.at("/t.csv", {"body": head + b"Harim,130500,said\n", "headers": {"Content-Type": "text/csv"}})
    assert read() == [head + b"Harim,130500,said\n"]


def test_a_mapping_stands_in_the_crisis_file_or_in_a_file_of_its_own(ask: Any, tmp_path: Path) -> None:
    """Both come as the same tables."""
    (tmp_path / "t.csv").write_text("Wo,Tote\nX,1\n")
    (tmp_path / "m.toml").write_text('[columns]\nTote = "value_best"\n')
    entry = {"path": str(tmp_path / "t.csv")}
    inline, filed = _read(ask, {**entry, "mapping": {"columns": {"Tote": "value_best"}}}, {**entry, "mapping": str(tmp_path / "m.toml")})
    assert inline.mapping == filed.mapping == {"columns": {"Tote": "value_best"}}


def test_a_table_that_cannot_be_had_costs_itself(web: Any, ask: Any, tmp_path: Path) -> None:
    """A page or workbook at the address is told by its kind, and the next table is read."""
    (tmp_path / "t.csv").write_text("place,killed\nX,1\n")
    page = web.at("/page", {"body": b"<!doctype html><html><body>moved</body></html>", "headers": {"Content-Type": "text/html"}})
    fetched = tables.fetch(ask(options={"tables": [{"url": page}, {"url": f"{web.base}/gone"}, {"path": str(tmp_path / "t.csv")}]}))
    assert next(fetched).name == "t.csv"
    with pytest.raises(SourceUnavailable, match=r"page is no table but text/html; save it as CSV or XLSX.* answered with HTTP 404"):
        next(fetched)


@pytest.mark.parametrize(
    ("entries", "told"),
    [
        ([], "names no `tables` under"),
        ([{"publisher": "x"}], "takes one of `url`, `path` and"),
        ([{"path": "/x", "url": "https://example.org"}], "takes one of `url`, `path` and"),
        ([{"path": "/x", "maping": "y"}], "unknown key 'maping'"),
        ([{"path": "/x", "mapping": "/nowhere/m.toml"}], r"m\.toml cannot be read"),
    ],
)
def test_settings_are_checked(ask: Any, entries: list[dict[str, Any]], told: str) -> None:
    """A mistyped key would otherwise be a table without a meaning."""
    with pytest.raises(SettingsError, match=told):
        _read(ask, *entries)
