"""Setting the program up fetches the small chart library, or says why it does not and leaves everything as it was."""

import base64
import hashlib
import io
import json
import re
import tarfile
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from plotly.offline import get_plotlyjs_version

from chart_bundle import BUNDLE, FILES, INTEGRITY, PACKAGE, VERSION, build_in
from dashboard.app.delivery import SMALL_BUNDLE, chart_library


@pytest.fixture
def strange_registry() -> Iterator[str]:
    """Serves another file under the package's name and version, with that file's own digest."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as package:
        manifest = json.dumps({"name": PACKAGE, "version": VERSION}).encode()
        for name, content in {"package/package.json": manifest, **dict.fromkeys(FILES, b"anything")}.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            package.addfile(entry, io.BytesIO(content))
    integrity = f"sha512-{base64.b64encode(hashlib.sha512(packed.getvalue()).digest()).decode()}"

    class Registry(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            dist = {"tarball": f"http://{self.headers['Host']}/one.tgz", "integrity": integrity}
            told = {"name": PACKAGE, "dist-tags": {"latest": VERSION}, "versions": {VERSION: json.loads(manifest) | {"dist": dist}}}
            self.send_response(200)
            self.end_headers()
            self.wfile.write(packed.getvalue() if self.path.endswith(".tgz") else json.dumps(told).encode())

        def log_message(self, *_: object) -> None:
            """Nothing of it is for the output of the tests."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Registry) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_it_is_of_the_version_that_the_charts_are_made_for() -> None:
    """A new plotly brings a new version, and its digest, into the file that fetches it; the app looks where it is put."""
    assert get_plotlyjs_version() == VERSION
    assert f"vendor/{BUNDLE}" == SMALL_BUNDLE
    assert len(base64.b64decode(INTEGRITY.removeprefix("sha512-"), validate=True)) == 64


def test_it_is_built_in_once(tmp_path: Path) -> None:
    """With its licence, and served from then on; where npm or a network is missing, the full library is."""
    told = build_in(tmp_path)
    bundle = tmp_path / SMALL_BUNDLE
    if "left out" in told:
        assert re.search(r"because (there is no npm|npm did not fetch it \(no network\?\))\.$", told)
        assert chart_library(tmp_path).source.name == "plotly.min.js"
        assert not bundle.parent.exists()
        return
    assert told == f"The small chart library {VERSION} is built in."
    assert chart_library(tmp_path).source == bundle
    assert {path.name for path in bundle.parent.iterdir()} == set(FILES.values())
    assert (bundle.parent / FILES["package/LICENSE"]).read_text(encoding="utf-8").startswith("MIT License")
    made = bundle.stat()
    assert build_in(tmp_path) == f"The small chart library {VERSION} is there."
    assert (bundle.stat().st_ino, bundle.stat().st_mtime_ns) == (made.st_ino, made.st_mtime_ns)


def test_one_of_another_version_is_not_taken_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor is it lost where the right one cannot be had."""
    monkeypatch.setenv("PATH", str(tmp_path))
    bundle = tmp_path / SMALL_BUNDLE
    bundle.parent.mkdir()
    for name in FILES.values():
        (bundle.parent / name).write_text("/**\n* plotly.js (cartesian - minified) v1.2.3\n*/", encoding="utf-8")
    assert build_in(tmp_path).endswith("left out and pages load the full one, because there is no npm.")
    assert "v1.2.3" in bundle.read_text(encoding="utf-8")


def test_without_a_network_it_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of it is there, and nothing is raised."""
    monkeypatch.setenv("npm_config_registry", "http://127.0.0.1:9/")  # nobody listens there
    monkeypatch.setenv("npm_config_cache", str(tmp_path / "cache"))
    assert re.search(r"left out and pages load the full one, because (npm did not fetch it|there is no npm)", build_in(tmp_path))
    assert not (tmp_path / "vendor").exists()


def test_another_file_of_that_name_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, strange_registry: str) -> None:
    """Whatever the registry says of it: the digest stands in the project."""
    monkeypatch.setenv("npm_config_registry", strange_registry)
    monkeypatch.setenv("npm_config_cache", str(tmp_path / "cache"))
    assert re.search(r"because (what npm fetched is not the file that is meant|there is no npm)\.$", build_in(tmp_path))
    assert not (tmp_path / "vendor").exists()
