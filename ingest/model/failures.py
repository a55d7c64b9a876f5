"""What keeps a source's answer from us: each failure with its one sentence, by which it is said when it happens and known again later.

A run keeps its failures as English sentences, for logs and command lines. The same tables say them and hear them, so that a page can
tell them in its reader's language. What is wrong with a file or page that came, what the ledger refuses, why a person's decision or
note is not kept, what a channel did not take, and what is wrong with a crisis file have tables of their own (`unreadable`, `unkept`,
`refusals`, `undelivered`, `missettings`).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import Final

from ingest.model.missettings import Missetting
from ingest.model.refusals import Refusal
from ingest.model.undelivered import Undelivered
from ingest.model.unkept import Unkept
from ingest.model.unreadable import Unreadable


class Failure(StrEnum):
    """Why an address gave no report, each cause with its sentence."""

    UNREACHABLE = "{where} could not be reached; check the network and the address"
    UNREACHED_IN_TIME = "{where} could not be reached within {seconds} seconds"
    PROXY = "{where} could not be reached through the proxy"
    NO_ANSWER = "{where} did not answer within {seconds} seconds"
    BROKE_OFF = "{where} broke off the connection"
    BROKE_OFF_INSIDE = "{where} broke off in the middle of its answer"
    STALLED = "{where} sent nothing for {seconds} seconds in the middle of its answer"
    UNFINISHED = "{where} did not finish its answer within {seconds} seconds; try again later"
    PRIVATE = "{where} leads to the private address {address}, which is refused"
    CERTIFICATE = "{where} has a certificate that is not trusted here; set REQUESTS_CA_BUNDLE to your network's certificates"
    PACKED = "{where} answered with a compressed body that cannot be unpacked"
    TOO_LARGE = "{where} is larger than the {size} MB that are taken; fetch the file by hand if it is wanted"
    ROBOTS = "The robots.txt of {host} asks programs not to read {where}; it was left alone"
    CHALLENGE = (
        "{where} answered with a challenge that only a browser can pass (HTTP {status}) instead of the report; "
        "wait and try again, less often"
    )
    MOVED = "{where} moved to {target}; set the new address in the crisis file"
    REDIRECTS = "{where} redirects more than {times} times; check the address"
    LONG_WAIT = "{where} answered with HTTP {status} and wants a wait of {seconds} seconds; the next refresh will try again"
    REFUSED = "{title} answered with HTTP {status}{detail}: {cause}"
    STATUS = "{where} answered with HTTP {status}{said}; {advice}"
    SOURCE_TIME = (
        "Reading this source takes longer than the {minutes} minutes it is given at a time; "
        "what was read is kept, and the next refresh goes on"
    )
    STOPPED = "Stopped before the source was read to its end"
    TAKEN_DOWN = "{where} was taken down here and is not asked for again; crosscount corrections says why"
    NO_REPORTS = "{where} lists no reports at all; its address may have changed, check it"
    CUT_FEED = "{where} breaks off before its first entry ends; try again later"
    NO_PART = "{where} has no part “{part}”, where its report used to be; the site has changed, so its reader must be adapted"
    NO_LINKS = "{where} has nothing like “{part}”, where its reports were linked; the site has changed, so its reader must be adapted"
    NO_PREVIEW = "{where} shows no public preview of its posts; leave the channel out, or hand its posts in by hand"
    NONE_READ = "None of the {count} reports offered by {title} could be read; what follows is about the first"
    QUERY_REFUSED = "{title} refused the query ({answer}); check `country` and the account"
    INCOMPLETE = "{title} gave {given} of the {counted} records it counts; the next refresh will try again"
    TOO_MANY = "{title} has more than {most} events; narrow the days of the crisis"
    NOT_DONE = "{title} says it did not succeed ({answer}); try again later"
    UNUSUAL = "{title} did not answer {action} as it always did ({answer}); try again later"
    NO_FILE = "The dataset {dataset} on HDX has no CSV or XLSX that matches; its files are {files}"
    STILL_MAKING = "{title} is still making its dump (HTTP 202); the next refresh will try again"
    CHANGED = "{what}; its reader must be adapted"  # what: a `Change`
    NO_JSON = "{what} is not valid JSON ({answer}); fetch it again"
    NOT_SAVED = "No answer of {where} was saved; it can only be replayed after it was fetched once"
    LET_GO = "The saved answer of {where} was let go; it can be replayed once it is fetched again"
    CUT_ANSWER = "{where} answered with something that breaks off before its end; the next refresh will try again"
    EMPTY_ANSWER = "{where} answered with an empty body (HTTP {status}), which is a fault and not “no news”; try again later"
    PAGE_FOR_JSON = (
        "{where} answered with a web page, perhaps a challenge for browsers, (HTTP {status}) where JSON was due; "
        "wait and try again, less often"
    )
    TEXT_FOR_JSON = "{where} answered with the text “{answer}” (HTTP {status}) where JSON was due; wait and try again, less often"
    PAGE_FOR_FEED = "{where} answered with a web page (HTTP {status}) where a feed was due; check the address of the feed"
    TEXT_FOR_FEED = "{where} answered with the text “{answer}” (HTTP {status}) where a feed was due; check the address of the feed"
    CUT_TABLE = (
        "{where} ends in the middle of a line, so it may have been cut off; "
        "it is read once it comes a second time as it is, with the next refresh"
    )
    OTHER_SCHEME = "{link} is not an http or https address; check it"
    NOT_ASKABLE = "{where} is not an address that can be asked ({answer})"


Cause = Failure | Unreadable | Unkept | Refusal | Undelivered | Missetting
CAUSES: Final[tuple[Cause, ...]] = (*Failure, *Unreadable, *Unkept, *Refusal, *Undelivered, *Missetting)
"""What may be said and heard. No two have the same name, by which a page finds its text."""
_WHERE: Final = "{where} "
_ATTEMPTS: Final = r"(?: \((?P<attempts>\d+) attempts\))?\.(?= |$)"
_PHRASES: Final = (  # and what somebody else wrote
    "answer by cause channel channels choices example files how link needed reason taken wanted what whence".split()
)
_VALUES: Final = {
    "where": r"(?:“.+?” in )?\S+?",  # an address, or an entry of the feed there
    "status": r"\d+",
    "said": r"[^;]*?",
    "advice": r"[^.]+?",
    "title": r"[^./:;]+?",  # of a source; no address, and no more than one sentence
    "detail": r"(?: \(“.*?”\))?",
    "part": r"[^”]+?",
    **dict.fromkeys(("name", "folder", "ledger"), r"[^;]+?"),  # of files, which may hold spaces and stops
    "why": r"(?: \(.*?\))?",
    "within": r"(?:[^;:]+?, \[rules\]: )?",
    "rule": r"[a-z_]+?",
    "unit": r".+?",  # which may hold a semicolon, and names of sources
    **dict.fromkeys(("promised", "found", "type"), r"[^;,]+?"),
    **dict.fromkeys(_PHRASES, r".+?"),
}
_VALUE: Final = r"\S+?"


@dataclass(frozen=True, slots=True)
class Heard:
    """One sentence of a message: which failure it tells with its values, or None and the text as it is. `attempts` is 0 where not said."""

    text: str
    failure: Cause | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    attempts: int = 0


def say(failure: Cause, **values: object) -> str:
    """The sentence, with its stop."""
    return f"{failure.format_map(values)}."


def rest(failure: Failure, **values: object) -> str:
    """What follows the address in the sentence, without its stop: whoever knows the address says it."""
    return failure.removeprefix(_WHERE).format_map(values)


def heard(message: str) -> tuple[Heard, ...]:
    """The sentences of a message, one after the other; from the first one that is none of ours on it is one text."""
    found: list[Heard] = []
    left = message.strip()
    while left:
        # a name or a foreign text may hold stops, so the sentence is the one that ends first
        told = min(filter(None, (_told(failure, left) for failure in CAUSES)), key=lambda one: len(one.text), default=None)
        if told is None:
            return (*found, Heard(left))
        found.append(told)
        left = left[len(told.text) :].strip()
    return tuple(found)


def _told(failure: Cause, text: str) -> Heard | None:
    """The sentence at the beginning of the text, where it tells this failure."""
    match = _pattern(failure).match(text)
    if match is None:
        return None
    values = {name: value for name, value in match.groupdict(default="").items() if name != "attempts"}
    return Heard(match.group(), failure, values, int(match["attempts"] or 0))


@cache
def _pattern(failure: Cause) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", failure)
    pieces = [re.escape(part) if n % 2 == 0 else f"(?P<{part}>{_VALUES.get(part, _VALUE)})" for n, part in enumerate(parts)]
    return re.compile("".join(pieces) + _ATTEMPTS, re.DOTALL)
