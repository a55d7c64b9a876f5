"""On 64 KB/s with 300 ms of latency the words come first and the charts do come."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from dashboard.app import assets_folder
from dashboard.app.delivery import chart_library
from tests.benchmarks.bench_weak_link import slow

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]
Look = Callable[..., Page]
FIRST_VISIT = {"plotly.min.js": 2_100_000, "plotly-cartesian.min.js": 1_300_000}  # bytes, by the chart library that is there


def _throttled(browser: Browser) -> tuple[Page, list[int]]:
    """A page on a weak link, and the bytes that came over it, answer by answer."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    wire = slow(page)
    received: list[int] = []
    wire.on("Network.loadingFinished", lambda event: received.append(int(event["encodedDataLength"])))
    return page, received


def test_a_chart_appears_on_a_weak_link(browser: Browser, site: str) -> None:
    """The finding is on screen before the chart library, the chart comes, and a second visit costs next to nothing."""
    page, received = _throttled(browser)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.goto(f"{site}/", wait_until="commit")
    page.wait_for_selector("h1", timeout=30_000)
    assert not page.evaluate("Boolean(window.Plotly)")
    page.wait_for_selector("#main .table", state="attached", timeout=60_000)
    assert not page.evaluate("Boolean(window.Plotly)")
    page.wait_for_selector(".js-plotly-plot .main-svg", timeout=120_000)
    assert not complaints
    assert sum(received) < FIRST_VISIT[chart_library(assets_folder()).source.name]

    received.clear()
    page.goto(f"{site}/compare", wait_until="commit")
    page.wait_for_selector(".js-plotly-plot .main-svg", timeout=60_000)
    assert sum(received) < 100_000
    page.context.close()


def test_an_interaction_costs_little(look: Look, settle: Callable[[Page], None], site: str) -> None:
    """A filter asks for one page, compressed, and for no file again."""
    page = look(f"{site}/")
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    received: list[int] = []
    wire.on("Network.loadingFinished", lambda event: received.append(int(event["encodedDataLength"])))
    page.get_by_role("link", name="Log", exact=True).click()
    page.wait_for_url(f"{site}/?scale=log")
    settle(page)
    while not received:
        page.wait_for_timeout(100)  # the wire's events follow the page
    page.wait_for_timeout(500)
    assert sum(received) < 60_000


# held there, for a slow machine may take longer than the second that is left to look
WAITED = "ms => document.getAnimations().forEach((one) => { one.pause(); one.currentTime = ms; })"


@pytest.mark.parametrize("lang,told,motion", [("en", "Load the page again", "no-preference"), ("ar", "أعيدوا تحميل الصفحة", "reduce")])
def test_a_script_that_never_comes_is_said(browser: Browser, site: str, lang: str, told: str, motion: Any) -> None:
    """Half a minute of first words alone, and they say what to do and where the same figures are as a file."""
    page = browser.new_page(reduced_motion=motion)
    page.route("**/*dash_renderer*", lambda route: route.abort("blockedbyclient"))
    page.goto(f"{site}/figures?metric=killed&lang={lang}")
    said = page.locator("#first .late")
    expect(said).to_contain_text(told)
    page.evaluate(WAITED, 29_000)
    expect(said).not_to_be_visible()
    page.evaluate(WAITED, 31_000)
    expect(said).to_be_visible()
    with page.expect_download() as file:
        said.get_by_role("link").click()
    assert file.value.suggested_filename.endswith(".csv")
    assert "metric=killed" in file.value.url
    page.close()
