"""Findings in words: what is counted, how far the claims reach, who says it."""

from typing import Any

import pandas as pd

from dashboard.components.words import Words
from ingest.model.vocabulary import KINDS, METRICS, Kind, Metric


def what(metric: str, group_status: str, group_text: str, side: str, words: Words) -> str:
    """The people counted, as the middle of a sentence: "civilians killed", "people newly displaced"."""
    plain = not side and group_text.count(",") == 0 and group_text.count("،") == 0
    who = words(f"who.{group_status}") if plain else words("who.group", group=group_text[:1].lower() + group_text[1:])
    return words(f"what.{metric}", who=who)


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
    return None if pd.isna(value) else pd.Timestamp(value).date()
