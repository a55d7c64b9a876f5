"""Views a reader keeps in their own browser: saved under a name, and the last one."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
Look = Callable[..., Page]
EN = {"open": "Saved views", "save": "Save this view", "name": "Name of the view", "delete": "Delete", "undo": "Undo", "gone": "is deleted"}
AR = {"open": "العروض المحفوظة", "save": "حفظ هذا العرض", "name": "اسم العرض", "delete": "حذف", "undo": "تراجع", "gone": "حُذف"}


def kept(page: Page) -> list[dict[str, str]]:
    """What the browser keeps."""
    found: list[dict[str, str]] = page.evaluate("JSON.parse(localStorage.getItem('crosscount-views') || '[]')")
    return found


def forget(page: Page) -> None:
    """Begin as somebody who has kept nothing: the window is shared by all tests."""
    page.evaluate("['crosscount-views', 'crosscount-last'].forEach((key) => localStorage.removeItem(key))")


@pytest.mark.parametrize("lang,words", [("", EN), ("&lang=ar", AR)], ids=["en", "ar"])
def test_a_view_is_saved_deleted_brought_back_and_opened(look: Look, site: str, lang: str, words: dict[str, str]) -> None:
    """By keyboard alone. The name suggested is the view in words; how the reader reads is no part of what is kept."""
    page = look(f"{site}/compare?metric=killed&place=SY02{lang}")
    forget(page)
    page.get_by_role("button", name=words["open"]).press("Enter")
    dialog = page.get_by_role("dialog", name=words["open"])
    field = dialog.get_by_role("textbox", name=words["name"])
    assert field.input_value() == page.evaluate("document.querySelector('#nav [aria-current]').textContent") + (
        "، قتلى، في حلب" if lang else ", Killed, in Aleppo"
    )
    field.fill("Morning")
    field.press("Enter")
    assert [(one["name"], one["address"]) for one in kept(page)] == [("Morning", "/compare?metric=killed&place=SY02")]
    dialog.get_by_role("button", name=f"{words['delete']}: Morning").press("Enter")
    expect(dialog.get_by_role("status")).to_contain_text(words["gone"])
    assert kept(page) == []
    dialog.get_by_role("button", name=words["undo"]).press("Enter")
    expect(dialog.get_by_role("link", name="Morning", exact=True)).to_be_focused()
    page.keyboard.press("Escape")
    page.locator(".clear").press("Enter")
    expect(page.locator("#line .chip")).to_have_count(0)
    page.get_by_role("button", name=words["open"]).press("Enter")
    feed = dialog.locator(".views-acts a").get_attribute("href") or ""
    assert feed.startswith("/watch.atom?metric=killed&place=SY02") and feed.endswith("path=/compare")
    assert page.request.get(f"{site}{feed}").headers["content-type"].startswith("application/atom+xml")
    dialog.get_by_role("link", name="Morning", exact=True).press("Enter")
    expect(dialog).not_to_be_visible()
    expect(page).to_have_url(f"{site}/compare?metric=killed&place=SY02{lang}")
    expect(page.locator("#line .chip")).to_have_count(2)


def test_views_travel_as_a_file_and_a_foreign_file_does_no_harm(look: Look, site: str, tmp_path: Path) -> None:
    """What was saved comes back by the file, under the name given to it since; an address that leads elsewhere does not."""
    page = look(f"{site}/silence?metric=injured")
    forget(page)
    page.get_by_role("button", name="Saved views").click()
    dialog = page.get_by_role("dialog", name="Saved views")
    dialog.get_by_role("button", name="Save this view").click()
    dialog.get_by_role("button", name="Rename").click()
    dialog.get_by_role("listitem").get_by_role("textbox").fill("Who is silent")
    dialog.get_by_role("button", name="Keep this name").click()
    with page.expect_download() as started:
        dialog.get_by_role("button", name="Save the list as a file").click()
    file = tmp_path / "views.json"
    started.value.save_as(file)
    saved = kept(page)
    assert [one["name"] for one in saved] == ["Who is silent"]
    forget(page)
    hostile = [
        {"name": "x", "said": "x", "address": address} for address in ("javascript:alert(1)", "//elsewhere.example/", "https://x.example")
    ]
    foreign = tmp_path / "foreign.json"
    foreign.write_text(json.dumps({"views": [*hostile, {"name": 1}, None]}), encoding="utf-8")
    dialog.locator("input[type=file]").set_input_files(foreign)
    expect(dialog.get_by_role("status")).to_contain_text("holds no saved views")
    dialog.locator("input[type=file]").set_input_files(file)
    expect(dialog.get_by_role("status")).to_contain_text("Views added from the file: 1.")
    assert kept(page) == saved


@pytest.mark.parametrize(
    "lang,offer", [("", "Go on where you were: Compare, Killed"), ("?lang=ar", "المتابعة من حيث توقفتم: مقارنة، قتلى")]
)
def test_who_comes_back_to_the_bare_address_is_offered_the_last_view(look: Look, site: str, lang: str, offer: str) -> None:
    """It is offered, not opened; put away it stays away until there is another last view."""
    look(f"{site}/compare{lang or '?'}&metric=killed")
    page = look(f"{site}/{lang}")
    link = page.locator("#last a")
    expect(link).to_have_text(offer)
    link.press("Enter")
    expect(page.locator("#line .chip")).to_have_count(1)
    expect(page.locator("#nav [aria-current]")).to_have_attribute("href", page.evaluate("location.pathname + location.search"))
    expect(link).to_have_count(0)
    page.goto(f"{site}/{lang}")
    page.locator("#last button").click()
    expect(link).to_have_count(0)
    page.reload()
    expect(page.locator("#main h1")).to_be_visible()
    expect(page.locator("#views")).to_have_count(1)
    expect(link).to_have_count(0)
