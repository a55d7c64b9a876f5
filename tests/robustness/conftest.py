"""The real command line in processes of its own, an invented crisis, and a publisher on this machine."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

PROGRAM = (sys.executable, "-c", "from dashboard.cli import main; main()")
CRISIS = """
id = "tiny"
title = {{ en = "An invented crisis" }}
country = "XXX"
timezone = "Asia/Damascus"
start = 2024-11-27
gazetteer = ["tiny"]

[sources.rss]
feeds = [{{ url = "{address}/feed/", publisher = "watch", language = "en" }}]

[[organisation]]
id = "watch"
name = {{ en = "Valley Watch" }}
short = "VW"
kind = "monitor"
"""
PLACES = """place_id,adm_level,name_en,name_ar,parent_id,lat,lon,kind,importance,status
XX,0,Xland,إكس,,35.0,38.0,country,5,cod
XX01,1,Northvale,شمال,XX,36.0,37.0,adm1,4,cod
"""
_ITEM = """<item><title>Report {number}</title><link>{address}/reports/{number}</link><guid isPermaLink="false">{number}</guid>
<pubDate>Wed, 04 Dec 2024 09:00:00 +0000</pubDate><content:encoded><![CDATA[<p>Valley Watch said {number} civilians were killed in
Northvale on Tuesday, including {part} children. At least {number} people were injured.</p>]]></content:encoded></item>"""
_FEED = """<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>Valley Watch</title><link>{address}/</link><description>Invented reports</description>{items}</channel></rss>"""


@dataclass
class Publisher:
    """A server on the loopback address. `answers` are bodies by path; a path it does not know is 404, None breaks the connection.

    `asked` are the paths that were asked for; `before` is called with each before it is answered.
    """

    address: str
    answers: dict[str, bytes | None] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    before: Callable[[str], None] = lambda _: None

    def feed(self, reports: int, newest: int = 0) -> bytes:
        """A feed with so many reports, each with three figures; with `newest`, it shows only so many of the last ones."""
        numbers = range(20 + max(reports - newest, 0) if newest else 20, 20 + reports)
        items = "".join(_ITEM.format(address=self.address, number=number, part=2 + number % 5) for number in numbers)
        return _FEED.format(address=self.address, items=items).encode()


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    """An invented publisher, with 40 reports in its feed."""
    served = Publisher("")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # the name http.server calls
            served.asked.append(self.path)
            served.before(self.path)
            body = served.answers.get(self.path, b"")
            if body is None:
                return
            self.send_response(200 if self.path in served.answers else 404)
            self.send_header("Content-Type", "application/rss+xml; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served.address = f"http://127.0.0.1:{server.server_address[1]}"
    served.answers["/feed/"] = served.feed(40)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield served
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def environment(publisher: Publisher) -> Mapping[str, str]:
    """The invented crisis in force, and sources on this machine allowed."""
    return {**os.environ, "CROSSCOUNT_CRISIS": "tiny", "CROSSCOUNT_ALLOW_LOOPBACK": "1"}


@pytest.fixture
def new_data(tmp_path: Path, publisher: Publisher) -> Callable[[str], Path]:
    """Makes an empty data folder with the invented crisis."""

    def make(name: str) -> Path:
        folder = tmp_path / name
        for relative, text in {"crises/tiny.toml": CRISIS.format(address=publisher.address), "gazetteer/tiny.csv": PLACES}.items():
            path = folder / relative
            path.parent.mkdir(parents=True)
            path.write_text(text, encoding="utf-8")
        return folder

    return make


@dataclass
class Forks:
    """Runs command lines in forks of a process that is already loaded; what they wrote is in `scratch`."""

    process: subprocess.Popen[str]
    environment: Mapping[str, str]
    scratch: Path

    def _line(self) -> int:
        assert self.process.stdout
        return int(self.process.stdout.readline())

    def start(self, *words: object, given: str = "") -> int:
        """Begin a command line; returns its process id."""
        return self.start_all(words, given=given)

    def start_all(self, *lines: tuple[object, ...], given: str = "") -> int:
        """Begin several command lines, one after the other in one process, the next only where one ended well."""
        assert self.process.stdin
        (self.scratch / "given").write_text(given, encoding="utf-8")
        files = {name: str(self.scratch / name) for name in ("given", "output", "errors")}
        asked = {"lines": [[str(word) for word in words] for words in lines], "environment": dict(self.environment), **files}
        self.process.stdin.write(json.dumps(asked) + "\n")
        self.process.stdin.flush()
        return self._line()

    def ended(self) -> int:
        """Wait for its exit code; minus nine where it was killed."""
        return self._line()

    def run(self, *words: object, given: str = "") -> subprocess.CompletedProcess[str]:
        """A command line from its beginning to its end."""
        return self.run_all(words, given=given)

    def run_all(self, *lines: tuple[object, ...], given: str = "") -> subprocess.CompletedProcess[str]:
        """Several command lines in one process, to the end of the last or of the first that failed."""
        self.start_all(*lines, given=given)
        code = self.ended()
        told = {name: (self.scratch / name).read_text(encoding="utf-8") for name in ("output", "errors")}
        return subprocess.CompletedProcess(lines, code, told["output"], told["errors"])


@pytest.fixture(scope="session")
def loaded() -> Iterator[subprocess.Popen[str]]:
    """A process with the program loaded, of which the command lines are forks."""
    if not hasattr(os, "fork"):
        pytest.skip("needs fork, which this system does not have")
    program = [sys.executable, str(Path(__file__).with_name("forking.py"))]
    with subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield process
        assert process.stdin
        process.stdin.close()


@pytest.fixture
def forks(loaded: subprocess.Popen[str], environment: Mapping[str, str], tmp_path: Path) -> Forks:
    """Forks of a loaded program."""
    scratch = tmp_path / "streams"
    scratch.mkdir()
    return Forks(loaded, environment, scratch)


@pytest.fixture
def crosscount(forks: Forks) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs a command line; with `before`, words in front of the program such as `setpriv ...`, in a process of its own."""

    def run(data: Path, *words: object, before: tuple[str, ...] = (), given: str = "") -> subprocess.CompletedProcess[str]:
        if not before:
            return forks.run("--data", data, *words, given=given)
        command = [*before, *PROGRAM, "--data", str(data), *map(str, words)]
        return subprocess.run(command, env=forks.environment, input=given, capture_output=True, text=True, check=False)

    return run
