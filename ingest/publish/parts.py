"""Tables of a version as parts, a file per month, so that a refresh writes the months it touched and the others stay the files they are.

A part that is not touched gets a name in the new version too: a hard link where the file system has them, a copy elsewhere.
"""

import contextlib
import hashlib
import os
import shutil
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from ingest.model import snapshot as layout
from ingest.model.schema import TABLES
from ingest.model.snapshot import EARLIER, FIGURES_CSV, PARTS, TABLE_FILES, UNDATED
from ingest.publish import exports, frames
from ingest.publish.frames import quoted


@dataclass(frozen=True, slots=True)
class Draft:
    """A version that is being written into `folder`, of a crisis that began on `start`, and the version before it, if any.

    Where it is made `whole`, nothing of the version before is taken over.
    """

    folder: Path
    start: date
    previous: Path | None = None
    whole: bool = False

    @property
    def continues(self) -> bool:
        """Whether the version before is divided as this one, so that parts of one are parts of the other."""
        return not self.whole and self.previous is not None and layout.manifest(self.previous).division == layout.division(self.start)

    def write(self, opened: duckdb.DuckDBPyConnection, table: str, source: str) -> None:
        """Write all rows that the database has under the name `source`."""
        if table not in PARTS:
            opened.execute(f"CREATE OR REPLACE TEMP TABLE part AS SELECT {frames.typed(table)} FROM {source}")  # noqa: S608 -- as below
            frames.write_rows(opened, table, "part", self.folder / TABLE_FILES[table])
            opened.execute("DROP TABLE part")
            return
        self.renew(opened, table, source, ())

    def renew(self, opened: duckdb.DuckDBPyConnection, table: str, source: str, kept: Collection[str]) -> None:
        """Write the parts that the rows of `source` make, which are all of theirs; `kept` are those of the version before that stand."""
        (self.folder / table).mkdir()
        part = self.part(table)
        made = [name for (name,) in opened.execute(f"SELECT DISTINCT {part} AS part FROM {source} ORDER BY part").fetchall()]  # noqa: S608
        for name in made if made or kept else (UNDATED,):
            # In a table of their own, because the database writes a column otherwise where other rows of its table lack it.
            rows = f"SELECT {frames.typed(table)} FROM {source} WHERE {part} = ?"  # noqa: S608 -- names of the schema
            opened.execute(f"CREATE OR REPLACE TEMP TABLE part AS {rows}", [name])
            frames.write_rows(opened, table, "part", self.folder / table / f"{name}.parquet")
        opened.execute("DROP TABLE IF EXISTS part")
        for name in kept:
            self._keep(f"{table}/{name}.parquet")

    def carry(self, opened: duckdb.DuckDBPyConnection, table: str, key: str, source: str) -> None:
        """Write a table that continues the version before, whose rows SQL gives as `source`: the parts in which the rows of `touched`, by
        their key, differ from those of `renewed`, which take their place; all other parts stand.
        """
        columns = ", ".join(f'"{column.name}"' for column in TABLES[table])
        if table not in PARTS:
            self.write(opened, table, f"(SELECT {columns} FROM {source} ANTI JOIN touched USING ({key}) UNION ALL FROM renewed)")  # noqa: S608
            return
        before = self.parts(opened, table)
        opened.execute(f"CREATE OR REPLACE TABLE was AS SELECT {columns} FROM {source} SEMI JOIN touched USING ({key})")  # noqa: S608
        differing = "(FROM was EXCEPT FROM renewed) UNION ALL (FROM renewed EXCEPT FROM was)"
        asked = f"SELECT DISTINCT {self.part(table)} FROM ({differing})"  # noqa: S608 -- names of ours
        changed = [str(name) for (name,) in opened.execute(asked).fetchall()]
        files = [f"'{quoted(before[name])}'" for name in changed if name in before]
        chosen = ", ".join(f"'{name}'" for name in ("", *changed))
        opened.execute(f"CREATE OR REPLACE TABLE anew AS SELECT * FROM renewed WHERE {self.part(table)} IN ({chosen})")  # noqa: S608
        if files:
            stands = f"read_parquet([{', '.join(files)}]) ANTI JOIN touched USING ({key})"
            opened.execute(f"INSERT INTO anew SELECT {columns} FROM {stands}")  # noqa: S608 -- names of the schema
        self.renew(opened, table, "anew", sorted(set(before) - set(changed)))
        opened.execute("DROP TABLE was; DROP TABLE anew")

    def keep(self, table: str) -> None:
        """Have all files of a table, or of the CSV of figures, as the version before has them."""
        if self.previous is None:
            return
        folder = self.previous / table
        files = sorted(folder.iterdir()) if folder.is_dir() else [self.previous / TABLE_FILES[table]]
        for path in files:
            (self.folder / path.relative_to(self.previous)).parent.mkdir(exist_ok=True)
            self._keep(path.relative_to(self.previous).as_posix())

    def differing(self, table: str) -> tuple[list[Path], list[Path]]:
        """The files of a divided table that are not those of the version before, and those of the version before that this one has not."""
        if self.previous is None:
            return sorted((self.folder / table).iterdir()), []
        here, there = ({path.name for path in (folder / table).iterdir()} for folder in (self.folder, self.previous))
        same = {name for name in here & there if self._same(f"{table}/{name}")}
        return [self.folder / table / name for name in sorted(here - same)], [self.previous / table / name for name in sorted(there - same)]

    def parts(self, opened: duckdb.DuckDBPyConnection, table: str) -> dict[str, Path]:
        """The parts of a table in the version before that hold any row, by name."""
        if self.previous is None:
            return {}
        asked = "SELECT file_name FROM parquet_file_metadata(?) WHERE num_rows > 0"
        found = opened.execute(asked, [layout.pattern(self.previous, table)]).fetchall()
        return {Path(name).stem: Path(name) for (name,) in sorted(found)}

    def write_csv(self, opened: duckdb.DuckDBPyConnection) -> None:
        """Write the figures as CSV, part by part; those whose Parquet file is that of the version before are kept."""
        (self.folder / FIGURES_CSV).mkdir()
        for path in sorted((self.folder / "figures").iterdir()):
            name = f"{FIGURES_CSV}/{path.stem}.csv"
            if not (self._same(f"figures/{path.name}") and self._keep(name)):
                exports.copy_csv(opened, "figures", path, self.folder / name)

    def part(self, table: str) -> str:
        """SQL for the name of the part a row belongs to."""
        column = PARTS[table]
        first = self.start.replace(day=1).isoformat()
        return (
            f"CASE WHEN {column} IS NULL THEN '{UNDATED}' WHEN CAST({column} AS DATE) < DATE '{first}' THEN '{EARLIER}' "
            f"ELSE strftime({column}, '%Y-%m') END"
        )

    def rows(self, opened: duckdb.DuckDBPyConnection) -> dict[str, int]:
        """How many rows each table has, by what its files say of themselves."""
        count = "SELECT sum(num_rows)::BIGINT FROM parquet_file_metadata('{}')"
        return {name: opened.execute(count.format(quoted(layout.pattern(self.folder, name)))).fetchall()[0][0] for name in TABLE_FILES}

    def unchanged(self, name: str) -> bool:
        """Whether a file of the draft holds the same bytes as that of the version before."""
        known = layout.manifest(self.previous).sha256.get(name, "") if self.previous else ""
        return self._settled(name, known) == known

    def settle(self) -> dict[str, str]:
        """SHA-256 of every file by name; one that the version before has too is that file from now on."""
        known = {} if self.whole or self.previous is None else layout.manifest(self.previous).sha256
        names = sorted(path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*") if path.is_file())
        return {name: self._settled(name, known.get(name, "")) for name in names}

    def _settled(self, name: str, known: str) -> str:
        if known and self._same(name):
            return known
        with (self.folder / name).open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        if sha256 == known:
            self._keep(name)
        return sha256

    def _same(self, name: str) -> bool:
        """Whether the file is that of the version before, by another name."""
        return self.previous is not None and (self.previous / name).is_file() and (self.folder / name).samefile(self.previous / name)

    def _keep(self, name: str) -> bool:
        """Let the version have that file of the version before; False where there is none."""
        if self.previous is None or not (self.previous / name).is_file():
            return False
        target = self.folder / name
        target.unlink(missing_ok=True)
        try:
            os.link(self.previous / name, target)
        except OSError:  # a file system without links, or with too many to this file
            with contextlib.suppress(FileNotFoundError):
                shutil.copyfile(self.previous / name, target)
        return target.exists()
