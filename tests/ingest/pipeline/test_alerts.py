"""What is worth a look is found once, held for a person, and sent once to each channel, over real SMTP and HTTP on this machine."""

import json
import socket
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import feedparser
import pytest

from ingest.alerts.finding import Moment, in_sources
from ingest.alerts.telling import Telling
from ingest.alerts.wording import LANGUAGES, sentence, title
from ingest.errors import AlertRefused, NotDelivered, SettingsError
from ingest.model.records import SourceInfo
from ingest.model.vocabulary import AlertRule, AlertState, SourceKind
from ingest.pipeline.assembly import Pipeline
from ingest.pipeline.watching import Watch
from ingest.store import Run, SourceState
from ingest.store.alerts import Alert
from ingest.store.deliveries import Deliveries, Parcel

NOW = datetime(2024, 12, 5, 12, tzinfo=UTC)
Make = Callable[..., Any]
DEATHS = "On {0} December 2024, {1} civilians were killed by an air strike in Northvale, Valley Watch said."


@pytest.fixture
def told(pipeline: Pipeline, report: Make, clock: Any) -> Callable[..., None]:
    """Takes reports of these texts, an hour later each, and publishes."""

    def tell(*texts: str) -> None:
        with pipeline.intake.run("ingest", "fake") as run:
            for text in texts:
                clock.forward(hours=1)
                pipeline.intake.take(report(text), run)
        clock.forward(minutes=1)
        pipeline.publish()

    return tell


def test_a_value_above_its_own_history_is_found_once(pipeline: Pipeline, told: Callable[..., None]) -> None:
    """What was there at the first look is no news; then only what is more than that voice ever said, and only once."""
    watch = Watch.of(pipeline)
    told(*(DEATHS.format(day, 3 + day) for day in range(1, 7)))
    assert watch.look() == ()
    told(DEATHS.format(7, 8))
    assert watch.look() == ()
    told(DEATHS.format(8, 41))
    found = watch.look()
    assert [(one.rule, one.told["source"], one.told["value"], one.told["before"]) for one in found] == [
        (AlertRule.HIGH_VALUE, "watch", "41", "9")
    ]
    told(DEATHS.format(9, 5))
    assert watch.look() == () and watch.alerts.all() == found


def test_words_that_say_more_than_a_number_are_told_as_they_are(pipeline: Pipeline, told: Callable[..., None]) -> None:
    """“At least 41” is not 41, in a value above its history as in a contradiction."""
    watch = Watch.of(pipeline)
    told(*(DEATHS.format(day, 3 + day) for day in range(1, 7)))
    watch.look()
    told(DEATHS.format(8, "at least 41"))
    assert [one.told["value"] for one in watch.look()] == ["at least 41"]
    strike = "{1} said that {0} civilians were killed by an air strike on Northvale on 3 December 2024."
    told(strike.format("at least 41", "The Northvale Council"), strike.format(12, "The Vale Hospital"))
    found = [one for one in watch.look() if one.rule is AlertRule.CONTRADICTION]
    assert {one.told[which] for one in found for which in ("value", "before")} == {"6", "12", "at least 41"}


def test_a_running_total_that_falls_is_found(pipeline: Pipeline, told: Callable[..., None]) -> None:
    """The later total is smaller than the one before it."""
    watch = Watch.of(pipeline)
    told("Valley Watch said on 2 December 2024 that 120 civilians had been killed in Northvale since 27 November 2024.")
    watch.look()
    told("Valley Watch said on 4 December 2024 that 95 civilians had been killed in Northvale since 27 November 2024.")
    assert [(one.rule, one.told["value"], one.told["before"]) for one in watch.look()] == [(AlertRule.FALLING_TOTAL, "95", "120")]
    assert watch.look() == ()


def test_a_running_total_that_rises_is_no_alert(pipeline: Pipeline, told: Callable[..., None]) -> None:
    """Neither a fall nor above its history: it rises by nature, and each one is more than all before it."""
    watch = Watch.of(pipeline)
    total = "Valley Watch said on {0} December 2024 that {1} civilians had been killed in Northvale since 27 November 2024."
    told(*(total.format(day, 100 + day) for day in range(1, 7)))
    watch.look()
    told(total.format(8, 190))
    assert watch.look() == ()


def test_a_new_strong_contradiction_is_found(pipeline: Pipeline, told: Callable[..., None]) -> None:
    """Two voices about one strike whose numbers cannot both be right; both numbers and the place are told."""
    watch = Watch.of(pipeline)
    strike = "{1} said that {0} civilians were killed by an air strike on Northvale on 3 December 2024."
    told(strike.format(12, "Valley Watch"))
    watch.look()
    told(strike.format(31, "The Vale Hospital"))
    found = [one for one in watch.look() if one.rule is AlertRule.CONTRADICTION]
    assert [{one.told["value"], one.told["before"]} for one in found] == [{"12", "31"}] and found[0].told["place"] == "Northvale"
    assert watch.look() == ()


def test_numbers_that_agree_are_no_alert(pipeline: Pipeline, told: Callable[..., None]) -> None:
    """Two voices with the same number about one strike, and one with a range around it."""
    watch = Watch.of(pipeline)
    strike = "{1} said that {0} civilians were killed by an air strike on Northvale on 3 December 2024."
    told(strike.format(12, "Valley Watch"))
    watch.look()
    told(strike.format(12, "The Vale Hospital"), strike.format("at least 10", "The Northvale Council"))
    assert watch.look() == ()


INFO = SourceInfo("one", "One", "watch", SourceKind.MONITOR, "", ("en",), "", "", 6, "", "Invented.", (5, 99))


def _run(hours: float, **said: Any) -> Run:
    when = NOW - timedelta(hours=hours)
    return Run(f"r{hours}", "refresh", "one", when, when, said.pop("outcome", "ok"), **said)


def _asked(*some: Run, days: int = 13) -> list[Run]:
    """These runs and one a day that brought nothing, the newest first."""
    daily = (_run(24 * day, fetched=1, unchanged=1, known=1) for day in range(1, days))
    return sorted([*some, *daily], key=lambda run: run.started_at, reverse=True)


@pytest.mark.parametrize(
    ("changed", "runs", "rules"),
    [
        (6, [_run(1, fetched=3, unchanged=3, known=9)], set()),
        (19, [_run(1, fetched=3, unchanged=3, known=9)], {"silent_source"}),
        (6, [_run(1, fetched=3, unchanged=0)], {"changed_shape"}),
        (6, [_run(1, fetched=3, unchanged=0, known=9)], set()),
        (6, [_run(1, outcome="failed"), _run(2, fetched=3, known=2)], set()),
        (6, _asked(_run(1, fetched=1, documents_new=4)), {"low_volume"}),
        (6, _asked(_run(1, fetched=1, documents_new=5)), set()),
        (6, _asked(_run(1, fetched=1, documents_new=4), days=5), set()),  # asked for less than a week
        (6, [_run(1, fetched=1, documents_new=4), _run(24 * 4, known=1), _run(24 * 8, known=1)], set()),  # the program did not run
        (None, [], set()),
    ],
)
def test_what_is_wrong_with_a_source(changed: float | None, runs: list[Run], rules: set[str]) -> None:
    """Silent for three cadences; answers without a report in them; fewer than expected, once it was asked all week; else nothing."""
    state = SourceState("one", NOW, NOW, changed_at=None if changed is None else NOW - timedelta(hours=changed))
    found = list(in_sources([INFO], {"one": state}, runs, Moment("tiny", NOW, NOW)))
    assert {one.rule.value for one in found} == rules


@pytest.mark.parametrize("before", [timedelta(hours=1), timedelta(days=2)])
def test_too_few_reports_are_told_when_it_begins(before: timedelta) -> None:
    """Not again while it stays so, and again after a week that was well; two looks at once find the same alert."""
    state, enough = SourceState("one", NOW, NOW, changed_at=NOW), _run(24 * 7 + 0.5, fetched=1, documents_new=9)
    runs = _asked(_run(1, fetched=1, documents_new=2), enough)
    since = Moment("tiny", NOW, NOW, NOW - before)
    first, again = (list(in_sources([INFO], {"one": state}, runs, since)) for _ in range(2))
    assert [one.rule for one in first] == [AlertRule.LOW_VOLUME] and [one.alert_id for one in first] == [one.alert_id for one in again]
    later = Moment("tiny", NOW, NOW + timedelta(hours=12), NOW)
    assert list(in_sources([INFO], {"one": state}, runs, later)) == []


def test_one_silence_and_one_change_of_shape_are_one_alert() -> None:
    """However often and however much later they are found."""
    state = SourceState("one", NOW, NOW, changed_at=NOW - timedelta(hours=30))
    for runs in ([_run(1, fetched=3, unchanged=3, known=9)], [_run(1, fetched=3)]):
        looks = (Moment("tiny", NOW, NOW + timedelta(hours=later)) for later in (0, 1, 50))
        found = [list(in_sources([INFO], {"one": state}, runs, look)) for look in looks]
        assert len({tuple(one.alert_id for one in each) for each in found}) == 1 and found[0]


def _alert(rule: AlertRule = AlertRule.SILENT_SOURCE, subject: str = "one") -> Alert:
    told = {
        "source": "watch",
        "other": "herald",
        "since": "2024-12-01 09:00 UTC",
        "metric": "killed",
        "value": "9",
        "before": "4",
        "answers": "3",
        **{"watch": "north", "address": "/compare?place=XX01", "to": "desk"},
        **dict.fromkeys(("new", "changed", "removed", "withdrawn", "contradictions"), "1"),
    }
    return Alert("tiny", rule, subject, told, NOW)


@pytest.mark.parametrize("rule", AlertRule)
def test_every_rule_has_its_sentence_in_every_language(rule: AlertRule) -> None:
    """With names in place of identities, and never the same sentence twice."""
    names = {"watch": "Valley Watch", "herald": "Vale Herald"}
    said = {sentence(_alert(rule), language, names) for language in LANGUAGES}
    assert len(said) == len({title(_alert(rule), language) for language in LANGUAGES}) == len(LANGUAGES)
    named = "north" if rule is AlertRule.WATCHED_VIEW else "Valley Watch"
    assert all(named in one and "{" not in one for one in said)


def test_an_alert_has_the_digits_days_and_places_of_its_language() -> None:
    """Numbers with their thousands, a day in words; a word of the source is quoted, and a place without a name here keeps its own."""
    told = {"source": "watch", "other": "herald", "metric": "killed", "value": "1204", "before": "dozens", "day": "2024-12-01"}
    alert = Alert("tiny", AlertRule.CONTRADICTION, "pair", {**told, "place": "Northport", "place_ar": "ميناء الشمال"}, NOW)
    arabic, french = (sentence(alert, language, {}) for language in ("ar", "fr"))
    assert "١٬٢٠٤" in arabic and "«dozens»" in arabic and "ميناء الشمال، ١ كانون الأول/ديسمبر ٢٠٢٤" in arabic
    assert "«\u202fdozens\u202f»" in french and "Northport, 1er décembre 2024" in french
    assert "منذ ١ كانون الأول/ديسمبر ٢٠٢٤، ٠٩:٠٠ UTC" in sentence(_alert(), "ar", {})


def test_a_decision_stays_and_has_a_name(pipeline: Pipeline, clock: Any) -> None:
    """Held, then released or dismissed once; the same alert found again changes nothing."""
    book = Watch.of(pipeline).alerts
    one, two = _alert(), _alert(subject="two")
    assert book.hold([one, two, one]) == (one, two)
    book.decide(one.alert_id, AlertState.DISMISSED, "Amal", "Known.", clock())
    assert book.hold([one]) == () and book.all(AlertState.HELD) == (two,)
    with pytest.raises(AlertRefused, match="was dismissed by Amal before"):
        book.decide(one.alert_id, AlertState.RELEASED, "Omar", "", clock())
    with pytest.raises(AlertRefused, match="There is no alert 'a0'"):
        book.decide("a0", AlertState.RELEASED, "Omar", "", clock())


def test_a_decision_is_taken_back_and_remembered(pipeline: Pipeline, web: Any, clock: Any) -> None:
    """A dismissal, or a release that nobody has got; what was sent cannot be called back, and every decision is kept."""
    watch = _watch(pipeline, {"kind": "slack", "url": web.at("/slack", {"status": 200})})
    book, alert = watch.alerts, _alert()
    book.hold([alert])
    for state in (AlertState.DISMISSED, AlertState.RELEASED):
        book.decide(alert.alert_id, state, "Amal", "Why.", clock())
        book.undo(alert.alert_id, "Omar", "Wrong one.", clock())
        assert book.all(AlertState.HELD) == (alert,)
    with pytest.raises(AlertRefused, match="no decision"):
        book.undo(alert.alert_id, "Omar", "", clock())
    assert watch.tell() == (0, [])
    book.decide(alert.alert_id, AlertState.RELEASED, "Amal", "", clock())
    assert watch.tell() == (1, [])
    with pytest.raises(AlertRefused, match="went to slack; what was sent cannot be called back"):
        book.undo(alert.alert_id, "Omar", "", clock())
    assert [(one.state, one.by) for one in book.decisions()] == [
        *(("dismissed", "Amal"), ("held", "Omar"), ("released", "Amal"), ("held", "Omar"), ("released", "Amal")),
    ]


def test_of_two_programs_one_sends(pipeline: Pipeline, clock: Any) -> None:
    """Who claims a parcel first has it until the channel answered, or until five minutes went by without a word."""
    book, parcel = Deliveries(pipeline.intake.ledger), Parcel("alerts", "a1", "desk")
    assert book.claim(parcel, clock()) and not book.claim(parcel, clock())
    clock.forward(minutes=6)
    assert book.claim(parcel, clock()) and not book.claim(parcel, clock())
    book.refused(parcel, NotDelivered("Not now."), clock())
    assert book.claim(parcel, clock())
    book.took(parcel, clock())
    clock.forward(days=1)
    assert not book.claim(parcel, clock())
    (kept,) = book.of("alerts")
    assert (kept.failures, kept.message, kept.sent_at) == (1, "", clock() - timedelta(days=1))


def test_a_channel_that_refused_is_left_in_peace_for_a_while(pipeline: Pipeline, web: Any, clock: Any) -> None:
    """By a program that sends on its own; a person who asks for it is obeyed at once."""
    watch = _watch(pipeline, {"kind": "slack", "url": web.at("/slack", {"status": 503})})
    watch.alerts.hold([_alert()])
    watch.alerts.decide(_alert().alert_id, AlertState.RELEASED, "Amal", "", clock())
    assert len(watch.tell(patient=True)[1]) == 1 and watch.tell(patient=True) == (0, []) and len(watch.tell()[1]) == 1
    web.at("/slack", {"status": 200})
    clock.forward(minutes=6)
    assert watch.tell(patient=True) == (1, [])


def _watch(pipeline: Pipeline, *channels: dict[str, Any], **said: Any) -> Watch:
    table = {"channel": list(channels), "link": "https://counts.example.org/", **said}
    return Watch.of(replace(pipeline, settings=replace(pipeline.settings, alerts=table)))


def _mail(mailbox: Any) -> dict[str, Any]:
    address = {"server": "127.0.0.1", "port": mailbox.port, "security": "none"}
    return {"name": "desk", "kind": "email", **address, "sender": "counts@example.org", "to": ["desk@example.org"]}


def test_only_what_is_released_is_sent_and_only_once(pipeline: Pipeline, mailbox: Any, clock: Any) -> None:
    """Held alerts stay here; a released one is one e-mail in the reader's language; sending again sends nothing."""
    watch = _watch(pipeline, _mail(mailbox), language="ar")
    alert = _alert()
    watch.alerts.hold([alert, _alert(subject="held")])
    assert watch.tell() == (0, [])
    watch.alerts.decide(alert.alert_id, AlertState.RELEASED, "Amal", "", clock())
    assert watch.tell() == (1, []) and watch.tell() == (0, [])
    (mail,) = mailbox.got
    assert mail["To"] == "desk@example.org" and "مصدر صمت" in mail["Subject"]
    assert "لا جديد لدى مرصد الوادي" in mail.get_content() and "https://counts.example.org/" in mail.get_content()


def test_a_channel_that_is_down_is_tried_again_and_stops_no_other(pipeline: Pipeline, mailbox: Any, web: Any, clock: Any) -> None:
    """The refusal is a sentence; the webhook gets its message meanwhile; when the server is well again, the e-mail goes out."""
    mailbox.refuses = True
    hook = {"name": "hook", "kind": "webhook", "url": web.at("/hook", {"status": 200})}
    watch = _watch(pipeline, _mail(mailbox), hook)
    watch.alerts.hold([_alert()])
    watch.alerts.decide(_alert().alert_id, AlertState.RELEASED, "Amal", "", clock())
    sent, failures = watch.tell()
    assert sent == 1 and [str(one).partition(" (")[0] for one in failures] == [f"desk: 127.0.0.1:{mailbox.port} did not take the e-mail"]
    mailbox.refuses = False
    assert watch.tell() == (1, []) and len(mailbox.got) == len(web.asked) == 1


def test_programs_slack_and_teams_get_their_shape(pipeline: Pipeline, web: Any, clock: Any) -> None:
    """A program gets every language and value; Slack a text without markup; Teams a card; nothing is followed elsewhere."""
    kinds = ("webhook", "slack", "teams")
    watch = _watch(pipeline, *({"kind": kind, "url": web.at(f"/{kind}", {"status": 200})} for kind in kinds))
    alert = replace(_alert(AlertRule.HIGH_VALUE), told={**_alert().told, "source": "<b>watch</b>"})
    watch.alerts.hold([alert])
    watch.alerts.decide(alert.alert_id, AlertState.RELEASED, "Amal", "", clock())
    assert watch.tell() == (3, [])
    got = {one.path.strip("/"): json.loads(one.body) for one in web.asked}
    assert set(got["webhook"]["text"]) == set(LANGUAGES) and got["webhook"]["told"]["value"] == "9"
    assert got["slack"]["text"].startswith("Above its own history: &lt;b&gt;watch&lt;/b&gt; says 9")
    card = got["teams"]["attachments"][0]["content"]
    assert card["type"] == "AdaptiveCard" and "says 9" in card["body"][1]["inlines"][0]["text"]
    moved = _watch(pipeline, {"kind": "slack", "name": "moved", "url": web.at("/old", {"status": 302, "headers": {"Location": "/slack"}})})
    assert str(moved.tell()[1][0]) == "moved: its address answered with HTTP 302."


def test_what_is_sent_twice_after_a_crash_has_the_same_mark(pipeline: Pipeline, mailbox: Any, web: Any, clock: Any) -> None:
    """The program died between the channel's answer and the note of it; each channel and each alert has a mark of its own."""
    hooks = [{"name": name, "kind": "webhook", "url": web.at("/hook", {"status": 200})} for name in ("hook", "غرفة العمليات")]
    watch = _watch(pipeline, _mail(mailbox), *hooks)
    watch.alerts.hold([_alert(), _alert(subject="another")])
    for one in watch.alerts.all():
        watch.alerts.decide(one.alert_id, AlertState.RELEASED, "Amal", "", clock())
    assert watch.tell() == (6, [])
    for channel in watch.telling.channels:
        for one in watch.alerts.all():
            channel.send(watch.message(one).notice())
    for marks in ([one.headers["idempotency-key"] for one in web.asked], [mail["Message-ID"] for mail in mailbox.got]):
        assert len(set(marks)) * 2 == len(marks) and all(mark.isascii() and " " not in mark for mark in marks)
    assert len(web.asked) == 8 and len(mailbox.got) == 4


def test_slack_and_teams_say_that_a_message_is_sent_again(pipeline: Pipeline, web: Any, clock: Any) -> None:
    """Where the program died before it noted what came of it, and where it never did, no word of it; a program gets the same twice."""
    kinds = ("webhook", "slack", "teams")
    watch = _watch(pipeline, *({"kind": kind, "url": web.at(f"/{kind}", {"status": 200})} for kind in kinds), language="fr")
    watch.alerts.hold([_alert(), _alert(subject="another")])
    died, fresh = watch.alerts.all()
    watch.alerts.decide(died.alert_id, AlertState.RELEASED, "Amal", "", clock())
    for kind in kinds:
        Deliveries(pipeline.intake.ledger).claim(Parcel("alerts", died.alert_id, kind), clock())
    assert watch.tell() == (0, [])
    clock.forward(minutes=6)
    watch.alerts.decide(fresh.alert_id, AlertState.RELEASED, "Amal", "", clock())
    assert watch.tell() == (6, [])
    saying = [(one.path.strip("/"), "Envoyé de nouveau" in json.dumps(json.loads(one.body), ensure_ascii=False)) for one in web.asked]
    assert sorted(saying) == [("slack", False), ("slack", True), ("teams", False), ("teams", True), ("webhook", False), ("webhook", False)]


def test_a_channel_that_hangs_up_may_have_the_message(pipeline: Pipeline, web: Any, clock: Any) -> None:
    """It is not told so at once again, nor called back; a while later it comes, saying that it comes again."""
    watch = _watch(pipeline, {"kind": "slack", "url": web.at("/slack", {"status": 200})})
    web.instead = lambda handler, _: handler.connection.shutdown(socket.SHUT_RDWR)
    watch.alerts.hold([_alert()])
    watch.alerts.decide(_alert().alert_id, AlertState.RELEASED, "Amal", "", clock())
    assert len(watch.tell()[1]) == 1 and watch.tell() == (0, [])
    with pytest.raises(AlertRefused, match="cannot be called back"):
        watch.alerts.undo(_alert().alert_id, "Amal", "", clock())
    web.instead = None
    clock.forward(minutes=6)
    assert watch.tell() == (1, []) and json.loads(web.asked[-1].body)["text"].startswith("Sent again")


def test_a_rule_may_be_told_without_asking(pipeline: Pipeline, told: Callable[..., None]) -> None:
    """Where the settings say so, and only for that rule."""
    watch = _watch(pipeline, without_asking=["high_value"])
    told(*(DEATHS.format(day, 3 + day) for day in range(1, 7)))
    watch.look()
    told(DEATHS.format(8, 41))
    assert [(one.state, one.decided_by) for one in watch.look()] == [(AlertState.RELEASED, "settings.toml")]


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ({"langage": "en"}, "takes `language`"),
        ({"without_asking": ["everything"]}, "takes `language`"),
        ({"channel": [{"kind": "pigeon", "url": "x"}]}, "says 'pigeon'"),
        ({"channel": [{"kind": "slack"}]}, "lacks 'url'"),
        ({"channel": [{"kind": "email", "server": "s", "sender": "a", "to": "b", "security": "maybe"}]}, "not understood"),
        ({"channel": [{"kind": "slack", "url": "x"}, {"kind": "slack", "url": "y"}]}, "Two channels"),
        ({"channel": [{"kind": "feed", "name": "../x"}]}, "needs a `name`"),
        ({"digest": [{"channel": "nobody"}]}, "no channel 'nobody'"),
        ({"digest": [{"hour": 24}]}, "takes `name`"),
        ({"digest": [{"zone": "Nowhere/Land"}]}, "takes `name`"),
        ({"digest": [{"every": "hour"}]}, "takes `name`"),
        ({"digest": [{}, {}]}, "Two digests"),
    ],
)
def test_settings_that_are_not_understood_are_a_sentence(table: dict[str, Any], says: str, tmp_path: Path) -> None:
    """Before anything is looked at or sent."""
    with pytest.raises(SettingsError, match=says):
        Telling.parse(table, {}, tmp_path)


def test_released_alerts_are_a_feed_in_each_language(pipeline: Pipeline, clock: Any) -> None:
    """Only released ones, escaped and readable by a feed reader; the same again is not written again."""
    watch = _watch(pipeline)
    alert = replace(_alert(), told={**_alert().told, "since": "<b>\x01 & co"})
    watch.alerts.hold([alert, _alert(subject="held")])
    folder = pipeline.settings.published / "tiny"
    watch.tell()
    assert feedparser.parse((folder / "alerts-en.atom").read_bytes()).entries == []
    watch.alerts.decide(alert.alert_id, AlertState.RELEASED, "Amal", "", clock())
    watch.tell()
    for language, source in (("en", "Valley Watch"), ("ar", "مرصد الوادي"), ("fr", "Valley Watch")):
        read = feedparser.parse((folder / f"alerts-{language}.atom").read_bytes())
        assert not read.bozo and read.feed.language == language and len(read.entries) == 1
        (entry,) = read.entries
        assert entry.id == f"urn:crosscount:alert:{alert.alert_id}" and entry.link == "https://counts.example.org/compare"
        assert source in entry.summary and entry.summary_detail.type == "text/plain" and "<b>\ufffd & co" in entry.summary
    before = (folder / "alerts-en.atom").stat().st_mtime_ns
    watch.tell()
    assert (folder / "alerts-en.atom").stat().st_mtime_ns == before
    assert not [path for path in folder.iterdir() if path.name.startswith(".next-")]
