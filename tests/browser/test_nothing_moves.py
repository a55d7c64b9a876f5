"""What comes late finds its place kept, and nobody who asked for calm sees a motion."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
Look = Callable[..., Page]
KEPT = """() => {
    localStorage.setItem("crosscount-seen-syria-2024", "2024-01-01T00:00:00+00:00");
    localStorage.setItem("crosscount-last", JSON.stringify({ address: "/compare?metric=killed", said: "Compare, Killed", lang: "en" }));
}"""
MOVING = """() => [...document.querySelectorAll("*")].filter((one) => {
    const look = getComputedStyle(one);
    return look.animationName !== "none" || look.transitionDuration.split(",").some((time) => parseFloat(time) > 0);
}).map((one) => one.className)"""


@pytest.mark.parametrize("lang,width", [("en", 1280), ("ar", 360)])
def test_what_a_returning_reader_is_told_moves_nothing(
    look: Look, site: str, moved: Callable[[Page], float], lang: str, width: int
) -> None:
    """What is new since the last visit, and where they were, are known after the page is drawn."""
    page = look(f"{site}/?lang={lang}", width=width)
    page.evaluate(KEPT)
    page.reload()
    expect(page.locator("#since a")).to_be_visible()
    expect(page.locator("#last a")).to_be_visible()
    assert moved(page) < 0.05


def test_nothing_glides_for_who_asked_for_less_motion(look: Look, settle: Callable[[Page], None], site: str) -> None:
    """Neither on the page nor in what opens over it."""
    page = look(f"{site}/compare?metric=killed&figure=f-o2")
    expect(page.locator(".evidence mark").first).to_be_visible()
    assert page.evaluate(MOVING) == []
    page.keyboard.press("Escape")
    expect(page.locator(".evidence")).to_have_count(0)
    settle(page)
    page.get_by_role("button", name="Saved views").click()
    page.locator("summary.button").first.evaluate("one => (one.parentNode.open = true)")
    assert page.evaluate(MOVING) == []
