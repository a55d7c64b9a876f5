"""What `doctor` looks at: whether each thing the program needs is there, and what to do where it is not."""

import platform
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version

from ingest.errors import CrosscountError
from ingest.extract.second import SecondReader
from ingest.fetch.exchange import shown
from ingest.model import snapshot as layout
from ingest.pipeline.assembly import Pipeline, assembled
from ingest.pipeline.reach import reachable, second_silent
from ingest.publish import Objects
from ingest.settings import Settings

FINE, KNOW, WRONG = "fine", "worth knowing", "wrong"
_ENOUGH = 500_000_000  # bytes; a year of reports about one crisis with its snapshots


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `state` is fine, worth knowing, or wrong (the program cannot work like this)."""

    about: str
    state: str
    sentence: str


def examine(settings: Settings, now: Callable[[], datetime], *, ask: bool) -> Iterator[Finding]:
    """Look at one thing after the other; what depends on a thing that is wrong is not looked at. `ask` tries the network."""
    yield Finding("program", FINE, f"crosscount {version('crosscount')}, Python {platform.python_version()}, {platform.system()}")
    yield from _folder(settings)
    try:
        with assembled(settings, now) as pipeline:
            yield from _content(pipeline, now)
            if settings.store and ask:
                yield _store(pipeline)
            yield from _sources(pipeline, ask=ask)
            yield _second(pipeline.intake.second, ask=ask)
    except CrosscountError as error:
        yield Finding("ledger and crisis", WRONG, str(error))


def _folder(settings: Settings) -> Iterator[Finding]:
    try:
        settings.data.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=settings.data) as file:
            file.write(b"x")
    except OSError as error:
        yield Finding("data folder", WRONG, f"{settings.data} cannot be written ({error.strerror}); choose another with --data.")
        return
    free = shutil.disk_usage(settings.data).free
    state = FINE if free >= _ENOUGH else KNOW
    yield Finding("data folder", state, f"{settings.data} can be written; {free / 1e9:.1f} GB are free.")


def _content(pipeline: Pipeline, now: Callable[[], datetime]) -> Iterator[Finding]:
    settings, crisis, ledger = pipeline.settings, pipeline.crisis, pipeline.intake.ledger
    yield Finding("crisis", FINE, f"{crisis.id} from {settings.crisis_file}, {len(pipeline.gazetteer)} places.")
    grown = ledger.high_water()
    yield Finding("ledger", FINE, f"{ledger.shown} holds {grown['documents']} documents and {grown['figures']} figures.")
    folder = layout.current(settings.published / crisis.id)
    if folder is None:
        yield Finding("snapshot", KNOW, "Nothing is published yet; run crosscount publish, or crosscount up.")
        return
    hours = (now() - layout.manifest(folder).created_at).total_seconds() / 3600
    behind = "" if pipeline.published() else " The ledger holds more; run crosscount publish."
    yield Finding("snapshot", KNOW if behind else FINE, f"{folder.name}, {hours:.0f} hours old.{behind}")


def _store(pipeline: Pipeline) -> Finding:
    store = pipeline.settings.store
    try:
        objects = Objects.of(pipeline.settings, pipeline.crisis.id)
        if objects is not None and objects.behind():
            return Finding("object store", KNOW, f"{store} answers, but lacks the snapshot that is published here; run crosscount publish.")
    except CrosscountError as error:
        return Finding("object store", WRONG, str(error))
    return Finding("object store", FINE, f"{store} answers.")


def _sources(pipeline: Pipeline, *, ask: bool) -> Iterator[Finding]:
    silent = reachable(pipeline) if ask else {}
    for name in pipeline.crisis.sources:
        if name not in pipeline.sources:
            yield Finding(
                f"source {name}", WRONG, f"The crisis file names it, but there is no such source; known are: {', '.join(pipeline.sources)}."
            )
        elif pipeline.missing(name):
            yield Finding(
                f"source {name}", KNOW, f"Needs {' and '.join(pipeline.missing(name))}; set it in the environment or in settings.toml."
            )
        elif silent.get(name):
            yield Finding(f"source {name}", KNOW, silent[name])
        else:
            yield Finding(f"source {name}", FINE, "It answers." if name in silent else "It is configured.")


def _second(second: SecondReader | None, *, ask: bool) -> Finding:
    if second is None:
        return Finding("second reader", FINE, "None is configured; no text is sent anywhere.")
    asked = f"{second.model.name} at {shown(second.model.service.address)}"
    silent = second_silent(second.model.service) if ask else ""
    if silent:
        return Finding("second reader", KNOW, f"{asked}: {silent}")
    return Finding("second reader", FINE, f"{asked} {'answers' if ask else 'is configured'}; the reports that are read are sent to it.")
