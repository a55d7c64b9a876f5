"""ACLED: events stay here, sums are told."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest

from ingest.errors import SettingsError, SourceUnavailable
from ingest.model.records import Complete, Record
from ingest.model.vocabulary import GroupStatus, Kind, Metric, Qualifier
from ingest.sources import acled

READ = "/api/acled/read"


@pytest.fixture
def example(web: Any) -> dict[str, Any]:
    """The example answers, with the options and keys that point to them."""
    table: dict[str, Any] = web.serve_example("acled")
    return table


def _all(ask: Any, example: dict[str, Any], **fields: Any) -> list[Record | Complete]:
    return list(acled.fetch(ask(options=example["options"], keys=example["keys"], **fields)))


def _read(ask: Any, example: dict[str, Any], **fields: Any) -> list[Record]:
    return [one for one in _all(ask, example, **fields) if isinstance(one, Record)]


def test_sums_by_division_and_week_are_told(ask: Any, example: dict[str, Any]) -> None:
    """Deaths of all sides in a week, within the crisis; events of which only the month is known are left aside."""
    hama, first, second = _read(ask, example)
    events, deaths = first.counts
    assert (deaths.metric, deaths.kind, deaths.given["group_status"]) == (Metric.KILLED, Kind.PERIOD, GroupStatus.MIXED_TOTAL)
    assert (deaths.given["window_start"], deaths.given["window_end"]) == (date(2024, 11, 27), date(2024, 12, 1))
    assert first.document.text == (
        "source: ACLED | admin1: Idleb | week_from: 2024-11-25 | week_to: 2024-12-01 | events: 2 | fatalities: 11"
    )
    assert (events.metric, second.counts[1].given["window_start"]) == (Metric.INCIDENT_COUNT, date(2024, 12, 2))
    assert [count.metric for count in hama.counts] == [Metric.INCIDENT_COUNT]
    assert first.document.published_at == datetime(2024, 12, 10, tzinfo=UTC)
    assert "ACLED: 1 records left aside: their week is not known." in ask.told


def test_deaths_that_may_be_codes_are_left_out_and_make_the_sum_a_lower_bound(ask: Any, example: dict[str, Any]) -> None:
    """Nobody confirmed that 0, 10 and 100 are counts: the figure says “at least” and carries a doubt, its line how many were left out,
    the run on first contact which; a week of these alone has no number of deaths.
    """
    hama, whole, bound = _read(ask, example)
    assert "qualifier" not in whole.counts[1].given and "doubts" not in whole.counts[1].given
    assert bound.document.text.endswith("events: 2 | fatalities: 3 | events_with_10_deaths: 1")
    assert (bound.counts[1].given["qualifier"], bound.counts[1].given["doubts"]) == (Qualifier.AT_LEAST, ("codes_left_out",))
    assert hama.document.text.endswith("events: 1 | fatalities: 0 | events_with_0_deaths: 1")
    told = [one for one in ask.told if "which nobody confirmed to be a count" in one]
    assert [one.partition(",")[0] for one in told] == ["ACLED: 1 records have 0 deaths", "ACLED: 1 records have 10 deaths"]


def test_numbers_that_acled_confirmed_are_counts(ask: Any, example: dict[str, Any]) -> None:
    """Once somebody asked, the crisis file says which are: they are added up, and a zero is a statement."""
    confirmed = {**example, "options": {**example["options"], "exact": [0, 10]}}
    hama, _, second = _read(ask, confirmed)
    assert [record.document.text.rpartition(" | ")[2] for record in (hama, second)] == ["fatalities: 0", "fatalities: 13"]
    assert [record.counts[1].given.get("qualifier") for record in (hama, second)] == [None, None]
    assert not any("nobody confirmed" in told for told in ask.told)
    with pytest.raises(SettingsError, match="may hold 0, 10, 100"):
        _read(ask, {**example, "options": {**example["options"], "exact": [7]}})


def test_no_event_is_passed_on(ask: Any, example: dict[str, Any]) -> None:
    """Neither its notes nor its place, actors or number stand in anything that is yielded."""
    told = str(_read(ask, example))
    assert not any(word in told for word in ("SYR9990", "Samplia", "invented event", "Invented air force", "35.9306"))


def test_a_sum_can_be_counted_again_from_the_archive(ask: Any, example: dict[str, Any]) -> None:
    """The events it was counted from are archived with it; the same events make the same bytes."""
    record = _read(ask, example)[1]
    sums = json.loads(ask.archive.get(record.document.archive_sha256))["sums"]
    assert [(one["events"], one["fatalities"]) for one in sums] == [
        (len(one["counted"]), sum(deaths for *_, deaths in one["counted"] if deaths not in (0, 10, 100))) for one in sums
    ]
    assert _read(ask, example)[1].document.archive_sha256 == record.document.archive_sha256


def test_an_event_that_is_deleted_leaves_its_sum(web: Any, ask: Any, example: dict[str, Any], examples: Path) -> None:
    """The sum is a later edition of itself; one without any event left is withdrawn."""
    before = {record.document.url: record.document.text for record in _read(ask, example)}
    answer = json.loads((examples / "acled" / "events.json").read_text(encoding="utf-8"))
    answer["data"] = [event for event in answer["data"] if event["event_id_cnty"] not in ("SYR999001", "SYR999004")]
    answer["count"] = len(answer["data"])
    web.at(READ, {"body": json.dumps(answer).encode(), "headers": {"Content-Type": "application/json"}})
    *records, complete = _all(ask, example)
    assert isinstance(complete, Complete)
    after = {record.document.url: record.document.text for record in records if isinstance(record, Record)}
    assert {url for url in before if url.startswith(complete.page)} == {*before}
    assert {*before} - {*after} == {url for url in before if "Hama" in url}
    assert after["https://acleddata.com/#weeks/Idleb/2024-11-25"].endswith("events: 1 | fatalities: 7")


def test_it_signs_in_and_shows_the_token_alone(web: Any, ask: Any, example: dict[str, Any]) -> None:
    """Name and password go to the sign-in only; neither they nor the token are archived or stand in an address."""
    _read(ask, example)
    signed, read = web.asked
    assert parse_qs(signed.body.decode()) == {
        "username": ["someone@example.org"],
        "password": ["invented-password-1"],
        "grant_type": ["password"],
        "client_id": ["acled"],
    }
    assert read.headers["authorization"] == "Bearer invented-access-1"
    assert "country=Syria&event_date=2024-11-27%7C2024-12-31&event_date_where=BETWEEN&limit=5000&page=1" in read.path
    kept = b"".join(file.read_bytes() for file in ask.archive.root.rglob("*") if file.is_file())
    assert not any(secret in kept for secret in (b"invented-access-1", b"invented-refresh-1", b"invented-password-1"))


@pytest.mark.parametrize(
    "mood",
    [
        ("/oauth/token", 400, {"error": "invalid_grant", "error_description": "no"}, "does not take the name in ACLED_USERNAME"),
        ("/oauth/token", 200, {"token_type": "Bearer"}, "gave no token when signing in"),
        (READ, 403, {"message": "Access denied"}, r"HTTP 403 \(“Access denied”\): the account's access tier does not hold events"),
        (READ, 401, {"message": "expired"}, "no longer takes the token"),
        (READ, 200, {"status": 400, "success": False, "error": [{"message": "bad"}]}, "refused the query"),
        (READ, 200, {"status": 200, "success": True, "count": 2, "data": []}, "gave 0 of the 2 records it counts"),
        (READ, 200, {"status": 200, "success": True, "count": 0}, "without a list “data”"),
    ],
)
def test_its_moods_are_told(web: Any, ask: Any, example: dict[str, Any], mood: tuple[str, int, Any, str]) -> None:
    """A token is not yet access; what to do stands in the sentence."""
    path, status, body, told = mood
    web.at(path, {"status": status, "body": json.dumps(body).encode(), "headers": {"Content-Type": "application/json"}})
    with pytest.raises(SourceUnavailable, match=told):
        _read(ask, example)


def test_nothing_within_reach_is_told_and_withdraws_nothing(web: Any, ask: Any, example: dict[str, Any]) -> None:
    """An account may not reach back to the crisis."""
    web.at(READ, {"body": b'{"success": true, "count": 0, "data": []}', "headers": {"Content-Type": "application/json"}})
    assert _all(ask, example) == []
    assert ask.told == ["ACLED gave no event of the crisis; the account's access tier may not reach back that far."]


def test_a_country_whose_name_is_not_known_is_asked_for(ask: Any, example: dict[str, Any]) -> None:
    """It has its own names, and none is guessed."""
    with pytest.raises(SettingsError, match='write it like "Syria"'):
        _read(ask, example, country="XSM")
