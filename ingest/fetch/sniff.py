"""Whether what came is what was due: a challenge, a block page or nothing at all is not an answer, whatever its status says."""

import re
from collections.abc import Mapping
from typing import Any

from ingest.apart import ask
from ingest.errors import SourceUnavailable, UnreadableDocument
from ingest.fetch.archive import Body
from ingest.fetch.exchange import Accept, WrongKind, shown
from ingest.model.advice import advise
from ingest.model.changes import Change
from ingest.model.failures import Failure, say

# Patterns that look through comments never go back into one: else a page of nothing but comments would keep them busy for ever.
_HTML = re.compile(rb"\s*+(?:<!--(?>.*?-->)\s*+)*+<(?:!doctype\s+html|html|head|body|script)\b", re.IGNORECASE | re.DOTALL)
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
# Headers and script names by which the common gatekeepers sign their challenge pages.
_CHALLENGE_HEADERS = {"x-amzn-waf-action": ("challenge", "captcha"), "cf-mitigated": ("challenge",), "sg-captcha": ("challenge",)}
_CHALLENGE_BODY = re.compile(rb"/cdn-cgi/challenge-platform/|_Incapsula_Resource|awsWafCookieDomainList|/\.well-known/sgcaptcha/")
CHALLENGE_SIZE = 50_000
"""Bytes of the largest challenge page: what is longer is a page of its own."""
_OPENS_PAGE, _CLOSES_PAGE = re.compile(rb"<html[\s>]", re.IGNORECASE), re.compile(rb"</html\s*>", re.IGNORECASE)
_CLOSES_FEED = re.compile(
    rb"<(?:/(?:rss|feed|rdf:RDF)\s*|(?:rss|feed|rdf:RDF)\b[^<>]*/)>\s*+(?:<!--(?>.*?-->)\s*+)*+$", re.IGNORECASE | re.DOTALL
)
_ESCAPED = re.compile(rb"\\.", re.DOTALL)
_PDF, _PDF_END = b"%PDF-", b"%%EOF"
_PACKED = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", _PDF)  # what cannot be opened where it is cut
_START = _TAIL = 4096
_SHORT = 64  # bytes of anything looked for, at most


def refuse_challenge(url: str, status: int, headers: Mapping[str, str], start: bytes) -> None:
    """Raise `SourceUnavailable` where the answer, of which these are the first `CHALLENGE_SIZE` bytes, is a challenge."""
    signed = any(headers.get(name, "").lower() in values for name, values in _CHALLENGE_HEADERS.items())
    if signed or (len(start) < CHALLENGE_SIZE and _CHALLENGE_BODY.search(start)):
        raise SourceUnavailable(say(Failure.CHALLENGE, where=shown(url), status=status))


def refuse_wrong_kind(url: str, status: int, body: Body, accept: Accept) -> None:
    """Raise `WrongKind` where the body is empty, breaks off though its length is as declared, or is a web page where JSON or a feed
    was due.
    """
    start = body.head(_START).lstrip(b"".join(_MARKS))
    _refuse_empty(url, status, empty=not start.strip() and not any(chunk.strip() for chunk in body.chunks()))
    _refuse_start(url, status, start, accept)
    page_breaks_off = accept is Accept.PAGE and _OPENS_PAGE.search(start) and not _holds(body, _CLOSES_PAGE)
    if page_breaks_off or (start.startswith(_PDF) and _PDF_END not in body.tail(_TAIL)):
        raise WrongKind(say(Failure.CUT_ANSWER, where=shown(url)))


def _refuse_empty(url: str, status: int, *, empty: bool) -> None:
    if empty:
        raise WrongKind(say(Failure.EMPTY_ANSWER, where=shown(url), status=status))


def _refuse_start(url: str, status: int, start: bytes, accept: Accept) -> None:
    if accept is Accept.JSON and start.lstrip()[:1] not in (b"{", b"["):
        cause = Failure.PAGE_FOR_JSON if _HTML.match(start) else Failure.TEXT_FOR_JSON
        raise WrongKind(say(cause, where=shown(url), status=status, answer=_excerpt(start)))
    if accept is Accept.FEED and (_HTML.match(start) or b"<" not in start):
        cause = Failure.PAGE_FOR_FEED if _HTML.match(start) else Failure.TEXT_FOR_FEED
        raise WrongKind(say(cause, where=shown(url), status=status, answer=_excerpt(start)))


def whole(body: Body, accept: Accept) -> bool:
    """Whether an answer is surely all of it: a feed or JSON that breaks off is of use, but may not stand for what the server has. A
    table in text is where it ends with a line, outside quotation marks: one that was cut may end within a number.
    """
    if accept is Accept.FEED:
        return bool(_CLOSES_FEED.search(body.tail(_TAIL)))
    if accept is Accept.TABLE:
        start = body.head(_START).lstrip(b"".join(_MARKS))
        return start.startswith(_PACKED) or bool(_HTML.match(start)) or _ends_a_line(body)
    return accept is not Accept.JSON or _is_closed(body)


def refuse_cut_table(url: str, body: Body) -> None:
    """Raise `WrongKind` where a table may have been cut within a line."""
    if not whole(body, Accept.TABLE):
        raise WrongKind(say(Failure.CUT_TABLE, where=shown(url)))


def _ends_a_line(body: Body) -> bool:
    return body.tail(_SHORT).rstrip(b" \t\0").endswith((b"\n", b"\r")) and sum(chunk.count(b'"') for chunk in body.chunks()) % 2 == 0


def _holds(body: Body, pattern: re.Pattern[bytes]) -> bool:
    """Whether something short stands anywhere, across the pieces too."""
    before = b""
    for chunk in body.chunks():
        if pattern.search(before + chunk):
            return True
        before = chunk[-_SHORT:]
    return False


def _is_closed(body: Body) -> bool:
    """Whether JSON closes every bracket it opens, strings left aside: the beginning of an object or list never does."""
    depth, inside, held = 0, False, b""
    for chunk in body.chunks():
        said = _ESCAPED.sub(b"", held + chunk)
        held = b"\\" if said.endswith(b"\\") else b""
        quoted = said.removesuffix(b"\\").split(b'"')
        outside = b"".join(quoted[inside::2])
        inside ^= len(quoted) % 2 == 0
        depth += sum(map(outside.count, (b"[", b"{"))) - sum(map(outside.count, (b"]", b"}")))
    return depth == 0 and not inside


def json_object(url: str, status: int, content: bytes) -> dict[str, Any]:
    """The JSON object an answer is. Raises `WrongKind` where it is anything else."""
    _refuse_empty(url, status, empty=not content.strip())
    _refuse_start(url, status, content[:_START].lstrip(b"".join(_MARKS)), Accept.JSON)
    answer = _parsed(url, content)
    if not isinstance(answer, dict):
        raise WrongKind(say(Failure.CHANGED, what=advise(Change.NO_OBJECT, where=shown(url), status=status)))
    return answer


def failure_detail(headers: Mapping[str, str], content: bytes) -> str:
    """What a failing server says for itself, in a line: the message of a JSON error, or plain text; markup is left out."""
    if "json" in headers.get("content-type", "") or content.lstrip()[:1] == b"{":
        answer = _parsed("its server", content)
        return _excerpt(content) if answer is None else _message(answer)[:300]
    return "" if b"<" in content[:200] else _excerpt(content)


def _parsed(url: str, content: bytes) -> Any:
    """The JSON that was answered; None where it is none."""
    try:
        return ask("json", content, name=f"The answer of {shown(url)}", exact=False)
    except UnreadableDocument:
        return None


def _message(body: object) -> str:
    """Find the sentence in the shapes errors come in: a string, or `error`/`message`/`detail` at some depth."""
    if isinstance(body, str):
        return " ".join(body.split())
    if isinstance(body, dict):
        for key in ("message", "detail", "error_description", "error", "errors"):
            if found := _message(body.get(key)):
                return found
    if isinstance(body, list) and body:
        return _message(body[0])
    return ""


def _excerpt(content: bytes) -> str:
    return " ".join(content[:400].decode("utf-8", errors="replace").split())[:120]
