"""Where a record or the row of a table names people: cells whose heading says that a name stands there, and cells without a heading
that look like a name in a row that tells of one person, by an age and a sex.
"""

import re
from collections.abc import Callable
from typing import Final

from ingest.publish.withheld import arabic, english

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


# "Xxx Yyy | 34 | F | Oldbridge": a row without headings. An age alone may be any number; with a sex beside it, the row is of a person.
_BARE: Final = re.compile(r"(?:^|(?<= \| ))(?P<value>[^:|\n]+?)(?= \||\n|$)", re.MULTILINE)
_AGE: Final = re.compile(r"(?i)^(?:aged? )?\d{1,3}(?: ?(?:y|yrs?|years?|months?)(?: old)?| ?(?:سنة|سنوات|عام(?:ا|اً)?|أعوام|أشهر))?$")
_SEX: Final = re.compile(r"(?i)^(?:m|f|male|female|man|woman|boy|girl|ذكر|أنثى|انثى|رجل|امرأة|طفل|طفلة)$")


def spans(text: str, kept: Callable[[str], bool]) -> list[Span]:
    """The cells with people's names; `kept` says of words whether they are a place or an organisation."""
    return [*_labelled(text), *_bare(text, kept)] if " | " in text else []


def _bare(text: str, kept: Callable[[str], bool]) -> list[Span]:
    found: list[Span] = []
    at = 0
    for line in text.split("\n"):
        cells = list(_BARE.finditer(line))
        values = [cell["value"].strip() for cell in cells]
        if any(map(_AGE.match, values)) and any(map(_SEX.match, values)):
            named = [cell for cell in cells if english.is_name(cell["value"], kept) or arabic.is_name(cell["value"], kept)]
            found += [(at + cell.start("value"), at + cell.end("value")) for cell in named]
        at += len(line) + 1
    return found


def _labelled(text: str) -> list[Span]:
    """A plain “name” counts where the record has an age or a sex."""
    if ": " not in text:
        return []
    cells = list(_CELL.finditer(text))
    of_a_person = any(_OF_A_PERSON.match(cell["head"].strip()) for cell in cells)
    return [cell.span("value") for cell in cells if _NAMED.match(head := cell["head"].strip()) or (of_a_person and _PLAIN.match(head))]
