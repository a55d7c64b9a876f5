"""A page that is left open: newer data, and a program that does not answer."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from ingest.model import snapshot as layout

pytestmark = pytest.mark.browser
Look = Callable[..., Page]
ASK = "window.dispatchEvent(new Event('online'))"  # as when the link is there again; else it is asked every minute
HEADING = "JSON.stringify(document.querySelector('#main h1').getBoundingClientRect())"


def publish_again(snapshot: Path) -> str:
    """The same data once more, as a snapshot of its own that is the one to read."""
    name = layout.name(2, snapshot.name.split("-")[1] * 2)
    newer = snapshot.with_name(name)
    shutil.copytree(snapshot, newer)
    manifest = newer / layout.MANIFEST
    manifest.write_text(manifest.read_text("utf-8").replace(snapshot.name, name), encoding="utf-8")
    (snapshot.parent / layout.POINTER).write_text(name + "\n", encoding="ascii")
    return name


@pytest.mark.parametrize(
    "lang,said,show",
    [("", "Newer data, published 24 Nov 2026", "Show it"), ("&lang=ar", "بيانات أحدث، نُشرت ٢٤ تشرين الثاني ٢٠٢٦", "عرضها")],
    ids=["en", "ar"],
)
def test_newer_data_are_offered_and_shown_on_request(look: Look, serve: Callable[..., str], lang: str, said: str, show: str) -> None:
    """Nothing is redrawn and nothing moves before; one press shows them in the same view, and the notice goes."""
    published: list[Path] = []
    site = serve(change=published.append)
    page = look(f"{site}/figures?metric=killed&place=SY02{lang}")
    expect(page.locator(".old strong")).to_be_visible()
    before, main = page.evaluate(HEADING), page.locator("#main [data-snapshot]")
    name = publish_again(published[0])
    page.evaluate(ASK)
    expect(page.locator("#age")).to_contain_text(said)
    assert page.evaluate(HEADING) == before
    assert main.get_attribute("data-snapshot") == published[0].name
    page.get_by_role("button", name=show).press("Enter")
    expect(main).to_have_attribute("data-snapshot", name)
    expect(page.locator(".freshness")).to_have_attribute("data-snapshot", name)
    expect(page.locator("#age")).not_to_be_visible()
    expect(page.locator("#line .chip")).to_have_count(2)
    expect(page).to_have_url(f"{site}/figures?metric=killed&place=SY02{lang}")


def test_a_page_says_by_itself_that_the_program_is_gone(browser: Browser, settle: Callable[[Page], None], site: str) -> None:
    """With the time of the data it goes on showing, and without anybody having pressed anything."""
    page = browser.new_page()
    page.goto(f"{site}/figures")
    settle(page)
    page.route("**/age.json*", lambda route: route.abort("connectionrefused"))
    page.evaluate(ASK)
    expect(page.locator("#trouble")).to_contain_text("What you see was published 24 Nov 2026, 09:00 (UTC+3).")
    page.unroute("**/age.json*")
    page.evaluate(ASK)
    expect(page.locator("#trouble")).to_be_empty()
    page.close()
