"""Everything a verb that writes works with, put together from the settings and given back at the end."""

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from ingest import publish as publication
from ingest.compare.settings import of_crisis
from ingest.compare.settings import tables as rule_tables
from ingest.errors import PublishRefused, SettingsError, StoreError
from ingest.extract import Reader
from ingest.fetch.archive import Archive
from ingest.model import snapshot as layout
from ingest.model.crisis import Crisis
from ingest.model.records import SourceInfo
from ingest.model.vocabulary import SourceKind, Stance
from ingest.pipeline.intake import Intake
from ingest.pipeline.lock import Writer
from ingest.pipeline.opening import crisis_of, gazetteer_of
from ingest.pipeline.second import second_reader
from ingest.places import Gazetteer
from ingest.settings import Settings
from ingest.sources.registry import SourceModule, all_sources
from ingest.store import Ledger

_LOG = logging.getLogger(__name__)

SAMPLE = SourceInfo(
    name="sample",
    title="Built-in sample",
    publisher="",
    kind=SourceKind.OTHER,
    address="",
    languages=("en", "ar"),
    licence="MIT",
    redistribution="Free; the reports are this project's own words.",
    cadence_hours=24 * 365,
    mandate="Shows how the program works on publicly reported figures of the crisis.",
    limitation="Paraphrases by this project, most of them of second-hand reports; follow each citation before relying on a number.",
    expected_volume=(0, 1000),
    stance=Stance.VARIES,
    title_ar="العينة المرفقة",
    mandate_ar="تبيّن كيف يعمل البرنامج على أرقام الأزمة المنشورة علناً.",
    limitation_ar="صياغة من هذا المشروع، ومعظمها لتقارير معروفة بالنقل؛ راجعوا كل إحالة قبل الاعتماد على أي رقم.",
)
"""How the built-in reports of a crisis are described among the sources."""


@dataclass(frozen=True, slots=True)
class Pipeline:
    """The way of a figure, ready to run: the crisis, its places and sources, the archive, and the way into the ledger.

    `handed_on` are the digests of the feeds that the object store has, as far as is known here.
    """

    settings: Settings
    crisis: Crisis
    gazetteer: Gazetteer
    sources: Mapping[str, SourceModule]
    archive: Archive
    intake: Intake
    handed_on: dict[str, str] = field(default_factory=dict)

    def publish(self, *, whole: bool = False) -> publication.Snapshot:
        """Write the ledger as a snapshot, while nobody else writes; `whole` takes nothing over from the one before.

        Raises `PublishRefused` where a check fails.

        A publication that fails is noted among the runs; one that succeeds is its own note, and changes nothing in the ledger. Where
        there is an object store the version is handed on to it: `StoreError` then says that it is published here and not yet there.
        """
        intake, objects = self.intake, self._objects()
        try:
            with intake.writer.turn():
                if objects is not None:
                    _caught_up(objects)
                around = (self.settings, self.crisis, self.gazetteer, self.described())
                made = publication.publish(intake.ledger, *around, intake.now(), whole=whole)
        except PublishRefused as error:
            intake.end(intake.begin("publish", ""), str(error))
            raise
        if objects is not None:
            objects.hand_on()
        return made

    def send_feeds(self) -> None:
        """Have the feeds beside the snapshots in the object store too, where there is one. Raises `StoreError`."""
        if objects := self._objects():
            objects.send_feeds(self.handed_on)

    def _objects(self) -> publication.Objects | None:
        return publication.Objects.of(self.settings, self.crisis.id)

    def described(self) -> list[SourceInfo]:
        """What is known of every source there is, the built-in sample among them."""
        sample = [SAMPLE] if self.crisis.sample else []
        return [*sample, *(module.INFO for module in self.sources.values())]

    def published(self) -> bool:
        """Whether the current snapshot holds everything that is in the ledger, as this version of the program and the rules see it."""
        folder = layout.current(self.settings.published / self.crisis.id)
        if folder is None:
            return False
        manifest = layout.manifest(folder)
        ours = manifest.program == version("crosscount") and manifest.division == layout.division(self.crisis.start)
        known = ours and dict(manifest.rules) == rule_tables(of_crisis(self.crisis))
        return known and dict(manifest.ledger) == dict(self.intake.ledger.high_water())

    def published_at(self) -> datetime | None:
        """When the current snapshot was published; None where nothing is."""
        folder = layout.current(self.settings.published / self.crisis.id)
        return layout.manifest(folder).created_at if folder is not None else None

    def waiting(self) -> bool:
        """Whether there is something to publish that no source brought: what people said, or a version that was not handed on."""
        objects = self._objects()
        return self.ruled() or (objects is not None and objects.behind())

    def ruled(self) -> bool:
        """Whether people said something, a ruling or a public note, that the current snapshot does not know."""
        folder = layout.current(self.settings.published / self.crisis.id)
        known = layout.manifest(folder).ledger if folder is not None else {}
        marks = self.intake.ledger.high_water()
        return any(marks[name] > known.get(name, 0) for name in ("rulings", "corrections"))

    def configured(self) -> dict[str, SourceModule]:
        """The sources the crisis names whose settings are all there, by name."""
        return {name: module for name, module in self.sources.items() if self._enabled(name) and not self.missing(name)}

    def _enabled(self, name: str) -> bool:
        options = self.crisis.sources.get(name)
        return options is not None and options.get("enabled", True) is not False

    def missing(self, name: str) -> tuple[str, ...]:
        """The settings a source lacks."""
        return tuple(need for need in self.sources[name].INFO.needs if not self.settings.keys.get(need))

    def chosen(self, names: tuple[str, ...]) -> dict[str, SourceModule]:
        """The sources of these names. Raises `SettingsError` for one that is unknown, not in the crisis file, or lacks a setting."""
        for name in names:
            if name not in self.sources:
                raise SettingsError(f"There is no source {name!r}; known are: {', '.join(self.sources)}.")
            if not self._enabled(name):
                raise SettingsError(f"The crisis {self.crisis.id!r} does not use {name!r}; add or enable [sources.{name}] in its file.")
            if self.missing(name):
                raise SettingsError(f"{name} needs {' and '.join(self.missing(name))}; set it in the environment or in settings.toml.")
        return {name: self.sources[name] for name in names}


def _caught_up(objects: publication.Objects) -> None:
    """A store that cannot be asked is no reason not to publish here; handing on says so again."""
    try:
        objects.catch_up()
    except StoreError as error:
        _LOG.warning("%s", error)


@contextmanager
def assembled(settings: Settings, now: Callable[[], datetime], elsewhere: Path | None = None) -> Iterator[Pipeline]:
    """Open everything, and give it back. Raises `SettingsError` or `StoreError` with a sentence.

    With `elsewhere` the crisis is the same, but ledger, archive and snapshots are made in that folder.
    """
    crisis = crisis_of(settings)
    gazetteer = gazetteer_of(settings, crisis)
    reader = Reader.for_crisis(crisis, gazetteer)
    if elsewhere is not None:
        settings = replace(settings, data=elsewhere, database=f"sqlite:///{elsewhere / 'ledger.sqlite'}", elsewhere=None, store="")
    with Ledger.open(settings.database) as ledger, second_reader(settings, reader) as second, closing(Writer(settings)) as writer:
        intake = Intake(ledger, reader, writer, now, second)
        yield Pipeline(settings, crisis, gazetteer, all_sources(), Archive(settings.raw), intake)
