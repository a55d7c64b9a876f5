"""`compare` on tables of other people's making, each of a few rows that a reader can check by eye, by the verdict an analyst gives."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]
Verdicts = list[dict[str, str]]
HEADER = "dataset,pair,date_start,date_end,country,admin1,place,measure,population,source,source_type,low,best,high,cumulative,url,note"


@pytest.fixture
def judged(crosscount: Run, tmp_path: Path) -> Callable[[str], Verdicts]:
    """The verdicts on the rows of a table."""

    def run(rows: str) -> Verdicts:
        table, out = tmp_path / "table.csv", tmp_path / "verdicts.csv"
        table.write_text("\n".join((HEADER, *(line.strip() for line in rows.strip().splitlines()))), encoding="utf-8")
        done = crosscount("compare", table, "--out", out)
        assert done.exit_code == 0, done.output
        assert "the column pair is not known and kept out" in done.stderr
        with out.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    return run


def _codes(verdicts: Verdicts) -> set[tuple[str, str, str]]:
    """Each verdict by its two numbers, the smaller first, and its code."""
    return {(*sorted((row["value_a"], row["value_b"]), key=lambda value: (len(value), value)), row["code"]) for row in verdicts}


def test_a_verified_count_after_the_first_report_is_a_revision(judged: Callable[[str], Verdicts]) -> None:
    """Three in the flash update, six in the verified database of one organisation, since one day and as of one day."""
    verdicts = judged("""
        river,1,2024-02-01,2024-02-01,Exland,West,,killed,all,Exland Relief flash update,situation report,,3,,1,,
        river,1,2024-02-01,2024-02-01,Exland,West,,killed,all,Exland Relief verified database,verified database,,6,,1,,
        river,2,2024-02-01,2024-02-03,Exland,West,,killed,all,Exland Relief flash update,situation report,,9,,1,,
        river,2,2024-02-01,2024-02-03,Exland,West,,killed,all,Exland Relief verified database,verified database,,11,,1,,
    """)
    assert _codes(verdicts) == {("3", "6", "revision"), ("9", "11", "revision"), ("3", "9", "revision"), ("6", "11", "revision")}
    (first,) = [row for row in verdicts if {row["value_a"], row["value_b"]} == {"3", "6"}]
    assert "after verification: a revision, not a contradiction" in first["sentence_en"]


def test_a_flow_is_never_set_against_a_total_or_a_level(judged: Callable[[str], Verdicts]) -> None:
    """A ministry's last 24 hours and its total, another's three days and total, and people displaced: totals meet totals only."""
    verdicts = judged("""
        coast,1,2024-02-09,2024-02-09,Exland,East,,killed,all,Ministry of Exland,official bulletin,,40,,,,reported for the last 24 h
        coast,1,2024-02-01,2024-02-09,Exland,East,,killed,all,Ministry of Exland,official bulletin,,900,,1,,
        coast,2,2024-02-07,2024-02-09,Exland,East,,killed,all,Exland Watch,monitor,,70,,,,
        coast,2,2024-02-01,2024-02-09,Exland,East,,killed,all,Exland Watch,monitor,,700,,1,,
        coast,3,,2024-02-09,Exland,East,,displaced,all,Exland Watch,monitor,,5000,,,,
    """)
    assert _codes(verdicts) == {("700", "900", "contradiction_strong"), ("40", "70", "different_unit_or_definition")}


def test_two_counters_of_other_starts_are_told_by_their_names_or_days(judged: Callable[[str], Verdicts]) -> None:
    """One table counts two counters together, the other only the second; a third names its first day and meets an earlier one."""
    named = judged("""
        hills,1,,2024-05-04,Hilland,,,killed,all,Hilland Ministry,official bulletin,,120,,1,,"as issued, second counter"
        hills,1,,2024-05-04,Hilland,,,killed,all,Open Tally,recompiled,,4100,,1,,both counters added together
        hills,2,,2024-05-05,Hilland,,,killed,all,Hilland Ministry,official bulletin,,130,,1,,"as issued, second counter"
        hills,3,,2023-12-01,Hilland,,,killed,all,Hilland Ministry,official bulletin,,3980,,1,,"as issued, first counter"
    """)
    assert {("120", "4100", "different_window"), ("120", "130", "revision")} <= _codes(named)
    assert not {row["code"] for row in named} & {"contradiction_strong", "contradiction_soft", "revision_decrease"}
    (window,) = [row for row in named if {row["value_a"], row["value_b"]} == {"120", "4100"}]
    assert "“second counter” for Hilland Ministry" in window["sentence_en"]
    assert "«both counters added together»" in window["sentence_ar"]
    dated = judged("""
        hills,1,2023-10-01,2024-05-04,Hilland,,,killed,all,Hilland Ministry,official bulletin,,4100,,1,,
        hills,1,2024-03-01,2024-05-04,Hilland,,,killed,all,Open Tally,recompiled,,120,,1,,
    """)
    assert _codes(dated) == {("120", "4100", "different_window")}


def test_two_trackers_agree_where_their_ranges_do(judged: Callable[[str], Verdicts]) -> None:
    """Equal ranges agree exactly, overlapping ones within their words; civilians meet civilians."""
    verdicts = judged("""
        strikes,1,2024-02-01,2024-02-01,Exland,North,Oldbridge,killed,all,Tracker One,monitor,5,,12,,,
        strikes,1,2024-02-01,2024-02-01,Exland,North,Oldbridge,killed,all,Tracker Two,monitor,5,,12,,,
        strikes,1,2024-02-01,2024-02-01,Exland,North,Oldbridge,killed,civilians,Tracker One,monitor,0,,2,,,
        strikes,1,2024-02-01,2024-02-01,Exland,North,Oldbridge,killed,civilians,Tracker Two,monitor,1,,3,,,
        strikes,2,2024-02-19,2024-02-19,Exland,North,Millford,killed,all,Tracker One,monitor,4,,6,,,
        strikes,2,2024-02-19,2024-02-19,Exland,North,Millford,killed,all,Tracker Two,monitor,9,,9,,,
    """)
    assert _codes(verdicts) == {("5–12", "5–12", "agreement"), ("0–2", "1–3", "agreement"), ("9", "4–6", "contradiction_strong")}


def test_strikes_of_one_day_that_are_numbered_otherwise_do_not_contradict(judged: Callable[[str], Verdicts]) -> None:
    """Two trackers swap the second and third strike of a day; on another day one gives the toll of three to the first."""
    verdicts = judged("""
        strikes,1,2024-02-01,2024-02-01,Exland,North,Oldbridge,killed,all,Tracker One,monitor,23,,23,,,
        strikes,1,2024-02-01,2024-02-01,Exland,North,Oldbridge,killed,all,Tracker Two,monitor,23,,24,,,
        strikes,2,2024-02-01,2024-02-01,Exland,North,Millford,killed,all,Tracker One,monitor,9,,9,,,
        strikes,2,2024-02-01,2024-02-01,Exland,North,Millford,killed,all,Tracker Two,monitor,3,,4,,,
        strikes,3,2024-02-01,2024-02-01,Exland,North,Stonewell,killed,all,Tracker One,monitor,3,,3,,,
        strikes,3,2024-02-01,2024-02-01,Exland,North,Stonewell,killed,all,Tracker Two,monitor,9,,9,,,
        strikes,4,2024-03-01,2024-03-01,Exland,North,Oldbridge,killed,all,Tracker One,monitor,13,,18,,,
        strikes,4,2024-03-01,2024-03-01,Exland,North,Oldbridge,killed,all,Tracker Two,monitor,13,,22,,,
        strikes,5,2024-03-01,2024-03-01,Exland,North,Millford,killed,all,Tracker One,monitor,4,,6,,,
        strikes,5,2024-03-01,2024-03-01,Exland,North,Millford,killed,all,Tracker Two,monitor,0,,0,,,
    """)
    codes = {(row["place_name"], row["day"], row["code"]) for row in verdicts}
    assert codes == {
        ("Oldbridge", "2024-02-01", "agreement"),
        ("Millford", "2024-02-01", "different_scope_place"),
        ("Stonewell", "2024-02-01", "different_scope_place"),
        ("Oldbridge", "2024-03-01", "agreement"),
        ("Millford", "2024-03-01", "different_scope_place"),
    }
    assert all("need not be of one incident" in row["sentence_en"] for row in verdicts if row["code"] != "agreement")


def test_two_strikes_of_one_place_and_day_meet_by_their_numbers_only(judged: Callable[[str], Verdicts]) -> None:
    """Each tracker lists two strikes there: equal numbers are paired, and none is said to contradict."""
    verdicts = judged("""
        strikes,1,2024-02-01,2024-02-01,Exland,North,Oldbridge,killed,all,Tracker One,monitor,5,,7,,,
        strikes,2,2024-02-01,2024-02-01,Exland,North,Oldbridge,killed,all,Tracker One,monitor,15,,15,,,
        strikes,1,2024-02-01,2024-02-01,Exland,North,Oldbridge,killed,all,Tracker Two,monitor,5,,7,,,
        strikes,2,2024-02-01,2024-02-01,Exland,North,Oldbridge,killed,all,Tracker Two,monitor,21,,21,,,
    """)
    assert _codes(verdicts) == {("5–7", "5–7", "agreement")}


def test_levels_and_flows_of_two_agencies(judged: Callable[[str], Verdicts]) -> None:
    """Two levels at one date meet; a flow over months differs from a level in what it counts; households differ in unit."""
    verdicts = judged("""
        moves,1,,2024-03-31,Exland,,,IDPs,all,Agency One,,,120000,,,,
        moves,1,,2024-03-31,Exland,,,IDPs,all,Agency Two,,,150000,,,,
        moves,2,2024-01-01,2024-03-31,Exland,,,new_displacements,all,Agency Three,,,40000,,,,
        moves,3,,2024-03-31,Otherland,,,IDPs (households),all,Agency One,,,9000,,,,
        moves,3,,2024-03-31,Otherland,,,IDPs,all,Agency Two,,,50000,,,,
    """)
    found = _codes(verdicts)
    assert ("120000", "150000", "contradiction_strong") in found
    assert {code for low, _, code in found if low == "40000"} == {"different_unit_or_definition"}
    assert ("9000", "50000", "different_unit_or_definition") in found


def test_countries_are_never_set_beside_one_another(judged: Callable[[str], Verdicts]) -> None:
    """The same day and start in two countries is two questions, and a division of the one is no part of the other."""
    verdicts = judged("""
        two,1,2024-01-01,2024-03-31,Exland,,,killed,civilians,Agency One,,,120,,1,,
        two,2,2024-01-01,2024-03-31,Otherland,,,killed,civilians,Agency Two,,,900,,1,,
        two,3,2024-01-01,2024-03-31,Otherland,South,,killed,civilians,Agency Three,,,400,,1,,
    """)
    assert _codes(verdicts) == {("400", "900", "different_scope_place")}


def test_places_of_the_crisis_are_found_in_its_gazetteer(judged: Callable[[str], Verdicts]) -> None:
    """A division that the gazetteer holds under its name is that division, and a part of the country."""
    verdicts = judged("""
        own,1,2024-12-01,2024-12-09,Xland,Northvale,,killed,civilians,VW,,,120,,1,,
        own,2,2024-12-01,2024-12-09,Xland,,,killed,civilians,Herald,,,900,,1,,
    """)
    assert _codes(verdicts) == {("120", "900", "different_scope_place")}
    assert {row["place_id"] for row in verdicts} == {"XX01"}
    assert {verdicts[0]["claimed_source_a"], verdicts[0]["claimed_source_b"]} == {"watch", "herald"}


def test_a_mapping_file_is_used(crosscount: Run, tmp_path: Path) -> None:
    """`--columns` says what other headings mean; a file that is wrong is told in a sentence."""
    table, mapping = tmp_path / "pertes.csv", tmp_path / "columns.toml"
    table.write_text("Jour,Quoi,Nombre,Qui\n2024-12-01,Morts,4,VW\n2024-12-01,Morts,9,Herald\n", encoding="utf-8")
    refused = crosscount("compare", table)
    assert refused.exit_code != 0
    assert "say in a mapping file what it means" in refused.stderr
    mapping.write_text(
        '[columns]\nJour = "day"\nQuoi = "measure"\nNombre = "value_best"\nQui = "source"\n[values.measure]\nMorts = "killed"\n'
        '[fixed]\nadmin1 = "Northvale"\n',
        encoding="utf-8",
    )
    told = crosscount("compare", table, "--columns", mapping)
    assert told.exit_code == 0, told.output
    assert "They answer the same question" in told.stdout
    assert crosscount("ingest", table, "--columns", mapping, "--json").exit_code == 0
    mapping.write_text("[column]\n", encoding="utf-8")
    assert "is not understood; its tables are columns, values, fixed" in crosscount("compare", table, "--columns", mapping).stderr
