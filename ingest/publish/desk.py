"""Where a version is made: the ledger at one moment, the database that holds what is worked on, and how far the version before reaches.

Of a ledger that only grew since the version before, only what came is read. That it only grew is told by its last entry of then, which
must be the same, and by how many figures stood before it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import sqlalchemy as sa

from ingest.model import snapshot as layout
from ingest.model.schema import TABLES
from ingest.model.vocabulary import Review
from ingest.publish import frames
from ingest.publish.corrections import Notes
from ingest.publish.frames import quoted
from ingest.publish.parts import Draft
from ingest.publish.withheld import COLUMNS, MAY_NAME, Kept, covered
from ingest.store import tables

_MOST = 0.2  # share of new figures from which reading the whole ledger is no slower
_IDS = 500  # identities asked for at a time
_CHUNK = 20_000


@dataclass(frozen=True, slots=True)
class Desk:
    """What a version is made with. `since` is the last entry of documents and figures that the version before holds, where its rows
    stand and only later ones are read; empty where everything is. `kept` says what is no victim's name; None where names are published.
    """

    opened: duckdb.DuckDBPyConnection
    ledger: sa.Connection
    draft: Draft
    crisis: str
    notes: Notes
    verdicts: Mapping[str, Review]
    since: Mapping[str, int]
    kept: Kept | None

    def before(self, table: str) -> str:
        """SQL for the rows of a table in the version before. Only where `since` is given."""
        return published(self.draft.previous or Path(), table)

    def drafted(self, table: str) -> str:
        """SQL for the rows of a table that is written already."""
        return published(self.draft.folder, table)

    def make(self, name: str, query: str) -> None:
        """Have what a query gives as a table."""
        self.opened.execute(f"CREATE OR REPLACE TABLE {name} AS {query}")

    def named(self, name: str, column: str, words: Iterable[str]) -> None:
        """Have words as a table of one column."""
        self.opened.register("given", pd.DataFrame({column: pd.Series(list(words), dtype="str")}))
        self.make(name, f"SELECT DISTINCT {column} FROM given")  # noqa: S608 -- a name of ours
        self.opened.unregister("given")

    def listed(self, query: str) -> list[str]:
        """The first column of what a query gives."""
        return [str(row[0]) for row in self.opened.execute(query).fetchall()]

    def hold(self, table: str, name: str, rows: Iterable[pd.DataFrame]) -> None:
        """Have frames with the columns of a published table as a table of exactly its types."""
        frames.hold(self.opened, table, name, rows)

    def answers(self, query: sa.Select[Any], by: sa.Column[str], keys: Sequence[str] | None) -> Iterator[list[sa.Row[Any]]]:
        """The rows of a query of the ledger, some at a time: all, or those whose column is one of the keys."""
        parts = [query] if keys is None else [query.where(by.in_(keys[at : at + _IDS])) for at in range(0, len(keys), _IDS)]
        for part in parts:
            yield from (list(rows) for rows in self.ledger.execute(part, execution_options={"yield_per": _CHUNK}).partitions())

    def cover(self, table: str, name: str) -> None:
        """Cover the names of victims in rows of a published table that are held under a name."""
        if self.kept is None:
            return
        for column in COLUMNS[table]:
            asked = f"SELECT DISTINCT {column} FROM {name} WHERE regexp_matches({column}, ?)"  # noqa: S608 -- names of the schema
            if told := covered(self._texts(asked, MAY_NAME), self.kept):
                self.opened.register("given", pd.DataFrame({"said": [*told], "told": [*told.values()]}, dtype="str"))
                self.opened.execute(f"UPDATE {name} SET {column} = told FROM given WHERE {column} = said")  # noqa: S608
                self.opened.unregister("given")

    def _texts(self, asked: str, given: str) -> Iterator[str]:
        """The first column of what a query gives, some rows at a time, while others may be asked."""
        with self.opened.cursor() as cursor:
            found = cursor.execute(asked, [given])
            while rows := found.fetchmany(_CHUNK):
                yield from (str(row[0]) for row in rows)

    def renew(self, table: str, source: str) -> None:
        """Write a table: where it continues the version before, the parts in which rows of `touched` differ from those of `renewed`; where
        not, `source` without what is touched, and what is renewed.
        """
        key = TABLES[table][0].name
        if not self.since:
            columns = ", ".join(f'"{column.name}"' for column in TABLES[table])
            others = f"SELECT {columns} FROM {source} ANTI JOIN touched USING ({key})"  # noqa: S608 -- names of the schema
            self.draft.write(self.opened, table, f"({others} UNION ALL FROM renewed)")
            return
        self.draft.carry(self.opened, table, key, source)


def reach(ledger: sa.Connection, draft: Draft, crisis: str, carried: str) -> Mapping[str, int]:
    """`since` of a desk: how far the version before reaches, where the ledger only grew since and by not too much."""
    if draft.previous is None or not draft.continues:
        return {}
    manifest = layout.manifest(draft.previous)
    figures, mark = tables.figures.c, manifest.ledger
    if (manifest.program, manifest.carried) != (version("crosscount"), carried) or heads(ledger, mark) != manifest.heads:
        return {}
    stood = held(ledger, crisis, mark["figures"])
    came = (ledger.scalar(sa.select(sa.func.count()).select_from(tables.figures).where(figures.seq > mark["figures"]))) or 0
    same = stood == manifest.rows["figures"] + manifest.left_out.get("figures", 0)
    return mark if same and came <= _MOST * stood else {}


def heads(ledger: sa.Connection, mark: Mapping[str, int]) -> dict[str, str]:
    """The identity of the entry of that number, of documents and of figures: another ledger has another there."""
    asked = {"documents": tables.documents.c.document_id, "figures": tables.figures.c.figure_id}
    return {name: ledger.scalar(sa.select(key).where(key.table.c.seq == mark[name])) or "" for name, key in asked.items()}


def held(ledger: sa.Connection, crisis: str, until: int | None = None) -> int:
    """How many figures of a crisis the ledger holds, up to an entry of it where that is given."""
    figures = tables.figures.c
    counted = sa.select(sa.func.count()).where(figures.crisis == crisis)
    return ledger.scalar(counted if until is None else counted.where(figures.seq <= until)) or 0


def published(folder: Path, table: str) -> str:
    """SQL for the rows of a table of a version."""
    return f"read_parquet('{quoted(layout.pattern(folder, table))}')"
