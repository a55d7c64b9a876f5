"""Where a record or the row of a table names people: cells whose heading says that a name stands there."""

import re
from typing import Final

Span = tuple[int, int]

# "victim_name: Xxx | age: 30": the cells of a record with their names, as `ingest.text.record` writes them.
_CELL: Final = re.compile(r"(?:^|(?<= \| ))(?P<head>[^:|\n]{1,60}): (?P<value>[^|\n]+?)(?= \||\n|$)")
_OF: Final = r"victims?|martyrs?|deceased|dead|persons?|detainees?|casualt(?:y|ies)"
_WHICH: Final = rf"{_OF}|full|first|last|family|father|mother|middle|given|nick"
_NAMED: Final = re.compile(
    rf"(?i)^(?:{_WHICH})(?:['’]?s)?[ _.-]*names?$|^names?[ _.-]*of[ _.-]*(?:the[ _.-]*)?(?:{_OF})$|^sur[ _-]?name$"
    "|^اسم (?:الشهيد|الشهيدة|الضحية|القتيل|المعتقل|الأب|الأم|العائلة)$|^الاسم (?:الكامل|الثلاثي|الأول)$"
    "|^(?:الكنية|أسماء (?:الضحايا|الشهداء))$"
)
_PLAIN: Final = re.compile(r"(?i)^(?:name|الاسم|اسم)$")
_OF_A_PERSON: Final = re.compile(
    r"(?i)^(?:age|sex|gender|date[ _]of[ _]birth|marital[ _]status|العمر|الجنس|تاريخ الميلاد|الحالة الاجتماعية)$"
)


def spans(text: str) -> list[Span]:
    """The cells with people's names; a plain “name” counts where the record has an age or a sex."""
    if ": " not in text or " | " not in text:
        return []
    cells = list(_CELL.finditer(text))
    of_a_person = any(_OF_A_PERSON.match(cell["head"].strip()) for cell in cells)
    return [cell.span("value") for cell in cells if _NAMED.match(head := cell["head"].strip()) or (of_a_person and _PLAIN.match(head))]
