"""`alerts`: nothing is sent before a person said so, and what was decided can be read afterwards."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ingest.alerts.board import Act, Word, decide
from ingest.settings import load
from tests.object_store import object_store

REPORT = "publisher: watch\npublished: 2024-12-0{0}\n---\nOn {0} December 2024, {1} civilians were killed by an air strike in Northvale.\n"


@pytest.fixture
def held(data: Path, crosscount: Callable[..., Any], answer: Callable[..., Any], web: Any, begin_with: Any) -> dict[str, Any]:
    """One alert about a number above its source's history, and a channel to send it to."""

    def configure() -> None:
        (data / "settings.toml").write_text(f'[[alerts.channel]]\nkind = "slack"\nurl = "{web.base}/slack"\n', encoding="utf-8")

    def make() -> None:
        configure()
        for day in range(1, 7):
            assert crosscount("ingest", "-", given=REPORT.format(day, day)).exit_code == 0
        assert crosscount("publish").exit_code == 0
        assert "0 new alerts" in crosscount("alerts", "check").stderr
        assert crosscount("alerts").stdout == "Nothing is held.\n"
        crosscount("ingest", "-", given=REPORT.format(8, 41))
        crosscount("publish")
        assert "1 new alerts" in crosscount("alerts", "check").stderr

    begin_with("an alert held", make)
    configure()
    (alert,) = answer("alerts", "--json")
    return dict(alert)


def test_an_alert_is_listed_in_the_readers_language(held: dict[str, Any], crosscount: Callable[..., Any]) -> None:
    """With its identity, time and sentence."""
    assert held["text"] == "Valley Watch says 41 (Killed); before, it never said more than 6." and held["state"] == "held"
    assert held["id"] in crosscount("alerts").stdout
    assert "٤١" in crosscount("alerts", "--lang", "ar").stdout and "Jamais" not in crosscount("alerts", "--lang", "fr").stdout
    assert "jamais plus de 6 auparavant" in crosscount("alerts", "--lang", "fr").stdout


def test_a_released_alert_is_sent_and_a_failed_sending_is_tried_again(
    held: dict[str, Any], crosscount: Callable[..., Any], answer: Callable[..., Any], web: Any
) -> None:
    """While the channel refuses, exit code 10 and a sentence; the decision stands, and `send` gets it through once it is well."""
    web.at("/slack", {"status": 503})
    done = crosscount("alerts", "release", held["id"], "--by", "Amal")
    assert done.exit_code == 10 and "answered with HTTP 503" in done.stderr and "alerts send" in done.stderr
    web.at("/slack", {"status": 200})
    assert "1 messages sent" in crosscount("alerts", "send").stderr
    assert "0 messages sent" in crosscount("alerts", "send").stderr
    assert held["text"] in json.loads(web.asked[-1].body)["text"]
    (kept,) = answer("alerts", "--all", "--json")
    assert (kept["state"], kept["decided_by"]) == ("released", "Amal") and answer("alerts", "--json") == []


def test_what_is_released_is_in_the_feed_that_workers_elsewhere_have(
    held: dict[str, Any], crosscount: Callable[..., Any], web: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where snapshots are in an object store the feed goes there with the release, and waits for no publication."""
    web.at("/slack", {"status": 200})
    with object_store() as store:
        for name, value in {**store.keys, "CROSSCOUNT_PUBLISHED": store.address}.items():
            monkeypatch.setenv(name, value)
        assert crosscount("publish").exit_code == 0
        assert held["id"] not in "".join(store.read(name).decode() for name in store.names() if name.endswith(".atom"))
        assert crosscount("alerts", "release", held["id"], "--by", "Amal").exit_code == 0
        assert all(held["id"] in store.read(f"tiny/alerts-{language}.atom").decode() for language in ("en", "ar", "fr"))


def test_a_round_from_cron_sends_what_was_released_meanwhile(
    held: dict[str, Any], data: Path, crosscount: Callable[..., Any], web: Any
) -> None:
    """A person decides on a page; the next round, though no source is due, tells the channels."""
    web.at("/slack", {"status": 200})
    decide(load({"CROSSCOUNT_CRISIS": "tiny"}, data), held["id"], Act.RELEASE, Word("Amal", ""), datetime.now(UTC))
    assert web.asked == []
    assert crosscount("refresh", "--due").exit_code == 0
    assert [json.loads(one.body)["text"].endswith(held["text"]) for one in web.asked] == [True]


def test_a_dismissed_alert_is_sent_to_nobody(held: dict[str, Any], crosscount: Callable[..., Any], web: Any) -> None:
    """It stays in the list of all; a second decision, or one without a name, is refused."""
    assert crosscount("alerts", "dismiss", held["id"], "--by", " ").exit_code == 9
    assert crosscount("alerts", "dismiss", held["id"], "--by", "Amal", "--reason", "A typing error.").exit_code == 0
    done = crosscount("alerts", "release", held["id"], "--by", "Omar")
    assert done.exit_code == 9 and "was dismissed by Amal before" in done.stderr
    assert "0 messages sent" in crosscount("alerts", "send").stderr and web.asked == []
    assert "dismissed by Amal" in crosscount("alerts", "--all").stdout


def test_a_decision_can_be_taken_back(held: dict[str, Any], crosscount: Callable[..., Any], web: Any) -> None:
    """With a name; what was sent cannot be called back."""
    crosscount("alerts", "dismiss", held["id"], "--by", "Amal", "--reason", "Known.")
    assert crosscount("alerts", "undo", held["id"], "--by", " ").exit_code == 9
    assert crosscount("alerts", "undo", held["id"], "--by", "Omar").stdout == f"{held['id']} held\n"
    assert held["id"] in crosscount("alerts").stdout
    web.at("/slack", {"status": 200})
    assert crosscount("alerts", "release", held["id"], "--by", "Amal").exit_code == 0
    done = crosscount("alerts", "undo", held["id"], "--by", "Omar")
    assert done.exit_code == 9 and "what was sent cannot be called back" in done.stderr
