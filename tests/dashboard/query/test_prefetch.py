"""What is asked beside a page that is being put together."""

import importlib
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest

from dashboard import query
from dashboard.state import Filters


def test_what_was_asked_beside_is_answered_from_memory(db: query.Snapshot) -> None:
    """Whoever asks afterwards is given the same answer, not an equal one."""
    filters, answers, asked = Filters(q="asked beside"), list[object](), threading.Event()
    query.prefetch(lambda: answers.append(query.spans(db, filters)), asked.set)
    assert asked.wait(10)
    assert query.spans(db, filters) is answers[0]


def test_a_question_that_fails_is_left_to_who_asks_it() -> None:
    """The ones after it are asked all the same."""
    asked = threading.Event()
    query.prefetch(partial(int, "no number"), asked.set)
    assert asked.wait(10)


def test_no_more_wait_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """The others are not asked here at all, and there is room again once those that waited were asked."""
    module = importlib.import_module("dashboard.query.prefetch")
    may, asked = threading.Event(), list[int]()
    with ThreadPoolExecutor(1) as asking:
        monkeypatch.setattr(module, "_ASKING", asking)
        monkeypatch.setattr(module, "_ROOM", threading.BoundedSemaphore(4))
        query.prefetch(partial(may.wait, 10), *(partial(asked.append, number) for number in range(9)))
        may.set()
    assert asked == [0, 1, 2]
    with ThreadPoolExecutor(1) as asking:
        monkeypatch.setattr(module, "_ASKING", asking)
        query.prefetch(partial(asked.append, 9))
    assert asked[-1] == 9
