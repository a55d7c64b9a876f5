"""How long a browser takes from a choice in a filter to a finished page, by the size of the page. Not a test: it prints a table.

Usage: python -m tests.benchmarks.bench_drawing ADDRESS [--pages / /compare ...] [--slowed N] [--choices N]

ADDRESS is that of a running dashboard. On each page one people is chosen in its filter, and taken away again, in a Chromium of its own
(`CHROMIUM`, or /usr/bin/chromium), its processor N times as slow as this one. A page is finished when its charts stand and nothing is asked
for any longer. Of these times, the answer is what the server took until its last byte; the rest is the browser's. Medians, in milliseconds.
"""

import argparse
import os
from statistics import median
from typing import Final

from playwright.sync_api import Page, sync_playwright

_CHOSEN: Final = (["civilian"], [])
_PATIENCE: Final = 120_000  # ms
_CHOOSE: Final = """async (chosen) => {
    performance.clearResourceTimings();
    const finished = () => {
        const { stored, completed, ...waiting } = window.store.getState().callbacks;
        return Object.values(waiting).every((calls) => calls.length === 0) && !document.querySelector("#main .dash-graph--pending")
            && [...document.querySelectorAll("#main .canvas")].every((one) => one.querySelector(".main-svg"));
    };
    const begun = performance.now(), asked = () => performance.getEntriesByType("resource").filter((one) => one.initiatorType === "fetch");
    window.dash_clientside.set_props({ type: "filter", name: "group" }, { value: chosen });
    while (!asked().length || !finished()) await new Promise((done) => setTimeout(done, 5));
    return [performance.now() - begun, Math.max(...asked().map((one) => one.responseEnd)) - begun];
}"""


def _chosen(page: Page, address: str, choices: int) -> list[tuple[float, float]]:
    """Milliseconds until the page was finished, and until its answer was there, for each choice."""
    page.goto(address, timeout=_PATIENCE)
    page.wait_for_selector("#main h1", timeout=_PATIENCE)
    page.wait_for_timeout(1000)
    return [page.evaluate(_CHOOSE, chosen) for _ in range(choices) for chosen in _CHOSEN]


def main() -> None:
    """Choose, and tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("address")
    parser.add_argument("--pages", nargs="+", default=["/incidents", "/map", "/figures", "/compare", "/silence", "/"])
    parser.add_argument("--slowed", type=float, default=1)
    parser.add_argument("--choices", type=int, default=3)
    given = parser.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"])
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        page = context.new_page()
        context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": given.slowed})
        for name in given.pages:
            whole, answer = zip(*_chosen(page, f"{given.address.rstrip('/')}{name}", given.choices), strict=True)
            elements = page.locator("#main *").count()
            print(
                f"{name:12} {elements:5} elements  finished {median(whole):6.0f}, slowest {max(whole):6.0f}   answer {median(answer):6.0f}",
                flush=True,
            )
        browser.close()


if __name__ == "__main__":
    main()
