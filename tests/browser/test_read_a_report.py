"""A report pasted, dropped or kept: seen in a real browser, over a data folder of its own."""

import csv
import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from ingest.apart.tasks import TASKS

pytestmark = pytest.mark.browser
Look = Callable[..., Page]
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TEXT = "At least 14 people, among them two children, were killed on Friday in Idlib, SOHR said."


@pytest.fixture(scope="module")
def own_site(serve: Callable[..., str]) -> Iterator[str]:
    """A site whose data folder may change."""
    yield serve()


def _paste(page: Page, text: str) -> None:
    page.get_by_label("Text of the report").fill(text)
    page.get_by_role("button", name="Read it").click()


def test_a_pasted_text_shows_its_figures(look: Look, own_site: str) -> None:
    """Every number is marked in the text; a mark leads to its reading and back, by keyboard too."""
    page = look(f"{own_site}/report")
    _paste(page, TEXT)
    expect(page.locator(".report-text mark")).to_have_text(["14", "two"])
    expect(page.locator(".report-finding")).to_contain_text("2 figures are read")
    page.locator("#number-2").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#reading-2")).to_be_in_viewport()
    page.locator("#reading-2 summary").click()
    expect(page.locator("#reading-2 .as-table table")).to_contain_text("two")
    with page.expect_download() as taken:
        page.get_by_role("button", name="Download these figures").click()
    rows = list(csv.DictReader(io.StringIO(Path(taken.value.path()).read_text(encoding="utf-8-sig"))))
    assert [(row["value_text"], row["value_best"], row["group_age"]) for row in rows] == [("At least 14", "14", ""), ("two", "2", "child")]
    assert [TEXT[int(row["span_start"]) : int(row["span_end"])] for row in rows] == ["14", "two"]


def test_the_day_over_a_text_is_told_and_may_be_another(look: Look, own_site: str) -> None:
    """Its words; the way to the field, in which another day is said, which is then the one."""
    page = look(f"{own_site}/report")
    _paste(page, f"IDLIB, 30 November 2024 (Agency) - {TEXT}")
    expect(page.locator(".report-finding + p")).to_contain_text("Published 30 Nov 2024, taken from “30 November 2024” over the text")
    page.get_by_role("button", name="Say another day").press("Enter")
    expect(page.locator("#report-published")).to_be_focused()
    page.keyboard.type("2024-12-07")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)  # the calendar closes slowly, and may have the focus until then
    page.get_by_role("button", name="Read it").press("Enter")
    expect(page.locator(".report-finding + p")).to_contain_text("Published 7 Dec 2024")
    expect(page.locator("#reading-1")).to_contain_text("6 Dec 2024")


def test_a_day_typed_on_a_slow_machine_is_the_day(look: Look, own_site: str) -> None:
    """Letter by letter, and none of the days on the way to it is put back."""
    page = look(f"{own_site}/report", slowed=6)
    field = page.locator("#report-published")
    for day in (f"2024-12-{day}" for day in range(10, 20)):
        field.focus()
        page.keyboard.press("Control+a")
        page.keyboard.type(day)
        page.keyboard.press("Escape")
        page.get_by_role("button", name="Read it").focus()
        page.wait_for_timeout(100)  # what is put back comes late
        expect(field).to_have_value(day)


def test_every_field_shows_that_the_keyboard_is_in_it(look: Look, own_site: str) -> None:
    """A ring around it, also around the one for a whole text."""
    page = look(f"{own_site}/report")
    for name in ("Text of the report", "Or the address of a page", "Published by (if known)", "Published on (if known)"):
        field = page.get_by_role("textbox", name=name)
        field.focus()
        expect(field).to_have_css("outline-style", "solid")


def test_nothing_to_read_says_what_to_do(look: Look, own_site: str) -> None:
    """A press without a text, and a text without figures."""
    page = look(f"{own_site}/report")
    page.get_by_role("button", name="Read it").click()
    expect(page.locator("#report-read")).to_contain_text("Paste a text")
    _paste(page, "The market opened at nine and prices rose by 12 percent.")
    expect(page.locator("#report-read")).to_contain_text("No figure is read in this text")


def test_a_file_is_read_when_it_is_chosen(look: Look, own_site: str, tmp_path: Path) -> None:
    """An HTML file; what stands in its margin is not taken for the report."""
    file = tmp_path / "report.html"
    file.write_text(f"<html><body><article><h1>News</h1><p>{TEXT}</p></article></body></html>", encoding="utf-8")
    page = look(f"{own_site}/report")
    page.locator("#report-file input[type=file]").set_input_files(str(file))
    expect(page.locator(".report-text mark")).to_have_text(["14", "two"])


def test_an_unreadable_file_costs_a_sentence(look: Look, own_site: str, tmp_path: Path) -> None:
    """A picture: what it is, and the remedy."""
    file = tmp_path / "scan.png"
    file.write_bytes(b"\x89PNG\r\n\x1a\n0000")
    page = look(f"{own_site}/report")
    page.locator("#report-file input[type=file]").set_input_files(str(file))
    expect(page.locator("#report-read")).to_contain_text("OCR")


def test_whoever_keeps_a_report_by_keyboard_goes_on_from_the_answer(look: Look, own_site: str) -> None:
    """The button is gone with the reading; the focus is not lost with it."""
    page = look(f"{own_site}/report")
    _paste(page, TEXT)
    page.get_by_role("button", name="Keep this report").press("Enter")
    expect(page.locator("#report-read .notice")).to_be_visible()
    expect(page.get_by_role("button", name="Read it")).to_be_focused()


@pytest.mark.parametrize("lang,said", [("en", "is larger than 20 MB"), ("fr", "dépasse 20 Mo")])
def test_a_file_too_large_to_be_sent_costs_a_sentence(look: Look, own_site: str, tmp_path: Path, lang: str, said: str) -> None:
    """It is not sent, and what was read before does not stand there as if it were of it."""
    large = tmp_path / "large.txt"
    large.write_bytes(b" " * 20_000_001)
    page = look(f"{own_site}/report?lang={lang}")
    page.locator("#report-file input[type=file]").set_input_files(str(large))
    expect(page.locator("#report-read .notice")).to_contain_text(f"large.txt {said}")


def _bomb() -> bytes:
    """A Word file of a few hundred kilobytes that unpacks to 400 MB."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as word:
        word.writestr("[Content_Types].xml", f"<Types><Override PartName='/word/document.xml' ContentType='{DOCX}.main+xml'/></Types>")
        with word.open("word/document.xml", "w") as document:
            for _ in range(400):
                document.write(b" " * 1_000_000)
    return packed.getvalue()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_file_built_to_do_harm_costs_a_sentence(
    look: Look, own_site: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    """A page nested so deep that its parser never ends, and a Word file that fills the memory: the app says why, and goes on reading."""
    deep, bomb = tmp_path / "deep.html", tmp_path / "bomb.docx"
    deep.write_bytes(b"<html><body>" + b"<div>" * 300_000 + b"5 people were killed.")
    bomb.write_bytes(_bomb())
    page = look(f"{own_site}/report?lang={language}")
    chosen, told = page.locator("#report-file input[type=file]"), page.locator("#report-read")

    with monkeypatch.context() as bounded:
        bounded.setitem(TASKS, "text", replace(TASKS["text"], seconds=3))
        chosen.set_input_files(str(deep))
        expect(told).to_contain_text({"en": "could not be read within", "ar": "تعذّرت قراءة"}[language])
    expect(told).to_contain_text({"en": "This could not be read.", "ar": "تعذّرت قراءة هذا."}[language])
    chosen.set_input_files(str(bomb))
    expect(told).to_contain_text({"en": "unpacks to more than", "ar": "ميغابايت، فلم يُفتح"}[language])
    expect(told).to_contain_text("bomb.docx")
    expect(told.locator("[lang=en]")).to_have_count(0)

    page.locator("#report-text").fill('<img src=x onerror="window.changed=true"> ' + TEXT)
    page.locator("#report-go").click()
    expect(page.locator(".report-text mark")).to_have_text(["14", "two"])
    assert page.evaluate("window.changed") is None


def test_arabic_text_on_an_arabic_page(look: Look, own_site: str) -> None:
    """The text keeps its own direction and its figures are read."""
    page = look(f"{own_site}/report?lang=ar")
    page.locator("#report-text").fill("قتل أربعة عشر مدنياً بينهم طفلان في إدلب.")
    page.locator("#report-go").click()
    expect(page.locator(".report-text")).to_have_attribute("dir", "rtl")
    expect(page.locator(".report-text mark").first).to_have_text("أربعة عشر")
