"""What brings reports in and puts snapshots out: `ingest`, `refresh`, `publish`."""

import json
import sys
import threading
from datetime import datetime, timedelta
from pathlib import Path

import click

from ingest.cli.frame import Session
from ingest.cli.options import COLUMNS, JSON, LANGUAGE, PUBLISHED, PUBLISHER, since, stretch
from ingest.cli.progress import progress, say
from ingest.cli.stopping import terminated_like_interrupted
from ingest.errors import CrosscountError, SourceUnavailable, UnreadableDocument
from ingest.pipeline.assembly import assembled
from ingest.pipeline.hand_in import Given, Handed, HandIn
from ingest.pipeline.intake import Tally
from ingest.pipeline.refresh import Refresher
from ingest.schedule import Background
from ingest.store.imported import read_mapping, shipped
from ingest.text.moment import in_utc

_STANDARD_INPUT = "-"
_LOOKS = 0.5  # seconds between two looks whether somebody wants to stop


@click.command()
@click.argument("things", nargs=-1, required=True, metavar="PATH|URL|-...")
@PUBLISHER
@PUBLISHED
@LANGUAGE
@click.option("--url", default="", help="Address it was taken from, for a single report.")
@click.option("--title", default="", help="Title, for a single report that has none.")
@COLUMNS
@JSON
@click.pass_obj
def ingest(  # noqa: PLR0917  # click passes options by name
    session: Session,
    things: tuple[str, ...],
    publisher: str,
    published: datetime | None,
    language: str,
    url: str,
    title: str,
    columns: Path | None,
    as_json: bool,
) -> None:
    """Read reports into the ledger: files, folders, zips, tables, addresses, or `-` for standard input.

    Text, HTML, PDF and DOCX are read as reports, CSV and XLSX as tables. What a file says of itself in its first lines outranks the
    options. Reading the same report again adds nothing. Tables have the published columns or headings like theirs; `--columns`
    explains others.
    `crosscount publish` then shows what is new.
    """
    tally, failures = Tally(), list[CrosscountError]()
    with assembled(session.settings, session.now) as pipeline, progress("reports read", None) as advance:
        given = Given(publisher, published, language, url, title, read_mapping(columns) if columns else shipped())
        hand_in = HandIn(pipeline, given, lambda _: advance(1), say)
        for thing in things:
            try:
                handed = _hand_in(hand_in, thing)
            except (UnreadableDocument, SourceUnavailable) as error:
                failures.append(error)
                continue
            tally += handed.tally
            failures += map(UnreadableDocument, handed.refused)
    if as_json:
        click.echo(json.dumps({**_counts(tally), "refused": [str(failure) for failure in failures]}, ensure_ascii=False))
    else:
        click.echo(f"{tally}.")
    if failures:
        for failure in failures[:-1]:
            say(f"crosscount: {failure}")
        raise failures[-1]


@click.command()
@click.option("--source", "names", multiple=True, help="Only this source; may be given several times.")
@click.option("--since", "start", type=since, metavar="DATE", default=None, help="Reports published since then, such as 2024-12-02.")
@click.option("--every", type=stretch, metavar="TIME", default=None, help="Go on until stopped: look every so often, such as 15m.")
@click.option("--due", is_flag=True, help="Ask those whose time has come, publish what is new, and end; for a scheduler of the system.")
@JSON
@click.pass_obj
def refresh(session: Session, *, names: tuple[str, ...], start: datetime | None, every: timedelta | None, due: bool, as_json: bool) -> None:
    """Ask the sources of the crisis for new reports, all at the same time. `crosscount publish` then shows what is new.

    A source that fails costs only its own new reports; the exit code is 5 when one failed. With `--every` it goes on until it is
    stopped, asks each source at that source's own pace, and publishes what is new; `--due` does one round of that.
    """
    if every is not None or due:
        if names or start or as_json or (every and due):
            raise click.UsageError("--every and --due, one of them, ask all sources at their own pace; leave the other options out.")
        _one_round(session) if every is None else _go_on(session, every)
        return
    with assembled(session.settings, session.now) as pipeline:
        modules = pipeline.chosen(names) if names else pipeline.configured()
        lacking = [] if names else [name for name in pipeline.crisis.sources if name in pipeline.sources and pipeline.missing(name)]
        for name in lacking:
            say(f"{name}: not asked, it needs {' and '.join(pipeline.missing(name))}")
        refresher = Refresher(
            pipeline.settings, pipeline.crisis, pipeline.intake, lambda name, told: say(f"{name}: {told}"), threading.Event()
        )
        say(f"asking {', '.join(modules) or 'nobody'}")
        outcomes = refresher.refresh(modules, in_utc(start, pipeline.crisis.timezone) if start else None)
    for outcome in outcomes:
        say(f"{outcome.source}: {outcome.failure or outcome.tally}")
    tally = sum((outcome.tally for outcome in outcomes), Tally())
    if as_json:
        told = [{"source": one.source, "failure": one.failure or None, **_counts(one.tally)} for one in outcomes]
        click.echo(json.dumps(told, ensure_ascii=False))
    else:
        click.echo(f"{tally}.")
    failed = [outcome for outcome in outcomes if outcome.failure]
    if failed:
        raise SourceUnavailable(f"{len(failed)} of {len(outcomes)} sources could not be read; everything the others brought is kept.")


def _one_round(session: Session) -> None:
    """One round of what `--every` goes on with. A source that fails is told, and is no failure of the round."""
    with assembled(session.settings, session.now) as pipeline, terminated_like_interrupted():
        background = Background.of(pipeline, say, threading.Event())
        background.round(pipeline.published_at())
        for turn in background.turned():
            say(f"{turn}")
        if not pipeline.published():  # what was cut short, or read by hand
            background.publish()
        background.write()


def _go_on(session: Session, every: timedelta) -> None:
    """Refresh and publish until somebody stops it."""
    with assembled(session.settings, session.now) as pipeline, terminated_like_interrupted():
        stop = threading.Event()
        background = Background.of(pipeline, say, stop, every, session.views)
        say(f"refreshing {', '.join(background.modules) or 'nobody'} until stopped")
        thread = background.start()
        try:
            while thread.is_alive():
                thread.join(_LOOKS)
        finally:
            stop.set()
            thread.join()


@click.command()
@click.option("--whole", is_flag=True, help="Read all of the ledger and write every file anew, not only what changed.")
@JSON
@click.pass_obj
def publish(session: Session, whole: bool, as_json: bool) -> None:
    """Write the ledger as a new snapshot, which the dashboard then shows; where nothing changed, the old one stays."""
    with assembled(session.settings, session.now) as pipeline:
        snapshot = pipeline.publish(whole=whole)
    if as_json:
        told = {"id": snapshot.id, "path": str(snapshot.path), "rows": dict(snapshot.tables), "changed": snapshot.changed}
        click.echo(json.dumps(told))
        return
    rows = snapshot.tables
    news = "published" if snapshot.changed else "nothing new; the snapshot is"
    click.echo(f"{news} {snapshot.id}: {rows['figures']} figures of {rows['documents']} documents, {rows['discrepancies']} comparisons")


def _hand_in(hand_in: HandIn, thing: str) -> Handed:
    if thing == _STANDARD_INPUT:
        return hand_in.content(sys.stdin.buffer.read(), "standard input")
    if thing.startswith(("http://", "https://")):
        return hand_in.address(thing)
    return hand_in.path(Path(thing))


def _counts(tally: Tally) -> dict[str, int]:
    return {name: getattr(tally, name) for name in ("documents", "figures", "known", "rejected", "unread")}
