"""A published sentence names no victim; the ledger keeps it, verify follows it, and a crisis may be told otherwise."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

from click.testing import Result

from ingest.model.withheld import MARK

Run = Callable[..., Result]
SENTENCE = "At least 5 people were killed in Northvale, among them the nurse Salma Orwen and Rafi Keldar, 12."
TITLE = "Salma Orwen was killed"
PAGE = f"<html><head><title>{TITLE}</title></head><body><article><h1>{TITLE}</h1><p>{SENTENCE}</p></article></body></html>"


def exported(crosscount: Run, table: str) -> list[dict[str, str]]:
    """The rows of a published table."""
    return list(csv.DictReader(io.StringIO(crosscount("export", table).stdout)))


def test_names_are_withheld_and_the_quote_is_still_followed_to_its_bytes(crosscount: Run, data: Path, tmp_path: Path) -> None:
    """In no published file; the number stands at its place in the sentence; switched off, the sentence is there word for word."""
    (tmp_path / "report.html").write_text(PAGE, encoding="utf-8")
    assert crosscount("ingest", tmp_path / "report.html", "--published", "2024-12-02", "--publisher", "herald").exit_code == 0
    assert crosscount("publish").exit_code == 0
    (row,) = [row for row in exported(crosscount, "figures") if row["value_best"] == "5"]
    start = int(row["span_start"]) - int(row["quote_start"])
    assert row["quote"][start : int(row["span_end"]) - int(row["quote_start"])].endswith("5")
    assert row["quote"] == SENTENCE.replace("Salma Orwen", MARK * 11).replace("Rafi Keldar", MARK * 11)
    (document,) = exported(crosscount, "documents")
    assert document["title"] == f"{MARK * 11} was killed"
    for path in (data / "published").rglob("*.csv"):
        assert "Orwen" not in path.read_text(encoding="utf-8")
    checked = json.loads(crosscount("verify", "--json").stdout)
    assert checked["found"] >= 1 and checked["not_in_ledger"] == 0
    crisis = data / "crises" / "tiny.toml"
    crisis.write_text("withhold_names = false\n" + crisis.read_text(encoding="utf-8"), encoding="utf-8")
    assert crosscount("publish").exit_code == 0
    assert SENTENCE in {row["quote"] for row in exported(crosscount, "figures")}
    assert crosscount("verify").exit_code == 0
    crisis.write_text(crisis.read_text(encoding="utf-8").replace("false", "'no'", 1), encoding="utf-8")
    refused = crosscount("publish")
    assert refused.exit_code == 3 and "write true or false" in refused.stderr
