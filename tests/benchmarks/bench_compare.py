"""How fast claims are aligned and classified, and how the time grows with their number. Not a test: it prints a table.

Usage: python tests/benchmarks/bench_compare.py [--million] [--rows N ...]

The claims are made up like a real year of reports: a dozen voices of which a handful speak of any one place, running totals with
a breakdown by group, daily counts and single incidents, about a third of the rows being relays of another row's claim.
"""

import argparse
import resource
import time

import numpy as np
import pandas as pd

from ingest.compare import compare

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


def figures(rows: int, seed: int = 0) -> pd.DataFrame:
    """That many claims. The time they span grows with their number, as an archive does; the density of a day does not."""
    random = np.random.default_rng(seed)
    days = max(10, rows // 1500)
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
    identity = np.array([f"f{number:09d}" for number in range(rows)], dtype=object)
    voices = np.array([f"voice_{number}" for number in range(VOICES)], dtype=object)
    relays = np.array([f"relay_{number}" for number in range(RELAYS)], dtype=object)
    place = [f"A{a}T{t}" if one else f"A{a}" for a, t, one in zip(division, town, incident, strict=True)]
    first = pd.Series(np.arange(rows)).groupby(pd.Series(claim)).transform("min").to_numpy()
    return pd.DataFrame(
        {
            "figure_id": identity,
            "claim_id": identity[first],
            "document_id": np.char.add("d", (np.arange(rows) // 3).astype(str)).astype(object),
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


def main() -> None:
    """Print rows, verdicts, seconds, processor seconds and rows in one, growth against the row above, and peak memory so far."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--million", action="store_true", help="also compare one million claims")
    parser.add_argument("--rows", type=int, nargs="*", help="numbers of claims instead of the usual ones")
    given = parser.parse_args()
    sizes = given.rows or [10_000, 100_000, *([1_000_000] if given.million else [])]
    print(f"{'claims':>10} {'verdicts':>10} {'seconds':>9} {'cpu s':>7} {'claims/s':>10} {'growth':>8} {'peak MB':>9}")
    before: tuple[int, float] | None = None
    for size in sizes:
        table, country = figures(size), places()
        start, busy = time.perf_counter(), time.process_time()
        found = compare(table, places=country)
        elapsed, seconds = time.perf_counter() - start, time.process_time() - busy
        # time for twice the claims, had the growth between the two sizes been even
        growth = f"x{(seconds / before[1]) ** (np.log(2) / np.log(size / before[0])):.2f}" if before else ""
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{size:>10,} {len(found):>10,} {elapsed:>9.2f} {seconds:>7.2f} {size / seconds:>10,.0f} {growth:>8} {peak:>9,.0f}")
        before = (size, seconds)


if __name__ == "__main__":
    main()
