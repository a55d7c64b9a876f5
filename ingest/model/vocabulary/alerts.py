"""What a person may be told of between two looks."""

from enum import StrEnum

from ingest.model.vocabulary.term import Term


class AlertRule(StrEnum):
    """Why somebody should look."""

    HIGH_VALUE = "high_value"
    CONTRADICTION = "contradiction"
    FALLING_TOTAL = "falling_total"
    SILENT_SOURCE = "silent_source"
    CHANGED_SHAPE = "changed_shape"
    LOW_VOLUME = "low_volume"
    WATCHED_VIEW = "watched_view"


ALERT_RULES: dict[AlertRule, Term] = {
    AlertRule.HIGH_VALUE: Term("Above its own history", "أعلى من كل ما ذكره المصدر", "Au-dessus de son propre passé"),
    AlertRule.CONTRADICTION: Term("New contradiction", "تناقض جديد", "Nouvelle contradiction"),
    AlertRule.FALLING_TOTAL: Term("A running total fell", "انخفاض حصيلة تراكمية", "Un total cumulé baisse"),
    AlertRule.SILENT_SOURCE: Term("A source went silent", "مصدر صمت", "Une source s’est tue"),
    AlertRule.CHANGED_SHAPE: Term("A source changed its shape", "تغيّر شكل مصدر", "Une source a changé de forme"),
    AlertRule.LOW_VOLUME: Term("Fewer reports than expected", "تقارير أقل من المتوقع", "Moins de rapports qu’attendu"),
    AlertRule.WATCHED_VIEW: Term("A watched view changed", "تغيّر عرض مُراقَب", "Une vue surveillée a changé"),
}


class AlertState(StrEnum):
    """What a person made of an alert. Only a released one is sent to anybody."""

    HELD = "held"
    RELEASED = "released"
    DISMISSED = "dismissed"
