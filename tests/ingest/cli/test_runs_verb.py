"""`runs` tells what came of each run, and logs for machines hold neither secrets nor the text of reports."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

REPORT = "publisher: watch\npublished: 2024-12-01\n---\nAt least 12 people were killed in Northvale on Saturday. It counted 30 injured.\n"
TABLE = (
    "metric,kind,value_best,place_text,event_start,claimed_source,quote\nkilled,incident,x,Northvale,2024-12-02,watch,Watch says 4 died.\n"
)
COUNTS = ("documents_new", "figures_new", "known", "changed", "vanished", "fetched", "rejected")


def test_runs_are_listed_with_what_came_of_them(answer: Callable[..., Any], crosscount: Callable[..., Any], tmp_path: Path) -> None:
    """Counts, seconds and outcome, newest first; one of them with its log says what was rejected and why."""
    crosscount("ingest", "-", given=REPORT)
    crosscount("ingest", "-", given=REPORT)
    (tmp_path / "table.csv").write_text(TABLE, encoding="utf-8")
    crosscount("ingest", tmp_path / "table.csv")
    table, again, first = answer("runs", "--json")
    assert [first[name] for name in COUNTS] == [1, 2, 0, 0, 0, 0, 0] and first["outcome"] == "ok" and first["seconds"] >= 0
    assert [again[name] for name in COUNTS] == [0, 0, 1, 0, 0, 0, 0]
    assert table["rejected"] == 1
    told = answer("runs", table["run_id"], "--json")
    assert [line["level"] for line in told["log"]] == ["rejected"] and "value_best" in told["log"][0]["reason"]
    assert "1 readings rejected" in crosscount("runs", "--limit", "1").stdout
    assert "value_best" in crosscount("runs", table["run_id"]).stdout


def test_an_unknown_run_is_a_sentence(crosscount: Callable[..., Any]) -> None:
    """It says where to look."""
    done = crosscount("runs", "r0")
    assert done.exit_code == 3 and "There is no run 'r0'" in done.stderr


def test_lines_for_machines_are_objects(crosscount: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """Each line of standard error is JSON with its time; a run that ends is told with its counts."""
    monkeypatch.setenv("CROSSCOUNT_LOG", "json")
    told = [json.loads(line) for line in crosscount("ingest", "-", given=REPORT).stderr.splitlines()]
    assert all({"time", "level", "about", "message"} <= set(line) for line in told)
    ended = [line for line in told if line["message"] == "run ended"]
    assert [(line["verb"], line["outcome"], line["documents_new"], line["figures_new"]) for line in ended] == [("ingest", "ok", 1, 2)]
    assert "Northvale" not in json.dumps(told)
    failed = [json.loads(line) for line in crosscount("ingest", "nothing.txt").stderr.splitlines()]
    assert failed[-1]["level"] == "error" and "nothing.txt" in failed[-1]["message"]


@pytest.mark.parametrize("form", ["plain", "json"])
def test_secrets_are_starred_out(crosscount: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    """The value of a key, and the password of a database, are written nowhere."""
    monkeypatch.setenv("CROSSCOUNT_LOG", form)
    monkeypatch.setenv("UCDP_TOKEN", "sesame-sesame")
    done = crosscount("ingest", "sesame-sesame.txt")
    assert done.exit_code != 0 and "***.txt" in done.stderr and "sesame" not in done.stderr
    monkeypatch.setenv("CROSSCOUNT_DATABASE", "postgresql://amal:hunter22@127.0.0.1:1/none")
    assert "hunter22" not in crosscount("runs").output
