"""Findings in words: what is counted, how far the claims reach, who says it."""

from datetime import date
from typing import Any, Final

import pandas as pd

from dashboard.components.words import Words
from ingest.model.vocabulary import GROUP_STATUSES, KINDS, METRICS, GroupStatus, Kind, Metric

_COMMAS: Final = ",، "


def what(metric: str, group_status: str, group_text: str, words: Words) -> str:
    """The people counted, as the middle of a sentence: "civilians killed", "combatants captured (Government and allies)".

    `group_text` is the whole group in words, of which the status is the first part where it is stated.
    """
    counted = words(f"what.{metric}", who=words(f"who.{group_status}")).strip()  # French names nobody where the group is not stated
    status = words.term(GROUP_STATUSES[GroupStatus(group_status)])
    detail = group_text.removeprefix(status).strip(_COMMAS)
    return words("what.detail", what=counted, detail=detail) if detail else counted


def reach(low: Any, high: Any, *, open_high: bool, words: Words) -> str:
    """44 to 149; 44 to 149 or more; 44."""
    if pd.isna(low) or pd.isna(high):
        return ""
    if int(low) == int(high):
        return words("reach.open_one", low=int(low)) if open_high else words.number(int(low))
    return words("reach.open" if open_high else "reach.closed", low=int(low), high=int(high))


def metric_label(metric: str, words: Words) -> str:
    """The label of a metric."""
    return words.term(METRICS[Metric(metric)])


def kind_label(kind: str, words: Words) -> str:
    """The label of a kind."""
    return words.term(KINDS[Kind(kind)])


def count_of(value: Any) -> int:
    """The whole number of a cell, 0 where it is empty."""
    return 0 if pd.isna(value) else int(value)


def day_of(value: Any) -> Any:
    """The calendar day of a cell, or None where it is empty."""
    if type(value) is date:
        return value
    return None if pd.isna(value) else pd.Timestamp(value).date()


def claimed_spans(spans: str, words: Words) -> str:
    """The `spans` of an incident: Killed 8 to 22, Injured 40."""
    said = []
    for span in filter(None, spans.split(";")):
        metric, _, ends = span.partition("=")
        low, _, high = ends.partition("..")
        said.append(f"{metric_label(metric, words)} {reach(int(low), int(high), open_high=False, words=words)}")
    return words("list.separator").join(said)
