"""What a reader who has the app open all day expects at hand."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

pytestmark = pytest.mark.browser
Look = Callable[..., Page]


@pytest.mark.parametrize(
    "control,typed,found",
    [
        ("Place", "حلب", "Aleppo"),
        ("Place", "Idlíb", "Idleb"),
        ("Place", "Haleb", "Aleppo"),
        ("Claimed by", "المرصد السوري", "Syrian Observatory for Human Rights"),
        ("Claimed by", "sohr", "Syrian Observatory for Human Rights"),
    ],
)
def test_a_place_and_a_source_are_found_by_any_spelling(site: str, look: Look, control: str, typed: str, found: str) -> None:
    """The other script, a diacritic, another vowel, a b for a p, an acronym: the option is there; something else is not."""
    page = look(f"{site}/figures")
    box = page.get_by_role("textbox", name=control, exact=True)
    box.click()
    box.fill(typed)
    expect(page.get_by_role("option").filter(has_text=found).first).to_be_visible()
    box.fill("zzzz")
    expect(page.get_by_text("Nothing by that name").first).to_be_visible()


def test_the_nearest_name_is_the_first(site: str, look: Look) -> None:
    """The place itself, by its name or a spelling, stands before those that have a word of it; headings stay below what has none."""
    choices = [
        {"group": "", "items": [{"value": "region", "label": "Idlib, Aleppo"}, {"value": "a", "label": "Aleppo (governorate)"}]},
        {"group": "Homs", "items": [{"value": "farm", "label": "Aleppo Farm"}, {"value": "t", "label": "Halab Gate"}]},
        {"group": "Aleppo", "items": [{"value": "n", "label": "Nubul"}, {"value": "c", "label": "Aleppo"}]},
    ]
    ask = """([options, search, limit]) => window.dashMantineFunctions
        .anySpelling({ options, search, limit }, { spellings: { a: "حلب | Halab", n: "نبل | Nubl near Aleppo" } })
        .flatMap((group) => group.items.map((item) => item.value))"""
    page = look(f"{site}/figures")
    assert page.evaluate(ask, [choices, "Aleppo", None]) == ["a", "region", "c", "n", "farm", "t"]
    assert page.evaluate(ask, [choices, "halab", None]) == ["a", "region", "t", "farm", "n", "c"]
    assert page.evaluate(ask, [choices, "aleppo", 3]) == ["a", "region", "c"]
    assert page.evaluate(ask, [choices, "", None]) == ["region", "a", "farm", "t", "n", "c"]
    assert page.evaluate(ask, [choices, "zzzz", None]) == []


def test_the_overview_tells_what_came_since_the_data_last_seen(site: str, look: Look) -> None:
    """A first visit is told nothing; who saw an earlier publication is told what is new since."""
    page = look(f"{site}/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("#since")).to_be_empty()
    page.evaluate("localStorage.setItem('crosscount-seen-syria-2024', '2024-01-01T00:00:00+00:00')")
    page.reload()
    expect(page.locator("#since")).to_contain_text("new figures")
    expect(page.locator("#since").get_by_role("link")).to_have_attribute("href", "/figures?sort=-published")


def test_every_stop_of_the_keyboard_in_the_filters_is_a_field(site: str, look: Look) -> None:
    """From one choice to the next it is one Tab: the list that opened on the way is none of the stops."""
    page = look(f"{site}/")
    page.get_by_role("button", name="Dates").focus()
    for name in ("Metric", "Group", "Place", "Claimed by"):
        page.keyboard.press("Tab")
        expect(page.get_by_role("textbox", name=name, exact=True)).to_be_focused()


def test_whoever_undoes_from_the_filters_stays_in_them(site: str, look: Look, settle: Callable[[Page], None]) -> None:
    """A day as known draws the whole page anew, and so does taking it back; the keyboard is in its field before and after."""
    page = look(f"{site}/")
    field = page.locator("#filters button[id*=known]")
    field.press("Enter")
    page.get_by_role("dialog", name="As known on").get_by_role("button", name="1 December 2024", exact=True).press("Enter")
    expect(page).to_have_url(f"{site}/?known=2024-12-01")
    settle(page)
    expect(field).to_be_focused()
    page.keyboard.press("u")
    expect(page).to_have_url(f"{site}/")
    settle(page)
    expect(field).to_be_focused()


def test_keys_act_outside_fields_and_can_be_switched_off(site: str, look: Look, settle: Callable[[Page], None]) -> None:
    """A digit goes to a page, u back, also on an Arabic keyboard, ? lists the keys; a field gets its letters; off, nothing happens."""
    page = look(f"{site}/")
    page.keyboard.press("2")
    expect(page).to_have_url(f"{site}/compare")
    settle(page)
    page.keyboard.press("u")
    expect(page).to_have_url(f"{site}/")
    settle(page)
    page.keyboard.press("0")
    expect(page).to_have_url(f"{site}/alerts")
    settle(page)
    page.evaluate("document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'ع', code: 'KeyU', bubbles: true }))")
    expect(page).to_have_url(f"{site}/")
    settle(page)
    page.keyboard.press("/")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).not_to_be_visible()
    page.get_by_role("button", name="Keyboard shortcuts").click()
    page.get_by_role("button", name="Shortcuts are on").click()
    page.get_by_role("button", name="Close", exact=True).click()
    page.keyboard.press("2")
    expect(page).to_have_url(f"{site}/")
    page.evaluate("localStorage.removeItem('crosscount-keys-off')")


@pytest.mark.parametrize("opener,dialog", [("Keyboard shortcuts", "Keyboard shortcuts"), ("Saved views", "Saved views")])
def test_a_page_that_arrives_late_closes_no_dialog(site: str, look: Look, settle: Callable[[Page], None], opener: str, dialog: str) -> None:
    """What a reader opened while the next page was on its way stays open over it."""
    page = look(f"{site}/")
    held: list[Route] = []
    holding = [True]

    def hold(route: Route) -> None:
        if holding:
            held.append(route)
        else:
            route.continue_()

    page.route("**/_dash-update-component*", hold)
    page.keyboard.press("2")
    expect(page).to_have_url(f"{site}/compare")
    page.get_by_role("button", name=opener).click()
    expect(page.get_by_role("dialog", name=dialog)).to_be_visible()
    assert held
    holding.clear()
    for late in held:
        late.continue_()
    expect(page.locator("#nav [aria-current]")).to_have_attribute("href", "/compare")
    settle(page)
    expect(page.get_by_role("dialog", name=dialog)).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name=dialog)).not_to_be_visible()
