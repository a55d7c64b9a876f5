"""Failures are said and heard by one table."""

import re

import pytest

from ingest.model.advice import Advice, advise, advised
from ingest.model.changes import Change, Defect
from ingest.model.failures import CAUSES, Cause, Failure, Heard, heard, rest, say
from ingest.model.unreadable import Phrase, Unreadable


def _values(failure: Cause) -> dict[str, str]:
    given = {
        "status": "404",
        "said": ": no such page",
        "advice": "try again later",
        "title": "A portal (of data)",
        "detail": " (“no name; no”)",
        "why": " (KeyError)",
        "name": "Flash Update No. 5 (final).pdf, sheet 1",
        "how": Phrase.SERVER.value,
        "within": "rules.toml, [rules]: ",
        "rule": "soft_gap",
        "promised": Phrase.PDF.value,
    }
    return {name: given.get(name, f"{name}.example/1") for name in re.findall(r"{(\w+)}", failure)}


def test_no_two_causes_have_the_same_name() -> None:
    """By the name a page finds the text."""
    assert len({cause.name for cause in CAUSES}) == len(CAUSES)


@pytest.mark.parametrize("failure", CAUSES, ids=lambda cause: cause.name)
def test_every_failure_is_known_again_by_its_sentence(failure: Cause) -> None:
    """With its values, alone and between others."""
    values = _values(failure)
    said = say(failure, **values)
    assert heard(said) == (Heard(said, failure, values),)
    other = say(Failure.BROKE_OFF, where="two.example")
    assert [one.failure for one in heard(f"{other} {said} {other}")] == [Failure.BROKE_OFF, failure, Failure.BROKE_OFF]


@pytest.mark.parametrize("advice", Advice, ids=lambda advice: advice.name)
def test_every_advice_is_known_again_within_a_refusal(advice: Advice) -> None:
    """With its values, whatever they are, and with the advice that it holds itself."""
    whence = advise(Advice.REGISTER, where="https://api.example/docs")
    values = {name: f"a {name} of 1.2" for name in re.findall(r"{(\w+)}", advice)}
    values |= {"whence": whence} if "whence" in values else {}
    said = say(Failure.REFUSED, title="A portal", status=403, detail=" (“no; name”)", cause=advise(advice, **values))
    (told,) = heard(said)
    assert advised(told.values["cause"]) == (advice, values)
    assert advised("ask somebody else") is None


@pytest.mark.parametrize("phrase", (*Change, *Defect), ids=lambda phrase: f"{type(phrase).__name__}-{phrase.name}")
def test_every_change_is_known_again_within_its_sentence(phrase: Change | Defect) -> None:
    """With its values, and with the defect of a record that it may hold."""
    values = {name: f"a {name} of 1.2" for name in re.findall(r"{(\w+)}", phrase)}
    values |= {"defect": advise(Defect.NO_FIELD, part="best")} if "defect" in values else {}
    (told,) = heard(say(Failure.CHANGED, what=advise(phrase, **values)))
    assert told.failure is Failure.CHANGED
    assert advised(told.values["what"]) == (phrase, values)


def test_attempts_are_counted_and_the_address_can_be_said_by_another() -> None:
    """As the fetching code puts a sentence together."""
    (told,) = heard(f"one.example/feed/ {rest(Failure.UNREACHABLE)} (2 attempts).")
    assert (told.failure, told.attempts, dict(told.values)) == (Failure.UNREACHABLE, 2, {"where": "one.example/feed/"})


def test_what_is_no_sentence_of_ours_is_kept_as_it_is() -> None:
    """Also behind one that is; and nothing is no sentence."""
    ours, other = say(Failure.STOPPED), "The table has no column of dates. Give one."
    assert heard(other) == (Heard(other),)
    assert heard(f"{ours} {other}") == (Heard(ours, Failure.STOPPED, {}), Heard(other))
    assert heard(" ") == ()


def test_names_with_stops_and_what_is_not_said_are_heard() -> None:
    """A file's name may look like two sentences, and two files may follow one another."""
    first = say(Unreadable.DAMAGED_PDF, name="No. 5. Final.pdf", why="")
    second = say(Unreadable.EMPTY, name="a b.txt")
    assert [(one.failure, dict(one.values)) for one in heard(f"{first} {second}")] == [
        (Unreadable.DAMAGED_PDF, {"name": "No. 5. Final.pdf", "why": ""}),
        (Unreadable.EMPTY, {"name": "a b.txt"}),
    ]
