"""Two readings of one document -> the rows of the rules with what the model sees otherwise, and what only the model sees.

The row of the rules stays as it is; what the model says instead is a candidate in its doubts. What only the model found
becomes a row with the doubt `second_only`, which is kept for a person and not published before one has confirmed it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.extract.second.reader import Answered, Said
from ingest.model.doubts import confidence, written
from ingest.model.records import Figure, Rejection
from ingest.model.vocabulary import Doubt, PartOf, Qualifier, ValueStatus


@dataclass(frozen=True, slots=True)
class Looked:
    """The rows after a second look, and what of the model's was refused."""

    figures: list[Figure]
    refused: list[Rejection]


def compared(rules: Sequence[Figure], seconds: Sequence[Figure], answered: Answered) -> Looked:
    """Hold the second reader's standing figures against those of the rules; neither is changed but for its doubts."""
    pairs = _pairs(rules, seconds)
    ours = {second.figure_id: rules[position].figure_id for position, second in pairs.items()}
    looked = [_looked(figure, pairs.get(position), answered, ours) for position, figure in enumerate(rules)]
    refused: list[Rejection] = []
    for second in seconds:
        if second.figure_id in ours:
            continue
        told = answered.said[second.figure_id].value
        if _differs(second, told):
            reason = f"The number is read as {_amount(second)} where the model says {told}."
            refused.append(Rejection(second.document_id, f"second reader: {second.value_text[:60]}", reason))
        else:
            looked.append(_proposed(second, ours))
    return Looked(looked, refused)


def _pairs(rules: Sequence[Figure], seconds: Sequence[Figure]) -> dict[int, Figure]:
    """Which figure of the rules each of the model's is: the same number, of the same metric before another one."""
    pairs: dict[int, Figure] = {}
    taken: set[str] = set()
    for any_metric in (False, True):
        for second in (one for one in seconds if one.figure_id not in taken):
            for position, figure in enumerate(rules):
                overlap = figure.span_start < second.span_end and second.span_start < figure.span_end
                if overlap and position not in pairs and (any_metric or figure.metric is second.metric):
                    pairs[position] = second
                    taken.add(second.figure_id)
                    break
    return pairs


def _looked(figure: Figure, second: Figure | None, answered: Answered, ours: dict[str, str]) -> Figure:
    """A figure of the rules with what the model sees otherwise. It was not asked for zeros, vague words and claims without a number."""
    if second is not None:
        more = list(_differences(figure, second, answered.said[second.figure_id], ours))
    else:
        asked = figure.value_status is ValueStatus.STATED and figure.qualifier is not Qualifier.VAGUE
        covered = any(start <= figure.span_start < end for start, end in answered.covered)
        more = [written(Doubt.SECOND_ABSENT)] if asked and covered else []
    doubts = (*figure.doubts, *more)
    return replace(figure, doubts=doubts, confidence=confidence(doubts)) if more else figure


def _differences(figure: Figure, second: Figure, said: Said, ours: dict[str, str]) -> Iterator[str]:
    if second.metric is not figure.metric:
        yield written(Doubt.SECOND_METRIC, figure.metric, second.metric)
    if _differs(figure, said.value):
        yield written(Doubt.SECOND_VALUE, _amount(figure), str(said.value))
    if second.unit is not figure.unit:
        yield written(Doubt.SECOND_UNIT, figure.unit, second.unit)
    whole = ours.get(second.parent_figure_id, second.parent_figure_id)
    if said.linked and whole != figure.parent_figure_id:
        yield written(Doubt.SECOND_PART, figure.parent_figure_id or "none", whole or "none")
    if second.claimed_source_text and second.claimed_source != figure.claimed_source:
        yield written(Doubt.SECOND_SOURCE, figure.claimed_source, second.claimed_source)
    if second.place_id and second.place_id != figure.place_id:
        yield written(Doubt.SECOND_PLACE, figure.place_id or "none", second.place_id)


def _differs(figure: Figure, value: int) -> bool:
    """Whether the model's value is none of those the words state; a vague word states none."""
    if figure.qualifier is Qualifier.VAGUE or figure.value_status is not ValueStatus.STATED:
        return False
    stated = {figure.value_best} if figure.value_best is not None else {figure.value_low, figure.value_high}
    return value not in stated


def _amount(figure: Figure) -> str:
    bounds = (figure.value_best,) if figure.value_best is not None else (figure.value_low, figure.value_high)
    return "-".join(str(bound) for bound in bounds if bound is not None)


def _proposed(second: Figure, ours: dict[str, str]) -> Figure:
    """A figure only the model found, as a row for a person to confirm."""
    doubts = (written(Doubt.SECOND_ONLY),)
    whole = ours.get(second.parent_figure_id, second.parent_figure_id)
    part_of = PartOf.SUBSET if whole else None
    return replace(second, doubts=doubts, confidence=confidence(doubts), parent_figure_id=whole, part_of=part_of, parts_complete=False)
