"""What the pages of one app work with, and one request's view of it: filters, snapshot, words, screen."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from flask import current_app, g, has_request_context

from dashboard import charts, query
from dashboard.components.words import Words, load_words, speak
from dashboard.shell.crises import Crises
from dashboard.state import Filters
from ingest.model import snapshot as layout
from ingest.model.crisis import Crisis
from ingest.model.vocabulary import Clock
from ingest.settings import Settings

EXTENSION: Final = "crosscount"
_OF_ONE_PAGE: Final = ("pair", "incident", "standing")
BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
"""Browsers that print without a window, by the names they are installed under."""


@dataclass(frozen=True, slots=True)
class Screen:
    """What the address cannot say: whether the reader's screen is dark or narrow, and whether the chart library has arrived."""

    dark: bool = False
    narrow: bool = False
    drawn: bool = False


@dataclass(frozen=True, slots=True)
class Desk:
    """The open things of one app: settings, crises by id with their outlines, snapshots, translation tables.

    `printer` is the browser on this machine that prints a page as PDF; empty where there is none.
    """

    settings: Settings
    crises: Crises
    snapshots: query.Snapshots
    words: Mapping[str, Words]
    printer: str = ""

    def crisis(self, chosen: str) -> Crisis:
        """The crisis of an address, or the configured one where the address names none that is known."""
        crises = self.crises.all()
        return crises.get(chosen) or crises[self.settings.crisis]

    def published(self) -> tuple[Crisis, ...]:
        """The crises something is published for, in the order of their identities."""
        return tuple(crisis for name, crisis in sorted(self.crises.all().items()) if layout.current(self.settings.published / name))

    def look_at(self, path: str, filters: Filters, screen: Screen) -> "View":
        """One request's view. Without a published snapshot its `db` is None."""
        crisis = self.crisis(filters.crisis)
        filters = replace(filters, crisis="" if crisis.id == self.settings.crisis else crisis.id)
        try:
            db = _once(self.snapshots, crisis.id, _known(filters, crisis))
        except query.SnapshotMissing:
            db = None
        return View(path, filters, screen, self, crisis, db, speak(self.words, filters.lang))


@dataclass(frozen=True, slots=True)
class Nothing:
    """Why there is nothing to show: the keys of what is said of it, and the command that changes it."""

    title: str = "nothing.title"
    why: str = "nothing.why"
    command: str = "crosscount up"

    def plainly(self, words: Words) -> str:
        """In a sentence, where there is nothing but text."""
        return f"{words(self.title)}. {words('nothing.advice', command=self.command)}"


_UNREAD: Final = Nothing("nothing.unread", "nothing.unread_why", "crosscount publish")


@dataclass(frozen=True, slots=True)
class View:
    """What one answer is about."""

    path: str
    filters: Filters
    screen: Screen
    desk: Desk
    crisis: Crisis
    db: query.Snapshot | None
    words: Words

    @property
    def nothing(self) -> Nothing:
        """What is said where there is no snapshot: none was published, or none can be read."""
        return _UNREAD if layout.current(self.desk.settings.published / self.crisis.id) else Nothing()

    @property
    def title(self) -> str:
        """Title of the crisis in the reader's language."""
        return self.title_of(self.crisis)

    def title_of(self, crisis: Crisis) -> str:
        """Title of any crisis in the reader's language."""
        return self.words.digits(self.words.of(crisis.title))

    def name_of(self, organisation: str) -> str:
        """An organisation as labels name it: short in English, by its name in Arabic; nothing where the crisis does not know it."""
        found = self.crisis.organisations.get(organisation)
        if found is None:
            return ""
        return (found.name.get(self.words.language, "") if self.words.language != "en" else "") or found.short

    @property
    def look(self) -> charts.Look:
        """How charts are drawn for this reader."""
        return charts.Look(
            theme=charts.DARK if self.screen.dark else charts.LIGHT,
            translate=self.words,
            language=self.words.language,
            compact=self.screen.narrow,
        )

    def href(self, path: str | None = None, **changes: Any) -> str:
        """Address of a page of this app with the filters kept, some changed, and no evidence open."""
        stays = (path or self.path) == self.path
        kept = {**({} if stays else dict.fromkeys(_OF_ONE_PAGE, "")), **changes}
        return self.address(path or self.path, replace(self.filters.changed(**kept), figure="").query())

    def to_figure(self, figure: str) -> str:
        """Address of this view with the evidence of a figure open."""
        return self.address(self.path, replace(self.filters, figure=figure).query())

    def address(self, path: str, query: str = "") -> str:
        """What a link in a page says for a path of this app, under the path that a proxy shows the app under."""
        return f"{self.desk.settings.prefix}{path}?{query}" if query else f"{self.desk.settings.prefix}{path}"


def open_desk(settings: Settings, assets: Path) -> Desk:
    """Read what the pages need: crisis files, translation tables, outlines. Raises `SettingsError` with a sentence."""
    crises = Crises(settings)
    return Desk(
        settings=settings,
        crises=crises,
        snapshots=query.Snapshots(settings.published, crises.sides, warm=query.warm),
        words=load_words(assets / "translations"),
        printer=next(filter(None, map(shutil.which, BROWSERS)), ""),
    )


def desk() -> Desk:
    """The desk of the app that answers the current request."""
    opened: Desk = current_app.extensions[EXTENSION]
    return opened


def view(path: str, screen: Screen, given: Mapping[str, Any]) -> View:
    """The view of a page's `layout(**given)`."""
    return desk().look_at(path, Filters.from_query(given), screen)


def _once(snapshots: query.Snapshots, crisis: str, known: query.Known | None) -> query.Snapshot:
    """The snapshot of this request: a page is drawn in several looks, and one that is published between two of them waits."""
    if not has_request_context():
        return snapshots.open(crisis, known)
    opened: dict[tuple[str, query.Known | None], query.Snapshot] = g.setdefault("snapshots", {})
    if (crisis, known) not in opened:
        opened[crisis, known] = snapshots.open(crisis, known)
    return opened[crisis, known]


def _known(filters: Filters, crisis: Crisis) -> query.Known | None:
    """The state of knowledge an address asks for; None for all that is known now."""
    if filters.known is None:
        return None
    return query.Known(filters.known, Clock(filters.clock), crisis.start, crisis.end, crisis.timezone)
