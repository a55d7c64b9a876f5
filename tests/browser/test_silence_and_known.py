"""Who was silent, cell by cell; and every page as it was known on a day, with the way back."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
Look = Callable[..., Page]


def test_a_cell_with_a_number_leads_to_its_sentence(look: Look, site: str) -> None:
    """By mouse or keyboard, and the address keeps it."""
    page = look(f"{site}/silence?metric=killed")
    cell = page.locator(".days td.s-value a").first
    said = cell.get_attribute("aria-label") or ""
    assert "SOHR" in said and "28" in said
    cell.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".evidence blockquote")).to_be_visible()
    expect(page).to_have_url(re.compile("figure="))


def test_all_nine_states_are_told_in_words_and_each_looks_its_own_way(look: Look, site: str) -> None:
    """No two grounds and glyphs are alike, and silence does not look like zero."""
    page = look(f"{site}/silence")
    expect(page.locator(".state-legend li")).to_have_count(9)
    looks = page.locator(".state-legend .cell").evaluate_all(
        "(cells) => cells.map((one) => { const s = getComputedStyle(one); return one.textContent + s.background + s.boxShadow; })"
    )
    assert len(set(looks)) == 9


def test_metric_and_place_are_chosen_on_the_page_and_stand_in_the_address(look: Look, settle: Callable[[Page], None], site: str) -> None:
    """The pickers change grid, title and address; Back undoes one choice."""
    page = look(f"{site}/silence")
    page.locator(".pickers").get_by_role("link", name="Newly displaced").click()
    expect(page.locator("#main h1")).to_contain_text("Newly displaced")
    page.locator(".pickers").get_by_role("link", name="Idleb").click()
    expect(page).to_have_url(f"{site}/silence?metric=newly_displaced&place=SY07")
    expect(page.locator("#main h2").first).to_contain_text("Idleb")
    page.go_back()
    settle(page)
    expect(page).to_have_url(f"{site}/silence?metric=newly_displaced")


def test_the_file_holds_what_is_shown(look: Look, site: str) -> None:
    """The menu downloads the rows of the metric shown."""
    page = look(f"{site}/silence?metric=injured")
    menu = page.locator(".download-menu").first
    menu.locator("summary").click()
    with page.expect_download() as started:
        menu.locator("a[aria-label^='CSV, '][href*='metric=injured']").click()
    lines = started.value.path().read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("day,claimed_source,metric") and all(",injured," in line for line in lines[1:])


def test_as_known_on_a_day_is_said_on_every_page_and_one_click_leads_back(look: Look, settle: Callable[[Page], None], site: str) -> None:
    """The banner names the day; the numbers are those of that day; pages keep it; the way back ends it."""
    page = look(f"{site}/figures?known=2024-12-02")
    then = page.locator("#main h1").inner_text()
    expect(page.locator(".known")).to_contain_text("As known on 2 Dec 2024")
    page.locator("#nav").get_by_role("link", name="Silence").click()
    expect(page.locator(".known")).to_contain_text("As known on 2 Dec 2024")
    page.locator("#nav").get_by_role("link", name="Figures").click()
    expect(page.locator("#main h1")).to_have_text(then)
    settle(page)
    page.get_by_role("link", name="Back to what is known now").click()
    expect(page).to_have_url(f"{site}/figures")
    expect(page.locator(".known")).to_have_count(0)
    expect(page.locator("#main h1")).not_to_have_text(then)


def test_the_day_is_chosen_in_the_bar_and_clearing_filters_keeps_it(look: Look, site: str) -> None:
    """A calendar like that of the dates; the masthead tells the time of the data shown."""
    page = look(f"{site}/")
    page.get_by_role("button", name="As known on").click()
    page.get_by_role("button", name="29 November 2024").click()
    expect(page.locator(".known")).to_contain_text("As known on 29 Nov 2024")
    expect(page).to_have_url(re.compile("known=2024-11-29"))
    expect(page.locator(".freshness")).to_contain_text("Data as of 28 Nov 2024")
    page.get_by_role("link", name="Clear all").click()
    expect(page.locator(".known")).to_be_visible()
