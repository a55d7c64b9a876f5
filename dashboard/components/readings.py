"""A report with its figures marked in it, and each reading in words. Report text is only ever a text node."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any

from dash.development.base_component import Component

from dashboard.components.attributes import attributes, tip
from dashboard.components.badges import voice
from dashboard.components.claimed import as_written, claimed, written_in
from dashboard.components.elements import Anchor, html
from dashboard.components.evidence import doubt_list, interval, label
from dashboard.components.tables import Head, facts, table
from dashboard.components.words import RIGHT_TO_LEFT, Words
from ingest.model.countries import country
from ingest.model.doubts import NEEDS_A_LOOK
from ingest.model.records import Document, Figure, Reading
from ingest.model.vocabulary import GROUP_STATUSES, KINDS, METRICS

Named = Callable[[str], str]
_Mark = tuple[int, int, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Naming:
    """How identities are said to the reader: `organisation` and `place` give a name, or nothing where there is none."""

    organisation: Named
    place: Named


def marked_text(document: Document, readings: Sequence[Reading], words: Words) -> Component:
    """The report, a paragraph a line, every number that was read marked and leading to its reading."""
    language = document.language or "en"
    marks = list(_marks(readings))
    paragraphs, start = [], 0
    for line in document.text.split("\n"):
        end = start + len(line)
        if line.strip():
            inside = [mark for mark in marks if start <= mark[0] < end]
            paragraphs.append(html.P(list(_pieces(document.text, start, end, inside, words))))
        start = end + 1
    return html.Div(paragraphs, className="report-text", lang=language, dir="rtl" if language in RIGHT_TO_LEFT else "ltr")


def _marks(readings: Sequence[Reading]) -> Iterator[_Mark]:
    """Stretches of the text with the readings they lead to, in order, none inside another; one number may be read twice."""
    spans = sorted((one.figure.span_start, one.figure.span_end, number) for number, one in enumerate(readings, 1))
    open_mark: _Mark | None = None
    for start, end, number in spans:
        if open_mark is not None and start < open_mark[1]:
            open_mark = (open_mark[0], max(end, open_mark[1]), (*open_mark[2], number))
            continue
        if open_mark is not None:
            yield open_mark
        open_mark = (start, end, (number,))
    if open_mark is not None:
        yield open_mark


def _pieces(text: str, start: int, end: int, marks: Sequence[_Mark], words: Words) -> Iterator[Any]:
    at = start
    for first, last, numbers in marks:
        yield text[at:first]
        stop = min(last, end)
        said = words("report.mark", n=numbers[0])
        links = [html.A(words.number(number), href=f"#reading-{number}", className="mark-number") for number in numbers[1:]]
        number = html.Sup(words.number(numbers[0]), **attributes(aria_hidden="true"))
        link = html.A([html.Mark(text[first:stop]), number], href=f"#reading-{numbers[0]}", id=Anchor(f"number-{numbers[0]}"), **tip(said))
        yield html.Span([link, *links], className="marked")
        at = stop
    yield text[at:end]


def reading_card(number: int, reading: Reading, words: Words, naming: Naming) -> Component:
    """What one number was read as, and behind a fold how."""
    figure = reading.figure
    row = {one.name: getattr(figure, one.name) for one in fields(Figure)}
    head = [
        html.A(words.number(number), href=f"#number-{number}", className="mark-number", **tip(words("report.to_text"))),
        html.Strong(claimed(figure.value_text, words)),
        html.Span(label(METRICS, figure.metric, words)),
    ]
    look = html.Span(words("report.look"), className="look") if figure.confidence < NEEDS_A_LOOK else None
    spoken = words.quoted(figure.claimed_source_text) if figure.claimed_source_text else figure.claimed_source
    source = voice(naming.organisation(figure.claimed_source) or spoken, figure.claimed_source_kind, words)
    told = facts(
        [
            (words("evidence.value"), interval(row, words)),
            (words("evidence.group"), _group(figure, words)),
            (words("report.claimed_by"), source),
            (words("evidence.place"), _place(figure, words, naming)),
            (words("report.when"), _when(figure, words)),
            (words("evidence.kind"), label(KINDS, figure.kind, words)),
            (words("report.part_of"), words("report.is_part") if figure.parent_figure_id else ""),
            (words("report.repeats"), words("report.is_repeat") if figure.restates else ""),
            (words("evidence.confidence"), f"{words.number(round(100 * figure.confidence))}%" if look else ""),
            (words("evidence.doubts"), doubt_list(";".join(figure.doubts), words)),
        ]
    )
    parts = [html.H3([*head, look], className="reading-head"), told, _steps(reading, words)]
    return html.Li(parts, id=Anchor(f"reading-{number}"), tabIndex=-1)


def _group(figure: Figure, words: Words) -> Any:
    status = label(GROUP_STATUSES, figure.group_status, words)
    return [status, " · ", _quoted(figure.group_label, words)] if figure.group_label else status


def _quoted(text: str, words: Words) -> Component:
    return html.Bdi(words.quoted(text), **written_in(text))


def _as_written(text: str, name: str, words: Words) -> list[Component]:
    """What the report calls the place, where that is another name."""
    return [html.Span(_quoted(text, words))] if text not in ("", name) else []


def _place(figure: Figure, words: Words, naming: Naming) -> Any:
    name = naming.place(figure.place_id) or country(figure.place_text, words.language)
    if name:
        return html.Span([html.Bdi(name), *_as_written(figure.place_text, name, words)])
    several = [naming.place(one) or one for one in figure.place_candidates]
    if several:
        return words("report.one_of", places=words("list.separator").join(several))
    return as_written(figure.place_text) if figure.place_text else words("report.no_place")


def _when(figure: Figure, words: Words) -> str:
    if figure.window_start:
        return words.window(figure.window_start, figure.window_end)
    if figure.event_start:
        return (
            words.day(figure.event_start) if figure.event_start == figure.event_end else words.window(figure.event_start, figure.event_end)
        )
    day = words.day(figure.as_of)
    return words("evidence.inferred", day=day) if figure.as_of_inferred else words("report.as_of", day=day)


def _steps(reading: Reading, words: Words) -> Component:
    heads = [Head(words(f"step.{name}")) for name in ("stage", "words", "value", "rule")]
    rows = [
        [
            words(f"stage.{one.stage}"),
            _quoted(one.text, words) if one.text else "–",
            html.Code(one.value),
            html.Span(one.rule, lang="en"),
        ]
        for one in reading.steps
    ]
    steps = html.Div(table(heads, rows, caption=words("report.how")), className="scroll", tabIndex=0)
    return html.Details([html.Summary(words("report.how")), steps], className="as-table")
