"""Whether the sources' addresses answer at all, asked briefly and at the same time; nothing that comes back is kept."""

import tempfile
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from ingest.errors import SourceUnavailable
from ingest.fetch.archive import Archive
from ingest.fetch.client import Client
from ingest.fetch.exchange import HttpFailure
from ingest.fetch.service import Service
from ingest.fetch.transport import Limits
from ingest.pipeline.assembly import Pipeline
from ingest.pipeline.refresh import ALLOW_LOOPBACK

_UNWELCOME = (401, 403)
_BRIEF = Limits(connect=5, read=10, total=15, connect_retries=0, read_retries=0, status_retries=0)


def reachable(pipeline: Pipeline) -> Mapping[str, str]:
    """For each configured source that has addresses: empty where they answered, otherwise a sentence about the first that did not.

    A server that answers with an error is reachable: whether it gives what is wanted is for a refresh to find out.
    """
    addresses = {name: tuple(_addresses(pipeline, name)) for name in pipeline.configured()}
    loopback = bool(pipeline.settings.keys.get(ALLOW_LOOPBACK))
    with (
        tempfile.TemporaryDirectory(prefix="crosscount-") as folder,
        Client(Archive(Path(folder)), limits=_BRIEF, allow_private=loopback) as client,
        ThreadPoolExecutor(8) as pool,
    ):
        asked = {name: pool.submit(_first_silent, client, urls) for name, urls in addresses.items() if urls}
        return {name: answer.result() for name, answer in asked.items()}


def second_silent(service: Service) -> str:
    """Empty where the second reader's server answers and takes the key, otherwise a sentence. No text is sent to it."""
    with (
        tempfile.TemporaryDirectory(prefix="crosscount-") as folder,
        Client(Archive(Path(folder)), limits=_BRIEF, service=service) as client,
    ):
        try:
            client.get(f"{service.address.rstrip('/')}/models")
        except HttpFailure as error:
            return service.redacted(str(error)) if error.status in _UNWELCOME else ""
        except SourceUnavailable as error:
            return service.redacted(str(error))
    return ""


def _first_silent(client: Client, urls: tuple[str, ...]) -> str:
    for url in urls:
        try:
            client.get(url)
        except HttpFailure:
            continue
        except SourceUnavailable as error:
            return str(error)
    return ""


def _addresses(pipeline: Pipeline, name: str) -> Iterator[str]:
    """What the crisis file says to read, and where it says nothing, the source's own address."""
    own = tuple(_urls(pipeline.crisis.sources.get(name, {})))
    yield from own or _urls(pipeline.sources[name].INFO.address)


def _urls(value: Any) -> Iterator[str]:
    match value:
        case str() if value.startswith(("http://", "https://")):
            yield value
        case Mapping():
            for item in value.values():
                yield from _urls(item)
        case list() | tuple():
            for item in value:
                yield from _urls(item)
