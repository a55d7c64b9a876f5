"""How fast claims are aligned and classified, and how the time grows with their number. Not a test: it prints tables.

Usage: python tests/benchmarks/bench_compare.py [--million] [--ten-million] [--rows N ...] [--table N ...]

Each size runs in a process of its own, so that its peak memory is its own. Beside the comparison stand, in the same process, a
bucketed join of candidate pairs by DuckDB and by pandas, for scale, and what comparing again costs after 100 figures came: 100 of
any time and place, and the last 100 of one metric in one division. Ten million lie in Parquet files and are compared ground by
ground, as a publication does it, within 16 GB. `--table` writes the claims to a CSV file and runs `crosscount compare` on it.

The claims are made up like a real year of reports: a dozen voices of which a handful speak of any one place, running totals with
a breakdown by group, daily counts and single incidents, about a third of the rows being relays of another row's claim.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd

from ingest.compare import About, Change, Judged, recompare
from ingest.compare.claims.comparable import READ
from ingest.compare.rows import rules_by_number
from ingest.model.schema import FIGURES
from ingest.model.snapshot import TABLE_FILES
from ingest.publish import frames, verdicts

DIVISIONS, TOWNS_EACH, VOICES, VOICES_PER_PLACE, RELAYS = 14, 20, 12, 4, 6
GROUPS = [("mixed_total", "", "", ""), ("civilian", "", "", ""), ("civilian", "", "child", ""), ("combatant", "side_one", "", "")]
METRICS = ["killed", "injured", "newly_displaced"]
SHARES = {"cumulative": 0.4, "daily": 0.25, "incident": 0.35}


def places() -> pd.DataFrame:
    """A country of divisions with towns."""
    rows: list[dict[str, object]] = [{"place_id": "C", "name_en": "Country", "adm_level": 0, "parent_id": "", "adm1_id": ""}]
    for division in range(DIVISIONS):
        rows.append(
            {"place_id": f"A{division}", "name_en": f"Division {division}", "adm_level": 1, "parent_id": "C", "adm1_id": f"A{division}"}
        )
        for town in range(TOWNS_EACH):
            name = {"place_id": f"A{division}T{town}", "name_en": f"Town {division}-{town}", "adm_level": 4}
            rows.append(name | {"parent_id": f"A{division}", "adm1_id": f"A{division}"})
    return pd.DataFrame(rows).assign(name_ar="", lat=np.nan, lon=np.nan)


def figures(rows: int, seed: int = 0, *, span: int = 0) -> pd.DataFrame:
    """That many claims. The time they span grows with their number, as an archive does; the density of a day does not.

    With `span` they are one of several equal parts of an archive of so many claims; each seed gives claims of its own.
    """
    random = np.random.default_rng(seed)
    days = max(10, (span or rows) // 1500)
    kind = random.choice(list(SHARES), size=rows, p=list(SHARES.values()))
    division = random.integers(0, DIVISIONS, rows)
    voice = (division + random.integers(0, VOICES_PER_PLACE, rows)) % VOICES
    metric, group = random.integers(0, len(METRICS), rows), random.integers(0, len(GROUPS), rows)
    day = random.integers(0, days, rows)
    incident = kind == "incident"
    level = (kind == "cumulative") * (40 + day * 3 + random.integers(0, 9, rows)) + (kind != "cumulative") * random.integers(1, 30, rows)
    town = random.integers(0, TOWNS_EACH, rows)
    as_of = np.datetime64("2020-01-01") + day
    relay = random.random(rows) < 0.33
    claim = np.where(relay, random.integers(0, rows, rows), np.arange(rows))
    for column in (kind, division, voice, metric, group, day, level, town, as_of, incident):
        column[relay] = column[claim[relay]]
    status, side, age, _ = (np.array(axis, dtype=object)[group] for axis in zip(*GROUPS, strict=True))
    identity = np.array([f"f{seed * rows + number:09d}" for number in range(rows)], dtype=object)
    voices = np.array([f"voice_{number}" for number in range(VOICES)], dtype=object)
    relays = np.array([f"relay_{number}" for number in range(RELAYS)], dtype=object)
    place = [f"A{a}T{t}" if one else f"A{a}" for a, t, one in zip(division, town, incident, strict=True)]
    first = pd.Series(np.arange(rows)).groupby(pd.Series(claim)).transform("min").to_numpy()
    return pd.DataFrame(
        {
            "figure_id": identity,
            "claim_id": identity[first],
            "document_id": np.char.add("d", ((seed * rows + np.arange(rows)) // 3).astype(str)).astype(object),
            "crisis": "bench",
            "metric": np.array(METRICS, dtype=object)[metric],
            "kind": kind.astype(object),
            "group_status": status,
            "group_side": side,
            "group_age": age,
            "publisher": np.where(relay, relays[random.integers(0, RELAYS, rows)], voices[voice]),
            "claimed_source": voices[voice],
            "independence_group": voices[voice],
            "interest": "third_party",
            "value_text": level.astype(str).astype(object),
            "qualifier": np.where(random.random(rows) < 0.3, "at_least", "exact").astype(object),
            "value_low": level,
            "value_best": level,
            "value_high": level,
            "unit": "person",
            "as_of": as_of,
            "as_of_inferred": random.random(rows) < 0.5,
            "published_at": pd.to_datetime(as_of).tz_localize("UTC") + pd.to_timedelta(random.integers(0, 86400, rows), unit="s"),
            "window_start": np.where(kind == "cumulative", np.datetime64("2019-12-31"), np.datetime64("NaT")),
            "event_start": np.where(incident, as_of, np.datetime64("NaT")),
            "place_id": np.array(place, dtype=object),
            "adm1_id": np.array([f"A{a}" for a in division], dtype=object),
            "adm_level": np.where(incident, 4, 1),
            "place_precision": np.where(incident, "city_or_town", "governorate").astype(object),
            "quote": "a sentence",
            "language": "en",
        }
    )


def timed(work: Callable[[], Any]) -> tuple[Any, float, float]:
    """What came of it, seconds on the clock, and seconds of processor."""
    start, busy = time.perf_counter(), time.process_time()
    found = work()
    return found, time.perf_counter() - start, time.process_time() - busy


def peak() -> int:
    """Most memory of this process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def joined(table: pd.DataFrame) -> tuple[float, float]:
    """Seconds of processor to pair claims of one metric, place and neighbouring day: by DuckDB, and by pandas."""
    day = table["as_of"].to_numpy().astype("datetime64[D]").astype(np.int64)
    narrow = pd.DataFrame({"bucket": pd.factorize(table["metric"] + table["place_id"])[0], "day": day, "row": np.arange(len(table))})
    pairs = "a JOIN narrow b ON a.bucket = b.bucket AND b.day BETWEEN a.day AND a.day + 1 AND a.row < b.row"
    with duckdb.connect(config={"threads": 2}) as opened:
        opened.register("narrow", narrow)
        _, _, first = timed(lambda: opened.execute(f"SELECT count(*) FROM narrow {pairs}").fetchall())  # noqa: S608 -- names of ours
    near = pd.concat([narrow, narrow.assign(day=narrow["day"] - 1)])
    _, _, second = timed(lambda: len(narrow.merge(near, on=["bucket", "day"])))
    return first, second


def again(table: pd.DataFrame, about: About, new: "np.ndarray[Any, Any]") -> tuple[float, int]:
    """Seconds of processor to compare again after these rows came, and how many verdicts are told anew."""
    earlier = Judged.of(table.drop(index=new), about)
    verdict, identity = earlier.verdicts, earlier.claims.figure_id
    stood = pd.DataFrame(
        {"figure_a": identity[verdict.a], "figure_b": identity[verdict.b], "rule": rules_by_number(about.rules)[verdict.ruling]}
    )
    del earlier
    change = Change(set(table["figure_id"].iloc[new]), table[:0])
    renewal, _, seconds = timed(lambda: recompare(stood, table, change, about))
    return seconds, len(renewal.fresh)


def one_size(rows: int) -> None:
    """One line of the table, in a process of its own."""
    table, about = figures(rows), About(places=places())
    before = peak()
    judged, judging, judged_cpu = timed(lambda: Judged.of(table, about))
    found, writing, written_cpu = timed(judged.rows)
    held = peak()
    told = len(found)
    del judged, found
    by_duckdb, by_pandas = joined(table)
    random = np.random.default_rng(1).choice(rows, 100, replace=False)
    last = np.flatnonzero((table["metric"] == "killed") & (table["adm1_id"] == "A3"))
    last = last[np.argsort(table["as_of"].to_numpy()[last], kind="stable")][-100:]
    renewed = [again(table, about, new) for new in (random, last)]
    print(
        f"{rows:>10,} {told:>10,} {judging + writing:>8.1f} {judged_cpu + written_cpu:>8.1f} {judged_cpu:>8.1f} {before:>9,} {held:>9,} "
        f"{by_duckdb:>7.1f} {by_pandas:>7.1f} {renewed[0][0]:>8.1f} {renewed[0][1]:>6,} {renewed[1][0]:>8.1f} {renewed[1][1]:>6,}",
        flush=True,
    )


def from_files(rows: int) -> None:
    """That many claims in Parquet files, compared ground by ground within 16 GB."""
    resource.setrlimit(resource.RLIMIT_AS, (16 << 30, 16 << 30))
    empty = {"integer": "CAST(NULL AS BIGINT)", "number": "CAST(NULL AS DOUBLE)", "boolean": "false", "date": "CAST(NULL AS DATE)"}
    empty |= {"datetime": "CAST(NULL AS TIMESTAMPTZ)", "string": "''", "list": "''"}
    with tempfile.TemporaryDirectory() as name, frames.connection(Path(name) / "spill") as opened:
        folder = Path(name)
        for seed in range(max(1, rows // 1_000_000)):
            opened.register("part", figures(min(rows, 1_000_000), seed, span=rows))
            named = {one[0] for one in opened.execute("DESCRIBE part").fetchall()}
            columns = [one.name if one.name in named else f"{empty[one.type]} AS {one.name}" for one in FIGURES if one.name in READ]
            opened.execute(f"COPY (SELECT {', '.join(columns)} FROM part) TO '{folder}/part{seed}.parquet'")  # noqa: S608 -- names of the schema
        opened.unregister("part")
        opened.execute(f"COPY (FROM read_parquet('{folder}/part*.parquet')) TO '{folder / TABLE_FILES['figures']}'")
        told, clock, busy = timed(lambda: verdicts.write_all(opened, folder, About(places=places()), folder))
    print(f"{rows:,} claims from files: {told:,} verdicts, {clock:.0f} s, {busy:.0f} s of processor, at most {peak():,} MB")


def by_command(rows: int) -> None:
    """That many claims in a CSV file with a sentence for each, through the command, from its start to the file of verdicts."""
    claims = figures(rows).drop(columns=["crisis", "document_id", "value_low", "value_high"])
    moments = claims["published_at"].dt.strftime("%Y-%m-%dT%H:%M:%SZ")
    told = "At least " + claims["value_text"] + " people were counted in " + claims["place_id"] + ", " + claims["claimed_source"] + " said"
    with tempfile.TemporaryDirectory() as name, duckdb.connect() as opened:
        table, verdicts_at = Path(name) / "figures.csv", Path(name) / "discrepancies.csv"
        opened.register("claims", claims.assign(published_at=moments, quote=told))
        columns = (
            "* REPLACE (CAST(as_of AS DATE) AS as_of, CAST(window_start AS DATE) AS window_start, CAST(event_start AS DATE) AS event_start)"
        )
        opened.execute(f"COPY (SELECT {columns} FROM claims) TO '{table}' (HEADER)")  # noqa: S608 -- names of ours
        size, before = table.stat().st_size // 1_000_000, resource.getrusage(resource.RUSAGE_CHILDREN)
        command = [sys.executable, "-c", "from dashboard.cli import main; main()", "compare", str(table), "--out", str(verdicts_at)]
        _, clock, _ = timed(lambda: subprocess.run(command, check=True, capture_output=True))
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    busy = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(
        f"{rows:,} claims in a table of {size} MB: {clock:.0f} s, {busy:.0f} s of processor, at most {after.ru_maxrss // 1024:,} MB",
        flush=True,
    )


def main() -> None:
    """Print a line for each size; growth is told below, as the cost of twice the claims had it been even between two sizes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--million", action="store_true", help="also compare one million claims")
    parser.add_argument("--ten-million", action="store_true", help="compare ten million claims from files")
    parser.add_argument("--rows", type=int, nargs="*", help="numbers of claims instead of the usual ones")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--files", type=int, help="that many claims from files")
    parser.add_argument("--table", type=int, nargs="+", help="that many claims in a CSV file, through the command")
    given = parser.parse_args()
    for size in given.table or ():
        by_command(size)
    if given.table:
        return
    if given.one:
        one_size(given.one)
        return
    if given.files or given.ten_million:
        from_files(given.files or 10_000_000)
        return
    sizes = given.rows or [10_000, 100_000, 200_000, 400_000, *([1_000_000] if given.million else [])]
    print(
        f"{'claims':>10} {'verdicts':>10} {'seconds':>8} {'cpu s':>8} {'judging':>8} {'MB before':>9} {'MB peak':>9} "
        f"{'duckdb':>7} {'pandas':>7} {'100 any':>8} {'anew':>6} {'100 last':>8} {'anew':>6}",
        flush=True,
    )
    busy: list[float] = []
    for size in sizes:
        line = subprocess.run([sys.executable, __file__, "--one", str(size)], check=True, capture_output=True, text=True).stdout
        print(line, end="", flush=True)
        busy.append(float(line.split()[3]))
    for before, after, small, large in zip(sizes, sizes[1:], busy, busy[1:], strict=False):
        print(f"{before:,} to {after:,}: twice the claims cost x{(large / small) ** (np.log(2) / np.log(after / before)):.2f}")


if __name__ == "__main__":
    main()
