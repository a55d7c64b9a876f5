"""From any mark to its sentence: by mouse, by keyboard, by address."""

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser
Look = Callable[..., Page]


def mark_of(page: Page, chart: int) -> tuple[float, float]:
    """Where on the screen a mark of a chart with evidence is; the mark is scrolled to the middle."""
    place = (
        page.locator(".js-plotly-plot")
        .nth(chart)
        .evaluate(
            """(one) => {
            const number = one.data.findIndex((trace) => (trace.customdata || []).length && trace.x);
            const trace = one._fullData[number], box = one.getBoundingClientRect();
            const x = one._fullLayout[trace.xaxis.replace('x', 'xaxis')], y = one._fullLayout[trace.yaxis.replace('y', 'yaxis')];
            const n = trace.x.length - 1, down = y._offset + y.d2p(trace.y[n]);
            window.scrollBy(0, box.y + down - window.innerHeight / 2);
            return [box.x + x._offset + x.d2p(trace.x[n]), one.getBoundingClientRect().y + down];
        }"""
        )
    )
    return place[0], place[1]


@pytest.mark.parametrize("path,chart", [("/", 0), ("/?metric=injured", 1), ("/compare?metric=killed", 0)])
def test_a_click_on_a_mark_shows_the_sentence(look: Look, site: str, path: str, chart: int) -> None:
    """The drawer opens with the sentence, its number highlighted, and the figure stands in the address."""
    page = look(f"{site}{path}")
    page.mouse.click(*mark_of(page, chart))
    expect(page.locator(".evidence blockquote")).to_be_visible()
    expect(page).to_have_url(re.compile("figure=f-"))
    expect(page.locator(".evidence mark")).to_have_count(1)


def test_a_mark_of_an_event_shows_the_sentence(look: Look, settle: Callable[[Page], None], site: str) -> None:
    """Side by side, and in the order the claims came in."""
    page = look(f"{site}/incidents")
    page.locator(".events tbody a").first.click()
    expect(page.locator(".claims")).to_be_visible()
    settle(page)
    for chart in (0, 1):
        page.mouse.click(*mark_of(page, chart))
        expect(page.locator(".evidence blockquote")).to_be_visible()
        settle(page)
        page.keyboard.press("Escape")
        expect(page.locator(".evidence")).not_to_be_visible()
        settle(page)


def test_back_closes_the_evidence_and_the_address_opens_it(look: Look, site: str) -> None:
    """Evidence can be sent to somebody, and Back leads to the page as it was."""
    page = look(f"{site}/compare")
    page.locator(".verdicts a[data-figure]").first.click()
    expect(page.locator(".evidence blockquote")).to_be_visible()
    expect(page).to_have_url(re.compile("figure=f-"))
    address, sentence = page.url, page.locator(".evidence blockquote").inner_text()
    page.go_back()
    expect(page.locator(".evidence")).to_have_count(0)
    expect(page).to_have_url(f"{site}/compare")
    again = look(address)
    expect(again.locator(".evidence blockquote")).to_have_text(sentence, use_inner_text=True)


def test_closing_leads_back_however_deep_one_went(look: Look, site: str) -> None:
    """From one figure to the other it differs from, and closed at once; Back does not reopen the drawer."""
    page = look(f"{site}/compare")
    page.locator(".verdicts a[data-figure]").first.click()
    first = page.locator(".evidence blockquote").inner_text()
    page.locator(".evidence .differences a[data-figure]").first.click()
    expect(page.locator(".evidence blockquote")).not_to_have_text(first, use_inner_text=True)
    page.get_by_role("button", name="Close the evidence").click()
    expect(page.locator(".evidence")).to_have_count(0)
    expect(page).to_have_url(f"{site}/compare")


def test_a_shared_address_can_be_closed(look: Look, site: str) -> None:
    """Evidence opened by its address closes to the page below it."""
    page = look(f"{site}/figures?metric=killed&figure=f-o2")
    expect(page.locator(".evidence mark")).to_have_text("at least 44")
    page.keyboard.press("Escape")
    expect(page.locator(".evidence")).to_have_count(0)
    expect(page).to_have_url(f"{site}/figures?metric=killed")


def test_evidence_stands_at_the_end_of_the_line(look: Look, site: str) -> None:
    """The drawer is on the right for English readers and on the left for Arabic ones, and the page is no wider for it."""
    places = {}
    for lang in ("en", "ar"):
        page = look(f"{site}/?lang={lang}&figure=f-ar1")
        expect(page.locator(".evidence mark")).to_have_text("٦٦")
        box = page.locator(".mantine-Drawer-content").bounding_box()
        assert box is not None
        places[lang] = "left" if box["x"] < 100 else "right"
        assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    assert places == {"en": "right", "ar": "left"}


def focused(page: Page) -> Locator:
    """What the keyboard is on."""
    return page.locator("*:focus")


def test_the_keyboard_reaches_the_evidence_of_a_chart(look: Look, site: str) -> None:
    """The table beside the drawing opens, leads to the sentence, round in it and not out of it, and Escape comes back to the row."""
    page = look(f"{site}/?metric=injured")
    page.locator(".as-table summary").first.focus()
    page.keyboard.press("Enter")
    for _ in range(3):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('a[data-figure]')"):
            break
    figure = focused(page).get_attribute("data-figure")
    page.keyboard.press("Enter")
    expect(page.locator(".evidence blockquote")).to_be_visible()
    expect(page.locator(".mantine-Drawer-content :focus, .mantine-Drawer-content:focus")).to_have_count(1)
    close = page.get_by_role("button", name="Close the evidence")
    expect(close).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(focused(page)).to_have_text("Write a public note")
    page.keyboard.press("Tab")
    expect(close).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".evidence")).to_have_count(0)
    expect(focused(page)).to_have_attribute("data-figure", figure or "")


def test_the_first_stop_of_the_keyboard_skips_to_the_content(look: Look, site: str) -> None:
    """One key leads past masthead and filters."""
    page = look(f"{site}/")
    page.keyboard.press("Tab")
    expect(focused(page)).to_have_text("Skip to the content")


def test_a_place_on_the_map_narrows_the_page(look: Look, site: str) -> None:
    """A mark of the map keeps only that place, and says so in the filter."""
    page = look(f"{site}/?metric=killed")
    page.mouse.click(*mark_of(page, page.locator(".js-plotly-plot").count() - 1))
    expect(page.locator(".filters .mantine-Pill-label")).to_have_count(2)
    expect(page).to_have_url(re.compile("place="))


def test_the_file_holds_the_rows_that_are_shown(look: Look, site: str, tmp_path: Path) -> None:
    """Every row of the filtered table is in the downloaded file, and no other."""
    page = look(f"{site}/figures?metric=killed&source=sohr&size=200")
    shown = page.locator(".rows a[data-figure]").evaluate_all("(links) => links.map((link) => link.dataset.figure)")
    with page.expect_download() as download:
        page.locator("summary", has_text="Download claims").click()
        page.get_by_role("link", name=f"CSV, As displayed, {len(shown)} rows", exact=True).click()
    text = Path(download.value.path()).read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {row["figure_id"] for row in rows} == set(shown)
    assert len(rows) == len(shown)


@pytest.mark.parametrize(
    ("lang", "copy", "claims"),
    [("en", "Copy it with its link", "Crosscount has not verified it."), ("ar", "نسخها مع رابطها", "ولم يتحقق منها Crosscount.")],
)
def test_a_sentence_to_quote_is_copied_with_the_way_to_its_evidence(look: Look, site: str, lang: str, copy: str, claims: str) -> None:
    """Whoever gets it can open what it rests on: the address is that of the view with the evidence open."""
    address = f"{site}/?lang={lang}&figure=f-o2"
    page = look(address)
    page.get_by_role("button", name=copy).click()
    expect(page.locator("#said")).not_to_be_empty()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert claims in copied
    assert copied.endswith(" " + address)


def test_the_citation_can_be_copied(look: Look, site: str) -> None:
    """The citation goes to the clipboard whole, and the page says that it did."""
    page = look(f"{site}/?figure=f-o2")
    page.get_by_role("button", name="Copy the citation").click()
    expect(page.locator("#said")).to_have_text("Citation copied")
    assert "at least 44" in page.evaluate("navigator.clipboard.readText()")


def test_report_text_is_only_ever_text(look: Look, hostile_site: str) -> None:
    """Markup and formulas in reports are shown letter by letter, on pages, in charts and in the drawer."""
    for path in ("/", "/compare", "/figures"):
        page = look(f"{hostile_site}{path}")
        for summary in page.locator(".as-table summary").all():
            summary.click()
        assert page.evaluate("window.harmed") is None
        assert page.locator("#main img, #main b, #main script").count() == 0
    page.locator(".rows a[data-figure]").first.click()
    expect(page.locator(".evidence blockquote")).to_contain_text('<img src=x onerror="window.harmed=1"><script>window.harmed=1</script>')
    expect(page.locator(".evidence")).to_contain_text('=HYPERLINK("http://evil.example","44")')
    assert page.locator(".evidence img, .evidence script, .evidence a[href^=javascript]").count() == 0
    assert page.evaluate("window.harmed") is None
