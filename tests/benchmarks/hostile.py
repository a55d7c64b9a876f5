"""Texts that no report is and any feed may send: each unit is repeated until the text has the length asked for."""

HOSTILE: dict[str, str] = {
    "digits": "7",
    "grouped digits": "1,234,",
    "digits and blanks": "123 ",
    "brackets": "(",
    "nested brackets": "5 dead (",
    "including": "including ",
    "including numbers": "7 including ",
    "commas": ", ",
    "one long word": "abcdefgh",
    "apostrophes in a word": "a'b’",
    "masked letters": "k*i",
    "hyphens": "al-",
    "newlines": "\n",
    "blanks": " ",
    "and": "and ",
    "quotes": '" ',
    "tatweel": "\u0640",
    "tatweel and blanks": "\u0640 ",
    "Arabic marks": "ق\u064b",
    "Arabic and": "و ",
    "capital words": "Aleppo ",
    "capital unknown words": "Zorblat ",
    "capital words in": "in Aleppo and ",
    "killed": "killed ",
    "numbers": "12 ",
    "number words": "twenty hundred ",
    "hedges": "at least ",
    "figures": "5 people were killed and ",
    "figures without a stop": "killing 5 men in Hama, 6 women in Homs, ",
    "says": "said the army ",
    "days": "on Friday ",
    "dates": "since 5 May 2024 to ",
    "ages": "aged 5, ",
    "colons": "5 dead: ",
    "bullets": "• 5 dead\n",
    "headlines": "5 dead\n",
    "full stops": ".",
    "sentences": "He died. ",
    "figures in Arabic": "قتل 5 أشخاص بينهم 3 أطفال و",
    "Arabic numbers": "خمسة وعشرون ",
}


def hostile(unit: str, length: int) -> str:
    """The unit repeated to `length` characters."""
    return (unit * (length // len(unit) + 1))[:length]
