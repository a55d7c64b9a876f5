"""Nothing is lost and nothing is believed blindly: `backup`, `restore`, and `verify`, which follows what is published to its bytes."""

import json
from collections import Counter
from itertools import chain
from pathlib import Path

import click

from ingest.cli.frame import Session
from ingest.cli.options import JSON
from ingest.cli.progress import progress, say
from ingest.errors import SettingsError, StoreError, UnreadableDocument
from ingest.fetch.archive import Archive
from ingest.fetch.retention import Retention, expired
from ingest.fetch.tombstones import Tombstones
from ingest.model import snapshot as layout
from ingest.pipeline.backup import Description, back_up
from ingest.pipeline.holdings import holdings
from ingest.pipeline.opening import crisis_of
from ingest.pipeline.provenance import SOUND, Finding, Provenance
from ingest.pipeline.restore import Restore
from ingest.store import Ledger

_TOLD = 50  # sentences about single figures
_SAID = {
    Finding.FOUND: "figures found word for word in their archived bytes",
    Finding.LET_GO: "whose bytes were let go as [retention] says",
    Finding.TAKEN_DOWN: "whose document, or the bytes it shared with one, was taken down",
    Finding.FILE_CHANGED: "published files changed",
    Finding.NOT_IN_LEDGER: "figures not as the ledger has them",
    Finding.NO_BYTES: "figures without their bytes",
    Finding.UNREADABLE: "figures whose bytes give no text",
    Finding.NOT_IN_TEXT: "figures not where they are said to stand",
}
_OF_THE_TEXT = frozenset({Finding.UNREADABLE, Finding.NOT_IN_TEXT})


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Replace a file of that name.")
@JSON
@click.pass_obj
def backup(session: Session, file: Path, force: bool, as_json: bool) -> None:
    """Write ledger, archive, settings and crisis files into one FILE, checked and readable by its owner alone.

    Nobody has to stop for it. Snapshots are left out: `crosscount publish` makes them again, byte for byte.
    """
    with progress("files backed up", None) as advance:
        written = back_up(session.settings, file, session.now(), advance, force=force)
    _describe(written, f"{file}, {file.stat().st_size / 1e6:,.1f} MB", as_json=as_json)


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Where something is there already, move it aside.")
@click.option("--no-settings", is_flag=True, help="Leave the settings.toml of the backup out.")
@JSON
@click.pass_obj
def restore(session: Session, file: Path, force: bool, no_settings: bool, as_json: bool) -> None:
    """Put the backup FILE into the data folder and the ledger in force; `crosscount publish` then shows it.

    All of it is unpacked and checked before anything is moved. A restore that is cut short is carried on by the next command.
    """
    restoring = Restore.begin(session.settings, session.now())
    with progress("files restored", None) as advance:
        restored = restoring.restore(file, advance, force=force, with_settings=not no_settings)
    _describe(restored, f"restored as of {restored.created_at}", as_json=as_json)
    if Tombstones(session.settings.raw).files():
        say("What was taken down is taken down in what was restored, too.")
    aside = session.settings.data / restoring.aside
    if aside.is_dir():
        say(f"What was there before is in {aside}.")


def _describe(described: Description, where: str, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({"created_at": described.created_at, "rows": described.rows, "files": len(described.files)}))
    else:
        rows = described.rows
        click.echo(f"{where}: {rows['documents']} documents, {rows['figures']} figures, {len(described.files)} files.")


@click.command()
@JSON
@click.pass_obj
def verify(session: Session, as_json: bool) -> None:
    """Follow every published figure back to its archived bytes: their hash, their text, and the quote at its place in it.

    The exit code is 6 where bytes are missing or damaged or something published is not what it was, 4 where only a quote or number
    does not stand in the text of its bytes.
    """
    settings = session.settings
    crisis = crisis_of(settings).id
    folder = layout.current(settings.published / crisis)
    if folder is None:
        raise SettingsError(f"Nothing is published for {crisis!r} yet, so there is nothing to verify; run crosscount publish.")
    archive, counts, notes = Archive(settings.raw), Counter[Finding](), list[str]()
    retention = Retention.parse(settings.retention)
    with Ledger.open(settings.database) as ledger, progress("figures verified", layout.manifest(folder).rows["figures"]) as advance:
        gone = expired(holdings(archive, ledger), retention, session.now()) if settings.retention else ()
        provenance = Provenance(folder, ledger, archive, frozenset(gone))
        for one in chain(provenance.files(), provenance.figures()):
            counts[one.finding] += one.figures or 1
            notes += [one.note] if one.note and len(notes) < _TOLD else []
            advance(one.figures)
    for note in notes:
        say(note)
    if as_json:
        click.echo(json.dumps({"snapshot": folder.name, **{finding.value: counts[finding] for finding in Finding}}))
    else:
        told = [f"{counts[finding]} {words}" for finding, words in _SAID.items() if counts[finding]]
        click.echo(f"{folder.name}: {', '.join(told) or 'no figure is published'}.")
    _judge(counts)


def _judge(counts: Counter[Finding]) -> None:
    """End with an error where something is wrong."""
    faults = {finding: count for finding, count in counts.items() if finding not in SOUND}
    if not faults:
        return
    kind = UnreadableDocument if set(faults) <= _OF_THE_TEXT else StoreError
    raise kind(f"{sum(faults.values())} could not be followed back; the lines above name the first and say what to do.")
