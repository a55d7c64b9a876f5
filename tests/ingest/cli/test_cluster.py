"""`extract --dask` gives the answers of one process, in order, from a real cluster of two worker processes."""

import json
import sys
from collections.abc import Callable, Iterator

import pytest
from click.testing import Result
from distributed import LocalCluster

from ingest.cli import cluster
from ingest.cli.extraction import Answer, in_order

Run = Callable[..., Result]


@pytest.fixture
def workers(request: pytest.FixtureRequest) -> Iterator[LocalCluster]:
    """A scheduler on this machine with as many worker processes as the test says."""
    with LocalCluster(n_workers=request.param, threads_per_worker=1, processes=True, dashboard_address=None) as started:
        yield started


@pytest.mark.parametrize("workers", [2], indirect=True)
def test_a_cluster_reads_the_same_in_the_same_order(crosscount: Run, workers: LocalCluster) -> None:
    """Every line has the answer that one process gives it, a bad line its error, and both workers have read."""
    rows = [{"id": n, "text": f"{n} people were killed in Northvale.", "published": "2024-12-04"} for n in range(2, 900)]
    feed = "\n".join([*map(json.dumps, rows[:450]), "{not json", *map(json.dumps, rows[450:])])
    alone, together = (crosscount("extract", "--jsonl", *where, given=feed) for where in ((), ("--dask", workers.scheduler_address)))
    assert together.stdout == alone.stdout and together.exit_code == alone.exit_code == 4
    values = [one["figures"][0]["value_best"] for line in together.stdout.splitlines() if (one := json.loads(line))["figures"]]
    assert values == list(range(2, 900))
    with workers.get_client() as client:
        read = client.run(lambda dask_worker: dask_worker.state.executed_count)
    assert len(read) == 2 and sum(read.values()) == 9 and all(read.values())  # 899 lines, a hundred at a time


@pytest.mark.parametrize("workers", [0], indirect=True)
def test_a_cluster_without_workers_is_said_to_have_none(crosscount: Run, workers: LocalCluster) -> None:
    """Nothing waits for workers that may never come."""
    done = crosscount("extract", "--dask", workers.scheduler_address, given='{"id": 1, "text": "Two died."}')
    assert done.exit_code == 5 and "has no workers" in done.stderr


def test_a_scheduler_that_does_not_answer_is_named(crosscount: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sentence says which address, and what would start one there."""
    monkeypatch.setattr(cluster, "_PATIENCE", 0.5)
    done = crosscount("extract", "--dask", "tcp://127.0.0.1:9", given='{"id": 1, "text": "Two died."}')
    assert done.exit_code == 5 and "tcp://127.0.0.1:9" in done.stderr and "dask scheduler" in done.stderr


def test_dask_that_is_not_installed_is_named(crosscount: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sentence says how to install it."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    done = crosscount("extract", "--dask", "tcp://127.0.0.1:9", given='{"id": 1, "text": "Two died."}')
    assert done.exit_code == 3 and "crosscount[cluster]" in done.stderr


def test_processes_and_a_cluster_are_not_mixed(crosscount: Run) -> None:
    """A cluster has its own workers, so a number of processes beside it is a misunderstanding."""
    assert crosscount("extract", "--jobs", 2, "--dask", "tcp://127.0.0.1:9", given="").exit_code == 2


def test_no_more_batches_wait_than_allowed() -> None:
    """A long input is handed out as answers come back, so that neither side holds it in memory."""
    waiting, most = set[int](), 0

    class Batch:
        def __init__(self, lines: list[bytes]) -> None:
            nonlocal most
            self.lines = lines
            waiting.add(id(self))
            most = max(most, len(waiting))

        def result(self) -> list[Answer]:
            waiting.discard(id(self))
            return [Answer(line) for line in self.lines]

    lines = [str(number).encode() for number in range(1000)]
    assert [answer.line for answer in in_order(iter(lines), Batch, size=7, ahead=5)] == lines
    assert most == 5
