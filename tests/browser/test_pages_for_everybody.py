"""Every page, in every language, in both colours, on every width: drawn, readable, and within reach."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser
Look = Callable[..., Page]
Violations = Callable[[Page], object]
PATHS = ("/", "/compare", "/incidents", "/map", "/silence", "/figures", "/sources", "/method", "/situation", "/report", "/alerts")
BESIDE = {"/situation"}  # reached from the Overview, not from the navigation


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("reader", ["en light 1280", "ar dark 1280", "en dark 360", "ar light 360", "fr dark 768"])
def test_a_page_is_for_everybody(  # noqa: PLR0917  # fixtures come by name
    look: Look, site: str, moved: Callable[[Page], float], violations: Violations, path: str, reader: str
) -> None:
    """In any language and colour, on any width: drawn without a complaint or a move, nothing sticks out, axe-core finds nothing.

    That no console error or warning and no request to another host occurs is checked wherever `look` is used.
    """
    lang, colour, width = reader.split()
    page = look(f"{site}{path}?lang={lang}", dark=colour == "dark", width=int(width))
    expect(page.locator("#main h1")).to_have_count(1)
    expect(page.locator("#first")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth") <= int(width)
    assert moved(page) < 0.05
    assert violations(page) == []


@pytest.mark.parametrize("lang", ["fr", "ar"])
def test_on_a_tablet_nothing_sticks_out(look: Look, site: str, lang: str) -> None:
    """The navigation scrolls in itself where its words do not fit beside one another."""
    page = look(f"{site}/incidents?lang={lang}", width=768)
    assert page.evaluate("document.documentElement.scrollWidth") <= 768
    page.locator("#nav a").last.scroll_into_view_if_needed()
    expect(page.locator("#nav a").last).to_be_in_viewport()


@pytest.mark.parametrize("reader", ["en light 1280", "ar dark 360", "fr light 360"])
def test_one_event_and_one_pair_are_for_everybody_too(
    look: Look, settle: Callable[[Page], None], violations: Violations, site: str, reader: str
) -> None:
    """The pages that stand in no navigation: nothing sticks out, axe-core finds nothing."""
    lang, colour, width = reader.split()
    page = look(f"{site}/incidents?lang={lang}", dark=colour == "dark", width=int(width))
    page.locator(".events tbody a").first.click()
    for part in (".claims", ".machine"):
        expect(page.locator(part)).to_be_visible()
        settle(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= int(width)
        assert violations(page) == []
        page.locator(".verdicts a[href*='pair=']").first.click() if part == ".claims" else None


def test_filters_are_a_drawer_on_a_phone(look: Look, site: str) -> None:
    """One button opens them, a choice works, Escape closes and leads back to the button."""
    page = look(f"{site}/", width=360, height=740)
    expect(page.get_by_role("textbox", name="Metric", exact=True)).not_to_be_visible()
    page.get_by_role("button", name="Filters").click()
    page.get_by_role("textbox", name="Metric", exact=True).click()
    page.get_by_role("option", name="Injured", exact=True).click()
    expect(page).to_have_url(f"{site}/?metric=injured")
    page.get_by_role("button", name="Show the result").click()
    expect(page.get_by_role("textbox", name="Metric", exact=True)).not_to_be_visible()
    expect(page.locator("#main h1")).to_contain_text("injured")
    expect(page.locator("#filters-open")).to_be_focused()


@pytest.mark.parametrize("path", PATHS)
def test_without_data_a_page_says_what_to_do(look: Look, empty_site: str, path: str) -> None:
    """An empty data folder gives a sentence and the command, in the whole frame."""
    page = look(f"{empty_site}{path}")
    expect(page.locator("#main")).to_contain_text("crosscount up")
    expect(page.locator("#nav a")).to_have_count(len(set(PATHS) - BESIDE))


def test_an_unknown_address_leads_back(look: Look, site: str) -> None:
    """A mistyped address says so inside the frame; the browser's own note of the 404 is the only complaint."""
    page = look(f"{site}/")
    page.evaluate("history.pushState(null, '', '/nowhere'); dispatchEvent(new PopStateEvent('popstate'))")
    expect(page.locator("#main h1")).to_have_text("There is no page at this address")
    page.get_by_role("link", name="Go to the overview").click()
    expect(page).to_have_url(f"{site}/")


def test_ten_thousand_rows_are_pages_of_fifty(look: Look, large_site: str) -> None:
    """A large table stays a page."""
    page = look(f"{large_site}/figures")
    expect(page.locator("#main h1")).to_contain_text("10,000 claims")
    expect(page.locator(".rows tbody tr")).to_have_count(50)


def test_a_server_that_went_away_is_said(browser: Browser, settle: Callable[[Page], None], violations: Violations, site: str) -> None:
    """When a request fails, the page stays and says what happened to everybody; the next answer takes the sentence away."""
    page = browser.new_page()
    page.goto(f"{site}/")
    settle(page)
    page.route("**/_dash-update-component*", lambda route: route.fulfill(status=502, body="gone"))
    page.locator("#nav").get_by_text("Compare").click()
    expect(page.locator("#trouble")).to_contain_text("The program did not answer")
    assert violations(page) == []
    page.unroute("**/_dash-update-component*")
    page.locator("#nav").get_by_text("Figures").click()
    expect(page.locator("#main h1")).to_contain_text("claims")
    expect(page.locator("#trouble")).to_be_empty()
    page.close()
