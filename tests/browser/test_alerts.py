"""Alerts in a browser: decided by a click, the number beside the page's name follows, and the keyboard and axe find nothing missing."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect
from waitress.server import create_server

from dashboard.app import create_app
from ingest.model.vocabulary import AlertRule
from ingest.settings import Settings, shipped_data
from ingest.store import Ledger
from ingest.store.alerts import Alert, Alerts
from tests.dashboard.published import build_snapshot

pytestmark = pytest.mark.browser
CRISIS = """
id = "syria-2024"
title = { en = "A crisis", ar = "أزمة" }
country = "SYR"
timezone = "Asia/Damascus"
start = 2024-11-27
gazetteer = []
"""
NOW = datetime(2024, 12, 9, 12, tzinfo=UTC)


@pytest.fixture
def watched_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app over the small snapshot, with two alerts in its ledger."""
    data = tmp_path_factory.mktemp("alerts")
    (data / "crises").mkdir()
    (data / "crises" / "syria-2024.toml").write_text(CRISIS, encoding="utf-8")
    settings = Settings(data=data, shipped=shipped_data(), crisis="syria-2024", database=f"sqlite:///{data / 'ledger.sqlite'}")
    build_snapshot(settings.published)
    told = {"source": "sohr", "metric": "killed", "value": "8", "before": "5"}
    silent = Alert("syria-2024", AlertRule.SILENT_SOURCE, "one", {"source": "reliefweb", "since": "1 December"}, NOW)
    with Ledger.open(settings.database) as ledger:
        Alerts(ledger).hold([silent, Alert("syria-2024", AlertRule.HIGH_VALUE, "f-e5", told, NOW)])
    server = create_server(create_app(replace(settings, review="on")).server, host="127.0.0.1", port=0, threads=4)
    threading.Thread(target=server.run, daemon=True).start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()


def test_an_alert_is_dismissed_and_taken_back(look: Callable[..., Page], watched_site: str) -> None:
    """Its evidence is one click away; without a name or a reason nothing happens; decided, it leaves the list and the number falls."""
    page = look(f"{watched_site}/alerts")
    expect(page.locator("#alerts-waiting")).to_have_text("2")
    entry = page.locator(".alert-entry", has_text="Above its own history")
    entry.get_by_role("link", name="Evidence").click()
    expect(page.locator(".evidence mark")).to_be_visible()
    page.keyboard.press("Escape")
    entry.get_by_role("button", name="Dismiss").click()
    expect(page.locator("#alerts-said")).to_contain_text("Your name")
    page.get_by_role("textbox", name="Your name").fill("Rana")
    entry.get_by_role("textbox", name="Reason").fill("A misreading.")
    entry.get_by_role("button", name="Dismiss").click()
    expect(page.locator(".alert-entry")).to_have_count(1)
    expect(page.locator("#alerts-waiting")).to_have_text("1")
    page.get_by_role("link", name="Dismissed").click()
    expect(page).to_have_url(f"{watched_site}/alerts?standing=dismissed")
    expect(page.locator(".alert-entry")).to_contain_text("A misreading.")
    page.get_by_role("textbox", name="Your name").fill("Rana")
    page.get_by_role("button", name="Take the decision back").click()
    expect(page.locator("#alerts-waiting")).to_have_text("2")
    expect(page.locator("#main")).to_contain_text("No alert was dismissed.")


@pytest.mark.parametrize("reader", ["en light 1280", "ar dark 390"])
def test_a_full_page_is_for_everybody(
    look: Callable[..., Page], violations: Callable[[Page], object], watched_site: str, reader: str
) -> None:
    """Nothing sticks out, axe-core finds nothing, also where there is something to decide and its evidence is open."""
    lang, colour, width = reader.split()
    page = look(f"{watched_site}/alerts?lang={lang}", dark=colour == "dark", width=int(width))
    expect(page.locator(".alert-entry")).to_have_count(2)
    assert page.evaluate("document.documentElement.scrollWidth") <= int(width)
    assert violations(page) == []
    page.locator(".alert-entry a[data-figure]").first.click()
    expect(page.locator(".evidence mark")).to_be_visible()
    assert violations(page) == []
