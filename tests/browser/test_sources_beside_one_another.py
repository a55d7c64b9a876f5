"""The page of the sources in a browser: the matrix leads to evidence, the switch is in the address, the tables can be taken away."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
Look = Callable[..., Page]


@pytest.fixture(scope="module")
def lists_site(serve: Callable[..., str]) -> str:
    """Address of the app over a month of incidents on three lists."""
    return serve(lists=True)


def test_a_disc_of_the_matrix_opens_a_figure_it_stands_for(look: Look, lists_site: str) -> None:
    """A press on the number of what the wire passes on shows one of those sentences."""
    page = look(f"{lists_site}/sources")
    page.locator(".relays").scroll_into_view_if_needed()
    disc = page.locator(".relays .points .point").first
    box = disc.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.locator(".evidence mark")).to_be_visible()


def test_the_estimate_is_asked_for_by_a_switch_that_the_address_keeps(look: Look, lists_site: str) -> None:
    """Off at first; on with everything that must hold; Back is off again."""
    page = look(f"{lists_site}/sources")
    expect(page.locator(".unlisted")).to_have_count(0)
    page.get_by_role("link", name="Estimate").click()
    expect(page).to_have_url(f"{lists_site}/sources?undocumented=1")
    expect(page.locator(".unlisted")).to_contain_text("30 incidents listed")
    expect(page.locator(".assumptions li")).to_have_count(5)
    page.go_back()
    expect(page.locator(".unlisted")).to_have_count(0)


@pytest.mark.parametrize("width", [1280, 360])
def test_every_measure_has_its_name_on_a_phone_too(look: Look, lists_site: str, width: int) -> None:
    """Wide, the heads of the columns say what a cell is; on a phone each cell says so itself."""
    page = look(f"{lists_site}/sources", width=width)
    labels = page.locator(".behaviour .cell-label")
    expect(labels.first).to_be_visible() if width < 760 else expect(labels.first).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("table", ["relays", "behaviour"])
def test_the_tables_can_be_taken_away(look: Look, lists_site: str, table: str) -> None:
    """Its menu holds a CSV named after the table."""
    page = look(f"{lists_site}/sources")
    link = page.locator(f"a[href='/export/{table}.csv']")
    page.locator(".download-menu", has=link).locator("summary").click()
    with page.expect_download() as taken:
        link.click()
    assert table in taken.value.suggested_filename
