"""Whose voice a figure is, what it has at stake, and how far it checked."""

from enum import StrEnum

from ingest.model.vocabulary.term import Term


class SourceKind(StrEnum):
    """What sort of voice an organisation is. Colour on every chart follows this."""

    MONITOR = "monitor"
    STATE = "state"
    UN = "un"
    RESCUE = "rescue"
    MEDIA = "media"
    PARTY = "party"
    OTHER = "other"


SOURCE_KINDS: dict[SourceKind, Term] = {
    SourceKind.MONITOR: Term("Monitors", "مراصد", "Observatoires", "Groups that document casualties.", "#0072B2"),
    SourceKind.STATE: Term(
        "State media and ministries", "إعلام رسمي ووزارات", "Médias d’État et ministères", "Speaking for a government.", "#D55E00"
    ),
    SourceKind.UN: Term(
        "United Nations and humanitarians",
        "الأمم المتحدة والعمل الإنساني",
        "Nations Unies et humanitaires",
        "UN bodies, Red Cross, NGOs.",
        "#009E73",
    ),
    SourceKind.RESCUE: Term(
        "Rescue and health services", "خدمات الإنقاذ والصحة", "Secours et services de santé", "Count whom their teams reach.", "#CC79A7"
    ),
    SourceKind.MEDIA: Term("Wires and media", "وكالات وإعلام", "Agences et médias", "Report themselves or relay others.", "#56B4E9"),
    SourceKind.PARTY: Term(
        "Parties to the conflict", "أطراف النزاع", "Parties au conflit", "Fighting parties and their allies.", "#E69F00"
    ),
    SourceKind.OTHER: Term(
        "Others and unattributed", "آخرون وغير منسوب", "Autres et non attribués", "Local or unnamed sources.", "#7F7F7F"
    ),
}


class Stance(StrEnum):
    """Whose voice a source is where states and factions fight each other; which side that is in one crisis, its organisations say."""

    NO_PARTY = "no_party"
    GOVERNMENT = "government"
    OPPOSITION = "opposition"
    OTHER_STATE = "other_state"
    VARIES = "varies"


STANCES: dict[Stance, Term] = {
    Stance.NO_PARTY: Term("Of no party", "لا يتبع طرفاً", "D’aucune partie", "Neither belongs to a party nor speaks for one."),
    Stance.GOVERNMENT: Term(
        "Speaks for a government",
        "ينطق باسم حكومة",
        "Parle pour un gouvernement",
        "Belongs to the government of the country it reports on.",
    ),
    Stance.OPPOSITION: Term(
        "Close to the opposition", "قريب من المعارضة", "Proche de l’opposition", "Grew out of the opposition to that government."
    ),
    Stance.OTHER_STATE: Term(
        "Belongs to another state", "تابع لدولة أخرى", "Appartient à un autre État", "Owned or run by a state that may be involved itself."
    ),
    Stance.VARIES: Term(
        "Differs by report", "يختلف من تقرير إلى آخر", "Varie selon le rapport", "Carries the reports of several organisations."
    ),
}


class Interest(StrEnum):
    """What the claimed source has at stake in the figure."""

    OWN_LOSSES = "own_losses"
    ENEMY_LOSSES = "enemy_losses"
    OWN_SIDE_CIVILIANS = "own_side_civilians"
    OTHER_SIDE_CIVILIANS = "other_side_civilians"
    THIRD_PARTY = "third_party"


INTERESTS: dict[Interest, Term] = {
    Interest.OWN_LOSSES: Term("its own losses", "خسائره", "ses propres pertes"),
    Interest.ENEMY_LOSSES: Term(
        "its enemy’s losses", "خسائر عدوه", "les pertes de son ennemi", "Shown in its own lane, never with third-party counts."
    ),
    Interest.OWN_SIDE_CIVILIANS: Term("civilians on its side", "مدنيون في جانبه", "civils de son côté"),
    Interest.OTHER_SIDE_CIVILIANS: Term("civilians on the other side", "مدنيون في الجانب الآخر", "civils de l’autre côté"),
    Interest.THIRD_PARTY: Term("third party", "طرف ثالث", "tiers"),
}


class Verification(StrEnum):
    """How far the claim was checked, as stated; never our judgement."""

    UNVERIFIED = "unverified"
    SECOND_HAND = "second_hand"
    PARTY_CLAIM = "party_claim"
    REPORTED_BY_MONITOR = "reported_by_monitor"
    VERIFIED_BY_CLAIMED_SOURCE = "verified_by_claimed_source"
    UN_VERIFIED = "un_verified"
    MULTI_SOURCE = "multi_source"


class CountingBasis(StrEnum):
    """How the claimed source counted, where stated."""

    IDENTIFIED_NAMED = "identified_named"
    BODIES_COUNTED = "bodies_counted"
    HOSPITAL = "hospital"
    REGISTERED = "registered"
    ESTIMATE_EXPERT = "estimate_expert"
    MODELLED = "modelled"
    UNKNOWN = "unknown"


class Freshness(StrEnum):
    """Whether a source had something new when it usually does."""

    FRESH = "fresh"
    DUE = "due"
    OVERDUE = "overdue"
    DELINQUENT = "delinquent"


FRESHNESS: dict[Freshness, Term] = {
    Freshness.FRESH: Term("Fresh", "حديث", "À jour", "It had something new within its usual time."),
    Freshness.DUE: Term("Due", "مستحق", "Attendu", "Its usual time has passed; something new is expected."),
    Freshness.OVERDUE: Term("Overdue", "متأخر", "En retard", "Twice its usual time has passed without anything new."),
    Freshness.DELINQUENT: Term(
        "Long overdue", "متأخر كثيراً", "Très en retard", "More than three times its usual time has passed without anything new."
    ),
}
