"""What was answered before: how much of it is kept, and what goes first."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from dashboard.query.memory import Memory


def _asked(memory: Memory[bytes], *questions: str) -> list[str]:
    """Those of the questions, put one after the other, that had to be answered anew, each with as many bytes as its text says."""
    anew: list[str] = []

    def answer(question: str) -> bytes:
        anew.append(question)
        return bytes(int(question[1:]))

    for question in questions:
        assert memory.of(question, lambda question=question: answer(question)) == bytes(int(question[1:]))
    return anew


def test_a_question_is_answered_once() -> None:
    """And others are others."""
    assert _asked(Memory(10), "a1", "b2", "a1", "b2", "a1") == ["a1", "b2"]


def test_what_was_asked_for_longest_ago_goes_first() -> None:
    """Asked for again, an answer stays."""
    assert _asked(Memory(2), "a1", "b1", "a1", "c1", "a1", "b1") == ["a1", "b1", "c1", "b1"]


def test_as_much_is_kept_as_there_is_room_for() -> None:
    """Large answers take the room of many small ones; one larger than the room is not kept, and takes none."""
    memory = Memory[bytes](100, len)
    assert _asked(memory, "a40", "b40", "a40", "c40", "a40", "b40") == ["a40", "b40", "c40", "b40"]
    assert _asked(memory, "d101", "d101") == ["d101", "d101"]
    assert _asked(memory, "a40", "b40", "b60", "a40") == ["b60", "a40"]


def test_a_failure_is_no_answer() -> None:
    """The question is put again."""
    memory = Memory[bytes](10)

    def fails() -> bytes:
        raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        memory.of("a1", fails)
    assert _asked(memory, "a1") == ["a1"]


def test_the_same_question_twice_at_once_takes_its_room_once() -> None:
    """Whoever comes second takes the first answer."""
    memory = Memory[bytes](2)
    assert memory.of("a", lambda: memory.of("a", lambda: b"first") and b"second") == b"first"
    memory.of("b", lambda: b"other")
    assert memory.of("a", lambda: b"third") == b"first"


def test_whoever_asks_what_is_being_answered_waits_for_that_answer() -> None:
    """It is worked out once; where that fails, the next in line works it out."""
    memory, asked, may = Memory[bytes](10), threading.Event(), threading.Event()
    outcomes: list[str] = []

    def answer(fails: bool) -> bytes:
        outcomes.append("fails" if fails else "answers")
        asked.set()
        assert may.wait(10)
        if fails:
            raise OSError("gone")
        return b"it"

    for fails, expected in ((False, ["answers"]), (True, ["fails", "answers"])):
        outcomes.clear(), asked.clear(), may.clear()
        with ThreadPoolExecutor(2) as people:
            first = people.submit(memory.of, fails, lambda fails=fails: answer(fails))
            assert asked.wait(10)
            second = people.submit(memory.of, fails, lambda: answer(False))
            with pytest.raises(TimeoutError):
                second.result(timeout=0.1)
            may.set()
            assert second.result(10) == b"it"
            assert isinstance(first.exception(10), OSError) is fails
        assert outcomes == expected
