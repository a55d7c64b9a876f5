"""Writes integers as English number words, independently of the reader: with or without `and`, hyphens and commas."""

ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
).split()
TENS = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split()
SCALES = ((1_000_000, "million"), (1_000, "thousand"))


def spell(value: int, *, british: bool = True, hyphen: str = "-") -> str:
    """The number words of 1..999,999,999; British usage puts `and` before the last two digits of a hundred."""
    members = []
    for size, name in SCALES:
        count, value = divmod(value, size)
        if count:
            members.append(f"{_below_thousand(count, british, hyphen)} {name}")
    if value:
        lead = "and " if british and members and value < 100 else ""
        members.append(lead + _below_thousand(value, british, hyphen))
    return " ".join(members)


def _below_thousand(value: int, british: bool, hyphen: str) -> str:
    hundreds, rest = divmod(value, 100)
    words = [f"{ONES[hundreds]} hundred"] if hundreds else []
    if rest:
        tens, one = divmod(rest, 10)
        small = ONES[rest] if rest < 20 else TENS[tens] + (hyphen + ONES[one] if one else "")
        words.append(("and " if british and hundreds else "") + small)
    return " ".join(words)
