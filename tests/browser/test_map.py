"""The map: down and up by mouse and keyboard, by day, and to a sentence."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
Look = Callable[..., Page]
AREA = """(one, place) => {
    const number = one.data.findIndex((trace) => (trace.customdata || []).some((data) => data[1] === place) && trace.marker.opacity === 0);
    const trace = one._fullData[number], n = trace.customdata.findIndex((data) => data[1] === place), box = one.getBoundingClientRect();
    const x = one._fullLayout.xaxis, y = one._fullLayout.yaxis, down = y._offset + y.d2p(trace.y[n]);
    window.scrollBy(0, box.y + down - window.innerHeight / 2);
    return [box.x + x._offset + x.d2p(trace.x[n]), one.getBoundingClientRect().y + down];
}"""


def test_a_click_on_an_area_goes_down_and_a_second_opens_a_sentence(look: Look, settle: Callable[[Page], None], site: str) -> None:
    """The address keeps the place; Back goes up again."""
    page = look(f"{site}/map")
    page.mouse.click(*page.locator(".js-plotly-plot").evaluate(AREA, "SY05"))
    expect(page).to_have_url(f"{site}/map?place=SY05")
    expect(page.locator("#main h1")).to_contain_text("Hama")
    settle(page)
    page.locator("#main .to-evidence").first.click()
    expect(page.locator(".evidence blockquote")).to_be_visible()
    page.go_back()
    page.go_back()
    expect(page).to_have_url(f"{site}/map")


def test_lists_lead_down_by_keyboard_and_the_way_leads_up(look: Look, site: str) -> None:
    """What the map does with a pointer the lists do with keys."""
    page = look(f"{site}/map")
    for name in ("Idleb", "Idleb"):
        link = page.locator(".places-table").first.get_by_role("link", name=name, exact=True)
        link.focus()
        page.keyboard.press("Enter")
        expect(page.locator(".way [aria-current]")).to_have_text(name)
    expect(page).to_have_url(f"{site}/map?place=SY0700")
    page.locator(".way a").first.click()
    expect(page).to_have_url(f"{site}/map")


def test_the_arrows_go_from_place_to_place_and_enter_goes_down(look: Look, site: str) -> None:
    """An area is one stop however large it is, told as pointing at it tells it."""
    page = look(f"{site}/map")
    page.locator("#main .canvas").focus()
    told: list[str] = []
    for _ in range(3):
        page.keyboard.press("ArrowRight")
        told.append(page.locator("#said").inner_text().partition(".")[0])
    assert len(set(told)) == 3
    page.keyboard.press("Enter")
    expect(page.locator(".way [aria-current]")).to_have_text(told[-1])


def test_the_slider_of_days_is_the_calendar_by_another_hand(look: Look, settle: Callable[[Page], None], site: str) -> None:
    """Keys move an end by a day and keep the focus; address and calendar follow; both ends together are all days."""
    page = look(f"{site}/map")
    thumb = page.get_by_role("slider", name="Last day")
    thumb.focus()
    page.keyboard.press("ArrowLeft")
    expect(page).to_have_url(f"{site}/map?from=2024-11-27&to=2024-12-27")
    settle(page)
    expect(thumb).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(page).to_have_url(f"{site}/map?from=2024-11-27&to=2024-12-26")
    expect(page.locator(".map-days .under")).to_contain_text("27 Nov to 26 Dec 2024")
    expect(page.get_by_role("button", name="Dates", exact=True)).to_contain_text("26 Dec 2024")
    expect(thumb).to_have_attribute("aria-valuetext", "26 Dec")
    settle(page)
    for _ in range(2):
        page.keyboard.press("ArrowRight")
        settle(page)
    expect(page).to_have_url(f"{site}/map")


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_on_a_wide_screen_the_lists_stand_beside_the_map(look: Look, site: str, lang: str) -> None:
    """After it in the direction one reads in, and below it where there is no room for both."""
    page = look(f"{site}/map?lang={lang}", width=1440)
    drawn, listed = (page.locator(one).first.bounding_box() or {} for one in ("figure[data-chart=map]", ".places-table"))
    assert listed["y"] < drawn["y"] + drawn["height"]
    assert listed["x"] + listed["width"] <= drawn["x"] if lang == "ar" else drawn["x"] + drawn["width"] <= listed["x"]
    page.set_viewport_size({"width": 1100, "height": 900})
    drawn, listed = (page.locator(one).first.bounding_box() or {} for one in ("figure[data-chart=map]", ".places-table"))
    assert listed["y"] >= drawn["y"] + drawn["height"]
