"""What changed in a view, asked for and told: the words between whoever sends it, and whoever can read views and write in languages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Stretch:
    """The publications after `since`, up to and with `until` (both aware)."""

    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Counted:
    """How much changed in a view: figures that are new, that replace an earlier edition's, that were dropped without another in their
    place, whose document was withdrawn; and pairs of claims that contradict each other, of which one is new.
    """

    new: int = 0
    changed: int = 0
    removed: int = 0
    withdrawn: int = 0
    contradictions: int = 0

    def __bool__(self) -> bool:
        """Whether anything did."""
        return any((self.new, self.changed, self.removed, self.withdrawn, self.contradictions))


@dataclass(frozen=True, slots=True)
class Watched:
    """A view that is watched, by name and address within the app."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Enquiry:
    """What a letter is asked to tell: changes of a view after `since`, in a language, with addresses below `link` where one is set.

    `watched` views get a line each where they changed. `released` are sentences of alerts a person released since; `held` is how
    many wait for one.
    """

    title: str
    address: str
    language: str
    since: datetime
    link: str = ""
    watched: tuple[Watched, ...] = ()
    released: tuple[str, ...] = ()
    held: int = 0


@dataclass(frozen=True, slots=True)
class Letter:
    """The answer: the same in plain text and as a page of simple HTML. `until` is the publication it was read from.

    `empty` says that nothing changed. `told` are its counts, for programs.
    """

    title: str
    text: str
    page: str
    until: datetime
    empty: bool
    told: Mapping[str, int]


class Views(Protocol):
    """Who can read views of what is published. Every method reads the current snapshot."""

    def canonical(self, address: str) -> str:
        """A view's address within the app, from what a person copied. Raises `SettingsError` where it is no page of it."""

    def published_at(self) -> datetime | None:
        """When the current snapshot was published; None where there is none."""

    def counted(self, address: str, stretch: Stretch) -> Counted:
        """What changed in a view."""

    def letter(self, enquiry: Enquiry) -> Letter | None:
        """What changed, in words; None where nothing is published."""
