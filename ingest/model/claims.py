"""What a figure's own fields say of it as a claim: which claim it carries, and what its source has at stake."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from ingest.model.crisis import Organisation
from ingest.model.ids import claim_id
from ingest.model.records import Figure
from ingest.model.vocabulary import GroupStatus, Interest

UNATTRIBUTED = "unattributed"
# Voices without a name: two of them may be one, so they stand for themselves only at one publisher.
NAMELESS = frozenset(
    {"", UNATTRIBUTED, "anonymous_local", "officials", "activists", "rescuers", "police", "health_authorities", "military_source"}
)

# How the version of the rules begins that read a row from a record of a database, where every thing counted has a record of its own.
RECORD = "record/"

_WHAT = ("metric", "kind", "unit", "group_status", "group_side", "group_sex", "group_age", "group_role")
_WHEN = ("window_start", "event_start", "as_of")
_VALUE = ("qualifier", "value_low", "value_best", "value_high")
_PLACE = ("place_id", "coverage_area", "place_text")
_DEFAULTS = {field.name: field.default for field in fields(Figure)}


def claim(figure: Figure) -> str:
    """Same voice, series, as-of and value: readings of texts and of tables that share these carry one claim."""
    return claim_of({name: getattr(figure, name) for name in ("claimed_source", *_WHAT, *_PLACE, *_WHEN, *_VALUE)})


def claim_of(figure: Mapping[str, Any]) -> str:
    """The claim of a figure that is still a mapping of its fields; those left out have their defaults."""

    def told(names: tuple[str, ...]) -> list[Any]:
        return [figure[name] if name in figure else _DEFAULTS[name] for name in names]

    place, coverage, written = told(_PLACE)
    where = place or ";".join(coverage) or written.casefold()
    return claim_id(figure["claimed_source"], *told(_WHAT), where, *told(_WHEN), *told(_VALUE))


def interest(source: Organisation | None, status: GroupStatus | None, side: str) -> Interest:
    """What a voice has at stake in people of a status and side. A voice without a side is a third party."""
    if source is None or not source.side:
        return Interest.THIRD_PARTY
    if status is GroupStatus.COMBATANT and side:
        return Interest.OWN_LOSSES if side == source.side else Interest.ENEMY_LOSSES
    return Interest.OWN_SIDE_CIVILIANS if status is GroupStatus.CIVILIAN else Interest.THIRD_PARTY
