"""How sharp a verdict is, as SQL: which are contradictions, how severe, and the order from the sharpest on."""

from typing import Final

SEVERITY_RANK: Final = "CASE severity WHEN 'extreme' THEN 4 WHEN 'large' THEN 3 WHEN 'moderate' THEN 2 WHEN 'minor' THEN 1 ELSE 0 END"
CONTRADICTIONS: Final = "code IN ('contradiction_strong', 'contradiction_soft', 'contradiction_attribution', 'contradiction_status')"
BY_SHARPNESS: Final = (
    (SEVERITY_RANK, "DESC NULLS LAST"),
    (CONTRADICTIONS, "DESC NULLS LAST"),
    ("ratio", "DESC NULLS LAST"),
    ("gap", "DESC NULLS LAST"),
    ("discrepancy_id", "ASC NULLS LAST"),
)
"""What puts verdicts in order, the sharpest first; in every table of verdicts it is one column."""
SHARPEST: Final = "sharpness"
CONTRADICTION: Final = (
    *("discrepancy_id", "figure_a", "figure_b", "metric", "kind", "code", "severity", "ratio", "day", "place_id", "adm1_id"),
    *("claimed_source_a", "claimed_source_b", "group_a", "group_b", SHARPEST),
)
"""The columns that contradictions are found and counted by; their words stand with the other verdicts."""
VERDICT: Final = f"* EXCLUDE ({SHARPEST})"
"""The columns of a verdict that are told: its place in the order is none of them."""
