"""Public notes from the command line: published beside the figures, which stay as they are; withdrawn documents count no longer."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]
HEADER = (
    "metric,kind,group_status,claimed_source,publisher,value_text,value_low,value_best,qualifier,interval_open_high,"
    "place_id,window_start,as_of,published_at,quote\n"
)
ROW = (
    "killed,cumulative,civilian,{0},{0},at least {1},{1},{1},at_least,true,"
    "XX01,2024-11-27,2024-12-01,2024-12-01T12:00:00Z,at least {1} people\n"
)
NOTE = ("--note", "The herald counted one building twice.", "--note-ar", "عُدّ مبنى مرتين.", "--by", "data desk")


@pytest.fixture
def figures(crosscount: Run, tmp_path: Path, begin_with: Callable[..., None]) -> dict[str, dict[str, str]]:
    """Two published figures that contradict each other, by who claims them; each is a document of its own."""

    def make() -> None:
        for source, value in (("watch", 8), ("herald", 22)):
            path = tmp_path / f"{source}.csv"
            path.write_text(HEADER + ROW.format(source, value), encoding="utf-8")
            assert crosscount("ingest", path).exit_code == 0
        assert crosscount("publish").exit_code == 0

    begin_with("two contradicting figures", make)
    assert [row["code"] for row in exported(crosscount, "discrepancies")] == ["contradiction_soft"]
    return {row["claimed_source"]: row for row in exported(crosscount, "figures")}


def exported(crosscount: Run, table: str) -> list[dict[str, str]]:
    """The rows of a published table."""
    return list(csv.DictReader(io.StringIO(crosscount("export", table).stdout)))


def told(crosscount: Run) -> list[dict[str, object]]:
    """Every note of the ledger."""
    notes: list[dict[str, object]] = json.loads(crosscount("corrections", "--json").stdout)
    return notes


def test_a_correction_is_published_and_changes_no_figure(crosscount: Run, figures: dict[str, dict[str, str]]) -> None:
    """Dated, with who and what it touches; the figure names it, and is what it was in every other column."""
    before = figures["herald"]
    done = crosscount("correct", before["figure_id"], *NOTE)
    assert done.exit_code == 0 and "correction of" in done.stdout
    crosscount("publish")
    (note,) = exported(crosscount, "corrections")
    assert (note["kind"], note["figures"], note["note_en"], note["written_by"]) == ("correction", before["figure_id"], NOTE[1], "data desk")
    assert note["note_ar"] == NOTE[3] and note["note_fr"] == "" and note["written_at"] and note["standing"] == "true"
    after = {row["claimed_source"]: row for row in exported(crosscount, "figures")}
    assert after["herald"] == before | {"correction_ids": note["correction_id"]}
    assert after["watch"] == figures["watch"]
    assert len(exported(crosscount, "discrepancies")) == 1


def test_a_note_on_a_document_stands_on_each_of_its_figures_and_links_old_and_new(
    crosscount: Run, figures: dict[str, dict[str, str]]
) -> None:
    """The figure that stands in another's place names the note too."""
    old, new = figures["herald"], figures["watch"]
    assert crosscount("correct", "--document", old["document_id"], "--replaced-by", new["figure_id"], *NOTE).exit_code == 0
    crosscount("publish")
    (note,) = exported(crosscount, "corrections")
    assert (note["documents"], note["replacements"], note["figures"]) == (old["document_id"], new["figure_id"], "")
    assert {row["correction_ids"] for row in exported(crosscount, "figures")} == {note["correction_id"]}


def test_a_withdrawn_document_s_figures_are_marked_and_count_no_longer(crosscount: Run, figures: dict[str, dict[str, str]]) -> None:
    """They are published with when and why, stand before that moment, and enter no verdict and no span of today."""
    gone = figures["herald"]
    done = crosscount("withdraw", gone["document_id"], "--reason", "The herald took the report back.", "--by", "data desk")
    assert done.exit_code == 0
    assert crosscount("publish").exit_code == 0
    after = {row["claimed_source"]: row for row in exported(crosscount, "figures")}
    marked = after["herald"]
    assert marked["withdrawn"] == "The herald took the report back." and marked["value_best"] == "22" and marked["quote"] == gone["quote"]
    assert marked["withdrawn_at"] == marked["superseded_at"] == marked["known_until"] != ""
    assert (after["watch"]["withdrawn_at"], after["watch"]["withdrawn"], after["watch"]["superseded_at"]) == ("", "", "")
    assert exported(crosscount, "discrepancies") == []
    document = next(row for row in exported(crosscount, "documents") if row["document_id"] == gone["document_id"])
    assert document["withdrawn"] == marked["withdrawn"] and document["vanished_at"] == ""
    known = crosscount("compare", "--as-known", "2024-12-02", "--json")
    assert known.exit_code == 0 and "contradiction_soft" in known.stdout
    assert crosscount("verify").exit_code == 0


def test_a_withdrawal_is_taken_back_by_a_further_note(crosscount: Run, figures: dict[str, dict[str, str]]) -> None:
    """Both notes stay; the figures are what they were before."""
    crosscount("withdraw", figures["herald"]["document_id"], "--reason", "Taken back.", "--by", "data desk")
    crosscount("publish")
    (note,) = told(crosscount)
    taken = crosscount("corrections", "take-back", note["correction_id"], "--note", "It was another report.", "--by", "Rana")
    assert taken.exit_code == 0
    crosscount("publish")
    assert {row["claimed_source"]: row for row in exported(crosscount, "figures")} == figures
    assert len(exported(crosscount, "discrepancies")) == 1
    first, second = exported(crosscount, "corrections")
    assert (first["standing"], second["standing"], second["takes_back"]) == ("false", "false", first["correction_id"])
    assert "(taken back)" in crosscount("corrections").stdout
    again = crosscount("corrections", "take-back", note["correction_id"], "--note", "Once more.", "--by", "Rana")
    assert again.exit_code == 9 and "No note" in again.stderr


@pytest.mark.parametrize(
    ("words", "said", "ends"),
    [
        (("correct", "{}", "--by", "desk"), "A note needs words", 9),
        (("correct", "{}", "--note", "So.", "--by", " "), "needs a name or role", 9),
        (("correct", "{}", "--note", "x" * 4001, "--by", "desk"), "at most 4000", 9),
        (("correct", "--note", "So.", "--by", "desk"), "needs a figure or a document", 9),
        (("correct", "f-nowhere", "--note", "So.", "--by", "desk"), "figure 'f-nowhere' is not in this ledger", 6),
        (("withdraw", "https://example.org/nowhere", "--reason", "So.", "--by", "desk"), "no document 'https://example.org/nowhere'", 9),
    ],
)
def test_a_note_that_lacks_something_is_refused(
    crosscount: Run, figures: dict[str, dict[str, str]], words: tuple[str, ...], said: str, ends: int
) -> None:
    """The sentence says what is missing, and nothing is kept."""
    done = crosscount(*(word.format(figures["watch"]["figure_id"]) for word in words))
    assert done.exit_code == ends and said in done.stderr
    assert told(crosscount) == []


def test_what_is_withdrawn_cannot_be_withdrawn_again(crosscount: Run, figures: dict[str, dict[str, str]]) -> None:
    """One note at a time says that a document is withdrawn."""
    words = ("withdraw", figures["watch"]["document_id"], "--reason", "Taken back.", "--by", "desk")
    assert crosscount(*words).exit_code == 0
    again = crosscount(*words)
    assert again.exit_code == 9 and "withdrawn already" in again.stderr


def test_a_reading_made_anew_takes_the_place_of_the_old_which_stays(crosscount: Run, figures: dict[str, dict[str, str]]) -> None:
    """A row of its own, marked as a person's, linked by the note; before, the old one stands; verify and replay find no fault."""
    old = figures["herald"]
    done = crosscount("correct", old["figure_id"], "--reads", "metric=injured", "--reads", "as_of=2024-11-30", *NOTE)
    assert done.exit_code == 0, done.output
    assert crosscount("publish").exit_code == 0
    rows = {row["figure_id"]: row for row in exported(crosscount, "figures")}
    (note,) = exported(crosscount, "corrections")
    new = rows[note["replacements"]]
    assert (new["metric"], new["as_of"], new["review"], new["supersedes"]) == ("injured", "2024-11-30", "corrected", old["figure_id"])
    assert (new["quote"], new["value_best"], new["superseded_at"]) == (old["quote"], old["value_best"], "")
    before = rows[old["figure_id"]]
    assert before["metric"] == "killed" and before["superseded_at"] == new["first_seen_at"]
    assert {before["correction_ids"], new["correction_ids"]} == {note["correction_id"]}
    assert crosscount("verify").exit_code == 0
    assert json.loads(crosscount("replay", "--json").stdout)["same"] == 2


def test_parts_of_a_row_that_is_read_anew_go_on_naming_the_old_one_and_are_told(crosscount: Run, tmp_path: Path) -> None:
    """A total of the dead was one of the wounded; who corrects it hears of its parts, and a part read anew stays one."""
    text = "On 1 December 2024, 12 civilians, including 4 men and 3 women, were killed in an air strike on Northvale, Valley Watch said."
    (tmp_path / "report.txt").write_text(text, encoding="utf-8")
    assert crosscount("ingest", tmp_path / "report.txt", "--published", "2024-12-02", "--publisher", "watch").exit_code == 0
    assert crosscount("publish").exit_code == 0
    whole, men, women = (next(row for row in exported(crosscount, "figures") if row["value_best"] == number) for number in "12 4 3".split())
    done = crosscount("correct", whole["figure_id"], "--reads", "metric=injured", *NOTE)
    assert done.exit_code == 0 and f"2 figures are told as parts of {whole['figure_id']} and go on naming it" in done.stderr
    assert all(part["figure_id"] in done.stderr for part in (men, women))
    alone = crosscount("correct", men["figure_id"], "--reads", "metric=injured", *NOTE)
    assert alone.exit_code == 0 and "told as parts" not in alone.stderr
    assert crosscount("publish").exit_code == 0
    parts = [row for row in exported(crosscount, "figures") if row["parent_figure_id"]]
    assert len(parts) == 3 and {row["parent_figure_id"] for row in parts} == {whole["figure_id"]}


@pytest.mark.parametrize(
    ("reads", "said"),
    [
        ("value_best=99", "not borne out by the report"),
        ("quote=So", "'quote' cannot be read otherwise"),
        ("metric=happy", "'happy' is no value of metric"),
        ("place_id=ZZ", "no place 'ZZ'"),
    ],
)
def test_a_reading_that_the_report_does_not_bear_out_is_refused(
    crosscount: Run, figures: dict[str, dict[str, str]], reads: str, said: str
) -> None:
    """Neither a row nor a note is kept."""
    done = crosscount("correct", figures["watch"]["figure_id"], "--reads", reads, *NOTE)
    assert done.exit_code == 9 and said in done.stderr
    assert told(crosscount) == []
