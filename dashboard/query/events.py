"""Tables of what belongs to an event: its claims, and the verdicts among them. Each is made once: figures are many, and these few."""

from typing import Final

from dashboard.query.rules import verdicts
from dashboard.query.snapshots import Snapshot
from dashboard.state import Filters

_FILTERED: Final = (
    *("figure_id", "claim_id", "document_id", "metric", "kind", "claimed_source", "claimed_source_text", "publisher", "perpetrator"),
    *("group_key", "group_label", "day", "last_day", "standing"),
    *("place_key", "place_id", "place_name", "place_text", "adm1_id", "coverage_area", "value_text", "quote"),
)
_CLAIMS: Final = (
    f"SELECT incident_id, spot, {', '.join(_FILTERED)} FROM published_incident_claims JOIN figures USING (figure_id)"  # noqa: S608 - ours
    " LEFT JOIN (SELECT figure_id, spot FROM marks) USING (figure_id) ORDER BY incident_id"
)
# The verdicts among the claims of one event. Of relays and editions one pair stands for its claims.
_PAIRS: Final = """
SELECT a.incident_id, discrepancy_id, code, severity, sharpness, row_number() OVER (
    PARTITION BY a.incident_id, code, least(a.claim_id, b.claim_id), greatest(a.claim_id, b.claim_id) ORDER BY sharpness
) = 1 AS stands
FROM {verdicts} v JOIN {claims} a ON a.figure_id = v.figure_a JOIN {claims} b ON b.figure_id = v.figure_b AND b.incident_id = a.incident_id
ORDER BY a.incident_id, sharpness
"""


def claims_of_events(db: Snapshot) -> str:
    """The table of all claims of events, with what they can be filtered by."""
    return f'"{db.derived("claims of events", _CLAIMS)}"'


def pairs_of_events(db: Snapshot, filters: Filters) -> str:
    """The table of the verdicts among the claims of each event under the rules of the view."""
    table = verdicts(db, filters)
    select = _PAIRS.format(verdicts=table, claims=claims_of_events(db))
    return f'"{db.derived(f"pairs of {table.strip(chr(34))}", select)}"'
