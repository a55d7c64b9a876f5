"""How each figure was read, stage by stage, for a person."""

from datetime import UTC, datetime

from ingest.extract.figures import Found, build
from ingest.extract.read import find
from ingest.extract.reader import Reader
from ingest.extract.sentences import Text
from ingest.model.ids import document_id
from ingest.model.records import Document, Figure, Reading, Step


def explain(
    text: str, reader: Reader, *, publisher: str = "", published: datetime | None = None, language: str = "en"
) -> tuple[Reading, ...]:
    """The readings of a loose text, each with the steps of its derivation."""
    now = published or datetime.now(UTC)
    identity = document_id("explain", publisher, "", text)
    return trace(Document(identity, "explain", publisher, "", text, language, "", now, now, "text/plain", ""), reader)


def trace(document: Document, reader: Reader) -> tuple[Reading, ...]:
    """The readings of a document, each with the steps of its derivation."""
    text, found = find(document, reader)
    figures = build(found, text, document, reader)
    return tuple(Reading(figure, steps(one, figure, text)) for one, figure in zip(found, figures, strict=True))


def steps(one: Found, figure: Figure, text: Text) -> tuple[Step, ...]:
    """The derivation of one figure: number, people, what happened, part, voice, time, place, interval."""
    quantity = one.quantity
    told = [_step("number", figure.value_text, figure.span_start, figure.span_end, _amount(figure), figure.interval_rule)]
    if figure.group_label:
        start = text.starts[quantity.label[0]]
        told.append(
            _step("people", figure.group_label, start, start + len(figure.group_label), _people(figure), "noun phrase after the number")
        )
    if quantity.trigger is not None:
        start, end = text.starts[quantity.trigger[0]], text.ends[quantity.trigger[1] - 1]
        told.append(_step("metric", text.text[start:end], start, end, figure.metric, quantity.rule))
    else:
        told.append(_step("metric", figure.group_label, figure.span_start, figure.span_end, figure.metric, quantity.rule))
    if figure.parent_figure_id and quantity.parent is not None:
        start, end = text.starts[quantity.parent.first_word], text.ends[quantity.parent.last_word - 1]
        told.append(_step("part", text.text[start:end], start, end, str(figure.part_of), quantity.rule))
    for voice in one.voices[:1]:
        start, end = text.starts[voice.first], text.ends[voice.last - 1]
        told.append(_step("source", text.text[start:end], start, end, figure.claimed_source, "speaker of its clause"))
    if not one.voices:
        told.append(_step("source", "", 0, 0, figure.claimed_source, "no speaker named: the publisher"))
    told.append(
        _step(
            "time", "", 0, 0, _time(figure), "stated" if not figure.as_of_inferred or figure.event_start else "day of publication stands in"
        )
    )
    if one.mention is not None:
        start, end = text.starts[one.mention.first], text.ends[one.mention.last - 1]
        rule = one.mention.resolved.rule if one.mention.resolved else "not in the gazetteer"
        told.append(_step("place", text.text[start:end], start, end, figure.place_id or ";".join(figure.place_candidates) or "?", rule))
    return tuple(told)


def _step(stage: str, text: str, start: int, end: int, value: str, rule: str) -> Step:  # noqa: PLR0917 - the fields of a Step, in order
    return Step(stage, text, start, end, value, rule)


def _amount(figure: Figure) -> str:
    high = "open" if figure.interval_open_high else str(figure.value_high)
    return f"{figure.qualifier}: {figure.value_low}..{high}" + (f", stated {figure.value_best}" if figure.value_best is not None else "")


def _people(figure: Figure) -> str:
    parts = [figure.group_status, figure.group_side, figure.group_sex, figure.group_age, figure.group_role, figure.unit]
    return ", ".join(str(part) for part in parts if part)


def _time(figure: Figure) -> str:
    if figure.window_start:
        return f"{figure.kind} {figure.window_start}..{figure.window_end}"
    if figure.event_start:
        return f"{figure.kind} {figure.event_start}..{figure.event_end}"
    return f"{figure.kind} as of {figure.as_of}"
