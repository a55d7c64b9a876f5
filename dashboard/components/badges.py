"""Small marks with words: the kind of a voice (colour and shape), how sharp a disagreement is, the state of a source."""

from dash.development.base_component import Component

from dashboard.components.attributes import attributes, tip
from dashboard.components.elements import html
from dashboard.components.words import Words
from dashboard.state import SEVERITIES
from ingest.model.vocabulary import DISCREPANCY_CODES, SOURCE_KINDS, DiscrepancyCode, SourceKind


def kind_of(value: object) -> SourceKind:
    """The source kind of a stored value; OTHER where it is none of ours."""
    try:
        return SourceKind(str(value))
    except ValueError:
        return SourceKind.OTHER


def voice(label: str, kind: object, words: Words) -> Component:
    """An organisation's name behind the mark of its kind; never colour alone."""
    known = kind_of(kind)
    kind_label = words.term(SOURCE_KINDS[known])
    mark = html.Span(className=f"kind kind-{known}", **attributes(aria_hidden="true"))
    return html.Span([mark, html.Bdi(label), html.Span(f" ({kind_label})", className="unseen")], className="voice", **tip(kind_label))


def kinds(words: Words) -> Component:
    """What the mark before a name says of whom it names: every kind with its colour and shape."""
    marks = [
        html.Li([html.Span(className=f"kind kind-{kind}", **attributes(aria_hidden="true")), words.term(SOURCE_KINDS[kind])])
        for kind in SOURCE_KINDS
    ]
    return html.Ul(marks, className="kinds", **attributes(aria_label=words("kinds.title")))


def kind_legend(kinds: list[SourceKind], words: Words) -> Component:
    """What the colours stand for, and how a mark looks that no person has checked yet."""
    items = [
        html.Li([html.Span(className=f"kind kind-{kind}", **attributes(aria_hidden="true")), words.term(SOURCE_KINDS[kind])])
        for kind in kinds
    ]
    items.append(html.Li([html.Span(className="unread", **attributes(aria_hidden="true")), words("kinds.unchecked")]))
    return html.Ul(items, className="kind-legend")


def verdict(code: object, severity: object, words: Words) -> Component:
    """What sort of difference it is, and how large."""
    try:
        label = words.term(DISCREPANCY_CODES[DiscrepancyCode(str(code))])
    except ValueError:
        label = str(code)
    sharp = str(severity or "")
    size = html.Span([" · ", words(f"severity.{sharp}")], className="verdict-size") if sharp else None
    return html.Span(
        [html.Span(className=f"step step-{sharp or 'none'}", **attributes(aria_hidden="true")), label, size], className="verdict"
    )


def state_badge(state: object, words: Words) -> Component:
    """Whether a source answers."""
    name = str(state)
    return html.Span(words(f"state.{name}"), className=f"state state-{name}")


def disagreement(step: int, contradictions: int, words: Words) -> Component:
    """How sharply the claims of one event or place contradict each other: 0 none known or none with a size, 1 minor to 4 extreme."""
    size = SEVERITIES[step - 1] if step else "none"
    count = words("severity.contradictions", n=contradictions)
    said = [words("severity.none")] if not contradictions else [count] if not step else [words(f"severity.{size}"), " · ", count]
    return html.Span([html.Span(className=f"step step-{size}", **attributes(aria_hidden="true")), *said], className="disagreement")
