"""A country's places from HDX: OCHA's dataset of administrative boundaries, fetched as any source is and read as a release at hand."""

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

from ingest.errors import SourceUnavailable
from ingest.fetch.archive import Archive
from ingest.fetch.client import Client
from ingest.fetch.exchange import Accept
from ingest.fetch.replay import Journal
from ingest.fetch.request import FetchRequest
from ingest.fetch.transport import MEGABYTE, Limits
from ingest.model.crisis import Crisis
from ingest.pipeline.refresh import ALLOW_LOOPBACK
from ingest.places.bounded import read_bounded
from ingest.places.cod import Release
from ingest.settings import Settings
from ingest.sources import hdx
from ingest.sources.hdx import HdxFile, files_of

_LIMITS = Limits(total=900, text_bytes=500 * MEGABYTE, file_bytes=500 * MEGABYTE)  # boundaries are drawn finely
_FORMS = ("GEOJSON", "CSV")  # in this order: only the first has outlines and points


@dataclass(frozen=True, slots=True)
class Fetched:
    """A release as it came, the name of its dataset, and what HDX states of it."""

    release: Release
    dataset: str
    licence: str
    changed: datetime


def fetched(settings: Settings, crisis: Crisis, country: str, now: Callable[[], datetime], say: Callable[[str], None]) -> Fetched:
    """Fetch and read the boundaries of a country (ISO code of three letters); the files are archived with time, address and licence.

    Raises `SourceUnavailable` where HDX has none or cannot be had, `UnreadableDocument` where they are of no form that is known.
    """
    archive, dataset = Archive(settings.raw), f"cod-ab-{country.lower()}"
    loopback = bool(settings.keys.get(ALLOW_LOOPBACK))
    with (
        tempfile.TemporaryDirectory(prefix="crosscount-") as folder,
        Client(archive, record=Journal.of(archive), limits=_LIMITS, allow_private=loopback) as client,
    ):
        request = FetchRequest(client, archive, options=crisis.sources.get(hdx.INFO.name, {}), progress=say, now=now)
        files = _chosen(files_of(request, dataset), dataset)
        licensed = client.on_behalf_of(hdx.INFO.name, files[0].licence)
        for number, file in enumerate(files):
            say(f"fetching {file.name}")
            body = licensed.get(file.url, accept=Accept.ANY).body
            with body.open() as kept, Path(folder, f"{number}-{_file_name(file, body.head(4))}").open("wb") as copy:
                shutil.copyfileobj(kept, copy)
        release = read_bounded(Path(folder), country)
    return Fetched(release, dataset, files[0].licence, max(file.changed for file in files))


def _chosen(files: list[HdxFile], dataset: str) -> list[HdxFile]:
    """All files of the first form that the dataset has. Raises `SourceUnavailable` where it has none."""
    for form in _FORMS:
        if chosen := [file for file in files if _is_of(file, form)]:
            return chosen
    names = ", ".join(file.name for file in files) or "none"
    raise SourceUnavailable(
        f"{dataset} on HDX has no GeoJSON or CSV; its files are {names}. Download one and use crosscount places import."
    )


def _is_of(file: HdxFile, form: str) -> bool:
    return form in file.format or f".{form.lower()}" in file.name.lower()


def _file_name(file: HdxFile, start: bytes) -> str:
    """Its name with the ending of what it is, for HDX calls a zip by what is packed in it."""
    name = PurePosixPath(file.name).name
    ending = ".zip" if start.startswith(b"PK") else f".{next(form for form in _FORMS if _is_of(file, form)).lower()}"
    return name if name.lower().endswith(ending) else name + ending
