"""What a page can be beside its plain self: opened, empty, on paper, embedded. axe-core finds nothing wrong in any of it."""

from collections.abc import Callable, Mapping

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
TEXT = "At least 14 people, among them two children, were killed on Friday in Idlib, SOHR said."


def _as_it_comes(_: Page) -> None:
    """Nothing is pressed."""


def _evidence(page: Page) -> None:
    expect(page.locator(".evidence mark")).to_be_visible()


def _menus(page: Page) -> None:
    page.evaluate("document.querySelectorAll('#main details').forEach((one) => { one.open = true; })")


def _calendar(page: Page) -> None:
    page.locator("#filters .control button").first.click()
    expect(page.locator("[role=dialog]:has(table):visible")).to_have_count(1)


def _list(page: Page) -> None:
    page.locator("#filters input:visible").first.click()
    expect(page.locator("[role=listbox]:visible")).to_have_count(1)
    expect(page.locator("[role=listbox]:visible [role=option]").first).to_be_visible()


def _keys(page: Page) -> None:
    page.locator("[data-keys]").click()
    expect(page.locator("#keys")).to_be_visible()


def _views(page: Page) -> None:
    page.locator("[data-views]").click()
    expect(page.locator("#views")).to_be_visible()


def _filters(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.locator("#filters-open").click()
    expect(page.locator("#filters")).to_be_visible()


def _readings(page: Page) -> None:
    page.locator("#report-text").fill(TEXT)
    page.locator("#report-go").click()
    expect(page.locator(".report-text mark")).not_to_have_count(0)
    _menus(page)


def _paper(page: Page) -> None:
    page.emulate_media(media="print")


STATES: Mapping[str, tuple[str, Callable[[Page], None]]] = {
    "evidence": ("/compare?figure=f-o2", _evidence),
    "evidence that is not there": ("/figures?figure=none", lambda page: expect(page.locator("#evidence-body .notice")).to_be_visible()),
    "menus": ("/figures", _menus),
    "folded parts": ("/sources", _menus),
    "calendar": ("/figures", _calendar),
    "list of a filter": ("/figures", _list),
    "filters on a phone": ("/", _filters),
    "keys": ("/report", _keys),
    "saved views": ("/report", _views),
    "no figures": ("/figures?metric=injured&q=zzzz", _as_it_comes),
    "no claims": ("/?metric=injured&place=SY14", _as_it_comes),
    "no pairs": ("/compare?place=SY14", _as_it_comes),
    "no events": ("/incidents?place=SY14", _as_it_comes),
    "known on a day": ("/?known=2024-12-02", _as_it_comes),
    "a rule that cannot be": ("/compare?rules=soft_gap:many", _as_it_comes),
    "one chart": ("/compare?embed=1&chart=ranges", _as_it_comes),
    "readings": ("/report", _readings),
    "paper": ("/situation", _paper),
}


@pytest.mark.parametrize("reader", ["en light", "ar dark", "fr dark"])
@pytest.mark.parametrize("state", STATES)
def test_no_state_of_a_page_shuts_anybody_out(
    look: Callable[..., Page], violations: Callable[[Page], object], site: str, reader: str, state: str
) -> None:
    """In any language and colour axe-core finds nothing."""
    (lang, colour), (view, act) = reader.split(), STATES[state]
    page = look(f"{site}{view}{'&' if '?' in view else '?'}lang={lang}", dark=colour == "dark")
    act(page)
    assert violations(page) == []
