"""The identity of every row of a table: the one it has, or what the row says."""

from collections.abc import Mapping, Sequence

import duckdb
import numpy as np
import pandas as pd

from ingest.store.columnar.sheet import CellColumn
from ingest.store.columnar.told import Bools, Told
from ingest.store.tidy import LINKS, is_ours

_SEPARATOR = "chr(31)"


def identities(
    columns: Mapping[str, CellColumn], values: Mapping[str, Told], labels: Told, about: tuple[Sequence[str], str], rows: Bools
) -> Told:
    """The identity of each of these rows, as `tidy` gives them: the digest of what a row says, and how often it was said before.

    `about` are the headings and the crisis.
    """
    header, crisis = about
    kept = labels.holds(is_ours) & rows
    at = np.flatnonzero(rows & ~kept)
    said = {name: column.says.take(at) for name, column in sorted(columns.items()) if name not in {"figure_id", *LINKS}}
    if not {"metric", "measure"} & {*header}:
        said["metric "] = values["metric"].each(str).take(at)
    made = _digests(said, crisis, len(at))
    codes = np.where(kept, labels.codes, -1)
    codes[at] = len(labels.values) + np.arange(len(at))
    return Told(codes, [*labels.values, *made])


def _digests(said: Mapping[str, Told], crisis: str, rows: int) -> list[str]:
    """For rows in their order the digest of the digest of all that each says, and its number among those that say the same."""
    if not rows:
        return []
    with duckdb.connect(config={"threads": 1}) as opened:
        parts = [_quoted(crisis)]
        frame = {"row": np.arange(rows)}
        for number, (name, column) in enumerate(said.items()):
            texts = np.array([*column.values, ""], dtype=object)
            frame[f"c{number}"] = texts[column.codes]
            parts.append(f"CASE WHEN c{number} = '' THEN '' ELSE {_SEPARATOR} || {_quoted(name.strip())} || {_SEPARATOR} || c{number} END")
        opened.register("said", pd.DataFrame(frame))
        content = f"substr(sha256({' || '.join(parts)}), 1, 16)"
        said_before = "row_number() OVER (PARTITION BY content ORDER BY row)"
        numbered = f"SELECT row, content, {said_before} AS n FROM (SELECT row, {content} AS content FROM said)"  # noqa: S608 -- headings, quoted
        made = f"SELECT 'f' || substr(sha256(content || {_SEPARATOR} || CAST(n AS VARCHAR)), 1, 16) AS made FROM ({numbered}) ORDER BY row"  # noqa: S608 -- the same
        return opened.execute(made).df()["made"].tolist()


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
