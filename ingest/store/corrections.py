"""The ledger's public notes on figures and documents: appended, never changed; one is taken back by a further one."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime

import sqlalchemy as sa

from ingest.errors import StoreError
from ingest.model.ids import digest
from ingest.model.vocabulary import CorrectionKind
from ingest.store import tables
from ingest.store.rows import SEPARATOR, split, storable

_LISTS = ("figures", "documents", "replacements")
_IDS = 500  # identities asked for at a time, well under what either database takes as parameters


@dataclass(frozen=True, slots=True)
class Correction:
    """One public note. `notes` are its words in English, Arabic and French, at least one of them not empty.

    `replacements` are figures that stand in place of those named. `takes_back` names the earlier note that this one takes back: then
    kind, figures and documents are that one's.
    """

    kind: CorrectionKind
    figures: tuple[str, ...]
    documents: tuple[str, ...]
    notes: tuple[str, str, str]
    written_by: str
    written_at: datetime
    replacements: tuple[str, ...] = ()
    takes_back: str = ""

    @property
    def correction_id(self) -> str:
        """Its identity: the same words about the same things at the same moment are one note."""
        named = (*self.figures, *self.documents, *self.replacements, *self.notes)
        return "k" + digest(self.kind, self.takes_back, self.written_by, self.written_at.isoformat(), *named)


def append(connection: sa.Connection, correction: Correction) -> None:
    """Append a note. Raises `StoreError` where a figure or document it names is not in the ledger."""
    named = (*correction.figures, *correction.replacements)
    _require(connection, tables.figures.c.figure_id, named, "figure")
    _require(connection, tables.documents.c.document_id, correction.documents, "document")
    english, arabic, french = map(storable, correction.notes)
    row = {
        "correction_id": correction.correction_id,
        "kind": correction.kind.value,
        **{name: SEPARATOR.join(getattr(correction, name)) for name in _LISTS},
        "note_en": english,
        "note_ar": arabic,
        "note_fr": french,
        "written_by": storable(correction.written_by),
        "takes_back": correction.takes_back,
        "written_at": correction.written_at,
    }
    connection.execute(sa.insert(tables.corrections), row)


def corrections(connection: sa.Connection) -> tuple[Correction, ...]:
    """Every note in the order written."""
    row = tables.corrections.c
    names = [field.name for field in fields(Correction) if field.name != "notes"]
    query = sa.select(*(row[name] for name in names), row.note_en, row.note_ar, row.note_fr).order_by(row.seq)
    return tuple(_restored(dict(one)) for one in connection.execute(query).mappings())


def standing(given: Sequence[Correction]) -> tuple[Correction, ...]:
    """The notes that were not taken back, and take none back, in the order written."""
    gone = {one.takes_back for one in given if one.takes_back}
    return tuple(one for one in given if not one.takes_back and one.correction_id not in gone)


def _restored(row: dict[str, object]) -> Correction:
    notes = tuple(str(row.pop(name)) for name in ("note_en", "note_ar", "note_fr"))
    lists = {name: split(str(row[name])) for name in _LISTS}
    return Correction(**{**row, **lists, "kind": CorrectionKind(row["kind"]), "notes": notes})  # type: ignore[arg-type]  # columns of the table


def _require(connection: sa.Connection, column: "sa.Column[str]", identities: Sequence[str], what: str) -> None:
    known: set[str] = set()
    for start in range(0, len(identities), _IDS):
        known.update(connection.scalars(sa.select(column).where(column.in_(identities[start : start + _IDS]))))
    missing = [one for one in identities if one not in known]
    if missing:
        raise StoreError(f"The {what} {missing[0]!r} is not in this ledger; check its identity, or CROSSCOUNT_DATABASE.")
