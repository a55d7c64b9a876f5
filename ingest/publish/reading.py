"""The figures and documents of a version: as the version before has them, but for those that came since or that something since may
touch, which are read from the ledger and worked out anew.

Where there is none before, everything is read, and only figures that others replace, that people spoke of or that notes name are worked
out; all others stand as they were read. So both ways lead through the same few steps, and to the same rows.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd
import sqlalchemy as sa

from ingest.compare.chronology.known import with_known_times
from ingest.model.schema import DOCUMENTS, FIGURES
from ingest.model.vocabulary import Doubt, Review
from ingest.publish import frames
from ingest.publish.checks import check_evidence
from ingest.publish.desk import Desk
from ingest.publish.frames import frame, series
from ingest.store import tables

# What decides how a figure stands, and what follows from it.
_DECIDES = "figure_id, document_id, supersedes, published_at, first_seen_at, review, doubts"
_FOLLOWS = ("review", "superseded_at", "known_at", "known_until", "correction_ids", "withdrawn_at", "withdrawn")
_SUPERSEDED = next(column for column in FIGURES if column.name == "superseded_at")


def write_figures(desk: Desk) -> None:
    """Write the figures of the draft.

    Leaves the tables `raw` with the rows read of the ledger, `touched` with the identities that were worked out, and `renewed` with those
    of their rows that stand.
    """
    desk.hold("figures", "raw", ())
    notes = desk.notes.given
    desk.named("spoken_of", "figure_id", {*desk.verdicts, *(one for note in notes for one in (*note.figures, *note.replacements))})
    desk.named("moved", "document_id", {*_moved(desk), *(one for note in notes for one in note.documents)})
    if desk.since:
        source = desk.before("figures")
        desk.make("begun", f"FROM spoken_of UNION SELECT figure_id FROM {source} SEMI JOIN moved USING (document_id)")  # noqa: S608
        _read(desk, tables.figures.c.seq > desk.since["figures"])
        desk.make("begun", "FROM begun UNION SELECT figure_id FROM raw")
        _read_named(desk, "SELECT figure_id FROM begun ANTI JOIN raw USING (figure_id)")
        desk.make("links", f"SELECT figure_id, supersedes FROM {source} WHERE supersedes <> '' UNION {_LINKS}")  # noqa: S608
    else:
        source = "raw"
        _read(desk, sa.true())
        linked = f"supersedes <> '' OR doubts = '{Doubt.SECOND_ONLY.value}'"
        desk.make("begun", f"FROM spoken_of UNION SELECT figure_id FROM raw WHERE {linked} OR document_id IN (FROM moved)")  # noqa: S608
        desk.make("links", _LINKS)
    desk.make("touched", _WIDER.format("begun"))
    desk.make("around", _WIDER.format("touched"))
    if desk.since:
        _read_named(desk, "SELECT figure_id FROM around ANTI JOIN raw USING (figure_id)")
    _work_out(desk)
    desk.renew("figures", source)


_LINKS = "SELECT figure_id, supersedes FROM raw WHERE supersedes <> ''"
# Figures, those they replace, and those that replace them.
_WIDER = (
    "FROM {0} UNION SELECT supersedes FROM links SEMI JOIN {0} USING (figure_id) "
    "UNION SELECT links.figure_id FROM links SEMI JOIN {0} ON links.supersedes = {0}.figure_id"
)


def _work_out(desk: Desk) -> None:
    """How the touched figures stand, by all that are linked with them; what was read is held against its text, and then covered."""
    decides = desk.opened.execute(f"SELECT {_DECIDES} FROM raw SEMI JOIN around USING (figure_id)").df()  # noqa: S608 -- names of ours
    stands = superseded(desk.notes.on_figures(reviewed(decides, desk.verdicts)), editions(desk.ledger))
    desk.opened.register("stands", stands[["figure_id", *_FOLLOWS]])
    kinds = {column.name: frames.SQL[column.type] for column in FIGURES}
    said = ", ".join(f"CAST(stands.{name} AS {kinds[name]}) AS {name}" for name in _FOLLOWS)
    joined = "raw JOIN stands USING (figure_id) SEMI JOIN touched USING (figure_id)"
    desk.make("said", f"SELECT figure_id FROM {joined}")  # noqa: S608 -- names of ours
    looked_at = "FROM raw SEMI JOIN said USING (figure_id)"
    if not desk.since:
        looked_at += " UNION ALL FROM raw ANTI JOIN touched USING (figure_id)"
    check_evidence(desk.opened, f"({looked_at})", desk.ledger)
    desk.cover("figures", "raw")
    desk.make("renewed", f"SELECT raw.* REPLACE ({said}) FROM {joined}")  # noqa: S608 -- names of the schema
    desk.opened.unregister("stands")


def write_documents(desk: Desk) -> None:
    """Write the documents of the draft: those of the crisis's figures, and those without any figure, which silence is told from."""
    desk.hold("documents", "reports", ())
    asked = None if not desk.since else sorted(_touched_documents(desk))
    for rows in desk.answers(_documents(desk.crisis), tables.documents.c.document_id, asked):
        listed = frame("documents", (dict(row._mapping) for row in rows))
        identity = listed["document_id"]
        noted = listed.assign(withdrawn_at=desk.notes.withdrawn_at(identity), withdrawn=desk.notes.withdrawn(identity))
        desk.hold("documents", "reports", (noted,))
    desk.cover("documents", "reports")
    desk.named("touched", "document_id", asked or ())
    count = f"SELECT document_id, count(*) AS n FROM {desk.drafted('figures')} SEMI JOIN reports USING (document_id) GROUP BY document_id"  # noqa: S608
    desk.make("renewed", f"SELECT reports.* REPLACE (coalesce(n, 0) AS figures) FROM reports LEFT JOIN ({count}) USING (document_id)")  # noqa: S608
    if not desk.since:
        desk.make("touched", "SELECT document_id FROM reports")
    desk.renew("documents", desk.before("documents") if desk.since else "reports")


def editions(ledger: sa.Connection) -> "pd.Series[Any]":
    """When the first later edition of a document was seen that says all there is to say: a record states the whole of itself, and an
    edition without any figure states none. Other editions replace figure by figure, as `supersedes` says.
    """
    document = tables.documents.c
    whole = document.media_type.contains("; record=") | ~sa.exists().where(tables.figures.c.document_id == document.document_id)
    query = sa.select(document.revises, sa.func.min(document.seq)).where((document.revises != "") & whole).group_by(document.revises)
    first = {seq: revises for revises, seq in ledger.execute(query)}
    seen = ledger.execute(sa.select(document.seq, document.first_seen_at).where(document.revises != ""))
    found = {first[seq]: moment for seq, moment in seen if seq in first}
    return pd.Series(series(list(found.values()), _SUPERSEDED).array, index=list(found), name="replaced")


def reviewed(figures: pd.DataFrame, verdicts: Mapping[str, Review]) -> pd.DataFrame:
    """The last verdict on each figure in its `review` column; rejected rows are gone, and what a second reader alone found is not
    there before somebody confirmed it.
    """
    if verdicts:
        given = figures["figure_id"].map({figure_id: decision.value for figure_id, decision in verdicts.items()})
        figures = figures.assign(review=given.where(given.notna(), figures["review"]).astype("str"))
    proposed = (figures["doubts"] == Doubt.SECOND_ONLY.value) & (figures["review"] == Review.MACHINE.value)
    kept = (figures["review"] != Review.REJECTED.value) & ~proposed
    return figures if kept.all() else figures[kept].reset_index(drop=True)


def superseded(figures: pd.DataFrame, replaced_by: "pd.Series[Any]") -> pd.DataFrame:
    """A figure that another names in `supersedes` stood until that one was first seen, one whose document was replaced by an edition
    that speaks for itself until that edition was, one whose document was withdrawn until that was noted.
    """
    replaced = replaced_by.reindex(figures["document_id"]).reset_index(drop=True)
    ended = pd.concat([since(figures), replaced, figures["withdrawn_at"].reset_index(drop=True)], axis=1).min(axis=1)
    return with_known_times(figures.assign(superseded_at=ended.array))


def since(figures: pd.DataFrame) -> "pd.Series[Any]":
    """When the first figure was seen that names each figure in `supersedes`."""
    later = figures.loc[(figures["supersedes"] != "") & (figures["supersedes"] != figures["figure_id"]), ["supersedes", "first_seen_at"]]
    return later.groupby("supersedes")["first_seen_at"].min().reindex(figures["figure_id"]).reset_index(drop=True)


def _moved(desk: Desk) -> Iterator[str]:
    """Documents that may have been replaced by an edition of them: any with one, or those whose edition came or got figures since."""
    document, figure = tables.documents.c, tables.figures.c
    query = sa.select(document.revises).where(document.revises != "")
    if desk.since:
        read = document.document_id.in_(sa.select(figure.document_id).where(figure.seq > desk.since["figures"]))
        query = query.where((document.seq > desk.since["documents"]) | read)
    yield from desk.ledger.scalars(query)


def _touched_documents(desk: Desk) -> set[str]:
    """Documents that came since, or whose figures, notes or address something happened to."""
    document, figure, gone = tables.documents.c, tables.figures.c, tables.vanished.c
    same = (gone.address_digest == document.address_digest) & (gone.source == document.source)
    asked = (
        sa.select(document.document_id).where(document.seq > desk.since["documents"]),
        sa.select(figure.document_id).distinct().where(figure.seq > desk.since["figures"]),
        sa.select(document.document_id).where(same & (gone.seq > desk.since["vanished"])),
    )
    came = {identity for query in asked for identity in desk.ledger.scalars(query)}
    of_figures = desk.listed("SELECT DISTINCT document_id FROM raw SEMI JOIN touched USING (figure_id)")
    return {*came, *of_figures, *(one for note in desk.notes.given for one in note.documents)}


def _read(desk: Desk, chosen: sa.ColumnElement[bool], keys: Sequence[str] | None = None) -> None:
    """Read figures of the crisis from the ledger into `raw`, as if nothing had been said of them since."""
    figure = tables.figures.c
    columns = [column for column in FIGURES if column.name in figure]
    told = [sa.cast(figure[one.name], sa.Text) if frames.written(one.type) else figure[one.name] for one in columns]
    for rows in desk.answers(sa.select(*told).where(_of(desk.crisis) & chosen), figure.figure_id, keys):
        listed = {column.name: values for column, values in zip(columns, zip(*rows, strict=True), strict=True)}
        known = [published or seen for published, seen in zip(listed["published_at"], listed["first_seen_at"], strict=True)]
        frames.append(desk.opened, "figures", "raw", {**listed, "known_at": known})


def _of(crisis: str) -> sa.ColumnElement[bool]:
    """Figures of a crisis, said so that no index of crises is used: nearly all are of one, so other indices find rows sooner."""
    return tables.figures.c.crisis.concat("") == crisis


def _read_named(desk: Desk, query: str) -> None:
    """The same for those whose identities a query gives."""
    _read(desk, sa.true(), desk.listed(query))


def _documents(crisis: str) -> sa.Select[Any]:
    document, figure, gone = tables.documents.c, tables.figures.c, tables.vanished.c
    read_in = figure.document_id == document.document_id
    ours = sa.exists().where(read_in & _of(crisis))
    nobodys = ~sa.exists().where(read_in)
    same = (gone.address_digest == document.address_digest) & (gone.source == document.source)
    columns = [document[column.name] for column in DOCUMENTS if column.name in document]
    worked_out = [sa.func.length(document.text).label("characters"), gone.noticed_at.label("vanished_at")]
    return sa.select(*columns, *worked_out).select_from(tables.documents.outerjoin(tables.vanished, same)).where(ours | nobodys)
