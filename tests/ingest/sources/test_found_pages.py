"""Pages that are listed by hand, and pages that GDELT finds."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from ingest.errors import SettingsError, SourceUnavailable
from ingest.sources import gdelt, pages

JSON = {"Content-Type": "application/json"}


def test_addresses_may_stand_in_a_file(web: Any, ask: Any, tmp_path: Path) -> None:
    """Remarks are no addresses."""
    options = web.serve_example("pages")["options"]
    (tmp_path / "list.txt").write_text(f"# reports\n{web.base}/report-8 # the second\n\n")
    table = {**options["lists"][0], "addresses": [], "file": str(tmp_path / "list.txt")}
    (document,) = pages.fetch(ask(options={"lists": [table]}))
    assert document.published_at == datetime(2024, 11, 29, 5, tzinfo=UTC)


def test_a_list_of_which_nothing_can_be_read_is_an_error(web: Any, ask: Any, tmp_path: Path) -> None:
    """The other lists are read; a missing file and a misspelt key are told before anything is asked."""
    options = web.serve_example("pages")["options"]
    gone = {"publisher": "other", "addresses": [web.base + "/gone"]}
    read = []
    with pytest.raises(SourceUnavailable, match="None of the 1 reports offered by other"):
        read.extend(pages.fetch(ask(options={"lists": [gone, *options["lists"]]})))
    assert len(read) == 2
    with pytest.raises(SettingsError, match="cannot be read"):
        list(pages.fetch(ask(options={"lists": [{"publisher": "x", "file": str(tmp_path / "none.txt")}]})))
    with pytest.raises(SettingsError, match="unknown key 'urls'"):
        list(pages.fetch(ask(options={"lists": [{"publisher": "x", "urls": []}]})))
    with pytest.raises(SettingsError, match="has no 'publisher'"):
        list(pages.fetch(ask(options={"lists": [{}]})))


def test_a_listed_page_is_asked_again_after_a_part_of_its_age(web: Any, ask: Any, make_client: Any, memory: Any, fake_time: Any) -> None:
    """An eighth: what was read meanwhile comes from the archive; a change that came meanwhile is seen then; gone is told at once."""
    options = web.serve_example("pages")["options"]
    request = replace(ask(options=options), client=make_client(memory=memory))
    first = {document.url: document.text for document in pages.fetch(request)}
    asked = len(web.paths())
    fake_time.passed += 3600
    assert {document.url: document.text for document in pages.fetch(request)} == first
    assert len(web.paths()) == asked == 2
    page = web.reply_of("/report-8")
    web.at("/report-8", {"body": page.body.replace(b"killed", b"hurt"), "headers": page.headers})
    fake_time.passed += 24 * 3600
    assert {document.url: document.text for document in pages.fetch(request)} != first
    assert len(web.paths()) == 4
    vanished: list[str] = []
    web.at("/report-8", {"status": 404, "body": b"gone"})
    fake_time.passed += 24 * 3600
    assert len(list(pages.fetch(replace(request, vanished=vanished.append)))) == 1
    assert vanished == [web.base + "/report-8"]


def test_gdelt_is_asked_once_for_a_time_it_remembers(web: Any, ask: Any) -> None:
    """Its own three months bound the question; articles of outlets nobody named are counted, not read."""
    options = web.serve_example("gdelt")["options"]
    list(gdelt.fetch(ask(options=options, since=datetime(2024, 1, 1, tzinfo=UTC))))
    (question,) = [path for path in web.paths() if path.startswith("/api/")]
    query = parse_qs(urlsplit(question).query)
    assert query["startdatetime"] == ["20240903120000"]
    assert query["enddatetime"] == ["20241202120000"]
    assert any("1 articles are of outlets that the crisis file does not name" in told for told in ask.told)


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        ({"body": b"Please limit requests to one every 5 seconds or contact us.", "headers": JSON}, "the text “Please limit requests"),
        ({"status": 429, "body": b"Please limit requests to one every 5 seconds."}, "HTTP 429: Please limit requests"),
        ({"body": b"<html><body>Your query was too short</body></html>"}, "where JSON was due"),
        ({"body": b'{"results": []}', "headers": JSON}, "without a list `articles`"),
        ({"body": b'{"articles": [{"link": "x"}]}', "headers": JSON}, "without a list `articles` with a `url` each"),
        ({"body": b'{"articles": [', "headers": JSON}, "is not valid JSON"),
    ],
)
def test_gdelt_in_bad_moods(web: Any, ask: Any, reply: dict[str, Any], told: str) -> None:
    """A sentence where its list was due, at whatever status, is told and is never “nothing found”."""
    options = web.serve_example("gdelt")["options"]
    web.at("/api/v2/doc/doc", reply)
    with pytest.raises(SourceUnavailable, match=told):
        list(gdelt.fetch(ask(options=options)))


def test_gdelt_may_find_nothing(web: Any, ask: Any) -> None:
    """No hit is an empty object."""
    options = web.serve_example("gdelt")["options"]
    web.at("/api/v2/doc/doc", {"body": b"{}", "headers": JSON})
    assert list(gdelt.fetch(ask(options=options))) == []
    with pytest.raises(SettingsError, match="names no `outlets`"):
        list(gdelt.fetch(ask(options={"query": "x"})))
    with pytest.raises(SettingsError, match="unknown key 'outlet'"):
        list(gdelt.fetch(ask(options={"outlet": {}})))
