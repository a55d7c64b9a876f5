"""/alerts.atom: the alerts that a person released, as a refresher wrote them beside the snapshots."""

from typing import Final

from flask import Flask, Response, abort, request

from dashboard import shell
from dashboard.state import LANGUAGES
from ingest.model.snapshot import ALERTS_FEED

CONTENT_TYPE: Final = "application/atom+xml; charset=utf-8"


def register(server: Flask) -> None:
    """Add the feed; `?lang=` chooses its language. Before the first look for alerts there is none, which is status 404."""
    server.add_url_rule("/alerts.atom", "alerts", _alerts)


def _alerts() -> Response:
    settings, asked = shell.desk().settings, request.args.get("lang", LANGUAGES[0])
    path = settings.published / settings.crisis / ALERTS_FEED.format(language=asked if asked in LANGUAGES else LANGUAGES[0])
    try:
        content = path.read_bytes()
    except OSError:
        abort(404)
    answer = Response(content, content_type=CONTENT_TYPE)
    answer.add_etag()
    answer.make_conditional(request)
    return answer
