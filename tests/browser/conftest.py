"""A real browser before a real server on loopback, over snapshots of the dashboard's own builder.

The browser is `CHROMIUM` or /usr/bin/chromium; without one these tests are skipped, and fail where `CI` is set.
`BROWSER_SLOWED=4` makes the browser's processor four times as slow and lets every answer of a callback wait four tenths of a second:
a test that passes only where everything is quick fails then.
"""

import importlib.util
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

import duckdb
import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import request
from playwright.sync_api import Browser, BrowserContext, CDPSession, Error, Page, expect, sync_playwright
from waitress.server import create_server

from dashboard.app import create_app
from ingest.settings import Settings, shipped_data

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage", "--force-color-profile=srgb")
PATIENCE = 45_000
SLOWED = int(os.environ.get("BROWSER_SLOWED", "1"))
CRISIS = """
id = "syria-2024"
title = { en = "Syria, winter 2024", ar = "سوريا، شتاء 2024" }
country = "SYR"
timezone = "Asia/Damascus"
start = 2024-11-27
gazetteer = []
boundaries = "syr-adm1.geojson"
note = { en = "The sample texts are paraphrases.", ar = "النصوص النموذجية صياغات." }
"""

expect.set_options(timeout=PATIENCE)


def _builder() -> ModuleType:
    """The dashboard's snapshot builder, which lives with its own tests."""
    path = Path(__file__).resolve().parents[1] / "dashboard" / "conftest.py"
    spec = importlib.util.spec_from_file_location("snapshot_builder", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The Chromium that is installed."""
    if not Path(CHROMIUM).exists():
        reason = f"There is no browser at {CHROMIUM}; install Debian's chromium or set CHROMIUM."
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., str]]:
    """Serve a snapshot of so many rows (None: the sample as it is, 0: nothing published; `lists`: with a month of incidents).

    `prefix` is the path it is served under.
    """
    running: list[Any] = []

    def start(
        rows: int | None = None, change: Callable[[Path], None] | None = None, also: str = "", *, lists: bool = False, prefix: str = ""
    ) -> str:
        data = tmp_path_factory.mktemp("site")
        (data / "crises").mkdir()
        for crisis in filter(None, ("syria-2024", also)):
            described = CRISIS.replace("syria-2024", crisis).replace("Syria, winter 2024", crisis.capitalize())
            (data / "crises" / f"{crisis}.toml").write_text(described if crisis == also else CRISIS, encoding="utf-8")
        settings = Settings(data=data, shipped=shipped_data(), crisis="syria-2024", database="sqlite://", prefix=prefix)
        if rows != 0:
            snapshot = _builder().build_snapshot(settings.published, rows=rows, lists=lists)
            if change is not None:
                change(snapshot)
            if also:
                _builder().build_snapshot(settings.published, crisis=also, rows=20)
        app = create_app(settings).server
        if SLOWED > 1:
            app.before_request(_tarry)
        server = create_server(app, host="127.0.0.1", port=0, threads=8, url_prefix=prefix)
        threading.Thread(target=server.run, daemon=True).start()
        running.append(server)
        return f"http://127.0.0.1:{server.effective_port}{prefix}"

    yield start
    for server in running:
        server.close()


@pytest.fixture(scope="session")
def site(serve: Callable[..., str]) -> str:
    """Address of the app over the small snapshot."""
    return serve()


@pytest.fixture(scope="session")
def empty_site(serve: Callable[..., str]) -> str:
    """Address of the app over an empty data folder."""
    return serve(0)


@pytest.fixture(scope="session")
def large_site(serve: Callable[..., str]) -> str:
    """Address of the app over ten thousand figures."""
    return serve(10_000)


@pytest.fixture(scope="session")
def hostile_site(serve: Callable[..., str]) -> str:
    """Address of the app over reports that try to be markup and formulas."""
    return serve(change=_hostile)


def _tarry() -> None:
    """The answer of a callback comes late."""
    if request.path.endswith("/_dash-update-component"):
        time.sleep(SLOWED / 10)


def _hostile(snapshot: Path) -> None:
    """Give every figure a quote, a value and a place that a careless program would execute."""
    figures = snapshot / "figures.parquet"
    changed = snapshot / "changed.parquet"
    with duckdb.connect() as connection:
        connection.execute(
            f"""COPY (SELECT * REPLACE (
                '<img src=x onerror="window.harmed=1"><script>window.harmed=1</script> 44 dead' AS quote,
                40 AS quote_start, 117 AS span_start, 119 AS span_end,
                '=HYPERLINK("http://evil.example","44")' AS value_text,
                '<b onmouseover="window.harmed=1">Idlib</b>' AS place_text, '' AS place_id,
                '<b onmouseover="window.harmed=1">Idlib</b>' AS place_name,
                'javascript:window.harmed=1' AS url
            ) FROM '{figures}') TO '{changed}' (FORMAT parquet)"""  # noqa: S608 - paths of this test
        )
    changed.replace(figures)


@dataclass
class Tab:
    """A tab that one test after the other has for itself; `wrong` is what went wrong in it while this test has it."""

    page: Page
    wrong: list[str] = field(default_factory=list)
    wire: CDPSession | None = None

    def watch(self) -> None:
        """Note complaints and requests to other hosts from now on."""
        page, wrong = self.page, self.wrong
        page.on("console", lambda message: wrong.append(message.text) if message.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", lambda request: None if _here(request.url) else wrong.append(f"asked another host: {request.url}"))

    def slow(self, rate: int) -> None:
        """Make its processor so many times as slow, until the next test has it."""
        if self.wire is None:
            self.wire = self.page.context.new_cdp_session(self.page)
        self.wire.send("Emulation.setCPUThrottlingRate", {"rate": rate})

    def leave(self) -> list[str]:
        """Leave nothing of this test to the next; returns what went wrong."""
        with suppress(Error):  # a page that is just changing for another keeps nothing either
            self.page.evaluate("sessionStorage.clear()")
        wrong = list(self.wrong)
        self.page.unroute_all(behavior="ignoreErrors")
        self.page.goto("about:blank")
        self.page.mouse.move(-1, -1)
        self.page.emulate_media(media="null")
        self.wrong.clear()
        return wrong


@dataclass
class Window:
    """A browser window and those of its tabs that no test has.

    Scripts are fetched once, and a tab that stays goes on with what the browser made of them: a new one reads and compiles
    them again, which takes longer than drawing a page. What is kept between visits, such as saved views, is the window's.
    """

    context: BrowserContext
    free: list[Tab] = field(default_factory=list)

    def tab(self) -> Tab:
        """One that is free, or a new one."""
        if self.free:
            return self.free.pop()
        tab = Tab(self.context.new_page())
        tab.watch()
        return tab


@pytest.fixture(scope="session")
def window(browser: Browser) -> Iterator[Window]:
    """One browser window for all tests."""
    context = browser.new_context(accept_downloads=True, permissions=["clipboard-read", "clipboard-write"])
    yield Window(context)
    context.close()


@pytest.fixture
def look(window: Window) -> Iterator[Callable[..., Page]]:
    """Open an address, `slowed` times as slow; at the end nothing may have gone wrong on the page or been asked of another host."""
    taken: list[Tab] = []

    def open_page(address: str, *, width: int = 1280, height: int = 900, dark: bool = False, slowed: int = SLOWED) -> Page:
        taken.append(window.tab())
        page = taken[-1].page
        taken[-1].slow(slowed)
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme="dark" if dark else "light", reduced_motion="reduce")
        page.set_default_timeout(PATIENCE)
        page.goto(address)
        settled(page)
        return page

    yield open_page
    wrong = [complaint for tab in taken for complaint in tab.leave()]
    window.free += reversed(taken)
    assert not wrong


def _here(address: str) -> bool:
    return urlsplit(address).scheme in {"data", "blob"} or urlsplit(address).hostname == "127.0.0.1"


SETTLED = """() => {
    const { stored, completed, ...waiting } = window.store.getState().callbacks;
    return Object.values(waiting).every((calls) => calls.length === 0) && !document.querySelector("#main .bone, #main .dash-graph--pending")
        && [...document.querySelectorAll("#main .canvas")].every((one) => one.querySelector(".main-svg"));
}"""
ARRIVED = "() => new Promise((done) => setTimeout(done, 0))"


def settled(page: Page) -> None:
    """The page is drawn: its heading is there, no callback is asked for or on its way, title and focus are set.

    Every chart stands, and its drawing is over: until then a press on a mark goes unheard.
    """
    page.wait_for_selector("#main h1")
    page.wait_for_function(SETTLED)
    page.evaluate(ARRIVED)  # the page sets title and focus in a turn of its own, after the answer


MOVED = """() => new Promise((resolve) => {
    const moves = [];
    const take = (entries) => moves.push(...entries.filter((one) => !one.hadRecentInput));
    const observer = new PerformanceObserver((list) => take(list.getEntries()));
    observer.observe({ type: "layout-shift", buffered: true });
    setTimeout(() => { take(observer.takeRecords()); resolve(moves.reduce((sum, one) => sum + one.value, 0)); }, 200);
})"""


@pytest.fixture(scope="session")
def moved() -> Callable[[Page], float]:
    """How far a page moved under its reader since it was opened, without being touched: the browser's own layout shift score."""
    return lambda page: float(page.evaluate(MOVED))


@pytest.fixture(scope="session")
def violations() -> Callable[[Page], list[tuple[str, list[str]]]]:
    """What axe-core finds wrong, of any weight: each rule with the parts that break it."""

    def find(page: Page) -> list[tuple[str, list[str]]]:
        found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]  # the rest costs a third of the time
        return [(one["id"], [node["html"][:160] for node in one["nodes"]]) for one in found]

    return find


@pytest.fixture(scope="session")
def settle() -> Callable[[Page], None]:
    """Wait until the page is drawn."""
    return settled


@pytest.fixture(scope="session")
def heard() -> Callable[[Page], None]:
    """Wait until the page has heard what was typed: the kit hands it on some turns later, sooner than any hand goes on to a button."""

    def wait(page: Page) -> None:
        page.evaluate("() => new Promise((done) => setTimeout(done, 50))")

    return wait
