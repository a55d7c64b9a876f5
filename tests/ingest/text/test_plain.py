"""Text files and their headers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import UnreadableDocument
from ingest.model.failures import heard
from ingest.text import read
from ingest.text.language import language_of
from ingest.text.media import DOCX


def test_a_header_is_taken_off() -> None:
    """Lines `key: value` ended by `---` describe the file; the text begins after them."""
    header = b"title: Shelling in Exampletown\npublisher: example\nRelayed via: afp, dw\nurl: https://example.org/1\n"
    content = header + b"---\nFour people were killed.\n"

    extracted = read(content, "text/plain", "a.txt")

    assert extracted.text == "Four people were killed."
    assert extracted.title == "Shelling in Exampletown"
    assert extracted.header == {
        "title": "Shelling in Exampletown",
        "publisher": "example",
        "relayed_via": "afp, dw",
        "url": "https://example.org/1",
    }


def test_a_header_may_open_with_dashes_too() -> None:
    """Front matter as site generators write it is a header."""
    extracted = read(b"---\npublisher: example\n---\nText.", "text/plain", "a.txt")
    assert (extracted.header, extracted.text) == ({"publisher": "example"}, "Text.")


@pytest.mark.parametrize(
    "text",
    [
        "Update: four people were killed\nin Exampletown.",
        "Casualties: 4\nOf them: two children\nNo line ends this list.",
        "A sentence first.\npublisher: example\n---\nText.",
    ],
)
def test_what_only_looks_like_a_header_stays_text(text: str) -> None:
    """Without the closing line, or after a line that is no pair, nothing is taken off."""
    extracted = read(text.encode(), "text/plain", "a.txt")
    assert extracted.header == {}
    assert extracted.text.startswith(text.split("\n", maxsplit=1)[0])


def test_the_first_line_is_the_title_where_none_is_given() -> None:
    """Long first lines are shortened at a word."""
    assert read(b"Headline\nText.", "text/plain", "a.txt").title == "Headline"
    title = read(("word " * 100).encode(), "text/plain", "a.txt").title
    assert title.endswith("word …")
    assert len(title) <= 202


def test_markdown_loses_its_marks_and_keeps_its_words() -> None:
    """Headings, emphasis, links and list marks go; an asterisk inside a masked word stays."""
    content = b"## **Highlights**\n\n- Some [123,400](https://example.org) people fled.\n- *12* wells, 3 fata*lities\n\n![map](x.png)\n"
    assert read(content, "text/markdown", "a.md").text == "Highlights\n\n• Some 123,400 people fled.\n• 12 wells, 3 fata*lities"


def test_a_table_in_a_text_keeps_its_rows() -> None:
    """Rows as wide as wrapped lines are not joined, and cells pasted from a worksheet are held apart."""
    wide = "\n".join(f"{place} and the villages that lie around it | {n} | {n + 1} | {n + 2}" for n, place in enumerate(("Millford",) * 3))
    assert read(wide.encode(), "text/plain", "a.txt").text == wide
    pasted = b"By place\nPlace\tKilled\tInjured\nMillford\t4\t\nHarrowdale\t\t7\n\n\tA line that\n\tis moved in."
    assert read(pasted, "text/plain", "a.txt").text.split("\n") == [
        "By place",
        "Place | Killed | Injured",
        "Millford | 4 |",
        "Harrowdale | | 7",
        "",
        "A line that",
        "is moved in.",
    ]


def test_an_empty_file_is_a_sentence() -> None:
    """Nothing, a byte order mark, or blanks: the file is empty."""
    for content in (b"", b"\xef\xbb\xbf", b" \n\t\n"):
        with pytest.raises(UnreadableDocument, match=r"^a\.txt is empty; check where it came from\.$"):
            read(content, "text/plain", "a.txt")


def test_a_header_without_text_is_a_sentence() -> None:
    """A file that is all header has no report in it."""
    with pytest.raises(UnreadableDocument, match="has no text that can be read"):
        read(b"publisher: example\n---\n\n", "text/plain", "a.txt")


def test_a_huge_text_is_refused_before_it_is_read() -> None:
    """Fifty megabytes of text are no report."""
    with pytest.raises(UnreadableDocument, match=r"is 50\.0 MB, more than the 20 MB that are read"):
        read(b"x" * 50_000_000, "text/plain", "a.txt")


@given(st.binary(max_size=400), st.sampled_from(["text/plain", "text/markdown", "text/html", "application/rss+xml; item=x", DOCX]))
def test_any_bytes_are_a_text_or_a_sentence(content: bytes, media_type: str) -> None:
    """Nothing that is handed in ends in a traceback."""
    try:
        assert read(content, media_type, "f").text
    except UnreadableDocument as error:
        assert str(error).startswith("f ")
        assert all(one.failure for one in heard(str(error))), "it is told in each language"


@pytest.mark.parametrize(
    ("media_type", "advice"),
    [
        ("text/csv", "is a table; import it"),
        ("application/msword", "is in an old Office format; save it as DOCX"),
        ("image/png", "is a picture; run it through OCR"),
        ("application/json", "is JSON, which is data"),
        ("application/rss+xml", "is a feed, which is many reports"),
        ("application/x-strange", "is of the type application/x-strange, which cannot be read"),
    ],
)
def test_what_cannot_be_read_is_told_with_advice(media_type: str, advice: str) -> None:
    """Every other kind of file gets a sentence that says what to do with it."""
    with pytest.raises(UnreadableDocument, match=f"^f {advice}") as refused:
        read(b"{}", media_type, "f")
    assert [one.values["name"] for one in heard(str(refused.value))] == ["f"]


@pytest.mark.parametrize(
    ("text", "declared", "language"),
    [
        ("Four people were killed.", "", "en"),
        ("قتل أربعة أشخاص", "", "ar"),
        ("چوار کەس کوژران لە شارۆچکەیەک", "", "ckb"),
        ("چهار نفر کشته شدند", "", "fa"),
        ("Dört kişi öldü", "tr", "tr"),
        ("قتل أربعة أشخاص", "en", "ar"),
        ("Four people were killed.", "ar", "en"),
        ("1234", "", ""),
    ],
)
def test_the_language_of_a_text(text: str, declared: str, language: str) -> None:
    """What is declared holds unless the script contradicts it."""
    assert language_of(text, declared) == language
