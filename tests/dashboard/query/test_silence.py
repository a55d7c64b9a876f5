"""The silence table as a grid, of a division too, and as a file."""

import csv
import io
from datetime import date
from pathlib import Path

import pytest

from dashboard import query
from dashboard.state import Filters
from ingest.model.schema import SERIES, SILENCE


def _file(db: query.Snapshot, table: str, view: Filters) -> list[dict[str, str]]:
    made = b"".join(query.FORMS["csv"].make(query.Download(db, table, view)))
    return list(csv.DictReader(io.StringIO(made.decode())))


def _state(grid: query.Grid, source: str, day: date) -> str:
    return str(_of(grid, source).cells[grid.days.index(day)].state)


def _of(grid: query.Grid, source: str) -> query.SourceDays:
    (found,) = [one for one in grid.sources if one.source == source]
    return found


def test_the_grid_has_one_cell_for_every_source_and_day(db: query.Snapshot) -> None:
    """Every source of the metric is there on every day of the window, once, those of a kind together."""
    grid = query.silence_grid(db, Filters(), "killed")
    assert (grid.days[0], grid.days[-1], len(grid.days)) == (date(2024, 11, 27), date(2024, 12, 16), 20)
    assert all(tuple(cell.day for cell in one.cells) == grid.days for one in grid.sources)
    assert len({one.source for one in grid.sources}) == len(grid.sources) > 4
    kinds = list(dict.fromkeys(one.kind for one in grid.sources))
    assert kinds == [kind for kind in ("monitor", "state", "un", "rescue", "media", "party", "other") if kind in kinds]
    assert (_state(grid, "sohr", date(2024, 11, 28)), _state(grid, "sana", date(2024, 12, 10))) == ("value", "out_of_mandate")
    assert _state(grid, "ocha", date(2024, 11, 27)) == "collector_down"


@pytest.mark.parametrize("places", [(), ("SY04",)])
def test_of_a_long_stretch_the_newest_days_are_shown(published: Path, monkeypatch: pytest.MonkeyPatch, places: tuple[str, ...]) -> None:
    """Where there are more days than a grid can show, the last of them stand in it as they do in a larger one."""
    whole = query.silence_grid(query.Snapshots(published).open("syria-2024"), Filters(places=places), "killed")
    monkeypatch.setattr("dashboard.query.silence.MOST_DAYS", 5)
    grid = query.silence_grid(query.Snapshots(published).open("syria-2024"), Filters(places=places), "killed")
    assert grid.days == tuple(date(2024, 12, day) for day in range(12, 17)) == whole.days[-5:]
    assert grid.sources and all(one.cells == _of(whole, one.source).cells[-5:] for one in grid.sources)


def test_a_division_has_its_own_words_and_else_what_holds_without_one(db: query.Snapshot) -> None:
    """A day with a number elsewhere is not a number here; who does not count in a division is not asked about it."""
    whole, here = query.silence_grid(db, Filters(), "killed"), query.silence_grid(db, Filters(places=("SY04",)), "killed")
    assert 0 < sum(one.spoke for one in here.sources) < sum(one.spoke for one in whole.sources)
    day = date(2024, 11, 29)
    assert _state(here, "ocha", day) == "collector_down" and _state(whole, "ocha", day) == "value"
    assert "white_helmets" not in {one.source for one in here.sources} and here.left_out > 0


@pytest.mark.parametrize(
    "view",
    [
        Filters(),
        Filters(places=("SY02",)),
        Filters(sources=("sohr", "sana")),
        Filters(date_from=date(2024, 12, 1), date_to=date(2024, 12, 2)),
        Filters(date_from=date(2023, 1, 1), date_to=date(2023, 1, 2)),
    ],
)
@pytest.mark.parametrize("metric", ["killed", "newly_displaced", "aid_workers_killed"])
def test_those_who_gave_no_number_are_those_of_the_grid(db: query.Snapshot, view: Filters, metric: str) -> None:
    """What a page of paper says in one line is what the grid shows: the same names, in its order, and the same days."""
    grid, unheard = query.silence_grid(db, view, metric), query.unheard(db, view, metric)
    names = tuple(dict.fromkeys(one.label for one in grid.sources if not one.spoke))
    assert (unheard is None) == (not grid.sources)
    if unheard is not None:
        assert (unheard.names, unheard.first, unheard.last) == (names, grid.days[0], grid.days[-1])


def test_a_town_is_asked_of_its_division(db: query.Snapshot) -> None:
    """What is chosen in a filter bar may be finer than what silence is told of; the country is everywhere."""
    assert query.division(db, Filters(places=("C1007",))) == query.division(db, Filters(places=("SY02",))) == "SY02"
    assert query.division(db, Filters(places=("SY",))) == query.division(db, Filters()) == ""


def test_the_file_of_a_division_holds_every_day_and_that_of_everything_every_row(db: query.Snapshot) -> None:
    """As displayed where a place and metric are chosen; else the stored table, in the published columns."""
    everything = _file(db, "silence", Filters())
    assert list(everything[0]) == [column.name for column in SILENCE]
    assert len(everything) == db.rows("SELECT count(*) FROM published_silence")[0][0]
    here = _file(db, "silence", Filters(metrics=("killed",), places=("SY04",), sources=("sohr",)))
    assert len(here) == 20 and {row["adm1_id"] for row in here} == {"SY04"}
    few = _file(db, "silence", Filters(date_from=date(2024, 12, 1), date_to=date(2024, 12, 2)))
    assert {row["day"] for row in few} == {"2024-12-01", "2024-12-02"}


def test_the_file_of_series_takes_the_filters_it_has_columns_for(db: query.Snapshot) -> None:
    """Metric, voice, group and days narrow it; derived rows say so."""
    rows = _file(db, "series", Filters(metrics=("killed",), sources=("sohr",), groups=("mixed_total",), date_to=date(2024, 12, 2)))
    assert list(rows[0]) == [column.name for column in SERIES]
    assert {(row["metric"], row["claimed_source"], row["group_status"]) for row in rows} == {("killed", "sohr", "mixed_total")}
    assert {"true", "false"} == {row["derived"] for row in rows} and max(row["day"] for row in rows) <= "2024-12-02"
