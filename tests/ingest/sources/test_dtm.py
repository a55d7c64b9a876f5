"""IOM's Displacement Tracking Matrix, version 3."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ingest.errors import SettingsError, SourceUnavailable
from ingest.fetch.client import Client
from ingest.model.records import Record
from ingest.model.vocabulary import Kind, Metric, PartOf, PlacePrecision, Sex
from ingest.sources import dtm

COUNTRY, DISTRICTS = "/v3/displacement/admin0", "/v3/displacement/admin2"


@pytest.fixture
def example(web: Any) -> dict[str, Any]:
    """The example answers, with the options and keys that point to them."""
    table: dict[str, Any] = web.serve_example("dtm")
    return table


def _read(ask: Any, example: dict[str, Any], **options: Any) -> list[Record]:
    return list(dtm.fetch(ask(options={**example["options"], **options}, keys=example["keys"])))


def test_a_round_is_a_level_at_its_date(ask: Any, example: dict[str, Any]) -> None:
    """Men and women are its parts; those displaced for one reason from one place are not everybody."""
    country, division, *_ = _read(ask, example)
    (everybody,) = country.counts
    assert (everybody.metric, everybody.kind, everybody.given["as_of"]) == (Metric.DISPLACED_STOCK, Kind.STOCK, date(2024, 12, 15))
    assert (everybody.where.codes, everybody.given["group_label"]) == (("SYR",), "")
    people, men, women = division.counts
    assert people.given["group_label"] == "displaced by Conflict, from Aleppo"
    assert [(part.given["group_sex"], part.given["part_of"], part.part_of) for part in (men, women)] == [
        (Sex.MALE, PartOf.PARTITION, 0),
        (Sex.FEMALE, PartOf.PARTITION, 0),
    ]


def test_the_latest_round_of_an_operation_is_taken(ask: Any, example: dict[str, Any]) -> None:
    """Earlier ones only where they are asked for; they are never added up."""
    assert [record.counts[0].where.name for record in _read(ask, example, levels=[2])] == ["Harim", "Invented Valley"]
    assert "IOM displacement tracking: 1 records left aside: a later round of their operation is there." in ask.told
    assert len(_read(ask, example, levels=[2], rounds="all")) == 3


def test_a_place_without_a_code_is_a_name_within_its_division(ask: Any, example: dict[str, Any]) -> None:
    """P-codes may be blank."""
    where = _read(ask, example, levels=[2])[1].counts[0].where
    assert (where.codes, where.name, where.within, where.precision) == ((), "Invented Valley", "SY07", PlacePrecision.DISTRICT)


def test_the_key_goes_in_a_header(web: Any, ask: Any, example: dict[str, Any]) -> None:
    """The query names country and days; levels are asked for one by one."""
    _read(ask, example)
    assert {asked.headers["ocp-apim-subscription-key"] for asked in web.asked} == {"invented-key-1"}
    assert web.paths()[2] == f"{DISTRICTS}?Admin0Pcode=SYR&FromReportingDate=2024-11-27&ToReportingDate=2024-12-31"


def test_parts_that_do_not_add_up_are_not_believed(web: Any, ask: Any, example: dict[str, Any], examples: Path) -> None:
    """What the columns of men and women hold was never confirmed: where they do not add up, the record is left out by name."""
    answer = json.loads((examples / "dtm" / "admin2.json").read_text(encoding="utf-8"))
    answer["result"][0]["numberMales"] += 1
    web.at(DISTRICTS, {"body": json.dumps(answer).encode(), "headers": {"Content-Type": "application/json"}})
    assert len(_read(ask, example, levels=[2])) == 1
    assert any("men and women who do not add up" in told for told in ask.told)


def test_while_the_first_level_is_as_it_was_the_finer_ones_come_from_the_archive(
    web: Any, ask: Any, example: dict[str, Any], remembering: Client, fake_time: Any
) -> None:
    """For two days at most; another first level, or a refresh that broke off, asks for all."""

    def asked() -> int:
        before = len(web.asked)
        assert list(dtm.fetch(ask(client=remembering, options=example["options"], keys=example["keys"])))
        return len(web.asked) - before

    assert [asked(), asked()] == [3, 1]
    fake_time.passed += 3 * 24 * 3600
    assert [asked(), asked()] == [3, 1]

    country, district = web.reply_of(COUNTRY), web.reply_of(DISTRICTS)
    web.at(COUNTRY, {"body": country.body + b"\n", "headers": country.headers})
    web.at(DISTRICTS, {"status": 404})
    with pytest.raises(SourceUnavailable, match="HTTP 404"):
        asked()
    web.at(DISTRICTS, {"body": district.body, "headers": district.headers})
    assert [asked(), asked()] == [3, 1]


def test_a_quota_is_waited_for_as_long_as_it_asks(web: Any, ask: Any, example: dict[str, Any], fake_time: Any) -> None:
    """Azure's gateway answers with 429 and the seconds to wait: a short wait is waited for, a long one is left for the next refresh."""
    rows = web.reply_of(DISTRICTS)
    body = b'{"statusCode": 429, "message": "Rate limit is exceeded. Try again in 9 seconds."}'
    refused = {"status": 429, "body": body, "headers": {"Content-Type": "application/json", "Retry-After": "9"}}
    web.at(DISTRICTS, refused, {"body": rows.body, "headers": rows.headers})
    assert len(_read(ask, example, levels=[2])) == 2
    assert 9.0 in fake_time.slept

    web.at(DISTRICTS, {**refused, "headers": {**refused["headers"], "Retry-After": "3600"}})
    with pytest.raises(SourceUnavailable, match=r"HTTP 429 and wants a wait of 3600 seconds; the next refresh will try again\.$"):
        _read(ask, example, levels=[2])

    web.at(DISTRICTS, {**refused, "headers": {"Content-Type": "application/json"}})
    with pytest.raises(SourceUnavailable, match=r"HTTP 429: Rate limit is exceeded\. Try again in 9 seconds"):
        _read(ask, example, levels=[2])


MISSING = "Access denied due to missing subscription key."


@pytest.mark.parametrize(
    "mood",
    [
        (401, {"statusCode": 401, "message": MISSING}, r"HTTP 401 \(“Access denied due to missing subscription key.”\): it does not take"),
        (404, {"statusCode": 404, "message": "Resource not found"}, "this part of its API is gone"),
        (200, {"result": [], "isSuccess": False, "errorMessages": ["No data"]}, r"did not succeed \(\['No data'\]\)"),
        (200, {"result": [], "isSuccess": True, "totalRecordsCount": 4}, "gave 0 of the 4 records it counts"),
        (200, {"isSuccess": True, "totalRecordsCount": 0}, "without a list “result”"),
    ],
)
def test_its_moods_are_told(web: Any, ask: Any, example: dict[str, Any], mood: tuple[int, Any, str]) -> None:
    """The status within the answer may differ from that of HTTP."""
    status, body, told = mood
    web.at(DISTRICTS, {"status": status, "body": json.dumps(body).encode(), "headers": {"Content-Type": "application/json"}})
    with pytest.raises(SourceUnavailable, match=told):
        _read(ask, example, levels=[2])


def test_levels_that_there_are_not_are_told(ask: Any, example: dict[str, Any]) -> None:
    """A crisis file may be mistyped."""
    with pytest.raises(SettingsError, match="may hold 0, 1, 2"):
        _read(ask, example, levels=[3])
