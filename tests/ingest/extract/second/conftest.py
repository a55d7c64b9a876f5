"""A model server on loopback that answers in the protocol's true shape, and both readers over the invented country."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest

from ingest.extract import Reader, read
from ingest.extract.second import Answered, Looked, Model, SecondReader, compared
from ingest.fetch.service import Service
from ingest.fetch.transport import Limits
from ingest.model.ids import document_id
from ingest.model.records import Document, Figure

JSON = {"Content-Type": "application/json"}
PUBLISHED = datetime(2024, 6, 15, 12, tzinfo=UTC)
KEY = "sk-test-0123456789"


def completion(content: str | None, finish_reason: str = "stop") -> dict[str, Any]:
    """A reply of the web server that is a chat completion with this content."""
    body = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1733140800,
        "model": "tiny-model",
        "choices": [
            {
                "index": 0,
                "message": {"role": "assistant", "content": content, "refusal": None},
                "logprobs": None,
                "finish_reason": finish_reason,
            }
        ],
        "usage": {"prompt_tokens": 600, "completion_tokens": 90, "total_tokens": 690},
    }
    return {"body": json.dumps(body).encode(), "headers": JSON}


def listing(*figures: dict[str, Any]) -> dict[str, Any]:
    """A chat completion that lists these figures."""
    return completion(json.dumps({"figures": figures}, ensure_ascii=False))


def claim(quote: str, number: str, value: int, **said: Any) -> dict[str, Any]:
    """One figure as a model lists it: killed persons where nothing else is said."""
    usual = {"metric": "killed", "unit": "person", "whole": None, "source": None, "place": None}
    return {"quote": quote, "number": number, "value": value, **usual, **said}


@pytest.fixture
def say() -> Any:
    """What a model may say, for tests to write it."""

    @dataclass(frozen=True)
    class Say:
        completion: Callable[..., dict[str, Any]]
        listing: Callable[..., dict[str, Any]]
        claim: Callable[..., dict[str, Any]]
        key: str

    return Say(completion, listing, claim, KEY)


@pytest.fixture
def report() -> Callable[[str], Document]:
    """Makes a report of the Herald, 15 June 2024."""

    def make(text: str, language: str = "en") -> Document:
        identity = document_id("test", "herald", "", text)
        return Document(identity, "test", "herald", "", text, language, "", PUBLISHED, PUBLISHED, "text/plain", "")

    return make


@pytest.fixture
def second(web: Any, make_client: Any, reader: Reader) -> Callable[..., SecondReader]:
    """A second reader whose server gives these replies, of which the last is repeated."""

    def make(*replies: dict[str, Any], limits: Limits | None = None) -> SecondReader:
        web.at("/v1/chat/completions", *replies)
        service = Service(f"{web.base}/v1/", KEY)
        quick = limits or Limits(connect=2, read=2, total=20, delay=0, read_retries=0)
        return SecondReader(Model(make_client(allow_private=False, service=service, limits=quick), service, "tiny-model"), reader)

    return make


@pytest.fixture
def answer(second: Any, report: Any) -> Callable[..., Answered]:
    """What comes of asking about a text when the server gives these replies."""
    return lambda text, *replies, language="en": second(*replies).read(report(text, language))


@pytest.fixture
def rules(reader: Reader, report: Any) -> Callable[[str], list[Figure]]:
    """What the rules read in a text."""
    return lambda text: [reading.figure for reading in read(report(text), reader)]


@pytest.fixture
def look(answer: Any, rules: Any) -> Callable[..., Looked]:
    """Both readers' differences about a text."""

    def looking(text: str, *replies: dict[str, Any]) -> Looked:
        answered = answer(text, *replies)
        return compared(rules(text), [reading.figure for reading in answered.readings], answered)

    return looking
