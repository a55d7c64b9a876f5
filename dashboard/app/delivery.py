"""How answers travel: compressed once, cacheable, from this host only.

The chart library is by far the largest file. It comes from the installed plotly package (or, where a small bundle of the
same version was built into the assets, from there), under an address with its digest, so that a browser keeps it for good.
"""

import gzip
import hashlib
import os
import re
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from queue import Queue
from typing import Final

import brotli
import plotly
from dash import Dash
from flask import Flask, Response, abort, request
from flask_compress import Compress
from plotly.offline import get_plotlyjs_version

from dashboard.state import Filters

CHARTS_ROUTE: Final = "/_charts/"
SMALL_BUNDLE: Final = "vendor/plotly-cartesian.min.js"
FOR_GOOD: Final = "public, max-age=31536000, immutable"
AN_HOUR: Final = "public, max-age=3600"
_SELDOM_CHANGED: Final = ("/assets/", "/_dash-component-suites/")
"""Files without a version in their address, such as the part of Dash that draws, which its scripts ask for by name."""
_QUICK, _BEST = 9, 11  # brotli: a third of a second for the first reader; some seconds, in the background, for a tenth less
_LAST: Final = 19  # the lowest priority
_VERSION: Final = re.compile(r"\.v[\w-]+m\d+(?=\.)|\?.*")  # in the address of a file of Dash, and of one of the assets
_HEADER: Final = 400  # characters within which a bundle names its version


@dataclass(frozen=True, slots=True)
class _Kept:
    """A file as it travels, and the address it was asked for under."""

    address: str
    body: bytes


@dataclass(slots=True)
class Shelf:
    """Files that never change, compressed on first use and kept in memory, about 1.6 MB in all; one for all apps of a process.

    The first reader gets the quick pass; a background thread makes the best one for everybody after. A file is known by its address
    in the app, so apps that stand under different paths have the same files. Of the versions that addresses name for it one is kept,
    the last asked for, because anybody may write any version into an address.
    """

    _kept: dict[tuple[str, str], _Kept] = field(default_factory=dict)
    _waiting: "Queue[str]" = field(default_factory=Queue)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _worker: threading.Thread | None = None

    def compressed(self, address: str, read: Callable[[], bytes], encoding: str) -> bytes:
        """The bytes of the file at an address in `br` or `gzip`."""
        name = _VERSION.sub("", address)
        with self._lock:
            kept = self._kept.get((name, encoding))
            if kept is None or kept.address != address:
                body = read()
                quick = brotli.compress(body, quality=_QUICK) if encoding == "br" else gzip.compress(body, _QUICK, mtime=0)
                kept = self._kept[name, encoding] = _Kept(address, quick)
                if encoding == "br" and name not in self._waiting.queue:
                    self._improve_later(name)
            return kept.body

    def _improve_later(self, name: str) -> None:
        self._waiting.put(name)
        if self._worker is None:
            self._worker = threading.Thread(target=self._improve, name="compression", daemon=True)
            self._worker.start()

    def _improve(self) -> None:
        """What nobody waits for never takes the processor from an answer somebody waits for."""
        if sys.platform == "linux":  # where a thread has a priority of its own
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _LAST)
        while True:
            name = self._waiting.get()
            quick = self._kept[name, "br"]
            best = brotli.compress(brotli.decompress(quick.body), quality=_BEST)
            with self._lock:
                if self._kept[name, "br"] is quick:
                    self._kept[name, "br"] = _Kept(quick.address, best)


_SHELF: Final = Shelf()


@dataclass(frozen=True, slots=True)
class ChartLibrary:
    """The script that draws, and the digest that names it."""

    source: Path
    digest: str

    @property
    def address(self) -> str:
        """Where it is served; another version has another address."""
        return f"{CHARTS_ROUTE}{self.digest}.js"


def chart_library(assets: Path) -> ChartLibrary:
    """The small bundle of the assets where it is of the installed version, the full one of the plotly package otherwise."""
    small = assets / SMALL_BUNDLE
    full = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
    source = small if small.is_file() and _version(small) == get_plotlyjs_version() else full
    return ChartLibrary(source, hashlib.sha256(source.read_bytes()).hexdigest()[:20])


def _version(bundle: Path) -> str:
    with bundle.open(encoding="utf-8") as text:
        named = re.search(r"plotly\.js[^\n]*? v(\d+\.\d+\.\d+)", text.read(_HEADER))
    return named.group(1) if named else ""


def deliver(app: Dash, library: ChartLibrary) -> None:
    """Give every answer of the app its compression, its caching and its security headers."""
    server: Flask = app.server
    server.config.update(
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_BR_LEVEL=5,
        COMPRESS_MIMETYPES=[
            *("text/html", "text/css", "text/plain", "text/csv", "text/javascript"),
            *("application/javascript", "application/json", "application/geo+json", "image/svg+xml"),
        ],
    )
    server.add_url_rule(f"{CHARTS_ROUTE}<digest>.js", "charts", _serving(library))
    server.after_request(_secured(app))  # the last registered runs first
    server.after_request(_cacheable)
    Compress(server)
    server.after_request(_shelved)


def _framed() -> bool:
    """One chart alone may stand in a page of anybody's: it has nothing to press but the way to its evidence."""
    return Filters.from_query(request.args.to_dict(flat=False)).embed


def _unchanging() -> bool:
    fingerprinted = request.path.startswith("/_dash-component-suites/") and _VERSION.search(request.path)
    return bool(fingerprinted) or request.path.startswith(CHARTS_ROUTE) or (request.path.startswith("/assets/") and "m" in request.args)


def _serving(library: ChartLibrary) -> Callable[[str], Response]:
    def charts(digest: str) -> Response:
        if digest != library.digest:
            abort(404)
        answer = Response(library.source.open("rb"), mimetype="text/javascript", direct_passthrough=True)
        answer.set_etag(digest)
        return answer

    return charts


def _shelved(answer: Response) -> Response:
    """A file that never changes, as it travels."""
    encoding = request.accept_encodings.best_match(["br", "gzip"])
    if answer.status_code != 200 or encoding is None or not _unchanging() or not _is_text(answer):  # OK
        return answer
    answer.direct_passthrough = False
    answer.set_data(_SHELF.compressed(request.full_path, answer.get_data, encoding))
    answer.headers["Content-Encoding"] = encoding
    answer.headers["Vary"] = "Accept-Encoding"
    answer.set_etag(hashlib.sha256(request.full_path.encode()).hexdigest()[:20] + encoding)
    answer.make_conditional(request)
    return answer


def _is_text(answer: Response) -> bool:
    kind = answer.mimetype or ""
    return kind.startswith("text/") or kind in {"application/javascript", "image/svg+xml"}


def _cacheable(answer: Response) -> Response:
    if request.method != "GET" or answer.status_code not in {200, 304}:
        answer.headers["Cache-Control"] = "no-store"
    elif _unchanging():
        answer.headers["Cache-Control"] = FOR_GOOD
    elif request.path.startswith(_SELDOM_CHANGED):
        answer.headers["Cache-Control"] = AN_HOUR
    elif "Cache-Control" not in answer.headers:
        answer.headers["Cache-Control"] = "no-cache"
    return answer


def _secured(app: Dash) -> Callable[[Response], Response]:
    """Nothing from another host; no inline script but the renderer's own, by hash. Styles are inline by design of the UI kit."""

    def secured(answer: Response) -> Response:
        policy = {
            "default-src": "'none'",
            "script-src": " ".join(["'self'", *app.csp_hashes()]),
            "style-src": "'self' 'unsafe-inline'",
            "img-src": "'self' data: blob:",
            "font-src": "'self'",
            "connect-src": "'self'",
            "base-uri": "'none'",
            "form-action": "'self'",
            "frame-ancestors": "*" if _framed() else "'self'",
        }
        stricter = answer.headers.get("Content-Security-Policy")  # an archived copy's own
        answer.headers["Content-Security-Policy"] = stricter or "; ".join(f"{name} {value}" for name, value in policy.items())
        answer.headers["X-Content-Type-Options"] = "nosniff"
        answer.headers["Referrer-Policy"] = "same-origin"
        return answer

    return secured
