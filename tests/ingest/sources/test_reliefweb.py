"""ReliefWeb's API, version 2."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from ingest.errors import SettingsError, SourceUnavailable
from ingest.fetch.archive import Archive
from ingest.fetch.client import Client
from ingest.sources import reliefweb, reliefweb_disasters
from ingest.text import read

KEYS = {"RELIEFWEB_APPNAME": "example-tests-1"}


@pytest.fixture
def options(web: Any) -> dict[str, Any]:
    """The example answers, and the options that point to them."""
    web.serve_example("reliefweb")
    return {"address": web.base + "/v2/reports", "country": "INV", "publishers": {"UNHCR": "refugee_agency"}}


def queries(web: Any) -> list[dict[str, Any]]:
    """The queries that were sent."""
    return [json.loads(asked.body) for asked in web.asked if asked.method == "POST"]


def test_reports_are_read_under_their_own_publishers(web: Any, ask: Any, options: dict[str, Any], archive: Archive) -> None:
    """Lists and tables survive; Markdown and attached PDFs stand in where there is no HTML; the publisher is who wrote it."""
    documents = list(reliefweb.fetch(ask(options=options, keys=KEYS)))

    assert [(document.publisher, document.language) for document in documents] == [
        ("ocha", "en"),
        ("sample_relief_committee", "en"),
        ("ocha", "en"),
        ("refugee_agency", "ar"),
    ]
    html, markdown, pdf, _ = documents
    assert html.text.split("\n") == [
        "Invented Republic: Flash Update No. 9 (As of 12 December 2024)",
        "Highlights",
        "• Some 123,400 people newly displaced since 27 November.",
        "• Of them, 51% are children.",
        "District | Displaced",
        "Samplia | 81,200",
    ]
    assert html.url == web.base + "/report/invented-republic/flash-update-no-9-12-december-2024"
    assert html.published_at == datetime(2024, 12, 12, 16, 20, tzinfo=UTC)
    assert html.citation.startswith("OCHA, UNHCR, “Invented Republic: Flash Update No. 9")
    assert markdown.text.endswith("• 31 wells were restored in Exampletown, about 4,500 people use them.")
    assert "Some 130,000 people have been displaced in the Invented Republic since 27 November" in pdf.text
    assert pdf.media_type == "application/pdf"
    for document in documents:
        assert read(archive.get(document.archive_sha256), document.media_type, document.url).text == document.text


def test_the_query_asks_for_the_country_the_time_and_the_pages(web: Any, ask: Any, options: dict[str, Any]) -> None:
    """The program's name stays in the address; days of the crisis file are days of its time zone; edited reports come again."""
    times = {"from": date(2024, 11, 27), "to": date(2024, 12, 15)}
    since = datetime(2024, 12, 10, 6, 0, tzinfo=UTC)
    list(reliefweb.fetch(ask(options={**options, **times}, keys=KEYS, since=since)))

    first, second = queries(web)
    assert [asked.path for asked in web.asked if asked.method == "POST"] == ["/v2/reports?appname=example-tests-1"] * 2
    assert (first["offset"], second["offset"]) == (0, 3)
    assert first["filter"]["conditions"] == [
        {"field": "primary_country.iso3", "value": "inv"},
        {"field": "language.code", "value": ["en", "ar"], "operator": "OR"},
        {"field": "date.created", "value": {"from": "2024-11-26T21:00:00+00:00", "to": "2024-12-15T20:59:59+00:00"}},
        {"field": "date.changed", "value": {"from": "2024-12-10T06:00:00+00:00"}},
    ]


def test_without_any_time_the_last_weeks_are_asked_for(web: Any, ask: Any, options: dict[str, Any]) -> None:
    """A first refresh of a crisis without dates does not fetch the whole library."""
    list(reliefweb.fetch(ask(options=options, keys=KEYS)))
    assert queries(web)[0]["filter"]["conditions"][-1] == {"field": "date.created", "value": {"from": "2024-11-02T12:00:00+00:00"}}


def test_a_record_without_text_and_a_new_field_are_told(ask: Any, options: dict[str, Any]) -> None:
    """A map without words is passed over; a field never seen before is a sign that the source changed."""
    list(reliefweb.fetch(ask(options=options, keys=KEYS)))
    assert any("“Invented Republic: a map of roads” on ReliefWeb has no text and no PDF" in told for told in ask.told)
    assert any("the field “fields.sentiment” is new (1 records)" in told for told in ask.told)


def test_attachments_can_be_left_alone(web: Any, ask: Any, options: dict[str, Any]) -> None:
    """Where PDFs are not wanted none is fetched."""
    assert len(list(reliefweb.fetch(ask(options={**options, "attachments": False}, keys=KEYS)))) == 3
    assert all(asked.method == "POST" for asked in web.asked)


def test_an_empty_answer_is_the_end(web: Any, ask: Any, options: dict[str, Any]) -> None:
    """No reports is no error; paging also ends where an answer is empty though it names a next page."""
    empty = {"count": 0, "data": [], "totalCount": 0, "links": {"next": {"href": "x"}}}
    web.at("/v2/reports", {"body": json.dumps(empty).encode(), "headers": {"Content-Type": "application/json"}})
    assert list(reliefweb.fetch(ask(options=options, keys=KEYS))) == []
    assert len(web.asked) == 1


@pytest.mark.parametrize(
    "mood",
    [
        (400, "Missing appname parameter", r"HTTP 400 \(“Missing appname parameter”\): .*check RELIEFWEB_APPNAME"),
        (
            403,
            "You are not using an approved appname.",
            r"HTTP 403 \(“You are not using an .*\): .* is not approved; ask for one at https",
        ),
        (
            410,
            "The API version 'v1' has been decommissioned.",
            r"HTTP 410 .*: this version of its API is retired; a newer version",
        ),
        (429, "Too many", r"HTTP 429 .*: the calls allowed for today are used up"),
        (500, "Oops", r"HTTP 500 \(“Oops”\): try again later"),
    ],
)
def test_its_moods_are_told_apart(web: Any, ask: Any, options: dict[str, Any], mood: tuple[int, str, str]) -> None:
    """Each refusal is a sentence that says what to do about it, without the program's name in it."""
    status, message, told = mood
    body = {"status": status, "error": {"type": "Example", "message": message}}
    web.at("/v2/reports", {"status": status, "body": json.dumps(body).encode(), "headers": {"Content-Type": "application/json"}})
    with pytest.raises(SourceUnavailable, match=told) as caught:
        list(reliefweb.fetch(ask(options=options, keys=KEYS)))
    assert KEYS["RELIEFWEB_APPNAME"] not in str(caught.value)


def test_a_challenge_is_told(web: Any, ask: Any, options: dict[str, Any]) -> None:
    """202 with a page for browsers is named as what it is."""
    reply = {
        "status": 202,
        "body": b"<html><script></script></html>",
        "headers": {"Content-Type": "text/html", "x-amzn-waf-action": "challenge"},
    }
    web.at("/v2/reports", reply)
    with pytest.raises(SourceUnavailable, match=r"challenge that only a browser can pass \(HTTP 202\)"):
        list(reliefweb.fetch(ask(options=options, keys=KEYS)))


@pytest.mark.parametrize("body", [b"[]", b'{"count": 1}', b'{"data": [], "count": "0"}', b'{"data": [], "count": NaN}'])
def test_another_shape_is_told(web: Any, ask: Any, options: dict[str, Any], body: bytes) -> None:
    """An answer that is not what the API ever gave is an error, never an empty result."""
    web.at("/v2/reports", {"body": body, "headers": {"Content-Type": "application/json"}})
    with pytest.raises(SourceUnavailable, match=r"its API changed|is not valid JSON"):
        list(reliefweb.fetch(ask(options=options, keys=KEYS)))


@pytest.mark.parametrize("row", [{"id": "1"}, {"id": "1", "fields": {"title": "T", "body": "Text of some length."}}, "words"])
def test_a_record_of_another_shape_costs_only_itself(web: Any, ask: Any, options: dict[str, Any], row: Any) -> None:
    """A record without fields, date or source is told and passed over."""
    good = {
        "id": "2",
        "fields": {
            "title": "T",
            "body": "Four were hurt.",
            "date": {"created": "2024-12-01T00:00:00+00:00"},
            "source": [{"shortname": "X"}],
        },
    }
    answer = {"count": 2, "data": [row, good]}
    web.at("/v2/reports", {"body": json.dumps(answer).encode(), "headers": {"Content-Type": "application/json"}})
    assert [document.publisher for document in reliefweb.fetch(ask(options=options, keys=KEYS))] == ["x"]
    assert len(ask.told) == 1


def test_missing_settings_are_told_before_anything_is_asked(web: Any, ask: Any, options: dict[str, Any]) -> None:
    """Without an approved name, or without a country, the sentence says where to get or put it."""
    with pytest.raises(
        SettingsError, match=r"needs RELIEFWEB_APPNAME: ask for an approved name at https://apidoc\.reliefweb\.int/parameters#appname"
    ):
        list(reliefweb.fetch(ask(options=options)))
    with pytest.raises(SettingsError, match="names no `country`"):
        list(reliefweb.fetch(ask(options={"address": options["address"]}, keys=KEYS)))
    with pytest.raises(SettingsError, match=r"`from` under `sources\.reliefweb` in the crisis file is missing or not understood"):
        list(reliefweb.fetch(ask(options={**options, "from": "2024-11-27"}, keys=KEYS)))
    assert web.asked == []


def test_the_pdfs_of_every_report_can_be_read_beside_them(web: Any, ask: Any, options: dict[str, Any], archive: Archive) -> None:
    """Each is a document at its own address; one that is not there is told and costs nothing else."""
    web.at("/attachments/example/update9.pdf", {"body": web.reply_of("/attachments/example/update10.pdf").body})
    documents = list(reliefweb.fetch(ask(options={**options, "attachments": "all"}, keys=KEYS)))
    beside = next(document for document in documents if document.url.endswith("/update9.pdf"))
    assert (len(documents), beside.publisher, beside.media_type) == (5, "ocha", "application/pdf")
    assert read(archive.get(beside.archive_sha256), beside.media_type, beside.url).text == beside.text
    with pytest.raises(SettingsError, match=r"`attachments` .* may hold"):
        list(reliefweb.fetch(ask(options={**options, "attachments": "some"}, keys=KEYS)))


def test_a_disaster_is_told_with_its_number_and_kind(web: Any, ask: Any) -> None:
    """Its overview is at second hand; one without an overview is passed over and told."""
    example = web.serve_example("reliefweb_disasters")
    (document,) = reliefweb_disasters.fetch(ask(options=example["options"], keys=KEYS))
    assert document.second_hand
    assert "(Flood; GLIDE FL-2024-000999-INV; ongoing)" in document.citation
    assert any("“Invented Republic: Cold wave - Dec 2024” of ReliefWeb disasters has no overview" in told for told in ask.told)
    assert json.loads(web.asked[0].body)["filter"]["conditions"] == [{"field": "country.iso3", "value": "inv"}]


@pytest.fixture
def remembering(make_client: Any, memory: Any, fake_time: Any) -> Client:
    """A client that knows what it fetched, a month after the reports of the example."""
    fake_time.passed = timedelta(days=30).total_seconds()
    return make_client(memory=memory)  # type: ignore[no-any-return]


def test_a_pdf_is_fetched_again_only_after_its_report_was_edited(web: Any, ask: Any, options: dict[str, Any], remembering: Client) -> None:
    """A refresh without news costs the query alone, and reads the same."""
    request = ask(options=options, keys=KEYS, client=remembering)

    def fetched() -> tuple[list[str], list[str]]:
        before = len(web.asked)
        texts = [document.text for document in reliefweb.fetch(request)]
        return texts, [asked.path for asked in web.asked[before:] if asked.method == "GET"]

    pages = [web.reply_of("/v2/reports").body, b""]
    first, asked = fetched()
    pages[1] = web.reply_of("/v2/reports").body
    assert asked == ["/attachments/example/update10.pdf"]
    web.at("/v2/reports?appname=example-tests-1", *({"body": page, "headers": {"Content-Type": "application/json"}} for page in pages * 2))
    assert fetched() == (first, [])
    edited = [page.replace(b'"changed": "2024', b'"changed": "2034').replace(b'"changed":"2024', b'"changed":"2034') for page in pages]
    web.at("/v2/reports?appname=example-tests-1", *({"body": page, "headers": {"Content-Type": "application/json"}} for page in edited))
    assert fetched() == (first, asked)
