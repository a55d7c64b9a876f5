"""Publishing: read the ledger at one moment, check, write a version under a name of its own, then move the pointer to it."""

import errno
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from importlib import metadata
from pathlib import Path

import duckdb
import pandas as pd
import sqlalchemy as sa

from ingest.compare import About, Rules
from ingest.compare.edition import edition
from ingest.compare.settings import of_crisis
from ingest.compare.settings import tables as rule_tables
from ingest.errors import PublishRefused, StoreError
from ingest.model import snapshot as layout
from ingest.model.crisis import Crisis
from ingest.model.failures import say
from ingest.model.ids import digest
from ingest.model.records import SourceInfo
from ingest.model.snapshot import FIGURES_CSV, TABLE_FILES, Manifest
from ingest.model.unkept import Unkept
from ingest.places import Gazetteer
from ingest.publish import checks, frames, tables, verdicts, versions
from ingest.publish.corrections import Notes
from ingest.publish.desk import Desk, heads, held, published, reach
from ingest.publish.following import Following
from ingest.publish.parts import Draft
from ingest.publish.reading import write_documents, write_figures
from ingest.publish.silent import Silent
from ingest.publish.verdicts import Standing
from ingest.publish.withheld import known, words
from ingest.settings import Settings
from ingest.store import Ledger, additions, corrections, journal

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
    whole: bool = False,
) -> Snapshot:
    """Publish the crisis from the ledger. Where nothing at all changed, the version that stands is the answer.

    `compare` is `ingest.compare.compare` unless given. `whole` reads all of the ledger and writes every file, whatever stands.
    Raises `PublishRefused` when a check fails, `SettingsError` when a rule of the crisis file is wrong, `StoreError` when the disk or
    the ledger fails; either way the version that stood still stands.
    """
    root, rules = settings.published / crisis.id, of_crisis(crisis)
    with _disk(root), versions.turn(root):
        versions.tidy_up(root)
        with versions.draft(root) as folder, frames.connection(folder / "spill") as opened:
            draft = Draft(folder, crisis.start, layout.current(root), whole)
            setting = tables.Setting(crisis, gazetteer, sources, settings.keys)
            given = _given(setting, rules)
            with ledger.connection() as connection:
                if not compare and _nothing_came(connection, draft, given):
                    return _carried_on(opened, connection, draft, setting, now)
                contents = _read(opened, connection, draft, setting)
            about = About(rules, contents.frames["organisations"], contents.frames["places"], crisis.labels())
            _follow(opened, draft, contents.frames, about, crisis, compare)
            manifest = _manifest(opened, draft, contents, crisis, now)
            compared = "" if compare else verdicts.stamp(about)
            return _finish(root, draft, replace(manifest, rules=rule_tables(rules), compared=compared, given="" if compare else given))


@dataclass(frozen=True, slots=True)
class _Contents:
    """What was read of the ledger at one moment: the small tables, and what the manifest says of it."""

    frames: dict[str, pd.DataFrame]
    left_out: Mapping[str, int]
    ledger: Mapping[str, int]
    heads: Mapping[str, str]
    carried: str


def _given(setting: tables.Setting, rules: Rules) -> str:
    """What everything follows from beside the ledger, but for the tables that tell the time of day."""
    places = (str(place) for place in setting.gazetteer)
    return digest(
        metadata.version("crosscount"), edition(), rules.version, setting.crisis, *places, words(setting.crisis, setting.gazetteer)
    )


def _nothing_came(ledger: sa.Connection, draft: Draft, given: str) -> bool:
    """Whether the version before was made of this ledger, as it is, and of all that is given now."""
    if draft.previous is None or not draft.continues:
        return False
    before, mark = layout.manifest(draft.previous), additions.high_water(ledger)
    return before.given == given and dict(before.ledger) == mark and dict(before.heads) == heads(ledger, mark)


def _carried_on(opened: duckdb.DuckDBPyConnection, ledger: sa.Connection, draft: Draft, setting: tables.Setting, now: datetime) -> Snapshot:
    """The version before with the runs and states of sources of now: nothing but these and silence can differ."""
    previous = draft.previous or Path()
    _check_whole(previous)
    before = layout.manifest(previous)
    _write_frames(opened, draft, tables.of_times(opened, ledger, setting, published(previous, "documents")))
    if all(draft.unchanged(TABLE_FILES[name]) for name in ("sources", "runs")):
        return Snapshot(before.id, previous, before.rows, changed=False)
    for name in {*TABLE_FILES} - _TIMES:
        draft.keep(name)
    draft.keep(FIGURES_CSV)
    small = {name: _frame(opened, draft.folder, name) for name in ("mandates", "sources", "runs")}
    opened.execute(f"CREATE TABLE former AS {verdicts.no_figures()}")
    opened.execute("CREATE TABLE differ AS SELECT figure_id FROM former")
    Silent(opened, draft, setting.crisis, small, Standing(previous, 0)).write()
    manifest = replace(before, created_at=now, rows=draft.rows(opened), sha256=draft.settle())
    return _finish(previous.parent, draft, manifest)


def _read(opened: duckdb.DuckDBPyConnection, ledger: sa.Connection, draft: Draft, setting: tables.Setting) -> _Contents:
    """Write the figures, the documents and the small tables, and check them."""
    crisis = setting.crisis.id
    said = {entry.figure_id: entry.decision for entry in journal.reviews(ledger)}
    notes = Notes(corrections.corrections(ledger))
    kept = known(setting.crisis, setting.gazetteer) if setting.crisis.withhold_names else None
    carried = words(setting.crisis, setting.gazetteer)
    desk = Desk(opened, ledger, draft, crisis, notes, said, reach(ledger, draft, crisis, carried), kept)
    write_figures(desk)
    checks.check_words(opened, "figures", desk.drafted("figures"))
    write_documents(desk)
    checks.check_words(opened, "documents", desk.drafted("documents"))
    checks.check_growth(desk)
    opened.execute("DROP TABLE IF EXISTS raw; DROP TABLE IF EXISTS reports; DROP TABLE IF EXISTS renewed")
    told = tables.read(desk, setting)
    for name, rows in told.items():
        opened.register("told", rows)
        checks.check_words(opened, name, "told")
        opened.unregister("told")
    _write_frames(opened, draft, told)
    mark = additions.high_water(ledger)
    figures = opened.execute(f"SELECT count(*) FROM {desk.drafted('figures')}").fetchall()[0][0]  # noqa: S608 -- files of ours
    return _Contents(told, {"figures": held(ledger, crisis) - figures}, mark, heads(ledger, mark), carried)


def _follow(  # noqa: PLR0917 -- the version so far and all that it is compared with
    opened: duckdb.DuckDBPyConnection, draft: Draft, told: dict[str, pd.DataFrame], about: About, crisis: Crisis, compare: Compare | None
) -> None:
    """Write the tables that follow from those that are written."""
    draft.write_csv(opened)
    standing = None if compare else verdicts.standing(opened, about, draft)
    if compare:
        _as_given(compare, opened, about, draft)
    Following(opened, draft, about, standing).write(judged=compare is None)
    Silent(opened, draft, crisis, told, standing).write()


def _manifest(opened: duckdb.DuckDBPyConnection, draft: Draft, contents: _Contents, crisis: Crisis, now: datetime) -> Manifest:
    return Manifest(
        id="",
        crisis=crisis.id,
        program=metadata.version("crosscount"),
        created_at=now,
        rows=draft.rows(opened),
        sha256=draft.settle(),
        left_out=contents.left_out,
        ledger=contents.ledger,
        heads=contents.heads,
        carried=contents.carried,
        division=layout.division(draft.start),
    )


def _frame(opened: duckdb.DuckDBPyConnection, folder: Path, table: str) -> pd.DataFrame:
    found: pd.DataFrame = opened.execute(f"FROM {published(folder, table)}").df()
    return found


def _write_frames(opened: duckdb.DuckDBPyConnection, draft: Draft, told: Mapping[str, pd.DataFrame]) -> None:
    for name, rows in told.items():
        opened.register("given", rows)
        draft.write(opened, name, "given")
        opened.unregister("given")


def _as_given(compare: Compare, opened: duckdb.DuckDBPyConnection, about: About, draft: Draft) -> None:
    """Write what another comparison than ours finds."""
    figures = frames.conform("figures", opened.execute(f"SELECT * FROM {published(draft.folder, 'figures')}").df())  # noqa: S608
    found = compare(figures, rules=about.rules, organisations=about.organisations, places=about.places, sides=about.sides)
    try:
        rows = frames.conform("discrepancies", found)
    except KeyError as error:
        raise PublishRefused(f"Nothing was published: the comparison gave no column {error}; reinstall this program.") from error
    _write_frames(opened, draft, {"discrepancies": rows})


def _finish(root: Path, draft: Draft, manifest: Manifest) -> Snapshot:
    """Give the draft its name and move the pointer, or leave both alone where the version that stands is the same."""
    before = layout.manifest(draft.previous) if draft.previous else None
    if not draft.whole and draft.previous and before and _same(before, manifest, ()):
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
    except duckdb.Error:
        if stood := layout.current(root):
            _check_whole(stood)
        raise


def _check_whole(folder: Path) -> None:
    """Raise `StoreError` where a file of a version cannot be read. Only the ends of files are looked at, which say what is in them."""
    with duckdb.connect() as opened:
        for path in sorted(folder.rglob("*.parquet")):
            try:
                opened.from_parquet(str(path))
            except duckdb.Error as error:
                raise StoreError(say(Unkept.SNAPSHOT_DAMAGED, name=folder, answer=_line(error))) from error


def _line(error: Exception) -> str:
    return (getattr(error, "strerror", None) or str(error)).strip().partition("\n")[0].rstrip(".")
