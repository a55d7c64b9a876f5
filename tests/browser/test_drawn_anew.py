"""What a changed view costs the browser: the page is looked through a few times, whatever its length."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
COUNT = "() => { window.lookedThrough = 0; window.store.subscribe(() => window.lookedThrough++); }"
MOST = 150  # those of callbacks that are asked, wait, run and end; a page drawn part by part takes one more for each part


def test_a_page_drawn_anew_is_not_looked_through_for_each_of_its_parts(
    look: Callable[..., Page], settle: Callable[[Page], None], serve: Callable[..., str]
) -> None:
    """A view of more than a thousand elements gives way to another, there and back."""
    page = look(f"{serve(lists=True)}/sources")
    assert page.locator("#main *").count() > 1000
    for count, leave in ((1, page.get_by_role("link", name="Estimate").click), (0, page.go_back)):
        page.evaluate(COUNT)
        leave()
        expect(page.locator(".unlisted")).to_have_count(count)
        settle(page)
        assert 0 < page.evaluate("window.lookedThrough") < MOST
