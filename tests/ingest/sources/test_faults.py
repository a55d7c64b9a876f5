"""A thousand refreshes from a server that fails at random: nothing is lost, nothing is doubled, and nothing ends but in a sentence."""

import hashlib
import json
import random
import socket
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler
from typing import Any

from ingest.errors import SourceUnavailable, UnreadableDocument
from ingest.fetch.archive import Archive
from ingest.fetch.request import FetchRequest
from ingest.fetch.transport import Limits
from ingest.model.records import Document
from ingest.sources.registry import all_sources

SOURCES = ("sohr", "sana", "enab_baladi", "telegram", "reliefweb", "un_news")
REFRESHES = 1000
SEED = 20241130
SHARE = 0.3  # of the answers that are spoilt
HASTY = Limits(connect=2, read=0.2, total=30, delay=0, backoff=0.01)
WRONG = (None, True, -7, 10**30, "", "x", [], [1], {}, {"x": None}, 1.5)
HOUR = 3600.0
NOW = datetime(2024, 12, 2, tzinfo=UTC)

Spoil = Callable[[BaseHTTPRequestHandler, "_Answer", random.Random], None]


class _Answer:
    """An answer on its way: status, headers and body, which a fault may change before it is sent."""

    def __init__(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.status, self.headers, self.body, self.length = status, dict(headers), body, len(body)

    def send(self, handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(self.status)
        for name, value in self.headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(self.length))
        handler.send_header("Connection", "close")
        handler.end_headers()
        handler.wfile.write(self.body)


def _reset(handler: BaseHTTPRequestHandler, answer: _Answer, dice: random.Random) -> None:
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
    handler.connection.shutdown(socket.SHUT_RDWR)


def _silence(handler: BaseHTTPRequestHandler, answer: _Answer, dice: random.Random) -> None:
    threading.Event().wait(HASTY.read * 1.5)


def _cut(handler: BaseHTTPRequestHandler, answer: _Answer, dice: random.Random) -> None:
    """Break off at any byte, though more was announced."""
    answer.body = answer.body[: dice.randrange(len(answer.body) + 1)]
    answer.send(handler)


def _cut_as_if_whole(handler: BaseHTTPRequestHandler, answer: _Answer, dice: random.Random) -> None:
    """Break off at any byte, with the length of what is left."""
    _cut_body = answer.body[: dice.randrange(len(answer.body) + 1)]
    _Answer(answer.status, answer.headers, _cut_body).send(handler)


def _longer(handler: BaseHTTPRequestHandler, answer: _Answer, dice: random.Random) -> None:
    answer.length += dice.randrange(1, 5000)
    answer.send(handler)


def _status(handler: BaseHTTPRequestHandler, answer: _Answer, dice: random.Random) -> None:
    status = dice.choice((500, 502, 503, 504, 429, 403, 404, 410, 204, 304, 206))
    retry = {"Retry-After": str(dice.choice((0, 1, 5, HOUR)))} if dice.random() < 0.5 else {}
    body = dice.choice((b"", b"Too busy", b'{"error": {"message": "no"}}', b"<html><body>500</body></html>"))
    _Answer(status, {"Content-Type": "text/html", **retry}, b"" if status in (204, 304) else body).send(handler)


def _redirect(handler: BaseHTTPRequestHandler, answer: _Answer, dice: random.Random) -> None:
    target = dice.choice((handler.path, "/loop", "//", "http://169.254.169.254/", "ftp://example.org/", "http://[bad", "/"))
    _Answer(dice.choice((301, 302, 307, 308)), {"Location": target}, b"").send(handler)


def _challenge(handler: BaseHTTPRequestHandler, answer: _Answer, dice: random.Random) -> None:
    body = b"<!DOCTYPE html><html><head><title>Wait</title></head><body><script>run()</script></body></html>"
    _Answer(202, {"Content-Type": "text/html", "x-amzn-waf-action": "challenge"}, body).send(handler)


def _packed(handler: BaseHTTPRequestHandler, answer: _Answer, dice: random.Random) -> None:
    _Answer(answer.status, {**answer.headers, "Content-Encoding": dice.choice(("gzip", "deflate"))}, answer.body).send(handler)


def _wrong_type(handler: BaseHTTPRequestHandler, answer: _Answer, dice: random.Random) -> None:
    """Another type in any field of a JSON answer; of other answers another length."""
    try:
        content = json.loads(answer.body)
    except ValueError:
        return _longer(handler, answer, dice)
    places = list(_fields(content))
    holder, key = dice.choice(places)
    holder[key] = dice.choice([one for one in WRONG if type(one) is not type(holder[key])])
    return _Answer(answer.status, answer.headers, json.dumps(content).encode()).send(handler)


def _fields(value: Any) -> Iterator[tuple[Any, Any]]:
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield value, key
        yield from _fields(inner)


FAULTS: tuple[tuple[Spoil, int], ...] = (
    (_reset, 3),
    (_silence, 1),
    (_cut, 6),
    (_cut_as_if_whole, 8),
    (_longer, 3),
    (_status, 8),
    (_redirect, 4),
    (_challenge, 2),
    (_packed, 2),
    (_wrong_type, 8),
)


def _spoiling(dice: random.Random) -> Callable[[BaseHTTPRequestHandler, Any], None]:
    """Answers that carry a validator and honour it, of which a share is spoilt."""
    kinds, weights = zip(*FAULTS, strict=True)

    def answer(handler: BaseHTTPRequestHandler, reply: Any) -> None:
        validator = f'"{hashlib.sha256(reply.body).hexdigest()[:8]}"'
        whole = _Answer(reply.status, {**reply.headers, "ETag": validator}, reply.body)
        if dice.random() < SHARE:
            dice.choices(kinds, weights)[0](handler, whole, dice)
        elif handler.headers.get("If-None-Match") == validator:
            _Answer(304, {"ETag": validator}, b"").send(handler)
        else:
            whole.send(handler)

    return answer


def _last_page(body: bytes) -> bytes:
    """An answer of ReliefWeb that is the last of its pages, so that each refresh asks once."""
    answer = json.loads(body)
    answer["links"].pop("next", None)
    answer["data"] = [row for row in answer["data"] if "body" in row["fields"] or "body-html" in row["fields"]]
    return json.dumps(answer).encode()


def test_a_thousand_refreshes_from_a_failing_server(web: Any, make_client: Any, archive: Archive, memory: Any) -> None:
    """Whatever the server does, a source ends with its reports or a sentence; over time all reports are met, each as it is."""
    dice, modules = random.Random(SEED), all_sources()
    examples = {name: web.serve_example(name) for name in SOURCES}
    reliefweb = web.reply_of("/v2/reports")
    web.at("/v2/reports", {"body": _last_page(reliefweb.body), "headers": reliefweb.headers})
    web.at("/loop", {"status": 302, "headers": {"Location": "/loop"}})

    def refresh(name: str, client: Any, met: dict[str, str]) -> None:
        options, keys = examples[name].get("options", {}), examples[name].get("keys", {})
        request = FetchRequest(client, archive, options=options, keys=keys, now=lambda: NOW)
        for found in modules[name].fetch(request):
            document = found if isinstance(found, Document) else found.document
            assert met.setdefault(document.document_id, document.text) == document.text

    sound, met = dict[str, str](), dict[str, str]()
    for name in SOURCES:
        refresh(name, make_client(limits=HASTY), sound)
    web.instead, client, failed = _spoiling(dice), make_client(limits=HASTY, memory=memory), 0
    for _ in range(REFRESHES):
        try:
            refresh(dice.choice(SOURCES), client, met)
        except (SourceUnavailable, UnreadableDocument) as error:
            assert str(error).endswith(".")
            failed += 1

    assert met == sound
    assert REFRESHES * 0.1 < failed < REFRESHES


def test_another_type_in_any_field_makes_no_other_report(web: Any, make_client: Any, archive: Archive) -> None:
    """Every field of ReliefWeb's answer in turn holds every other type: a record may be left out and told, never read as another."""
    example = web.serve_example("reliefweb")
    body = json.loads(_last_page(web.reply_of("/v2/reports").body))
    client, module = make_client(limits=HASTY), all_sources()["reliefweb"]

    def read() -> set[str]:
        request = FetchRequest(client, archive, options=example["options"], keys=example["keys"], now=lambda: NOW)
        try:
            return {found.document_id for found in module.fetch(request) if isinstance(found, Document)}
        except (SourceUnavailable, UnreadableDocument):
            return set()

    sound, refused = _served(web, body, read), 0
    for holder, key in list(_fields(body)):
        right = holder[key]
        for wrong in WRONG:
            if type(wrong) is not type(right):
                holder[key] = wrong
                found = _served(web, body, read)
                assert found <= sound, (key, wrong)
                refused += found < sound
        holder[key] = right
    assert refused > 100


def _served(web: Any, body: Any, read: Callable[[], set[str]]) -> set[str]:
    web.at("/v2/reports", {"body": json.dumps(body).encode(), "headers": {"Content-Type": "application/json"}})
    return read()
