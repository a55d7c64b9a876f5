"""Whatever a server does, a sentence says so, and the rules' rows stay as they were."""

import json

import pytest

from ingest.extract.second import compared
from ingest.fetch.transport import Limits

TEXT = "Nine villagers were killed in Stonebridge."
JSON = {"Content-Type": "application/json"}
ERROR = {
    "error": {"message": "Incorrect API key provided: sk-test-0123456789.", "type": "invalid_request_error", "code": "invalid_api_key"}
}


def _body(value):
    return {"body": json.dumps(value).encode(), "headers": JSON}


MOODS = {
    "prose": ("content", "I found one figure: nine killed.", "What the model wrote is not valid JSON"),
    "half": ("content", '{"figures": [{"quote": "Nine vill', "What the model wrote is not valid JSON"),
    "another object": ("content", '{"answer": []}', "no object with a list"),
    "a list": ("content", "[]", "no object with a list"),
    "no number": ("content", '{"figures": NaN}', "not valid JSON"),
    "deep": ("content", '{"figures": ' + "[" * 100_000 + "]" * 100_000 + "}", "not valid JSON"),
    "long number": ("content", '{"figures": [' + "9" * 10_000 + "]}", "not valid JSON"),
    "flood": ("content", json.dumps({"figures": [{}] * 501}), "lists 501 figures"),
    "blank": ("content", "  ", "wrote nothing"),
    "null": ("content", None, "wrote nothing"),
    "no choices": ("reply", _body({"choices": []}), "no choices[0].message"),
    "odd choices": ("reply", _body({"choices": [[]]}), "no choices[0].message"),
    "only a list": ("reply", _body([]), "no choices[0].message"),
    "html": ("reply", {"body": b"<!doctype html><html></html>", "headers": {"Content-Type": "text/html"}}, "where JSON was due"),
    "empty": ("reply", {"body": b"", "headers": JSON}, "empty body"),
    "not utf-8": ("reply", {"body": b'{"choices": "\xff\xfe"}', "headers": JSON}, "no choices[0].message"),
    "error": ("reply", {"status": 500, **_body({"error": {"message": "out of memory"}})}, "HTTP 500: out of memory"),
    "no such model": (
        "reply",
        {"status": 404, **_body({"error": {"message": "model not found"}})},
        "HTTP 404 (model not found); check its",
    ),
    "huge": ("reply", {"body": b'{"choices": "' + b"x" * 3_000_000 + b'"}', "headers": JSON}, "larger than the 2 MB"),
    "broken off": ("reply", {"body": b'{"choices"', "headers": JSON, "claim": 4000}, "broke off in the middle"),
}


@pytest.mark.parametrize("mood", MOODS.values(), ids=MOODS.keys())
def test_a_bad_answer_is_a_sentence_and_costs_nothing(second, rules, report, say, mood):
    """No reading, one sentence, nothing covered; and the rows of the rules are not so much as doubted."""
    kind, said, sentence = mood
    reply = say.completion(said) if kind == "content" else said
    limits = Limits(connect=2, read=2, total=20, delay=0, read_retries=0, text_bytes=2_000_000)
    answered = second(reply, limits=limits).read(report(TEXT))
    assert (answered.readings, answered.covered) == ([], [])
    assert [sentence in failure for failure in answered.failures] == [True], answered.failures
    before = rules(TEXT)
    assert compared(before, [], answered).figures == before


def test_an_answer_that_was_cut_off_is_no_answer(answer, say):
    """What stands before the limit may be valid, and the rest is missing all the same."""
    answered = answer(TEXT, say.completion('{"figures": []}', "length"))
    assert answered.covered == []
    assert "breaks off" in answered.failures[0]


def test_a_server_that_does_not_answer_is_left_in_time(second, report, say):
    """A model that thinks for ever costs the time that is allowed, not the run."""
    slow = {**say.listing(), "drip": 0.2}
    answered = second(slow, limits=Limits(connect=1, read=1, total=1, delay=0, read_retries=0)).read(report(TEXT))
    assert "did not finish its answer within 1 seconds" in answered.failures[0]


def test_a_busy_server_is_asked_again_later(answer, say, web, fake_time):
    """429 with Retry-After is obeyed, a passing 503 is waited out, and the answer counts."""
    busy = {"status": 429, "headers": {"Retry-After": "4"}}
    answered = answer(TEXT, busy, {"status": 503}, say.listing(say.claim(TEXT, "Nine", 9)))
    assert len(answered.readings) == 1
    assert len(web.asked) == 3
    assert fake_time.slept[0] == 4.0


def test_a_server_that_knows_no_form_is_asked_without_one(second, report, say, web):
    """A refused `response_format` is left out from then on."""
    refusal = {"status": 400, **_body({"error": {"message": "response_format is not supported"}})}
    reader = second(refusal, say.listing(say.claim(TEXT, "Nine", 9)))
    assert len(reader.read(report(TEXT)).readings) == 1
    reader.read(report(TEXT + " "))
    assert ["response_format" in json.loads(asked.body) for asked in web.asked] == [True, False, False]


def test_a_server_that_keeps_failing_is_left_alone(second, report, web):
    """After three failures in a row the run goes on with the rules alone."""
    reader = second({"body": b"{}", "headers": JSON})
    told = [reader.read(report(f"{TEXT} {number}")).failures[0] for number in range(5)]
    assert len(web.asked) == 3
    assert "not asked any more" in told[4]


def test_an_answer_ends_the_counting_of_failures(second, report, say, web):
    """Three failures in a row, not in a life."""
    bad, good = say.completion("no"), say.listing()
    reader = second(bad, bad, good, bad, bad, good)
    for number in range(6):
        reader.read(report(f"{TEXT} {number}"))
    assert len(web.asked) == 6


def test_the_key_is_never_told(second, report):
    """A server that repeats the key in its error does not get it into our sentences, nor do our own objects show it."""
    reader = second({"status": 401, **_body(ERROR)})
    (failure,) = reader.read(report(TEXT)).failures
    assert "Incorrect API key provided: [key]." in failure
    assert "sk-test" not in failure + repr(reader)
