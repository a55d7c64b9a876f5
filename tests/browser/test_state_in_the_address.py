"""The address is the state: filters write it, a fresh visit and Back read it."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

pytestmark = pytest.mark.browser
Look = Callable[..., Page]
Settle = Callable[[Page], None]


def choose(page: Page, control: str, option: str) -> None:
    """Choose an option of a filter."""
    page.get_by_role("textbox", name=control, exact=True).click()
    page.get_by_role("option", name=option, exact=True).click()
    page.keyboard.press("Escape")


def drawn(page: Page) -> dict[str, Any]:
    """What a reader sees: heading, chosen filters, marks of the charts."""
    return {
        "heading": page.locator("#main h1").inner_text(),
        "chosen": page.locator(".filters .mantine-Pill-label").all_inner_texts(),
        "marks": page.evaluate(
            "() => [...document.querySelectorAll('.js-plotly-plot')].map((one) => one.data.map((trace) => (trace.x || []).length))"
        ),
    }


def test_a_filter_changes_chart_and_address(look: Look, settle: Settle, site: str) -> None:
    """Choosing a metric redraws the page and stands in the address."""
    page = look(f"{site}/")
    before = drawn(page)
    choose(page, "Metric", "Newly displaced")
    expect(page.locator("#main h1")).to_contain_text("newly displaced")
    settle(page)
    expect(page).to_have_url(f"{site}/?metric=newly_displaced")
    assert drawn(page)["marks"] != before["marks"]


def test_an_address_opened_afresh_shows_the_same_view(look: Look, settle: Settle, site: str) -> None:
    """Somebody else's browser shows what the sender saw."""
    page = look(f"{site}/")
    choose(page, "Metric", "Killed")
    expect(page).to_have_url(f"{site}/?metric=killed")
    choose(page, "Place", "Hama")
    expect(page.locator("#main h1")).not_to_contain_text("75 to 149")
    expect(page).to_have_url(re.compile("place="))
    settle(page)
    assert drawn(look(page.url)) == drawn(page)


def test_back_undoes_one_choice_at_a_time(look: Look, settle: Settle, site: str) -> None:
    """Back takes the last filter away, with its control, its chart and its heading; Forward brings them again."""
    page = look(f"{site}/")
    start = drawn(page)
    choose(page, "Metric", "Newly displaced")
    expect(page.locator("#main h1")).to_contain_text("newly displaced")
    settle(page)
    chosen = drawn(page)
    page.go_back()
    expect(page.locator("#main h1")).to_have_text(start["heading"])
    settle(page)
    assert drawn(page) == start
    page.go_forward()
    expect(page.locator("#main h1")).to_have_text(chosen["heading"])
    settle(page)
    assert drawn(page) == chosen


def test_a_filter_chosen_while_a_page_is_on_its_way_is_kept(look: Look, settle: Settle, site: str) -> None:
    """The page that was asked for before the choice arrives after it, and is drawn once more with it."""
    page = look(f"{site}/")
    held: list[Route] = []
    early = True

    def hold(route: Route) -> None:
        held.append(route) if early else route.continue_()

    page.route("**/_dash-update-component*", hold)
    with page.expect_request("**/_dash-update-component*"):
        page.locator("#nav").get_by_text("Figures").click()
    choose(page, "Metric", "Injured")
    expect(page).to_have_url(f"{site}/figures?metric=injured")
    early = False
    for late in held:
        late.continue_()
    expect(page.locator("#nav [aria-current=page]")).to_have_text("Figures")
    expect(page.locator("#main h1")).to_contain_text("claims")
    expect(page.locator("#line .chip")).to_have_count(1)
    settle(page)
    expect(page).to_have_url(f"{site}/figures?metric=injured")
    expect(page.locator(".filters .mantine-Pill-label")).to_have_text("Injured")
    expect(page.locator("[data-said]")).to_contain_text("of 6")


def test_filters_go_along_from_page_to_page(look: Look, site: str) -> None:
    """The navigation keeps what was chosen, and the title of the window follows."""
    page = look(f"{site}/?metric=injured")
    page.locator("#nav").get_by_text("Figures").click()
    expect(page).to_have_url(f"{site}/figures?metric=injured")
    expect(page.locator("#nav [aria-current=page]")).to_have_text("Figures")
    expect(page).to_have_title(page.locator("#main h1").inner_text() + " · Crosscount")
    page.go_back()
    expect(page.locator("#nav [aria-current=page]")).to_have_text("Overview")


def test_clear_takes_every_filter_away(look: Look, site: str) -> None:
    """One action leads back to everything, and empties the controls."""
    page = look(f"{site}/figures?metric=injured&place=SY02&q=dead&sort=-value")
    page.locator(".clear").click()
    expect(page).to_have_url(f"{site}/figures")
    expect(page.locator(".filters .mantine-Pill-label")).to_have_count(0)
    expect(page.get_by_label("Search")).to_have_value("")


@pytest.mark.parametrize("lang,undo", [("", "Undo"), ("&lang=ar", "تراجع")])
def test_a_chip_takes_its_filter_away_and_undo_brings_it_back(look: Look, site: str, lang: str, undo: str) -> None:
    """By keyboard too: the focus stays in the line. Undo is not there before anything was changed, nor when all is undone."""
    page = look(f"{site}/figures?metric=injured&place=SY02{lang}")
    expect(page.get_by_role("button", name=undo)).not_to_be_visible()
    chip = page.locator("#line .chip").nth(1)
    said = chip.text_content()
    chip.press("Enter")
    expect(page.locator("#line .chip")).to_have_count(1)
    expect(page).to_have_url(f"{site}/figures?metric=injured{lang}")
    expect(page.locator("#line :focus")).to_have_count(1)
    page.get_by_role("button", name=undo).click()
    expect(page.locator("#line .chip").nth(1)).to_have_text(said)
    expect(page.locator(".filters .mantine-Pill-label")).to_have_count(2)
    expect(page.get_by_role("button", name=undo)).not_to_be_visible()


def test_a_page_that_filters_do_not_narrow_goes_without_them(look: Look, site: str) -> None:
    """What was chosen stays in the address and is there again on the next page."""
    page = look(f"{site}/figures?metric=injured")
    expect(page.locator(".filters")).to_be_visible()
    page.locator("#nav").get_by_text("Method").click()
    expect(page.locator("#main .method")).to_be_visible()
    expect(page.locator(".filters")).not_to_be_visible()
    expect(page.locator("#line .chip")).not_to_be_visible()
    page.go_back()
    expect(page.locator("#line .chip")).to_be_visible()


def test_dates_narrow_the_page(look: Look, site: str) -> None:
    """Two days of the calendar become from and to."""
    page = look(f"{site}/figures?from=2024-12-01&to=2024-12-02")
    page.get_by_role("button", name="Dates", exact=True).click()
    page.get_by_role("button", name="4 December 2024", exact=True).click()
    page.get_by_role("button", name="6 December 2024", exact=True).click()
    expect(page).to_have_url(f"{site}/figures?from=2024-12-04&to=2024-12-06")
    expect(page.locator(".rows .cell-day").first).to_have_text("6 Dec 2024")


def test_a_search_is_in_the_address_after_enter(look: Look, heard: Callable[[Page], None], site: str) -> None:
    """Words are searched when the reader has finished them."""
    page = look(f"{site}/figures")
    page.get_by_label("Search").fill("dormitories")
    heard(page)
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site}/figures?q=dormitories")
    expect(page.locator("[data-said]")).to_contain_text("of 2")


def test_a_heading_sorts_and_the_next_page_follows(look: Look, site: str) -> None:
    """Sorting and paging are addresses too."""
    page = look(f"{site}/figures?size=25")
    page.get_by_role("link", name="Claim", exact=True).click()
    expect(page.locator(".rows .cell-value").first).to_have_text("1.1 million")
    page.get_by_role("link", name="Next").click()
    expect(page.locator(".pager")).to_contain_text("Page 2 of")
    expect(page).to_have_url(f"{site}/figures?sort=-value&page=2&size=25")


def test_a_kind_of_difference_narrows_the_list(look: Look, site: str) -> None:
    """A switch of the comparison is an address."""
    page = look(f"{site}/compare")
    page.get_by_role("link", name="Revision downwards").click()
    expect(page.locator(".verdicts > li")).to_have_count(1)
    expect(page).to_have_url(f"{site}/compare?code=revision_decrease")


def test_the_language_turns_the_whole_document(look: Look, settle: Settle, site: str) -> None:
    """The link to Arabic keeps the filters and turns language and direction of the document."""
    page = look(f"{site}/compare?metric=killed")
    page.get_by_role("link", name="العربية").click()
    expect(page).to_have_url(f"{site}/compare?metric=killed&lang=ar")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    settle(page)
    mark, tools = page.locator(".brand").bounding_box(), page.locator(".tools").bounding_box()
    assert mark is not None
    assert tools is not None
    assert mark["x"] > tools["x"]


def test_dark_is_kept_in_the_address(look: Look, settle: Settle, site: str) -> None:
    """The toggle darkens page and charts, and a copied address stays dark."""
    page = look(f"{site}/")
    page.get_by_role("button", name="Light or dark").click()
    expect(page).to_have_url(f"{site}/?theme=dark")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    settle(page)
    again = look(f"{site}/?theme=dark")
    assert again.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(21, 25, 30)"


def test_dark_screens_get_a_dark_page_unasked(look: Look, site: str) -> None:
    """Without a choice the page follows the reader's system."""
    page = look(f"{site}/", dark=True)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(21, 25, 30)"


def test_another_crisis_is_an_address_too(look: Look, serve: Callable[..., str]) -> None:
    """Where two crises are published one leads to the other, without the filters of the first."""
    site = serve(also="elsewhere")
    page = look(f"{site}/figures?metric=killed")
    page.locator(".crises summary").click()
    page.get_by_role("link", name="Elsewhere").click()
    expect(page).to_have_url(f"{site}/?crisis=elsewhere")
    expect(page.locator(".crises summary")).to_have_text("Elsewhere")
    page.locator("#nav").get_by_text("Figures").click()
    expect(page.locator("#main h1")).to_contain_text("20 claims")


def test_an_address_that_names_english_stays_in_its_document(look: Look, settle: Settle, site: str) -> None:
    """The page that is gone to leaves the language out, and is the same language: nothing is loaded anew."""
    page = look(f"{site}/?lang=en")
    settle(page)
    page.evaluate("window.stayed = true")
    page.locator("#nav a[href='/figures']").click()
    expect(page).to_have_url(re.compile("/figures"))
    settle(page)
    assert page.evaluate("window.stayed === true")


@pytest.mark.parametrize(
    "reader", [("ar", "التاريخ", "٢/١٢/٢٠٢٤", "كانون الأول ٢٠٢٤", "س", "١"), ("fr", "Dates", "02/12/2024", "décembre 2024", "lu", "1")]
)
def test_a_calendar_speaks_the_readers_language(look: Look, settle: Settle, site: str, reader: tuple[str, ...]) -> None:
    """The day chosen as it is written there, the month and the first day of the week in its words, all in its digits."""
    lang, name, day, month, first, one = reader
    page = look(f"{site}/figures?lang={lang}&from=2024-12-02&to=2024-12-03")
    settle(page)
    field = page.get_by_role("button", name=name, exact=True)
    expect(field).to_contain_text(day)
    field.click()
    calendar = page.locator(".mantine-DatePickerInput-calendarHeaderLevel").first
    expect(calendar).to_contain_text(month)
    expect(page.locator(".mantine-DatePickerInput-weekday").first).to_have_text(first)
    expect(page.locator(".mantine-DatePickerInput-day:not([data-outside])").first).to_have_text(one)
    calendar.click()
    expect(calendar).to_have_text("٢٠٢٤" if lang == "ar" else "2024")


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_a_word_that_an_address_names_is_in_sight(look: Look, site: str, lang: str) -> None:
    """On a fresh visit and by a link from another page: definitions are quoted by their addresses."""
    word = f"/method?lang={lang}#rule-soft_gap"
    page = look(site + word)
    expect(page.locator("#rule-soft_gap")).to_be_in_viewport()
    page.goto(f"{site}/figures?lang={lang}")
    expect(page.locator("#nav")).to_be_visible()
    page.evaluate("(href) => document.querySelector('#nav a').setAttribute('href', href)", word)
    page.locator("#nav a").first.click()
    expect(page.locator("#rule-soft_gap")).to_be_in_viewport()
