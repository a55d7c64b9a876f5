"""`digest` shows what changed and sends only when told to; `watch` keeps views under a name."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ingest.model import snapshot as layout

REPORT = "publisher: watch\npublished: 2024-12-0{0}\n---\nOn {0} December 2024, {1} civilians were killed by an air strike in Northvale.\n"
SETTINGS = """[alerts]
link = "https://counts.example.org"
without_asking = ["watched_view"]
[[alerts.channel]]
kind = "slack"
url = "{0}/slack"
alerts = false
[[alerts.digest]]
name = "morning"
channel = "slack"
language = "fr"
"""


@pytest.fixture
def published(data: Path, crosscount: Callable[..., Any], web: Any, begin_with: Any) -> Callable[..., None]:
    """Takes a report of a day, publishes, and looks for alerts; a channel and a digest are set up."""
    web.at("/slack", {"status": 200})

    def configure() -> None:
        (data / "settings.toml").write_text(SETTINGS.format(web.base), encoding="utf-8")

    def publish(day: int, value: int) -> None:
        for words in (("ingest", "-"), ("publish",), ("alerts", "check")):
            assert crosscount(*words, given=REPORT.format(day, value)).exit_code == 0

    def bring(day: int, value: int) -> None:
        if (data / "ledger.sqlite").exists():
            publish(day, value)
        else:
            begin_with(f"{value} on day {day}", lambda: publish(day, value))
            configure()

    configure()
    return bring


def test_a_digest_is_shown_and_sent_only_when_told_to(published: Any, crosscount: Callable[..., Any], web: Any, tmp_path: Path) -> None:
    """On the terminal, in a file as a page; `--send` sends it once, however often it is said."""
    assert "Nothing is published yet" in crosscount("digest").stderr
    published(1, 17)
    shown = crosscount("digest", "--lang", "ar").stdout
    assert "رقم جديد واحد" in shown and "17" in shown and "https://counts.example.org/figures?figure=" in shown
    assert "1 chiffre nouveau" in crosscount("digest", "morning").stdout
    assert "Nothing changed" in crosscount("digest", "--view", "/compare?place=XX99").stdout
    assert "Nothing changed" in crosscount("digest", "--since", "2100-01-01").stdout
    page = tmp_path / "digest.html"
    assert crosscount("digest", "--out", page).exit_code == 0 and page.read_text("utf-8").startswith("<!doctype html>")
    assert web.asked == []
    assert "went to slack" in crosscount("digest", "--send").stderr and "Nothing is due" in crosscount("digest", "--send").stderr
    assert len(web.asked) == 1 and "chiffre nouveau" in web.asked[0].body.decode("unicode_escape")
    assert "Rien n’a changé" in crosscount("digest", "morning").stdout


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("digest", "evening"), 3, "known: morning"),
        (("digest", "--view", "/nowhere"), 3, "is no page of the app"),
        (("digest", "--send", "--lang", "ar"), 2, "as settings.toml says"),
        (("watch", "add", "north", "/nowhere"), 3, "is no page of the app"),
        (("watch", "add", "north", "/compare", "--to", "desk"), 3, "no channel 'desk'"),
        (("watch", "add", " ", "/compare"), 9, "needs a name"),
        (("watch", "remove", "north"), 9, "No view is watched as 'north'"),
    ],
)
def test_what_is_not_understood_is_a_sentence(published: Any, crosscount: Any, words: tuple[str, ...], code: int, says: str) -> None:
    """What, where, and what to do."""
    done = crosscount(*words)
    assert done.exit_code == code and says in done.stderr.replace("\n", " ")


def test_a_channel_that_refuses_a_digest_is_told(published: Any, crosscount: Callable[..., Any], web: Any) -> None:
    """Exit code 10, and the next try gets it through."""
    published(1, 17)
    web.at("/slack", {"status": 503})
    done = crosscount("digest", "--send")
    assert done.exit_code == 10 and "HTTP 503" in done.stderr and "digest --send" in done.stderr
    web.at("/slack", {"status": 200})
    assert "went to slack" in crosscount("digest", "--send").stderr


def test_a_view_is_watched_under_a_name(published: Any, crosscount: Callable[..., Any], answer: Callable[..., Any], web: Any) -> None:
    """What is there is no news; what changes in it goes to its channels; removed, it is watched no longer."""
    published(1, 17)
    added = crosscount("watch", "add", "north", "http://127.0.0.1:8050/compare?place=XX01&figure=f1", "--to", "slack")
    assert added.stdout == "north: /compare?place=XX01\n"
    assert crosscount("watch", "add", "north", "/figures").exit_code == 9
    (kept,) = answer("watch", "list", "--json")
    assert (kept["name"], kept["address"], kept["channels"]) == ("north", "/compare?place=XX01", ["slack"])
    published(2, 19)
    assert "“north” changed. New: 1;" in crosscount("alerts", "--all").stdout
    assert "1 messages sent" in crosscount("alerts", "send").stderr and "place=XX01" in web.asked[-1].body.decode()
    assert crosscount("watch", "remove", "north").exit_code == 0 and crosscount("watch", "list").stdout == "No view is watched.\n"


def test_a_snapshot_knows_when_news_was_published(published: Any, crosscount: Callable[..., Any], data: Path) -> None:
    """Each publication that brought something, in order; one that brought nothing is none of them."""
    published(1, 17)
    published(2, 19)
    crosscount("publish")
    manifest = layout.manifest(layout.current(data / "published" / "tiny") or data)
    first, second = manifest.history
    assert first < second <= manifest.created_at
