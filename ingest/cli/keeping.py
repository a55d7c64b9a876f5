"""What the archive holds: `archive`, with `archive prune`, and `replay`, which reads it all again."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

import click

from ingest.cli.frame import Session
from ingest.cli.options import JSON
from ingest.cli.progress import progress, say
from ingest.errors import StoreError, UnreadableDocument
from ingest.fetch.archive import Archive
from ingest.fetch.retention import Retention
from ingest.pipeline.assembly import Pipeline, assembled
from ingest.pipeline.holdings import Share, holdings, let_go, let_texts_go, shares
from ingest.pipeline.intake import Tally
from ingest.pipeline.lock import Writer
from ingest.pipeline.replay import READ, SOUND, Kept, Reread, Verdict, kept, replayed, replayed_by_several
from ingest.pipeline.rereading import Rereading
from ingest.settings import Settings
from ingest.store import Ledger

_MEGABYTE = 1_000_000
_TOLD = 50  # sentences about single documents
_SAID = {
    Verdict.SAME: "read as before",
    Verdict.KEPT: "with their figures found in the text, but not read again",
    Verdict.OTHER_FIGURES: "with other figures, as the rules are now",
    Verdict.OTHER_TEXT: "with another text",
    Verdict.TAKEN_DOWN: "taken down",
    Verdict.NO_BYTES: "without their bytes",
    Verdict.UNREADABLE: "unreadable",
}


@click.group(invoke_without_command=True)
@JSON
@click.pass_context
def archive(context: click.Context, as_json: bool) -> None:
    """Tell how large the archive is, by source and licence."""
    if context.invoked_subcommand is not None:
        return
    settings = context.obj.settings
    kept_bytes = Archive(settings.raw)
    with Ledger.open(settings.database) as ledger:
        found = shares(holdings(kept_bytes, ledger), kept_bytes)
    if as_json:
        click.echo(json.dumps([_fields(share) for share in found], ensure_ascii=False, indent=2))
        return
    for share in found:
        since = f"{share.oldest:%Y-%m-%d} to {share.newest:%Y-%m-%d}"
        away = [f"{count} {words}" for count, words in ((share.gone, "let go"), (share.taken_down, "taken down")) if count]
        held = ", ".join((f"{share.bytes / _MEGABYTE:,.1f} MB in {share.bodies} files", *away))
        click.echo(f"{share.source or 'others'}: {held}, {since}. {share.licence}")
    size, count = kept_bytes.total()
    click.echo(f"{size / _MEGABYTE:,.1f} MB in {count} files under {settings.raw}")


@archive.command()
@click.option("--dry-run", is_flag=True, help="Only say what would go.")
@click.pass_obj
def prune(session: Session, dry_run: bool) -> None:
    """Let go what is older than `[retention]` in settings.toml allows: bytes, and texts where their licence says so; figures stay."""
    settings = session.settings
    retention = Retention.parse(settings.retention)
    with Ledger.open(settings.database) as ledger:
        bodies, size = let_go(Archive(settings.raw), ledger, retention, session.now(), only_tell=dry_run)
        with closing(Writer(settings)) as writer, writer.turn():
            texts, left = let_texts_go(ledger, retention, session.now(), only_tell=dry_run)
    done = "would go" if dry_run else "let go"
    click.echo(f"{bodies} files, {size / _MEGABYTE:,.1f} MB {done}" + (f", {texts} texts {done}" if texts else ""))
    if left:
        say(left)


@click.command()
@click.option("--source", default="", help="Only what came through this source.")
@click.option("--jobs", type=click.IntRange(min=1), default=1, show_default=True, help="Processes to read with.")
@click.option("--into", type=click.Path(file_okay=False, path_type=Path), default=None, help="Also write a new ledger in this folder.")
@JSON
@click.pass_obj
def replay(session: Session, source: str, jobs: int, into: Path | None, as_json: bool) -> None:
    """Read every archived report again, offline, and tell whether texts and figures are what they were.

    The exit code is 4 where bytes give another text than they did or cannot be read, 6 where bytes are missing.
    """
    counts, notes = Counter[Verdict](), list[str]()
    settings = session.settings
    with Ledger.open(settings.database) as ledger, progress("documents read", None) as advance:
        if into is None:
            for one in _counted(_read(kept(ledger, source), settings, jobs), counts, notes):
                del one
                advance(1)
        else:
            with assembled(settings, session.now, into) as pipeline:
                _write(pipeline, _counted(_read(kept(ledger, source), settings, jobs), counts, notes))
    for note in notes[:_TOLD]:
        say(note)
    if as_json:
        click.echo(json.dumps({verdict.value: counts[verdict] for verdict in Verdict}))
    else:
        told = [f"{counts[verdict]} {words}" for verdict, words in _SAID.items() if counts[verdict]]
        click.echo(f"{counts.total()} documents: {', '.join(told) or 'none is there'}.")
    if counts[Verdict.NO_BYTES]:
        raise StoreError(f"{counts[Verdict.NO_BYTES]} documents have no bytes in the archive any more; their texts are in the ledger.")
    if unsound := sum(count for verdict, count in counts.items() if verdict not in SOUND):
        raise UnreadableDocument(f"{unsound} documents are not read as they were; the lines above name them.")


def _read(documents: Iterable[Kept], settings: Settings, jobs: int) -> Iterator[Reread]:
    from ingest.pipeline.opening import reader_of  # noqa: PLC0415 -- takes a second that `archive` need not wait

    if jobs > 1:
        return replayed_by_several(documents, settings, jobs)
    reader = reader_of(settings)
    return replayed(documents, Archive(settings.raw), reader, Rereading.of(settings, reader.gazetteer))


def _counted(documents: Iterable[Reread], counts: Counter[Verdict], notes: list[str]) -> Iterator[Reread]:
    for one in documents:
        counts[one.verdict] += 1
        if one.note:
            notes.append(one.note)
        yield one


def _write(pipeline: Pipeline, documents: Iterable[Reread]) -> Tally:
    """Keep what was read again in the pipeline's own ledger, as if it had just come in."""
    with pipeline.intake.run("replay", "") as run:
        for one in documents:
            if one.verdict in READ:
                pipeline.intake.keep(one.document, one.figures, (), run)
        return run.tally


def _fields(share: Share) -> dict[str, object]:
    times = {"oldest": share.oldest.isoformat(), "newest": share.newest.isoformat()}
    counts = {name: getattr(share, name) for name in ("answers", "bodies", "bytes", "gone", "taken_down")}
    return {"source": share.source, "licence": share.licence, **counts, **times}
