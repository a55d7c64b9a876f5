"""The situation page as a PDF, printed by a browser on the server where there is one."""

import os
import subprocess
import tempfile
import threading
from pathlib import Path
from typing import Final

from flask import Flask, Response, current_app, request

from dashboard import query, shell
from dashboard.shell import Screen
from dashboard.state import Filters

PAGE: Final = "/situation"
_SECONDS: Final = 60
_PATIENCE: Final = 10
"""Seconds to wait while the page of somebody else is printed."""
_DRAWN_AFTER: Final = 20_000
"""Milliseconds of the browser's own clock, which runs ahead while nothing is fetched, until the page is taken for drawn."""
_ONE: Final = threading.Lock()
_QUIET: Final = ("--headless", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--no-pdf-header-footer", "--hide-scrollbars")


def register(server: Flask) -> None:
    """Add the address of the PDF, with the page's own query."""
    server.add_url_rule("/export/situation.pdf", "export_situation", _situation)


def _situation() -> Response:
    """The file, 304 where the reader has it, or a sentence why there is none."""
    filters = Filters.from_query(request.args.to_dict(flat=False))
    view = shell.desk().look_at(PAGE, filters, Screen())
    if view.db is None:
        return _sentence(503, view.nothing.plainly(view.words))
    if not view.desk.printer:
        return _sentence(501, view.words("situation.no_printer"))
    download = query.Download(view.db, "figures", view.filters)
    tag = query.etag(download, "pdf")
    if request.if_none_match.contains_weak(tag):
        answer = Response(status=304)
    elif made := _printed(view.desk.printer, filters):
        answer = Response(made, content_type="application/pdf")
        name = query.filename(download, "pdf").replace("-figures", "-situation")
        answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    else:
        return _sentence(503, view.words("situation.failed"))
    answer.set_etag(tag, weak=True)
    answer.headers["Cache-Control"] = "no-cache"
    return answer


def _printed(browser: str, filters: Filters) -> bytes:
    """The page printed, one at a time; nothing where it did not come to be. The browser asks this server, and no other."""
    port = current_app.config.get("LISTENING") or request.environ.get("SERVER_PORT", "")
    address = f"http://127.0.0.1:{port}{PAGE}?{filters.changed(theme='light').query()}"
    if not _ONE.acquire(timeout=_PATIENCE):
        return b""
    try:
        return _run(browser, address)
    finally:
        _ONE.release()


def _run(browser: str, address: str) -> bytes:
    unboxed = ("--no-sandbox",) if hasattr(os, "geteuid") and os.geteuid() == 0 else ()  # it refuses to start for root otherwise
    with tempfile.TemporaryDirectory(prefix="crosscount-", ignore_cleanup_errors=True) as folder:
        file = Path(folder) / "situation.pdf"
        told = (f"--user-data-dir={folder}/profile", f"--virtual-time-budget={_DRAWN_AFTER}", f"--print-to-pdf={file}")
        command = [browser, *_QUIET, *unboxed, *told, address]
        try:
            subprocess.run(command, timeout=_SECONDS, capture_output=True, check=True)  # noqa: S603 - no shell; Filters printed the query
        except (OSError, subprocess.SubprocessError):
            return b""
        return file.read_bytes() if file.is_file() else b""


def _sentence(status: int, text: str) -> Response:
    return Response(text + "\n", status, mimetype="text/plain")
