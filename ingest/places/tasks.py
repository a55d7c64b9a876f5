"""What is done with releases of places in the process that can be ended (`ingest.apart.tasks`)."""

from dataclasses import fields
from pathlib import Path
from typing import Any

from ingest.apart import Sent
from ingest.apart.sent import Told
from ingest.places.cod import Release, read_release


def release(_: Sent, told: Told) -> dict[str, Any]:
    """The release at `path` of a `country`, field by field."""
    read: Release = read_release(Path(told["path"]), told["country"])
    made = {name: [_plain(one) for one in getattr(read, name)] for name in ("rows", "aliases", "outlines")}
    return {"country": read.country, **made, "left_aside": read.left_aside}


def _plain(one: Any) -> dict[str, Any]:
    """The fields of a row; of a word of a vocabulary the word."""
    values = {field.name: getattr(one, field.name) for field in fields(one)}
    return {name: str(value) if isinstance(value, str) else value for name, value in values.items()}
