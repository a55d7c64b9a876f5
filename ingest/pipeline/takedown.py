"""Erasing a document for good: ledger, archive and snapshots; what stays is a tombstone, and the public note that says why.

    1  the tombstone is written beside the archive: from here on nothing of it is kept again
    2  the ledger: note and erasure in one transaction, then the database is written anew
    3  the archive's bytes: the document's own, and every answer in which its words stand
    4  every snapshot is published again without its words, and those before are removed, with the feeds of digests

Cut short after the first step, the same command carries on.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from ingest import publish as publication
from ingest.alerts.feed import replace_file
from ingest.corrections import Note, documents_of
from ingest.errors import CrosscountError
from ingest.fetch.archive import Archive
from ingest.fetch.replay import Journal
from ingest.fetch.tombstones import Tombstone, Tombstones
from ingest.model import snapshot as layout
from ingest.model.atom import emptied
from ingest.model.records import Document
from ingest.model.vocabulary import CorrectionKind
from ingest.pipeline.assembly import Pipeline, assembled
from ingest.pipeline.traces import Seen, Words, files_with, is_closed
from ingest.publish import versions
from ingest.settings import Settings
from ingest.store import Correction, Ledger
from ingest.store.erasure import Extent
from ingest.store.rows import address_digest


@dataclass(frozen=True, slots=True)
class Plan:
    """What a takedown reaches. `bodies` are hashes in the archive, `sharing` other documents that were read in them, which lose their
    bytes and keep their texts; `elsewhere` are other documents in which its words stand, and which it does not touch; `packed` are those of
    `bodies` in which its words stand packed or drawn, which go whole; `unseen` are files of the archive that could not be looked into, or
    not wholly, and that no text in the ledger was read from, so that nobody knows whether its words stand there.
    """

    documents: tuple[Document, ...]
    figures: int
    bodies: tuple[str, ...]
    sharing: tuple[str, ...]
    elsewhere: tuple[str, ...]
    packed: tuple[str, ...]
    unseen: tuple[str, ...]
    words: Words


def planned(ledger: Ledger, archive: Archive, named: Sequence[str]) -> Plan:
    """What taking down documents, by identity or address, would reach. Raises `ReviewRefused` for an unknown one."""
    documents = tuple(one for identity in documents_of(ledger, named) if (one := ledger.document(identity)) is not None)
    with_figures = [(one, ledger.figures_of(one.document_id)) for one in documents]
    words, mine = Words.of(with_figures), {one.document_id for one in documents}
    bodies = {one.archive_sha256 for one in documents} | {path.name for path in files_with(words, archive.files())}
    others = [one for one in ledger.documents() if one.document_id not in mine]
    elsewhere = [one for one in others if words.stand_in(one.text)]
    read = {one.archive_sha256 for one in ledger.documents() if one.text}
    known = read - {one.archive_sha256 for one in elsewhere}
    closed = [path for path in archive.files() if path.name not in bodies and is_closed(path)]
    seen = {path.name: words.look_into(path, text_known=path.name in known) for path in closed}
    packed = {name for name, shown in seen.items() if shown is Seen.STANDS}
    bodies |= packed
    return Plan(
        documents=documents,
        figures=sum(len(figures) for _, figures in with_figures),
        bodies=tuple(sorted(bodies)),
        sharing=tuple(one.document_id for one in others if one.archive_sha256 in bodies),
        elsewhere=tuple(one.document_id for one in elsewhere),
        packed=tuple(sorted(packed)),
        unseen=tuple(sorted(name for name, shown in seen.items() if shown is Seen.NOT_WHOLLY and name not in read)),
        words=words,
    )


def tombstone(plan: Plan, note: Note, extent: Extent, now: datetime, former: Sequence[Tombstone]) -> Tombstone:
    """What is written down of it; a takedown that was cut short has its own already. Raises `ReviewRefused` without words or a name."""
    documents = tuple(one.document_id for one in plan.documents)
    begun = next((one for one in former if one.documents == documents), None)
    if begun is not None:
        return replace(begun, bodies=tuple(sorted({*begun.bodies, *plan.bodies})))
    entry = Correction(CorrectionKind.TAKEDOWN, (), documents, note.texts, note.who, now)
    addresses = tuple(sorted({address_digest(one.url) for one in plan.documents if one.url}))
    return Tombstone(
        entry.correction_id, documents, plan.bodies, addresses, note.texts, note.who, now, numbers=extent.numbers, address=extent.address
    )


def noted(stone: Tombstone) -> tuple[Correction, Extent]:
    """The public note of a tombstone, and how far it reaches."""
    entry = Correction(CorrectionKind.TAKEDOWN, (), stone.documents, stone.notes, stone.written_by, stone.written_at)
    return entry, Extent(stone.address, stone.numbers)


def take_down(pipeline: Pipeline, plan: Plan, stone: Tombstone, say: Callable[[str], None]) -> None:
    """Erase. `say` is told in sentences what was done, and what could not be."""
    archive, ledger, settings = pipeline.archive, pipeline.intake.ledger, pipeline.settings
    addresses = {one.url for one in plan.documents if one.url} if stone.address else set()
    with pipeline.intake.writer.turn():
        Tombstones(archive.root).add(stone)
        ledger.take_down(*noted(stone))
        if left := ledger.overwrite():
            say(left)
        size = sum(archive.let_go(sha256) for sha256 in stone.bodies)
        if addresses:
            Journal.of(archive).forget(addresses)
    say(f"Erased from the ledger and {len(stone.bodies)} files of the archive ({size:,} bytes).")
    for told in published_anew(settings, pipeline.intake.now):
        say(told)


def published_anew(settings: Settings, now: Callable[[], datetime]) -> Iterator[str]:
    """Publish every crisis again and remove what was published before, here and in the object store; where that fails, all of it.

    Yields what was done, in sentences.
    """
    for root in sorted(path for path in settings.published.glob("*") if path.is_dir() and layout.versions(path)):
        kept = None
        try:
            with assembled(replace(settings, crisis=root.name), now) as pipeline:
                kept = pipeline.publish().path
        except CrosscountError as error:
            yield f"{root.name} could not be published again, so nothing is published for it here until it can: {error}"
            (root / layout.POINTER).unlink(missing_ok=True)
        gone = [path for path in layout.versions(root) if path != kept]
        for path in gone:
            versions.remove(path)
        yield f"{root.name}: {len(gone)} earlier snapshots removed."
        for feed in root.glob(layout.OWN_FEED.format(name="*")):  # what digests told there before quotes reports
            replace_file(feed, emptied(feed.read_bytes()))  # and not removed: so it is emptied wherever it is fetched to as well
            yield f"{root.name}: {feed.name} emptied; it begins anew with the next digest."
        objects = publication.Objects.of(settings, root.name)
        if objects is not None and kept is not None:
            objects.hand_on()


def traces(settings: Settings, words: Words) -> tuple[Path, ...]:
    """Files under the data folder, and among the snapshots, in which the words still stand; what the archive keeps packed was looked into
    before.
    """
    files = [path for path in sorted({*settings.data.rglob("*"), *settings.published.rglob("*")}) if path.is_file()]
    elsewhere = (path for path in files if settings.raw not in path.parents and is_closed(path))
    inside = (path for path in elsewhere if words.look_into(path) is Seen.STANDS)
    return tuple(sorted({*files_with(words, files), *inside}))
