"""What a figure's own fields say of it as a claim: which claim it carries, and what its source has at stake."""

from ingest.model.crisis import Organisation
from ingest.model.ids import claim_id
from ingest.model.records import Figure
from ingest.model.vocabulary import GroupStatus, Interest

UNATTRIBUTED = "unattributed"


def claim(figure: Figure, status: GroupStatus | None = None) -> str:
    """Same voice, series, as-of and value: readings of texts and of tables that share these carry one claim.

    `status` stands in for the figure's own group status, where that is still to be set.
    """
    who = (status or figure.group_status, figure.group_side, figure.group_sex, figure.group_age, figure.group_role)
    where = figure.place_id or ";".join(figure.coverage_area) or figure.place_text.casefold()
    when = (figure.window_start, figure.event_start, figure.as_of)
    value = (figure.qualifier, figure.value_low, figure.value_best, figure.value_high)
    return claim_id(figure.claimed_source, figure.metric, figure.kind, figure.unit, *who, where, *when, *value)


def interest(source: Organisation | None, status: GroupStatus | None, side: str) -> Interest:
    """What a voice has at stake in people of a status and side. A voice without a side is a third party."""
    if source is None or not source.side:
        return Interest.THIRD_PARTY
    if status is GroupStatus.COMBATANT and side:
        return Interest.OWN_LOSSES if side == source.side else Interest.ENEMY_LOSSES
    return Interest.OWN_SIDE_CIVILIANS if status is GroupStatus.CIVILIAN else Interest.THIRD_PARTY
