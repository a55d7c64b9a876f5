"""What leaves the page: files by the keyboard, pictures that say where they come from, one chart alone, the link to a view."""

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.request import urlopen

import pdfplumber
import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
Look = Callable[..., Page]
A4 = (595, 842)  # points
COLUMNS_EN = ("Columns", "Hide Metric", "Show Sentence")
COLUMNS_AR = ("الأعمدة", "إخفاء ما يُحصى", "إظهار الجملة")


def test_files_are_reached_by_the_keyboard_alone(look: Look, site: str) -> None:
    """Enter opens the menu, every form of both scopes is a link in it, Escape closes it and leads back to the button."""
    page = look(f"{site}/figures?metric=killed")
    button = page.locator("summary", has_text="Download claims")
    button.focus()
    page.keyboard.press("Enter")
    links = page.locator(".download-menu .files a")
    expect(links).to_have_count(16)
    page.keyboard.press("Tab")
    expect(links.first).to_be_focused()
    page.keyboard.press("Escape")
    expect(links.first).not_to_be_visible()
    expect(button).to_be_focused()


@pytest.mark.parametrize("lang,words", [("", COLUMNS_EN), ("&lang=ar", COLUMNS_AR)], ids=["en", "ar"])
def test_columns_are_chosen_by_the_keyboard_and_files_follow(look: Look, site: str, lang: str, words: tuple[str, str, str]) -> None:
    """The menu stays open and keeps the focus from one choice to the next; table, address and files as displayed agree."""
    page = look(f"{site}/figures?metric=killed{lang}")
    page.locator("summary", has_text=words[0]).press("Enter")
    page.get_by_role("link", name=words[1]).press("Enter")
    expect(page.locator(".rows thead th")).to_have_count(7)
    expect(page.locator(".columns-menu a:focus")).to_have_count(1)
    page.get_by_role("link", name=words[2]).press("Enter")
    expect(page.locator(".rows thead th")).to_have_count(8)
    expect(page.locator(".rows tbody .cell-quote q").first).to_be_visible()
    columns = "columns=day,value,group,place,source,publisher,kind,quote"
    expect(page).to_have_url(re.compile(columns))
    expect(page.locator(f".download-menu a[href^='/export/figures.csv'][href*='{columns}']")).not_to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name=words[1])).not_to_be_visible()


@pytest.mark.parametrize("lang,said", [("en", ("Data as of", "Killed")), ("ar", ("البيانات حتى", "قتلى"))])
def test_a_picture_says_whose_numbers_and_of_when(look: Look, site: str, tmp_path: Path, lang: str, said: tuple[str, str]) -> None:
    """Title, source line with the data's date, and snapshot are in the SVG and its name; the PNG is a picture of the same."""
    page = look(f"{site}/compare?metric=killed&lang={lang}")
    saved = {}
    for form in ("svg", "png"):
        page.locator(".picture-menu summary").first.click()
        with page.expect_download() as download:
            page.locator(f"[data-picture={form}]").first.click()
        page.keyboard.press("Escape")
        saved[form] = Path(download.value.path()).read_bytes()
        assert download.value.suggested_filename.startswith("crosscount-syria-2024-range-2026-11-24-000001-")
        assert download.value.suggested_filename.endswith(f".{form}")
    drawing = saved["svg"].decode()
    written = " ".join(re.findall(r'<text [^>]*direction="[^"]*"[^>]*>([^<]*)</text>', drawing))
    assert all(text in written for text in (*said, "000001-", "Crosscount")) and drawing.count("<svg ") >= 2
    assert saved["png"].startswith(b"\x89PNG\r\n") and len(saved["png"]) > 20_000


def test_each_span_is_a_picture_that_says_what_it_counts(look: Look, site: str) -> None:
    """Of one of several small charts: the metric, the people and the sort of count, not the title of them all."""
    page = look(f"{site}/")
    span = page.locator(".span", has=page.get_by_role("heading", name="Killed", exact=True))
    span.locator(".picture-menu summary").press("Enter")
    with page.expect_download() as download:
        span.get_by_role("button", name="Save as SVG").press("Enter")
    assert "-span-killed-" in download.value.suggested_filename
    title = re.search(r"<text [^>]*>([^<]*)</text>", Path(download.value.path()).read_text(encoding="utf-8"))
    assert title and title[1] == " · ".join((span.locator("h3").inner_text(), span.locator(".span-what p").inner_text()))


@contextmanager
def _somebody_else(folder: Path) -> Iterator[str]:
    """Address of a server of another origin over a folder of files."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_one_chart_stands_in_a_page_of_somebody_else(look: Look, site: str, tmp_path: Path) -> None:
    """In a frame of another origin: the chart, its title sentence and source line, and nothing of the shell."""
    page = look(f"{site}/figures")
    frame = f'<iframe src="{site}/?embed=1&amp;chart=series&amp;metric=killed" width="900" height="900"></iframe>'
    (tmp_path / "news.html").write_text(f'<!DOCTYPE html><link rel="icon" href="data:,"><title>News</title>{frame}', encoding="utf-8")
    with _somebody_else(tmp_path) as elsewhere:
        page.goto(f"{elsewhere}/news.html")
        _shows_one_chart(page)


def _shows_one_chart(page: Page) -> None:
    frame = page.frame_locator("iframe")
    expect(frame.locator(".alone .js-plotly-plot")).to_have_count(1)
    expect(frame.locator("h1")).to_contain_text("killed")
    expect(frame.locator(".source-line")).to_contain_text("Data as of")
    expect(frame.locator(".masthead, .filters, .colophon")).to_have_count(0)


def test_the_link_of_a_view_is_copied(look: Look, site: str) -> None:
    """What stands in the clipboard opens the same view."""
    page = look(f"{site}/figures?metric=killed&place=SY05")
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == page.url


WORDS = """() => {
  const own = (one) => [...one.childNodes].some((node) => node.nodeType === 3 && /[\\p{L}\\p{N}]/u.test(node.textContent));
  const shown = [...document.querySelectorAll("#main *, .masthead *")].filter((one) => own(one) && one.checkVisibility());
  const said = (one, colour) => [one.textContent.slice(0, 40), getComputedStyle(one)[colour].match(/[\\d.]+/g).map(Number)];
  const [charted, written] = [true, false].map((drawn) => shown.filter((one) => Boolean(one.closest("svg")) === drawn));
  return { charted: charted.map((one) => said(one, "fill")), written: written.map((one) => said(one, "color")) };
}"""
DRAWN = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
PAINTED = "[...document.querySelectorAll('.js-plotly-plot [style]')].map((one) => one.style.fill + one.style.stroke).join()"
NEAR = 3  # of 255: mixtures of colours are rounded


def _printed(page: Page) -> dict[str, list[tuple[str, list[float]]]]:
    """The words on paper and their colours: those of charts, and all others."""
    page.emulate_media(media="print")
    page.evaluate(DRAWN)
    said: dict[str, list[tuple[str, list[float]]]] = page.evaluate(WORDS)
    return said


def _pale(colour: list[float]) -> bool:
    red, green, blue = colour[:3]
    return 0.3 * red + 0.59 * green + 0.11 * blue > 170 and colour[3:] != [0]


@pytest.mark.parametrize("path", ["/", "/compare", "/map", "/silence", "/figures", "/sources", "/method", "/situation"])
def test_paper_is_light_though_the_screen_is_dark(look: Look, site: str, path: str) -> None:
    """Words are dark on white in print, charts as they are from a light screen, tools gone; the screen is as before afterwards."""
    page = look(f"{site}{path}", dark=True)
    screen = page.evaluate(PAINTED)
    dark, light = _printed(page), _printed(look(f"{site}{path}"))
    assert [word for word, colour in dark["written"] if _pale(colour)] == []
    assert [word for word, _ in dark["charted"]] == [word for word, _ in light["charted"]]
    pairs = zip(dark["charted"], light["charted"], strict=True)
    assert [one for one, other in pairs if max(abs(a - b) for a, b in zip(one[1], other[1], strict=True)) > NEAR] == []
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    for gone in ("#nav", ".filters", ".page-tools", ".menu"):
        assert not any(one.is_visible() for one in page.locator(gone).all())
    page.emulate_media(media="screen", color_scheme="dark")
    page.evaluate(DRAWN)
    assert page.evaluate(PAINTED) == screen
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != "rgb(255, 255, 255)"


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_the_situation_is_a_pdf_on_paper_as_wide_as_itself(site: str, tmp_path: Path, lang: str) -> None:
    """The server's browser prints page, chart and source line on A4; nothing makes the paper wider than the words, a table is a table:
    its heads stand beside one another, though the paper is as narrow as a phone; and nothing is asked of it that paper cannot do.
    """
    with urlopen(f"{site}/export/situation.pdf?metric=killed&lang={lang}", timeout=90) as answer:  # noqa: S310 - a server of this test
        assert answer.headers["Content-Type"] == "application/pdf" and "situation-selection" in answer.headers["Content-Disposition"]
        (tmp_path / "situation.pdf").write_bytes(answer.read())
    with pdfplumber.open(tmp_path / "situation.pdf") as printed:
        first, words = printed.pages[0], printed.pages[0].extract_words()
        assert {(round(page.width), round(page.height)) for page in printed.pages} == {A4}
        widest = max(word["x1"] for word in words) - min(word["x0"] for word in words)
        assert widest > 0.7 * first.width
        if lang == "en":
            text = " ".join((page.extract_text() or "") for page in printed.pages)
            assert "Source: Crosscount" in text and "SOHR" in text and "Download" not in text and "Select a mark" not in text
            assert {word["top"] for word in words if word["text"] == "Voices"} & {word["top"] for word in words if word["text"] == "Claims"}


def test_parts_of_a_chart_keep_their_names_alone_and_on_paper(look: Look, site: str) -> None:
    """What a chart writes in two lines stands in a page of somebody else and on paper as on the screen."""
    for address, media in (("/?metric=newly_displaced&embed=1&chart=series", "screen"), ("/?metric=newly_displaced", "print")):
        page = look(f"{site}{address}", width=360)
        page.emulate_media(media=media)
        second = page.locator('[id*="series"] .annotation-text tspan.line').nth(1)
        assert second.evaluate("(line) => line.getComputedTextLength()") > 0
        assert second.evaluate("(line) => getComputedStyle(line).display") != "none"


def test_a_workbook_that_takes_long_is_told_from_the_press_on(look: Look, large_site: str) -> None:
    """Writing many rows of it takes as long as others notice; a CSV is quick, and says nothing."""
    page = look(f"{large_site}/figures")
    menu = page.locator(".download-menu")
    menu.locator("summary").click()
    with page.expect_download() as file:
        menu.locator("a", has_text=".xlsx").first.click()
        expect(menu.get_by_role("status")).to_contain_text("The workbook of 10,000 rows is being written")
    file.value.delete()
    with page.expect_download() as file:
        menu.locator("a", has_text=".csv").first.click()
        expect(menu.get_by_role("status")).to_be_empty()
    file.value.delete()
