"""Whoever kept a report by mistake takes it back where it was kept: in a browser, by keyboard, over a ledger of its own."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from waitress.server import create_server

from dashboard.app import create_app
from ingest import settings as configuration
from ingest.store import Ledger

pytestmark = pytest.mark.browser
Look = Callable[..., Page]
TEXT = "Seventeen people were killed on Sunday in Idlib, SOHR said."


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[str]:
    """Address of the app over a new ledger, of which nothing is published."""
    settings = configuration.load({}, tmp_path)
    Ledger.open(settings.database).close()
    server = create_server(create_app(settings).server, host="127.0.0.1", port=0, threads=8)
    threading.Thread(target=server.run, daemon=True).start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()


def _keep(page: Page, heard: Callable[[Page], None]) -> None:
    """Paste a report with its publisher and day, and keep it."""
    page.get_by_role("textbox", name="Published by (if known)").fill("SOHR")
    page.keyboard.press("Escape")
    page.get_by_role("textbox", name="Published on (if known)").fill("2024-12-02")
    page.keyboard.press("Escape")
    page.get_by_label("Text of the report").fill(TEXT)
    heard(page)
    page.get_by_role("button", name="Read it").press("Enter")
    page.get_by_role("button", name="Keep this report").press("Enter")


def test_a_report_kept_by_mistake_is_taken_back_and_counts_again(look: Look, heard: Callable[[Page], None], desk: str) -> None:
    """Its figure is gone from the page that it was on, and comes back; each press is answered where it was made."""
    page = look(f"{desk}/report")
    _keep(page, heard)
    expect(page.locator("#report-read h2")).to_have_text("Kept: 1 figure is added and published")
    figures = f"{desk}{page.get_by_role('link', name='See them among the figures').get_attribute('href')}"
    said = page.locator("#report-way-back [role=status]")
    page.get_by_role("button", name="Take it back").press("Enter")
    expect(said).to_contain_text("Say who you are first")
    page.get_by_label("Your role or name").fill("data desk")
    heard(page)
    page.get_by_role("button", name="Take it back").press("Enter")
    expect(said).to_contain_text("Taken back and published")
    expect(page.get_by_role("button", name="Let it count again")).to_be_focused()
    expect(look(figures).locator("#main")).not_to_contain_text("Seventeen")

    page = look(f"{desk}/report")
    _keep(page, heard)
    expect(page.locator("#report-read h2")).to_contain_text("was taken back")
    expect(page.get_by_label("Your role or name")).to_have_value("data desk")
    page.get_by_role("button", name="Let it count again").press("Enter")
    expect(page.locator("#report-way-back [role=status]")).to_contain_text("It counts again")
    expect(look(figures).locator("#main")).to_contain_text("Seventeen")
