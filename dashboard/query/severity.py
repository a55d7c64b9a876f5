"""How sharp a verdict is, as SQL: which are contradictions, how severe, and the order from the sharpest on."""

from typing import Final

SEVERITY_RANK: Final = "CASE severity WHEN 'extreme' THEN 4 WHEN 'large' THEN 3 WHEN 'moderate' THEN 2 WHEN 'minor' THEN 1 ELSE 0 END"
CONTRADICTIONS: Final = "code IN ('contradiction_strong', 'contradiction_soft', 'contradiction_attribution', 'contradiction_status')"
SHARPEST: Final = f"{SEVERITY_RANK} DESC, {CONTRADICTIONS} DESC, ratio DESC NULLS LAST, gap DESC NULLS LAST, discrepancy_id"
