"""Figures as the corpora write them: one line for what is counted, and a table of fields for the rest."""

from collections.abc import Callable
from datetime import date

from ingest.model.records import Figure
from ingest.model.vocabulary import GroupStatus, Qualifier, Unit, ValueStatus

# What a case may say beside `reads`, each a list with one value per figure; "" where nothing is stated.
FIELDS: dict[str, Callable[[Figure], str]] = {
    "source": lambda f: f.claimed_source,
    "relays": lambda f: ";".join(f.relayed_via),
    "place": lambda f: f.place_id or f.place_text,
    "place_text": lambda f: f.place_text,
    "kind": lambda f: f.kind.value,
    "status": lambda f: "" if f.group_status is GroupStatus.UNSTATED else f.group_status.value,
    "group": lambda f: " ".join(filter(None, (f.group_age, f.group_sex, f.group_role))),
    "side": lambda f: f.group_side,
    "event": lambda f: days(f.event_start, f.event_end),
    "window": lambda f: days(f.window_start, f.window_end),
    "as_of": lambda f: "" if f.as_of_inferred else days(f.as_of, f.as_of),
    "precision": lambda f: f.event_precision.value if f.event_precision else "",
    "term": lambda f: f.source_term,
    "number": lambda f: f.value_text,
}


def days(start: date | None, end: date | None) -> str:
    """One day, or first/last of a stretch."""
    if start is None or end is None:
        return ""
    return start.isoformat() if start == end else f"{start}/{end}"


def told(figure: Figure, by_id: dict[str, Figure]) -> str:
    """A figure as the corpora write it."""
    parts = [str(figure.metric), value(figure)]
    if figure.value_status is not ValueStatus.NO_NUMBER and figure.qualifier is not Qualifier.EXACT:
        parts.append(str(figure.qualifier))
    if figure.unit is Unit.HOUSEHOLD:
        parts.append("household")
    if figure.parent_figure_id:
        parent = by_id[figure.parent_figure_id]
        parts.append(f"of {parent.value_best if parent.value_best is not None else parent.value_low}")
    if figure.restates:
        parts.append("again")
    return " ".join(parts)


def value(figure: Figure) -> str:
    """The value of a figure as the corpora write it."""
    if figure.value_status is ValueStatus.NO_NUMBER:
        return "none"
    if figure.interval_open_high:
        return f"{figure.value_low}+"
    if figure.value_low == figure.value_high:
        return str(figure.value_low)
    return f"{figure.value_low}-{figure.value_high}"
