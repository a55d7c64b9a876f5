"""UCDP's event dataset."""

import json
from datetime import date
from typing import Any

import pytest

from ingest.errors import SettingsError, SourceUnavailable
from ingest.model.records import Record
from ingest.model.vocabulary import DatePrecision, GroupStatus, Kind, Metric, PartOf, PlacePrecision
from ingest.sources import ucdp

EVENTS = "/api/gedevents/24.1"


@pytest.fixture
def example(web: Any) -> dict[str, Any]:
    """The example answers, with the options and keys that point to them."""
    table: dict[str, Any] = web.serve_example("ucdp")
    return table


def _read(ask: Any, example: dict[str, Any], **fields: Any) -> list[Record]:
    options = {**example["options"], **fields.pop("options", {})}
    return [one for one in ucdp.fetch(ask(options=options, keys=example["keys"], **fields)) if isinstance(one, Record)]


def test_an_event_is_a_range_with_its_civilians_as_a_part(ask: Any, example: dict[str, Any]) -> None:
    """Low, best and high are UCDP's; the civilians among the dead are a part of them."""
    event = _read(ask, example)[0]
    dead, civilians = event.counts
    assert (dead.metric, dead.kind) == (Metric.KILLED, Kind.INCIDENT)
    assert (dead.given["value_low"], dead.given["value_best"], dead.given["value_high"]) == (7, 9, 12)
    assert (dead.given["group_status"], dead.given["event_start"]) == (GroupStatus.MIXED_TOTAL, date(2024, 11, 30))
    assert (civilians.given["group_status"], civilians.given["part_of"], civilians.part_of) == (GroupStatus.CIVILIAN, PartOf.SUBSET, 0)
    assert (dead.where.name, dead.where.within, dead.where.precision) == ("Aleppo town", "Aleppo governorate", PlacePrecision.CITY_OR_TOWN)
    assert "Invented headline" not in event.document.text


def test_precision_of_day_and_place_is_kept(ask: Any, example: dict[str, Any]) -> None:
    """An event somewhere in a governorate in four days is no point on one of them."""
    _, vague, nowhere = _read(ask, example)
    (count,) = vague.counts
    assert (count.kind, count.given["event_precision"]) == (Kind.PERIOD, DatePrecision.WEEK)
    assert (count.given["window_start"], count.given["window_end"]) == (date(2024, 12, 1), date(2024, 12, 4))
    assert (count.where.precision, count.where.lat) == (PlacePrecision.GOVERNORATE, None)
    assert nowhere.counts[0].where.precision is PlacePrecision.COUNTRY


def test_the_query_names_version_country_and_days(web: Any, ask: Any, example: dict[str, Any]) -> None:
    """Without a version it is the candidates of the year in which the crisis began; pages count from 0."""
    _read(ask, example)
    first, second = web.paths()
    assert first == f"{EVENTS}?pagesize=1000&Country=652&StartDate=2024-11-27&EndDate=2024-12-31&page=0"
    assert second.endswith("page=1")
    assert {asked.headers["x-ucdp-access-token"] for asked in web.asked} == {"invented-token-1"}
    with pytest.raises(SourceUnavailable, match="there is no such version"):
        _read(ask, example, options={"version": ""})
    assert web.paths()[-1].startswith("/api/gedevents/24.01.24.12?")


def test_versions_have_addresses_of_their_own(web: Any, ask: Any, example: dict[str, Any]) -> None:
    """The same number in another version is another event's: editions of one event are those of one version."""
    assert _read(ask, example)[0].document.url == "https://ucdp.uu.se/#ged/24.1/999001"


@pytest.mark.parametrize(
    "mood",
    [
        (
            401,
            {"message": "API token required. Add header: x"},
            r"HTTP 401 \(“API token required. Add header: x”\): it does not take",
        ),
        (404, {"message": "No such version"}, "there is no such version; set `sources.ucdp.version`"),
        (200, {"Result": []}, "without `TotalCount`, `TotalPages`"),
        (200, {"TotalCount": 0, "TotalPages": 0}, "without a list “Result”"),
        (200, {"TotalCount": 7, "TotalPages": 1, "Result": []}, "gave 0 of the 7 records it counts"),
    ],
)
def test_its_moods_are_told(web: Any, ask: Any, example: dict[str, Any], mood: tuple[int, Any, str]) -> None:
    """Also when pages do not add up to the total, as they would not if they were counted from 1."""
    status, body, told = mood
    web.at(EVENTS, {"status": status, "body": json.dumps(body).encode(), "headers": {"Content-Type": "application/json"}})
    with pytest.raises(SourceUnavailable, match=told):
        _read(ask, example)


def test_a_country_without_a_number_is_asked_for(ask: Any, example: dict[str, Any]) -> None:
    """Its numbering of countries is its own, and none is guessed."""
    with pytest.raises(SettingsError, match="write it like 652"):
        _read(ask, example, country="XSM")
