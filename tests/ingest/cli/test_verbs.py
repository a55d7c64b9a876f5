"""What each verb answers, in words, in JSON and in exit codes."""

import csv
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import dashboard.cli
import ingest.cli
from ingest.cli import command_line
from ingest.cli.frame import UNEXPECTED
from ingest.model.schema import DISCREPANCIES, FIGURES, TABLES
from ingest.store import Ledger, SourceState

Run = Callable[..., Result]
Answer = Callable[..., Any]
TEXT = "Valley Watch said 12 civilians were killed in Northvale on Tuesday, including three children."
SAID = ("--publisher", "herald", "--published", "2024-12-04")


def test_the_list_of_verbs_imports_none_of_them() -> None:
    """Help comes at once: what the verbs need is imported when one is used."""
    told = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from dashboard.cli import main; main(['--help'], standalone_mode=False); print(sorted(sys.modules))",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    for verb in (*dashboard.cli.main.list_commands(None), "up", "serve"):  # type: ignore[arg-type]  # the list needs no context
        assert f"  {verb} " in told.stdout
    assert not {"'pandas'", "'sqlalchemy'", "'dash'", "'duckdb'", "'requests'"} & set(told.stdout.replace(",", " ").split())


@pytest.mark.parametrize("verb", list(ingest.cli.VERBS))
def test_every_verb_explains_itself(verb: str) -> None:
    """`--help` of a verb begins with what it does."""
    told = CliRunner().invoke(command_line(), [verb, "--help"])
    assert told.exit_code == 0 and len(told.output.splitlines()) > 5


def test_extract_answers_every_line_in_order(crosscount: Run) -> None:
    """A bad line is answered where it stands, the others are read, and the exit code says that something was wrong."""
    feed = [
        json.dumps({"id": "a", "text": TEXT, "publisher": "Vale Herald", "published": "2024-12-04"}),
        "{not json",
        json.dumps({"id": "c"}),
    ]
    done = crosscount("extract", "--jsonl", given="\n".join(feed))
    first, second, third = map(json.loads, done.stdout.splitlines())
    assert done.exit_code == 4 and "2 of the lines" in done.stderr
    assert (first["id"], second["id"], third["id"]) == ("a", None, "c") and "error" in second and "error" in third
    whole, part = first["figures"]
    assert (whole["metric"], whole["value_best"], whole["group_status"], whole["part_of"]) == ("killed", 12, "civilian", None)
    assert (part["value_best"], part["part_of"]) == (3, 0)
    assert TEXT[slice(*whole["span"])] == "12" and whole["place_text"] == "Northvale"
    assert whole["claimed_source"] == "watch Valley Watch" and whole["event_start"] == "2024-12-03"


def test_extract_gives_numbers_and_says_what_only_stands_in(crosscount: Run) -> None:
    """A claim without a number is no figure, and a day that the text does not state is marked as assumed."""
    document = {
        "id": "a",
        "published": "2024-12-02",
        "text": "Residents fled the town. Nine people were killed.\n\nOn 28 November, two died.",
    }
    (line,) = crosscount("extract", "--jsonl", given=json.dumps(document)).stdout.splitlines()
    told = [(f["value_best"], f["event_start"], f["event_stated"]) for f in json.loads(line)["figures"]]
    assert told == [(9, "2024-12-02", False), (2, "2024-11-28", True)]


def test_extract_reads_the_same_with_several_processes(crosscount: Run) -> None:
    """Order and content do not depend on how many processes read."""
    feed = "\n".join(
        json.dumps({"id": n, "text": f"{n} people were killed in Northvale.", "published": "2024-12-04"}) for n in range(2, 90)
    )
    alone, together = crosscount("extract", "--jsonl", given=feed), crosscount("extract", "--jsonl", "--jobs", 2, given=feed)
    assert alone.stdout == together.stdout and alone.exit_code == together.exit_code == 0
    assert [json.loads(line)["figures"][0]["value_best"] for line in alone.stdout.splitlines()] == list(range(2, 90))


def test_extract_needs_no_database_and_no_frames(data: Path) -> None:
    """A script that reads texts pays for reading only."""
    program = "main(['--data', sys.argv[1], 'extract'], standalone_mode=False); print(sorted(sys.modules))"
    program = f"import sys; from dashboard.cli import main; {program}"
    done = subprocess.run([sys.executable, "-c", program, data], input="", capture_output=True, text=True, check=True)
    assert not {"'pandas'", "'sqlalchemy'", "'dash'", "'duckdb'", "'numpy'"} & set(done.stdout.replace(",", " ").split())


def test_explain_shows_each_step(crosscount: Run, answer: Answer) -> None:
    """The number stands marked in its sentence, and each stage says what it read and by which rule."""
    told = crosscount("explain", TEXT, *SAID)
    assert told.exit_code == 0 and "said [12] civilians" in told.stdout
    assert all(stage in told.stdout for stage in ("number", "metric", "source", "time", "place"))
    assert [one["value_best"] for one in answer("explain", "-", "--json", *SAID, given=TEXT)] == [12, 3]
    assert "No figure is read" in crosscount("explain", "Nothing happened.").stdout


def test_a_report_goes_the_whole_way(crosscount: Run, answer: Answer, tmp_path: Path) -> None:
    """Ingest, publish, export: the figure in the CSV is the one in the report, with its sentence."""
    path = tmp_path / "report.txt"
    path.write_text(TEXT, encoding="utf-8")
    assert answer("ingest", path, *SAID, "--json") == {"documents": 1, "figures": 2, "known": 0, "rejected": 0, "unread": 0, "refused": []}
    assert answer("ingest", path, *SAID, "--json")["known"] == 1
    published = answer("publish", "--json")
    assert published["changed"] and published["rows"]["figures"] == 2
    assert not answer("publish", "--json")["changed"]
    rows = list(csv.DictReader(io.StringIO(crosscount("export", "figures").stdout)))
    assert list(rows[0]) == [column.name for column in FIGURES]
    assert {(row["value_best"], row["quote"]) for row in rows} == {("12", TEXT), ("3", TEXT)}
    assert len(answer("export", "figures", "--format", "json")) == 2
    target = tmp_path / "out.parquet"
    assert crosscount("export", "figures", "--format", "parquet", "--out", target).exit_code == 0
    assert target.read_bytes()[:4] == b"PAR1"
    tagged = crosscount("export", "figures", "--hxl").stdout.splitlines()
    assert tagged[1].startswith("#event+id")


def test_ingest_takes_standard_input_and_says_what_it_misses(crosscount: Run) -> None:
    """Text from a pipe is a report like any other; without a publisher nobody could be quoted, and the sentence says what to add."""
    assert crosscount("ingest", "-", *SAID, given=TEXT).exit_code == 0
    done = crosscount("ingest", "-", given=TEXT + " ")
    assert done.exit_code == 4 and "--publisher" in done.stderr and "Traceback" not in done.output


def test_compare_says_why_the_rows_of_a_table_differ(crosscount: Run, tmp_path: Path) -> None:
    """A table needs no ledger: two voices on one question get one sentence, and the table of verdicts where it is asked for."""
    path = tmp_path / "claims.csv"
    row = "killed,incident,civilian,{0},{1},XX01,Northvale,2024-12-01,2024-12-01,2024-12-02,{0} civilians were killed.\n"
    header = "metric,kind,group_status,value_best,claimed_source,place_id,place_text,event_start,event_end,as_of,quote\n"
    path.write_text(header + row.format(8, "watch") + row.format(22, "herald"), encoding="utf-8")
    told = crosscount("compare", path)
    assert told.exit_code == 0 and "8" in told.stdout and "22" in told.stdout
    target = tmp_path / "verdicts.csv"
    assert crosscount("compare", path, "--out", target).exit_code == 0
    rows = list(csv.DictReader(target.open(encoding="utf-8")))
    assert list(rows[0]) == [column.name for column in DISCREPANCIES] and rows[0]["code"].startswith("contradiction")


def test_compare_as_known_on_a_day(crosscount: Run, tmp_path: Path) -> None:
    """A contradiction is told from the day its second count was out; the same of the snapshot, by the clock of this installation never."""
    path, out = tmp_path / "claims.csv", tmp_path / "why.csv"
    row = "killed,incident,civilian,{0},{1},{1},XX01,2024-12-01,2024-12-01,{2}T12:00:00Z,{0} civilians were killed.\n"
    header = "metric,kind,group_status,value_best,claimed_source,publisher,place_id,event_start,event_end,published_at,quote\n"
    path.write_text(header + row.format(8, "watch", "2024-12-01") + row.format(22, "herald", "2024-12-03"), encoding="utf-8")

    def codes(*words: object) -> list[str]:
        assert crosscount("compare", *words, "--out", out).exit_code == 0
        return [line["code"] for line in csv.DictReader(out.open(encoding="utf-8"))]

    whole = codes(path)
    assert len(whole) == 1 and whole[0].startswith("contradiction")
    assert (codes(path, "--as-known", "2024-12-02"), codes(path, "--as-known", "2024-12-03")) == ([], whole)
    crosscount("ingest", path)
    crosscount("publish")
    assert (codes("--as-known", "2024-12-02"), codes("--as-known", "2024-12-03")) == ([], whole)
    assert codes("--as-known", "2024-12-03", "--clock", "read") == []
    assert crosscount("export", "silence", "--out", out).exit_code == 0 and out.read_text(encoding="utf-8").startswith("day,claimed_source")


def test_what_no_source_lists_is_told_only_when_asked_and_with_what_must_hold(crosscount: Run, tmp_path: Path) -> None:
    """Twelve incidents on both lists and one on each alone: 1 * 1 / 13 on none, in words or as JSON, and never as a table."""
    path = tmp_path / "incidents.csv"
    row = "killed,incident,civilian,4,{0},{0},XX01,Northvale,{1},{1},{1},4 civilians were killed.\n"
    listed = [("watch", "herald")] * 12 + [("watch",), ("herald",)] + [("watch", "herald")]
    rows = [row.format(source, f"2024-12-{day:02}") for day, sources in enumerate(listed, 1) for source in sources]
    header = "metric,kind,group_status,value_best,claimed_source,publisher,place_id,place_text,event_start,event_end,as_of,quote\n"
    path.write_text(header + "".join(rows), encoding="utf-8")
    said = crosscount("compare", path, "--undocumented").stdout
    assert "15 incidents, 2 on one list alone, 13 on exactly two" in said and "What must hold:" in said and "no total" in said
    (found,) = json.loads(crosscount("compare", path, "--undocumented", "--json").stdout)["metrics"]
    assert found["bound"]["least"] == pytest.approx(1 / 14) and found["first_day"] == "2024-12-01"
    assert "no source" not in crosscount("compare", path).stdout
    refused = crosscount("compare", path, "--undocumented", "--out", tmp_path / "out.csv")
    assert refused.exit_code == 2 and "not a table" in refused.stderr


def test_every_published_table_can_be_exported(crosscount: Run, answer: Answer, tmp_path: Path) -> None:
    """Who repeats whom and how sources behave are tables like the others."""
    report = tmp_path / "report.txt"
    report.write_text("Valley Watch said 12 civilians were killed in Northvale on Sunday.", encoding="utf-8")
    answer("ingest", report, "--publisher", "herald", "--published", "2024-12-02", "--json")
    answer("publish", "--json")
    for table in ("relays", "behaviour"):
        rows = list(csv.DictReader(io.StringIO(crosscount("export", table).stdout)))
        assert rows and list(rows[0]) == [column.name for column in TABLES[table]]
    assert rows[0]["organisation"] == "herald" and rows[0]["relayed"] == "1"


def test_compare_and_export_without_a_snapshot_say_what_to_do(crosscount: Run) -> None:
    """Nothing published is no traceback but a next step."""
    for words in (("compare",), ("export", "figures")):
        done = crosscount(*words)
        assert done.exit_code == 6 and "crosscount publish" in done.stderr


def test_sources_are_a_list_a_script_can_use(answer: Answer, crosscount: Run) -> None:
    """Each has a name, kind, languages, state and limitation; one whose setting is missing says which."""
    rows = {row["name"]: row for row in answer("sources", "--json")}
    assert {"local", "rss", "sohr", "sana", "reliefweb"} <= set(rows)
    assert all(row["kind"] and isinstance(row["languages"], list) and row["state"] and row["limitation"] for row in rows.values())
    assert rows["reliefweb"]["state"] == "needs_settings" and "RELIEFWEB_APPNAME" in rows["reliefweb"]["state_note"]
    assert all(row["licence"] and row["redistribution"] and row["mandate"] and row["stance"] for row in rows.values())
    assert all(0 <= row["expected_volume"][0] <= row["expected_volume"][1] for row in rows.values())
    told = crosscount("sources").stdout
    assert "reliefweb: needs a key. Needs RELIEFWEB_APPNAME" in told
    assert "    every 24 hours, 0 to 1000 documents a week. that of each publisher: Figures, a short quote and the link" in told


def test_sources_say_how_each_is_doing(crosscount: Run, data: Path) -> None:
    """Ready with the time of its last answer, failing with the time since when and why, disabled where the crisis file says so."""
    crisis = data / "crises" / "tiny.toml"
    crisis.write_text(crisis.read_text(encoding="utf-8") + "\n[sources.sohr]\nenabled = false\n", encoding="utf-8")
    early = datetime(2024, 12, 1, 9, tzinfo=UTC)
    with Ledger.open(f"sqlite:///{data / 'ledger.sqlite'}") as ledger:
        ledger.save_source_state(SourceState("rss", early, early, failing_since=early, failures=1, message="Not reached."))
        ledger.save_source_state(SourceState("local", early, early))
    told = crosscount("sources").stdout.splitlines()
    assert any(line.startswith("rss: failing since 2024-12-01T09:00:00") and line.endswith("Not reached.") for line in told)
    assert any(line.startswith("local: ready, last read 2024-12-01T09:00:00") for line in told)
    assert any(line.startswith("sohr: disabled") for line in told)


def test_doctor_tells_what_is_wrong_and_what_is_only_missing(answer: Answer, crosscount: Run, data: Path) -> None:
    """A folder that works is fine; a crisis file that cannot be read is wrong, and the exit code says so."""
    states = {one["about"]: one["state"] for one in answer("doctor", "--offline", "--json")}
    assert states["data folder"] == "fine" and states["snapshot"] == "worth knowing" and states["source reliefweb"] == "worth knowing"
    (data / "crises" / "tiny.toml").write_text("id = ", encoding="utf-8")
    done = crosscount("doctor", "--offline")
    assert done.exit_code == 1 and "tiny.toml" in done.stdout and "Traceback" not in done.output


def test_refresh_asks_what_is_configured(answer: Answer, crosscount: Run) -> None:
    """A source without its setting is named and passed over; asked for by name, it is a sentence; an unknown one likewise."""
    assert answer("refresh", "--json") == [
        {"source": "rss", "failure": None, "documents": 0, "figures": 0, "known": 0, "rejected": 0, "unread": 0}
    ]
    for words, told in (
        (("--source", "reliefweb"), "RELIEFWEB_APPNAME"),
        (("--source", "nobody"), "known are"),
        (("--source", "sohr"), "[sources.sohr]"),
    ):
        done = crosscount("refresh", *words)
        assert done.exit_code == 3 and told in done.stderr


def test_places_of_a_release_are_found_in_reports(crosscount: Run, answer: Answer, data: Path, tmp_path: Path) -> None:
    """After an import a name of the new release is a place, and spellings that were there are kept."""
    (data / "gazetteer" / "tiny-aliases.csv").write_text("place_id,alias,lang,status\nXX01,Nordtal,en,press\n", encoding="utf-8")
    release = tmp_path / "xxx_adm1.csv"
    release.write_text("ADM0_PCODE,ADM0_EN,ADM1_PCODE,ADM1_EN\nXX,Xland,XX01,Northvale\nXX,Xland,XX02,Easterwick\n", encoding="utf-8")
    done = crosscount("places", "import", release, "--name", "tiny")
    assert done.exit_code == 0, done.output
    told = answer("explain", "Two people were killed in Easterwick. Four people were killed in Nordtal.", "--json", *SAID)
    assert [one["place_id"] for one in told] == ["XX02", "XX01"]


def test_places_of_a_country_are_fetched(web: Any, crosscount: Run, answer: Answer, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The GeoJSON files of its dataset on HDX, packed or not, are archived and read; what HDX states of them is told."""
    monkeypatch.setenv("CROSSCOUNT_ALLOW_LOOPBACK", "1")
    crisis = data / "crises" / "tiny.toml"
    crisis.write_text(crisis.read_text() + f'\n[sources.hdx]\naddress = "{web.base}/api/3/action/"\n')

    def layer(**cells: str) -> str:
        box = [[[36.0, 35.0], [37.0, 35.0], [37.0, 36.0], [36.0, 35.0]]]
        feature = {"type": "Feature", "properties": cells, "geometry": {"type": "Polygon", "coordinates": box}}
        return json.dumps({"type": "FeatureCollection", "features": [feature]})

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("xxx_admin1.geojson", layer(adm0_pcode="XX", adm0_name="Xland", adm1_pcode="XX01", adm1_name="Easterwick"))
    towns = layer(pcode="C1", featurename_en="Nordtal", featurename_ar="نوردتال", adm1_pcode="XX01", adm0_pcode="XX")
    bodies = {"xxx_admin_boundaries.geojson.zip": packed.getvalue(), "xxx_towns.geojson": towns.encode(), "xxx.xlsx": b"PK"}
    kinds = {"xxx.xlsx": "XLSX"}
    about = {"last_modified": "2026-01-26T00:00:00.000000"}
    listed = [{"name": name, "format": kinds.get(name, "GeoJSON"), "download_url": f"{web.base}/{name}", **about} for name in bodies]
    result = {"resources": listed, "license_title": "CC BY-IGO", "organization": {"name": "ocha"}}
    dataset = "/api/3/action/package_show?id=cod-ab-xxx"
    web.at(dataset, {"body": json.dumps({"success": True, "result": result}).encode(), "headers": {"Content-Type": "application/json"}})
    for name, body in bodies.items():
        web.at(f"/{name}", {"body": body, "headers": {"Content-Type": "application/octet-stream"}})
    done = crosscount("places", "fetch", "--name", "tiny")
    assert done.exit_code == 0, done.output
    assert "cod-ab-xxx on HDX, changed 2026-01-26. CC BY-IGO" in done.stdout
    assert "/xxx.xlsx" not in web.paths()
    assert {row["licence"] for row in answer("archive", "--json") if row["source"] == "hdx"} == {"CC BY-IGO"}
    told = answer("explain", "Two people were killed in Easterwick. Four people were killed in Nordtal.", "--json", *SAID)
    assert [one["place_id"] for one in told] == ["XX01", "C1"]
    result["resources"] = listed[2:]
    web.at(dataset, {"body": json.dumps({"success": True, "result": result}).encode(), "headers": {"Content-Type": "application/json"}})
    done = crosscount("places", "fetch")
    assert done.exit_code == 5 and "has no GeoJSON or CSV; its files are xxx.xlsx" in done.stderr


@pytest.mark.parametrize(
    ("words", "code"),
    [(("nonsense",), 2), (("publish", "--nonsense"), 2), (("ingest",), 2), (("refresh", "--since", "yesterday"), 2)],
)
def test_a_command_line_that_is_not_understood_ends_with_two(crosscount: Run, words: tuple[str, ...], code: int) -> None:
    """Typing errors are told apart from failures."""
    assert crosscount(*words).exit_code == code


def test_an_unknown_crisis_is_a_sentence(crosscount: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sentence names the crises there are."""
    monkeypatch.setenv("CROSSCOUNT_CRISIS", "atlantis")
    done = crosscount("publish")
    assert done.exit_code == 3 and "syria-2024" in done.stderr and len(done.stderr.splitlines()) == 1


def test_a_fault_of_the_program_is_one_sentence_and_a_file(crosscount: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The person reads a sentence; the traceback is in the file it names, for whoever mends it."""

    def broken(*_: object) -> None:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr("ingest.cli.gathering.assembled", broken)
    done = crosscount("publish")
    assert done.exit_code == UNEXPECTED and "Traceback" not in done.output
    where = Path(done.stderr.rsplit(" in ", 1)[1].strip().rstrip("."))
    assert "ZeroDivisionError" in where.read_text(encoding="utf-8")
    where.unlink()


def test_ctrl_c_is_no_error_of_anybody(crosscount: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """An interrupted verb ends with 130 and a calm sentence."""

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("ingest.cli.gathering.assembled", interrupted)
    done = crosscount("publish")
    assert done.exit_code == 130 and "everything finished so far is kept" in done.stderr


def test_compare_takes_rules_from_a_file_and_from_the_command_line(crosscount: Run, tmp_path: Path) -> None:
    """Another threshold, another verdict, and another digest in the column of the rule; the snapshot is left as it was."""
    header = "metric,kind,group_status,claimed_source,publisher,value_text,value_low,value_best,qualifier,interval_open_high,"
    header += "place_id,window_start,as_of,quote"
    path, out = tmp_path / "claims.csv", tmp_path / "why.csv"
    rows = [
        f"killed,cumulative,civilian,{one},{one},at least {n},{n},{n},at_least,true,XX01,2024-11-27,2024-12-01,at least {n} people"
        for one, n in (("watch", 8), ("herald", 22))
    ]
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    rules = tmp_path / "rules.toml"
    rules.write_text("[rules]\nsoft_gap = 20\n", encoding="utf-8")

    def codes(*words: object) -> list[tuple[str, str]]:
        assert crosscount("compare", *words, "--out", out).exit_code == 0
        return [(row["code"], row["rule"].split("/")[1]) for row in csv.DictReader(out.open(encoding="utf-8"))]

    ((published, version),) = codes(path)
    ((by_file, other),) = codes(path, "--rules", rules)
    assert (published, by_file) == ("contradiction_soft", "agreement") and version != other
    assert codes(path, "--rules", rules, "--set", "soft_gap=5") == [(published, version)]

    crosscount("ingest", path)
    assert crosscount("publish").exit_code == 0
    assert codes("--set", "soft_gap=20") == [(by_file, other)]
    assert codes() == [(published, version)]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--set", "soft_gap"), "write it like soft_share=0.3"),
        (("--set", "soft_gap=many"), "soft_gap is 'many'"),
        (("--rules", "nowhere.toml"), "nowhere.toml cannot be read"),
    ],
)
def test_a_rule_that_is_not_understood_is_answered_with_a_sentence(
    crosscount: Run, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    """Nothing is compared, and the sentence says what to write."""
    path = tmp_path / "claims.csv"
    path.write_text("metric\nkilled\n", encoding="utf-8")
    done = crosscount("compare", path, *words)
    assert done.exit_code != 0 and said in done.stderr


def test_the_rules_are_listed_with_what_they_are(crosscount: Run) -> None:
    """Name, value in force, unit, and what it means."""
    told = crosscount("compare", "--list-rules").stdout
    assert "soft_share = 0.25 (share of the smaller number)" in told and "household = by the table of the crisis file" in told
