"""Report text in the drawer is text, and only addresses of the web are links."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from dash.development.base_component import Component

from dashboard.app import assets_folder
from dashboard.components import quotable
from dashboard.components.copies import copy_link, file_name
from dashboard.components.evidence import Beside, evidence_body, interval
from dashboard.components.links import web_address
from dashboard.components.words import Words, load_words
from dashboard.query import Evidence, Link, Quote, Snapshot, evidence
from tests.dashboard.published import NOTED

DAMASCUS = ZoneInfo("Asia/Damascus")


@pytest.fixture(scope="module")
def english() -> Words:
    """The English table."""
    return load_words(assets_folder() / "translations")["en"]


def _found(db: Snapshot, identity: str, **changes: Any) -> Evidence:
    found = evidence(db, identity, "en")
    assert found is not None
    return Evidence(**{name: changes.get(name, getattr(found, name)) for name in Evidence.__dataclass_fields__})


def _all(root: Any) -> list[Component]:
    if isinstance(root, list | tuple):
        return [one for part in root for one in _all(part)]
    return [root, *_all(getattr(root, "children", None))] if isinstance(root, Component) else []


def _drawer(found: Evidence, words: Words) -> list[Component]:
    return _all(evidence_body(found, words, DAMASCUS, lambda figure: f"/?figure={figure}"))


def test_markup_in_a_report_stays_text(db: Snapshot, english: Words) -> None:
    """A sentence with a script tag is a text node; nothing of the drawer renders HTML or Markdown."""
    hostile = Quote("<script>alert(1)</script> ", "44", " =HYPERLINK(1)")
    drawer = _drawer(_found(db, "f-o2", quote=hostile), english)
    assert {type(part).__name__ for part in drawer}.isdisjoint({"Markdown", "DangerouslySetInnerHTML", "Iframe", "Script"})
    assert any("<script>alert(1)</script> " in (getattr(part, "children", None) or ()) for part in drawer if type(part).__name__ == "P")


def test_a_doubtful_reading_says_what_it_leans_on(db: Snapshot, english: Words) -> None:
    """Each doubt is named in words with the values considered, as text; a plain reading has no such line."""
    found = _found(db, "f-o2")
    doubtful = _found(db, "f-o2", figure={**found.figure, "doubts": "no_noun;second_metric=killed|injured"})
    told = [str(part) for part in _drawer(doubtful, english) if type(part).__name__ == "Li"]
    assert any("No noun" in one for one in told)
    assert any("Second reader: metric" in one and "killed / injured" in one for one in told)
    assert english("evidence.doubts") not in str(_drawer(found, english))


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "ftp://example.org/x", "//example.org", "http://[bad", ""])
def test_other_schemes_never_become_links(db: Snapshot, english: Words, address: str) -> None:
    """The original is linked only where its address is http or https."""
    found = _found(db, "f-o2")
    drawer = _drawer(_found(db, "f-o2", figure={**found.figure, "url": address}), english)
    assert not [part for part in drawer if type(part).__name__ == "A" and getattr(part, "target", "") == "_blank"]
    assert web_address(address) == ""


def test_a_report_that_is_gone_from_its_address_says_so(db: Snapshot, english: Words) -> None:
    """With when that was noticed; one that is there has no such line."""
    found = _found(db, "f-o2")
    gone = _found(db, "f-o2", document={**found.document, "vanished_at": datetime(2024, 12, 9, 6, tzinfo=UTC)})
    assert english("evidence.vanished") not in str(_drawer(found, english))
    (line,) = [str(part) for part in _drawer(gone, english) if type(part).__name__ == "Div" and english("evidence.vanished") in str(part)]
    assert "2024" in line


def test_the_original_opens_apart(db: Snapshot, english: Words) -> None:
    """A link out of the app does not hand the app over."""
    out = [part for part in _drawer(_found(db, "f-o2"), english) if getattr(part, "target", "") == "_blank"]
    assert out
    assert all(part.rel == "noopener noreferrer" for part in out)


def test_the_chain_keeps_three_things_apart(db: Snapshot, english: Words) -> None:
    """Claimed source, relay and publisher are three steps, in this order."""
    chain = tuple(Link(role, role, role.upper(), "monitor", "") for role in ("claimed_source", "relay", "publisher"))
    drawer = _drawer(_found(db, "f-o2", chain=chain), english)
    roles = [part.children for part in drawer if getattr(part, "className", "") == "role"]
    assert roles == ["Claimed by", "relayed by", "read in"]


def test_a_number_keeps_the_language_of_its_sentence(db: Snapshot, english: Words) -> None:
    """An Arabic sentence is marked as Arabic and runs right to left on an English page."""
    quoted = next(part for part in _drawer(_found(db, "f-ar1"), english) if type(part).__name__ == "Blockquote").children[0]
    assert (quoted.lang, quoted.dir) == ("ar", "rtl")


def test_times_without_zone_are_utc(db: Snapshot, english: Words) -> None:
    """The snapshot's times are shown in the zone of the crisis."""
    found = _found(db, "f-o2")
    moved = {**found.figure, "published_at": datetime(2024, 12, 1, 22, 0, tzinfo=UTC).replace(tzinfo=None)}
    shown = [part.children for part in _drawer(_found(db, "f-o2", figure=moved), english) if type(part).__name__ == "Dd"]
    assert "2 Dec 2024, 01:00 (UTC+3)" in shown


@pytest.mark.parametrize(
    "low,high,is_open,said",
    [
        (44, 44, False, "44 people"),
        (44, None, True, "44 people or more"),
        (12, 99, False, "12 to 99 people"),
        (None, None, False, "no number given"),
    ],
)
def test_an_interval_is_said_in_words(english: Words, low: int | None, high: int | None, is_open: bool, said: str) -> None:
    """Open, closed and missing intervals read differently."""
    row = {"value_low": low, "value_high": high, "interval_open_high": is_open, "unit": "person"}
    assert interval(row, english) == said


@pytest.mark.parametrize(
    "low,high,said",
    [(2, 2, "شخصان"), (8, None, "٨ أشخاص أو أكثر"), (25, 25, "٢٥ شخصاً"), (12, 100, "١٢ إلى ١٠٠ شخص")],
)
def test_what_is_counted_agrees_with_its_number(low: int, high: int | None, said: str) -> None:
    """Arabic has a form for two, for three to ten, for eleven to ninety-nine, and for hundreds."""
    row = {"value_low": low, "value_high": high, "interval_open_high": high is None, "unit": "person"}
    assert interval(row, load_words(assets_folder() / "translations")["ar"]) == said


def test_a_public_note_stands_before_everything_read_into_the_figure(db: Snapshot, english: Words) -> None:
    """With its words, who wrote it and when; a withdrawn document's figure says that it counts no longer, and since when."""
    found = _found(db, NOTED)
    told = [str(part) for part in _drawer(found, english) if type(part).__name__ == "Li"]
    assert any("The page counts one building twice." in one and "data desk" in one for one in told)
    plain = str(_drawer(found, english))
    assert english("notes.withdrawn") not in plain and english("evidence.withdrawn") not in plain
    moment = datetime(2024, 12, 20, tzinfo=UTC)
    withdrawn = _found(db, NOTED, figure={**found.figure, "withdrawn_at": moment, "superseded_at": moment})
    assert english("notes.withdrawn") in str(_drawer(withdrawn, english)) and english("evidence.withdrawn") in str(
        _drawer(withdrawn, english)
    )
    assert english("notes.title") not in str(_drawer(_found(db, "f-o2"), english))


def test_where_a_name_is_withheld_words_say_so(db: Snapshot, english: Words) -> None:
    """In place of the letters, once for each name, with what it means; the number is still marked."""
    drawer = _drawer(_found(db, "f-o2", quote=Quote("The nurse ███████████ and ", "44", " others, ██████")), english)
    marks = [part for part in drawer if getattr(part, "className", None) == "withheld"]
    assert [part.children for part in marks] == [english("withheld.mark")] * 2
    assert not any("█" in str(getattr(part, "children", "")) for part in drawer)
    assert any(type(part).__name__ == "Mark" and part.children == "44" for part in drawer)


def test_a_sentence_to_quote_says_what_must_be_said_with_it(db: Snapshot, english: Words) -> None:
    """The claim, the source's own words and what they allow, where it was read, and that nobody verified it or checked the reading."""
    found = _found(db, "f-o2")
    contradicted = _found(db, "f-o2", discrepancies=({**found.discrepancies[0], "code": "contradiction_soft", "other_figure": "f-s2"},))
    said = quotable.sentences(contradicted, english, DAMASCUS, interval(found.figure, english))
    assert said == [
        "OCHA reports at least 44 civilians killed in North-west Syria since 26 November, as of 1 December 2024.",
        "The source’s own number is “at least 44”: 44 people or more.",
        "Read in OCHA, 2 Dec 2024 (https://example.org/ocha/2024-12-01).",
        "This is what the source claims; Crosscount has not verified it.",
        "1 other claim contradicts it.",
        "The text it was read in is second-hand.",
        "No person has checked the reading yet.",
    ]


def test_a_plain_number_is_not_said_twice_and_none_is_not_quoted(db: Snapshot, english: Words) -> None:
    """What is a number already needs no words of the source; a claim without one has no sentence."""
    plain = _found(db, "f-s6b")
    assert "own number" not in " ".join(quotable.sentences(plain, english, DAMASCUS, interval(plain.figure, english)))
    assert not [part for part in _drawer(_found(db, "f-m3"), english) if getattr(part, "id", "") == "quotable"]


def test_a_day_of_publication_alone_has_no_hour(db: Snapshot, english: Words) -> None:
    """It is kept as its noon in the time of the crisis, which nobody stated; any other hour is told."""
    figure = _found(db, "f-o2").figure

    def told(moment: datetime) -> str:
        return str(_drawer(_found(db, "f-o2", figure={**figure, "published_at": moment}), english))

    assert "12:00" not in told(datetime(2024, 12, 1, 9))  # noqa: DTZ001  # as the snapshot has it, in UTC
    assert "12:30 (UTC+3)" in told(datetime(2024, 12, 1, 9, 30))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("language", "media_type", "size", "text"),
    [
        ("en", 'text/html; charset=utf-8; select="div"', 34_499, "Archived copy (web page, 34 kB)"),
        ("en", "application/pdf", 12, "Archived copy (PDF, 1 kB)"),
        ("fr", "application/pdf", 1_250_000, "Copie archivée (PDF, 1,2 Mo)"),
        ("ar", "text/html", 34_000, "النسخة المؤرشفة (صفحة ويب، ٣٤ ك.ب)"),
        ("en", "model/unheard-of", 2_000, "Archived copy (file, 2 kB)"),
    ],
)
def test_the_way_to_a_copy_says_what_it_is_and_how_large(db: Snapshot, language: str, media_type: str, size: int, text: str) -> None:
    """It stands with the hash of the bytes."""
    words = load_words(assets_folder() / "translations")[language]
    copy = copy_link(media_type, size, "/archive/0", words)
    drawer = _all(evidence_body(_found(db, "f-o2"), words, DAMASCUS, str, beside=Beside(copy=copy)))
    (link,) = [part for part in drawer if getattr(part, "href", "") == "/archive/0"]
    assert link.children == text


def test_a_copy_is_named_by_us() -> None:
    """By its hash and kind, whatever the source called it; what is no kind we know opens in nothing."""
    names = [file_name("ab" * 32, kind) for kind in ("text/html; charset=utf-8", "application/pdf", "text/html/../../x", "")]
    assert [name.removeprefix("crosscount-abababababababab") for name in names] == [".html", ".pdf", ".bin", ".bin"]
