"""What changed, in words: in each language, with every source named, nothing invented, and a report's text never markup."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import feedparser
import pytest

from dashboard import shell
from dashboard.app import create_app, open_views
from dashboard.app.letters import Letters, Telling
from dashboard.shell.line import view_line
from dashboard.state import LANGUAGES, Filters
from ingest.errors import SettingsError
from ingest.model import snapshot as layout
from ingest.model.letters import Enquiry, Stretch, Watched
from ingest.settings import Settings

BEFORE, SINCE, UNTIL = (datetime(2025, 1, day, tzinfo=UTC) for day in (1, 2, 4))
LINK = "https://counts.example.org"
CHANGES = """
    UPDATE f SET first_seen_at = TIMESTAMPTZ '2024-12-31 00:00:00+00', supersedes = '', superseded_at = NULL;
    UPDATE f SET first_seen_at = TIMESTAMPTZ '2025-01-03 00:00:00+00' WHERE figure_id IN ('f-e5', 'f-c9');
    UPDATE f SET superseded_at = TIMESTAMPTZ '2025-01-03 00:00:00+00' WHERE figure_id IN ('f-e1', 'f-k1');
    UPDATE f SET withdrawn_at = NULL, withdrawn = '';
    UPDATE f SET withdrawn_at = TIMESTAMPTZ '2025-01-03 00:00:00+00', withdrawn = 'Counted twice.' WHERE figure_id = 'f-w1';
    UPDATE f SET supersedes = 'f-k1' WHERE figure_id = 'f-c9';
    UPDATE f SET quote = '<b onclick="x">8</b> & more' WHERE figure_id = 'f-e5';
"""


@pytest.fixture(scope="module")
def moved(tmp_path_factory: Any, write_snapshot: Any, edit_figures: Any, make_settings: Callable[[Path], Settings]) -> Settings:
    """A folder whose snapshot was published three times, with changes in the last one alone."""
    made = replace(make_settings(tmp_path_factory.mktemp("moved")), alerts={"link": f"{LINK}/"})
    folder = write_snapshot(made.published)
    edit_figures(folder, CHANGES)
    manifest = layout.manifest(folder)
    known = replace(manifest, created_at=UNTIL, history=(BEFORE, SINCE, UNTIL))
    (folder / layout.MANIFEST).write_text(known.text(), encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def views(moved: Settings) -> Letters:
    """Who reads its views."""
    return open_views(moved)


class _Read(HTMLParser):
    """The words, addresses and tags of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words, self.links, self.tags = "", list[str](), set[str]()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value or "" for name, value in attrs if name in {"href", "src"}]

    def handle_data(self, data: str) -> None:
        self.words += data + "\n"


def _letter(views: Letters, language: str = "en", address: str = "/", **more: Any) -> Any:
    return views.letter(Enquiry("", address, language, SINCE, **{"link": LINK, **more}))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_digest_says_the_same_in_text_and_on_a_page(views: Letters, language: str) -> None:
    """In the reader's language and direction; every address is absolute and within the app; no text of ours is missing."""
    told = _letter(views, language)
    read = _Read(told.page)
    assert (
        told.told == {"new": 1, "changed": 1, "removed": 1, "withdrawn": 1, "contradictions": 2} and not told.empty and told.until == UNTIL
    )
    assert f"dir='{'rtl' if language == 'ar' else 'ltr'}'" in told.page and f"lang='{language}'" in told.page
    assert read.links and all(address.startswith(f"{LINK}/") for address in read.links)
    assert set(re.findall(r"https?://\S+", told.text)) == {address.replace("&amp;", "&") for address in read.links}
    assert "letter." not in told.text and "{" not in told.text
    assert "<b onclick" in read.words and "b" not in read.tags and "<b onclick" in told.text


def test_every_line_names_its_source_and_its_number(views: Letters) -> None:
    """The figure as written, who claims it, where it leads; the one that replaces another says what was there before."""
    told = _letter(views).text
    assert "1 new figure, 1 that replaces an earlier one, 1 no longer stated, 1 withdrawn by its publisher, 2 new contradictions" in told
    assert "OHCHR reports 22" not in told  # a figure of before
    assert "SOHR reports 8 and OHCHR 22 civilians killed in Idlib on 1 December; both cannot hold." in told
    listed = told.partition("New and replaced figures")[2].partition("No longer stated")[0]
    assert len(re.findall(r"^ • ", listed, re.M)) == 2 and "before: " in listed and "figure=f-e5" in listed
    assert "Stated by: " in told and "withdrawn: Counted twice." in told


def test_a_number_that_is_in_no_source_is_in_no_digest(views: Letters) -> None:
    """But for counts of rows and the days: each number of the list stands in the claim it names, words of a source as a quotation."""
    db = views.view("/").db
    assert db is not None
    stated = {text for (text,) in db.rows("SELECT value_text FROM figures")}
    listed = re.findall(r"^ • .+?: (.+?) \(", _letter(views).text.partition("New and replaced figures")[2], re.M)
    assert listed and {text.strip("“”") for text in listed} <= stated


def test_nothing_to_say_is_said(views: Letters) -> None:
    """In a view where nothing changed, and after the last publication."""
    for told in (_letter(views, address="/compare?place=SY99"), views.letter(Enquiry("", "/", "en", UNTIL))):
        assert told is not None and told.empty and "Nothing changed" in told.text


def test_watched_views_released_alerts_and_held_ones_are_told(views: Letters) -> None:
    """A watched view where something changed has a line; released alerts are sentences; of held ones there is the number alone."""
    seen = (Watched("one pair", "/figures?metric=killed"), Watched("quiet", "/compare?place=SY99"))
    told = _letter(views, watched=seen, released=("Valley Watch fell silent.",), held=3).text
    assert "one pair: " in told and "quiet" not in told and "Valley Watch fell silent." in told and "3 alerts are held" in told
    assert "http" not in views.letter(Enquiry("", "/", "en", SINCE, watched=seen)).text  # type: ignore[union-attr]


def test_public_notes_of_the_stretch_are_in_it(views: Letters) -> None:
    """Who wrote each, and its text in the reader's language or the one it was written in."""
    db = views.view("/").db
    assert db is not None
    noted = [at.replace(tzinfo=UTC) for (at,) in db.rows("SELECT written_at FROM published_corrections ORDER BY written_at")]
    stretch = Stretch(noted[0] - timedelta(hours=1), noted[0] + timedelta(minutes=1))
    items = [item for section in Telling(views.view("/?lang=ar"), db, stretch, LINK).of_people() for item in section.items]
    assert len(items) == sum(at <= stretch.until for at in noted) and all(f"{LINK}/method?lang=ar#" in item.link for item in items)
    assert list(Telling(views.view("/"), db, Stretch(noted[-1], noted[-1] + timedelta(days=1)), LINK).of_people()) == []


def test_sources_that_fell_silent_or_fail_are_named(views: Letters) -> None:
    """In the stretch in which it happened, and in no other."""
    db = views.view("/").db
    assert db is not None
    ((failing,),) = db.rows("SELECT failing_since FROM published_sources WHERE failing_since IS NOT NULL")
    at = failing.replace(tzinfo=UTC)
    silent = at + timedelta(hours=72)  # its changed_at, and three cadences of a day
    for moment, said in ((at, "not reached since"), (silent, "nothing new since")):
        for before, after, told in ((1, 1, True), (-1, 2, False), (2, -1, False)):
            stretch = Stretch(moment - timedelta(hours=before), moment + timedelta(hours=after))
            lines = [item.text for section in Telling(views.view("/"), db, stretch, LINK).of_sources() for item in section.items]
            assert any(line.startswith(f"ReliefWeb: {said}") for line in lines) is told


def test_an_address_is_read_as_it_was_copied(views: Letters) -> None:
    """From whatever host, without what opens evidence or turns pages; one that is no page is a sentence."""
    assert views.canonical("http://127.0.0.1:8050/compare?place=SY02&figure=f-e5&x=1&page=3#y") == "/compare?place=SY02"
    assert views.canonical("/compare/") == "/compare" and views.canonical("") == "/"
    for wrong in ("/nowhere", "javascript:alert(1)"):
        with pytest.raises(SettingsError, match="is no page of the app"):
            views.canonical(wrong)
    assert views.counted("/compare", Stretch(SINCE, UNTIL)).new == 1


def test_a_watched_view_is_a_feed_of_its_publications(moved: Settings) -> None:
    """An entry for each publication that changed something in it, the same whenever it is asked; 304 to who has it already."""
    client = create_app(moved).server.test_client()
    answer = client.get("/watch.atom?metric=killed&path=/compare")
    read = feedparser.parse(answer.get_data())
    assert not read.bozo and answer.content_type.startswith("application/atom+xml")
    (entry,) = read.entries
    assert entry.updated == UNTIL.isoformat() and entry.link == f"{LINK}/compare?metric=killed" and entry.title.startswith("1 new figure")
    assert read.feed.title == "Crosscount: Killed" and read.feed.links[0].href == f"{LINK}/watch.atom?metric=killed&path=/compare"
    again = client.get("/watch.atom?metric=killed&path=/compare", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304 and not again.get_data()
    assert client.get("/watch.atom?metric=killed&path=/compare").get_data() == answer.get_data()
    assert feedparser.parse(client.get("/watch.atom?place=SY99&lang=ar").get_data()).entries == []
    assert client.get("/watch.atom?path=/etc/passwd").status_code == 404
    assert "n’est pas une page de l’application" in client.get("/watch.atom?path=/etc/passwd&lang=fr").text


def test_every_page_gives_the_feed_of_its_view(moved: Settings) -> None:
    """The button's address is that of a feed of the same page and filters, also where a proxy serves the app under a path."""
    app = create_app(replace(moved, prefix="/counts"))
    with app.server.test_request_context("/"):
        view = shell.desk().look_at("/compare", Filters.from_query("metric=killed&page=2&figure=f-e5"), shell.Screen())
        (button,) = [one for one in view_line(view) if getattr(one, "children", "") == "Watch this view"]
    address = getattr(button, "data-copy-address")
    assert address == "/counts/watch.atom?metric=killed&path=/compare"
    client = app.server.test_client()
    assert 'href="/counts/watch.atom?metric=killed&amp;path=/compare"' in client.get("/compare?metric=killed").get_data(as_text=True)
    read = feedparser.parse(client.get(address.removeprefix("/counts")).get_data())
    saved = feedparser.parse(client.get("/watch.atom?metric=killed&path=/counts/compare").get_data())
    assert [one.id for one in read.entries] == [one.id for one in saved.entries] and read.entries[0].link == f"{LINK}/compare?metric=killed"
