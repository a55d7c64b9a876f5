"""Writes integers as Arabic number words, after the grammar books and independently of the reader.

Three to ten take the other gender than the noun they count, eleven to nineteen agree in their ones, tens and hundreds have
none; case shows in the dual and in the tens.
"""

ONES = {
    "masculine": ["", "واحد", "اثنان", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة", "عشرة"],
    "feminine": ["", "واحدة", "اثنتان", "ثلاث", "أربع", "خمس", "ست", "سبع", "ثماني", "تسع", "عشر"],
}
TENS = ["", "", "عشر", "ثلاث", "أربع", "خمس", "ست", "سبع", "ثمان", "تسع"]
HUNDREDS = ["", "مئة", "مئتان", "ثلاثمئة", "أربعمئة", "خمسمئة", "ستمئة", "سبعمئة", "ثمانمئة", "تسعمئة"]
SCALES = ((1_000_000, ("مليون", "مليونان", "ملايين", "مليوناً")), (1_000, ("ألف", "ألفان", "آلاف", "ألفاً")))


def spell(value: int, *, gender: str = "masculine", oblique: bool = False) -> str:
    """The number word of 1..999,999,999 before a noun of a gender, in the nominative or in the oblique case."""
    members = []
    for size, names in SCALES:
        count, value = divmod(value, size)
        if count:
            members.append(_scaled(count, names, oblique=oblique))
    if value:
        members.append(_below_thousand(value, gender, oblique=oblique))
    return " و".join(members)


def _scaled(count: int, names: tuple[str, str, str, str], *, oblique: bool) -> str:
    """A number of thousands or millions: one and two are the noun alone, and its form depends on the last member."""
    one, two, few, many = names
    hundreds, rest = divmod(count, 100)
    if count == 1:
        return one
    if count == 2:
        return _case(two, oblique=oblique)
    if rest in (1, 2):  # a hundred thousand and two thousand
        return _scaled(hundreds * 100, names, oblique=oblique) + " و" + _scaled(rest, names, oblique=oblique)
    noun = one if not rest else few if rest <= 10 else many
    number = _below_thousand(count, "masculine", oblique=oblique)
    if count == 200:
        number = "مئتي" if oblique else "مئتا"
    return f"{number} {noun}"


def _below_thousand(value: int, gender: str, *, oblique: bool) -> str:
    hundreds, rest = divmod(value, 100)
    members = [_case(HUNDREDS[hundreds], oblique=oblique)] if hundreds else []
    if rest:
        members.append(_below_hundred(rest, gender, oblique=oblique))
    return " و".join(members)


def _below_hundred(value: int, gender: str, *, oblique: bool) -> str:
    if value <= 10:
        return _case(ONES[gender][value], oblique=oblique) if value == 2 else ONES[gender][value]
    ten, one = divmod(value, 10)
    if ten == 1:
        return _teen(one, gender, oblique=oblique)
    tens = TENS[ten] + ("ين" if oblique else "ون")
    if not one:
        return tens
    unit = _case(ONES[gender][one], oblique=oblique) if one == 2 else ONES[gender][one]
    return f"{unit} و{tens}"


def _teen(one: int, gender: str, *, oblique: bool) -> str:
    if one == 1:
        return "أحد عشر" if gender == "masculine" else "إحدى عشرة"
    if one == 2:
        stem = "اثن" if gender == "masculine" else "اثنت"
        return stem + ("ي" if oblique else "ا") + (" عشر" if gender == "masculine" else " عشرة")
    return f"{ONES[gender][one]} " + ("عشر" if gender == "masculine" else "عشرة")


def _case(nominative: str, *, oblique: bool) -> str:
    return nominative[:-2] + "ين" if oblique and nominative.endswith("ان") else nominative
