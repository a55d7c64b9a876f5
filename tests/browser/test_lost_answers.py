"""Answers that are late, that never come, and that lack a part."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

pytestmark = pytest.mark.browser
PATIENCE = 45_000


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of its own: what fails here is written to its console."""
    opened = browser.new_page()
    opened.emulate_media(reduced_motion="reduce")
    opened.set_default_timeout(PATIENCE)
    yield opened
    opened.close()


@dataclass
class Link:
    """The way of questions to the program: while it is `slow`, none of them arrives."""

    slow: bool = False
    held: list[Route] = field(default_factory=list)

    def take(self, route: Route) -> None:
        """A question sets out."""
        if self.slow:
            self.held.append(route)
        else:
            route.continue_()

    def end(self, done: Callable[[Route], None]) -> None:
        """The link is quick again; what was held is continued or lost."""
        self.slow = False
        while self.held:
            done(self.held.pop())


@pytest.fixture
def show(page: Page, settle: Callable[[Page], None]) -> Callable[[str], None]:
    """Open an address and wait until it is drawn."""

    def opened(address: str) -> None:
        page.goto(address)
        settle(page)

    return opened


@pytest.fixture
def link(page: Page) -> Link:
    """The link of the page."""
    made = Link()
    page.route("**/_dash-update-component*", made.take)
    return made


@pytest.mark.parametrize(
    "said",
    [
        ("", "Loading the sentence …", "could not be brought", "Try again"),
        ("?lang=ar", "يجري تحميل الجملة …", "تعذّر جلب الدليل", "إعادة المحاولة"),
    ],
    ids=["en", "ar"],
)
def test_the_evidence_of_one_claim_never_stands_under_another(
    page: Page, show: Callable[[str], None], link: Link, site: str, said: tuple[str, ...]
) -> None:
    """The drawer is empty and says so until the sentence that was asked for is there, also where it did not come at first."""
    lang, waits, lost, again = said
    show(f"{site}/figures{lang}")
    evidence, rows = page.locator("#evidence-body"), page.locator("#main [data-figure]")
    rows.first.click()
    expect(evidence.locator("blockquote")).to_be_visible()
    first = evidence.locator("blockquote").inner_text()
    page.keyboard.press("Escape")
    expect(evidence).to_be_hidden()
    link.slow = True
    rows.last.click()
    expect(page.locator(".evidence-waiting")).to_contain_text(waits)
    expect(evidence).to_be_empty()
    link.end(Route.abort)
    expect(page.locator(".evidence-lost")).to_contain_text(lost)
    expect(evidence).to_be_empty()
    page.locator(".evidence-lost").get_by_role("button", name=again).press("Enter")
    expect(evidence.locator("blockquote")).to_be_visible()
    expect(evidence.locator("blockquote")).not_to_have_text(first)
    expect(page.locator(".evidence-lost")).to_be_hidden()
    expect(page.locator("#trouble")).to_be_empty()


def test_a_page_that_is_on_its_way_is_told(page: Page, show: Callable[[str], None], link: Link, site: str) -> None:
    """In words, also to whoever is read to, and the page before it is no longer as if it were the one asked for."""
    show(f"{site}/")
    expect(page.locator("#waiting")).to_be_empty()
    link.slow = True
    page.locator("#nav").get_by_text("Compare").click()
    expect(page.locator("#waiting")).to_have_text("Loading the figures …")
    expect(page.get_by_role("status").filter(has_text="Loading")).to_be_visible()
    expect(page.locator("#main")).to_have_css("opacity", "0.55")
    link.end(Route.continue_)
    expect(page.locator("#main h1")).to_contain_text("SOHR")
    expect(page.locator("#waiting")).to_be_empty()
    expect(page.locator("#main")).to_have_css("opacity", "1")


@pytest.mark.parametrize("by", ["the button", "the same link", "itself"])
def test_a_page_that_did_not_come_is_asked_for_again(page: Page, show: Callable[[str], None], link: Link, site: str, by: str) -> None:
    """The address says what was asked for: until it is there it is said that this is the view before."""
    show(f"{site}/")
    figures, heading = page.locator("#nav").get_by_text("Figures"), page.locator("#main h1")
    before = heading.inner_text()
    link.slow = True
    figures.click()
    expect(page.locator("#waiting")).not_to_be_empty()
    link.end(Route.abort)
    expect(page.locator("#trouble")).to_contain_text("This is still the view before.")
    expect(heading).to_have_text(before)
    expect(page).to_have_url(f"{site}/figures")
    if by == "the button":
        page.locator("#trouble").get_by_role("button", name="Try again").press("Enter")
    elif by == "the same link":
        figures.click()
    else:  # the program answers something else
        page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(heading).to_contain_text("each with the sentence it came from")
    expect(page.locator("#trouble")).to_be_empty()
    expect(page).to_have_url(f"{site}/figures")


def test_what_could_not_be_drawn_is_told_until_it_is(page: Page, show: Callable[[str], None], serve: Callable[..., str]) -> None:
    """A file of the snapshot that cannot be read costs its page a sentence, which goes when it can be read again."""
    snapshots: list[Path] = []
    site = serve(change=snapshots.append)
    show(f"{site}/method")
    figures = snapshots[0] / "figures.parquet"
    away = figures.rename(figures.with_suffix(".away"))
    page.locator("#nav").get_by_text("Figures").click()
    trouble = page.locator("#trouble")
    expect(trouble).to_contain_text("This part could not be drawn.")
    away.rename(figures)
    trouble.get_by_role("button", name="Try again").press("Enter")
    expect(page.locator("#main h1")).to_contain_text("each with the sentence it came from")
    expect(trouble).to_be_empty()
