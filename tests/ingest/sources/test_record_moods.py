"""What holds for every source of records, whatever its server does."""

import json
import random
from collections.abc import Callable, Iterator
from typing import Any, get_args, get_type_hints

import pytest

from ingest import settings
from ingest.errors import CrosscountError, SettingsError, SourceUnavailable
from ingest.model.records import Record
from ingest.pipeline.opening import crisis_of, gazetteer_of
from ingest.pipeline.statements import figures_of
from ingest.pipeline.verify import verified
from ingest.sources.registry import SourceModule, all_sources
from tests.ingest.faults import wrongly_typed


def _yields_records(module: SourceModule) -> bool:
    """Whether what a source yields are records, by its own declaration."""
    (yielded,) = get_args(get_type_hints(module.fetch)["return"])
    return Record in (yielded, *get_args(yielded))


SOURCES = {name: module for name, module in all_sources().items() if _yields_records(module)}
JUNK = ("2024-13-45", "", -3, True, None, [], 10**30)
_RECORD = 5  # keys from which an object of an answer is a record

Change = Callable[[dict[str, Any]], None]


@pytest.fixture(scope="module")
def places() -> Any:
    """The crisis that comes with the program, and its places."""
    crisis = crisis_of(settings.load({}))
    return crisis, gazetteer_of(settings.load({}), crisis)


def _read(name: str, ask: Any, example: dict[str, Any]) -> list[Record]:
    yielded = SOURCES[name].fetch(ask(options=example.get("options", {}), keys=example.get("keys", {})))
    return [one for one in yielded if isinstance(one, Record)]


def _changed(change: Change, first_only: bool) -> Callable[[bytes], bytes]:
    """Applies a change to the records of a JSON answer: to all, or to the first."""

    def body(content: bytes) -> bytes:
        try:
            answer = json.loads(content)
        except ValueError:
            return content
        for record in list(_records(answer))[: 1 if first_only else None]:
            change(record)
        return json.dumps(answer).encode()

    return body


def _records(answer: Any) -> Iterator[dict[str, Any]]:
    if isinstance(answer, list):
        for one in answer:
            yield from _records(one)
    elif isinstance(answer, dict):
        inner = [found for value in answer.values() if isinstance(value, list) for found in _records(value)]
        if inner:
            yield from inner
        elif len(answer) >= _RECORD:
            yield answer


@pytest.mark.parametrize("name", SOURCES)
def test_a_page_where_data_was_due_is_told(name: str, web: Any, ask: Any) -> None:
    """A challenge or an error page with status 200 is a failure, never “no news”."""
    example = web.serve_example(name)
    web.change(body=b"<!doctype html><html><script>challenge()</script></html>", headers={"Content-Type": "text/html"})
    with pytest.raises(CrosscountError):
        _read(name, ask, example)


@pytest.mark.parametrize("name", SOURCES)
@pytest.mark.parametrize("status", [401, 403, 404, 429, 500])
def test_a_refusal_is_a_sentence(name: str, status: int, web: Any, ask: Any) -> None:
    """Whatever the server refuses, nothing is yielded and no key stands in what is said."""
    example = web.serve_example(name)
    keys = example.get("keys", {}).values()
    web.change(status=status, body=json.dumps({"message": f"no: {' '.join(keys)}"}).encode(), headers={"Content-Type": "application/json"})
    with pytest.raises(SourceUnavailable) as caught:
        _read(name, ask, example)
    assert not any(key in f"{caught.value} {ask.told}" for key in keys)


@pytest.mark.parametrize("name", SOURCES)
def test_an_answer_that_breaks_off_is_told(name: str, web: Any, ask: Any) -> None:
    """Half an answer is none."""
    example = web.serve_example(name)
    web.change(body=lambda body: body[: len(body) // 2])
    with pytest.raises(CrosscountError):
        _read(name, ask, example)


@pytest.mark.parametrize("name", SOURCES)
def test_a_field_never_seen_is_told(name: str, web: Any, ask: Any) -> None:
    """What a record says and nobody reads is a change of the source; it costs nothing."""
    example = web.serve_example(name)
    web.change(body=_changed(lambda record: record.update(unheard_of=1), first_only=False))
    assert len(_read(name, ask, example)) == example["gives"]["documents"]
    assert any("“unheard_of” is new" in told for told in ask.told)


@pytest.mark.parametrize("name", SOURCES)
def test_a_field_that_is_missing_everywhere_is_a_failure_or_was_not_needed(name: str, web: Any, ask: Any, places: Any) -> None:
    """No number is made of a record that lost a field it was read from."""
    for field in _fields(name, web):
        example = web.serve_example(name)
        web.change(body=_changed(lambda record, field=field: record.pop(field, None), first_only=False))  # type: ignore[misc]
        _holds(name, ask, example, places)


@pytest.mark.parametrize("name", SOURCES)
def test_any_type_in_any_field_costs_that_record_at_most(name: str, web: Any, ask: Any, places: Any) -> None:
    """The run ends with a sentence or with records; every number of these stands in its record."""
    for field in _fields(name, web):
        for junk in JUNK:
            example = web.serve_example(name)
            change = {field: junk}
            web.change(body=_changed(lambda record, change=change: record.update(change), first_only=True))  # type: ignore[misc]
            _holds(name, ask, example, places)


@pytest.mark.parametrize("name", SOURCES)
def test_any_type_in_any_place_of_an_answer_costs_what_it_holds_at_most(name: str, web: Any, ask: Any, places: Any) -> None:
    """Also in what is around the records and deep inside them, of every JSON answer the source gives."""
    web.serve_example(name)
    dice, spoilt = random.Random(name), 0
    for path in web.json_paths():
        for body in wrongly_typed(web.reply_of(path).body, dice):
            example = web.serve_example(name)
            web.at(path, {"body": body, "headers": {"Content-Type": "application/json"}})
            _holds(name, ask, example, places)
            spoilt += 1
    assert spoilt > 10


@pytest.mark.parametrize("name", [name for name, module in SOURCES.items() if module.INFO.needs])
def test_a_missing_key_is_told_before_anything_is_asked(name: str, web: Any, ask: Any) -> None:
    """The sentence names the setting and says how to come by it."""
    example = web.serve_example(name)
    with pytest.raises(SettingsError, match=SOURCES[name].INFO.needs[0]):
        _read(name, ask, {**example, "keys": {}})
    assert web.asked == []


def _fields(name: str, web: Any) -> list[str]:
    """The fields of the records of an example."""
    web.serve_example(name)
    found: dict[str, None] = {}

    def note(record: dict[str, Any]) -> None:
        found.update(dict.fromkeys(record))

    web.change(body=_changed(note, first_only=False))
    return list(found)


def _holds(name: str, ask: Any, example: dict[str, Any], places: Any) -> None:
    try:
        records = _read(name, ask, example)
    except CrosscountError as error:
        assert str(error).endswith(".")
        return
    for record in records:
        figures, _ = figures_of(record, *places)
        assert all(verified(figure, record.document) is None for figure in figures)
