"""The table of public notes on figures and documents."""

from ingest.model.schema.column import Column

CORRECTIONS: tuple[Column, ...] = (
    Column("correction_id", "string", "Identity of the note.", "#event+id"),
    Column("kind", "string", "What it says happened.", "#status+type", "CorrectionKind"),
    Column("figures", "list", "Figures it names; with a document all of that document's are meant.", "#event+id+figures"),
    Column("documents", "list", "Documents it names.", "#meta+id+documents"),
    Column("replacements", "list", "Figures that stand in place of those it names, where one was read anew.", "#event+id+replacements"),
    Column("note_en", "string", "The note in English; empty where it was written in other languages only.", "#description+i_en"),
    Column("note_ar", "string", "The note in Arabic.", "#description+i_ar"),
    Column("note_fr", "string", "The note in French.", "#description+i_fr"),
    Column(
        "written_by", "string", "Who wrote it, by role or name; a source that withdrew records itself by its connector.", "#contact+role"
    ),
    Column("written_at", "datetime", "When (UTC).", "#date+correction"),
    Column("takes_back", "string", "The earlier note that this one takes back, where it does.", "#event+id+takenback"),
    Column("standing", "boolean", "False for a note that was taken back, and for the one that does it.", "#status+standing"),
)
