"""What became of the bytes a document was read in: kept here, taken down, let go by a rule, or not within reach of this program."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ingest.fetch.archive import Archive
from ingest.fetch.retention import Holding, Retention, expired
from ingest.fetch.tombstones import Tombstones


class Standing(StrEnum):
    """Whether an archived copy can be had."""

    HERE = "here"
    TAKEN_DOWN = "taken_down"
    LET_GO = "let_go"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Copy:
    """`size` is in bytes, none unless it is here. `notes` say in English, Arabic and French why it was taken down."""

    standing: Standing
    size: int = 0
    notes: tuple[str, str, str] = ("", "", "")


def copy_of(archive: Archive, holdings: Sequence[Holding], retention: Retention, now: datetime) -> Copy:
    """The copy that all these holdings name, one or more. What was taken down is never here, whatever lies in the archive.

    Bytes that are missing were let go where no rule keeps them any more. An archive that is not there, or that may not be looked into,
    holds none. Raises `StoreError` where a marker of what was taken down is damaged.
    """
    sha256 = holdings[0].sha256
    stones = [stone for stone in Tombstones(archive.root).all() if sha256 in stone.bodies]
    if stones:
        return Copy(Standing.TAKEN_DOWN, notes=stones[-1].notes)
    try:
        if archive.has(sha256):
            return Copy(Standing.HERE, archive.size(sha256))
    except PermissionError:
        return Copy(Standing.ABSENT)
    return Copy(Standing.LET_GO if expired(holdings, retention, now) else Standing.ABSENT)
