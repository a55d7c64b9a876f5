"""What keeps a source's answer from us: each failure with its one sentence, by which it is said when it happens and known again later.

A run keeps its failures as English sentences, for logs and command lines. The same table says them and hears them, so that a page can
tell them in its reader's language.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import Final


class Failure(StrEnum):
    """Why an address gave no report."""

    UNREACHABLE = "unreachable"
    UNREACHED_IN_TIME = "unreached_in_time"
    PROXY = "proxy"
    NO_ANSWER = "no_answer"
    BROKE_OFF = "broke_off"
    BROKE_OFF_INSIDE = "broke_off_inside"
    STALLED = "stalled"
    UNFINISHED = "unfinished"
    PRIVATE = "private"
    CERTIFICATE = "certificate"
    PACKED = "packed"
    TOO_LARGE = "too_large"
    ROBOTS = "robots"
    CHALLENGE = "challenge"
    MOVED = "moved"
    REDIRECTS = "redirects"
    LONG_WAIT = "long_wait"
    REFUSED = "refused"
    STATUS = "status"
    SOURCE_TIME = "source_time"
    STOPPED = "stopped"
    TAKEN_DOWN = "taken_down"
    NO_REPORTS = "no_reports"
    CUT_FEED = "cut_feed"
    NO_PART = "no_part"
    NO_LINKS = "no_links"
    NO_PREVIEW = "no_preview"
    NONE_READ = "none_read"
    QUERY_REFUSED = "query_refused"
    INCOMPLETE = "incomplete"
    TOO_MANY = "too_many"
    NOT_DONE = "not_done"
    UNUSUAL = "unusual"
    NO_FILE = "no_file"
    STILL_MAKING = "still_making"
    CHANGED = "changed"
    NO_JSON = "no_json"


SENTENCES: Final[Mapping[Failure, str]] = {
    Failure.UNREACHABLE: "{where} could not be reached; check the network and the address",
    Failure.UNREACHED_IN_TIME: "{where} could not be reached within {seconds} seconds",
    Failure.PROXY: "{where} could not be reached through the proxy",
    Failure.NO_ANSWER: "{where} did not answer within {seconds} seconds",
    Failure.BROKE_OFF: "{where} broke off the connection",
    Failure.BROKE_OFF_INSIDE: "{where} broke off in the middle of its answer",
    Failure.STALLED: "{where} sent nothing for {seconds} seconds in the middle of its answer",
    Failure.UNFINISHED: "{where} did not finish its answer within {seconds} seconds; try again later",
    Failure.PRIVATE: "{where} leads to the private address {address}, which is refused",
    Failure.CERTIFICATE: ("{where} has a certificate that is not trusted here; set REQUESTS_CA_BUNDLE to your network's certificates"),
    Failure.PACKED: "{where} answered with a compressed body that cannot be unpacked",
    Failure.TOO_LARGE: "{where} is larger than the {size} MB that are taken; fetch the file by hand if it is wanted",
    Failure.ROBOTS: "The robots.txt of {host} asks programs not to read {where}; it was left alone",
    Failure.CHALLENGE: (
        "{where} answered with a challenge that only a browser can pass (HTTP {status}) instead of the report; "
        "wait and try again, less often"
    ),
    Failure.MOVED: "{where} moved to {target}; set the new address in the crisis file",
    Failure.REDIRECTS: "{where} redirects more than {times} times; check the address",
    Failure.LONG_WAIT: "{where} answered with HTTP {status} and wants a wait of {seconds} seconds; the next refresh will try again",
    Failure.REFUSED: "{title} answered with HTTP {status}{detail}: {cause}",
    Failure.STATUS: "{where} answered with HTTP {status}{said}; {advice}",
    Failure.SOURCE_TIME: (
        "Reading this source takes longer than the {minutes} minutes it is given at a time; "
        "what was read is kept, and the next refresh goes on"
    ),
    Failure.STOPPED: "Stopped before the source was read to its end",
    Failure.TAKEN_DOWN: "{where} was taken down here and is not asked for again; crosscount corrections says why",
    Failure.NO_REPORTS: "{where} lists no reports at all; its address may have changed, check it",
    Failure.CUT_FEED: "{where} breaks off before its first entry ends; try again later",
    Failure.NO_PART: "{where} has no part “{part}”, where its report used to be; the site has changed, so its reader must be adapted",
    Failure.NO_LINKS: (
        "{where} has nothing like “{part}”, where its reports were linked; the site has changed, so its reader must be adapted"
    ),
    Failure.NO_PREVIEW: "{where} shows no public preview of its posts; leave the channel out, or hand its posts in by hand",
    Failure.NONE_READ: "None of the {count} reports offered by {title} could be read; what follows is about the first",
    Failure.QUERY_REFUSED: "{title} refused the query ({answer}); check `country` and the account",
    Failure.INCOMPLETE: "{title} gave {given} of the {counted} records it counts; the next refresh will try again",
    Failure.TOO_MANY: "{title} has more than {most} events; narrow the days of the crisis",
    Failure.NOT_DONE: "{title} says it did not succeed ({answer}); try again later",
    Failure.UNUSUAL: "{title} did not answer {action} as it always did ({answer}); try again later",
    Failure.NO_FILE: "The dataset {dataset} on HDX has no CSV or XLSX that matches; its files are {files}",
    Failure.STILL_MAKING: "{title} is still making its dump (HTTP 202); the next refresh will try again",
    Failure.CHANGED: "{what}; its reader must be adapted",  # what: how a source answers otherwise than it always did, in its own words
    Failure.NO_JSON: "{what} is not valid JSON ({answer}); fetch it again",
}
_WHERE: Final = "{where} "
_ATTEMPTS: Final = r"(?: \((?P<attempts>\d+) attempts\))?\.(?= |$)"
_VALUES: Final = {
    "status": r"\d+",
    "said": r"[^;]*?",
    "advice": r"[^.;]+?",
    "what": r"[^;]+?",
    "title": r"[^./:;]+?",  # of a source; no address, and no more than one sentence
    "detail": r"(?: \(“.*?”\))?",
    "part": r"[^”]+?",
    **dict.fromkeys(("answer", "cause", "files"), r".+?"),  # what somebody else wrote
}
_VALUE: Final = r"\S+?"


@dataclass(frozen=True, slots=True)
class Heard:
    """One sentence of a message: which failure it tells with its values, or None and the text as it is. `attempts` is 0 where not said."""

    text: str
    failure: Failure | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    attempts: int = 0


def say(failure: Failure, **values: object) -> str:
    """The sentence, with its stop."""
    return f"{SENTENCES[failure].format_map(values)}."


def rest(failure: Failure, **values: object) -> str:
    """What follows the address in the sentence, without its stop: whoever knows the address says it."""
    return SENTENCES[failure].removeprefix(_WHERE).format_map(values)


def heard(message: str) -> tuple[Heard, ...]:
    """The sentences of a message, one after the other; from the first one that is none of ours on it is one text."""
    found: list[Heard] = []
    left = message.strip()
    while left:
        told = next(filter(None, (_told(failure, left) for failure in Failure)), None)
        if told is None:
            return (*found, Heard(left))
        found.append(told)
        left = left[len(told.text) :].strip()
    return tuple(found)


def _told(failure: Failure, text: str) -> Heard | None:
    """The sentence at the beginning of the text, where it tells this failure."""
    match = _pattern(failure).match(text)
    if match is None:
        return None
    values = {name: value for name, value in match.groupdict(default="").items() if name != "attempts"}
    return Heard(match.group(), failure, values, int(match["attempts"] or 0))


@cache
def _pattern(failure: Failure) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", SENTENCES[failure])
    pieces = [re.escape(part) if n % 2 == 0 else f"(?P<{part}>{_VALUES.get(part, _VALUE)})" for n, part in enumerate(parts)]
    return re.compile("".join(pieces) + _ATTEMPTS)
