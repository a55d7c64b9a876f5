"""/watch.atom: what changed in a view, an entry for each publication that changed something in it. Whoever asks leaves no trace."""

from itertools import pairwise
from typing import Final
from urllib.parse import quote

from flask import Flask, Response, request

from dashboard import query, shell
from dashboard.app.letters import Letters, Telling, counts
from dashboard.app.paper import as_page, as_text
from dashboard.components.words import speak
from dashboard.shell import View
from dashboard.state import Filters
from ingest.errors import SettingsError
from ingest.model import atom
from ingest.model.ids import digest
from ingest.model.letters import Counted, Stretch

PAGE: Final = "path"
"""The key of the address that names the page the view is of; all others are the view's own."""


def register(server: Flask, paths: frozenset[str]) -> None:
    """Add the feed. `paths` are the addresses of pages."""

    def watched() -> Response:
        return _watched(Letters(shell.desk(), paths))

    server.add_url_rule("/watch.atom", "watch", watched)


def _watched(letters: Letters) -> Response:
    """The feed, or 304 where the reader has it already: it changes with the snapshot and with nothing else."""
    asked = "&".join(part for part in request.query_string.decode("utf-8", "replace").split("&") if not part.startswith(f"{PAGE}="))
    page = request.args.get(PAGE, "/figures").removeprefix(letters.desk.settings.prefix)
    try:
        address = letters.canonical(f"{page}?{asked}")
    except SettingsError:
        words = speak(letters.desk.words, Filters.from_query(asked).lang)
        said = words("watch.no_page", address=words.quoted(page), example=words.addresses(["/compare?place=SY02"]))
        return Response(f"{said}\n", 404, mimetype="text/plain")
    view = letters.view(address)
    if view.db is None:
        return Response(view.nothing.plainly(view.words) + "\n", 503, mimetype="text/plain")
    tag = digest(view.db.id, str(view.db.manifest.program), address)
    if request.if_none_match.contains_weak(tag):  # known to the reader: nothing is read
        answer = Response(status=304)
    else:
        answer = Response(_feed(view, view.db, address), content_type=atom.CONTENT_TYPE)
    answer.set_etag(tag, weak=True)
    answer.headers["Cache-Control"] = "no-cache"
    return answer


def _feed(view: View, db: query.Snapshot, address: str) -> bytes:
    root = str(view.desk.settings.alerts.get("link") or request.url_root).rstrip("/")
    moments = db.manifest.history
    stretches = [Stretch(earlier, later) for earlier, later in pairwise(moments)]
    told = [Telling(view, db, stretch, root) for stretch in reversed(stretches)]
    entries = [_entry(one, address, counted) for one in told if (counted := query.news(db, one.asked))]
    scope = query.sentence(db, view.filters, view.words, view.words.day) or view.words("scope.everything")
    title = view.words("watch.feed", scope=scope)
    about = atom.Feed(f"urn:crosscount:watch:{digest(db.crisis, address)}", title, view.words.language, _own(root), f"{root}{address}")
    return atom.feed(about, entries)


def _own(root: str) -> str:
    return f"{root}/watch.atom?{quote(request.query_string.decode('utf-8', 'replace'), safe='=&,:@/%+-._~')}"


def _entry(telling: Telling, address: str, counted: Counted) -> atom.Entry:
    """What one publication changed; its identity is the view's and the moment, whoever asks and whenever."""
    until = telling.stretch.until
    paper = telling.paper("", counted, tuple(telling.sections(counted)), 0)
    identity = f"urn:crosscount:watch:{digest(telling.db.crisis, address)}:{until:%Y%m%dT%H%M%S}"
    return atom.Entry(identity, counts(counted, telling.words), until, as_text(paper), telling.absolute(address), as_page(paper))
