"""Five hundred fetches from a server that fails at random: nothing is lost, nothing is doubled, and nothing ends but in a sentence."""

import json
import random
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from ingest.errors import SourceUnavailable, UnreadableDocument
from ingest.fetch.archive import Archive
from ingest.fetch.request import FetchRequest
from ingest.model.records import Document, Table
from ingest.sources.registry import all_sources
from tests.ingest.faults import HASTY, WRONG, fields, spoiling, wrongly_typed

SOURCES = ("sohr", "sana", "enab_baladi", "telegram", "reliefweb", "un_news")
REFRESHES = 500
SEED = 20241130
NOW = datetime(2024, 12, 2, tzinfo=UTC)


def _last_page(body: bytes) -> bytes:
    """An answer of ReliefWeb that is the last of its pages, so that each refresh asks once."""
    answer = json.loads(body)
    answer["links"].pop("next", None)
    answer["data"] = [row for row in answer["data"] if "body" in row["fields"] or "body-html" in row["fields"]]
    return json.dumps(answer).encode()


def test_hundreds_of_fetches_from_a_failing_server(web: Any, make_client: Any, archive: Archive, memory: Any) -> None:
    """Whatever the server does, a source ends with its reports or a sentence; over time all reports are met, each as it is."""
    dice, modules = random.Random(SEED), all_sources()
    examples = {name: web.serve_example(name) for name in SOURCES}
    reliefweb = web.reply_of("/v2/reports")
    web.at("/v2/reports", {"body": _last_page(reliefweb.body), "headers": reliefweb.headers})
    web.at("/loop", {"status": 302, "headers": {"Location": "/loop"}})

    def refresh(name: str, client: Any, met: dict[str, str]) -> None:
        options, keys = examples[name].get("options", {}), examples[name].get("keys", {})
        request = FetchRequest(client, archive, options=options, keys=keys, now=lambda: NOW)
        for found in modules[name].fetch(request):
            document = found if isinstance(found, Document) else found.document
            assert met.setdefault(document.document_id, document.text) == document.text

    sound, met = dict[str, str](), dict[str, str]()
    for name in SOURCES:
        refresh(name, make_client(limits=HASTY), sound)
    web.instead, client, failed = spoiling(dice), make_client(limits=HASTY, memory=memory), 0
    for _ in range(REFRESHES):
        try:
            refresh(dice.choice(SOURCES), client, met)
        except (SourceUnavailable, UnreadableDocument) as error:
            assert str(error).endswith(".")
            failed += 1

    assert met == sound
    assert REFRESHES * 0.1 < failed < REFRESHES


def test_another_type_in_any_field_makes_no_other_report(web: Any, make_client: Any, archive: Archive) -> None:
    """Every field of ReliefWeb's answer in turn holds every other type: a record may be left out and told, never read as another."""
    example = web.serve_example("reliefweb")
    body = json.loads(_last_page(web.reply_of("/v2/reports").body))
    client, module = make_client(limits=HASTY), all_sources()["reliefweb"]

    def read() -> set[str]:
        request = FetchRequest(client, archive, options=example["options"], keys=example["keys"], now=lambda: NOW)
        try:
            return {found.document_id for found in module.fetch(request) if isinstance(found, Document)}
        except (SourceUnavailable, UnreadableDocument):
            return set()

    sound, refused = _served(web, body, read), 0
    for holder, key in list(fields(body)):
        right = holder[key]
        for wrong in WRONG:
            if type(wrong) is not type(right):
                holder[key] = wrong
                found = _served(web, body, read)
                assert found <= sound, (key, wrong)
                refused += found < sound
        holder[key] = right
    assert refused > 100


@pytest.mark.parametrize("name", ["gdelt", "hdx", "reliefweb_disasters"])
def test_another_type_in_any_place_makes_nothing_else(name: str, web: Any, make_client: Any, archive: Archive) -> None:
    """Of the other sources whose answers are JSON too: what is yielded is what a sound answer gives, or less with a sentence."""
    client, module, dice = make_client(limits=HASTY), all_sources()[name], random.Random(name)
    web.serve_example(name)
    paths = {path: web.reply_of(path).body for path in web.json_paths()}

    def read(told: list[str]) -> set[tuple[str, str]]:
        request = FetchRequest(client, archive, options=example["options"], keys=example.get("keys", {}), progress=told.append)
        found = set[tuple[str, str]]()
        try:
            for one in module.fetch(request):
                found.add((one.url, one.archive_sha256 if isinstance(one, Table) else one.text))
        except (SourceUnavailable, UnreadableDocument) as error:
            told.append(str(error))
        return found

    example = web.serve_example(name)
    sound, less = read([]), 0
    for path, right in paths.items():
        for body in wrongly_typed(right, dice):
            example = web.serve_example(name)
            web.at(path, {"body": body, "headers": {"Content-Type": "application/json"}})
            found = read(told := [])
            assert found <= sound and (found == sound or told)
            less += found < sound
    assert sound and less > 2


def _served(web: Any, body: Any, read: Callable[[], set[str]]) -> set[str]:
    web.at("/v2/reports", {"body": json.dumps(body).encode(), "headers": {"Content-Type": "application/json"}})
    return read()
