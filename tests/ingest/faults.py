"""A server's faults, each of which spoils one answer on its way; dice decide which, and where an answer breaks."""

import hashlib
import json
import random
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from http.server import BaseHTTPRequestHandler
from typing import Any

from ingest.fetch.transport import Limits

SHARE = 0.3  # of the answers that are spoilt
HASTY = Limits(connect=2, read=0.2, total=30, delay=0, backoff=0.01)
WRONG = (None, True, -7, 10**30, "", "x", [], [1], {}, {"x": None}, 1.5)
HOUR = 3600.0

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
    places = list(fields(content))
    holder, key = dice.choice(places)
    holder[key] = dice.choice([one for one in WRONG if type(one) is not type(holder[key])])
    return _Answer(answer.status, answer.headers, json.dumps(content).encode()).send(handler)


def fields(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every place in a JSON answer: what holds it, and its key or number there."""
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield value, key
        yield from fields(inner)


def wrongly_typed(answer: bytes, dice: random.Random) -> Iterator[bytes]:
    """A JSON answer with another type in one place after the other, each time one of those that are wrong there."""
    content = json.loads(answer)
    for holder, key in list(fields(content)):
        right = holder[key]
        holder[key] = dice.choice([one for one in WRONG if type(one) is not type(right)])
        yield json.dumps(content).encode()
        holder[key] = right


# Each with its weight.
ON_THE_WAY: tuple[tuple[Spoil, int], ...] = (
    (_reset, 3),
    (_silence, 1),
    (_cut, 6),
    (_cut_as_if_whole, 8),
    (_longer, 3),
    (_status, 8),
    (_redirect, 4),
    (_challenge, 2),
    (_packed, 2),
)
FAULTS: tuple[tuple[Spoil, int], ...] = (*ON_THE_WAY, (_wrong_type, 8))


def spoiling(dice: random.Random, faults: Sequence[tuple[Spoil, int]] = FAULTS) -> Callable[[BaseHTTPRequestHandler, Any], None]:
    """Answers that carry a validator and honour it, of which a share is spoilt."""
    kinds, weights = zip(*faults, strict=True)

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
