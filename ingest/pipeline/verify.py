"""The last check before a row is kept: its quote and its number stand in the document where the row says they do."""

import re

from ingest.model.failures import say
from ingest.model.records import Document, Figure, Rejection
from ingest.model.refusals import Refusal
from ingest.model.vocabulary import ValueStatus
from ingest.text.normalise import fold_digits

_RUN = re.compile(r"\d+")
# What may stand between the digits of one number: thousands marks, decimal points, the spaces typesetters use.
_INSIDE = re.compile(r"(?<=\d)[,.'’\u066b\u066c\u00a0\u2009\u202f ](?=\d)")


def verified(figure: Figure, document: Document) -> Rejection | None:
    """Why the row may not be kept, or None where every character it rests on is found in the document."""
    reason = _misplaced(figure, document.text) or _misread(figure, document.text)
    return Rejection(document.document_id, figure.value_text or figure.source_term or figure.metric.value, reason) if reason else None


def _misplaced(figure: Figure, text: str) -> str:
    start, end, quote_end = figure.span_start, figure.span_end, figure.quote_start + len(figure.quote)
    if not 0 <= start < end <= len(text):
        return say(Refusal.OUTSIDE_TEXT, first=start, last=end, count=len(text))
    if not figure.quote or text[figure.quote_start : quote_end] != figure.quote:
        return say(Refusal.NO_SENTENCE, first=figure.quote_start)
    if not figure.quote_start <= start < end <= quote_end:
        return say(Refusal.NO_NUMBER)
    return ""


def _misread(figure: Figure, text: str) -> str:
    """Digits must be one of the row's own numbers, or lead one where words scale them (`1.1 million`).

    Where only a bound is known it may be one off what is written: `fewer than 100` ends at 99.
    """
    if figure.value_status is not ValueStatus.STATED:
        return ""
    written = text[figure.span_start : figure.span_end]
    scaled = any(character.isalpha() for character in written)
    bounds = [value for value in (figure.value_low, figure.value_best, figure.value_high) if value is not None]
    allowed = {str(value + step) for value in bounds for step in ((0,) if figure.value_best is not None else (0, -1, 1))}
    for run in _RUN.findall(_INSIDE.sub("", fold_digits(written))):
        number = run.lstrip("0") or "0"
        if number not in allowed and not (scaled and any(value.startswith(number) for value in allowed)):
            return say(Refusal.OTHER_NUMBER, wanted=repr(written), answer=" to ".join(map(str, dict.fromkeys(bounds))) or "nothing")
    return ""
