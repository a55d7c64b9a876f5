"""What a machine that watches wants to know of sources and runs, as numbers with labels."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

from dashboard.query.lateness import lateness
from dashboard.query.snapshots import Snapshot

Samples = list[tuple[dict[str, str], float]]

_TIMES: Final = {
    "last_attempt_at": ("source_attempt_timestamp_seconds", "When each source was last tried."),
    "last_success_at": ("source_success_timestamp_seconds", "When each source last answered."),
    "changed_at": ("source_changed_timestamp_seconds", "When each source last had something new."),
    "failing_since": ("source_failing_since_timestamp_seconds", "Since when every try failed; absent where the last one did not."),
}
_LAST_RUN: Final = {
    "fetched": "Answers taken in the last run of each source.",
    "unchanged": "Answers of that run with the same bytes as before.",
    "bytes": "Bytes sent in that run.",
    "documents_new": "Documents added in that run.",
    "changed": "Documents of that run that are later editions.",
    "vanished": "Addresses found gone in that run.",
    "figures_new": "Figures added in that run.",
    "rejected": "Readings rejected in that run.",
    "seconds": "Seconds that run took.",
}


def measures(db: Snapshot, now: datetime) -> Iterator[tuple[str, str, Samples]]:
    """Name, meaning and samples of each measure of the snapshot, and how fresh sources are now (aware)."""
    states = db.rows("SELECT source, state FROM published_sources ORDER BY source")
    yield "source_state", "The state each source is in.", [({"source": name, "state": state}, 1.0) for name, state in states]
    late = [({"source": name, "freshness": word.value}, 1.0) for name, word in sorted(lateness(db, now).items())]
    yield "source_freshness", "How fresh each source is, by its own cadence.", late
    for column, (name, means) in _TIMES.items():
        found = db.rows(f"SELECT source, {column} FROM published_sources WHERE {column} IS NOT NULL ORDER BY source")  # noqa: S608 -- ours
        yield name, means, [({"source": source}, moment.replace(tzinfo=UTC).timestamp()) for source, moment in found]
    counts = db.rows("SELECT verb, source, outcome, count(*) FROM published_runs GROUP BY ALL ORDER BY ALL")
    samples = [({"verb": verb, "source": source, "outcome": outcome or "interrupted"}, float(n)) for verb, source, outcome, n in counts]
    yield "runs", "Runs the snapshot knows, by how they ended.", samples
    yield from _last_runs(db)


def _last_runs(db: Snapshot) -> Iterator[tuple[str, str, Samples]]:
    sql = """
        SELECT *, date_diff('millisecond', started_at, finished_at) / 1000.0 AS seconds FROM published_runs
        WHERE finished_at IS NOT NULL AND source <> ''
        QUALIFY row_number() OVER (PARTITION BY source ORDER BY started_at DESC, run_id) = 1 ORDER BY source
    """
    told = db.records(sql)
    for column, means in _LAST_RUN.items():
        yield f"last_run_{column}", means, [({"source": run["source"]}, float(run[column])) for run in told if run[column] is not None]
