"""A web worker beside an object store: the folder it reads from follows what is published there."""

import itertools
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from ingest.errors import CrosscountError
from ingest.publish import Objects
from ingest.settings import Settings

EVERY: Final = 5.0
"""Seconds between two looks at a pointer: a request without a body while nothing is new."""
_LISTED: Final = 3
"""Looks between two at which crises there are: another may be published at any time, and a list costs more than a pointer."""
_SWEEP: Final = 12
"""Looks between two at what else there is: feeds, and versions that were taken away."""


@dataclass(slots=True)
class Following:
    """Looks until `stop` is set. `say` tells a person that a store cannot be read, once, and that it can be again."""

    settings: Settings
    now: Callable[[], datetime]
    say: Callable[[str], None]
    stop: threading.Event
    trouble: str = field(default="", init=False)
    followed: Mapping[str, Objects] = field(default_factory=dict, init=False)

    def start(self) -> "Following":
        """Begin in a thread of its own, where there is a store. Raises `SettingsError` where it cannot be used at all."""
        if Objects.of(self.settings, self.settings.crisis) is not None:
            threading.Thread(target=self.run, name="following", daemon=True).start()
        return self

    def run(self) -> None:
        """Look, again and again. Nothing ends it but `stop`: what was fetched before stays readable."""
        for look in itertools.count():
            if self.stop.is_set():
                return
            self.look(look)
            self.stop.wait(EVERY)

    def look(self, number: int) -> None:
        """Bring what is new of each crisis, whatever becomes of the others, and say where something cannot be read."""
        found = ""
        try:
            if not self.followed or number % _LISTED == 0:
                listed = {one.crisis: one for one in Objects.all(self.settings)}
                self.followed = {crisis: self.followed.get(crisis, one) for crisis, one in listed.items()}
        except (CrosscountError, OSError) as error:
            found = str(error)
        for one in self.followed.values():
            try:
                if one.follow(self.now()):
                    self.say(f"{one.crisis}: following {one.shown}, a new version is here.")
                if number % _SWEEP == 0:
                    one.sweep()
            except (CrosscountError, OSError) as error:
                found = found or str(error)
        if bool(found) != bool(self.trouble):
            self.say(found or "The object store can be read again.")
        self.trouble = found
