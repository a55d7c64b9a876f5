"""What was run, what came of it, and why something was rejected: `runs`."""

import json
from dataclasses import asdict
from typing import Any

import click

from ingest.cli.frame import Session
from ingest.cli.options import JSON
from ingest.errors import SettingsError
from ingest.store import Ledger, Run

_ALL = 1_000_000  # runs looked through for one source


@click.command()
@click.argument("run_id", default="", required=False)
@click.option("--source", default="", help="Only runs of this source.")
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="How many, the newest first.")
@JSON
@click.pass_obj
def runs(session: Session, run_id: str, source: str, limit: int, as_json: bool) -> None:
    """List the newest runs: what was fetched, new, changed, gone and rejected, in how many seconds and bytes.

    With a RUN_ID, that run with its whole log: what was rejected or passed over, and why.
    """
    with Ledger.open(session.settings.database) as ledger:
        wide = _ALL if run_id or source else limit
        found = [run for run in ledger.runs(wide) if (not run_id or run.run_id == run_id) and (not source or run.source == source)]
        if run_id and not found:
            raise SettingsError(f"There is no run {run_id!r} in the ledger; crosscount runs lists them.")
        told = [_fields(run) | ({"log": [asdict(line) for line in ledger.run_log(run.run_id)]} if run_id else {}) for run in found[:limit]]
    if as_json:
        click.echo(json.dumps(told[0] if run_id else told, ensure_ascii=False, indent=2))
        return
    for run in told:
        _tell(run)


def _tell(run: dict[str, Any]) -> None:
    lasted = f" in {run['seconds']:.1f} s" if run["seconds"] is not None else ""
    click.echo(f"{run['started_at']} {run['verb']} {run['source'] or '-'}: {run['outcome']}{lasted} ({run['run_id']})")
    counts = ", ".join(f"{run[name]:,} {words}" for name, words in _COUNTED.items() if run[name])
    click.echo(f"    {counts or 'nothing fetched, nothing new'}")
    if run["outcome"] == "failed":
        click.echo(f"    {run['message']}")
    for line in run.get("log", ()):
        click.echo(f"    {line['level']}: {line['subject']}: {line['reason']}")


_COUNTED = {
    "fetched": "answers fetched",
    "unchanged": "of them unchanged",
    "bytes": "bytes",
    "documents_new": "documents new",
    "changed": "of them changed",
    "known": "known before",
    "vanished": "gone",
    "figures_new": "figures new",
    "rejected": "readings rejected",
}


def _fields(run: Run) -> dict[str, Any]:
    """A run for a script: times in ISO 8601, its length in seconds, None while it is not over."""
    started, finished = run.started_at, run.finished_at
    return asdict(run) | {
        "started_at": started.isoformat(timespec="seconds"),
        "finished_at": finished.isoformat(timespec="seconds") if finished else None,
        "seconds": (finished - started).total_seconds() if finished else None,
    }
