"""IDMC's Internal Displacement Updates."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from ingest.errors import SourceUnavailable
from ingest.model.records import Record
from ingest.model.vocabulary import Kind, Metric, PlacePrecision, PlaceRole, Qualifier
from ingest.sources import idmc

DUMP = "/dumps/idus.json"
ASKED = "/external-api/idus/last-180-days/"


@pytest.fixture
def example(web: Any) -> dict[str, Any]:
    """The example answers, with the options and keys that point to them."""
    table: dict[str, Any] = web.serve_example("idmc")
    return table


@pytest.fixture
def one(examples: Path) -> dict[str, Any]:
    """The first record of the example."""
    first: dict[str, Any] = json.loads((examples / "idmc" / "idus.json").read_text(encoding="utf-8"))[0]
    return first


def _read(ask: Any, example: dict[str, Any], **fields: Any) -> list[Record]:
    options = {**example["options"], **fields.pop("options", {})}
    return [one for one in idmc.fetch(ask(options=options, keys=example["keys"], **fields)) if isinstance(one, Record)]


def _serve(web: Any, *rows: dict[str, Any]) -> None:
    web.at(DUMP, {"body": json.dumps(rows).encode(), "headers": {"Content-Type": "application/json"}})


def test_movements_are_flows_between_two_days(ask: Any, example: dict[str, Any]) -> None:
    """How the number is hedged, where people left, and who reported it stand beside it."""
    first = _read(ask, example)[0]
    (count,) = first.counts
    assert (count.metric, count.kind, count.given["qualifier"]) == (Metric.NEWLY_DISPLACED, Kind.PERIOD, Qualifier.ABOUT)
    assert (count.given["window_start"], count.given["window_end"]) == (date(2024, 11, 27), date(2024, 11, 30))
    assert (count.where.name, count.where.precision, count.where.role) == ("Aleppo", PlacePrecision.CITY_OR_TOWN, PlaceRole.ORIGIN)
    assert count.given["claimed_source_text"] == "Example agency"
    assert first.document.published_at == datetime(2024, 12, 2, 8, 0, 0, 123456, tzinfo=UTC)
    assert "Invented excerpt" not in first.document.text


def test_returns_are_told_by_the_word_in_the_text(ask: Any, example: dict[str, Any]) -> None:
    """No field says so; read as displacements they would be the opposite of what happened."""
    assert [record.counts[0].metric for record in _read(ask, example)][1] is Metric.IDP_RETURNED


def test_a_midnight_of_the_other_end_of_the_world_is_the_day_after(ask: Any, example: dict[str, Any]) -> None:
    """`2024-11-29T11:00:00.000Z` is 30 November; of several places only the words are kept."""
    third = _read(ask, example)[2].counts[0]
    assert (third.given["window_start"], third.given["window_end"]) == (date(2024, 11, 30), date(2024, 12, 2))
    assert (third.where.name, third.where.lat, third.where.precision) == ("Aleppo and Idleb", None, None)


def test_one_figure_of_an_event_counts(ask: Any, example: dict[str, Any]) -> None:
    """The recommended one; where there is none, the latest triangulation of the event and place."""
    assert [record.document.url.rpartition("/")[2] for record in _read(ask, example)] == ["990001", "990002", "990003", "990005"]
    assert "IDMC displacement updates: 2 records left aside: a recommended or later figure of their event and place is there." in ask.told
    assert "IDMC displacement updates: 1 records left aside: they are of other types of displacement." in ask.told
    assert len(_read(ask, example, options={"types": ["Conflict", "Disaster"]})) == 5


@pytest.mark.parametrize(
    "doubt",
    [
        ({"role": "Guess"}, "has a role that is not known: 'Guess'"),
        ({"qualifier": "roughly"}, "has a word that is not known in the field “qualifier” but 'roughly'"),
        ({"figure": 12301}, "says another number in its text"),
        ({"displacement_end_date": "2024-11-30T17:30:00Z"}, "a time in the field “displacement_end_date” that is no midnight known"),
        (
            {"standard_info_text": "<b> Syria: 12,300 displacements (moved), 27 May </b>"},
            "has a term that is not known: 'moved'",
        ),
        ({"standard_info_text": "12,300 people fled"}, "has a standard_info_text of another shape"),
    ],
)
def test_what_nobody_confirmed_is_not_guessed(
    web: Any, ask: Any, example: dict[str, Any], one: dict[str, Any], doubt: tuple[dict[str, Any], str]
) -> None:
    """A role, term, hedge or time never seen fails by name."""
    changed, told = doubt
    _serve(web, {**one, **changed})
    with pytest.raises(SourceUnavailable, match="IDMC displacement updates changed: a record") as caught:
        _read(ask, example)
    assert told in str(caught.value)


def test_older_records_without_places_are_read(web: Any, ask: Any, example: dict[str, Any], one: dict[str, Any]) -> None:
    """Fields of later years may be missing; the point alone names no place."""
    new = {"event_id", "event_codes", "event_code_types", "sources", "source_url", "displacement_occurred"}
    _serve(web, {name: value for name, value in one.items() if name not in new and not name.startswith("locations_")})
    (record,) = _read(ask, example)
    assert (record.counts[0].where.name, record.counts[0].where.lat) == ("", 36.2021)


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        (
            {"status": 403, "body": b'{"detail": "Client is not registered."}'},
            r"HTTP 403 \(“Client is not registered.”\): it does not know the",
        ),
        ({"status": 404, "body": b"[]"}, "no dump has been made yet"),
        ({"status": 202, "body": b"[]"}, r"still making its dump \(HTTP 202\)"),
        ({"status": 500, "body": b""}, "HTTP 500"),
        ({"body": b'{"results": []}'}, "answered with no list"),
    ],
)
def test_its_moods_are_told(web: Any, ask: Any, example: dict[str, Any], reply: dict[str, Any], told: str) -> None:
    """A dump that is missing, pending or refused is no empty list."""
    web.at(ASKED, {"headers": {"Content-Type": "application/json"}, **reply})
    with pytest.raises(SourceUnavailable, match=told):
        _read(ask, example)


def test_of_the_dump_of_the_world_the_country_is_kept_apart(web: Any, ask: Any, example: dict[str, Any], one: dict[str, Any]) -> None:
    """Each record as it was written, beside the hash of the dump; a dump larger than other sources may answer is taken."""
    elsewhere = {**one, "id": 7, "iso3": "XSM", "country": "Samland"}
    written = json.dumps(one, indent=3, ensure_ascii=True).replace("36.2021", "36.20210")
    body = f"[{json.dumps(elsewhere)} ,\n{written}]{' ' * 21_000_000}".encode()
    web.at(DUMP, {"body": body, "headers": {"Content-Type": "application/json"}})
    asked = ask(options=example["options"], keys=example["keys"])
    client = ask.client.on_behalf_of(idmc.INFO.name, "", idmc.INFO.largest)
    (record,) = (found for found in idmc.fetch(replace(asked, client=client)) if isinstance(found, Record))
    kept = ask.archive.get(record.document.archive_sha256)
    assert written.encode() in kept and b"Samland" not in kept
    assert ask.archive.get(json.loads(kept)["of"]) == body
    with pytest.raises(SourceUnavailable, match="larger than the 20 MB"):
        list(idmc.fetch(asked))


def test_the_code_is_asked_with_and_never_kept(web: Any, ask: Any, example: dict[str, Any]) -> None:
    """It is part of no address that is kept, though the dump stands behind a redirect."""
    records = _read(ask, example)
    assert [path.partition("?")[0] for path in web.paths()] == [ASKED, DUMP]
    assert "client_id=INVENTED-CLIENT-1" in web.paths()[0]
    assert not any("INVENTED-CLIENT-1" in str(record) for record in records)


def test_the_whole_dump_is_asked_for_where_the_crisis_is_past(
    web: Any, ask: Any, example: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The recent one reaches back half a year."""
    monkeypatch.setattr(idmc, "INFO", replace(idmc.INFO, address=f"{web.base}/external-api/idus/"))
    with pytest.raises(SourceUnavailable):
        list(idmc.fetch(ask(keys=example["keys"], days=(date(2023, 1, 1), date(2023, 12, 31)))))
    assert web.paths()[0].startswith("/external-api/idus/all/")
