"""A second reader takes part only where it is configured, and adds doubts and proposals, never a published number."""

import json
from dataclasses import replace
from typing import Any

import pytest

from ingest.errors import SettingsError
from ingest.model.vocabulary import Review
from ingest.pipeline.assembly import assembled
from ingest.pipeline.sample import load_sample
from ingest.pipeline.second import service_of
from ingest.settings import load

TEXT = "Nine villagers were killed in Northvale. The mill was 14 weavers short that day."
KEY = "sk-test-0123456789"


def _listing(*figures: dict[str, Any]) -> dict[str, Any]:
    usual = {"metric": "killed", "unit": "person", "whole": None, "source": None, "place": None}
    content = json.dumps({"figures": [{**usual, **figure} for figure in figures]})
    message = {"role": "assistant", "content": content}
    body = {"id": "x", "object": "chat.completion", "choices": [{"index": 0, "message": message, "finish_reason": "stop"}]}
    return {"body": json.dumps(body).encode(), "headers": {"Content-Type": "application/json"}}


NINE = {"quote": "Nine villagers were killed in Northvale.", "number": "Nine", "value": 9}
MILL = {"quote": "The mill was 14 weavers short that day.", "number": "14", "value": 14}
NOWHERE = {"quote": "The mill lost 15 of its weavers that day.", "number": "15", "value": 15}


@pytest.fixture
def configured(settings, web):
    """The settings with a second reader on this machine."""
    keys = {"SECOND_READER_ADDRESS": f"{web.base}/v1", "SECOND_READER_MODEL": "tiny", "SECOND_READER_KEY": KEY}
    return replace(settings, keys=keys)


def _taken(configured, clock, document):
    """The pipeline's ledger after one document: its figures, and what its run has to say."""
    with assembled(configured, clock) as pipeline:
        with pipeline.intake.run("ingest", "fake") as run:
            pipeline.intake.take(document, run)
        return pipeline.intake.ledger.figures_of(document.document_id), pipeline.intake.ledger.run_log(run.id)


def test_nothing_is_sent_anywhere_unless_it_is_configured(pipeline, report, web):
    """Without settings there is no second reader, and a report is read by the rules alone."""
    assert pipeline.intake.second is None
    with pipeline.intake.run("ingest", "fake") as run:
        assert pipeline.intake.take(report(TEXT), run).figures == 1
    assert web.asked == []


def test_differences_are_kept_with_the_rows(configured, clock, report, web):
    """The rules' row is there, the model's own as a proposal, and what did not stand in the report in the run's log."""
    web.at("/v1/chat/completions", _listing({**NINE, "metric": "injured"}, MILL, NOWHERE))
    (nine, mill), log = _taken(configured, clock, report(TEXT))
    assert (nine.metric, nine.doubts) == ("killed", ("second_metric=killed|injured",))
    assert (mill.value_best, mill.doubts, mill.extractor_version) == (14, ("second_only",), "second/1 tiny")
    assert [(line.level, line.reason) for line in log] == [("rejected", "Its quote does not stand in the report.")]


def test_what_only_the_model_found_is_published_once_a_person_confirmed_it(configured, clock, report, web):
    """Before that it stands in the ledger alone; the rules' rows are published at once."""
    web.at("/v1/chat/completions", _listing(NINE, MILL))
    _, mill = _taken(configured, clock, report(TEXT))[0]
    with assembled(configured, clock) as pipeline:
        assert pipeline.publish().tables["figures"] == 1
        pipeline.intake.ledger.add_review(mill.figure_id, Review.HUMAN_CHECKED, "Amal", "It is so.", clock())
        assert pipeline.publish().tables["figures"] == 2


@pytest.mark.parametrize("reply", [{"status": 404}, {"body": b"{}", "headers": {"Content-Type": "application/json"}}])
def test_a_server_that_fails_costs_no_row_of_the_rules(configured, clock, report, web, reply):
    """The row is that of the rules, and the run's log has a sentence."""
    web.at("/v1/chat/completions", reply)
    (nine,), (line,) = _taken(configured, clock, report(TEXT))
    assert nine.doubts == ()
    assert line.level == "warning"
    assert line.reason.startswith("The second reader: ")


def test_a_server_that_was_left_alone_is_asked_again_in_the_next_run(configured, clock, report, web):
    """A program that stays up asks again, once there is a new run."""
    web.at("/v1/chat/completions", {"body": b"{}", "headers": {"Content-Type": "application/json"}})
    with assembled(configured, clock) as pipeline:
        for expected in (3, 6):
            with pipeline.intake.run("ingest", "fake") as run:
                for number in range(4):
                    pipeline.intake.take(report(f"{TEXT} {expected} {number}"), run)
            assert len(web.asked) == expected


def test_a_fault_of_our_own_costs_no_row_of_the_rules(configured, clock, report, monkeypatch):
    """Even where the second reader stumbles over a text, the rules' rows are kept and the log says so."""

    def stumble(*_: object) -> None:
        raise KeyError("x")

    monkeypatch.setattr("ingest.pipeline.intake.look_again", stumble)
    (nine,), (line,) = _taken(configured, clock, report(TEXT))
    assert nine.value_best == 9
    assert "The second reader failed on this text (KeyError" in line.reason


def test_the_built_in_sample_is_not_sent(configured, clock, web):
    """Its reading is known."""
    with assembled(replace(configured, crisis="syria-2024"), clock) as pipeline:
        assert load_sample(pipeline, lambda _: None).figures
    assert web.asked == []


@pytest.mark.parametrize(
    ("keys", "sentence"),
    [
        ({"ADDRESS": "http://127.0.0.1:1/v1"}, "SECOND_READER_MODEL is missing"),
        ({"MODEL": "tiny"}, "SECOND_READER_ADDRESS is missing"),
        ({"KEY": KEY}, "SECOND_READER_ADDRESS is missing"),
        ({"ADDRESS": " ", "MODEL": "tiny"}, "SECOND_READER_ADDRESS is missing"),
        ({"ADDRESS": "127.0.0.1:11434/v1", "MODEL": "tiny"}, "no http or https address"),
        ({"ADDRESS": "http://user:secret@host/v1", "MODEL": "tiny"}, "no http or https address"),
        ({"ADDRESS": "http://127.0.0.1:1/v1", "MODEL": "tiny", "KEY": f"{KEY}\n{KEY}"}, "characters no key has"),
    ],
)
def test_half_a_configuration_is_a_sentence(keys, sentence):
    """What is missing or wrong is named, and the key never."""
    with pytest.raises(SettingsError, match=sentence) as raised:
        service_of({f"SECOND_READER_{name}": value for name, value in keys.items()})
    assert KEY not in str(raised.value)
    assert "secret" not in str(raised.value)


def test_the_settings_file_may_hold_it(tmp_path):
    """A table of its own, which the environment outranks."""
    (tmp_path / "settings.toml").write_text(
        '[second_reader]\naddress = "http://127.0.0.1:1/v1"\nmodel = "a"\nkey = "k"\n', encoding="utf-8"
    )
    keys = load({"SECOND_READER_MODEL": "b"}, tmp_path).keys
    assert (keys["SECOND_READER_ADDRESS"], keys["SECOND_READER_MODEL"], keys["SECOND_READER_KEY"]) == ("http://127.0.0.1:1/v1", "b", "k")


def test_no_settings_are_no_service():
    """Nothing configured is not half configured."""
    assert service_of({}) is None
