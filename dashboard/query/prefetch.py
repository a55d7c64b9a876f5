"""Questions that a page will ask, asked beside it: the database answers them while the page is put together.

A page asks as before, and finds the answer in the memory of the snapshot, or waits for it there. One thread asks for all readers of a
program: two processors are busy then, and more would only take one another's time.
"""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Final

MOST: Final = 16
"""Questions that wait at the same time; where there are more, pages ask for themselves."""
_ASKING: Final = ThreadPoolExecutor(1, thread_name_prefix="prefetch")
_ROOM: Final = threading.BoundedSemaphore(MOST)


def prefetch(*questions: Callable[[], object]) -> None:
    """Have the questions asked one after the other. One that fails is asked by the page again, which is told why."""
    for question in questions:
        if _ROOM.acquire(blocking=False):
            _ASKING.submit(_ask, question)


def _ask(question: Callable[[], object]) -> None:
    try:
        with suppress(Exception):
            question()
    finally:
        _ROOM.release()
