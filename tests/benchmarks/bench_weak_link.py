"""How long a reader on a weak link waits for the first words and the first chart, beside what is promised. Not a test: it prints a table.

Usage: python -m tests.benchmarks.bench_weak_link ADDRESS [--pages / /compare ...] [--langs en ar fr] [--visits N]

ADDRESS is that of a running dashboard. Each visit is made in a Chromium of its own (`CHROMIUM`, or /usr/bin/chromium) with 64 KB/s and
300 ms of latency for every request, as its developer tools slow them: first with nothing kept, then again. Times are from the visit on,
in seconds, until the page has painted what is waited for, the median and the slowest of the visits; the charts are drawn by this
machine's processor, so a busy one tells of itself.
"""

import argparse
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from statistics import median
from typing import Final

from playwright.sync_api import CDPSession, Page, Playwright, sync_playwright

BYTES_A_SECOND: Final = 64 * 1024
LATENCY: Final = 300  # ms
FIRST, REPEAT = 25.0, 3.0  # seconds promised until a chart is there: on a first visit, and on a later one
_WAITED_FOR: Final = {"words": "h1", "chart": ".js-plotly-plot .main-svg"}
_WATCHED: Final = """(waitedFor) => {
    window.painted = {};  // seconds since the visit began; asking from outside would wait for whatever the page is busy with
    for (const [name, selector] of Object.entries(waitedFor))
        new MutationObserver((_, observer) => {
            if (!document.querySelector(selector)) return;
            observer.disconnect();
            requestAnimationFrame(() => setTimeout(() => (window.painted[name] = performance.now() / 1000)));
        }).observe(document, { childList: true, subtree: true });
}"""
_PATIENCE: Final = 120_000  # ms


@dataclass(frozen=True, slots=True)
class Visit:
    """Seconds until the words and until a chart, bytes that came meanwhile, and how many questions were asked."""

    words: float
    chart: float
    size: int
    asked: int


def slow(page: Page) -> CDPSession:
    """Put a page on the weak link; returns its wire, whose network events tell what comes over it."""
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    rates = dict.fromkeys(("downloadThroughput", "uploadThroughput"), BYTES_A_SECOND)
    wire.send("Network.emulateNetworkConditions", {"offline": False, "latency": LATENCY, **rates})
    return wire


def _visits(playwright: Playwright, address: str) -> list[Visit]:
    """A first visit and a second one, by the same reader."""
    browser = playwright.chromium.launch(executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"])
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    made = []
    for _ in range(2):
        page = context.new_page()
        made.append(_visit(page, address))
        page.close()
    browser.close()
    return made


def _visit(page: Page, address: str) -> Visit:
    wire, sizes, asked = slow(page), [0], [0]
    wire.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
    wire.on("Network.responseReceived", lambda event: asked.append(not event["response"].get("fromDiskCache", False)))
    page.add_init_script(f"({_WATCHED})({json.dumps(_WAITED_FOR)})")
    page.goto(address, wait_until="commit", timeout=_PATIENCE)
    page.wait_for_function("() => window.painted?.chart", timeout=_PATIENCE)
    page.wait_for_timeout(200)  # the wire's events follow the page
    return Visit(**page.evaluate("window.painted"), size=sum(sizes), asked=sum(asked))


def _told(name: str, made: Sequence[Visit], promised: float) -> str:
    charts = [one.chart for one in made]
    kept = "met" if max(charts) <= promised else "missed"
    words, size, asked = (median(getattr(one, what) for one in made) for what in ("words", "size", "asked"))
    return (
        f"{name:34} words {words:5.2f}   chart {median(charts):5.2f}, slowest {max(charts):5.2f} (promised {promised:g}: {kept})   "
        f"{size / 1e6:.3f} MB in {asked:.0f} answers"
    )


def main() -> None:
    """Visit, and tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("address")
    parser.add_argument("--pages", nargs="+", default=["/", "/compare", "/map"])
    parser.add_argument("--langs", nargs="+", default=["en", "ar"])
    parser.add_argument("--visits", type=int, default=3)
    given = parser.parse_args()
    with sync_playwright() as playwright:
        for page, lang in product(given.pages, given.langs):
            address = f"{given.address.rstrip('/')}{page}?lang={lang}"
            first, again = zip(*(_visits(playwright, address) for _ in range(given.visits)), strict=True)
            print(_told(f"{page} {lang}, first visit", first, FIRST))
            print(_told(f"{page} {lang}, again", again, REPEAT), flush=True)


if __name__ == "__main__":
    main()
