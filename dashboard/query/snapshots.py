"""One published snapshot, immutable and read-only, over its Parquet files: whatever pages ask is asked of it."""

import atexit
import functools
import logging
import tempfile
import threading
import time
import weakref
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

import duckdb
import pandas as pd

from dashboard.query.connecting import connect, first_line, quoted
from dashboard.query.frames import framed
from dashboard.query.growing import growing
from dashboard.query.knowledge import MEASURED, RECOMPUTED, Known, measure_again, work_out_again
from dashboard.query.memory import Memory
from dashboard.query.prepared import attach, prepare
from dashboard.state import Filters
from ingest.errors import CrosscountError, StoreError
from ingest.model import snapshot as layout

_LOG: Final = logging.getLogger(__name__)
P = ParamSpec("P")
R = TypeVar("R")
Parameters = Mapping[str, Any]
Row = Mapping[str, Any]
"""A row by the names of its columns."""

REMEMBERED: Final = 1024
"""Answers of queries kept per snapshot; a new snapshot starts with none."""
DRAWN: Final = 32_000_000
"""Bytes of whole answers to readers kept per snapshot, as they travel: some two thousand of 16 kB."""
KEPT: Final = 24
"""Tables made for readers who changed something, kept per snapshot."""
_CHUNK: Final = 2_000
_ENDING: Final = 5.0  # seconds a program that ends waits for what lays snapshots out
_DTYPES: Final = {
    "bigint": "Int64",
    "integer": "Int64",
    "hugeint": "Int64",
    "double": "float64",
    "boolean": "bool",
    "date": "datetime64[us]",
    "timestamp": "datetime64[us]",
}


class SnapshotMissing(CrosscountError):
    """Nothing is published for the crisis, or what was published cannot be read."""

    exit_code = 8


class Snapshot:
    """One published snapshot, or what of it was known on a day.

    Every question gets a cursor of its own; nothing outside its folder can be read, and only a temporary folder is written.
    `judged_since` says that it is of a day and too large to work out again: its verdicts were reached since, by figures that were
    not all known. `measured` says that relays and behaviour are those of what is shown; they are empty otherwise.
    `drawn` are whole answers to readers, by their questions.
    `prepared` is set once its rows are found quickly (`dashboard.query.prepared`), which takes a large one some seconds.
    """

    def __init__(self, folder: Path, crisis: str, sides: Mapping[str, Mapping[str, str]], known: Known | None = None) -> None:
        self.folder = folder
        self.crisis = crisis
        self.sides = dict(sides or {})
        self.drawn = Memory[bytes](DRAWN, len)
        self._answers = Memory[Any](REMEMBERED)
        self._made: OrderedDict[str, None] = OrderedDict()
        self._making = threading.Lock()
        self.prepared = threading.Event()
        self._asking: set[duckdb.DuckDBPyConnection] = set()
        self._over = False
        self._laying: threading.Thread | None = None
        self._desk = tempfile.TemporaryDirectory(prefix="crosscount-", ignore_cleanup_errors=True)  # gone with the snapshot
        try:
            self.manifest = layout.manifest(folder)
            self._connection = connect(self.manifest, folder, Path(self._desk.name), known)
            figures = self.manifest.rows.get("figures", 0)
            self.judged_since = known is not None and figures > RECOMPUTED
            self.measured = known is None or figures <= MEASURED
            if known is not None and not self.judged_since:
                work_out_again(self._connection, known, self.manifest, self.sides)
            elif known is not None and self.measured:
                measure_again(self._connection)
            if known is None:
                attach(self._connection, Path(self._desk.name))
            self._connection.execute("SET lock_configuration = true")
        except (StoreError, duckdb.Error) as error:
            raise SnapshotMissing(f"The snapshot {folder} cannot be read ({first_line(error)}); run `crosscount publish`.") from error

    def prepare(self, warm: "Callable[[Snapshot], None] | None" = None) -> None:
        """Begin to lay the rows out for finding, beside the readers; to be called once."""
        self._laying = threading.Thread(target=self._prepare, args=(warm,), name="prepare", daemon=True)
        _AT_WORK.add(self)
        self._laying.start()

    def _prepare(self, warm: "Callable[[Snapshot], None] | None") -> None:
        """Where it fails, answers go on coming from the files."""
        try:
            with self._cursor() as cursor:
                prepare(cursor)
            if warm is not None:
                warm(self)
        except (duckdb.Error, SnapshotMissing) as error:
            if not self._over:
                _LOG.warning("The rows of %s are found less quickly: %s", self.id, first_line(error))
        finally:
            self.prepared.set()

    def stop(self) -> None:
        """Have whatever is asked end, and wait for what lays the rows out; nothing can be asked afterwards."""
        self._over = True
        patience = time.monotonic() + _ENDING
        while self._laying is not None and self._laying.is_alive() and time.monotonic() < patience:
            for cursor in tuple(self._asking):
                cursor.interrupt()
            self._laying.join(0.02)

    def discard(self) -> None:
        """Remove its temporary folder, whoever may be writing there."""
        self._desk.cleanup()

    @property
    def id(self) -> str:
        """Name of the snapshot; another name is another snapshot."""
        return self.folder.name

    @property
    def published_at(self) -> datetime:
        """When it was published (aware, UTC)."""
        return self.manifest.created_at

    def rows(self, sql: str, parameters: Parameters | None = None) -> list[tuple[Any, ...]]:
        """Answer as plain rows. Raises `SnapshotMissing` when the files are gone."""
        return self._ask(sql, parameters)[1]

    def records(self, sql: str, parameters: Parameters | None = None) -> list[dict[str, Any]]:
        """Answer as rows by the names of their columns: days are dates, times naive UTC, what is not stated None."""
        columns, rows = self._ask(sql, parameters)
        names = [name for name, _ in columns]
        return [dict(zip(names, row, strict=True)) for row in rows]

    def count(self, rows: str, parameters: Parameters | None = None, counted: str = "count(*)") -> int:
        """How many rows stand behind FROM; whoever asks again is told from memory, for menus and tables count the same rows."""
        asked = parameters or {}
        key = ("count", rows, repr(sorted(asked.items())))
        return self.remembered(key, lambda: int(self.rows(f"SELECT {counted} FROM {rows}", asked)[0][0]))  # noqa: S608 - no value is pasted

    def frame(self, sql: str, parameters: Parameters | None = None) -> pd.DataFrame:
        """Answer as a frame: whole numbers are Int64, days and times datetime64 (UTC, naive), empty text is ''."""
        columns, rows = self._ask(sql, parameters)
        table = zip(*rows, strict=True) if rows else [()] * len(columns)
        typed = ((name, values, _DTYPES.get(kind, "object")) for (name, kind), values in zip(columns, table, strict=True))
        return framed(typed, len(rows))

    def stream(self, sql: str, parameters: Parameters | None = None) -> Iterator[list[tuple[Any, ...]]]:
        """Answer in chunks, without holding the whole of it; close the iterator or read it to its end."""
        cursor = self._connection.cursor()
        try:
            cursor.execute(sql, dict(parameters or {}))
            while rows := cursor.fetchmany(_CHUNK):
                yield rows
        except duckdb.IOException as error:
            raise self._gone() from error
        finally:
            cursor.close()

    def poured(self, sql: str, parameters: Parameters | None, options: str) -> Iterator[bytes]:
        """The answer as a file that the database writes with the options of its COPY, in chunks as it grows.

        Where the iterator is closed before its end, the file is written to its end for nobody, and removed: a COPY of duckdb 2.0.0 that
        is interrupted may wait for itself forever.
        """
        folder = tempfile.TemporaryDirectory(dir=self._desk.name, ignore_cleanup_errors=True)
        path = Path(folder.name) / "rows"
        copy = f"COPY ({sql}) TO '{quoted(path)}' ({options}, USE_TMP_FILE false)"
        pool = ThreadPoolExecutor(1)
        writing = pool.submit(self._ask, copy, parameters)
        pool.shutdown(wait=False)
        try:
            yield from growing(path, writing)
            writing.result()
        finally:
            writing.add_done_callback(lambda _: folder.cleanup())

    def bulk(self, sql: str, parameters: Parameters | None = None) -> pd.DataFrame:
        """Answer as numpy columns, which costs a tenth of `frame` where there are many rows; missing numbers are NaN."""
        with self._cursor() as cursor:
            try:
                return cursor.execute(sql, dict(parameters or {})).df()
            except duckdb.IOException as error:
                raise self._gone() from error

    def made(self, name: str, make: Callable[[], tuple[pd.DataFrame, str]]) -> str:
        """The table of that name, made where it is not there: `make` gives its rows and the SQL that selects them from `given`.

        The `KEPT` tables last asked for are kept. One is made at a time, so that readers who ask for the same wait for one answer.
        """
        with self._making:
            if name in self._made:
                self._made.move_to_end(name)
                return name
            rows, select = make()
            with self._cursor() as cursor:
                cursor.register("given", rows)
                cursor.execute(f'CREATE OR REPLACE TABLE "{name}" AS {select}')
                cursor.unregister("given")
                self._made[name] = None
                while len(self._made) > KEPT:
                    cursor.execute(f'DROP TABLE IF EXISTS "{self._made.popitem(last=False)[0]}"')
            return name

    def derived(self, name: str, select: str) -> str:
        """The same for rows that follow from tables which are here."""
        return self.made(name, lambda: (pd.DataFrame({"nothing": []}), select))

    def within(self, places: Sequence[str]) -> list[str]:
        """The places and everything that lies in them."""
        if not places:
            return []
        sql = "SELECT inside, list(place_id) FROM within GROUP BY inside"
        lying: dict[str, list[str]] = self.remembered("within", lambda: dict(self.rows(sql)))
        return sorted({*places, *(one for place in places for one in lying.get(place, ()))})

    def remembered(self, key: object, compute: Callable[[], R]) -> R:
        """The answer given before to the same question, else a new one."""
        answer: R = self._answers.of(key, compute)
        return answer

    @contextmanager
    def _cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor of one's own, which a program that ends can interrupt."""
        with self._connection.cursor() as cursor:
            self._asking.add(cursor)
            try:
                if self._over:
                    raise SnapshotMissing("The program is ending.")
                yield cursor
            finally:
                self._asking.discard(cursor)

    def _ask(self, sql: str, parameters: Parameters | None) -> tuple[list[tuple[str, str]], list[tuple[Any, ...]]]:
        with self._cursor() as cursor:
            try:
                cursor.execute(sql, dict(parameters or {}))
                return [(name, kind.id) for name, kind, *_ in cursor.description or ()], cursor.fetchall()
            except duckdb.IOException as error:
                raise self._gone() from error

    def _gone(self) -> SnapshotMissing:
        return SnapshotMissing(f"The snapshot {self.id} was removed while it was read; load the page again.")


_AT_WORK: Final[weakref.WeakSet[Snapshot]] = weakref.WeakSet()


@atexit.register
def _end() -> None:
    """A thread inside the database aborts an interpreter that is taken down around it."""
    for snapshot in tuple(_AT_WORK):
        snapshot.stop()


def answered(function: Callable[Concatenate[Snapshot, P], R]) -> Callable[Concatenate[Snapshot, P], R]:
    """Remember the answers of a query per snapshot. What does not change the answer is left out of the question."""

    @functools.wraps(function)
    def ask(db: Snapshot, /, *args: P.args, **kwargs: P.kwargs) -> R:
        key = (function.__qualname__, tuple(map(_question, args)), tuple((k, _question(v)) for k, v in sorted(kwargs.items())))
        answer = db.remembered(key, lambda: function(db, *args, **kwargs))
        return answer.copy() if isinstance(answer, pd.DataFrame) else answer

    return ask


def _question(value: object) -> object:
    return value.changed(figure="", pair="", incident="", theme="auto", scale="linear", columns=()) if isinstance(value, Filters) else value
