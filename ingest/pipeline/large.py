"""A table to be compared and not kept: its figures at once, without ledger and archive, as they would stand there."""

from collections.abc import Callable
from datetime import datetime
from itertools import islice
from pathlib import Path

import numpy as np
import pandas as pd

from ingest.errors import UnreadableDocument
from ingest.model.crisis import Crisis
from ingest.model.failures import say
from ingest.model.unreadable import Unreadable
from ingest.pipeline.tables import ways_of
from ingest.pipeline.verify import verified
from ingest.places import Gazetteer
from ingest.store.columnar import Reading, read_columns
from ingest.store.imported import Headings
from ingest.store.tidy import Origin, Way
from ingest.text import media_type_of
from ingest.text.delimited import delimiter_of, records

_TABLE = "text/csv"
_SNIFFED = 64_000  # bytes by which a file is told to be a table
_LARGEST = 2_000_000_000  # bytes; ten million rows of a dozen columns are about half


def table_at(
    path: Path, around: tuple[Crisis, Gazetteer], headings: Headings, *, now: datetime, say: Callable[[str], None]
) -> pd.DataFrame | None:
    """The figures of a table in the order of its rows, as a ledger would hold them; None where it is no table, or not read at once.

    What is left out of it is said in sentences. Raises `UnreadableDocument` where no row can be read.
    """
    content = _content(path)
    if content is None:
        return None
    crisis, gazetteer = around
    text = content[:_SNIFFED].decode("utf-8-sig", "ignore")
    ways = ways_of(islice(records(text, delimiter_of(text), path.name), 2), "", headings)
    if len(ways) > 1:
        return None  # each way is a reading of its own
    heard: list[str] = []
    origin, way = Origin(path.name, now), Way(ways[0], gazetteer, heard.append)
    reading = read_columns(content, crisis, origin, way, stands=lambda figure, document: verified(figure, document) is None)
    if reading is None:
        return None
    say(f"reading {path}")
    for sentence in (*heard, *reading.refused):
        say(sentence)
    return _as_kept(reading)


def _content(path: Path) -> bytes | None:
    """The bytes of a table; None for anything else."""
    try:
        if not path.is_file() or path.stat().st_size > _LARGEST:
            return None
        with path.open("rb") as file:
            start = file.read(_SNIFFED)
            return start + file.read() if media_type_of(str(path), start) == _TABLE else None
    except OSError as error:
        raise UnreadableDocument(say(Unreadable.CLOSED, name=path, answer=error.strerror)) from error


def _as_kept(reading: Reading) -> pd.DataFrame:
    """Of one identity the last row, where the first stood; of these what stands up; and links only where both ends stand."""
    figures, standing = reading.figures, reading.standing
    identity = pd.Index(figures["figure_id"].astype(object))
    if not identity.is_unique:
        last = np.flatnonzero(~identity.duplicated(keep="last"))
        rows = last[np.argsort(identity[~identity.duplicated()].get_indexer(identity[last]))]
        figures, standing = figures.iloc[rows].reset_index(drop=True), standing[rows]
    if not standing.all():
        figures = figures[standing].reset_index(drop=True)
    return _whole(figures)


def _whole(figures: pd.DataFrame) -> pd.DataFrame:
    """A part whose total was refused is a figure of its own."""
    parent, restates, part = (figures[name].astype(object).to_numpy() for name in ("parent_figure_id", "restates", "part_of"))
    known = [pd.Index(links).isin(pd.Index(figures["figure_id"])) for links in (parent, restates)]
    linked = {"parent_figure_id": np.where(known[0], parent, ""), "part_of": np.where(known[0], part, "")}
    return figures.assign(**linked, restates=np.where(known[1], restates, ""))
