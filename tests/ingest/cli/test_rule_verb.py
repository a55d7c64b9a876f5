"""A ruling from the command line: kept beside the machine's verdict, published with it, and there whatever the machine says later."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from click.testing import Result

Run = Callable[..., Result]
HEADER = (
    "metric,kind,group_status,claimed_source,publisher,value_text,value_low,value_best,qualifier,interval_open_high,"
    "place_id,window_start,as_of,quote\n"
)
ROW = "killed,cumulative,civilian,{0},{0},at least {1},{1},{1},at_least,true,XX01,2024-11-27,2024-12-01,at least {1} people\n"
SAID = ("--by", "Rana", "--reason", "The herald counts a day more.")


@pytest.fixture
def discrepancy(crosscount: Run, tmp_path: Path, begin_with: Callable[..., None]) -> str:
    """The identity of a published contradiction."""

    def make() -> None:
        path = tmp_path / "claims.csv"
        path.write_text(HEADER + ROW.format("watch", 8) + ROW.format("herald", 22), encoding="utf-8")
        assert crosscount("ingest", path).exit_code == 0
        assert crosscount("publish").exit_code == 0

    begin_with("a contradiction", make)
    (row,) = exported(crosscount, "discrepancies")
    assert row["code"] == "contradiction_soft"
    return row["discrepancy_id"]


def exported(crosscount: Run, table: str) -> list[dict[str, str]]:
    """The rows of a published table."""
    return list(csv.DictReader(io.StringIO(crosscount("export", table).stdout)))


def test_a_ruling_is_published_beside_the_verdict(crosscount: Run, discrepancy: str, tmp_path: Path) -> None:
    """With name, reason, the person's code and the verdict it is about; the verdict itself stays."""
    told = crosscount("rule", discrepancy, "--code", "timing_lag", *SAID)
    assert told.exit_code == 0 and "Rana says 'Another reason'" in told.stdout
    assert exported(crosscount, "rulings") == []
    crosscount("publish")
    (ruling,) = exported(crosscount, "rulings")
    assert (ruling["discrepancy_id"], ruling["decision"], ruling["code"]) == (discrepancy, "another_code", "timing_lag")
    assert (ruling["ruled_by"], ruling["reason"], ruling["machine_code"]) == ("Rana", SAID[3], "contradiction_soft")
    assert ruling["ruled_at"] and ruling["standing"] == "true"
    (verdict,) = exported(crosscount, "discrepancies")
    assert (verdict["code"], verdict["rule"]) == ("contradiction_soft", ruling["machine_rule"])
    beside = ("another_code", "timing_lag", "Rana", ruling["ruled_at"], SAID[3])
    assert tuple(verdict[name] for name in ("ruling", "ruling_code", "ruled_by", "ruled_at", "ruling_reason")) == beside
    (told,) = json.loads(crosscount("export", "discrepancies", "--format", "json").stdout)
    assert (told["code"], told["ruling_code"], told["ruled_by"]) == ("contradiction_soft", "timing_lag", "Rana")
    parquet = tmp_path / "out.parquet"
    assert crosscount("export", "discrepancies", "--format", "parquet", "--out", parquet).exit_code == 0
    assert duckdb.connect().execute("SELECT code, ruling_code FROM read_parquet(?)", [str(parquet)]).fetchall() == [
        ("contradiction_soft", "timing_lag")
    ]


def test_a_ruling_stays_with_its_pair_when_the_machine_says_otherwise(crosscount: Run, discrepancy: str, data: Path) -> None:
    """Other rules, another verdict: the ruling is about the same pair, and says which verdict it was made about."""
    crosscount("rule", discrepancy, "--code", "agree", *SAID)
    crisis = data / "crises" / "tiny.toml"
    crisis.write_text("rules = { soft_gap = 20 }\n" + crisis.read_text(encoding="utf-8"), encoding="utf-8")
    assert crosscount("publish").exit_code == 0
    (verdict,) = exported(crosscount, "discrepancies")
    (ruling,) = exported(crosscount, "rulings")
    assert (verdict["discrepancy_id"], verdict["code"]) == (discrepancy, "agreement")
    assert (ruling["discrepancy_id"], ruling["machine_code"], ruling["code"]) == (discrepancy, "contradiction_soft", "contradiction_soft")
    assert ruling["standing"] == "true" and ruling["machine_rule"] != verdict["rule"]


def test_a_ruling_is_withdrawn_by_a_further_one(crosscount: Run, discrepancy: str) -> None:
    """Both are kept; neither stands. Naming the machine's own code is agreeing with it."""
    crosscount("rule", discrepancy, "--code", "contradiction_soft", *SAID)
    assert crosscount("rule", discrepancy, "--code", "withdrawn", "--by", "Omar", "--reason", "Not yet.").exit_code == 0
    crosscount("publish")
    rows = exported(crosscount, "rulings")
    assert [(row["decision"], row["standing"], row["ruled_by"]) for row in rows] == [
        ("agree", "false", "Rana"),
        ("withdrawn", "false", "Omar"),
    ]
    again = crosscount("rule", discrepancy, "--code", "withdrawn", *SAID)
    assert again.exit_code == 9 and "none to withdraw" in again.stderr


@pytest.mark.parametrize(
    ("words", "said", "ends"),
    [
        (("nowhere", "--code", "agree", *SAID), "no discrepancy 'nowhere'", 9),
        (("{}", "--code", "agree", "--by", " ", "--reason", "So."), "needs a name", 9),
        (("{}", "--code", "agree", "--by", "Rana", "--reason", " "), "needs a reason", 9),
        (("{}", "--code", "agree", "--by", "R" * 200, "--reason", "So."), "longer than 120", 9),
        (("{}", "--code", "perhaps", *SAID), "is not one of", 2),
    ],
)
def test_a_ruling_that_lacks_something_is_refused(crosscount: Run, discrepancy: str, words: tuple[str, ...], said: str, ends: int) -> None:
    """The sentence says what is missing, and nothing is kept."""
    done = crosscount("rule", *(word.format(discrepancy) for word in words))
    assert done.exit_code == ends and said in done.stderr
    crosscount("publish")
    assert exported(crosscount, "rulings") == []
