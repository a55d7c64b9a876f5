"""Which published columns stand behind a column of the table of figures, so that a file holds what the page displays."""

from collections.abc import Mapping
from typing import Final

from dashboard.state import Filters
from ingest.model.schema import TABLES, Column

PUBLISHED: Final[Mapping[str, tuple[str, ...]]] = {
    "day": ("event_start", "event_end", "window_start", "window_end", "as_of"),
    "value": ("value_text", "value_status", "qualifier", "value_low", "value_best", "value_high", "interval_open_high", "unit"),
    "metric": ("metric",),
    "group": ("group_status", "group_side", "group_sex", "group_age", "group_role", "group_nationality", "group_label"),
    "place": ("place_id", "place_name", "place_text", "adm1_id"),
    "source": ("claimed_source", "claimed_source_kind", "independence_group"),
    "publisher": ("publisher", "url"),
    "kind": ("kind",),
    "interval": ("value_low", "value_high", "interval_open_high", "interval_rule"),
    "as_of": ("as_of", "as_of_inferred"),
    "published": ("published_at",),
    "precision": ("place_precision",),
    "via": ("relayed_via",),
    "perpetrator": ("perpetrator",),
    "review": ("review",),
    "quote": ("quote", "language"),
}
"""By the name the address has for the column."""
_ALWAYS: Final = ("figure_id", "claim_id")  # without them a row leads nowhere, and relays of one claim cannot be told


def shown(filters: Filters) -> tuple[Column, ...]:
    """The columns of a file of figures: all, or those behind the columns chosen for the table, in that order."""
    columns = {column.name: column for column in TABLES["figures"]}
    if not filters.columns:
        return tuple(columns.values())
    behind = (name for chosen in filters.shown() for name in PUBLISHED[chosen])
    return tuple(columns[name] for name in dict.fromkeys((*_ALWAYS, *behind)))
