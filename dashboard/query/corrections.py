"""What people said or changed after the machine had read it: public notes, withdrawals, and readings somebody corrected."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from dashboard.query.labels import labelled, names
from dashboard.query.snapshots import Snapshot, answered
from ingest.model.vocabulary import Review

MOST_CORRECTIONS: Final = 50
MOST_NOTES: Final = 100
_LANGUAGES: Final = ("en", "ar", "fr")


@dataclass(frozen=True, slots=True)
class Checked:
    """How many of the figures that stand a person has looked at: `checked` of `figures`."""

    checked: int
    figures: int


@answered
def checked(db: Snapshot) -> Checked:
    """Counts of the figures no later edition has replaced."""
    sql = "SELECT count(*) FILTER (review <> $machine), count(*) FROM figures WHERE superseded_at IS NULL"
    return Checked(*map(int, db.rows(sql, {"machine": Review.MACHINE})[0]))


@answered
def corrections(db: Snapshot, lang: str) -> pd.DataFrame:
    """The newest rows a person corrected or rejected, replaced ones too, with `source_label`; at most `MOST_CORRECTIONS`."""
    sql = (
        "SELECT figure_id, review, value_text, metric, claimed_source, published_at FROM figures"
        " WHERE review IN ($corrected, $rejected) ORDER BY published_at DESC NULLS LAST, figure_id LIMIT $most"
    )
    values = {"corrected": Review.CORRECTED, "rejected": Review.REJECTED, "most": MOST_CORRECTIONS}
    frame = db.frame(sql, values)
    return frame.assign(source_label=labelled(frame["claimed_source"], names(db, lang).short))


@dataclass(frozen=True, slots=True)
class Touched:
    """A figure that a public note names, with the words of its value and who claims it."""

    figure_id: str
    value: str
    source: str


@dataclass(frozen=True, slots=True)
class PublicNote:
    """A public note in the reader's language, or in the first it was written in: `language` says which. `written_at` is naive UTC.

    `documents` are identity and title of those it names; `figures` and `replacements` are those of the snapshot.
    """

    correction_id: str
    kind: str
    text: str
    language: str
    written_by: str
    written_at: Any
    standing: bool
    takes_back: str
    figures: tuple[Touched, ...]
    replacements: tuple[Touched, ...]
    documents: tuple[tuple[str, str], ...]


@answered
def public_notes(db: Snapshot, lang: str) -> tuple[PublicNote, ...]:
    """The newest public notes on figures and documents, at most `MOST_NOTES`, those taken back too."""
    return _notes(db, "true", {}, lang)


@answered
def notes_on(db: Snapshot, ids: str, lang: str) -> tuple[PublicNote, ...]:
    """The notes of a figure's `correction_ids`, newest first."""
    return _notes(db, "list_contains($ids::VARCHAR[], correction_id)", {"ids": ids.split(";")}, lang) if ids else ()


def _notes(db: Snapshot, condition: str, values: Mapping[str, Any], lang: str) -> tuple[PublicNote, ...]:
    sql = f"SELECT * FROM published_corrections WHERE {condition} ORDER BY written_at DESC, correction_id LIMIT {MOST_NOTES}"  # noqa: S608
    return tuple(_note(db, row, lang) for row in db.records(sql, values))


def _note(db: Snapshot, row: Mapping[str, Any], lang: str) -> PublicNote:
    written = next(one for one in (lang, *_LANGUAGES) if row[f"note_{one}"])
    return PublicNote(
        **{name: row[name] for name in ("correction_id", "kind", "written_by", "written_at", "standing", "takes_back")},
        text=row[f"note_{written}"],
        language=written,
        figures=_touched(db, row["figures"], lang),
        replacements=_touched(db, row["replacements"], lang),
        documents=_documents(db, row["documents"]),
    )


def _touched(db: Snapshot, ids: str, lang: str) -> tuple[Touched, ...]:
    sql = "SELECT figure_id, value_text, claimed_source FROM figures WHERE list_contains($ids::VARCHAR[], figure_id) ORDER BY figure_id"
    named = names(db, lang)
    rows = db.rows(sql, {"ids": ids.split(";")}) if ids else []
    return tuple(Touched(figure, value, named.short(source)) for figure, value, source in rows)


def _documents(db: Snapshot, ids: str) -> tuple[tuple[str, str], ...]:
    sql = "SELECT document_id, coalesce(nullif(title, ''), nullif(url, ''), document_id) FROM published_documents"
    rows = db.rows(f"{sql} WHERE list_contains($ids::VARCHAR[], document_id) ORDER BY 1", {"ids": ids.split(";")}) if ids else []
    return tuple((document, title) for document, title in rows)
