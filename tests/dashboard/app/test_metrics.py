"""/metrics is what Prometheus reads, and tells what the pages tell."""

import re

from flask.testing import FlaskClient

SAMPLE = re.compile(r'^([a-z_]+)(?:\{((?:[a-z_]+="(?:[^"\\\n]|\\.)*",?)*)\})? (-?[0-9.e+]+)$')


def _samples(client: FlaskClient) -> dict[tuple[str, str], float]:
    """Every sample by name and labels; each line must be one, or a comment about it."""
    answer = client.get("/metrics")
    assert answer.content_type == "text/plain; version=0.0.4; charset=utf-8"
    lines = answer.get_data(as_text=True).splitlines()
    found = [SAMPLE.match(line) for line in lines if not line.startswith("#")]
    assert all(found)
    typed = {line.split()[2] for line in lines if line.startswith("# TYPE ")}
    assert {one[1] for one in found if one} <= typed and lines == [*dict.fromkeys(lines)]
    return {(one[1], one[2] or ""): float(one[3]) for one in found if one}


def test_sources_runs_and_snapshot_are_numbers(client: FlaskClient) -> None:
    """The failing source with its state, since when, and how late; rows by table; runs by how they ended."""
    told = _samples(client)
    assert told["crosscount_source_state", 'source="reliefweb",state="failing"'] == 1
    assert told["crosscount_source_freshness", 'source="reliefweb",freshness="delinquent"'] == 1
    assert told["crosscount_source_failing_since_timestamp_seconds", 'source="reliefweb"'] > 1.7e9
    assert told["crosscount_snapshot_rows", 'table="figures"'] > 0
    assert told["crosscount_runs", 'verb="ingest",source="sample",outcome="ok"'] == 1
    assert told["crosscount_last_run_seconds", 'source="sample"'] == 0


def test_answers_are_counted_by_status(client: FlaskClient) -> None:
    """A page that is not there counts under 404."""
    key = ("crosscount_http_answers_total", 'status="404"')
    before = _samples(client).get(key, 0)
    assert client.get("/export/nothing-of-the-kind.csv").status_code == 404
    assert _samples(client)[key] == before + 1


def test_without_a_snapshot_that_is_what_it_tells(empty_client: FlaskClient) -> None:
    """An installation where nothing is published yet is still watched."""
    told = _samples(empty_client)
    assert told["crosscount_snapshot_ready", ""] == 0 and not any(name.startswith("crosscount_source") for name, _ in told)
