"""The SQL that opens a snapshot: one typed view per published table, and what every page derives from them.

`figures` is every row with the days it is about; `marks` is what is drawn: standing rows, relays of one claim as one row.
`figures_by_day` and `marks_by_day` are the same with no more columns than readers mostly choose by and pages count: a table is the sooner
asked the fewer it has. `tallies` are marks counted: what differs in days and documents only can be one row there.
"""

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Final

import duckdb

from dashboard.query.severity import BY_SHARPNESS, CONTRADICTION, CONTRADICTIONS, SHARPEST
from ingest.model import snapshot as layout
from ingest.model.schema import TABLES, Column

_TYPES: Final = {
    "string": "coalesce({0}::VARCHAR, '')",
    "list": "coalesce({0}::VARCHAR, '')",
    "integer": "{0}::BIGINT",
    "number": "{0}::DOUBLE",
    "boolean": "coalesce({0}::BOOLEAN, false)",
    "date": "{0}::DATE",
    "datetime": "{0}::TIMESTAMP",
}

FAMILY_OF: Final = {"cumulative": "total", "stock": "level", "projection": "projection", "period": "period"}
"""The family of each kind that is no count of an event; every other is."""
EVENT: Final = "event"

Order = tuple[tuple[str, str], ...]
"""Columns or expressions, each with the direction it is sorted in, as SQL."""

STATED: Final = "interest <> 'enemy_losses' AND coalesce(value_best, value_low, value_high) IS NOT NULL"
"""Which figures can be the last word of a voice: those with a value, and none of a party about its enemy."""

LAST_WORD: Final[Order] = (
    ("as_of", "ASC NULLS FIRST"),
    ("perpetrator = ''", "ASC NULLS FIRST"),
    ("coalesce(adm_level, 0)", "DESC NULLS LAST"),
    ("published_at", "ASC NULLS FIRST"),
    ("coalesce(value_best, value_low)", "ASC NULLS FIRST"),
    ("figure_id", "DESC NULLS LAST"),
)
"""What puts the words of one voice in order, the last one last."""

_MADE: Final = ("coalesce(nullif(place_name, ''), place_text) AS named", "lat IS NOT NULL AND lon IS NOT NULL AS located", "1 AS claims")
_OF_MARKS: Final = (
    *("figure_id", "claim_id", "document_id", "citations", "metric", "kind", "family", "unit", "enemy", "whole", "share", "standing"),
    *("group_key", "group_status", "group_label", "claimed_source", "claimed_source_text", "independence_group"),
    *("publisher", "perpetrator", "day", "last_day", "as_of", "published_at", "value_text", "quote"),
    *("place_key", "place_id", "place_name", "place_text", "place_precision", "adm1_id", "coverage_area", "lat", "lon"),
    *_MADE,
)

_SHARED: Final = (
    *("metric", "kind", "family", "unit", "enemy", "whole", "share", "standing", "group_key", "claimed_source", "independence_group"),
    *("place_key", "place_id", "place_precision", "adm1_id", "coverage_area"),
)
_BY_DAY: Final = (
    *_SHARED,
    *("stands", "citations", "day", "last_day", "as_of", "published_at", "lat", "lon"),
    *("value_low", "value_best", "value_high", "interval_open_high"),
    *_MADE,
)
"""What figures are mostly chosen by, and counted by."""
TALLIED: Final = (*_SHARED, "located")
"""What marks have in common that are folded into one row of `tallies`."""
_GROUP: Final = ("group_status", "group_side", "group_sex", "group_age", "group_role", "group_nationality")
COUNTED: Final = {
    "figures": ("figures", ("metric", "kind", "group_key", "place_key", "claimed_source", "standing")),
    "series": ("published_series", ("metric", "kind", "claimed_source", "place_id", "adm1_id", *_GROUP)),
}
"""The tables whose rows are counted for what readers choose except days: the view of their rows, and the columns that tell."""
_FOLDED: Final = {
    **dict.fromkeys(("precedence", "as_of", "published_at"), "max"),
    **dict.fromkeys(("claims", "citations"), "sum"),
    **dict.fromkeys(("named", "lat", "lon"), "min"),
}
"""How the other columns of `tallies` follow from those of the marks."""

_DERIVED: Final = """
CREATE VIEW figures AS
SELECT *,
    {family} AS family,
    CASE WHEN kind IN ('cumulative', 'stock', 'projection') THEN coalesce(as_of, published_at::DATE)
         ELSE coalesce(event_start, window_start, as_of, published_at::DATE) END AS day,
    CASE WHEN kind IN ('cumulative', 'stock', 'projection') THEN coalesce(as_of, published_at::DATE)
         ELSE coalesce(event_end, window_end, event_start, as_of, published_at::DATE) END AS last_day,
    concat_ws('|', {group}) AS group_key,
    concat_ws('|', place_id, adm1_id, coverage_area) AS place_key,
    parent_figure_id = '' OR (group_sex = '' AND group_age = '' AND group_role = '' AND group_nationality = '') AS whole,
    interest = 'enemy_losses' AS enemy,
    superseded_at IS NULL AND review <> 'rejected' AS standing
FROM published_figures;

-- Claims that several documents carry: which row stands for the claim (nearest to the voice, then the first), and who else carries it.
-- Only the row that stands lists the others, for a claim may be carried by thousands.
CREATE TABLE relays AS
WITH carried AS (
    SELECT claim_id, count(DISTINCT document_id) AS citations, string_agg(DISTINCT publisher, ';' ORDER BY publisher) AS publishers,
        list(figure_id ORDER BY publisher <> claimed_source, restates <> '', len(relayed_via), published_at, figure_id) AS ids
    FROM figures WHERE standing AND claim_id <> '' GROUP BY claim_id HAVING count(*) > 1
), each AS (SELECT unnest(ids) AS figure_id, generate_subscripts(ids, 1) AS nth, citations, publishers, ids FROM carried)
SELECT figure_id, nth = 1 AS stands, citations, publishers,
    CASE WHEN nth = 1 THEN array_to_string(ids, ';') ELSE figure_id END AS figure_ids
FROM each;

-- Parts of a claim about the same people in the same place (by perpetrator, say): never a count of their own.
CREATE TABLE shares AS
SELECT part.figure_id
FROM figures part JOIN figures parent ON part.parent_figure_id = parent.figure_id
WHERE part.parent_figure_id <> '' AND part.metric = parent.metric AND part.kind = parent.kind
    AND part.group_key = parent.group_key AND part.place_id = parent.place_id;

-- Rank of each voice inside its kind: with it goes the shape of its marks, the same on every chart of the snapshot.
CREATE TABLE ranks AS
SELECT claimed_source, row_number() OVER (PARTITION BY any_value(claimed_source_kind) ORDER BY count(*) DESC, claimed_source) - 1 AS shape
FROM figures WHERE standing GROUP BY claimed_source;

-- Every row with who carries its claim, and whether it is the one that stands for it.
CREATE VIEW cited AS
SELECT f.*, coalesce(r.citations, 1) AS citations, coalesce(r.figure_ids, f.figure_id) AS figure_ids,
    coalesce(r.publishers, f.publisher) AS publishers, f.standing AND coalesce(r.stands, true) AS stands,
    s.figure_id IS NOT NULL AS share, n.shape
FROM figures f LEFT JOIN relays r USING (figure_id) LEFT JOIN shares s USING (figure_id) LEFT JOIN ranks n USING (claimed_source);

-- What is drawn. A mark is fetched with all its columns by its `spot`; of the marks of one voice that can be set beside each other the
-- highest `precedence` is its last word: by the day it counts to, then whoever is responsible, then the widest place, then publication.
CREATE VIEW marks AS {marks};

CREATE VIEW figures_by_day AS {by_day};
CREATE VIEW marks_by_day AS FROM figures_by_day WHERE stands;

-- Where no days are chosen, marks are counted here. Read from files, each is a row of its own; laid out, they are folded (`tallies()`).
CREATE VIEW tallies AS FROM marks_by_day;
{counted}

-- The machine's verdict on each pair, and beside it the ruling of a person that stands.
CREATE VIEW rulings AS
SELECT discrepancy_id, decision AS ruling, code AS ruling_code, ruled_by, ruled_at, reason AS ruling_reason
FROM published_rulings WHERE standing;

CREATE VIEW discrepancies AS {ruled};

-- What the sharpest disagreements are chosen from, and places are coloured by.
CREATE VIEW contradictions AS {against};

-- What evidence of one figure looks for: its verdicts, the citations of its claim, and its parts.
CREATE VIEW pairs AS
SELECT figure_a AS figure_id, discrepancy_id, ratio FROM published_discrepancies
UNION ALL SELECT figure_b, discrepancy_id, ratio FROM published_discrepancies;

CREATE VIEW kin AS
SELECT claim_id AS of_whom, 'citation' AS tie, figure_id, published_at FROM figures WHERE claim_id <> ''
UNION ALL SELECT parent_figure_id, 'part', figure_id, published_at FROM figures WHERE parent_figure_id <> '';

CREATE TABLE organisations AS SELECT * FROM published_organisations;
CREATE TABLE places AS SELECT * FROM published_places;

-- Every place with each place it lies in, itself included.
CREATE TABLE within AS
WITH RECURSIVE up(place_id, inside) AS (
    SELECT place_id, place_id FROM places
    UNION
    SELECT up.place_id, p.parent_id FROM up JOIN places p ON p.place_id = up.inside WHERE p.parent_id <> ''
)
SELECT place_id, inside FROM up;
"""


def opening(folder: Path, stored: Mapping[str, Collection[str]], restricted: Mapping[str, str] | None = None) -> str:
    """SQL that makes the views over the Parquet files of `folder`, of which `stored` names the tables and their columns.

    What a snapshot was published before is empty in it: a column that its file lacks, a table it has no file of. `restricted` gives,
    by table, a SELECT from the view `every_<table>` of all its rows for those that shall be seen.
    """
    chosen = restricted or {}
    views = [
        f"CREATE VIEW {'every' if name in chosen else 'published'}_{name} AS {_published(folder, name, stored.get(name))};"
        for name in TABLES
    ]
    seen = [f"CREATE VIEW published_{name} AS {select};" for name, select in chosen.items()]
    found = {"spot": "figure_id", "precedence": f"CASE WHEN {STATED} THEN {_sort_key(LAST_WORD)} END"}
    counted = "\n".join(
        f"CREATE VIEW counted_{name} AS SELECT {', '.join(columns)}, 1 AS n FROM {rows};"  # noqa: S608 - names of ours
        for name, (rows, columns) in COUNTED.items()
    )
    return "\n".join([*views, *seen]) + _DERIVED.format(
        counted=counted,
        group=", ".join(_GROUP),
        ruled=ruled("published_discrepancies", "v.*"),
        against=against("discrepancies"),
        marks=marks("cited", **found),
        by_day=by_day("cited", **found),
        family=_family(),
    )


def _family() -> str:
    told = " ".join(f"WHEN '{kind}' THEN '{family}'" for kind, family in FAMILY_OF.items())
    return f"CASE kind {told} ELSE '{EVENT}' END"


def marks(rows: str, *, spot: str, precedence: str) -> str:
    """SQL for the marks among `rows`, which have the columns of `cited`: no more columns than marks are found and counted by."""
    return f"SELECT {spot} AS spot, {precedence} AS precedence, {', '.join(_OF_MARKS)} FROM {rows} WHERE stands"  # noqa: S608 - ours


def by_day(rows: str, *, spot: str, precedence: str) -> str:
    """SQL for what figures among `rows`, which have the columns of `cited`, are chosen by and counted by where no texts are looked at."""
    return f"SELECT {spot} AS spot, {precedence} AS precedence, {', '.join(_BY_DAY)} FROM {rows}"  # noqa: S608 - names of ours


def tallies() -> str:
    """SQL for the marks folded: those that differ in days and documents only are one row, with their number (`claims`) and the last word
    among them. Each column means what it means of a mark, so that the same question can be put to both.
    """
    same = ", ".join(TALLIED)
    folded = ", ".join(f"{how}({column}) AS {column}" for column, how in _FOLDED.items())
    return f"SELECT {same}, arg_max(spot, precedence) AS spot, {folded} FROM marks_by_day GROUP BY ALL"  # noqa: S608 - names of ours


def ruled(verdicts: str, columns: str = "") -> str:
    """SQL for the verdicts of a table with whom each side counts (`group_a`, `group_b`), the ruling that stands on each, if any, and its
    place among the others by `BY_SHARPNESS`.

    `columns` are those of the machine's verdict, where the table has their exact types.
    """
    machine = columns or typed(TABLES["discrepancies"])
    whom = "LEFT JOIN (SELECT figure_id AS figure_{0}, group_key AS group_{0} FROM figures) USING (figure_{0})"
    return (
        f"SELECT {machine}, coalesce(group_a, '') AS group_a, coalesce(group_b, '') AS group_b,"  # noqa: S608 - names of our schema
        " coalesce(ruling, '') AS ruling, coalesce(ruling_code, '') AS ruling_code, coalesce(ruled_by, '') AS ruled_by, ruled_at,"
        f" coalesce(ruling_reason, '') AS ruling_reason, {_sort_key(BY_SHARPNESS)} AS {SHARPEST}"
        f" FROM {verdicts} v LEFT JOIN rulings USING (discrepancy_id)"
        f" {whom.format('a')} {whom.format('b')}"
    )


def against(verdicts: str) -> str:
    """SQL for the contradictions among the verdicts of a table."""
    return f"SELECT {', '.join(CONTRADICTION)} FROM {verdicts} WHERE {CONTRADICTIONS}"  # noqa: S608 - names of ours


def _sort_key(order: Order) -> str:
    """One value that sorts as the columns do; worked out where it is asked for only."""
    given = ", ".join(f"{column}, '{direction}'" for column, direction in order)
    return f"create_sort_key({given})"


def stored_columns(connection: duckdb.DuckDBPyConnection, folder: Path, files: Collection[str]) -> dict[str, set[str]]:
    """The columns of each published table that is among the files of a snapshot. Raises `duckdb.Error` where one cannot be read."""
    found = {}
    for name in TABLES.keys() & map(layout.table_of, files):
        described = connection.execute(f"DESCRIBE FROM {_rows(folder, name)}").fetchall()
        found[name] = {str(column) for column, *_ in described}
    return found


def typed(columns: tuple[Column, ...], stored: Collection[str] | None = None) -> str:
    """The columns as SQL expressions of their exact types; one that is not `stored`, where that is given, is not stated."""
    return ", ".join(
        f"{_TYPES[column.type].format(column.name if stored is None or column.name in stored else 'NULL')} AS {column.name}"
        for column in columns
    )


def _published(folder: Path, name: str, stored: Collection[str] | None) -> str:
    """A SELECT of a published table; None stands for a table that was not published."""
    if stored is None:
        return f"SELECT {typed(TABLES[name], ())} WHERE false"
    return f"SELECT {typed(TABLES[name], stored)} FROM {_rows(folder, name)}"  # noqa: S608 - names come from our schema


def _rows(folder: Path, name: str) -> str:
    quoted = layout.pattern(folder, name).replace("'", "''")
    return f"read_parquet('{quoted}')"
