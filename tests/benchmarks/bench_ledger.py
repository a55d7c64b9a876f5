"""How long figures take from the ledger to a page, how much memory and disk, and how it grows with their number. Not a test.

Usage: python tests/benchmarks/bench_ledger.py [--million] [--ten-million] [--figures N ...] [--postgres] [--folder FOLDER]

Every step is a process of its own, so that its peak memory is its own: figures enter the ledger in documents of a hundred; the same
documents are handed in again; the ledger is published whole; again after a hundred figures of the last days came in ten documents,
again with nothing new, and again after nothing but a run; a web worker is started and asked for its first page. Everything goes through
the code that the program runs, on SQLite or on the PostgreSQL of the tests.

The claims are those of `bench_compare`, of a year at the most: what does not fit into it is of another region, with divisions of its own.
Of more than `LOADED` figures all but the last hundred thousand are put into an SQLite file in bulk (`load`), so that what is told of
`insert` is what the last ones cost.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any, Self

import numpy as np
from bench_compare import DIVISIONS, TOWNS_EACH
from ledgers import END, LOADED, PER_DOCUMENT, YEAR, fill, parts_of, reports

from ingest.model.crisis import Crisis, load_crisis
from ingest.model.records import Document, Figure
from ingest.places import Gazetteer
from ingest.places.place import Kind as Place
from ingest.places.tidy import PLACE_COLUMNS, PlaceRow, write_rows
from ingest.publish import current, publish
from ingest.settings import Settings, load
from ingest.store import Ledger

NEWS = 100  # figures of a refresh, in ten documents
CRISIS = """
id = "bench"
title = { en = "Bench", ar = "Bench" }
country = "BEN"
timezone = "UTC"
start = 2020-01-01
gazetteer = ["bench"]
"""


@dataclass(frozen=True, slots=True)
class Site:
    """Where one size lies, and what is around its ledger."""

    folder: Path
    rows: int
    database: str

    @property
    def settings(self) -> Settings:
        """Settings whose data folder is this one."""
        return load({"CROSSCOUNT_DATABASE": self.database, "CROSSCOUNT_CRISIS": "bench"}, self.folder)

    @property
    def loaded(self) -> bool:
        """Whether all but its last figures are put there in bulk."""
        return self.rows > LOADED and self.database.startswith("sqlite")

    @property
    def crisis(self) -> Crisis:
        """The crisis of the made-up claims."""
        return load_crisis(self.settings.crisis_file, {})

    def prepare(self) -> None:
        """Write the crisis file and its places."""
        (self.folder / "crises").mkdir(parents=True, exist_ok=True)
        (self.folder / "crises" / "bench.toml").write_text(CRISIS, encoding="utf-8")
        rows = [PlaceRow("C", 0, "Country", "", "", 10.0, 10.0, Place.COUNTRY, 5, "bench")]
        for division in range(DIVISIONS * -(-self.rows // YEAR)):
            rows.append(PlaceRow(f"A{division}", 1, f"Division {division}", "", "C", 10.0, 10.0, Place.ADM1, 4, "bench"))
            rows += [
                PlaceRow(f"A{division}T{town}", 4, f"Town {division}-{town}", "", f"A{division}", 10.0, 10.0, Place.COMMUNITY, 3, "bench")
                for town in range(TOWNS_EACH)
            ]
        write_rows(self.folder / "places.csv", rows, PLACE_COLUMNS)

    def publish(self, ledger: Ledger, hour: int) -> Any:
        """A publication so many hours after the last report."""
        gazetteer = Gazetteer.load([self.folder / "places.csv"])
        return publish(ledger, self.settings, self.crisis, gazetteer, (), END + timedelta(hours=hour))


Cost = tuple[float, float]  # seconds on the clock, and of processor
Steps = Mapping[str, Callable[[Site], Cost]]


@dataclass(slots=True)
class Watch:
    """Seconds on the clock and of processor while its block runs, summed over blocks."""

    clock: float = 0.0
    busy: float = 0.0

    def __enter__(self) -> Self:
        self.clock -= time.perf_counter()
        self.busy -= time.process_time()
        return self

    def __exit__(self, *_: object) -> None:
        self.clock += time.perf_counter()
        self.busy += time.process_time()

    @property
    def cost(self) -> Cost:
        """What came together."""
        return self.clock, self.busy


def in_bulk(site: Site) -> Cost:
    """All documents of a large ledger but the last."""
    if not site.loaded:
        return 0.0, 0.0
    with Ledger.open(site.database), Watch() as watch:
        fill(site.folder / "ledger.sqlite", site.rows)
    return watch.cost


def insert(site: Site) -> Cost:
    """All documents into the ledger, each part of the archive in the order of its days; the making of them is not counted."""
    watch, parts = Watch(), parts_of(site.rows)
    with Ledger.open(site.database) as ledger:
        for part in range(len(parts))[-1 if site.loaded else 0 :]:
            documents, found = _listed(reports(parts[part], part, site.rows))
            with watch:
                ledger.add(documents, found, END)
    return watch.cost


def one_by_one(site: Site) -> Cost:
    """A thousand more documents of one figure, each in its transaction, as a refresh adds them."""
    made = list(reports(1000, 10**6, site.rows, each=1))
    with Ledger.open(site.database) as ledger, Watch() as watch:
        for document, found in made:
            ledger.add([document], found, END)
    return watch.cost


def again(site: Site) -> Cost:
    """The last part once more, as one list and then each document as the program asks for it: known, so left alone."""
    last = len(parts_of(site.rows)) - 1
    documents, found = _listed(reports(parts_of(site.rows)[last], last, site.rows))
    with Ledger.open(site.database) as ledger, Watch() as watch:
        added = ledger.add(documents, found, END)
        assert not added.documents
        assert not added.figures
        for document in documents:
            assert ledger.document(document.document_id) is not None
    return watch.cost


def whole(site: Site) -> Cost:
    """A publication with none before it."""
    return _published(site, 0)


def news(site: Site) -> Cost:
    """A publication after a hundred figures came."""
    documents, found = _listed(reports(NEWS, 10**6 + 1, site.rows, each=NEWS // 10, last=True))
    with Ledger.open(site.database) as ledger:
        ledger.add(documents, found, END + timedelta(hours=1))
    return _published(site, 1)


def nothing(site: Site) -> Cost:
    """A publication with nothing new."""
    return _published(site, 2)


def run(site: Site) -> Cost:
    """A publication after a source was asked and had nothing."""
    with Ledger.open(site.database) as ledger:
        ledger.finish_run(ledger.begin_run("refresh", "bench", END), "ok", {}, "", END)
    return _published(site, 3)


def worker(site: Site) -> Cost:
    """From nothing to the first page of a web worker, and its data."""
    with Watch() as watch:
        from dashboard.app import create_app  # noqa: PLC0415 -- the time it takes is part of it

        answer = create_app(site.settings).server.test_client().get("/?crisis=bench")
    assert answer.status_code == 200
    assert b"Bench" in answer.data
    return watch.cost


def _published(site: Site, hour: int) -> Cost:
    with Ledger.open(site.database) as ledger, Watch() as watch:
        site.publish(ledger, hour)
    return watch.cost


def _listed(made: Iterator[tuple[Document, list[Figure]]]) -> tuple[list[Document], list[Figure]]:
    documents, found = zip(*made, strict=True)
    return list(documents), [figure for read in found for figure in read]


STEPS: Steps = {
    "load": in_bulk, "insert": insert, "again": again, "one by one": one_by_one, "publish": whole, "100 new": news, "nothing": nothing,
    "a run": run, "worker": worker,
}  # fmt: skip


def one_step(site: Site, name: str) -> None:
    """Run a step and print seconds and peak memory in MB."""
    seconds, busy = STEPS[name](site)
    print(json.dumps([seconds, busy, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024]), flush=True)
    os._exit(0)  # a web worker goes on laying out the snapshot it shows


def one_size(site: Site) -> dict[str, float]:
    """Run every step on one size, print a line for each, and return their seconds of processor."""
    site.prepare()
    print(f"\n{site.rows:,} figures in {site.rows // PER_DOCUMENT:,} documents", flush=True)
    taken: dict[str, float] = {}
    for name in STEPS:
        command = [sys.executable, __file__, "--step", name, "--figures", str(site.rows), "--folder", str(site.folder)]
        told = subprocess.run(
            command, check=True, stdout=subprocess.PIPE, text=True, env={**os.environ, "CROSSCOUNT_DATABASE": site.database}
        )
        clock, taken[name], memory = json.loads(told.stdout.splitlines()[-1])
        each = taken[name] / (parts_of(site.rows)[-1] if name == "again" or (name == "insert" and site.loaded) else site.rows) * 1e6
        print(f"  {name:12} {clock:9.2f} s {taken[name]:9.2f} s of processor {each:9.1f} µs a figure {memory:8,} MB", flush=True)
    folder = current(site.settings.published / "bench")
    assert folder is not None
    ledger = sum(path.stat().st_size for path in site.folder.glob("ledger*"))
    sizes = {"ledger": ledger, "version": _size([folder]), "all versions": _size(folder.parent.iterdir())}
    print("  on disk      " + ", ".join(f"{name} {size / 1e6:,.0f} MB" for name, size in sizes.items()), flush=True)
    return taken


def _size(folders: Any) -> int:
    """Bytes that files take, each once however many names it has."""
    found = {one.stat().st_ino: one.stat().st_size for folder in folders for one in Path(folder).rglob("*") if one.is_file()}
    return sum(found.values())


def main() -> None:
    """Print a block for each size, then what ten times the figures cost between two sizes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--million", action="store_true", help="also one million figures")
    parser.add_argument("--ten-million", action="store_true", help="only ten million figures")
    parser.add_argument("--figures", type=int, nargs="*", help="numbers of figures instead of the usual ones")
    parser.add_argument("--postgres", action="store_true", help="on the PostgreSQL of the tests")
    parser.add_argument("--folder", type=Path, help="where to keep what is made; otherwise it is removed")
    parser.add_argument("--step", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.step:
        one_step(Site(given.folder, given.figures[0], os.environ["CROSSCOUNT_DATABASE"]), given.step)
        return
    sizes_given = given.figures or ([10_000_000] if given.ten_million else [10_000, 100_000, *([1_000_000] if given.million else [])])
    taken = []
    for size in sizes_given:
        with tempfile.TemporaryDirectory(prefix="crosscount-bench-") as made:
            folder = (given.folder or Path(made)) / str(size)
            database = _server() if given.postgres else f"sqlite:///{folder / 'ledger.sqlite'}"
            taken.append(one_size(Site(folder, size, database)))
    print(f"\nprocessor for twice the figures   {''.join(f'{name:>12}' for name in STEPS)}")
    for (small, less), (large, more) in pairwise(zip(sizes_given, taken, strict=True)):
        power = np.log(2) / np.log(large / small)
        grown = [(more[name] / less[name]) ** power if less[name] and more[name] else np.nan for name in STEPS]
        print(f"{small:>12,} to {large:>12,}      {''.join(f'{one:>12.2f}' for one in grown)}")


def _server() -> str:
    """A new database on the server that the tests start."""
    sys.path.insert(0, str(Path(__file__).parents[1] / "ingest" / "store"))
    from postgres_server import fresh_database  # noqa: PLC0415 -- only where it is asked for

    url: str = fresh_database()
    return url


if __name__ == "__main__":
    main()
