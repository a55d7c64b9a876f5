"""Alerts that wait, what was decided and where they went; whoever may rule decides, others read."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from dash import Dash, no_update
from dash.development.base_component import Component

from dashboard import query
from dashboard.app import PAGES, create_app
from dashboard.app.callbacks import places
from dashboard.pages import alerts
from dashboard.shell import Screen, desk
from dashboard.state import STANDINGS, Filters
from ingest.alerts.board import Act, Standing, Word
from ingest.errors import NotDelivered
from ingest.model.vocabulary import AlertRule, AlertState
from ingest.settings import Settings
from ingest.store import Ledger
from ingest.store.alerts import Alert, Alerts
from ingest.store.deliveries import Deliveries, Parcel

Read = Callable[[Any], str]
Parts = Callable[[Any, str], list[Component]]
NOW = datetime(2024, 12, 9, 12, tzinfo=UTC)
HERE = {"environ_base": {"REMOTE_ADDR": "127.0.0.1"}}


def _raised(pair: str) -> tuple[Alert, ...]:
    """One of each kind of thing that an alert is about."""
    told = {"source": "sohr", "other": "ohchr", "metric": "killed", "value": "8", "before": "5", "since": "1 December", "place": "Idlib"}
    view = {
        "watch": "north",
        "address": "/compare?place=SY07",
        **dict.fromkeys(("new", "changed", "removed", "withdrawn", "contradictions"), "1"),
    }
    return (
        Alert("syria-2024", AlertRule.HIGH_VALUE, "f-e5", told, NOW),
        Alert("syria-2024", AlertRule.CONTRADICTION, pair, told, NOW),
        Alert("syria-2024", AlertRule.SILENT_SOURCE, "reliefweb x", {**told, "source": "reliefweb"}, NOW),
        Alert("syria-2024", AlertRule.WATCHED_VIEW, "north x", view, NOW),
        Alert("elsewhere", AlertRule.SILENT_SOURCE, "y", told, NOW),
    )


@pytest.fixture
def raised(db: query.Snapshot) -> tuple[Alert, ...]:
    """The alerts of the ledger."""
    return _raised(str(query.disagreements(db, Filters(), 1)[0]["discrepancy_id"]))


@pytest.fixture
def kept(settings: Settings, tmp_path: Path, raised: tuple[Alert, ...]) -> Settings:
    """Settings with a ledger that holds the alerts; anybody who reaches the pages may decide."""
    made = replace(settings, review="on", database=f"sqlite:///{tmp_path / 'ledger.sqlite'}")
    with Ledger.open(made.database) as ledger:
        Alerts(ledger).hold(raised)
    return made


@pytest.fixture
def app(kept: Settings) -> Iterator[Dash]:
    """The app over them, answering a request from this machine."""
    opened = create_app(kept)
    with opened.server.test_request_context("/alerts", **HERE):
        yield opened


@pytest.mark.usefixtures("app")
def test_what_waits_is_shown_with_what_it_rests_on(read: Read, parts: Parts) -> None:
    """The sentence of each, the quote of a figure with its evidence one click away, both sides of a pair, the view that is watched."""
    tree = alerts.layout()
    said = read(tree)
    assert said.startswith("4 alerts wait for a person to look at") and "Above its own history" in said and "north" in said
    assert len(parts(tree, "Blockquote")) == 3
    links = [str(getattr(link, "href", "")) for link in parts(tree, "A")]
    assert "/alerts?figure=f-e5" in links and "/compare?place=SY07" in links and any("/pair?pair=" in link for link in links)
    assert "ReliefWeb has had nothing new" in said  # a connector by its title, an organisation by its name
    assert "Syrian Observatory for Human Rights says 8" in said


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize("lang", ["ar", "fr"])
def test_the_page_speaks_the_readers_language(read: Read, lang: str) -> None:
    """No text of ours is missing, in a list that is full and in one that is empty."""
    for standing in STANDINGS:
        said = read(alerts.layout(lang=lang, standing=standing))
        assert "alerts." not in said.replace("crosscount alerts", "") and "{" not in said and "Held" not in said
    assert tuple(Standing) == STANDINGS


def test_a_decision_is_kept_and_can_be_taken_back(app: Dash, kept: Settings, raised: tuple[Alert, ...], read: Read) -> None:
    """With a name; a dismissal with its reason; the number in the navigation follows; what is decided is in its own list."""
    one = raised[0].alert_id
    assert _waiting(app) == "4"
    for word, missing in ((Word(" ", "So."), "Your name"), (Word("Rana", " "), "Reason")):
        said, *rest = alerts.decided(one, Act.DISMISS, word, {})
        assert missing in said and rest == [no_update, no_update]
    said, listed, n = alerts.decided(one, Act.DISMISS, Word("Rana", "A misreading."), {})
    assert "Dismissed" in said and n == "3" == _waiting(app) and len(listed[0].children) == 3
    told = read(alerts.layout(standing="dismissed"))
    assert "Rana" in told and "A misreading." in told and "Take the decision back" in told
    refused = read(alerts.decided(one, Act.RELEASE, Word("Omar", ""), {})[0])
    assert "Rana\u2069 dismissed this alert before" in refused and "Nothing was changed" in refused
    assert "Taken back" in alerts.decided(one, Act.UNDO, Word("Omar", ""), {"query": "standing=dismissed"})[0] and _waiting(app) == "4"
    with Ledger.open(kept.database) as ledger:
        assert [decision.by for decision in Alerts(ledger).decisions()] == ["Rana", "Omar"]


def _waiting(app: Dash) -> str | None:
    alerts._counted.cache_clear()
    view = desk().look_at("/", Filters(), Screen())
    return next(place.waiting for place in places(PAGES, view) if place.address == "/alerts")


@pytest.mark.usefixtures("app")
def test_what_was_sent_says_where_and_cannot_be_called_back(kept: Settings, raised: tuple[Alert, ...], read: Read) -> None:
    """The channel, when, how often another refused it and why; no way to take it back."""
    with Ledger.open(kept.database) as ledger:
        book, sent = Alerts(ledger), Deliveries(ledger)
        book.decide(raised[0].alert_id, AlertState.RELEASED, "Rana", "", NOW)
        for channel in ("desk", "hook"):
            sent.claim(Parcel("alerts", raised[0].alert_id, channel), NOW)
        sent.took(Parcel("alerts", raised[0].alert_id, "desk"), NOW)
        sent.refused(Parcel("alerts", raised[0].alert_id, "hook"), NotDelivered("hook: its address answered with HTTP 503."), NOW)
    told = read(alerts.layout(standing="sent"))
    assert "Sent to" in told and "desk" in told and "1 try failed" in told and "HTTP 503" in told and "Take the decision back" not in told
    assert "hook\u2069\u00a0: son adresse a répondu HTTP" in read(alerts.layout(standing="sent", lang="fr"))
    assert "No released alert waits to be sent." in read(alerts.layout(standing="released"))
    refused = read(alerts.decided(raised[0].alert_id, Act.UNDO, Word("Omar", ""), {"query": "lang=fr"})[0])
    assert "ce qui est envoyé ne se reprend pas" in refused and "desk" in refused and "Rien n’a changé" in refused


CLOSED = [
    ("off", {}, "switched off on this server"),
    ("local", {"environ_base": {"REMOTE_ADDR": "192.0.2.7"}}, "only whoever sits at its own machine"),
    ("on", {"headers": {"Origin": "http://evil.example"}}, "another site’s page"),
]


@pytest.mark.parametrize("closed", CLOSED, ids=lambda case: case[2])
def test_who_may_not_rule_reads(kept: Settings, raised: tuple[Alert, ...], read: Read, parts: Parts, closed: Any) -> None:
    """The alerts and why nothing can be decided, no button, no number in the navigation; a request all the same changes nothing."""
    setting, request, why = closed
    app = create_app(replace(kept, review=setting))
    with app.server.test_request_context("/alerts", **{**HERE, **request}):
        tree = alerts.layout()
        assert why in read(tree) and "Above its own history" in read(tree) and parts(tree, "Button") == []
        assert _waiting(app) is None
        said, *rest = alerts.decided(raised[0].alert_id, Act.RELEASE, Word("Rana", ""), {})
        assert why in said and rest == [no_update, no_update]
    with Ledger.open(kept.database) as ledger:
        assert Alerts(ledger).held("syria-2024") == 4


def test_without_a_ledger_there_is_a_sentence(settings: Settings, tmp_path: Path, read: Read) -> None:
    """And none is made by asking."""
    nowhere = tmp_path / "none.sqlite"
    with create_app(replace(settings, review="on", database=f"sqlite:///{nowhere}")).server.test_request_context("/alerts", **HERE):
        said = read(alerts.layout())
    assert "without a ledger" in said and "No alert is held." in said and not nowhere.exists()


@pytest.mark.usefixtures("app")
def test_an_alert_whose_figure_is_gone_says_so(kept: Settings, read: Read) -> None:
    """As when somebody rejected it since."""
    with Ledger.open(kept.database) as ledger:
        Alerts(ledger).hold([Alert("syria-2024", AlertRule.FALLING_TOTAL, "f-gone", {"source": "sohr", "value": "1"}, NOW)])
    assert "no longer in what is published" in read(alerts.layout())
