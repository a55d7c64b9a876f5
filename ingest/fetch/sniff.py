"""Whether what came is what was due: a challenge, a block page or nothing at all is not an answer, whatever its status says."""

import json
import re
from collections.abc import Mapping
from typing import Any

from ingest.errors import SourceUnavailable
from ingest.fetch.exchange import Accept, WrongKind, shown

_HTML = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|script)\b", re.IGNORECASE | re.DOTALL)
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
# Headers and script names by which the common gatekeepers sign their challenge pages.
_CHALLENGE_HEADERS = {"x-amzn-waf-action": ("challenge", "captcha"), "cf-mitigated": ("challenge",), "sg-captcha": ("challenge",)}
_CHALLENGE_BODY = re.compile(rb"/cdn-cgi/challenge-platform/|_Incapsula_Resource|awsWafCookieDomainList|/\.well-known/sgcaptcha/")
_CHALLENGE_SIZE = 50_000
_OPENS_PAGE, _CLOSES_PAGE = re.compile(rb"<html[\s>]", re.IGNORECASE), re.compile(rb"</html\s*>", re.IGNORECASE)
_CLOSES_FEED = re.compile(rb"<(?:/(?:rss|feed|rdf:RDF)\s*|(?:rss|feed|rdf:RDF)\b[^<>]*/)>\s*(?:<!--.*?-->\s*)*$", re.IGNORECASE | re.DOTALL)
_PDF, _PDF_END, _PDF_TAIL = b"%PDF-", b"%%EOF", 4096


def refuse_challenge(url: str, status: int, headers: Mapping[str, str], content: bytes) -> None:
    """Raise `SourceUnavailable` where the answer is a gatekeeper's challenge for browsers."""
    signed = any(headers.get(name, "").lower() in values for name, values in _CHALLENGE_HEADERS.items())
    if signed or (len(content) < _CHALLENGE_SIZE and _CHALLENGE_BODY.search(content)):
        raise SourceUnavailable(
            f"{shown(url)} answered with a challenge that only a browser can pass (HTTP {status}) instead of the report; "
            "wait and try again, less often."
        )


def refuse_wrong_kind(url: str, status: int, content: bytes, accept: Accept) -> None:
    """Raise `WrongKind` where the body is empty, breaks off though its length is as declared, or is a web page where JSON or a feed
    was due.
    """
    if not content.strip():
        raise WrongKind(f"{shown(url)} answered with an empty body (HTTP {status}), which is a fault and not “no news”; try again later.")
    start = content.lstrip(b"".join(_MARKS))[:4096]
    if accept is Accept.JSON and start.lstrip()[:1] not in (b"{", b"["):
        what = "a web page, perhaps a challenge for browsers," if _HTML.match(start) else f"the text “{_excerpt(start)}”"
        raise WrongKind(f"{shown(url)} answered with {what} (HTTP {status}) where JSON was due; wait and try again, less often.")
    if accept is Accept.FEED and (_HTML.match(start) or b"<" not in start):
        what = "a web page" if _HTML.match(start) else f"the text “{_excerpt(start)}”"
        raise WrongKind(f"{shown(url)} answered with {what} (HTTP {status}) where a feed was due; check the address of the feed.")

    page_breaks_off = accept is Accept.PAGE and _OPENS_PAGE.search(content[:4096]) and not _CLOSES_PAGE.search(content)
    if page_breaks_off or (content.startswith(_PDF) and _PDF_END not in content[-_PDF_TAIL:]):
        raise WrongKind(f"{shown(url)} answered with something that breaks off before its end; the next refresh will try again.")


def whole(content: bytes, accept: Accept) -> bool:
    """Whether an answer is all of it: a feed or JSON that breaks off is of use, but may not stand for what the server has."""
    if accept is Accept.FEED:
        return bool(_CLOSES_FEED.search(content[-4096:]))
    if accept is Accept.JSON:
        try:
            json.loads(content.decode("utf-8-sig"))
        except ValueError:
            return False
    return True


def json_object(url: str, status: int, content: bytes) -> dict[str, Any]:
    """The JSON object an answer is. Raises `WrongKind` where it is anything else."""
    refuse_wrong_kind(url, status, content, Accept.JSON)
    try:
        answer = json.loads(content)
    except ValueError:
        answer = None
    if not isinstance(answer, dict):
        raise WrongKind(f"{shown(url)} answered with something else than a JSON object (HTTP {status}); its reader must be adapted.")
    return answer


def failure_detail(headers: Mapping[str, str], content: bytes) -> str:
    """What a failing server says for itself, in a line: the message of a JSON error, or plain text; markup is left out."""
    if "json" in headers.get("content-type", "") or content.lstrip()[:1] == b"{":
        try:
            return _message(json.loads(content))[:300]
        except ValueError:
            return _excerpt(content)
    return "" if b"<" in content[:200] else _excerpt(content)


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
