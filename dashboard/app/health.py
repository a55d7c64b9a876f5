"""Whether the app lives and has something to show; and what a reader sees where there is no page, or an error."""

import logging
from collections.abc import Callable, Sequence
from typing import Any, Final

from flask import Flask, Response, jsonify, request
from werkzeug.exceptions import HTTPException

from dashboard import query, shell
from dashboard.components.words import speak

_LOG: Final = logging.getLogger(__name__)
_SERVER_ERROR, _NOT_FOUND, _UNAVAILABLE = 500, 404, 503
_WRONG: Final = {_NOT_FOUND: "error.not_found", 405: "error.not_allowed"}
"""What a reader is told of an answer of that status; of any other in which the asking is at fault, that it was not understood."""


def register(server: Flask, paths: frozenset[str], shown: Sequence[str]) -> None:
    """Add /healthz (the process answers) and /readyz (a snapshot can be read), and errors in words.

    `paths` are the addresses of pages; any other that would be answered with the app's document gets status 404 with it. `shown` are those
    of the navigation, which whoever asked for nothing we have is told.
    """
    server.add_url_rule("/healthz", "healthz", _healthz)
    server.add_url_rule("/readyz", "readyz", _readyz)
    server.register_error_handler(HTTPException, _in_words(shown))
    server.register_error_handler(Exception, _unexpected)

    def unknown_page(answer: Response) -> Response:
        page = request.url_rule is not None and request.url_rule.rule in {"/", "/<path:path>"}
        if page and answer.status_code == 200 and request.path not in paths:  # OK
            answer.status_code = _NOT_FOUND
        return answer

    server.after_request(unknown_page)


def _healthz() -> Response:
    return jsonify(status="ok")


def _readyz() -> tuple[Response, int]:
    desk = shell.desk()
    try:
        db = desk.snapshots.open(desk.settings.crisis)
    except query.SnapshotMissing as error:
        return jsonify(status="empty", message=str(error)), _UNAVAILABLE
    return jsonify(status="ok", crisis=db.crisis, snapshot=db.id), 200


def _in_words(shown: Sequence[str]) -> Callable[[HTTPException], tuple[Response, int]]:
    def in_words(error: HTTPException) -> tuple[Response, int]:
        words, code = speak(shell.desk().words, request.args.get("lang", "en")), error.code or _SERVER_ERROR
        key = _WRONG.get(code, "error.not_understood" if code < _SERVER_ERROR else "error.other")
        return Response(words(key, pages=words.addresses(shown)) + "\n", content_type="text/plain; charset=utf-8"), code

    return in_words


def _unexpected(error: Exception) -> Any:
    _LOG.error("%s could not be answered.", request.path, exc_info=error)
    words = speak(shell.desk().words, request.args.get("lang", "en"))
    return Response(words("error.other") + "\n", content_type="text/plain; charset=utf-8"), _SERVER_ERROR
