"""Publishing: read the ledger at one moment, check, write a version under a name of its own, then move the pointer to it."""

import errno
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from importlib import metadata
from pathlib import Path

import duckdb
import pandas as pd

from ingest.compare import About, Seen, incidents, measured, series_table, silence, window_of
from ingest.compare.settings import of_crisis
from ingest.compare.settings import tables as rule_tables
from ingest.errors import PublishRefused, StoreError
from ingest.model import snapshot as layout
from ingest.model.crisis import Crisis
from ingest.model.records import SourceInfo
from ingest.model.schema import SENTENCES
from ingest.model.snapshot import Manifest
from ingest.places import Gazetteer
from ingest.publish import checks, frames, tables, verdicts, versions
from ingest.publish.parts import Draft
from ingest.publish.withheld import withhold
from ingest.settings import Settings
from ingest.store import Ledger

Compare = Callable[..., pd.DataFrame]

# Tables that tell the time of day; they differ between two publications of the same ledger, and that is no change.
# Silence follows from the runs: a day that was read to its end after all is no new figure either.
_TIMES = {"sources", "runs", "silence"}


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A published version: its identity and folder, rows by table, and whether any figure, verdict or name in it is new.

    `changed` is False where only the times of sources and runs moved on, or nothing at all.
    """

    id: str
    path: Path
    tables: Mapping[str, int]
    changed: bool


def publish(  # noqa: PLR0917 -- the ledger and all that is around it
    ledger: Ledger,
    settings: Settings,
    crisis: Crisis,
    gazetteer: Gazetteer,
    sources: Sequence[SourceInfo],
    now: datetime,
    *,
    compare: Compare | None = None,
) -> Snapshot:
    """Publish the crisis from the ledger. Where nothing at all changed, the version that stands is the answer.

    `compare` is `ingest.compare.compare` unless given. Raises `PublishRefused` when a check fails, `SettingsError` when a rule of
    the crisis file is wrong, `StoreError` when the disk or the ledger fails; either way the version that stood still stands.
    """
    root, rules = settings.published / crisis.id, of_crisis(crisis)
    with _disk(root), versions.turn(root):
        versions.tidy_up(root)
        previous = layout.current(root)
        setting = tables.Setting(crisis, gazetteer, sources, settings.keys)
        with ledger.connection() as connection:
            contents = tables.read(connection, setting)
            checks.check_words(contents)
            checks.check_evidence(contents, connection, crisis.id)
        checks.check_growth(contents, previous)
        contents = replace(contents, frames=withhold(contents.frames, crisis, gazetteer))
        about = About(rules, contents.frames["organisations"], contents.frames["places"], crisis.labels())
        with versions.draft(root) as folder:
            draft = Draft(folder, crisis.start, previous)
            rows = _write(draft, contents, partial(_as_given, compare) if compare else verdicts.write, about, crisis)
            manifest = _manifest(draft, contents, rows, crisis.id, now)
            manifest = replace(manifest, rules=rule_tables(rules), compared="" if compare else verdicts.stamp(about))
            return _finish(root, draft, manifest)


def _write(draft: Draft, contents: tables.Contents, write_verdicts: Callable[..., None], about: About, crisis: Crisis) -> dict[str, int]:
    """Write the files of a version and return the rows of each table."""
    told = {**contents.frames, **_derived(contents.frames, about, crisis)}
    with frames.connection(draft.folder / "spill") as opened:
        _write_frames(opened, draft, told)
        draft.write_csv(opened)
        write_verdicts(opened, told, about, draft)
        _write_frames(opened, draft, _of_sources(opened, told["figures"], draft.folder))
        return draft.rows(opened)


def _write_frames(opened: duckdb.DuckDBPyConnection, draft: Draft, told: Mapping[str, pd.DataFrame]) -> None:
    for name, rows in told.items():
        opened.register("given", rows)
        draft.write(opened, name, "given")
        opened.unregister("given")


def _of_sources(opened: duckdb.DuckDBPyConnection, figures: pd.DataFrame, draft: Path) -> dict[str, pd.DataFrame]:
    """Who repeats whom and how the sources behave, by the verdicts of the draft; their sentences stay on the disk."""
    path = frames.quoted(layout.pattern(draft, "discrepancies"))
    judged = opened.execute(f"SELECT * EXCLUDE ({', '.join(SENTENCES)}) FROM read_parquet('{path}')").df()  # noqa: S608 -- our file
    return measured(figures, judged)


def _as_given(compare: Compare, opened: duckdb.DuckDBPyConnection, told: Mapping[str, pd.DataFrame], about: About, draft: Draft) -> None:
    """Write what another comparison than ours finds."""
    found = compare(told["figures"], rules=about.rules, organisations=about.organisations, places=about.places, sides=about.sides)
    try:
        rows = frames.conform("discrepancies", found)
    except KeyError as error:
        raise PublishRefused(f"Nothing was published: the comparison gave no column {error}; reinstall this program.") from error
    _write_frames(opened, draft, {"discrepancies": rows})


def _derived(told: Mapping[str, pd.DataFrame], about: About, crisis: Crisis) -> dict[str, pd.DataFrame]:
    """The tables that follow from the others, but for the verdicts: incidents, who was silent, the series of each voice."""
    seen = Seen(**{name: told[name] for name in ("figures", "documents", "mandates", "sources", "runs")})
    window = window_of(crisis.start, crisis.end, crisis.timezone, seen)
    around = {"organisations": about.organisations, "places": about.places}
    events, claims = incidents(told["figures"], about.rules, **around)
    series = series_table(told["figures"], about.rules, **around)
    derived = {"incidents": events, "incident_claims": claims, "silence": silence(seen, window), "series": series}
    return {name: frames.conform(name, rows) for name, rows in derived.items()}


def _manifest(draft: Draft, contents: tables.Contents, rows: Mapping[str, int], crisis: str, now: datetime) -> Manifest:
    return Manifest(
        id="",
        crisis=crisis,
        program=metadata.version("crosscount"),
        created_at=now,
        rows=dict(rows),
        sha256=draft.settle(layout.manifest(draft.previous).sha256 if draft.previous else {}),
        left_out=dict(contents.left_out),
        ledger=dict(contents.ledger),
        division=layout.division(draft.start),
    )


def _finish(root: Path, draft: Draft, manifest: Manifest) -> Snapshot:
    """Give the draft its name and move the pointer, or leave both alone where the version that stands is the same."""
    before = layout.manifest(draft.previous) if draft.previous else None
    if draft.previous and before and _same(before, manifest, ()):
        return Snapshot(before.id, draft.previous, before.rows, changed=False)
    placed = versions.place(root, draft.folder, replace(manifest, history=_history(before, manifest)), before.id if before else "")
    versions.point(root, placed.name)
    versions.prune(root, manifest.created_at)
    return Snapshot(placed.name, placed, manifest.rows, changed=not (before and _same(before, manifest, _TIMES)))


def _history(before: Manifest | None, after: Manifest) -> tuple[datetime, ...]:
    """When something new was published: what the version before knew of it, and this one where it brings anything."""
    if before is None:
        return (after.created_at,)
    known = before.history or (before.created_at,)
    return known if dict(before.ledger) == dict(after.ledger) else (*known, after.created_at)[-layout.REMEMBERED :]


def _same(before: Manifest, after: Manifest, but: Collection[str]) -> bool:
    """Whether two versions hold the same bytes, except in the tables named, written by the same program."""
    hashes = [{file: sha for file, sha in one.sha256.items() if layout.table_of(file) not in but} for one in (before, after)]
    return hashes[0] == hashes[1] and before.program == after.program and before.left_out == after.left_out


@contextmanager
def _disk(root: Path) -> Iterator[None]:
    """What the file system or DuckDB says of the folder, as a sentence."""
    try:
        yield
    except (OSError, duckdb.IOException, duckdb.OutOfMemoryException) as error:
        full = getattr(error, "errno", None) in {errno.ENOSPC, errno.EDQUOT} or "No space left" in str(error)
        cause = "the disk is full; free some space" if full else f"{_line(error)}; make the folder writable and check the disk"
        raise StoreError(
            f"The snapshot could not be written to {root}: {cause}, then publish again, the last snapshot still stands."
        ) from error


def _line(error: Exception) -> str:
    return (getattr(error, "strerror", None) or str(error)).strip().partition("\n")[0].rstrip(".")
