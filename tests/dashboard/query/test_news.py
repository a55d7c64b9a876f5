"""What is otherwise than at an earlier publication, in the whole and in a view of it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dashboard import query
from dashboard.state import Filters
from ingest.model.letters import Counted, Stretch
from tests.dashboard.published import CRISIS

SINCE, UNTIL = datetime(2025, 1, 1, tzinfo=UTC), datetime(2025, 1, 3, tzinfo=UTC)


def _asked(view: str = "", since: datetime = SINCE, until: datetime = UNTIL) -> query.Watching:
    return query.Watching(Filters.from_query(view), Stretch(since, until))


@pytest.fixture(scope="module")
def moved(
    tmp_path_factory: pytest.TempPathFactory, write_snapshot: Callable[..., Path], edit_figures: Callable[..., None]
) -> query.Snapshot:
    """Everything is of before; then one figure came, one replaced another, and one was dropped."""
    root = tmp_path_factory.mktemp("moved")
    folder = write_snapshot(root)
    edit_figures(
        folder,
        """
        UPDATE f SET first_seen_at = TIMESTAMPTZ '2024-12-31 00:00:00+00', supersedes = '', superseded_at = NULL;
        UPDATE f SET first_seen_at = TIMESTAMPTZ '2025-01-02 00:00:00+00' WHERE figure_id IN ('f-e5', 'f-c9');
        UPDATE f SET superseded_at = TIMESTAMPTZ '2025-01-02 00:00:00+00'
            WHERE figure_id IN (SELECT figure_id FROM f WHERE figure_id NOT IN ('f-c9', 'f-e5') ORDER BY figure_id LIMIT 2);
        UPDATE f SET withdrawn_at = NULL;
        UPDATE f SET withdrawn_at = TIMESTAMPTZ '2025-01-02 00:00:00+00', withdrawn = 'Taken back.' WHERE figure_id = 'f-w1';
        UPDATE f SET supersedes = (SELECT min(figure_id) FROM f WHERE superseded_at IS NOT NULL) WHERE figure_id = 'f-c9';
        """,
    )
    return query.Snapshots(root).open(CRISIS)


def test_everything_is_new_to_who_saw_nothing_of_it_and_nothing_to_who_saw_it_all(db: query.Snapshot) -> None:
    """The whole table before its first day, and none of it after its last."""
    rows = db.rows("SELECT count(*) FILTER (supersedes = ''), count(*) FILTER (supersedes <> '') FROM figures")[0]
    far = db.published_at + timedelta(days=400)
    early = query.news(db, _asked(since=datetime(2020, 1, 1, tzinfo=UTC), until=far))
    assert (early.new, early.changed) == rows
    assert not query.news(db, _asked(since=far, until=far + timedelta(days=1)))
    strong = db.rows("SELECT count(*) FROM discrepancies WHERE code = 'contradiction_strong'")[0][0]
    assert early.contradictions == strong > 0


def test_a_figure_is_new_replaces_another_or_is_dropped(moved: query.Snapshot) -> None:
    """The replaced one is told by that in its place; what came before the stretch or after it is not told."""
    found = query.news(moved, _asked())
    assert (found.new, found.changed, found.removed, found.withdrawn) == (1, 1, 1, 1)
    listed = query.news_figures(moved, _asked(), 10)
    assert sorted(listed["change"]) == ["changed", "new", "removed", "withdrawn"]
    (changed,) = listed[listed["change"] == "changed"].to_dict("records")
    assert changed["figure_id"] == "f-c9" and changed["value_before"]
    assert not query.news(moved, _asked(since=UNTIL, until=UNTIL + timedelta(days=9)))
    assert sum(n for _, n in query.news_voices(moved, _asked())) == 2


def test_a_view_has_only_its_own_news(moved: query.Snapshot) -> None:
    """By its filters; pairs too, of which one claim is new; a page about one pair by that pair."""
    of_e5 = moved.rows("SELECT claimed_source, document_id FROM figures WHERE figure_id = 'f-e5'")[0]
    mine = query.news(moved, _asked(f"source={of_e5[0]}&document={of_e5[1]}"))
    assert (mine.new, mine.changed, mine.removed) == (1, 0, 0)
    assert query.news(moved, _asked("place=SY99")) == Counted()
    pairs = query.news_pairs(moved, _asked(), 10)
    assert len(pairs) == query.news(moved, _asked()).contradictions > 0
    assert {"f-c9", "f-e5"} & {pair[side] for pair in pairs for side in ("figure_a", "figure_b")}
    one = pairs[0]
    assert query.news(moved, _asked(f"pair={one['discrepancy_id']}")).contradictions == 1
    other = moved.rows(
        "SELECT discrepancy_id FROM discrepancies WHERE figure_a NOT IN ('f-e5', 'f-c9') AND figure_b NOT IN ('f-e5', 'f-c9') LIMIT 1"
    )[0][0]
    assert query.news(moved, _asked(f"pair={other}")).contradictions == 0
    assert query.news(moved, _asked("code=timing_lag")).contradictions == 0
    everything = _asked("code=timing_lag", since=datetime(2020, 1, 1, tzinfo=UTC))
    assert query.news(moved, everything).contradictions == len(query.news_pairs(moved, everything, 99)) > 0
