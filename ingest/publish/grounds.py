"""Figures that lie in Parquet files, divided into grounds that never meet, so that neither all figures nor all sentences are ever in
memory: what is held at once is the largest ground, and beside it only what distinguishes one spot from another.

Which figures meet is told from the spots, the distinct combinations of metric and place, of which there are thousands where there are
millions of figures. Figures are then read in parts, each of whole grounds.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from ingest.compare import About, Judged
from ingest.compare.alignment.grounds import Spots
from ingest.compare.claims.areas import CENTRE
from ingest.compare.claims.columns import Columns
from ingest.compare.claims.comparable import READ
from ingest.compare.claims.relation import Bools, Ints
from ingest.model.schema import FIGURES
from ingest.publish.frames import quoted

ROWS = 50_000  # verdicts put into words at a time
CLAIMS = 60_000  # claims compared at a time, where their grounds are smaller
MEASURED = READ | {"value_status", "relayed_via"}  # all that anything published is worked out from
# Every figure has its own, so that numbering them would save nothing; and the sentence, of which only matters that there is one.
_UNIQUE = frozenset({"figure_id", "claim_id", "document_id", "parent_figure_id", "restates", "supersedes", "value_text"})
_QUOTE = r"CASE WHEN regexp_matches(quote, '[^\s\p{Z}]') THEN '…' ELSE '' END AS quote"
_TEXTS = frozenset(column.name for column in FIGURES if column.type in {"string", "list"})
_LINKS = ("parent_figure_id", "restates", "supersedes")
_SPOT = {
    **{name: f"coalesce({name}, '')" for name in ("metric", "place_id", "adm1_id", "place_precision", "coverage_area", "place_role")},
    "adm_level": "coalesce(adm_level, -1)",
    "place_text": "CASE WHEN coalesce(place_id, '') = '' THEN coalesce(place_text, '') ELSE '' END",
    "incident": "kind = 'incident'",
}
"""What tells two spots apart, by name and as it is read of a figure."""
_SEATED = " AND ".join(f"spots.{name} = seen.at_{name}" for name in _SPOT)
_DATED = ("as_of", "published_at", "CASE WHEN kind IN ('incident', 'daily') THEN coalesce(event_start, window_start) ELSE window_end END")
_COMPARED = (  # as `comparable` finds it, so that an area lies where its first claim among these puts it
    "NOT former AND lat IS NOT NULL AND lon IS NOT NULL AND coalesce(value_low, value_best, value_high) IS NOT NULL "
    rf"AND regexp_matches(quote, '[^\s\p{{Z}}]') AND ({' OR '.join(f'({one}) IS NOT NULL' for one in _DATED)})"
)


_BOUNDS = ", ".join(f"{end}({name}) AS {end}_{name}" for name in ("lat", "lon") for end in ("min", "max"))


@dataclass(frozen=True, slots=True)
class Part:
    """SQL for some of the figures, and for the pairs whose first figure is one of them, where pairs were given."""

    figures: str
    pairs: str = ""


@dataclass(frozen=True, slots=True)
class Survey:
    """The spots of figures, one row for each in the table `spots`, with their grounds; the view `seen` holds the figures themselves.

    With figures that changed (`touched`), `moved` marks the spots whose area may lie elsewhere since.
    """

    opened: duckdb.DuckDBPyConnection
    seats: pd.DataFrame
    ground: Ints
    event: Ints
    incident: Bools
    claims: Ints
    touched: Bools
    moved: Bools

    @classmethod
    def of(
        cls,
        opened: duckdb.DuckDBPyConnection,
        figures: str,
        about: About,
        *,
        former: str = "",
        touched: str = "",
        read: frozenset[str] = MEASURED,
    ) -> "Survey":
        """Survey the figures that SQL gives with the columns of FIGURES.

        `former` gives rows that changed or went, as they were; `touched` the identities of all that came, changed or went.
        """
        names = ", ".join(_QUOTE if name == "quote" else f'"{name}"' for name in sorted(read))
        gone = f"SELECT {names}, true AS former FROM ({former})" if former else ""  # noqa: S608 -- names of the schema
        rows = f"SELECT {names}, false AS former FROM ({figures})" + (f" UNION ALL {gone}" if gone else "")  # noqa: S608 -- names of the schema
        told = ", ".join(f"{said} AS at_{name}" for name, said in _SPOT.items())
        mark = f"figure_id IN ({touched})" if touched else "false"
        opened.execute(f"CREATE OR REPLACE TEMP VIEW seen AS SELECT *, {told}, {mark} AS touched FROM ({rows})")  # noqa: S608
        keys = ", ".join(f"at_{name} AS {name}" for name in _SPOT)
        opened.execute(
            f"CREATE OR REPLACE TEMP TABLE spots AS SELECT row_number() OVER () - 1 AS spot, * FROM (SELECT {keys}, "  # noqa: S608
            f"count(*) FILTER (NOT former) AS claims, bool_or(touched) AS touched, bool_or(touched AND lat IS NOT NULL) AS placed, "
            f"count(*) FILTER ({_COMPARED} AND NOT touched) AS agreeing, {_BOUNDS}, "
            f"min({{'by': figure_id, 'lat': lat, 'lon': lon}}) FILTER ({_COMPARED}) AS centre FROM seen GROUP BY ALL)"
        )
        listed = opened.execute("SELECT * EXCLUDE (centre), centre.lat, centre.lon FROM spots ORDER BY centre.by NULLS LAST").df()
        order = listed["spot"].to_numpy(dtype=np.int64)
        position = np.argsort(order).astype(np.int64)
        one, other = _ties(opened)
        spots = Spots.of(Columns(listed), (position[one], position[other]), about.places)
        area = spots.areas.of_row
        seats = pd.DataFrame({"spot": order, CENTRE[0]: spots.areas.lat[area], CENTRE[1]: spots.areas.lon[area]})
        sizes, news = listed["claims"].to_numpy(dtype=np.int64), listed["touched"].to_numpy(dtype=bool)
        incident = listed["incident"].to_numpy(dtype=bool)
        return cls(opened, seats, spots.ground, spots.event, incident, sizes, news, _moved(listed, area))

    def parts(self, group: Ints, chosen: Bools, claims: int, *, names: frozenset[str] = frozenset(), pairs: str = "") -> Iterator[Part]:
        """Parts of the figures of the groups that hold a chosen spot, of whole groups and about so many claims; of the columns that are
        read all, or those named. `pairs` is SQL for rows with a `figure_a`, which are read once whatever the number of parts.

        Every claim has the coordinates of its area, which another claim may have given. Rows that changed or went are `former`; `touched`
        are those something happened to, also as far as it may have moved their area.
        """
        wanted = np.isin(group, group[chosen])
        part = np.where(wanted, _parts(group, self.claims * wanted, claims), -1)
        self.opened.register("given", self.seats.assign(part=part, moved=self.moved))
        self.opened.execute("CREATE OR REPLACE TEMP TABLE apart AS FROM given WHERE part >= 0")
        self.opened.unregister("given")
        unread = ", ".join(("touched", *(f"at_{name}" for name in _SPOT)))
        read = ", ".join(f"seen.{name}" for name in (*sorted(names), "former")) if names else f"seen.* EXCLUDE ({unread})"
        columns = f"{read}, seen.touched OR moved AS touched, area_lat, area_lon, part"
        rows = f"SELECT {columns} FROM seen JOIN spots ON {_SEATED} JOIN apart USING (spot)"  # noqa: S608 -- names of ours
        numbers = sorted({int(one) for one in part[wanted]})
        if len(numbers) == 1:
            self.opened.execute(f"CREATE OR REPLACE TEMP TABLE seated AS {rows}")
            yield Part("seated", pairs and f"SELECT * FROM ({pairs}) SEMI JOIN seated ON figure_a = figure_id")  # noqa: S608
        elif numbers:
            folder = Path(str(self.opened.execute("SELECT current_setting('temp_directory')").fetchall()[0][0])) / "parts"
            folder.mkdir(parents=True)
            try:
                yield from self._files(folder, rows, pairs, numbers)
            finally:
                shutil.rmtree(folder)

    def _files(self, folder: Path, rows: str, pairs: str, numbers: list[int]) -> Iterator[Part]:
        """The parts as files in a folder of their own."""
        figures, beside = folder / "figures", folder / "pairs"
        for made in (figures, beside):
            made.mkdir()
        self.opened.execute(f"COPY ({rows}) TO '{quoted(figures)}' (FORMAT parquet, PARTITION_BY (part))")
        if pairs:
            of_part = f"SELECT DISTINCT figure_id, part FROM read_parquet('{quoted(figures)}/*/*.parquet', hive_partitioning = true)"  # noqa: S608
            joined = f"SELECT p.*, part FROM ({pairs}) p JOIN ({of_part}) ON figure_a = figure_id"  # noqa: S608 -- names of ours
            self.opened.execute(f"COPY ({joined}) TO '{quoted(beside)}' (FORMAT parquet, PARTITION_BY (part))")
        for number in numbers:
            files = [f"read_parquet('{quoted(made)}/part={number}/*.parquet', hive_partitioning = false)" for made in (figures, beside)]
            there = (beside / f"part={number}").is_dir()
            yield Part(files[0], f"FROM {files[1]}" if there else pairs and f"SELECT * FROM ({pairs}) WHERE false")  # noqa: S608


def verdicts(opened: duckdb.DuckDBPyConnection, figures: str, about: About, *, claims: int = CLAIMS) -> Iterator[pd.DataFrame]:
    """The published rows of every verdict on the figures, some at a time and in no order that means anything.

    `figures` is SQL that gives the columns of FIGURES; it is read once to see who meets, and then in parts of about so many claims.
    """
    survey = Survey.of(opened, figures, about, read=READ)
    for part in survey.parts(survey.ground, np.ones(len(survey.ground), dtype=bool), claims):
        yield from Judged.of(compact(opened, part.figures, READ), about).blocks(ROWS)


def compact(opened: duckdb.DuckDBPyConnection, figures: str, names: frozenset[str] = MEASURED) -> pd.DataFrame:
    """Columns of figures as a frame in which a word that many rows say is held once; of the sentence only that there is one."""
    opened.execute(f"CREATE OR REPLACE TEMP TABLE compared AS SELECT {', '.join((*sorted(names), *CENTRE))} FROM {figures}")  # noqa: S608 -- names of the schema
    chosen = []
    for name in sorted(names):
        if name in _TEXTS - _UNIQUE:
            opened.execute(f"CREATE OR REPLACE TEMP TYPE said_{name} AS ENUM (SELECT DISTINCT coalesce({name}, '') FROM compared)")  # noqa: S608
            chosen.append(f"CAST(coalesce({name}, '') AS said_{name}) AS {name}")
        else:
            chosen.append(f'"{name}"')
    found: pd.DataFrame = opened.execute(f"SELECT {', '.join((*chosen, *CENTRE))} FROM compared").df()  # noqa: S608 -- names of the schema
    opened.execute("DROP TABLE compared")
    return found


def _ties(opened: duckdb.DuckDBPyConnection) -> tuple[Ints, Ints]:
    """Pairs of spots whose figures carry one claim, or of which one is a part, a repetition or a later edition of the other."""
    seated = f"SELECT seen.*, spot FROM seen JOIN spots ON {_SEATED}"  # noqa: S608 -- names of ours
    shared = f"SELECT claim_id, min(spot) AS one FROM ({seated}) WHERE claim_id <> '' GROUP BY claim_id HAVING min(spot) <> max(spot)"  # noqa: S608
    asked = [f"SELECT one, spot FROM ({seated}) JOIN ({shared}) USING (claim_id)"]  # noqa: S608
    asked += [
        f"SELECT a.spot AS one, b.spot FROM ({seated}) a JOIN ({seated}) b ON a.{name} = b.figure_id WHERE a.{name} <> ''"  # noqa: S608
        for name in _LINKS
    ]
    asked.append(f"SELECT a.spot AS one, b.spot FROM ({seated}) a JOIN ({seated}) b USING (figure_id) WHERE a.former AND NOT b.former")  # noqa: S608
    found = opened.execute(" UNION ".join(asked)).fetchnumpy()
    return np.asarray(found["one"], dtype=np.int64), np.asarray(found["spot"], dtype=np.int64)


def _moved(listed: pd.DataFrame, area: Ints) -> Bools:
    """Spots of areas whose coordinates may have come, or may now come, from a touched claim: an area lies where its first claim puts it,
    and so where it was as long as all of its claims agree and one of them was not touched.
    """
    by_area = listed.groupby(area)
    apart = [by_area[f"min_{name}"].min() != by_area[f"max_{name}"].max() for name in ("lat", "lon")]
    elsewhere = (by_area["agreeing"].sum() == 0) | apart[0] | apart[1]
    return (by_area["placed"].any() & elsewhere).reindex(area).to_numpy(dtype=bool)


def _parts(ground: Ints, sizes: Ints, claims: int) -> Ints:
    """Grounds put together until there are enough claims to be worth a part."""
    of_ground = np.bincount(ground, sizes).astype(np.int64) if len(ground) else np.zeros(0, dtype=np.int64)
    before = np.cumsum(of_ground) - of_ground
    number, _ = pd.factorize(before // claims)
    return number.astype(np.int64)[ground]
