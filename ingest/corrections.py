"""What people say publicly of figures and documents after the fact: corrections, withdrawals, and either taken back.

A note is appended to the ledger with who, when and why, and published; nothing it names is changed or erased by it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Self

from ingest.errors import ReviewRefused
from ingest.model.failures import say
from ingest.model.refusals import Refusal
from ingest.model.vocabulary import CorrectionKind
from ingest.settings import Settings
from ingest.store import Correction, Ledger
from ingest.store.corrections import standing

LONGEST_NAME, LONGEST_NOTE = 120, 4000  # characters


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody says, in at least one of English, Arabic and French, and who says it, by role or name."""

    by: str
    en: str = ""
    ar: str = ""
    fr: str = ""

    @property
    def texts(self) -> tuple[str, str, str]:
        """The words in each language. Raises `ReviewRefused` as `checked` does."""
        one = self.checked()
        return one.en.strip(), one.ar.strip(), one.fr.strip()

    def checked(self) -> Self:
        """The note itself, which has words and a name. Raises `ReviewRefused` where either is missing or too long."""
        texts = self.en.strip(), self.ar.strip(), self.fr.strip()
        if not any(texts):
            raise ReviewRefused(say(Refusal.NOTE_WORDLESS))
        if not self.who:
            raise ReviewRefused(say(Refusal.NOTE_NAMELESS))
        if max(map(len, texts)) > LONGEST_NOTE or len(self.who) > LONGEST_NAME:
            raise ReviewRefused(say(Refusal.LONG_NOTE, most=LONGEST_NOTE, letters=LONGEST_NAME))
        return self

    @property
    def who(self) -> str:
        """Who says it, without stray space."""
        return " ".join(self.by.split())


@dataclass(frozen=True, slots=True)
class Named:
    """What a note is about: figures, documents by identity or address, and figures that stand in place of those."""

    figures: Sequence[str] = ()
    documents: Sequence[str] = ()
    replacements: Sequence[str] = field(default=())


def correct(ledger: Ledger, named: Named, note: Note, now: datetime) -> Correction:
    """Append a correction and return it. It changes no figure: a reading made anew is a row of its own, named in `replacements`.

    Raises `ReviewRefused` where words, a name or anything it is about are missing, `StoreError` for what the ledger does not hold.
    """
    if not named.figures and not named.documents:
        raise ReviewRefused(say(Refusal.NOTE_ABOUT_NOTHING))
    return _kept(ledger, CorrectionKind.CORRECTION, named, note, now)


def write(settings: Settings, named: Named, note: Note, now: datetime) -> Correction:
    """Append a correction to the ledger in force. Raises as `correct` does."""
    with Ledger.open(settings.database) as ledger:
        return correct(ledger, named, note, now)


def withdraw(ledger: Ledger, documents: Sequence[str], note: Note, now: datetime) -> Correction:
    """Note that publishers took documents back and return the note. Raises as `correct` does, and where one is withdrawn already."""
    identities = documents_of(ledger, documents)
    gone = {one for note_ in standing(ledger.corrections()) if note_.kind is not CorrectionKind.CORRECTION for one in note_.documents}
    if again := [one for one in identities if one in gone]:
        raise ReviewRefused(say(Refusal.WITHDRAWN_ALREADY, wanted=again[0]))
    return _kept(ledger, CorrectionKind.WITHDRAWAL, Named(documents=identities), note, now)


def take_back(ledger: Ledger, correction_id: str, note: Note, now: datetime) -> Correction:
    """Append a note that takes an earlier one back, and return it. Raises `ReviewRefused` where that one does not stand."""
    found = next((one for one in standing(ledger.corrections()) if one.correction_id == correction_id), None)
    if found is None:
        raise ReviewRefused(say(Refusal.NO_NOTE, wanted=repr(correction_id)))
    if found.kind is CorrectionKind.TAKEDOWN:
        raise ReviewRefused(say(Refusal.ERASED))
    entry = Correction(found.kind, found.figures, found.documents, note.texts, note.who, now, found.replacements, correction_id)
    ledger.add_correction(entry)
    return entry


def documents_of(ledger: Ledger, named: Sequence[str]) -> tuple[str, ...]:
    """The identities of documents named by identity or by address, every edition of it. Raises `ReviewRefused` for an unknown one."""
    found: list[str] = []
    for name in named:
        here = [name] if ledger.document(name) is not None else [one.document_id for one in ledger.editions(name)]
        if not here:
            raise ReviewRefused(say(Refusal.NO_DOCUMENT, wanted=repr(name)))
        found += here
    return tuple(dict.fromkeys(found))


def _kept(ledger: Ledger, kind: CorrectionKind, named: Named, note: Note, now: datetime) -> Correction:
    documents = documents_of(ledger, named.documents)
    entry = Correction(kind, tuple(dict.fromkeys(named.figures)), documents, note.texts, note.who, now, tuple(named.replacements))
    ledger.add_correction(entry)
    return entry
