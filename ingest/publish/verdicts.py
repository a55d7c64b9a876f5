"""What stands of the version before, and all discrepancies of figures that are in no version.

Where the version before was compared by another program, other rules or other names, nothing of it stands.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pandas as pd

from ingest.compare import About, Judged
from ingest.compare.claims.comparable import READ
from ingest.compare.edition import edition
from ingest.model import snapshot as layout
from ingest.model.ids import digest
from ingest.model.schema import FIGURES
from ingest.model.snapshot import TABLE_FILES
from ingest.publish import frames, grounds
from ingest.publish.parts import Draft

_MOST = 0.2  # share of figures touched from which comparing everything is no slower
_TABLE = "discrepancies"


@dataclass(frozen=True, slots=True)
class Standing:
    """The version before, where its tables hold under what the new ones rest on. The database has the identities of the figures that
    differ from it as `differ`, and those that changed or went, as they were, as `former`.
    """

    folder: Path
    touched: int


def stamp(about: About) -> str:
    """What verdicts rest on beside the published tables: the program, the rules, and what the sides are called."""
    return digest(edition(), about.rules.version, sorted((side, sorted(words.items())) for side, words in (about.sides or {}).items()))


def standing(opened: duckdb.DuckDBPyConnection, about: About, draft: Draft) -> Standing | None:
    """The version before, where what follows from its figures can stand; None where everything is to be worked out."""
    previous = draft.previous
    if previous is None or not draft.continues or layout.manifest(previous).compared != stamp(about):
        return None
    if any(_renamed(opened, table, draft.folder, previous) for table in _MENTIONS):
        return None
    now, was = (_figures(files) for files in draft.differing("figures"))
    contents = [f"SELECT figure_id, hash(one) AS content FROM ({read}) one" for read in (now, was)]  # noqa: S608 -- files of ours
    differing = f"({contents[0]}) n FULL JOIN ({contents[1]}) w USING (figure_id) WHERE n.content IS DISTINCT FROM w.content"
    opened.execute(f"CREATE OR REPLACE TABLE differ AS SELECT figure_id FROM {differing}")  # noqa: S608 -- files of ours
    opened.execute(f"CREATE OR REPLACE TABLE former AS SELECT was.* FROM ({was}) was SEMI JOIN differ USING (figure_id)")  # noqa: S608
    touched = int(opened.execute("SELECT count(*) FROM differ").fetchall()[0][0])
    return Standing(previous, touched) if touched <= _MOST * layout.manifest(previous).rows["figures"] else None


def write_all(opened: duckdb.DuckDBPyConnection, folder: Path, about: About, target: Path) -> int:
    """Compare all figures of a folder, write `discrepancies.parquet` into another or the same, and return its rows."""
    figures = f"SELECT * FROM read_parquet('{frames.quoted(layout.pattern(folder, 'figures'))}')"  # noqa: S608 -- files of ours
    return _write(opened, grounds.verdicts(opened, figures, about), target)


def write_all_of(opened: duckdb.DuckDBPyConnection, figures: pd.DataFrame, about: About, target: Path) -> int:
    """Compare all figures of a frame, write `discrepancies.parquet` into a folder, and return its rows."""
    if len(figures) <= grounds.CLAIMS:
        return _write(opened, Judged.of(figures, about).blocks(grounds.ROWS), target)
    opened.register("figures", figures)
    read = ", ".join(f'CAST("{column.name}" AS {frames.SQL[column.type]}) AS "{column.name}"' for column in FIGURES if column.name in READ)
    return _write(opened, grounds.verdicts(opened, f"SELECT {read} FROM figures", about), target)  # noqa: S608 -- names of the schema


def _write(opened: duckdb.DuckDBPyConnection, blocks: Iterable[pd.DataFrame], target: Path) -> int:
    """Write the rows of all blocks into one file, in the order of their identity."""
    frames.hold(opened, _TABLE, "told", blocks)
    return frames.write_rows(opened, _TABLE, "told", target / TABLE_FILES[_TABLE])


def _figures(files: Iterable[Path]) -> str:
    """What anything is worked out from of the figures in these files, which may be none."""
    columns = ", ".join(sorted(grounds.MEASURED))
    named = ", ".join(f"'{frames.quoted(path)}'" for path in files)
    if named:
        return f"SELECT {columns} FROM read_parquet([{named}])"  # noqa: S608 -- files of ours
    return no_figures()


def no_figures() -> str:
    """SQL for the columns of figures without a row."""
    nothing = ", ".join(f"CAST(NULL AS {frames.SQL[one.type]}) AS {one.name}" for one in FIGURES if one.name in grounds.MEASURED)
    return f"SELECT {nothing} WHERE false"


def _renamed(opened: duckdb.DuckDBPyConnection, table: str, draft: Path, previous: Path) -> bool:
    """Whether a name that the standing verdicts may rest on is not what it was.

    Rows that only came, such as a place that a new figure names, change nothing for figures that do not mention them.
    """
    now, was, figures = (
        f"read_parquet('{frames.quoted(layout.pattern(folder, name))}')"
        for folder, name in ((draft, table), (previous, table), (previous, "figures"))
    )
    came = f"SELECT * FROM {now} EXCEPT SELECT * FROM {was}"  # noqa: S608 -- files of ours
    if not opened.execute(f"({came}) UNION ALL (SELECT * FROM {was} EXCEPT SELECT * FROM {now}) LIMIT 1").fetchall():  # noqa: S608
        return False
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
