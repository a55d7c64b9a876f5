"""Some rows with all their columns: first which, by few columns, then the rows by their identities.

A database reads by the column. To sort a million rows with every column at hand costs a hundred times what their order costs.
"""

from collections.abc import Sequence
from typing import Final

from dashboard.query.clauses import Condition
from dashboard.query.snapshots import Snapshot

_NONE: Final = "false"


def among(key: str, identities: Sequence[str]) -> Condition:
    """The condition that `key` is one of the identities, as an index can answer it: one by one, never by a look at a whole list."""
    bound = {f"{key}_{number}": identity for number, identity in enumerate(identities)}
    return Condition(f"{key} IN ({', '.join(f'${name}' for name in bound)})" if bound else _NONE, bound)


def identities(db: Snapshot, chosen: Condition, key: str) -> list[str]:
    """Those that the query `chosen` selects, in its order."""
    return [identity for (identity,) in db.rows(f"SELECT {key} FROM ({chosen.sql})", chosen.values)]  # noqa: S608 - queries of ours


def picked(wanted: Sequence[str], table: str, *, key: str, columns: str = "*") -> Condition:
    """A query for those rows of `table` whose `key` is wanted, in that order, and the values it names."""
    held = among(key, wanted)
    order = f"ORDER BY list_position($wanted::VARCHAR[], {key})"
    return Condition(f"SELECT {columns} FROM {table} WHERE {held.sql} {order}", {**held.values, "wanted": list(wanted)})  # noqa: S608 - names of ours
