"""The second reader: a document to claims that stand in its text, beside the reasons why others do not."""

from dataclasses import dataclass, field, replace
from typing import Final

from ingest.extract.figures import build
from ingest.extract.reader import Reader
from ingest.extract.second.answer import Claimed, Unusable, claims_of
from ingest.extract.second.grounds import Grounded, Grounds, link
from ingest.extract.second.model import Model
from ingest.extract.second.pieces import Piece, pieces
from ingest.extract.words.sentences import split
from ingest.model.records import Document, Reading, Rejection

VERSION: Final = "second/1"


@dataclass(frozen=True, slots=True)
class Said:
    """What the model said of one figure that is not in its row: its own value, and whether it said plainly what whole it is of."""

    value: int
    linked: bool


@dataclass(slots=True)
class Answered:
    """What came of asking: readings with what the model said of each, what was refused, what failed, and what was covered.

    `covered` are the stretches of the document about which there was a usable answer.
    """

    readings: list[Reading] = field(default_factory=list)
    said: dict[str, Said] = field(default_factory=dict)
    refused: list[Rejection] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    covered: list[tuple[int, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class SecondReader:
    """Reads documents with a model. Never raises on what the model says; the ledger is told where it said nothing usable."""

    model: Model
    reader: Reader

    def begin(self) -> None:
        """A new run: a server that was left alone is asked again."""
        self.model.failures = 0

    def read(self, document: Document) -> Answered:
        """Ask about every piece of a document and keep what stands up in its text."""
        lexicon = self.reader.lexicon(document.language)
        published = document.published_at.astimezone(self.reader.timezone).date()
        text = split(document.text, lexicon)
        grounds = Grounds(text, lexicon, self.reader, published)
        answered, standing = Answered(), list[Grounded]()
        for piece in pieces(document.text):
            try:
                claims = claims_of(self.model.ask(piece.text))
            except Unusable as error:
                answered.failures.append(str(error))
                continue
            answered.covered.append((piece.start, piece.start + len(piece.text)))
            standing += _standing(claims, piece, grounds, document, answered)
        for one, figure in zip(standing, build([one.found for one in standing], text, document, self.reader), strict=True):
            if figure.figure_id not in answered.said:
                answered.said[figure.figure_id] = Said(one.value, one.linked)
                answered.readings.append(Reading(replace(figure, extractor_version=f"{VERSION} {self.model.name}")))
        return answered


def _standing(claims: list[Claimed | Unusable], piece: Piece, grounds: Grounds, document: Document, answered: Answered) -> list[Grounded]:
    """The claims of one answer that stand in their piece; the others are refused with their reason."""
    grounded: list[Grounded | None] = []
    for claimed in claims:
        try:
            if isinstance(claimed, Unusable):
                raise claimed
            grounded.append(grounds.grounded(claimed, piece))
        except Unusable as error:
            subject = f"second reader: {claimed.number[:60]}" if isinstance(claimed, Claimed) else "second reader"
            answered.refused.append(Rejection(document.document_id, subject, str(error)))
            grounded.append(None)
    wholes = [claimed.whole if isinstance(claimed, Claimed) else None for claimed in claims]
    return [one for one in link(grounded, wholes) if one is not None]
