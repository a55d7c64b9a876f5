"""What public notes do to the published tables: each figure and document names those that stand on it, and the withdrawn are marked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from ingest.model.vocabulary import CorrectionKind
from ingest.store import Correction
from ingest.store.corrections import standing

_ENDING = frozenset({CorrectionKind.WITHDRAWAL, CorrectionKind.TAKEDOWN})  # after these a document's figures count no longer


@dataclass(frozen=True, slots=True)
class Notes:
    """Every note of the ledger, and what those that stand say: of a document when and why it was withdrawn, of both which notes."""

    given: Sequence[Correction]

    def withdrawn_at(self, documents: "pd.Series[str]") -> "pd.Series[Any]":
        """When each document was noted as withdrawn, NaT where it was not."""
        moments = {one: note.written_at for note in reversed(self._withdrawals()) for one in note.documents}
        return pd.to_datetime(documents.map(moments), utc=True).astype("datetime64[us, UTC]")

    def withdrawn(self, documents: "pd.Series[str]") -> "pd.Series[Any]":
        """Why each document was withdrawn, in the first language the note has; empty where it was not."""
        why = {one: next(filter(None, note.notes), "") for note in reversed(self._withdrawals()) for one in note.documents}
        return documents.map(why).astype("str").fillna("")

    def on_figures(self, figures: pd.DataFrame) -> pd.DataFrame:
        """The figures with the notes that stand on each and, where its document is withdrawn, when and why."""
        document = figures["document_id"]
        marks = {"withdrawn_at": self.withdrawn_at(document), "withdrawn": self.withdrawn(document)}
        return figures.assign(correction_ids=self._ids(figures).array, **{name: marked.array for name, marked in marks.items()})

    def rows(self, figures: pd.DataFrame, documents: pd.DataFrame) -> Iterator[dict[str, Any]]:
        """The rows of `corrections` for the notes that name any of these figures or documents."""
        stand, known = {one.correction_id for one in standing(self.given)}, {*figures["figure_id"], *documents["document_id"]}
        for one in self.given:
            if known.isdisjoint((*one.figures, *one.documents)):
                continue
            english, arabic, french = one.notes
            yield {
                "correction_id": one.correction_id,
                "kind": one.kind,
                **{name: getattr(one, name) for name in ("figures", "documents", "replacements", "written_by", "written_at", "takes_back")},
                **{"note_en": english, "note_ar": arabic, "note_fr": french},
                "standing": one.correction_id in stand,
            }

    def _withdrawals(self) -> list[Correction]:
        return [one for one in standing(self.given) if one.kind in _ENDING]

    @property
    def taken_down(self) -> frozenset[str]:
        """The documents whose words were erased."""
        return frozenset(identity for one in self.given if one.kind is CorrectionKind.TAKEDOWN for identity in one.documents)

    def _ids(self, figures: pd.DataFrame) -> "pd.Series[Any]":
        """The notes on each figure, on its document, or naming it as what stands in another's place; joined by `;`."""
        by: dict[str, dict[str, list[str]]] = {"figure_id": {}, "document_id": {}}
        for one in standing(self.given):
            for column, named in (("figure_id", (*one.figures, *one.replacements)), ("document_id", one.documents)):
                for identity in dict.fromkeys(named):
                    by[column].setdefault(identity, []).append(one.correction_id)
        told = {name: {identity: ";".join(ids) for identity, ids in found.items()} for name, found in by.items()}
        of_row, of_document = (figures[name].map(told[name]).astype("str").fillna("") for name in ("figure_id", "document_id"))
        return (of_row + ";" + of_document).str.strip(";")
