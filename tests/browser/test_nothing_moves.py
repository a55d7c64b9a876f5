"""What comes late finds its place kept, and nobody who asked for calm sees a motion."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

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
PLACES = """(root) => Object.fromEntries([
    ".mark", ".crisis", ".nav [aria-current]", ".freshness", ".filters .control:last-child", ".chosen", ".views-open",
    "h1", ".under", ".caveat",
].map((part) => {
    const found = document.querySelector(`${root} ${part}`);
    const { x, y, width, height } = found && found.checkVisibility() ? found.getBoundingClientRect() : {};
    return [part, [x, y, width, height].map(Math.round)];
}))"""
LONG = "from=2024-11-27&to=2024-12-10&metric=killed,injured,newly_displaced&place=SY02,SY07&source=sohr,sana&known=2024-12-09"
TOP = "document.getElementById('main').getBoundingClientRect().top"
FIELDS = """() => [...document.querySelectorAll(".filters .mantine-Input-input")].map((one) => {
    const { top, height } = one.getBoundingClientRect();
    return [top, height].map(Math.round).join(" ");
})"""


@pytest.mark.parametrize("lang,width", [("en", 1280), ("ar", 1280), ("fr", 820), ("en", 360), ("ar", 360)])
@pytest.mark.parametrize("address", ["/?", "/figures?metric=killed&from=2024-11-28&to=2024-12-03&known=2024-12-08&", "/sources?"])
def test_the_first_words_stand_where_the_page_will(browser: Browser, site: str, lang: str, width: int, address: str) -> None:
    """Without a script everything above the charts is in its place already, and the page that comes has the same places."""
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.route("**/_dash-component-suites/**", lambda route: route.abort())
    page.goto(f"{site}{address}lang={lang}")
    first: dict[str, Any] = page.evaluate(PLACES, "#first")
    page.unroute_all()
    page.reload()
    page.wait_for_selector("#main h1")
    expect(page.locator("#first")).to_have_count(0)
    assert page.evaluate(PLACES, "#react-entry-point") == first
    page.close()


@pytest.mark.parametrize("lang", ["en", "ar", "fr"])
def test_fields_are_one_line_whatever_is_chosen(look: Look, site: str, lang: str) -> None:
    """A range of days and several long names leave the bar as high as nothing does, at the widths it is a bar at."""
    page = look(f"{site}/?lang={lang}", width=1180)
    (empty,) = set(page.evaluate(FIELDS))
    for width in (1180, 1001):
        page = look(f"{site}/?{LONG}&lang={lang}", width=width)
        assert set(page.evaluate(FIELDS)) == {empty}


@pytest.mark.parametrize("lang", ["en", "ar", "fr"])
def test_on_a_phone_the_page_begins_high(look: Look, site: str, lang: str) -> None:
    """Name, pages, time of the data and what can be done leave three quarters of a screen to the finding; chips take one row more."""
    assert look(f"{site}/?lang={lang}", width=360, height=740).evaluate(TOP) <= 205
    assert look(f"{site}/?{LONG}&lang={lang}", width=360, height=740).evaluate(TOP) <= 245


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


def test_who_saw_these_data_already_has_no_gap_for_news(look: Look, site: str) -> None:
    """A place is kept for what is new only where something is."""
    look(f"{site}/")
    page = look(f"{site}/")
    expect(page.locator("#since")).not_to_be_visible()
    expect(page.locator("#since")).to_be_attached()


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
