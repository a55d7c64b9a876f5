"""The app under the path of a proxy: every link, filter, file and step back stays there."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def test_a_visit_stays_under_the_path(serve: Callable[..., str], look: Callable[..., Page], settle: Callable[[Page], None]) -> None:
    """From page to page, into the evidence of a figure and back, to a file; and no link on the way leads out."""
    site = serve(prefix="/numbers")
    page = look(f"{site}/")

    def path() -> str:
        return urlsplit(page.url).path

    def outside() -> list[str]:
        links: list[str] = page.eval_on_selector_all("a[href^='/']", "found => found.map((one) => one.getAttribute('href'))")
        assert len(links) > 10
        return [link for link in links if not link.startswith("/numbers/")]

    assert outside() == []
    page.locator("#nav a[href*='/compare'], nav a[href*='/compare']").first.click()
    page.wait_for_url("**/numbers/compare**")
    settle(page)
    assert outside() == []
    page.locator("#main a.to-evidence:visible").first.click()
    page.wait_for_url("**/numbers/compare?**figure=**")
    page.go_back()
    page.wait_for_url(lambda url: "figure=" not in url)
    page.go_back()
    page.wait_for_url(lambda url: urlsplit(url).path == "/numbers/")
    settle(page)
    assert path() == "/numbers/"
    page.locator(".download-menu summary").first.click()
    with page.expect_download() as download:
        page.locator(".download-menu a[href*='.csv']:visible").first.click()
    assert urlsplit(download.value.url).path == "/numbers/export/figures.csv"
