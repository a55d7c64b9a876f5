"""HDX HAPI, version 2."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ingest.errors import SettingsError, SourceUnavailable
from ingest.fetch.client import Client
from ingest.model.records import Record
from ingest.model.vocabulary import GroupStatus, Kind, Metric, PlacePrecision, PlaceRole, Sex, Unit
from ingest.sources import hapi

IDPS = "/api/v2/affected-people/idps"
UPDATES = "/api/v2/metadata/data-availability"


@pytest.fixture
def example(web: Any) -> dict[str, Any]:
    """The example answers, with the options and keys that point to them."""
    table: dict[str, Any] = web.serve_example("hapi")
    return table


def _read(ask: Any, example: dict[str, Any], **options: Any) -> list[Record]:
    return [one for one in hapi.fetch(ask(options={**example["options"], **options}, keys=example["keys"])) if isinstance(one, Record)]


def test_months_of_conflict_are_counts_of_acleds_kept_apart_by_kind(ask: Any, example: dict[str, Any]) -> None:
    """Deaths of a month and district, of all sides in all political violence; those of a kind within it are of other people."""
    violence, targeting = _read(ask, example, themes=["conflict"])
    deaths, events = violence.counts
    assert (deaths.metric, deaths.kind, deaths.given["claimed_source"]) == (Metric.KILLED, Kind.PERIOD, "acled")
    assert (deaths.given["window_start"], deaths.given["window_end"]) == (date(2024, 11, 1), date(2024, 11, 30))
    assert (deaths.where.codes, deaths.where.precision) == (("SY0200",), PlacePrecision.DISTRICT)
    assert (events.metric, events.given["unit"]) == (Metric.INCIDENT_COUNT, Unit.COUNT)
    assert deaths.given["group_status"] is GroupStatus.MIXED_TOTAL
    assert targeting.counts[0].given["group_status"] is GroupStatus.UNSTATED
    assert {record.counts[0].given["group_label"] for record in (violence, targeting)} == {
        "people killed in political violence",
        "people killed in events that target civilians",
    }
    assert [one.metric for one in targeting.counts] == [Metric.KILLED]
    assert violence.document.url != targeting.document.url
    assert {record.counts[0].given["doubts"] for record in (violence, targeting)} == {("codes_within",)}
    assert any(told.startswith("HDX HAPI: 2 records have deaths that ACLED added up") for told in ask.told)
    assert (
        "HDX HAPI: 1 records left aside: they hold zeros only, which may mean that nothing was recorded, or events of a kind that overlaps."
        in ask.told
    )
    assert "HDX HAPI: 1 records left aside: they are of another time than the crisis." in ask.told


def test_of_displaced_people_the_latest_round_of_an_operation_is_taken(ask: Any, example: dict[str, Any]) -> None:
    """A round is a level at its date; earlier ones are taken only where they are asked for."""
    records = _read(ask, example, themes=["idps"])
    assert [(count.metric, count.kind, count.given["as_of"]) for record in records for count in record.counts] == [
        (Metric.DISPLACED_STOCK, Kind.STOCK, date(2024, 12, 15))
    ] * 3
    assert [record.counts[0].where.codes for record in records] == [("SY0703",), ("SY07",), ()]
    assert (records[2].counts[0].where.name, records[2].counts[0].where.within) == ("Invented Valley", "SY07")
    assert "HDX HAPI: 1 records left aside: a later round of their operation is there." in ask.told
    assert len(_read(ask, example, themes=["idps"], rounds="all")) == 4


def test_refugees_are_a_level_abroad_and_returns_a_flow_out_of_there(ask: Any, example: dict[str, Any]) -> None:
    """By sex where the answer says so; ages and groups that are no metric are left aside."""
    everyone, women, returned = _read(ask, example, themes=["refugees", "returnees"])
    (refugees,) = everyone.counts
    assert (refugees.metric, refugees.where.name, refugees.where.role) == (Metric.REFUGEE_STOCK, "Samplia", PlaceRole.DESTINATION)
    assert women.counts[0].given["group_sex"] is Sex.FEMALE
    (returns,) = returned.counts
    assert (returns.metric, returns.kind, returns.where.role) == (Metric.REFUGEE_RETURNED, Kind.PERIOD, PlaceRole.ORIGIN)


def test_the_identifier_goes_in_a_header_and_stays_out_of_everything_else(web: Any, ask: Any, example: dict[str, Any]) -> None:
    """It holds somebody's e-mail address: no address that is kept or shown has it."""
    records = _read(ask, example)
    identifier = example["keys"]["HDX_HAPI_APP_IDENTIFIER"]
    assert {asked.headers["x-hdx-hapi-app-identifier"] for asked in web.asked} == {identifier}
    assert not any(identifier in asked.path for asked in web.asked)
    assert not any(identifier in str(record) for record in records)


def test_pages_are_asked_for_until_one_is_short(web: Any, ask: Any, example: dict[str, Any], examples: Path) -> None:
    """There is no total and no next link."""
    full = (examples / "hapi" / "idps.json").read_bytes()
    web.at(IDPS, {"body": full}, {"body": b'{"data": []}'})
    assert len(_read(ask, example, themes=["idps"], page=4)) == 3
    assert ["offset=0" in path or "offset=4" in path for path in web.paths()] == [True, True]


def test_while_nothing_was_updated_one_request_stands_for_all_themes(
    web: Any, ask: Any, example: dict[str, Any], remembering: Client, fake_time: Any
) -> None:
    """Its table of updates is the same bytes, whatever they say: the themes come from the archive, for two days at most. Once it is
    another, or could not be had, all are asked for; so they are after a refresh that broke off, though the table is the same again.
    """

    def asked(**options: Any) -> int:
        before = len(web.asked)
        found = hapi.fetch(ask(client=remembering, options={**example["options"], **options}, keys=example["keys"]))
        assert len([one for one in found if isinstance(one, Record)]) == (8 if not options else 3)
        return len(web.asked) - before

    assert [asked(), asked(), asked(themes=["idps"])] == [5, 1, 1]
    fake_time.passed += 3 * 24 * 3600
    assert [asked(), asked()] == [5, 1]

    newer, idps = web.reply_of(UPDATES).body.replace(b"12-16", b"12-19"), web.reply_of(IDPS)
    web.at(UPDATES, {"body": newer, "headers": idps.headers})
    web.at(IDPS, {"status": 404})
    with pytest.raises(SourceUnavailable, match="HTTP 404"):
        asked()
    web.at(IDPS, {"body": idps.body, "headers": idps.headers})
    assert [asked(), asked()] == [5, 1]
    web.at(UPDATES, {"status": 404})
    assert asked() == 5
    assert any("so every theme is asked for" in told for told in ask.told)


@pytest.mark.parametrize(
    "mood",
    [
        (
            403,
            {"error": "Missing app identifier"},
            r"HTTP 403 \(“Missing app identifier”\): it does not take the identifier in HDX_HAPI_APP",
        ),
        (404, {"detail": "Not Found"}, r"HTTP 404 \(“Not Found”\): this part of its API is gone"),
        (200, {"rows": []}, "without a list “data”"),
    ],
)
def test_its_moods_are_told(web: Any, ask: Any, example: dict[str, Any], mood: tuple[int, Any, str]) -> None:
    """What to do stands in the sentence."""
    status, body, told = mood
    web.at(IDPS, {"status": status, "body": json.dumps(body).encode(), "headers": {"Content-Type": "application/json"}})
    with pytest.raises(SourceUnavailable, match=told):
        _read(ask, example)


def test_settings_are_asked_for_before_anything_else(web: Any, ask: Any, example: dict[str, Any]) -> None:
    """Without an identifier, or with a theme that there is not."""
    with pytest.raises(SettingsError, match=r"HDX HAPI needs HDX_HAPI_APP_IDENTIFIER: make an identifier"):
        list(hapi.fetch(ask(options=example["options"])))
    with pytest.raises(SettingsError, match=r"may hold idps, conflict, refugees, returnees"):
        _read(ask, example, themes=["food"])
    assert web.asked == []
