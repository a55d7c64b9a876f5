"""A reader changes a rule and rules on a pair: in a browser, over the built-in scenario and its ledger."""

import re
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect
from waitress.server import create_server

from dashboard.app import create_app
from ingest import settings as configuration
from ingest.pipeline.assembly import assembled
from ingest.pipeline.sample import load_sample
from ingest.settings import Settings
from ingest.store import Ledger

pytestmark = pytest.mark.browser
Look = Callable[..., Page]
Settle = Callable[[Page], None]
NOW = datetime(2025, 1, 2, tzinfo=UTC)


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A data folder with the built-in scenario in its ledger, published."""
    made = configuration.load({}, tmp_path_factory.mktemp("data"))
    with assembled(made, lambda: NOW) as pipeline:
        load_sample(pipeline, lambda *_: None)
        pipeline.publish()
    return made


@pytest.fixture(scope="module")
def desk(settings: Settings) -> Iterator[str]:
    """Address of the app over it."""
    server = create_server(create_app(settings).server, host="127.0.0.1", port=0, threads=8)
    threading.Thread(target=server.run, daemon=True).start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()


def soft(page: Page) -> Locator:
    """The switch of the list for soft contradictions, which is there while there are any."""
    return page.locator(".switches .choice", has_text="Soft contradiction")


def test_changing_a_rule_compares_anew_and_says_so(look: Look, settle: Settle, heard: Settle, desk: str) -> None:
    """The list changes, a sentence says which rule and how many claims, the address keeps it, and one link leads back."""
    page = look(f"{desk}/compare")
    expect(soft(page)).to_have_count(1)
    page.get_by_text("Rules of the comparison", exact=True).click()
    page.get_by_label("Soft contradiction: share").fill("10")
    heard(page)
    page.keyboard.press("Enter")
    expect(page.locator(".changed-rules")).to_contain_text("Shown with 1 changed rule: Soft contradiction: share: 10 instead of 0.25.")
    expect(page.locator(".changed-rules")).to_contain_text("were compared anew")
    settle(page)
    expect(page).to_have_url(f"{desk}/compare?rules=soft_share:10")
    expect(soft(page)).to_have_count(0)
    expect(page.get_by_label("Soft contradiction: share")).to_have_value("10")
    page.locator("#nav").get_by_text("Overview").click()
    expect(page.get_by_role("heading", name="How far apart the claims are")).to_be_visible()
    expect(page).to_have_url(f"{desk}/?rules=soft_share:10")
    expect(page.locator(".changed-rules")).to_be_visible()
    page.get_by_text("Back to the published rules").click()
    expect(page.locator(".changed-rules")).to_have_count(0)
    expect(page).to_have_url(f"{desk}/")


def test_a_value_a_rule_cannot_have_is_told(look: Look, desk: str) -> None:
    """The published value stays in use, and the control says what it takes; in Arabic as well."""
    page = look(f"{desk}/compare?rules=soft_gap:many")
    expect(page.locator(".changed-rules")).to_contain_text("Soft contradiction: gap cannot be many; the published value is used.")
    expect(page.locator(".rule", has_text="Soft contradiction: gap")).to_contain_text("Give a number from 0 to 100,000.")
    page = look(f"{desk}/compare?rules=vague:midpoint&lang=ar")
    expect(page.locator(".changed-rules")).to_contain_text("معروض بقاعدة مغيّرة واحدة")


def test_a_person_rules_on_a_pair(look: Look, settle: Settle, desk: str, settings: Settings) -> None:
    """From the list to the pair, a name and a reason, and the ruling stands beside the verdict; published, it is in the list."""
    page = look(f"{desk}/compare?code=contradiction_strong")
    page.get_by_text("Side by side, and what people say").first.click()
    expect(page.locator("#main blockquote")).to_have_count(2)
    expect(page).to_have_url(re.compile("[?&]pair="))
    expect(page.locator("#ruling-history")).to_contain_text("Nobody has ruled on this pair yet.")
    verdict = page.locator("#main h1").inner_text()
    page.get_by_role("button", name="Keep this ruling").click()
    expect(page.locator("#ruling-said")).to_contain_text("Fill in “Your verdict” first.")
    page.get_by_role("textbox", name="Your verdict").click()
    page.get_by_role("option", name="Later count", exact=True).click()
    page.get_by_role("textbox", name="Your name").fill("Rana")
    page.get_by_role("textbox", name="Reason").fill("The second was counted a day later.")
    page.get_by_role("button", name="Keep this ruling").click()
    expect(page.locator("#ruling-said")).to_contain_text("Kept.")
    expect(page.locator("#ruling-history")).to_contain_text("Another reason: Later count")
    expect(page.locator("#ruling-history")).to_contain_text("The second was counted a day later.")
    pair = parse_qs(urlsplit(page.url).query)["pair"][0]
    with Ledger.open(settings.database) as ledger:
        (ruling,) = ledger.rulings(pair)
    assert (ruling.ruled_by, ruling.code, ruling.machine_code) == ("Rana", "timing_lag", "contradiction_strong")
    with assembled(settings, lambda: NOW) as pipeline:
        assert pipeline.ruled()
        pipeline.publish()
        assert not pipeline.ruled()
    page = look(f"{desk}/compare?code=contradiction_strong")
    expect(page.locator(".ruled").first).to_contain_text("Rana")
    page = look(f"{desk}/pair?pair={pair}")
    expect(page.locator("#main h1")).to_have_text(verdict, use_inner_text=True)
