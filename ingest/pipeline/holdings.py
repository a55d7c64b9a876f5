"""What the archive holds and why: every fetch its journal knows, and every document that was handed in. Its size, and what may go."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from ingest.fetch.archive import Archive
from ingest.fetch.replay import Journal
from ingest.fetch.retention import Holding, Retention, expired
from ingest.model.records import Document
from ingest.store import Ledger

_HALF_WRITTEN = timedelta(days=1)  # no answer takes that long to arrive


@dataclass(frozen=True, slots=True)
class Share:
    """What one source has in the archive under one licence: how many answers, bodies of them, and bytes; the oldest and the newest.

    Bytes that two sources hold are counted for each. `gone` are bodies that were let go, `taken_down` those erased for good.
    """

    source: str
    licence: str
    answers: int
    bodies: int
    bytes: int
    oldest: datetime
    newest: datetime
    gone: int = 0
    taken_down: int = 0


def holdings(archive: Archive, ledger: Ledger) -> Iterator[Holding]:
    """Everything the archive was given and for whom."""
    journal = Journal.of(archive)
    if journal.path.is_file():
        for saved in journal.read():
            yield Holding(saved.sha256, saved.source, saved.licence, saved.retrieved_at)
    for document in ledger.documents():
        yield Holding(document.archive_sha256, document.source, document.licence, document.retrieved_at)


def shares(held: Iterable[Holding], archive: Archive) -> list[Share]:
    """The archive by source and licence, the largest first; bytes that are not there any more count nothing."""
    groups: dict[tuple[str, str], list[Holding]] = defaultdict(list)
    for one in held:
        groups[one.source, one.licence].append(one)
    found = [_share(*key, group, archive) for key, group in groups.items()]
    return sorted(found, key=lambda share: (-share.bytes, share.source, share.licence))


def _share(source: str, licence: str, group: list[Holding], archive: Archive) -> Share:
    every = {one.sha256 for one in group if one.sha256}
    bodies, erased = {one for one in every if archive.has(one)}, {one for one in every if archive.taken_down(one)}
    times = [one.retrieved_at for one in group]
    size, gone = sum(map(archive.size, bodies)), every - bodies - erased
    return Share(source, licence, len(group), len(bodies), size, min(times), max(times), len(gone), len(erased))


def let_go(archive: Archive, ledger: Ledger, retention: Retention, now: datetime, *, only_tell: bool = False) -> tuple[int, int]:
    """Remove the bytes that no rule keeps, and what killed programs left half written; or only count. Returns how many bodies and bytes."""
    gone = [sha256 for sha256 in expired(holdings(archive, ledger), retention, now) if archive.has(sha256)]
    size = sum(archive.size(sha256) if only_tell else archive.let_go(sha256) for sha256 in gone)
    return len(gone), size if only_tell else size + archive.forget_partial(now - _HALF_WRITTEN)


def let_texts_go(ledger: Ledger, retention: Retention, now: datetime, *, only_tell: bool = False) -> tuple[int, str]:
    """Erase texts that their licences keep no longer, or only count; returns how many, and a sentence where they may be left in a log."""
    gone = [one.document_id for one in ledger.documents() if one.text and _is_over(one, retention, now)] if retention.texts else []
    if not gone or only_tell:
        return len(gone), ""
    ledger.let_texts_go(gone)
    return len(gone), ledger.overwrite()


def _is_over(document: Document, retention: Retention, now: datetime) -> bool:
    limit = retention.text_limit(document.licence)
    return limit is not None and now - document.retrieved_at > limit
