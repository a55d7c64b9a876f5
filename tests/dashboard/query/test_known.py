"""A snapshot as it was known on a day: the same questions, answered from what was known."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from dashboard import query
from dashboard.query import knowledge
from dashboard.state import Filters
from ingest.model.vocabulary import Clock
from tests.dashboard.tables import tabled

ZONE = ZoneInfo("Asia/Damascus")
DAY = date(2024, 12, 2)


def known(day: date = DAY, clock: Clock = Clock.PUBLISHED) -> query.Known:
    """The state of knowledge on a day of the scenario."""
    return query.Known(day, clock, date(2024, 11, 27), date(2024, 12, 16), ZONE)


@pytest.fixture(scope="module")
def then(published: Path) -> query.Snapshot:
    """The small snapshot as known on the second of December."""
    return query.Snapshots(published).open("syria-2024", known())


def test_every_question_is_answered_from_what_was_published_by_then(then: query.Snapshot, db: query.Snapshot) -> None:
    """Figures, reports, freshness and files hold nothing that came later, and hold all that came before."""
    over = datetime(2024, 12, 3, tzinfo=ZONE).astimezone().timestamp()
    rows = db.rows("SELECT figure_id FROM figures WHERE epoch(published_at) < $over", {"over": over})
    assert {row[0] for row in then.rows("SELECT figure_id FROM figures")} == {row[0] for row in rows} != set()
    assert 0 < query.freshness(then).documents < query.freshness(db).documents
    newest = query.freshness(then).newest_published_at
    assert newest is not None and newest < datetime(2024, 12, 2, 21)  # noqa: DTZ001 -- UTC, as stored
    file = b"".join(query.FORMS["csv"].make(query.Download(then, "figures", Filters(known=DAY))))
    assert len(file.splitlines()) - 1 == query.figures_count(then, Filters()) == len(rows)


def test_verdicts_silence_and_series_speak_of_nothing_later(then: query.Snapshot) -> None:
    """Both figures of a verdict, the claims of a series and of a cell are figures known then; no later day has a cell."""
    figures = {row[0] for row in then.rows("SELECT figure_id FROM figures")}
    verdicts = then.rows("SELECT figure_a, figure_b FROM published_discrepancies")
    assert verdicts and {one for pair in verdicts for one in pair} <= figures
    series = then.rows("SELECT figure_id, parent_before, parent_after FROM published_series")
    assert series and {one for row in series for one in row if one} <= figures
    cells = then.rows("SELECT day, figure_id FROM published_silence")
    assert max(day for day, _ in cells) == DAY and {figure for _, figure in cells if figure} <= figures


def test_by_our_own_clock_nothing_was_known_before_it_was_read(published: Path) -> None:
    """The archive was read in 2026: on a day of 2024 this installation knew nothing, and says so without an error."""
    empty = query.Snapshots(published).open("syria-2024", known(clock=Clock.READ))
    assert query.figures_count(empty, Filters()) == 0 and query.discrepancies_count(empty, Filters()) == 0
    states = {cell.state for one in query.silence_grid(empty, Filters(), "killed").sources for cell in one.cells}
    assert states <= {"not_ingested", "out_of_mandate", "collector_down"}
    later = query.Snapshots(published).open("syria-2024", known(date(2026, 12, 31), Clock.READ))
    assert query.figures_count(later, Filters()) > 0


def test_a_replaced_figure_stands_until_its_edition(
    tmp_path: Path, write_snapshot: Callable[..., Path], edit_figures: Callable[..., None]
) -> None:
    """Superseded now, standing then."""
    folder = write_snapshot(tmp_path)
    change = "UPDATE f SET superseded_at = TIMESTAMP '2024-12-05 00:00:00', known_until = TIMESTAMP '2024-12-05 00:00:00'"
    edit_figures(folder, f"{change} WHERE figure_id = 'f-s3'")
    snapshots = query.Snapshots(tmp_path)
    standing = "SELECT standing FROM figures WHERE figure_id = 'f-s3'"
    assert snapshots.open("syria-2024").rows(standing) == [(False,)]
    assert snapshots.open("syria-2024", known()).rows(standing) == [(True,)]
    assert snapshots.open("syria-2024", known(date(2024, 12, 6))).rows(standing) == [(False,)]


def test_from_day_to_day_figures_are_only_added(published: Path) -> None:
    """What is known on a day is known on the next."""
    snapshots, before = query.Snapshots(published), set[str]()
    for number in range(0, 20, 4):
        opened = snapshots.open("syria-2024", known(date(2024, 11, 27) + timedelta(days=number)))
        now = {row[0] for row in opened.rows("SELECT figure_id FROM figures")}
        assert before <= now
        before = now


def test_of_a_large_snapshot_the_published_rows_are_kept(published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where working out again would take too long, verdicts and series are those published, of figures known then."""
    monkeypatch.setattr("dashboard.query.snapshots.RECOMPUTED", 0)
    then = query.Snapshots(published).open("syria-2024", known())
    figures = {row[0] for row in then.rows("SELECT figure_id FROM figures")}
    pairs = then.rows("SELECT figure_a, figure_b FROM published_discrepancies")
    assert pairs and {one for pair in pairs for one in pair} <= figures
    assert then.rows("SELECT max(day) FROM published_silence") == [(DAY,)]
    assert {one for row in then.rows("SELECT figure_id, parent_after FROM published_series") for one in row if one} <= figures
    assert knowledge.RECOMPUTED > 0


def test_of_a_large_snapshot_verdicts_are_compared_anew_as_far_as_the_filters_reach(
    published: Path, then: query.Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page shows the verdicts of that day, not those reached since; where too much is left, it says that they are those since."""
    worked_out = set(tabled(query.discrepancies_page(then, Filters(size=200)))["discrepancy_id"])
    monkeypatch.setattr("dashboard.query.snapshots.RECOMPUTED", 0)
    large = query.Snapshots(published).open("syria-2024", known())
    assert set(tabled(query.discrepancies_page(large, Filters(size=200)))["discrepancy_id"]) == worked_out != set()
    assert not query.applied(large, Filters()).changes
    monkeypatch.setattr("dashboard.query.rules.MOST", 10)
    crowded = query.Snapshots(published).open("syria-2024", known())
    assert query.applied(crowded, Filters()).too_many
    assert "Verdicts reached since" in query.about(query.Download(crowded, "discrepancies", Filters())).text()


def test_relays_and_behaviour_are_of_what_was_known(published: Path, then: query.Snapshot, db: query.Snapshot) -> None:
    """Only figures published by then are counted, whoever repeats whom, and a day before the first has none."""
    figures = {row[0] for row in then.rows("SELECT figure_id FROM figures")}
    examples = {one for (row,) in then.rows("SELECT examples FROM published_relays") for one in row.split(";")}
    assert examples and examples <= figures
    assert 0 < query.relays(then)["figures"].sum() < query.relays(db)["figures"].sum()
    assert 0 < query.figures_published(then) < query.figures_published(db)
    nothing = query.Snapshots(published).open("syria-2024", known(date(2024, 11, 1)))
    assert query.relays(nothing).empty and query.behaviour(nothing).empty and query.figures_published(nothing) == 0


def test_of_a_large_snapshot_relays_are_measured_again_or_not_shown(
    published: Path, then: query.Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Measured from the figures known then; beyond the limit there is no row of a later day, and the snapshot says so."""
    monkeypatch.setattr("dashboard.query.snapshots.RECOMPUTED", 0)
    large = query.Snapshots(published).open("syria-2024", known())
    assert query.figures_published(large) == query.figures_published(then) and large.measured
    monkeypatch.setattr("dashboard.query.snapshots.MEASURED", 0)
    larger = query.Snapshots(published).open("syria-2024", known())
    assert query.relays(larger).empty and query.behaviour(larger).empty and not larger.measured


def test_the_same_day_is_opened_once_and_others_are_let_go(published: Path) -> None:
    """Asking again costs nothing; a seventh day closes the one asked for longest ago."""
    snapshots = query.Snapshots(published)
    first = snapshots.open("syria-2024", known())
    assert snapshots.open("syria-2024", known()) is first
    assert snapshots.open("syria-2024") is not first


def test_what_is_shown_says_as_of_when(db: query.Snapshot) -> None:
    """The sentence above the rows and in the citation of a file names the day and the clock."""
    assert query.sentence(db, Filters(known=DAY), str) == "as known on 2024-12-02"
    assert query.sentence(db, Filters(known=DAY, clock="read"), str) == "as read here by 2024-12-02"
    assert "as known on 2024-12-02" in query.about(query.Download(db, "figures", Filters(known=DAY))).text()
