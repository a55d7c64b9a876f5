"""The discrepancies of a version: those of the version before that nothing touched, and those of the figures that were touched.

Where the version before was compared by another program, other rules or other names, everything is compared. Either way the file is
the same, byte for byte. Rows are put into words and stored some at a time, since a million of them are gigabytes of sentences.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pandas as pd

from ingest.compare import About, Change, Judged, recompare
from ingest.compare.claims.comparable import READ
from ingest.compare.edition import edition
from ingest.model import snapshot as layout
from ingest.model.ids import digest
from ingest.model.schema import FIGURES, TABLES
from ingest.model.snapshot import TABLE_FILES
from ingest.publish import frames, grounds
from ingest.publish.parts import Draft

_MOST = 0.2  # share of figures touched from which comparing everything is no slower
_TABLE = "discrepancies"
_COLUMNS = ", ".join(f'"{column.name}"' for column in TABLES[_TABLE])


@dataclass(frozen=True, slots=True)
class Standing:
    """The version before, where its verdicts hold under what the new ones rest on, and the figures that differ from it."""

    folder: Path
    change: Change


def stamp(about: About) -> str:
    """What verdicts rest on beside the published tables: the program, the rules, and what the sides are called."""
    return digest(edition(), about.rules.version, sorted((side, sorted(words.items())) for side, words in (about.sides or {}).items()))


def write(opened: duckdb.DuckDBPyConnection, told: Mapping[str, pd.DataFrame], about: About, draft: Draft) -> None:
    """Write the discrepancies of a draft that holds the other tables."""
    standing = _standing(opened, about, draft)
    if standing is None:
        _collect(opened, _all(opened, draft.folder, about))
        draft.write(opened, _TABLE, "told")
        return
    source = f"read_parquet('{frames.quoted(layout.pattern(standing.folder, _TABLE))}', filename = true, file_row_number = true)"
    asked = f"SELECT figure_a, figure_b, rule, {draft.part(_TABLE)} AS part, filename, file_row_number AS row FROM {source}"  # noqa: S608 -- our files
    stood = opened.execute(f"{asked} ORDER BY filename, row").df()
    renewal = recompare(stood[["figure_a", "figure_b", "rule"]], told["figures"], standing.change, about)
    _collect(opened, (renewal.fresh,))
    fresh = opened.execute(f"SELECT DISTINCT {draft.part(_TABLE)} FROM told").fetchall()  # noqa: S608 -- a table of ours
    touched = {*stood["part"][~renewal.kept], *(part for (part,) in fresh)}
    again = renewal.kept & stood["part"].isin(touched).to_numpy()
    opened.register("again", stood.loc[again, ["filename", "row"]])
    opened.execute(
        f"INSERT INTO told SELECT {_COLUMNS} FROM {source} s "  # noqa: S608 -- names of the schema
        "SEMI JOIN again ON s.filename = again.filename AND s.file_row_number = again.row"
    )
    draft.renew(opened, _TABLE, "told", sorted({*stood["part"]} - touched))


def write_all(opened: duckdb.DuckDBPyConnection, folder: Path, about: About, target: Path) -> int:
    """Compare all figures of a folder, write `discrepancies.parquet` into another or the same, and return its rows."""
    return _write(opened, _all(opened, folder, about), target)


def write_all_of(opened: duckdb.DuckDBPyConnection, figures: pd.DataFrame, about: About, target: Path) -> int:
    """Compare all figures of a frame, write `discrepancies.parquet` into a folder, and return its rows."""
    if len(figures) <= grounds.CLAIMS:
        return _write(opened, Judged.of(figures, about).blocks(grounds.ROWS), target)
    opened.register("figures", figures)
    read = ", ".join(f'CAST("{column.name}" AS {frames.SQL[column.type]}) AS "{column.name}"' for column in FIGURES if column.name in READ)
    return _write(opened, grounds.verdicts(opened, f"SELECT {read} FROM figures", about), target)  # noqa: S608 -- names of the schema


def _all(opened: duckdb.DuckDBPyConnection, folder: Path, about: About) -> Iterator[pd.DataFrame]:
    figures = f"SELECT * FROM read_parquet('{frames.quoted(layout.pattern(folder, 'figures'))}')"  # noqa: S608 -- files of ours
    return grounds.verdicts(opened, figures, about)


def _write(opened: duckdb.DuckDBPyConnection, blocks: Iterable[pd.DataFrame], target: Path) -> int:
    """Write the rows of all blocks into one file, in the order of their identity."""
    _collect(opened, blocks)
    return frames.write_rows(opened, _TABLE, "told", target / TABLE_FILES[_TABLE])


def _collect(opened: duckdb.DuckDBPyConnection, blocks: Iterable[pd.DataFrame]) -> None:
    """Have the rows of all blocks in the table `told`."""
    typed = ", ".join(f'"{column.name}" {frames.SQL[column.type]}' for column in TABLES[_TABLE])
    opened.execute(f"CREATE TABLE told ({typed})")
    for block in blocks:
        opened.register("block", frames.conform(_TABLE, block))
        opened.execute(f"INSERT INTO told SELECT {_COLUMNS} FROM block")  # noqa: S608 -- names of the schema
        opened.unregister("block")


def _standing(opened: duckdb.DuckDBPyConnection, about: About, draft: Draft) -> Standing | None:
    """The version before, where its verdicts can stand; None where everything is to be compared."""
    previous = draft.previous
    if previous is None or not draft.continues or layout.manifest(previous).compared != stamp(about):
        return None
    if any(_renamed(opened, table, draft.folder, previous) for table in _MENTIONS):
        return None
    now, was = _figures(draft.folder), _figures(previous)
    contents = [f"SELECT figure_id, hash(one) AS content FROM ({read}) one" for read in (now, was)]  # noqa: S608 -- files of ours
    differing = f"({contents[0]}) n FULL JOIN ({contents[1]}) w USING (figure_id) WHERE n.content IS DISTINCT FROM w.content"
    opened.execute(f"CREATE OR REPLACE TABLE touched AS SELECT figure_id FROM {differing}")  # noqa: S608 -- files of ours
    touched = opened.execute("SELECT figure_id FROM touched").df()["figure_id"].tolist()
    if len(touched) > _MOST * layout.manifest(previous).rows["figures"]:
        return None
    former = opened.execute(f"SELECT was.* FROM ({was}) was SEMI JOIN touched USING (figure_id)").df()  # noqa: S608 -- a file of ours
    return Standing(previous, Change(touched, former))


def _figures(folder: Path) -> str:
    """What the comparison reads of the figures of a version."""
    columns = ", ".join(column.name for column in TABLES["figures"] if column.name in READ)
    return f"SELECT {columns} FROM read_parquet('{frames.quoted(layout.pattern(folder, 'figures'))}')"  # noqa: S608 -- files of ours


def _renamed(opened: duckdb.DuckDBPyConnection, table: str, draft: Path, previous: Path) -> bool:
    """Whether a name that the standing verdicts may rest on is not what it was.

    Rows that only came, such as a place that a new figure names, change nothing for figures that do not mention them.
    """
    now, was, figures = (
        f"read_parquet('{frames.quoted(layout.pattern(folder, name))}')"
        for folder, name in ((draft, table), (previous, table), (previous, "figures"))
    )
    came = f"SELECT * FROM {now} EXCEPT SELECT * FROM {was}"  # noqa: S608 -- files of ours
    called, mentioned = (part.format(now=now, was=was, came=came, figures=figures) for part in _MENTIONS[table])
    gone = f"SELECT 1 FROM (SELECT * FROM {was} EXCEPT SELECT * FROM {now})"  # noqa: S608 -- files of ours
    met = f"SELECT 1 FROM ({called}) SEMI JOIN ({mentioned}) USING (word) WHERE word <> ''"  # noqa: S608 -- files of ours
    return bool(opened.execute(f"({gone}) UNION ALL ({met}) LIMIT 1").fetchall())


# How the rows that came are called, and every name that standing figures use. An organisation that came with a side also gives
# the side its name.
_MENTIONS: Mapping[str, tuple[str, str]] = {
    "organisations": (
        "SELECT lower(trim(unnest([organisation, name_en, name_ar, short, side]))) AS word FROM ({came})",
        "SELECT lower(trim(unnest([publisher, claimed_source, perpetrator, group_side]))) AS word FROM {figures}",
    ),
    "places": (
        "SELECT place_id AS word FROM ({came})",
        "SELECT trim(unnest([place_id, adm1_id] || string_split(coverage_area, ';'))) AS word FROM {figures} "
        "UNION ALL SELECT unnest([parent_id, adm1_id]) AS word FROM {was}",
    ),
}
