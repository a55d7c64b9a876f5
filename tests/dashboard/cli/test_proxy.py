"""The nginx that docs/deployment hands out, before the app."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest

from ingest.settings import Settings

SNIPPET = Path(__file__).resolve().parents[3] / "docs" / "deployment" / "proxy" / "nginx.conf"
WHOLE = """
daemon off; master_process off; pid {0}/pid; error_log {0}/error.log; events {{}}
http {{
    access_log off; client_body_temp_path {0}/body; proxy_temp_path {0}/proxy;
    fastcgi_temp_path {0}/fastcgi; uwsgi_temp_path {0}/uwsgi; scgi_temp_path {0}/scgi;
    server {{ listen 127.0.0.1:{1}; include {0}/crosscount.conf; }}
}}
"""


@contextmanager
def _nginx(folder: Path, behind: str) -> Iterator[int]:
    """The port of an nginx with our file in its server block."""
    program = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if program is None:
        reason = "There is no nginx; install Debian's nginx-light."
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    (folder / "crosscount.conf").write_text(SNIPPET.read_text(encoding="utf-8").replace("http://127.0.0.1:8050", behind), encoding="utf-8")
    (folder / "nginx.conf").write_text(WHOLE.format(folder, port), encoding="utf-8")
    with subprocess.Popen([program, "-c", str(folder / "nginx.conf")], stderr=subprocess.DEVNULL) as process:
        try:
            deadline = time.monotonic() + 30
            while _answers(port) is False:
                assert time.monotonic() < deadline and process.poll() is None, (folder / "error.log").read_text()
                time.sleep(0.05)
            yield port
        finally:
            process.terminate()


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port)).close()
    except OSError:
        return False
    return True


def _ask(port: int, path: str, **headers: str) -> tuple[HTTPResponse, bytes]:
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    return answer, answer.read()


def test_the_app_stands_under_its_path(
    settings: Settings, served: Callable[[Settings], AbstractContextManager[str]], tmp_path: Path
) -> None:
    """The page and what it loads, compressed by the app; the bare path leads to it, metrics stay inside, a reader's claims are dropped."""
    folder = tmp_path / "nginx"
    folder.mkdir()
    with served(replace(settings, prefix="/crosscount", proxy="127.0.0.1")) as site, _nginx(folder, site) as port:
        answer, _ = _ask(port, "/crosscount")
        assert answer.status == 301 and (answer.getheader("Location") or "").endswith("/crosscount/")
        answer, page = _ask(port, "/crosscount/", Accept_Encoding="identity")
        assert answer.status == 200 and b'src="/crosscount/assets/js/address.js' in page
        assert _ask(port, "/crosscount/compare", Accept_Encoding="br")[0].getheader("Content-Encoding") == "br"
        assert _ask(port, "/crosscount/assets/icon.svg")[0].status == 200
        assert [_ask(port, f"/crosscount/{name}")[0].status for name in ("readyz", "metrics", "export/figures.csv")] == [200, 403, 200]
        _, seen = _ask(port, "/crosscount/seen", X_Forwarded_For="203.0.113.9", X_Forwarded_Proto="https")
        assert f'"url": "http://127.0.0.1:{port}/crosscount/seen"'.encode() in seen
        assert b'"address": "127.0.0.1"' in seen
