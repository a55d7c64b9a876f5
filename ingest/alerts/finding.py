"""What is worth a look: in a snapshot, as far as it came in since the last look, and in how the sources do.

Rules are SQL over the published tables, so that any number of figures costs one pass. Each gives the words of its sentence and a
`subject`; the same subject is the same alert, however often it is found.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import duckdb

from ingest.model.freshness import freshness
from ingest.model.records import SourceInfo
from ingest.model.snapshot import pattern
from ingest.model.vocabulary import AlertRule, Freshness
from ingest.publish.frames import quoted
from ingest.store import Run, SourceState
from ingest.store.alerts import Alert

HISTORY = 5  # earlier values of one voice about one thing before a new one can be above its history
WEEK = timedelta(days=7)

# A value is the number where the claim is just that, and the words of its source where they say more: “at least 400” is not 400.
_OF_THE_SNAPSHOT: Mapping[AlertRule, str] = {
    # Per voice, metric and kind only the largest of the new values: the others are news of the same thing. A running total rises by
    # nature, so that each would be above all before it; a claim that five wires carry is one earlier value.
    AlertRule.HIGH_VALUE: f"""
        WITH stated AS (
            SELECT figure_id, claim_id, claimed_source, metric, kind, unit, value_best, first_seen_at > $since AS new,
                if(qualifier = 'exact', value_best::VARCHAR, value_text) AS said
            FROM figures
            WHERE value_best IS NOT NULL AND claimed_source <> '' AND superseded_at IS NULL AND restates = ''
                AND kind <> 'cumulative'
        )
        SELECT arg_max(figure_id, value_best) FILTER (new) AS subject, claimed_source AS source, metric,
            arg_max(said, value_best) FILTER (new) AS value, max(value_best) FILTER (NOT new) AS before
        FROM stated GROUP BY claimed_source, metric, kind, unit
        HAVING count(DISTINCT claim_id) FILTER (NOT new) >= {HISTORY} AND max(value_best) FILTER (new) > max(value_best) FILTER (NOT new)
        ORDER BY subject""",  # noqa: S608 -- a number of ours
    AlertRule.CONTRADICTION: """
        SELECT d.discrepancy_id AS subject, d.claimed_source_a AS source, d.claimed_source_b AS other, d.metric,
            if(a.qualifier = 'exact', a.value_best::VARCHAR, d.value_a) AS value,
            if(b.qualifier = 'exact', b.value_best::VARCHAR, d.value_b) AS before,
            d.place_name AS place, nullif(p.name_ar, '') AS place_ar,
            nullif(p.name_fr, '') AS place_fr, d.day
        FROM discrepancies d JOIN figures a ON a.figure_id = d.figure_a JOIN figures b ON b.figure_id = d.figure_b
            LEFT JOIN places p ON p.place_id = d.place_id
        WHERE d.code = 'contradiction_strong' AND greatest(a.first_seen_at, b.first_seen_at) > $since ORDER BY subject""",
    AlertRule.FALLING_TOTAL: """
        SELECT f.figure_id AS subject, f.claimed_source AS source, f.metric,
            if(f.qualifier = 'exact', f.value_best::VARCHAR, f.value_text) AS value,
            if(b.qualifier = 'exact', b.value_best::VARCHAR, b.value_text) AS before,
            f.place_name AS place, nullif(p.name_ar, '') AS place_ar, nullif(p.name_fr, '') AS place_fr, s.day
        FROM series s JOIN figures f USING (figure_id) LEFT JOIN figures b ON b.figure_id = s.before
            LEFT JOIN places p ON p.place_id = f.place_id
        WHERE s.step = 'fall' AND f.kind = 'cumulative' AND NOT s.derived AND f.first_seen_at > $since ORDER BY subject""",
}

_LATER = "SELECT NULL::VARCHAR AS name_fr WHERE false UNION ALL BY NAME"
"""What a snapshot that was published before there was such a column leaves open."""


@dataclass(frozen=True, slots=True)
class Moment:
    """When is looked, since when what came in is new, and when the look before was, if there was one (all aware)."""

    crisis: str
    since: datetime
    now: datetime
    looked: datetime | None = None


def in_snapshot(folder: Path, moment: Moment) -> Iterator[Alert]:
    """What came in since the last look and stands out."""
    with duckdb.connect(":memory:") as opened:
        opened.execute("SET TimeZone = 'UTC'")
        for name in ("figures", "discrepancies", "series", "places"):
            path = quoted(pattern(folder, name))
            opened.execute(f"CREATE VIEW {name} AS {_LATER} SELECT * FROM read_parquet('{path}')")  # noqa: S608 -- our file
        for rule, sql in _OF_THE_SNAPSHOT.items():
            asked = opened.execute(sql, {"since": moment.since})
            names = [column[0] for column in asked.description or ()]
            for row in asked.fetchall():
                told = {name: str(value) for name, value in zip(names, row, strict=True) if value is not None}
                yield Alert(moment.crisis, rule, told.pop("subject"), told, moment.now)


def in_sources(infos: Iterable[SourceInfo], states: Mapping[str, SourceState], runs: Sequence[Run], moment: Moment) -> Iterator[Alert]:
    """Sources that are silent for long, answer without a report in it, or bring fewer than they should; `runs` newest first."""
    asked: dict[str, list[Run]] = defaultdict(list)
    for run in runs:
        if run.verb == "refresh" and run.finished_at is not None:
            asked[run.source].append(run)
    for info in infos:
        state, mine = states.get(info.name, SourceState(info.name)), asked[info.name]
        for rule, subject, told in (*_silent(info, state, moment.now), *_changed(state, mine), *_few(info, mine, moment)):
            yield Alert(moment.crisis, rule, f"{info.name} {subject}", {"source": info.name, **told}, moment.now)


_Found = Iterator[tuple[AlertRule, str, dict[str, str]]]


def _silent(info: SourceInfo, state: SourceState, now: datetime) -> _Found:
    if state.changed_at is not None and freshness(info.cadence_hours, state.changed_at, now) is Freshness.DELINQUENT:
        yield AlertRule.SILENT_SOURCE, state.changed_at.isoformat(), {"since": f"{state.changed_at:%Y-%m-%d %H:%M} UTC"}


def _changed(state: SourceState, runs: Sequence[Run]) -> _Found:
    """It answered with other bytes than before, and no report, new or known, was found in them; before, there were some."""
    last = next((run for run in runs if run.outcome == "ok"), None)
    if last is None or state.changed_at is None or last.fetched == last.unchanged or last.documents_new or last.known:
        return
    # One silence is one alert, however often it is asked again.
    yield AlertRule.CHANGED_SHAPE, state.changed_at.isoformat(), {"answers": str(last.fetched)}


def _few(info: SourceInfo, runs: Sequence[Run], moment: Moment) -> _Found:
    """Told when it begins: it brought enough at the look before, or could not be judged then."""
    brought = _brought(info, runs, moment.now)
    if brought is None or brought >= info.expected_volume[0]:
        return
    before = _brought(info, runs, moment.looked) if moment.looked else None
    if before is None or before >= info.expected_volume[0]:
        # Two programs that look at once, or one that is killed before it notes its look, find the same alert.
        told = {"value": str(brought), "before": str(info.expected_volume[0])}
        yield AlertRule.LOW_VOLUME, (moment.looked or moment.now).isoformat(), told


def _brought(info: SourceInfo, runs: Sequence[Run], now: datetime) -> int | None:
    """Reports in the week before a moment; None where it was not asked all week, as when the program was not running."""
    asked = [run for run in runs if run.started_at <= now]
    moments = [now, *(run.started_at for run in asked)]
    since = now - WEEK
    pauses = [later - earlier for later, earlier in pairwise(moments) if later > since]
    if not info.expected_volume[0] or moments[-1] > since or max(pauses) > longest_pause(info):
        return None
    return sum(run.documents_new for run in asked if run.started_at > since)


def longest_pause(info: SourceInfo) -> timedelta:
    """The longest time between two questions to a source that still counts as asking it all the time."""
    return timedelta(days=1, hours=2 * info.cadence_hours)
