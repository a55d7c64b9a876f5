"""Every closed list of words, stored by value, with label, colour and order beside each.

Charts, forms, exports and the data dictionary read these tables; nothing else repeats them.
"""

from ingest.model.vocabulary.alerts import ALERT_RULES, AlertRule, AlertState
from ingest.model.vocabulary.chronology import CLOCKS, SERIES_STEPS, SILENCE_STATES, Clock, SeriesStep, SilenceState
from ingest.model.vocabulary.corrections import CORRECTION_KINDS, CorrectionKind
from ingest.model.vocabulary.counted import CASUALTIES, KINDS, METRICS, MOVEMENTS, PERSONAL, UNITS, Kind, Metric, Unit
from ingest.model.vocabulary.looking import DECISIONS, DOUBTS, Decision, Doubt, Review, Uncertainty
from ingest.model.vocabulary.people import AGES, GROUP_STATUSES, SEXES, Age, GroupStatus, PartOf, Sex
from ingest.model.vocabulary.precision import DatePrecision, PlacePrecision, PlaceRole
from ingest.model.vocabulary.quantity import QUALIFIERS, VALUE_STATUSES, Qualifier, ValueStatus
from ingest.model.vocabulary.sources import (
    FRESHNESS,
    INTERESTS,
    SOURCE_KINDS,
    STANCES,
    CountingBasis,
    Freshness,
    Interest,
    SourceKind,
    Stance,
    Verification,
)
from ingest.model.vocabulary.term import Term
from ingest.model.vocabulary.verdicts import DISCREPANCY_CODES, Comparability, DiscrepancyCode

__all__ = [
    "AGES",
    "ALERT_RULES",
    "CASUALTIES",
    "CLOCKS",
    "CORRECTION_KINDS",
    "DECISIONS",
    "DISCREPANCY_CODES",
    "DOUBTS",
    "FRESHNESS",
    "GROUP_STATUSES",
    "INTERESTS",
    "KINDS",
    "METRICS",
    "MOVEMENTS",
    "PERSONAL",
    "QUALIFIERS",
    "SERIES_STEPS",
    "SEXES",
    "SILENCE_STATES",
    "SOURCE_KINDS",
    "STANCES",
    "UNITS",
    "VALUE_STATUSES",
    "Age",
    "AlertRule",
    "AlertState",
    "Clock",
    "Comparability",
    "CorrectionKind",
    "CountingBasis",
    "DatePrecision",
    "Decision",
    "DiscrepancyCode",
    "Doubt",
    "Freshness",
    "GroupStatus",
    "Interest",
    "Kind",
    "Metric",
    "PartOf",
    "PlacePrecision",
    "PlaceRole",
    "Qualifier",
    "Review",
    "SeriesStep",
    "Sex",
    "SilenceState",
    "SourceKind",
    "Stance",
    "Term",
    "Uncertainty",
    "Unit",
    "ValueStatus",
    "Verification",
]
