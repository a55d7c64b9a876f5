"""White space and composition, one way: NFC, plain spaces, plain line breaks, nothing invisible."""

import re
import unicodedata

# Zero width spaces and joins, soft hyphens, and the marks that only steer the direction of display.
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f\x80-\x84\x86-\x9f]")
_BREAK = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# Between digits these spaces group thousands ("12 345") and are told apart from a plain space by keeping them.
_DIGIT = "[0-9\u0660-\u0669\u06f0-\u06f9]"
_GROUPING = "[\u00a0\u2009\u202f]"
_SPACES = re.compile(rf"(?<!{_DIGIT}){_GROUPING}|{_GROUPING}(?!{_DIGIT})|[\t\u1680\u2000-\u2008\u200a\u205f\u3000]")
_RUN = re.compile(" {2,}")
_ANY_BREAK = re.compile("[ \t\n\r\x0b\x0c\x85\u2028\u2029]+")
_BLANK = re.compile("\n{3,}")

_BULLET = re.compile(r"(?:[•·▪◦‣●○*–—-]|\(?\d{1,3}[.)])\s")
_ENDED = re.compile(r"[.!?:;؟؛…]['\"”’»)\]]*$")
_NARROWEST, _WIDEST, _SLACK = 45, 110, 25


def tidy(text: str) -> str:
    """The same text with deterministic white space. Applying it twice changes nothing more."""
    text = _BREAK.sub("\n", text)
    text = _CONTROL.sub("", _INVISIBLE.sub("", text))
    text = _RUN.sub(" ", _SPACES.sub(" ", text))
    lines = (line.strip(" \u00a0\u2009\u202f") for line in text.split("\n"))
    return unicodedata.normalize("NFC", _BLANK.sub("\n\n", "\n".join(lines)).strip("\n"))


def flatten(text: str) -> str:
    """Tidy text on one line; the spaces that group thousands stay."""
    return tidy(_ANY_BREAK.sub(" ", text))


def unwrap(text: str) -> str:
    """Join the lines of paragraphs that were broken at a fixed width; lists, tables, verse and headlines keep their lines.

    A paragraph counts as broken at a fixed width when every line but its last reaches nearly as far as the longest
    (within 25 characters, the longest between 45 and 110) and there are three lines or more, or the second goes on in
    lower case.
    """
    return "\n\n".join(_joined(paragraph.split("\n")) for paragraph in text.split("\n\n"))


def _joined(lines: list[str]) -> str:
    longest = max(map(len, lines))
    wrapped = (
        len(lines) > 1
        and _NARROWEST <= longest <= _WIDEST
        and min(map(len, lines[:-1])) >= longest - _SLACK
        and not any(_BULLET.match(line) for line in lines[1:])
        and not any(" | " in line for line in lines)
        and (len(lines) > 2 or lines[1][:1].islower())
    )
    return " ".join(lines) if wrapped else "\n".join(lines)


def join_page_lines(lines: list[str]) -> list[str]:
    """Join lines as a printed page broke them: a full line that ends no sentence goes on in the next, a hyphen closes up."""
    widest = max(map(len, lines), default=0)
    joined: list[str] = []
    open_line = False
    for line in lines:
        if joined and open_line and not _BULLET.match(line):
            hyphenated = re.search(r"[a-zà-ÿ]-$", joined[-1]) and line[:1].islower()
            joined[-1] = joined[-1][:-1] + line if hyphenated else f"{joined[-1]} {line}"
        else:
            joined.append(line)
        open_line = len(line) >= widest * 0.7 and goes_on(line)
    return joined


def goes_on(line: str) -> bool:
    """Whether a line ends no sentence."""
    return bool(line) and not _ENDED.search(line)
