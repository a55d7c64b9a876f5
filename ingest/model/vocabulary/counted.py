"""What is counted: metrics, over what time, in what unit."""

from enum import StrEnum

from ingest.model.vocabulary.term import Term


class Metric(StrEnum):
    """What is counted."""

    KILLED = "killed"
    INJURED = "injured"
    KILLED_OR_INJURED = "killed_or_injured"
    MISSING = "missing"
    FORCIBLY_DISAPPEARED = "forcibly_disappeared"
    DETAINED = "detained"
    ABDUCTED = "abducted"
    CAPTURED = "captured"
    RELEASED = "released"
    NEWLY_DISPLACED = "newly_displaced"
    DISPLACED_STOCK = "displaced_stock"
    SECONDARY_DISPLACEMENT = "secondary_displacement"
    SHELTERED = "sheltered"
    IDP_RETURNED = "idp_returned"
    REFUGEE_RETURNED = "refugee_returned"
    CROSS_BORDER_DEPARTED = "cross_border_departed"
    REFUGEE_STOCK = "refugee_stock"
    EVACUATED = "evacuated"
    AFFECTED = "affected"
    IN_NEED = "in_need"
    INCIDENT_COUNT = "incident_count"
    FACILITY_HIT = "facility_hit"


METRICS: dict[Metric, Term] = {
    Metric.KILLED: Term("Killed", "قتلى", "Tués", "Died from the violence."),
    Metric.INJURED: Term("Injured", "جرحى", "Blessés", "Hurt and survived so far; may fall later when people die."),
    Metric.KILLED_OR_INJURED: Term(
        "Killed or injured", "قتلى أو جرحى", "Tués ou blessés", "The source gives only the sum; never split by us."
    ),
    Metric.MISSING: Term("Missing", "مفقودون", "Disparus", "Whereabouts unknown after the event."),
    Metric.FORCIBLY_DISAPPEARED: Term(
        "Forcibly disappeared", "مختفون قسراً", "Disparitions forcées", "Taken or in custody, fate concealed."
    ),
    Metric.DETAINED: Term("Detained", "محتجزون", "Détenus", "Arrested or held by an authority."),
    Metric.ABDUCTED: Term("Abducted", "مختطفون", "Enlevés", "Taken by armed people, kidnapped, held hostage."),
    Metric.CAPTURED: Term("Captured", "أسرى", "Capturés", "Combatants taken prisoner."),
    Metric.RELEASED: Term("Released", "مُفرج عنهم", "Libérés", "Let out of custody."),
    Metric.NEWLY_DISPLACED: Term(
        "Newly displaced", "نازحون جدد", "Nouvellement déplacés", "Movements since a start date; one person may count more than once."
    ),
    Metric.DISPLACED_STOCK: Term(
        "Displaced (at a date)", "نازحون (في تاريخ)", "Déplacés internes (à une date)", "People displaced at a date."
    ),
    Metric.SECONDARY_DISPLACEMENT: Term("Displaced again", "نزوح متكرر", "Déplacés de nouveau", "Displaced at least twice."),
    Metric.SHELTERED: Term("Sheltered", "في مراكز إيواء", "Hébergés", "Staying in collective centres or camps; a part of the displaced."),
    Metric.IDP_RETURNED: Term(
        "Returned IDPs", "نازحون عائدون", "Déplacés internes de retour", "Displaced people back in their area of origin."
    ),
    Metric.REFUGEE_RETURNED: Term("Returned refugees", "لاجئون عائدون", "Réfugiés de retour", "Crossed back into the country."),
    Metric.CROSS_BORDER_DEPARTED: Term("Fled abroad", "فرّوا إلى الخارج", "Partis à l’étranger", "Crossed a border to flee."),
    Metric.REFUGEE_STOCK: Term(
        "Refugees (at a date)", "لاجئون (في تاريخ)", "Réfugiés (à une date)", "Refugees registered or hosted at a date."
    ),
    Metric.EVACUATED: Term("Evacuated", "أُجلوا", "Évacués", "Moved by an organised operation; overlaps with displaced."),
    Metric.AFFECTED: Term("Affected", "متضررون", "Personnes touchées", "As the source uses the word; never added to other metrics."),
    Metric.IN_NEED: Term("In need", "محتاجون", "Personnes dans le besoin", "As the source uses the word; never added to other metrics."),
    Metric.INCIDENT_COUNT: Term("Incidents", "حوادث", "Incidents", "Number of incidents, as context."),
    Metric.FACILITY_HIT: Term("Facilities hit", "منشآت متضررة", "Installations touchées", "Number of facilities hit, as context."),
}


CASUALTIES = frozenset({Metric.KILLED, Metric.INJURED, Metric.KILLED_OR_INJURED})


# what happens to people only, so that whatever it happened to was one
PERSONAL = frozenset({Metric.KILLED, Metric.INJURED, Metric.DETAINED, Metric.ABDUCTED})


# People who moved, were moved, or stay where they came to; displaced people are civilians by definition
# (Guiding Principles on Internal Displacement, paragraph 2).
MOVEMENTS = frozenset(
    {
        Metric.NEWLY_DISPLACED,
        Metric.DISPLACED_STOCK,
        Metric.SECONDARY_DISPLACEMENT,
        Metric.SHELTERED,
        Metric.IDP_RETURNED,
        Metric.REFUGEE_RETURNED,
        Metric.REFUGEE_STOCK,
        Metric.CROSS_BORDER_DEPARTED,
        Metric.EVACUATED,
    }
)


class Kind(StrEnum):
    """Over what time the value counts. Cumulative and incident never share an axis."""

    INCIDENT = "incident"
    DAILY = "daily"
    PERIOD = "period"
    CUMULATIVE = "cumulative"
    STOCK = "stock"
    PROJECTION = "projection"
    RATE_24H = "rate_24h"


KINDS: dict[Kind, Term] = {
    Kind.INCIDENT: Term("One incident", "حادثة واحدة", "Un incident", "One event."),
    Kind.DAILY: Term("One day", "يوم واحد", "Un jour", "One calendar day, as stated."),
    Kind.PERIOD: Term("A period", "فترة", "Une période", "From a stated day to a stated day."),
    Kind.CUMULATIVE: Term("Total since a start", "إجمالي منذ بداية", "Total depuis un début", "Running total since a stated start."),
    Kind.STOCK: Term("Level at a date", "مستوى في تاريخ", "Niveau à une date", "How many there are at a date."),
    Kind.PROJECTION: Term("Projection", "توقع", "Projection", "May happen; kept apart from what did."),
    Kind.RATE_24H: Term("Last 24 hours", "آخر ٢٤ ساعة", "Dernières 24 heures", "A rolling 24 hours, not a calendar day."),
}


class Unit(StrEnum):
    """What one unit of the value is."""

    PERSON = "person"
    HOUSEHOLD = "household"
    COUNT = "count"


UNITS: dict[Unit, Term] = {
    Unit.PERSON: Term("people", "شخص", "personnes"),
    Unit.HOUSEHOLD: Term("households", "أسرة", "ménages"),
    Unit.COUNT: Term("count", "عدد", "nombre"),
}
