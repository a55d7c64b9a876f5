"""What a word says of its sentence, one bit each."""

from typing import Final

ENDS: Final = 1 << 0  # it may end here
PARTS: Final = 1 << 1  # two labels may be parted here
LEADS: Final = 1 << 2  # a phrase that says more may begin here
COUNTS: Final = 1 << 3  # there may be a figure
NUMBERED: Final = 1 << 4  # there is a number or a plan
ARTICLE: Final = 1 << 5  # together with PERSON: there may be one person
PERSON: Final = 1 << 6
TELLS: Final = 1 << 7  # a speaker or a day, which later sentences lean on
