"""What is otherwise than at an earlier publication."""

from datetime import UTC, datetime, timedelta

from dashboard import query


def test_everything_is_new_to_who_saw_nothing_of_it_and_nothing_to_who_saw_it_all(db: query.Snapshot) -> None:
    """The whole table before its first day, and none of it after its last."""
    rows = db.rows("SELECT count(*) FILTER (supersedes = ''), count(*) FILTER (supersedes <> '') FROM figures")[0]
    early = query.since(db, datetime(2020, 1, 1, tzinfo=UTC))
    assert (early.new, early.changed) == rows
    assert query.since(db, db.published_at + timedelta(days=400)) == query.Since(0, 0, 0)
