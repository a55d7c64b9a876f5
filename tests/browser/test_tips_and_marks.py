"""What pointing at a part tells is told without a pointer too."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser
Look = Callable[..., Page]


@pytest.mark.parametrize(
    "lang,share,meaning",
    [("", "Copy link", "Copy the address of this view, filters and all"), ("?lang=ar", "نسخ الرابط", "نسخ عنوان هذا العرض")],
    ids=["en", "ar"],
)
def test_an_explanation_comes_with_the_focus_and_goes_with_escape(look: Look, site: str, lang: str, share: str, meaning: str) -> None:
    """It describes the part while it is shown; a pointer may rest on it; the browser's own tooltip is nowhere."""
    page = look(f"{site}/silence{lang}")
    button = page.get_by_role("button", name=share)
    page.locator(".brand").focus()
    page.keyboard.press("Tab")
    while not button.evaluate("one => one === document.activeElement"):
        page.keyboard.press("Tab")
    expect(page.get_by_role("tooltip")).to_contain_text(meaning)
    expect(button).to_have_attribute("aria-describedby", "tip")
    page.keyboard.press("Escape")
    expect(page.get_by_role("tooltip")).to_have_count(0)
    button.hover()
    page.get_by_role("tooltip").hover()
    page.wait_for_timeout(400)
    expect(page.get_by_role("tooltip")).to_be_visible()
    assert page.evaluate("document.querySelectorAll('body [title]').length") == 0


@pytest.mark.parametrize("lang,onward", [("", "ArrowRight"), ("&lang=ar", "ArrowLeft")], ids=["en", "ar"])
def test_the_arrows_go_through_the_grid_of_silence(look: Look, site: str, lang: str, onward: str) -> None:
    """Each cell says its source, day and state; a cell with a claim is the way to its sentence."""
    page = look(f"{site}/silence?metric=killed{lang}")
    page.locator(".scroll:has(.days)").focus()
    for _ in range(6):
        page.keyboard.press("ArrowDown" if page.locator(".days :focus").count() == 0 else onward)
        if page.locator(".days a:focus").count():
            break
    cell = page.locator(".days td:has(a:focus)")
    expect(page.get_by_role("tooltip")).to_have_text(str(cell.get_attribute("data-tip")))
    page.keyboard.press("Enter")
    expect(page.locator(".evidence mark").first).to_be_visible()


@pytest.mark.parametrize("lang", ["", "&lang=ar"], ids=["en", "ar"])
def test_the_arrows_go_from_mark_to_mark_of_a_chart(look: Look, site: str, lang: str) -> None:
    """What pointing at a mark shows is shown and said; Enter opens the sentence of that mark; leaving takes it away."""
    page = look(f"{site}/compare?metric=killed{lang}")
    chart = page.locator(".canvas").first
    chart.focus()
    said = [""]
    for _ in range(3):
        page.keyboard.press("ArrowRight")
        expect(chart.locator(".hovertext")).to_have_count(1)
        expect(page.locator("#said")).not_to_have_text(said[-1])
        said.append(str(page.locator("#said").text_content()))
    assert len(set(said)) == 4
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#said")).to_have_text(said[2])
    page.keyboard.press("Escape")
    expect(chart.locator(".hovertext")).to_have_count(0)
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    expect(page.locator(".evidence mark").first).to_be_visible()


def test_a_touch_tells_it_too(browser: Browser, settle: Callable[[Page], None], site: str) -> None:
    """A finger on a cell that leads nowhere; a touch elsewhere takes it away."""
    context = browser.new_context(has_touch=True, viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(f"{site}/silence?metric=killed")
    settle(page)
    cell = page.locator(".days td[data-tip]:not(:has(a))").first
    cell.tap()
    expect(page.get_by_role("tooltip")).to_have_text(str(cell.get_attribute("data-tip")))
    page.locator("#main h1").tap()
    expect(page.get_by_role("tooltip")).to_have_count(0)
    context.close()
