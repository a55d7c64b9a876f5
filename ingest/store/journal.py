"""The ledger's notes beside the figures: runs and their log, how sources are doing, what was fetched, what people decided."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, astuple, fields
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from ingest.errors import StoreError
from ingest.fetch.exchange import Validators
from ingest.model.ids import digest
from ingest.model.vocabulary import Decision, Review
from ingest.store import tables
from ingest.store.entries import LogLine, ReviewEntry, RulingEntry, Run, SourceState
from ingest.store.presence import present
from ingest.store.rows import address_digest, storable

COUNTS = ("documents_new", "figures_new", "rejected", "fetched", "unchanged", "bytes", "known", "changed", "vanished")


def begin_run(connection: sa.Connection, verb: str, source: str, now: datetime, writer_id: str) -> str:
    """Note that a run began, and who is at it; and name it."""
    run_id = "r" + digest(verb, source, now.isoformat(), os.urandom(8).hex())
    row = {"run_id": run_id, "verb": verb, "source": source, "started_at": now, "outcome": "", "message": ""}
    connection.execute(sa.insert(tables.runs), row | dict.fromkeys(COUNTS, 0) | {"writer_id": writer_id})
    return run_id


def finish_run(connection: sa.Connection, run: Run) -> None:
    """Note how a run ended: its outcome, counts, message and end. Raises `StoreError` for a run that never began."""
    ended = {"outcome": run.outcome, "finished_at": run.finished_at, "message": storable(run.message)}
    counted = {name: getattr(run, name) for name in COUNTS}
    done = connection.execute(sa.update(tables.runs).where(tables.runs.c.run_id == run.run_id).values(**ended, **counted))
    if not done.rowcount:
        raise StoreError(f"There is no run {run.run_id!r} to finish; the ledger was exchanged while it ran, run it again.")


def log(connection: sa.Connection, run_id: str, lines: Iterable[LogLine]) -> None:
    """Append to a run's log."""
    rows = [{"run_id": run_id, "level": one.level, "subject": storable(one.subject), "reason": storable(one.reason)} for one in lines]
    if rows:
        connection.execute(sa.insert(tables.run_log), rows)


def run_log(connection: sa.Connection, run_id: str) -> tuple[LogLine, ...]:
    """A run's log in the order it was written."""
    log_ = tables.run_log.c
    found = connection.execute(sa.select(log_.level, log_.subject, log_.reason).where(log_.run_id == run_id).order_by(log_.seq))
    return tuple(LogLine(*row) for row in found)


def runs(connection: sa.Connection, limit: int | None, since: datetime | None = None) -> tuple[Run, ...]:
    """The newest runs, newest first: so many, or those that began at a time or later."""
    run = tables.runs.c
    told = [(run.finished_at.is_not(None), run.outcome), (run.writer_id.in_(present(connection)), "running")]
    chosen = [run[field.name] for field in fields(Run) if field.name != "outcome"]
    query = sa.select(*chosen, sa.case(*told, else_="interrupted").label("outcome")).order_by(run.seq.desc()).limit(limit)
    if since is not None:
        query = query.where(run.started_at >= since)
    return tuple(Run(**row) for row in connection.execute(query).mappings())


def add_review(connection: sa.Connection, review: ReviewEntry) -> None:
    """Append a verdict. Raises `StoreError` for a figure that is not in the ledger."""
    known = connection.scalar(sa.select(tables.figures.c.seq).where(tables.figures.c.figure_id == review.figure_id))
    if known is None:
        raise StoreError(f"There is no figure {review.figure_id!r} in the ledger to review; check its identity.")
    row = {
        "figure_id": review.figure_id,
        "decision": review.decision.value,
        "reviewer": storable(review.reviewer),
        "reason": storable(review.reason),
        "decided_at": review.decided_at,
    }
    connection.execute(sa.insert(tables.reviews), row)


def reviews(connection: sa.Connection) -> tuple[ReviewEntry, ...]:
    """Every verdict in the order given."""
    review = tables.reviews.c
    query = sa.select(review.figure_id, review.decision, review.reviewer, review.reason, review.decided_at).order_by(review.seq)
    return tuple(ReviewEntry(row[0], Review(row[1]), *row[2:]) for row in connection.execute(query))


def add_ruling(connection: sa.Connection, ruling: RulingEntry) -> None:
    """Append a ruling. Raises `StoreError` where one of the two figures is not in the ledger."""
    for figure_id in (ruling.figure_a, ruling.figure_b):
        if connection.scalar(sa.select(tables.figures.c.seq).where(tables.figures.c.figure_id == figure_id)) is None:
            raise StoreError(f"The figure {figure_id!r} is not in this ledger, so nobody can rule on it; check CROSSCOUNT_DATABASE.")
    row = {**asdict(ruling), "decision": ruling.decision.value, "ruled_by": storable(ruling.ruled_by), "reason": storable(ruling.reason)}
    connection.execute(sa.insert(tables.rulings), row)


def rulings(connection: sa.Connection, discrepancy_id: str = "", crisis: str = "") -> tuple[RulingEntry, ...]:
    """Every ruling in the order given: on one pair, or on the figures of one crisis."""
    ruling, figure = tables.rulings.c, tables.figures.c
    query = sa.select(*[ruling[field.name] for field in fields(RulingEntry)]).order_by(ruling.seq)
    if discrepancy_id:
        query = query.where(ruling.discrepancy_id == discrepancy_id)
    if crisis:
        query = query.join(tables.figures, figure.figure_id == ruling.figure_a).where(figure.crisis == crisis)
    found = (dict(row) for row in connection.execute(query).mappings())
    return tuple(RulingEntry(**{**row, "decision": Decision(row["decision"])}) for row in found)


def source_states(connection: sa.Connection) -> Mapping[str, SourceState]:
    """How every source ever tried is doing, by name."""
    chosen = [tables.source_state.c[field.name] for field in fields(SourceState)]
    return {row[0]: SourceState(*row) for row in connection.execute(sa.select(*chosen).order_by(tables.source_state.c.source))}


def save_source_state(connection: sa.Connection, state: SourceState) -> None:
    """Remember how a source is doing, in place of what was known; what people were told of its freshness stays."""
    names = [field.name for field in fields(SourceState)]
    row = dict(zip(names, astuple(state), strict=True)) | {"message": storable(state.message)}
    _put(connection, tables.source_state, "source", row, stays=("freshness",))


def turn_fresh(connection: sa.Connection, source: str, before: str, after: str) -> bool:
    """Note the word people are told of a source's freshness; False where somebody else has told another since."""
    state = tables.source_state.c
    noted = sa.update(tables.source_state).where((state.source == source) & (state.freshness == before)).values(freshness=after)
    return bool(connection.execute(noted).rowcount)


def fetched(connection: sa.Connection, url: str) -> Validators | None:
    """What is remembered of the last good answer of an address."""
    fetch = tables.fetches.c
    query = sa.select(*[fetch[field.name] for field in fields(Validators)]).where(fetch.address_digest == address_digest(url))
    row = connection.execute(query).one_or_none()
    return Validators(*row) if row else None


def remember(connection: sa.Connection, url: str, validators: Validators) -> None:
    """Remember an address's last good answer, in place of what was known."""
    names = [field.name for field in fields(Validators)]
    row = dict(zip(names, astuple(validators), strict=True))
    _put(connection, tables.fetches, "address_digest", {"address_digest": address_digest(url), "url": storable(url), **row})


def _put(connection: sa.Connection, table: sa.Table, key: str, row: Mapping[str, object], stays: tuple[str, ...] = ()) -> None:
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    statement = insert(table).values(row)
    rest = {name: statement.excluded[name] for name in row if name not in {key, *stays}}
    connection.execute(statement.on_conflict_do_update(index_elements=[key], set_=rest))
