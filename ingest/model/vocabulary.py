"""Every closed list of words, stored by value, with label, colour and order beside each.

Charts, forms, exports and the data dictionary read these tables; nothing else repeats them.
"""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Term:
    """How one word of the vocabulary is shown: labels for people, what it means, and a colour where it is drawn."""

    en: str
    ar: str
    meaning: str = ""
    colour: str = ""


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
    Metric.KILLED: Term("Killed", "قتلى", "Died from the violence."),
    Metric.INJURED: Term("Injured", "جرحى", "Hurt and survived so far; may fall later when people die."),
    Metric.KILLED_OR_INJURED: Term("Killed or injured", "قتلى أو جرحى", "The source gives only the sum; never split by us."),
    Metric.MISSING: Term("Missing", "مفقودون", "Whereabouts unknown after the event."),
    Metric.FORCIBLY_DISAPPEARED: Term("Forcibly disappeared", "مختفون قسراً", "Taken or in custody, fate concealed."),
    Metric.DETAINED: Term("Detained", "محتجزون", "Arrested or held by an authority."),
    Metric.ABDUCTED: Term("Abducted", "مختطفون", "Taken by armed people, kidnapped, held hostage."),
    Metric.CAPTURED: Term("Captured", "أسرى", "Combatants taken prisoner."),
    Metric.RELEASED: Term("Released", "مُفرج عنهم", "Let out of custody."),
    Metric.NEWLY_DISPLACED: Term("Newly displaced", "نازحون جدد", "Movements since a start date; one person may count more than once."),
    Metric.DISPLACED_STOCK: Term("Displaced (at a date)", "نازحون (في تاريخ)", "People displaced at a date."),
    Metric.SECONDARY_DISPLACEMENT: Term("Displaced again", "نزوح متكرر", "Displaced at least twice."),
    Metric.SHELTERED: Term("Sheltered", "في مراكز إيواء", "Staying in collective centres or camps; a part of the displaced."),
    Metric.IDP_RETURNED: Term("Returned IDPs", "نازحون عائدون", "Displaced people back in their area of origin."),
    Metric.REFUGEE_RETURNED: Term("Returned refugees", "لاجئون عائدون", "Crossed back into the country."),
    Metric.CROSS_BORDER_DEPARTED: Term("Fled abroad", "فرّوا إلى الخارج", "Crossed a border to flee."),
    Metric.REFUGEE_STOCK: Term("Refugees (at a date)", "لاجئون (في تاريخ)", "Refugees registered or hosted at a date."),
    Metric.EVACUATED: Term("Evacuated", "أُجلوا", "Moved by an organised operation; overlaps with displaced."),
    Metric.AFFECTED: Term("Affected", "متضررون", "As the source uses the word; never added to other metrics."),
    Metric.IN_NEED: Term("In need", "محتاجون", "As the source uses the word; never added to other metrics."),
    Metric.INCIDENT_COUNT: Term("Incidents", "حوادث", "Number of incidents, as context."),
    Metric.FACILITY_HIT: Term("Facilities hit", "منشآت متضررة", "Number of facilities hit, as context."),
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
    Kind.INCIDENT: Term("One incident", "حادثة واحدة", "One event."),
    Kind.DAILY: Term("One day", "يوم واحد", "One calendar day, as stated."),
    Kind.PERIOD: Term("A period", "فترة", "From a stated day to a stated day."),
    Kind.CUMULATIVE: Term("Total since a start", "إجمالي منذ بداية", "Running total since a stated start."),
    Kind.STOCK: Term("Level at a date", "مستوى في تاريخ", "How many there are at a date."),
    Kind.PROJECTION: Term("Projection", "توقع", "May happen; kept apart from what did."),
    Kind.RATE_24H: Term("Last 24 hours", "آخر 24 ساعة", "A rolling 24 hours, not a calendar day."),
}


class Unit(StrEnum):
    """What one unit of the value is."""

    PERSON = "person"
    HOUSEHOLD = "household"
    COUNT = "count"


UNITS: dict[Unit, Term] = {
    Unit.PERSON: Term("people", "شخص"),
    Unit.HOUSEHOLD: Term("households", "أسرة"),
    Unit.COUNT: Term("count", "عدد"),
}


class Qualifier(StrEnum):
    """How the source hedges the number."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    UP_TO = "up_to"
    FEWER_THAN = "fewer_than"
    NEARLY = "nearly"
    ABOUT = "about"
    RANGE = "range"
    VAGUE = "vague"
    NONE = "none"


QUALIFIERS: dict[Qualifier, Term] = {
    Qualifier.EXACT: Term("exactly", "بالضبط", "The number as stated."),
    Qualifier.AT_LEAST: Term("at least", "على الأقل", "The number or more."),
    Qualifier.MORE_THAN: Term("more than", "أكثر من", "Above the number."),
    Qualifier.UP_TO: Term("up to", "ما يصل إلى", "The number or fewer."),
    Qualifier.FEWER_THAN: Term("fewer than", "أقل من", "Below the number."),
    Qualifier.NEARLY: Term("nearly", "ما يقارب", "A little below the number."),
    Qualifier.ABOUT: Term("about", "نحو", "Around the number, either way."),
    Qualifier.RANGE: Term("between", "بين", "From a low to a high number."),
    Qualifier.VAGUE: Term("a vague word", "لفظ مبهم", "A word such as “dozens”: an interval, never a point."),
    Qualifier.NONE: Term("no number", "بلا رقم", "A claim that gives no number."),
}


class ValueStatus(StrEnum):
    """Whether the claim carries a number at all."""

    STATED = "stated"
    EXPLICIT_ZERO = "explicit_zero"
    EXPLICIT_UNKNOWN = "explicit_unknown"
    NO_NUMBER = "no_number"


VALUE_STATUSES: dict[ValueStatus, Term] = {
    ValueStatus.STATED: Term("number stated", "رقم معلن"),
    ValueStatus.EXPLICIT_ZERO: Term("explicitly none", "لا أحد صراحةً", "The source says there were none."),
    ValueStatus.EXPLICIT_UNKNOWN: Term("explicitly unknown", "غير معروف صراحةً", "The source says it does not know."),
    ValueStatus.NO_NUMBER: Term("claimed, no number", "ادعاء بلا رقم", "It happened, the source says, without a number."),
}


class GroupStatus(StrEnum):
    """Civilian or combatant, as stated. Unstated is not the same as mixed."""

    CIVILIAN = "civilian"
    COMBATANT = "combatant"
    MIXED_TOTAL = "mixed_total"
    UNSTATED = "unstated"


GROUP_STATUSES: dict[GroupStatus, Term] = {
    GroupStatus.CIVILIAN: Term("Civilians", "مدنيون"),
    GroupStatus.COMBATANT: Term("Combatants", "مقاتلون"),
    GroupStatus.MIXED_TOTAL: Term("Everyone together", "الجميع معاً", "The source counts civilians and combatants as one."),
    GroupStatus.UNSTATED: Term("Not stated", "غير مذكور", "The source does not say who; it may still be only some."),
}


class Sex(StrEnum):
    """Sex of the group, where stated."""

    FEMALE = "f"
    MALE = "m"


SEXES: dict[Sex, Term] = {Sex.FEMALE: Term("women and girls", "إناث"), Sex.MALE: Term("men and boys", "ذكور")}


class Age(StrEnum):
    """Age of the group, where stated."""

    CHILD = "child"
    ADULT = "adult"
    ELDERLY = "elderly"


AGES: dict[Age, Term] = {
    Age.CHILD: Term("children", "أطفال"),
    Age.ADULT: Term("adults", "بالغون"),
    Age.ELDERLY: Term("elderly people", "مسنون"),
}


class PartOf(StrEnum):
    """How a part stands to its whole: `partition` parts add up, `subset` parts need not, `overlap` parts must not."""

    PARTITION = "partition"
    SUBSET = "subset"
    OVERLAP = "overlap"


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
    SourceKind.MONITOR: Term("Monitors", "مراصد", "Groups that document casualties.", "#0072B2"),
    SourceKind.STATE: Term("State media and ministries", "إعلام رسمي ووزارات", "Speaking for a government.", "#D55E00"),
    SourceKind.UN: Term("United Nations and humanitarians", "الأمم المتحدة والعمل الإنساني", "UN bodies, Red Cross, NGOs.", "#009E73"),
    SourceKind.RESCUE: Term("Rescue and health services", "خدمات الإنقاذ والصحة", "Count whom their teams reach.", "#CC79A7"),
    SourceKind.MEDIA: Term("Wires and media", "وكالات وإعلام", "Report themselves or relay others.", "#56B4E9"),
    SourceKind.PARTY: Term("Parties to the conflict", "أطراف النزاع", "Fighting parties and their allies.", "#E69F00"),
    SourceKind.OTHER: Term("Others and unattributed", "آخرون وغير منسوب", "Local or unnamed sources.", "#7F7F7F"),
}


class Stance(StrEnum):
    """Whose voice a source is where states and factions fight each other; which side that is in one crisis, its organisations say."""

    NO_PARTY = "no_party"
    GOVERNMENT = "government"
    OPPOSITION = "opposition"
    OTHER_STATE = "other_state"
    VARIES = "varies"


STANCES: dict[Stance, Term] = {
    Stance.NO_PARTY: Term("Of no party", "لا يتبع طرفاً", "Neither belongs to a party nor speaks for one."),
    Stance.GOVERNMENT: Term("Speaks for a government", "ينطق باسم حكومة", "Belongs to the government of the country it reports on."),
    Stance.OPPOSITION: Term("Close to the opposition", "قريب من المعارضة", "Grew out of the opposition to that government."),
    Stance.OTHER_STATE: Term("Belongs to another state", "تابع لدولة أخرى", "Owned or run by a state that may be involved itself."),
    Stance.VARIES: Term("Differs by report", "يختلف من تقرير إلى آخر", "Carries the reports of several organisations."),
}


class Interest(StrEnum):
    """What the claimed source has at stake in the figure."""

    OWN_LOSSES = "own_losses"
    ENEMY_LOSSES = "enemy_losses"
    OWN_SIDE_CIVILIANS = "own_side_civilians"
    OTHER_SIDE_CIVILIANS = "other_side_civilians"
    THIRD_PARTY = "third_party"


INTERESTS: dict[Interest, Term] = {
    Interest.OWN_LOSSES: Term("its own losses", "خسائره"),
    Interest.ENEMY_LOSSES: Term("its enemy’s losses", "خسائر عدوه", "Shown in its own lane, never with third-party counts."),
    Interest.OWN_SIDE_CIVILIANS: Term("civilians on its side", "مدنيون في جانبه"),
    Interest.OTHER_SIDE_CIVILIANS: Term("civilians on the other side", "مدنيون في الجانب الآخر"),
    Interest.THIRD_PARTY: Term("third party", "طرف ثالث"),
}


class DatePrecision(StrEnum):
    """How finely a date is stated."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


class PlacePrecision(StrEnum):
    """How finely a place is stated, finest first. From `governorate` on it is drawn as an area, never as a dot."""

    POINT = "point"
    SITE = "site"
    NEIGHBOURHOOD = "neighbourhood"
    CITY_OR_TOWN = "city_or_town"
    SUBDISTRICT = "subdistrict"
    DISTRICT = "district"
    GOVERNORATE = "governorate"
    REGION_INFORMAL = "region_informal"
    COUNTRY = "country"
    CROSS_BORDER = "cross_border"


class PlaceRole(StrEnum):
    """Where it happened, where people left, or where they went."""

    LOCATION = "location"
    ORIGIN = "origin"
    DESTINATION = "destination"


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


class Review(StrEnum):
    """Whether a person has looked at the row."""

    MACHINE = "machine"
    HUMAN_CHECKED = "human_checked"
    CORRECTED = "corrected"
    REJECTED = "rejected"


class Decision(StrEnum):
    """What a person says of the machine's verdict on a pair of figures."""

    AGREE = "agree"
    ANOTHER_CODE = "another_code"
    NOT_A_DISCREPANCY = "not_a_discrepancy"
    WITHDRAWN = "withdrawn"


DECISIONS: dict[Decision, Term] = {
    Decision.AGREE: Term("The machine is right", "حكم الآلة صحيح", "The person reaches the same verdict."),
    Decision.ANOTHER_CODE: Term("Another reason", "سبب آخر", "The two differ or agree for another reason, which the code names."),
    Decision.NOT_A_DISCREPANCY: Term("Not a discrepancy", "ليس تعارضاً", "The two should not be set beside each other."),
    Decision.WITHDRAWN: Term("Ruling withdrawn", "سُحب الحكم", "What was ruled before no longer stands."),
}


class Doubt(StrEnum):
    """Why a reading may be wrong; written `reason`, or `reason=a|b` where other values of its column were considered."""

    IMPLICIT_ONE = "implicit_one"
    NO_NOUN = "no_noun"
    UNKNOWN_NOUN = "unknown_noun"
    NOUN_ALONE = "noun_alone"
    NOUN_OVERRULED = "noun_overruled"
    LIST_CONTINUED = "list_continued"
    FAR_WORD = "far_word"
    HYPOTHETICAL = "hypothetical"
    LOOSE_PART = "loose_part"
    PLACE_NOT_UNIQUE = "place_not_unique"
    PLACE_UNKNOWN = "place_unknown"
    PLACE_CARRIED = "place_carried"
    SOURCE_UNKNOWN = "source_unknown"
    SOURCE_CARRIED = "source_carried"
    SECOND_METRIC = "second_metric"
    SECOND_VALUE = "second_value"
    SECOND_UNIT = "second_unit"
    SECOND_PART = "second_part"
    SECOND_SOURCE = "second_source"
    SECOND_PLACE = "second_place"
    SECOND_ABSENT = "second_absent"
    SECOND_ONLY = "second_only"


@dataclass(frozen=True, slots=True)
class Uncertainty(Term):
    """A doubt as it is shown, with the column of the figures table it is about."""

    column: str = ""


DOUBTS: dict[Doubt, Uncertainty] = {
    Doubt.IMPLICIT_ONE: Uncertainty(
        "One by the word alone", "واحد مفهوم ضمناً", "No number is written: “a child” is taken as one.", column="value_best"
    ),
    Doubt.NO_NOUN: Uncertainty("No noun", "بلا معدود", "Nothing behind the number says what is counted.", column="unit"),
    Doubt.UNKNOWN_NOUN: Uncertainty(
        "Unknown noun", "معدود مجهول", "The noun behind the number is not known to mean people.", column="unit"
    ),
    Doubt.NOUN_ALONE: Uncertainty("No verb", "بلا فعل", "The noun alone says what happened, and not plainly.", column="metric"),
    Doubt.NOUN_OVERRULED: Uncertainty(
        "Noun and verb differ", "تعارض الاسم والفعل", "The noun says one thing, the word taken another.", column="metric"
    ),
    Doubt.LIST_CONTINUED: Uncertainty(
        "Goes on with a list", "تتمة قائمة", "No word of its own says what happened; the list before it does.", column="metric"
    ),
    Doubt.FAR_WORD: Uncertainty(
        "Far from its word", "بعيد عن فعله", "The word that says what happened is far from the number.", column="metric"
    ),
    Doubt.HYPOTHETICAL: Uncertainty(
        "May not have happened", "قد لا يكون وقع", "The sentence speaks of what may, could or will be.", column="kind"
    ),
    Doubt.LOOSE_PART: Uncertainty(
        "Part by its place alone", "جزء بحسب الموضع", "No word says that it is a part of the total before it.", column="parent_figure_id"
    ),
    Doubt.PLACE_NOT_UNIQUE: Uncertainty("Several places", "أماكن محتملة", "The name means several places.", column="place_id"),
    Doubt.PLACE_UNKNOWN: Uncertainty("Unknown place", "مكان مجهول", "The place written is in no list of places.", column="place_id"),
    Doubt.PLACE_CARRIED: Uncertainty(
        "Place of an earlier sentence", "مكان من جملة سابقة", "Its own sentence names no place.", column="place_id"
    ),
    Doubt.SOURCE_UNKNOWN: Uncertainty("Unknown source", "مصدر مجهول", "A speaker is named who is nobody we know.", column="claimed_source"),
    Doubt.SOURCE_CARRIED: Uncertainty(
        "Source of an earlier sentence", "مصدر من جملة سابقة", "Its own sentence names nobody.", column="claimed_source"
    ),
    Doubt.SECOND_METRIC: Uncertainty(
        "Second reader: metric", "القارئ الثاني: المؤشر", "The second reader says that something else happened.", column="metric"
    ),
    Doubt.SECOND_VALUE: Uncertainty(
        "Second reader: value", "القارئ الثاني: القيمة", "The second reader gives the number another value.", column="value_best"
    ),
    Doubt.SECOND_UNIT: Uncertainty(
        "Second reader: unit",
        "القارئ الثاني: الوحدة",
        "The second reader takes people for households, or households for people.",
        column="unit",
    ),
    Doubt.SECOND_PART: Uncertainty(
        "Second reader: part",
        "القارئ الثاني: الجزء",
        "The second reader makes it a part of another figure, or of none.",
        column="parent_figure_id",
    ),
    Doubt.SECOND_SOURCE: Uncertainty(
        "Second reader: source", "القارئ الثاني: المصدر", "The second reader names another source.", column="claimed_source"
    ),
    Doubt.SECOND_PLACE: Uncertainty(
        "Second reader: place", "القارئ الثاني: المكان", "The second reader names another place.", column="place_id"
    ),
    Doubt.SECOND_ABSENT: Uncertainty(
        "Not seen by the second reader",
        "لم يره القارئ الثاني",
        "The second reader read the sentence and lists no such figure.",
        column="metric",
    ),
    Doubt.SECOND_ONLY: Uncertainty(
        "Found by the second reader only",
        "وجده القارئ الثاني وحده",
        "The rules do not read it; it is not published before a person has confirmed it.",
        column="metric",
    ),
}


class Comparability(StrEnum):
    """Whether two claims answer the same question."""

    COMPARABLE = "comparable"
    BOUNDED = "bounded"
    NOT_COMPARABLE = "not_comparable"


class DiscrepancyCode(StrEnum):
    """Why two claims differ, or agree; the first matching rule wins."""

    RELAY = "relay"
    RELAY_DISTORTION = "relay_distortion"
    REVISION = "revision"
    REVISION_DECREASE = "revision_decrease"
    DIFFERENT_DEFINITION = "different_unit_or_definition"
    DIFFERENT_GROUP = "different_scope_group"
    DIFFERENT_PLACE = "different_scope_place"
    DIFFERENT_WINDOW = "different_window"
    TIMING_LAG = "timing_lag"
    CONTRADICTION_STRONG = "contradiction_strong"
    CONTRADICTION_SOFT = "contradiction_soft"
    CONTRADICTION_ATTRIBUTION = "contradiction_attribution"
    CONTRADICTION_STATUS = "contradiction_status"
    COINCIDENTAL_AGREEMENT = "coincidental_agreement"
    PARTY_CLAIM_GAP = "party_claim_gap"
    INTERNAL_INCONSISTENCY = "internal_inconsistency"
    UNEXPLAINED_REMAINDER = "unexplained_remainder"
    SILENCE = "silence"
    AGREEMENT = "agreement"


DISCREPANCY_CODES: dict[DiscrepancyCode, Term] = {
    DiscrepancyCode.RELAY: Term("Relay", "نقل", "One claim, repeated by several publishers."),
    DiscrepancyCode.RELAY_DISTORTION: Term("Relay distortion", "تحريف في النقل", "The same claim repeated with another value or word."),
    DiscrepancyCode.REVISION: Term("Revision", "تحديث", "The same source counts more, later."),
    DiscrepancyCode.REVISION_DECREASE: Term("Revision downwards", "تحديث بالنقصان", "The same source’s running total falls."),
    DiscrepancyCode.DIFFERENT_DEFINITION: Term("Different unit or definition", "وحدة أو تعريف مختلف", "They count different things."),
    DiscrepancyCode.DIFFERENT_GROUP: Term("Different group", "فئة مختلفة", "They count different people."),
    DiscrepancyCode.DIFFERENT_PLACE: Term("Different place", "مكان مختلف", "They count in different places."),
    DiscrepancyCode.DIFFERENT_WINDOW: Term("Different window", "فترة مختلفة", "They count over different times."),
    DiscrepancyCode.TIMING_LAG: Term("Later count", "عدّ لاحق", "One count is simply later than the other."),
    DiscrepancyCode.CONTRADICTION_STRONG: Term("Contradiction", "تناقض", "Same question, and both cannot hold."),
    DiscrepancyCode.CONTRADICTION_SOFT: Term(
        "Soft contradiction", "تناقض محتمل", "Same question, far apart, though “at least” leaves room."
    ),
    DiscrepancyCode.CONTRADICTION_ATTRIBUTION: Term("Who did it", "من المسؤول", "Same count, different party held responsible."),
    DiscrepancyCode.CONTRADICTION_STATUS: Term("Who they were", "من هم الضحايا", "Same count, different group named."),
    DiscrepancyCode.COINCIDENTAL_AGREEMENT: Term("Agreement by coincidence", "اتفاق عارض", "Equal totals made of different parts."),
    DiscrepancyCode.PARTY_CLAIM_GAP: Term("Party’s claim", "ادعاء طرف", "A fighting party’s claim about its enemy."),
    DiscrepancyCode.INTERNAL_INCONSISTENCY: Term("Does not add up", "لا يتسق داخلياً", "Parts and total of one document disagree."),
    DiscrepancyCode.UNEXPLAINED_REMAINDER: Term("Remainder", "باقٍ غير موضح", "The listed parts leave some unexplained."),
    DiscrepancyCode.SILENCE: Term("Silence", "صمت", "A source that usually reports said nothing."),
    DiscrepancyCode.AGREEMENT: Term("Agreement", "اتفاق", "Same question, compatible answers."),
}


class Clock(StrEnum):
    """By whose time something was known: the world's, from publication, or ours, from when this installation first saw it."""

    PUBLISHED = "published"
    READ = "read"


CLOCKS: dict[Clock, Term] = {
    Clock.PUBLISHED: Term("published by then", "منشور حتى ذلك الحين", "What anybody could have read by then."),
    Clock.READ: Term("read here by then", "مقروء هنا حتى ذلك الحين", "What this installation had read by then."),
}


class SilenceState(StrEnum):
    """What a source did on a day about one metric and place. Silent is never zero, and a collector that failed is never silent."""

    VALUE = "value"
    EXPLICIT_ZERO = "explicit_zero"
    EXPLICIT_UNKNOWN = "explicit_unknown"
    NO_NUMBER_GIVEN = "no_number_given"
    SILENT = "silent"
    NO_PUBLICATION = "no_publication"
    OUT_OF_MANDATE = "out_of_mandate"
    COLLECTOR_DOWN = "collector_down"
    NOT_INGESTED = "not_ingested"


SILENCE_STATES: dict[SilenceState, Term] = {
    SilenceState.VALUE: Term("Gave a number", "ذكر رقماً", "A number or a vague word such as “dozens”."),
    SilenceState.EXPLICIT_ZERO: Term("Said none", "قال: لا أحد", "The source says that there were none."),
    SilenceState.EXPLICIT_UNKNOWN: Term("Said it does not know", "قال إنه لا يعلم", "The source says that the number is not known."),
    SilenceState.NO_NUMBER_GIVEN: Term("Claimed it without a number", "ذكره بلا رقم", "It happened, the source says, and gives no number."),
    SilenceState.SILENT: Term(
        "Published, nothing on this", "نشر ولم يذكر هذا", "It published that day, and what was read says nothing on this."
    ),
    SilenceState.NO_PUBLICATION: Term(
        "Published nothing", "لم ينشر شيئاً", "It was read to the end of that day, and nothing of that day was there."
    ),
    SilenceState.OUT_OF_MANDATE: Term("Not its task", "ليس من مهمته", "Nothing says that it sets out to count this, here, on that day."),
    SilenceState.COLLECTOR_DOWN: Term("Could not be read", "تعذّرت قراءته", "Its collector failed, so nobody here knows what it said."),
    SilenceState.NOT_INGESTED: Term("Not read yet", "لم يُقرأ بعد", "Nothing of that day has been read so far."),
}


class SeriesStep(StrEnum):
    """How a claim of a series stands to the one before it."""

    FIRST = "first"
    RISE = "rise"
    UNCHANGED = "unchanged"
    FALL = "fall"
    CORRECTION = "correction"


SERIES_STEPS: dict[SeriesStep, Term] = {
    SeriesStep.FIRST: Term("first of its series", "أول السلسلة"),
    SeriesStep.RISE: Term("more than before", "أكثر من السابق"),
    SeriesStep.UNCHANGED: Term("as before", "كالسابق"),
    SeriesStep.FALL: Term("fewer than before", "أقل من السابق", "A running total that falls was revised."),
    SeriesStep.CORRECTION: Term(
        "the same day, told otherwise", "اليوم نفسه برقم آخر", "A later claim about the same day with another value."
    ),
}
