"""What was taken down and may not come back: beside the archive's bytes, so that whoever keeps bytes or asks an address knows of it.

    taken-down/<note>.json      one file per takedown, with hashes and digests only; it goes into every backup

No file holds a word of what was erased, except its address where that was kept.
"""

import functools
import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from ingest.errors import StoreError

FOLDER = "taken-down"


@dataclass(frozen=True, slots=True)
class Tombstone:
    """One takedown. `bodies` are SHA-256 of archived bytes, `addresses` digests of addresses (`ingest.store.rows.address_digest`).

    `notes` say why in English, Arabic and French. With `numbers` the numbers were erased too, with `address` the addresses.
    """

    correction_id: str
    documents: tuple[str, ...]
    bodies: tuple[str, ...]
    addresses: tuple[str, ...]
    notes: tuple[str, str, str]
    written_by: str
    written_at: datetime
    numbers: bool = False
    address: bool = False


@dataclass(frozen=True, slots=True)
class Tombstones:
    """Those of an archive, at its `root`."""

    root: Path

    def add(self, one: Tombstone) -> None:
        """Write one down, from one moment to the next. Raises `StoreError` where it cannot be."""
        folder = self.root / FOLDER
        try:
            folder.mkdir(parents=True, exist_ok=True)
            waiting = folder / f".{one.correction_id}"
            told = {**asdict(one), "written_at": one.written_at.isoformat()}
            waiting.write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
            waiting.replace(folder / f"{one.correction_id}.json")
        except OSError as error:
            raise StoreError(f"{folder} cannot be written ({error.strerror}); nothing was erased, check its permissions.") from error

    def files(self) -> tuple[Path, ...]:
        """The file of each."""
        return tuple(sorted((self.root / FOLDER).glob("*.json")))

    def all(self) -> tuple[Tombstone, ...]:
        """Every one. Raises `StoreError` where a file is damaged."""
        return tuple(map(_read, self.files()))

    def bodies(self) -> frozenset[str]:
        """The hashes of bytes that may not be kept again."""
        return _digests(self.root, _changed(self.root))[0]

    def addresses(self) -> frozenset[str]:
        """The digests of addresses that may not be asked again."""
        return _digests(self.root, _changed(self.root))[1]


def _changed(root: Path) -> int:
    try:
        return (root / FOLDER).stat().st_mtime_ns
    except OSError:
        return 0


@functools.lru_cache(maxsize=8)
def _digests(root: Path, changed: int) -> tuple[frozenset[str], frozenset[str]]:
    """Bodies and addresses, read once per change of the folder."""
    if not changed:
        return frozenset(), frozenset()
    found = Tombstones(root).all()
    return frozenset(sha for one in found for sha in one.bodies), frozenset(digest for one in found for digest in one.addresses)


def _read(path: Path) -> Tombstone:
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
        lists = {name: tuple(table[name]) for name in ("documents", "bodies", "addresses", "notes")}
        return Tombstone(**{**table, **lists, "written_at": datetime.fromisoformat(table["written_at"])})
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise StoreError(f"{path} is damaged ({error}); restore it from a backup, it says what was taken down.") from error
