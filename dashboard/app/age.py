"""/age.json: whether an open page is still about the newest data, asked by every page now and then."""

from datetime import UTC, datetime

from flask import Flask, Response, jsonify, request

from dashboard import shell
from dashboard.shell import Screen
from dashboard.state import Filters


def register(server: Flask) -> None:
    """Add the address; `snapshot` names the one the page shows, `crisis` and `lang` are those of the page."""
    server.add_url_rule("/age.json", "age", _age)


def _age() -> Response:
    """What to tell the reader, each empty where there is nothing to tell."""
    view = shell.desk().look_at("/", Filters.from_query(request.args.to_dict(flat=False)), Screen())
    answer = jsonify(newer=shell.newer(view, request.args.get("snapshot", "")), old=shell.old(view, datetime.now(UTC)))
    answer.headers["Cache-Control"] = "no-store"
    return answer
