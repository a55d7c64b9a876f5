"""The second reader as a person meets it: `explain --second` and `doctor`."""

import json

import pytest

TEXT = "Nine villagers were killed in Northvale."
SAID = ("--publisher", "watch", "--published", "2024-12-02")
KEY = "sk-test-0123456789"


@pytest.fixture
def configured(web, monkeypatch):
    """A server on this machine that takes the nine for injured."""
    figure = {
        "quote": TEXT,
        "number": "Nine",
        "value": 9,
        "metric": "injured",
        "unit": "person",
        "whole": None,
        "source": None,
        "place": None,
    }
    message = {"role": "assistant", "content": json.dumps({"figures": [figure, {**figure, "number": "Ten"}]})}
    body = {"id": "x", "object": "chat.completion", "choices": [{"index": 0, "message": message, "finish_reason": "stop"}]}
    web.at("/v1/chat/completions", {"body": json.dumps(body).encode(), "headers": {"Content-Type": "application/json"}})
    for name, value in {"ADDRESS": f"{web.base}/v1", "MODEL": "tiny", "KEY": KEY}.items():
        monkeypatch.setenv(f"SECOND_READER_{name}", value)


def test_explain_shows_where_the_second_reader_differs(crosscount, configured):
    """The doubt names both values; what did not stand in the text is told beside."""
    done = crosscount("explain", TEXT, "--second", *SAID)
    assert "metric? Second reader: metric: killed or injured" in done.stdout
    assert "second reader: Ten: Its number does not stand in its quote." in done.stderr
    told = json.loads(crosscount("explain", TEXT, "--second", "--json", *SAID).stdout)
    assert [(one["metric"], one["doubts"]) for one in told] == [("killed", ["second_metric=killed|injured"])]


def test_explain_alone_sends_nothing(crosscount, configured, web):
    """A configured server is not asked unless it is wanted."""
    assert crosscount("explain", TEXT, *SAID).exit_code == 0
    assert web.asked == []


def test_explain_without_a_second_reader_says_what_to_set(crosscount):
    """Asked for one that is not configured, it is a sentence."""
    done = crosscount("explain", TEXT, "--second", *SAID)
    assert done.exit_code == 3
    assert "set SECOND_READER_ADDRESS and SECOND_READER_MODEL" in done.stderr


def test_a_claim_without_a_number_is_no_stumbling_block_for_scripts(crosscount):
    """`explain --json` gives the figures with numbers, whatever else the text claims."""
    done = crosscount("explain", f"Residents fled their homes. {TEXT}", "--json", *SAID)
    assert [one["value_best"] for one in json.loads(done.stdout)] == [9]


def test_doctor_tells_whether_a_second_reader_answers(crosscount, web, monkeypatch):
    """None, one that answers, one that refuses the key, half of one: each is a finding, and the key is in none."""
    assert "None is configured; no text is sent anywhere." in crosscount("doctor", "--offline").stdout
    monkeypatch.setenv("SECOND_READER_MODEL", "tiny")
    half = crosscount("doctor", "--offline")
    assert (half.exit_code, "SECOND_READER_ADDRESS is missing" in half.stdout) == (1, True)
    monkeypatch.setenv("SECOND_READER_ADDRESS", f"{web.base}/v1")
    monkeypatch.setenv("SECOND_READER_KEY", KEY)
    web.at("/v1/models", {"body": b'{"object": "list", "data": []}'}, {"status": 401, "body": f"bad key {KEY}".encode()})
    assert "tiny at 127.0.0.1" in (answers := crosscount("doctor").stdout)
    assert "answers; the reports that are read are sent to it" in answers
    assert web.asked[-1].headers["authorization"] == f"Bearer {KEY}"
    assert "bad key [key]" in (refuses := crosscount("doctor").stdout)
    assert KEY not in answers + refuses
