"""Records of structured sources into the ledger: many in one turn, each a later edition of itself where it changed, none removed."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from ingest.fetch.archive import Archive
from ingest.model.crisis import Crisis
from ingest.model.ids import document_id
from ingest.model.records import Complete, Document, Figure, Record, Rejection
from ingest.model.vocabulary import CorrectionKind
from ingest.pipeline.intake import Intake, Run, Tally
from ingest.pipeline.statements import figures_of
from ingest.store import Correction, LogLine


def keep(intake: Intake, records: Sequence[Record], crisis: Crisis, run: Run) -> Tally:
    """Add records with the figures they state, all in one turn; those that stand in the ledger already cost a look-up."""
    documents: list[Document] = []
    standing: list[Figure] = []
    refused: list[Rejection] = []
    new = _new(intake, {record.document.document_id: record for record in records})
    for record in new:
        found, rejections = figures_of(record, crisis, intake.reader.gazetteer)
        document, figures, refusals = intake.standing(record.document, found)
        documents.append(document)
        standing += figures
        refused += [*rejections, *refusals]
    if not documents:
        return intake.note(run, Tally(known=len(records)))
    with intake.writer.turn():
        added = intake.ledger.add(documents, standing, intake.now())
        intake.ledger.log_all(run.id, [LogLine("rejected", f"{one.document_id} {one.subject}", one.reason) for one in refused])
    known = len(records) - len(documents)
    return intake.note(run, Tally(added.documents, added.figures, known=known, rejected=len(refused)))


def withdraw(intake: Intake, archive: Archive, complete: Complete, stated: Collection[str], run: Run, *, source: str) -> Tally:
    """Add an edition without figures to every record of a source that it no longer states; what it stated stays,
    superseded, and a public note marks it as withdrawn.

    `stated` are the addresses of the records it yielded. Without any nothing is withdrawn: an empty answer may be a fault of its own.
    """
    gone = [one for one in intake.ledger.standing(source, complete.page) if one.url not in stated] if stated else []
    editions = list(_withdrawals(gone, intake, archive, complete.why))
    if editions:
        with intake.writer.turn():
            intake.ledger.add(editions, (), intake.now())
            intake.ledger.add_correction(_withdrawal([one.document_id for one in gone], complete.why, intake, source))
    return intake.note(run, Tally(documents=len(editions)))


def _withdrawal(documents: Sequence[str], why: str, intake: Intake, source: str) -> Correction:
    """The public note that a source no longer states some of its records."""
    notes = (why, "لم يعد المصدر يذكره.", "La source ne le mentionne plus.")
    return Correction(CorrectionKind.WITHDRAWAL, (), tuple(documents), notes, source, intake.now())


def _new(intake: Intake, records: dict[str, Record]) -> list[Record]:
    """The records that do not stand in the ledger; one that became again what it was before is a new edition of the old words."""
    known = intake.ledger.known_documents(list(records))
    revised = intake.ledger.revised_documents(list(known))
    new = [record for identity, record in records.items() if identity not in known]
    for identity in revised:
        document = records[identity].document
        latest = intake.ledger.latest_document(document.source, document.url)
        if latest is not None and latest.text not in {"", document.text}:
            again = document_id(document.source, document.publisher, document.url, f"{document.text} {latest.document_id}")
            new.append(replace(records[identity], document=replace(document, document_id=again)))
    return new


def _withdrawals(gone: Iterable[Document], intake: Intake, archive: Archive, why: str) -> Iterable[Document]:
    now = intake.now()
    text = f"Withdrawn, as seen on {now:%d %B %Y}. {why}"
    for one in gone:
        yield replace(
            one,
            document_id=document_id(one.source, one.publisher, one.url, f"{text} {one.document_id}"),
            text=text,
            media_type="text/plain",
            published_at=now,
            retrieved_at=now,
            archive_sha256=archive.put(text.encode()),
            revises=one.document_id,
        )
