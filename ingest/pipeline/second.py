"""The second reader, where one is configured: made from the settings, and asked after the rules. Without settings nothing is sent."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from urllib.parse import urlsplit

from ingest.errors import SettingsError
from ingest.extract import Reader
from ingest.extract.second import Looked, Model, SecondReader, compared
from ingest.extract.second.model import LIMITS
from ingest.fetch.archive import Archive
from ingest.fetch.client import Client
from ingest.fetch.service import Service
from ingest.model.records import Document, Figure
from ingest.pipeline.verify import verified
from ingest.settings import Settings

ADDRESS, MODEL, KEY = "SECOND_READER_ADDRESS", "SECOND_READER_MODEL", "SECOND_READER_KEY"


@contextmanager
def second_reader(settings: Settings, reader: Reader) -> Iterator[SecondReader | None]:
    """The second reader of the settings, None where none is configured. Raises `SettingsError` where it is configured by half."""
    service = service_of(settings.keys)
    if service is None:
        yield None
        return
    with Client(Archive(settings.raw), limits=LIMITS, service=service) as client:
        yield SecondReader(Model(client, service, settings.keys[MODEL].strip()), reader)


def service_of(keys: Mapping[str, str]) -> Service | None:
    """The server the settings name, None where they name none. Raises `SettingsError` with a sentence that never holds the key."""
    address, model, key = (keys.get(name, "").strip() for name in (ADDRESS, MODEL, KEY))
    if not (address or model or key):
        return None
    for name, value in ((ADDRESS, address), (MODEL, model)):
        if not value:
            raise SettingsError(
                f"The second reader is configured by half: {name} is missing; set it, or remove {ADDRESS}, {MODEL} and {KEY}."
            )
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username is not None:
        raise SettingsError(f"{ADDRESS} is no http or https address without a name and password; write it like http://127.0.0.1:11434/v1.")
    if not (key.isascii() and key.isprintable() and " " not in key):
        raise SettingsError(f"{KEY} holds characters no key has; copy it again, without quotes and line breaks.")
    return Service(address, key)


def look_again(document: Document, figures: Sequence[Figure], second: SecondReader) -> tuple[Looked, list[str]]:
    """The rows of a document after the second reader, and sentences about what kept it from answering.

    Whatever the model says has passed the same check as every row before it is held against the rules' rows.
    """
    answered = second.read(document)
    standing, refused = [], list(answered.refused)
    for reading in answered.readings:
        rejection = verified(reading.figure, document)
        if rejection is None:
            standing.append(reading.figure)
        else:
            refused.append(rejection)
    looked = compared(figures, standing, answered)
    return replace(looked, refused=[*refused, *looked.refused]), list(dict.fromkeys(answered.failures))
