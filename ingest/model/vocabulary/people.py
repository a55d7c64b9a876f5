"""Whom a figure counts, and how a part stands to its whole."""

from enum import StrEnum

from ingest.model.vocabulary.term import Term


class GroupStatus(StrEnum):
    """Civilian or combatant, as stated. Unstated is not the same as mixed."""

    CIVILIAN = "civilian"
    COMBATANT = "combatant"
    MIXED_TOTAL = "mixed_total"
    UNSTATED = "unstated"


GROUP_STATUSES: dict[GroupStatus, Term] = {
    GroupStatus.CIVILIAN: Term("Civilians", "مدنيون", "Civils"),
    GroupStatus.COMBATANT: Term("Combatants", "مقاتلون", "Combattants"),
    GroupStatus.MIXED_TOTAL: Term("Everyone together", "الجميع معاً", "Tous ensemble", "The source counts civilians and combatants as one."),
    GroupStatus.UNSTATED: Term("Not stated", "غير مذكور", "Non précisé", "The source does not say who; it may still be only some."),
}


class Sex(StrEnum):
    """Sex of the group, where stated."""

    FEMALE = "f"
    MALE = "m"


SEXES: dict[Sex, Term] = {
    Sex.FEMALE: Term("women and girls", "إناث", "femmes et filles"),
    Sex.MALE: Term("men and boys", "ذكور", "hommes et garçons"),
}


class Age(StrEnum):
    """Age of the group, where stated."""

    CHILD = "child"
    ADULT = "adult"
    ELDERLY = "elderly"


AGES: dict[Age, Term] = {
    Age.CHILD: Term("children", "أطفال", "enfants"),
    Age.ADULT: Term("adults", "بالغون", "adultes"),
    Age.ELDERLY: Term("elderly people", "مسنون", "personnes âgées"),
}


class PartOf(StrEnum):
    """How a part stands to its whole: `partition` parts add up, `subset` parts need not, `overlap` parts must not."""

    PARTITION = "partition"
    SUBSET = "subset"
    OVERLAP = "overlap"
