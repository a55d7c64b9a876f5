"""What people are to do where a server refuses or a setting is missing: each advice with its one phrase.

It stands in a failure's sentence (`ingest.model.failures`), and is known again there by its phrase, as is how a source changed.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cache

from ingest.model.changes import Change, Defect


class Advice(StrEnum):
    """The advice, as the end of a sentence; `setting` is a name as it is written in the environment or in a crisis file."""

    # a rule
    HOUSEHOLDS_LIKE = (
        "write people per household like 5 or 4.5-6; for one source ocha=5, for some days @2024-12-01..2024-12-31=5, rows joined by ;"
    )
    # any server
    KEY_OR_REFUSED = "it refuses this program or needs a key"
    ADDRESS_GONE = "the address is gone; check it in the crisis file"
    LATER = "try again later"
    CHECK_ADDRESS = "check the address and the settings of the source"
    # keys, and where they are had
    KEY_REFUSED = "it does not take the key in {setting}; {whence}"
    ACCESS_REFUSED = "it does not take the token in {setting}; {whence}"
    IDENTIFIER_REFUSED = "it does not take the identifier in {setting}; {whence}"
    CODE_UNKNOWN = "it does not know the code in {setting}; {whence}"
    SIGN_IN_REFUSED = "it does not take the name in {setting} with the password in {beside}; {whence}"
    ACCESS_ENDED = "it no longer takes the token it gave; the next refresh will try again"
    TIER = "the account's access tier does not hold events; ask {title} for another one"
    NAME_REFUSED = "the name in {setting} is not approved; ask for one at {where}"
    ASK_FOR_NAME = "ask for an approved name at {where}"
    REGISTER = "register at {where}"
    ASK_FOR_ACCESS = "ask for a token at {where}"
    ASK_FOR_CODE = "ask {where} for a client code"
    MAKE_IDENTIFIER = "make an identifier from a name and an e-mail address at {where}"
    SUBSCRIBE = "subscribe to API-V3 at {where}"
    # a source that a package brings
    NOT_LOADED = "it cannot be loaded ({answer})"
    NO_SOURCE = "it needs an INFO named {part} with a limitation, and a fetch(request)"
    # what is asked for
    QUERY = "it did not understand the query or misses the program's name; check {setting} and the options of the crisis file"
    PART_GONE = "this part of its API is gone; a newer version of this program is needed"
    API_RETIRED = "this version of its API is retired; a newer version of this program is needed"
    CALLS_USED_UP = "the calls allowed for today are used up; the next refresh will try again"
    PROGRAM_REFUSED = "it refuses programs of this name; try again later, or download the file and add it under `{setting}`"
    NO_DATASET = "there is no such dataset; check `{setting}`"
    NO_VERSION = "there is no such version; set `{setting}`"
    NO_DUMP = "no dump has been made yet; the next refresh will try again"
    MAY_HAVE_MOVED = "its address may have moved; set `{setting}` in the crisis file"
    FRONT_PAGE = "it leads to the front page of {where}"
    # what a crisis file is to say
    WRITE_LIKE = "write it like {example}"
    HEAD_COMMENT = "the comment at the head of its reader shows one"
    ISO_CODE = "add its ISO code of three letters"
    INCIDENT_LETTERS = "write the letters of its incidents, like {example}"
    DISCOVER = "set `discover` to be told which there are"
    URL_OR_PATH = "give each a `url` or a `path`"
    WIDGET_NUMBERS = "read their numbers from a page of the portal"
    WIDGET_GONE = "the widget is gone, or the portal refuses programs; look at its page and set the widgets in the crisis file anew"


Said = Advice | Change | Defect
"""What may stand in a sentence, with values of its own."""


def advise(phrase: Said, **values: object) -> str:
    """The phrase, without a stop."""
    return phrase.format_map(values)


def advised(phrase: str) -> tuple[Said, Mapping[str, str]] | None:
    """Which of ours a phrase is, with its values; None where it is none."""
    for said in (*Advice, *Change, *Defect):
        if match := _pattern(said).fullmatch(phrase):
            return said, match.groupdict()
    return None


@cache
def _pattern(phrase: Said) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", phrase)
    return re.compile("".join(re.escape(part) if n % 2 == 0 else f"(?P<{part}>.+?)" for n, part in enumerate(parts)), re.DOTALL)
