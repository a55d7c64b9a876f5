"""Comparing figures that lie in Parquet files, ground by ground, so that neither all figures nor all sentences are ever in memory."""

from collections.abc import Iterator

import duckdb
import numpy as np
import pandas as pd

from ingest.compare import About, Judged
from ingest.compare.alignment.grounds import Grounds
from ingest.compare.claims.comparable import READ, comparable
from ingest.compare.claims.relation import Ints
from ingest.model.schema import FIGURES

ROWS = 200_000  # verdicts put into words at a time
CLAIMS = 1_500_000  # claims compared at a time, where their grounds are smaller
# Every figure has its own, so that numbering them would save nothing; and the sentence, of which only matters that there is one.
_UNIQUE = frozenset({"figure_id", "claim_id", "document_id", "parent_figure_id", "restates", "supersedes", "value_text"})
_QUOTE = r"CASE WHEN regexp_matches(quote, '[^\s\p{Z}]') THEN '…' ELSE '' END AS quote"
# What tells which claims can meet.
_MEETING = (
    *("figure_id", "claim_id", "document_id", "parent_figure_id", "restates", "supersedes", "quote", "review", "publisher"),
    *("claimed_source", "metric", "kind", "value_low", "value_best", "value_high", "event_start", "window_start", "window_end", "as_of"),
    *("published_at", "place_id", "place_text", "adm1_id", "adm_level", "place_precision", "coverage_area", "place_role", "lat", "lon"),
)
_TEXTS = frozenset(column.name for column in FIGURES if column.type in {"string", "list"})


def verdicts(opened: duckdb.DuckDBPyConnection, figures: str, about: About, *, claims: int = CLAIMS) -> Iterator[pd.DataFrame]:
    """The published rows of every verdict on the figures, some at a time and in no order that means anything.

    `figures` is SQL that gives the columns of FIGURES; it is read once to see who meets, and then in parts of about so many claims.
    """
    opened.execute(f"CREATE OR REPLACE TEMP TABLE compared AS SELECT {_columns(READ)} FROM ({figures})")  # noqa: S608 -- names of the schema
    parts = _located(opened, about, claims)
    for part in range(parts):
        read = "SELECT compared.* REPLACE (located.lat AS lat, located.lon AS lon) FROM compared JOIN located USING (figure_id)"
        frame = _compact(opened, f"{read} WHERE part = {part}", tuple(sorted(READ)))
        yield from Judged.of(frame, about).blocks(ROWS)


def compact(opened: duckdb.DuckDBPyConnection, figures: str) -> pd.DataFrame:
    """The columns of figures that anything published is worked out from, words held once; of the sentence only that there is one."""
    names = READ | {"value_status", "relayed_via"}
    opened.execute(f"CREATE OR REPLACE TEMP TABLE compared AS SELECT {_columns(names)} FROM {figures}")  # noqa: S608 -- names of the schema
    return _compact(opened, "SELECT * FROM compared", tuple(sorted(names)))


def _located(opened: duckdb.DuckDBPyConnection, about: About, claims: int) -> int:
    """Note for every claim its part and where its area lies; returns how many parts there are."""
    columns, _ = comparable(_compact(opened, "SELECT * FROM compared", _MEETING))
    grounds = Grounds.of(columns, about.places)
    area = grounds.areas.of_row
    part = _parts(grounds.ground, claims)
    located = pd.DataFrame(
        {"figure_id": columns.frame["figure_id"], "part": part, "lat": grounds.areas.lat[area], "lon": grounds.areas.lon[area]}
    )
    opened.register("given", located)
    opened.execute(
        "CREATE OR REPLACE TEMP TABLE located AS SELECT * REPLACE (nullif(lat, 'nan') AS lat, nullif(lon, 'nan') AS lon) FROM given"
    )
    opened.unregister("given")
    return int(part.max(initial=-1)) + 1


def _parts(ground: Ints, claims: int) -> Ints:
    """Grounds put together until there are enough claims to be worth a part."""
    sizes = np.bincount(ground) if len(ground) else np.zeros(0, dtype=np.int64)
    before = np.cumsum(sizes) - sizes
    of_ground, _ = pd.factorize(before // claims)
    return of_ground.astype(np.int64)[ground]


def _columns(names: frozenset[str]) -> str:
    return ", ".join(_QUOTE if name == "quote" else f'"{name}"' for name in sorted(names))


def _compact(opened: duckdb.DuckDBPyConnection, query: str, names: tuple[str, ...]) -> pd.DataFrame:
    """The columns of a query as a frame in which a word that many rows say is held once."""
    chosen = []
    for name in names:
        if name in _TEXTS - _UNIQUE:
            opened.execute(f"CREATE OR REPLACE TEMP TYPE said_{name} AS ENUM (SELECT DISTINCT coalesce({name}, '') FROM compared)")  # noqa: S608
            chosen.append(f"CAST(coalesce({name}, '') AS said_{name}) AS {name}")
        else:
            chosen.append(f'"{name}"')
    return opened.execute(f"SELECT {', '.join(chosen)} FROM ({query})").df()  # noqa: S608 -- names of the schema
