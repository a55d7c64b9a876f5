"""Every threshold of the comparison, by name, with where it comes from. Changing one changes the verdicts, never the claims.

"Section" means a section of the project's definitions: 6 vague words, 11 comparability, 12 classification. Numbers that no
published system gives are our own convention and say so. Which of them a person may change, and how one is written, is in
`ingest.compare.settings`.
"""

from dataclasses import dataclass, fields
from enum import StrEnum

from ingest.model.crisis import HouseholdFactor
from ingest.model.ids import digest
from ingest.model.vocabulary import Metric

EDITION = "4"  # of the rules as code; raised when the same settings give other verdicts


class Vague(StrEnum):
    """What a vague word without a number counts as (section 6). An interval open upwards has no middle and stays as it is."""

    FLOOR = "floor"
    LITERAL = "literal"
    MIDPOINT = "midpoint"


@dataclass(frozen=True, slots=True)
class Rules:
    """What counts as the same question and as a wide gap. Days are whole days in the crisis time zone."""

    # Section 6: "default low uses the ACLED floor convention, because it is the only published one found".
    vague: Vague = Vague.FLOOR
    # Section 5: households become people only through a row of the crisis file; a row for one source goes before one for all.
    household_factors: tuple[HouseholdFactor, ...] = ()
    # Section 11, item 5: two totals since the same start; "tolerance 1 day gives compatible".
    start_tolerance_days: int = 1
    # Section 11, item 5: running totals are alike when their as-of dates lie within 24 h.
    as_of_tolerance_days: int = 1
    # Section 11, item 5: "48 h = lagged"; differences of scope are only looked for within it.
    lag_tolerance_days: int = 2
    # Section 11, item 5: levels at a date are alike within 48 h.
    stock_tolerance_days: int = 2
    # Section 12, D7, our convention: a count up to a week later is still set beside the earlier one (8 to 12 December in the example).
    lag_horizon_days: int = 7
    # Section 8: an event without a stated day happened on the day of the report or so many days before it.
    undated_event_days: int = 1
    # Section 12, D8: "gap of 25 % and at least 5 = soft"; the share is of the smaller number.
    soft_share: float = 0.25
    soft_gap: int = 5
    # Section 12, severity: below 1.1 minor, to 1.5 moderate, to 3 large, above extreme.
    severity_moderate: float = 1.1
    severity_large: float = 1.5
    severity_extreme: float = 3.0
    # Our convention: two sites of one town this near (kilometres, great circle) may be one incident under two names.
    same_site_km: float = 3.0
    # Our convention: claims that differ in more than two items of the comparison answer no common question and are not paired.
    max_differences: int = 2
    # Our convention: how many series one series is set against at one place and time; what lies beyond is counted as left out.
    max_partners: int = 200
    # Section 12, D9: this many differences of place, window and basis make equal totals a coincidence even when no parts are known.
    coincidence_differences: int = 2
    # Section 12, D11b, our convention: a remainder is worth a row when at least so many parts of different people are listed.
    remainder_parts: int = 2
    # Section 2: totals that may fall without alarm, because people die of wounds, are found or are let go.
    may_fall: frozenset[Metric] = frozenset(
        {Metric.INJURED, Metric.MISSING, Metric.FORCIBLY_DISAPPEARED, Metric.DETAINED, Metric.ABDUCTED, Metric.SHELTERED}
    )

    @property
    def version(self) -> str:
        """Written into every verdict: the edition of the code and a digest of every value, so that two sets of rules never look alike."""
        values = [sorted(value) if isinstance(value, frozenset) else value for value in (getattr(self, one.name) for one in fields(self))]
        return f"{EDITION}-{digest(*values, length=8)}"


DEFAULT = Rules()
