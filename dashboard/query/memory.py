"""What was answered before is answered at once, as long as there is room for it; what was asked for longest ago goes first."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

R = TypeVar("R")


def _one(_: object) -> int:
    return 1


@dataclass(slots=True)
class _Going:
    """A question that somebody is answering."""

    by: int = field(default_factory=threading.get_ident)
    over: threading.Event = field(default_factory=threading.Event)


@dataclass(slots=True)
class Memory(Generic[R]):
    """Answers by their questions, while they weigh no more than `room` together: so many of them, unless `weigh` says what each takes."""

    room: int
    weigh: Callable[[R], int] = _one
    _answers: OrderedDict[object, R] = field(default_factory=OrderedDict)
    _going: dict[object, _Going] = field(default_factory=dict)
    _taken: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def of(self, question: object, answer: Callable[[], R]) -> R:
        """The answer given before to the same question, or being given to somebody else, else a new one."""
        with self._lock:
            if question in self._answers:
                self._answers.move_to_end(question)
                return self._answers[question]
            going = self._going.get(question)
            if going is None:
                self._going[question] = own = _Going()
        if going is not None and going.by != threading.get_ident():
            going.over.wait()
            with self._lock:
                if question in self._answers:
                    return self._answers[question]
        if going is not None:  # it failed, is too large to be kept, or asks for itself
            return self._kept(question, answer())
        try:
            return self._kept(question, answer())
        finally:
            with self._lock:
                del self._going[question]
            own.over.set()

    def _kept(self, question: object, given: R) -> R:
        """The answer, where there is room for it from now on the one to the question."""
        weight = self.weigh(given)
        with self._lock:
            if question in self._answers:  # meanwhile, by somebody else
                return self._answers[question]
            if weight > self.room:
                return given
            self._answers[question] = given
            self._taken += weight
            while self._taken > self.room:
                self._taken -= self.weigh(self._answers.popitem(last=False)[1])
        return given
