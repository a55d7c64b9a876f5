"""A digest is due at its hour, goes out once, catches up once, and says what changed; over real SMTP and HTTP on this machine."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import feedparser
import pytest

from dashboard.app import open_views
from ingest.alerts.digests import Digest, Every
from ingest.errors import SettingsError
from ingest.model.vocabulary import AlertRule, AlertState
from ingest.pipeline.assembly import Pipeline, assembled
from ingest.pipeline.digests import Digests
from ingest.pipeline.watching import Watch
from ingest.settings import Settings
from ingest.store.alerts import Alert
from ingest.store.deliveries import LEASE, Deliveries, Parcel
from ingest.store.watches import WatchedView, Watches

DAMASCUS, BERLIN = ZoneInfo("Asia/Damascus"), ZoneInfo("Europe/Berlin")
DEATHS = "On {0} December 2024, {1} civilians were killed by an air strike in Northvale, Valley Watch said."
LINK = "https://counts.example.org"


@pytest.mark.parametrize(
    ("digest", "now", "due"),
    [
        (Digest("a", (), hour=7), "2024-12-05T12:00", "2024-12-05T04:00"),  # seven in Damascus is four in UTC
        (Digest("a", (), hour=7), "2024-12-05T03:59", "2024-12-04T04:00"),
        (Digest("a", (), hour=7), "2024-12-05T04:00", "2024-12-05T04:00"),
        (Digest("a", (), hour=7, every=Every.WEEK, weekday=0), "2024-12-05T12:00", "2024-12-02T04:00"),  # a Thursday
        (Digest("a", (), hour=7, every=Every.WEEK, weekday=3), "2024-12-05T03:00", "2024-11-28T04:00"),
        (Digest("a", (), hour=2, zone=BERLIN), "2025-03-30T12:00", "2025-03-30T01:00"),  # clocks leap over that hour
        (Digest("a", (), hour=7, zone=BERLIN), "2025-03-30T12:00", "2025-03-30T05:00"),
        (Digest("a", (), hour=7, zone=BERLIN), "2025-03-29T12:00", "2025-03-29T06:00"),
    ],
)
def test_an_appointment_is_an_hour_of_the_readers_day(digest: Digest, now: str, due: str) -> None:
    """In the zone of the digest or of the crisis, whatever clocks do."""
    assert digest.appointed(datetime.fromisoformat(now).replace(tzinfo=UTC), DAMASCUS) == datetime.fromisoformat(due).replace(tzinfo=UTC)


@pytest.fixture
def told(pipeline: Pipeline, report: Any, clock: Any) -> Callable[..., None]:
    """Takes reports of these texts, and publishes."""

    def tell(*texts: str) -> None:
        clock.forward(minutes=1)
        with pipeline.intake.run("ingest", "fake") as run:
            for text in texts:
                pipeline.intake.take(report(text), run)
        clock.forward(minutes=1)
        pipeline.publish()

    return tell


def _digests(pipeline: Pipeline, channel: dict[str, Any], **said: Any) -> Digests:
    digest = {"name": "morning", "channel": channel.get("name", channel["kind"]), "hour": 7, **said}
    settings = replace(pipeline.settings, alerts={"link": LINK, "channel": [channel], "digest": [digest]})
    views = open_views(settings)
    return Digests.of(Watch.of(replace(pipeline, settings=settings), views), views)


def _mail(mailbox: Any) -> dict[str, Any]:
    address = {"server": "127.0.0.1", "port": mailbox.port, "security": "none"}
    return {"name": "desk", "kind": "email", **address, "sender": "counts@example.org", "to": ["desk@example.org"], "alerts": False}


def test_a_digest_is_an_email_in_the_readers_language(pipeline: Pipeline, told: Any, mailbox: Any) -> None:
    """Text and page, right to left in Arabic, to the reader's own address; a second look sends nothing."""
    told(DEATHS.format(3, 17))
    digests = _digests(pipeline, _mail(mailbox), language="ar", to="amal@example.org", view="/compare?place=XX01")
    assert [str(one) for one in digests.send_due()] == ["digest morning of 2024-12-05 04:00 UTC went to desk"]
    assert digests.send_due() == ()
    (mail,) = mailbox.got
    text, page = (mail.get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert mail["To"] == "amal@example.org" and mail.get_content_type() == "multipart/alternative" and "ما تغيّر" in mail["Subject"]
    assert "رقم جديد واحد" in text and "17" in text and "مرصد الوادي" in text and f"{LINK}/figures?figure=" in text
    assert "dir='rtl'" in page and "17" in page and text.count(f"{LINK}/compare?place=XX01") == 1
    assert mail["Message-ID"].startswith("<d") and mail["Content-Language"] == "ar"


def test_what_was_missed_comes_as_one_digest(pipeline: Pipeline, told: Any, mailbox: Any, clock: Any) -> None:
    """Of ten days the program did not run there is one, from where the last one ended; then one a day again."""
    told(DEATHS.format(1, 11))
    digests = _digests(pipeline, _mail(mailbox))
    digests.send_due()
    for day in (2, 3):
        clock.forward(days=1)
        told(DEATHS.format(day, 20 + day))
    clock.forward(days=8)
    assert len(digests.send_due()) == 1 and digests.send_due() == ()
    text = mailbox.got[1].get_body(("plain",)).get_content()
    assert len(mailbox.got) == 2 and "2 new figures" in text and "22" in text and "23" in text and " 11 " not in text
    clock.forward(days=1)
    assert len(digests.send_due()) == 1 and "Nothing changed" in mailbox.got[2].get_body(("plain",)).get_content()


def test_nothing_to_say_is_said_or_left_out(pipeline: Pipeline, told: Any, mailbox: Any, clock: Any) -> None:
    """As the settings say; what was left out is not asked for again."""
    told(DEATHS.format(1, 11))
    digests = _digests(pipeline, _mail(mailbox), when_empty="skip")
    digests.send_due()
    clock.forward(days=1)
    (sent,) = digests.send_due()
    assert sent.empty and str(sent).endswith("nothing changed, so desk gets none") and len(mailbox.got) == 1 and digests.send_due() == ()


def test_nothing_published_is_nothing_to_send(pipeline: Pipeline, mailbox: Any, told: Any) -> None:
    """And no appointment kept: it goes out once something is."""
    digests = _digests(pipeline, _mail(mailbox))
    assert digests.send_due() == () and mailbox.got == []
    told(DEATHS.format(1, 11))
    assert len(digests.send_due()) == 1


def test_a_clock_that_was_wrong_costs_no_digest(pipeline: Pipeline, told: Any, mailbox: Any, clock: Any) -> None:
    """Years ahead, a digest is sent once; set right again, the next appointment is kept, and none is kept twice."""
    told(DEATHS.format(1, 11))
    digests = _digests(pipeline, _mail(mailbox))
    right = clock.moment
    digests.send_due()
    clock.forward(days=4000)
    assert len(digests.send_due()) == 1
    clock.moment = right + timedelta(hours=1)
    assert digests.send_due() == ()
    clock.forward(days=1)
    assert len(digests.send_due()) == 1 and digests.send_due() == ()


@pytest.fixture
def several(settings: Settings, clock: Any) -> Iterator[Callable[[int], list[Pipeline]]]:
    """Several programs over one data folder."""
    with ExitStack() as stack:
        yield lambda n: [stack.enter_context(assembled(settings, clock)) for _ in range(n)]


def test_of_several_hosts_one_sends(pipeline: Pipeline, told: Any, mailbox: Any, several: Any) -> None:
    """All look at the same moment; the reader gets one e-mail."""
    told(DEATHS.format(1, 11))
    everybody = [_digests(one, _mail(mailbox)) for one in several(4)]
    start = threading.Barrier(len(everybody))
    sent: list[Any] = []

    def look(one: Digests) -> None:
        start.wait()
        sent.extend(one.send_due())

    threads = [threading.Thread(target=look, args=(one,)) for one in everybody]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(sent) == len(mailbox.got) == 1


def test_one_that_died_at_it_is_followed_by_another(pipeline: Pipeline, told: Any, mailbox: Any, clock: Any) -> None:
    """Its claim holds for a while, as it may be about to send; then the next does, once."""
    told(DEATHS.format(1, 11))
    digests = _digests(pipeline, _mail(mailbox))
    due_at = digests.watch.telling.digests[0].appointed(clock(), DAMASCUS)
    Deliveries(pipeline.intake.ledger).claim(Parcel("digest tiny morning", due_at.isoformat(), "desk"), clock())
    assert digests.send_due() == ()
    clock.forward(seconds=LEASE.total_seconds())
    assert len(digests.send_due()) == 1 and digests.send_due() == () and len(mailbox.got) == 1


def test_a_channel_that_refuses_gets_it_later_and_whole(pipeline: Pipeline, told: Any, mailbox: Any, clock: Any) -> None:
    """Not every minute; and what changed meanwhile is in it."""
    told(DEATHS.format(1, 11))
    digests = _digests(pipeline, _mail(mailbox))
    mailbox.refuses = True
    (failed,) = digests.send_due(patient=True)
    assert "did not take the e-mail" in failed.failure and digests.send_due(patient=True) == ()
    told(DEATHS.format(2, 22))
    mailbox.refuses = False
    clock.forward(minutes=6)
    assert [one.failure for one in digests.send_due(patient=True)] == [""]
    assert "2 new figures" in mailbox.got[0].get_body(("plain",)).get_content()


def test_programs_slack_teams_and_feeds_get_it_too(pipeline: Pipeline, told: Any, web: Any, clock: Any) -> None:
    """A program gets counts and moments; Slack a text without markup; Teams a paragraph a line; a feed an entry a day."""
    told(DEATHS.format(1, 11) + " <b>More</b> was not said.")
    for kind in ("webhook", "slack", "teams"):
        assert not _digests(pipeline, {"kind": kind, "url": web.at(f"/{kind}", {"status": 200})}).send_due()[0].failure
    got = {one.path.strip("/"): json.loads(one.body) for one in web.asked}
    assert (
        got["webhook"]["counts"]["new"] == 1
        and got["webhook"]["digest"] == "morning"
        and got["webhook"]["id"]
        and got["webhook"]["link"] == f"{LINK}/"
    )
    assert "1 new figure" in got["slack"]["text"] and "<" not in got["slack"]["text"]
    body = got["teams"]["attachments"][0]["content"]["body"]
    assert len(body) > 5 and any("11" in block["inlines"][0]["text"] for block in body[1:])
    feeding = _digests(pipeline, {"kind": "feed", "name": "team"})
    feeding.send_due()
    clock.forward(days=1)
    feeding.send_due()
    read = feedparser.parse((pipeline.settings.published / "tiny" / "feed-team.atom").read_bytes())
    assert not read.bozo and len(read.entries) == 2 and "Nothing changed" in read.entries[0].summary
    assert read.entries[1].link == f"{LINK}/" and "Valley Watch" in read.entries[1].content[0].value


def test_watched_views_released_and_held_alerts_are_in_it(pipeline: Pipeline, told: Any, mailbox: Any, clock: Any) -> None:
    """A line for each view that is watched for the channel, the sentences of released alerts, and how many are held."""
    told(DEATHS.format(1, 11))
    digests = _digests(pipeline, _mail(mailbox))
    seen = clock() - timedelta(days=3)
    for name, channels in (("north", ("desk",)), ("elsewhere", ())):
        Watches(pipeline.intake.ledger).add(WatchedView("tiny", name, "/compare?place=XX01", channels, seen))
    book = digests.watch.alerts
    alerts = [Alert("tiny", AlertRule.SILENT_SOURCE, one, {"source": "watch", "since": "1 December"}, clock()) for one in "ab"]
    book.hold(alerts)
    book.decide(alerts[0].alert_id, AlertState.RELEASED, "Amal", "", clock())
    digests.send_due()
    text = mailbox.got[0].get_body(("plain",)).get_content()
    assert "north: 1 new figure" in text and "elsewhere" not in text
    assert "Valley Watch has had nothing new since 1 December" in text and "1 alert is held" in text and f"{LINK}/alerts?lang=en" in text


def test_a_digest_of_no_page_is_a_sentence(pipeline: Pipeline, mailbox: Any) -> None:
    """Before anything is claimed or sent."""
    with pytest.raises(SettingsError, match="is no page of the app"):
        _digests(pipeline, _mail(mailbox), view="/nowhere")


def test_a_watched_view_raises_an_alert_for_its_own_channels(pipeline: Pipeline, told: Any, web: Any, clock: Any) -> None:
    """Once for a publication, held as any other; what is elsewhere raises none; other channels do not get it."""
    channels = [{"kind": "slack", "name": name, "url": web.at(f"/{name}", {"status": 200})} for name in ("mine", "others")]
    settings = replace(pipeline.settings, alerts={"link": LINK, "channel": channels})
    watch = Watch.of(replace(pipeline, settings=settings), open_views(settings))
    told(DEATHS.format(1, 11))
    watch.look()
    for name, place in (("north", "XX01"), ("south", "XX02")):
        Watches(pipeline.intake.ledger).add(WatchedView("tiny", name, f"/compare?place={place}", ("mine",), clock()))
    told(DEATHS.format(2, 12))
    (alert,) = watch.look()
    assert alert.rule is AlertRule.WATCHED_VIEW and (alert.told["watch"], alert.told["new"]) == ("north", "1") and watch.look() == ()
    assert watch.tell() == (0, [])
    watch.alerts.decide(alert.alert_id, AlertState.RELEASED, "Amal", "", clock())
    assert watch.tell() == (1, []) and [one.path for one in web.asked] == ["/mine"]
    assert f"{LINK}/compare?place=XX01" in json.loads(web.asked[0].body)["text"]
    assert b"urn:crosscount:alert" not in (pipeline.settings.published / "tiny" / "alerts-en.atom").read_bytes()
