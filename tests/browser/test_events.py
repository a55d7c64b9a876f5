"""Events: from the list to one event, to a sentence and to why two claims differ."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
Look = Callable[..., Page]


def test_from_the_list_two_clicks_lead_to_a_sentence(look: Look, settle: Callable[[Page], None], site: str) -> None:
    """With the keyboard alone; the address keeps event and figure, and closing leads back to the event."""
    page = look(f"{site}/incidents")
    page.locator(".events tbody a").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#main h1")).to_have_text("2 independent sources report 8 to 22 civilians killed: Idleb city, 1 Dec 2024")
    settle(page)
    page.locator(".claims .to-evidence").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".evidence blockquote")).to_contain_text("In Idlib eight civilians died")
    expect(page).to_have_url(re.compile(r"/incident\?id=.*&figure=f-e5$"))
    settle(page)
    page.keyboard.press("Escape")
    expect(page.locator(".evidence")).not_to_be_visible()
    expect(page).to_have_url(re.compile(r"/incident\?id=(?!.*figure=)"))


def test_why_two_claims_differ_leads_to_the_pair_and_back_to_all_events(look: Look, site: str) -> None:
    """The verdict among its claims leads to the two side by side."""
    page = look(f"{site}/incidents?sort=-voices&place=SY07")
    page.locator(".events tbody a").first.click()
    page.locator(".verdicts a[href*='pair=']").first.click()
    expect(page.locator("#main h1")).to_contain_text("both cannot hold")
    page.go_back()
    page.get_by_role("link", name="Back to all incidents").click()
    expect(page).to_have_url(f"{site}/incidents?place=SY07&sort=-voices")
