"""Putting a backup in place: unpacked and checked beside what is there, and only then moved, step by step, so that a restore that is
cut short is carried on by the next command.

    .restoring/                 what is being put in place, laid out like the data folder
    .restoring/READY            all of it is unpacked and checked: from here on the restore can only be carried on
    before-restore-<time>/      what was there before; nothing is thrown away

While `READY` is there, every command first carries on; each step is a rename, or one transaction, that is done or is not.
"""

import hashlib
import json
import os
import shutil
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path, PurePosixPath

from ingest.errors import SettingsError, StoreError
from ingest.fetch.archive import Archive
from ingest.fetch.tombstones import Tombstones
from ingest.pipeline.backup import DESCRIPTION, FORMAT, LEDGER, WRITTEN_FOR_A_CRISIS, Description
from ingest.pipeline.lock import Writer
from ingest.pipeline.takedown import noted
from ingest.settings import Settings, database_of, read_file
from ingest.store import Ledger
from ingest.store.engine import connectable, file_of
from ingest.store.portable import checked, in_use

READY = "READY"
ASIDE = "before-restore-"  # and the time
_TOPS = frozenset({LEDGER, "raw", *WRITTEN_FOR_A_CRISIS})
_PIECE = 1 << 20  # bytes in memory at a time


@dataclass(frozen=True, slots=True)
class Restore:
    """A backup on its way into the data folder. `aside` is the name of the folder for what was there."""

    settings: Settings
    aside: str

    @classmethod
    def begin(cls, settings: Settings, now: datetime) -> "Restore":
        """A restore into the folder and the ledger in force."""
        return cls(settings, f"{ASIDE}{now:%Y%m%dT%H%M%SZ}")

    def restore(self, source: Path, done: Callable[[int], None], *, force: bool, with_settings: bool = True) -> Description:
        """Put a backup in place; `done` is told of each file.

        Raises `StoreError` where the backup is damaged or the ledger is in use, `SettingsError` where something is there already and
        `force` is not given, or where the backup's settings name another ledger; then nothing has changed.
        """
        with closing(Writer(self.settings)) as writer, writer.turn():
            found = "" if force else self._there()
            if found:
                raise SettingsError(f"{found}; restore to another folder with --data, or move all of it aside with --force.")
            stage = self.settings.restoring
            shutil.rmtree(stage, ignore_errors=True)
            try:
                description = _unpacked(source, stage, done)
                if not with_settings:
                    (stage / "settings.toml").unlink(missing_ok=True)
                self._check(stage, force=force)
                _hold_down(stage, Tombstones(self.settings.raw))
                description = replace(description, rows=checked(stage / LEDGER))
                self._let_go()
                _reach_the_disk()
                (stage / READY).write_text(json.dumps({"aside": self.aside}), encoding="utf-8")
            except BaseException:
                shutil.rmtree(stage, ignore_errors=True)
                raise
            self.put_in_place()
        return description

    def _there(self) -> str:
        """What is there already that a restore would take the place of; empty where nothing is."""
        data, path = self.settings.data, self._ledger_file()
        if path is None or path.is_file():
            with Ledger.open(self.settings.database) as ledger:
                if any(ledger.high_water().values()):
                    return f"The ledger {ledger.shown} holds something already"
        if _filled(self.settings.raw):
            return f"raw in {data} holds something already"
        return f"{self.settings.published} holds something already" if _snapshots(self.settings.published) else ""

    def _check(self, stage: Path, *, force: bool) -> None:
        """What is written for a crisis replaces nothing that differs without being told to, and the settings lead to this ledger."""
        settings = self.settings
        differing = [
            path for path in _files(stage) if path.parts[0] in WRITTEN_FOR_A_CRISIS and _differs(stage / path, settings.data / path)
        ]
        if differing and not force:
            raise SettingsError(f"{settings.data / differing[0]} differs from the backup's; move it away, or restore with --force.")
        new = stage / "settings.toml"
        if not new.is_file() or settings.keys.get("CROSSCOUNT_DATABASE"):
            return
        if database_of(read_file(new), settings.data) != settings.database:
            raise SettingsError(
                "The settings.toml of the backup names another ledger than is in force here; set CROSSCOUNT_DATABASE to the one you "
                "mean, or leave the settings out with --no-settings."
            )

    def _let_go(self) -> None:
        """Nobody else may have the file open that is going to be moved."""
        path = self._ledger_file()
        if path is not None and path.is_file() and in_use(path):
            raise StoreError(f"The ledger {path} is in use by another crosscount; stop it, and whoever refreshes, then restore again.")

    def _ledger_file(self) -> Path | None:
        """The file of a ledger on SQLite, whether it is there or not."""
        engine = connectable(self.settings.database)
        engine.dispose()
        return file_of(engine)

    def put_in_place(self) -> None:
        """The ledger first: where it fails, nothing else has changed. Every step may have been done before."""
        data, stage = self.settings.data, self.settings.restoring
        aside = data / self.aside
        aside.mkdir(exist_ok=True)
        if (stage / LEDGER).is_file():
            self._place_ledger(stage / LEDGER, aside / LEDGER)
        _swap(stage / "raw", data / "raw", aside / "raw")
        self._put_aside_snapshots(aside)
        for path in _files(stage):
            if path.parts[0] in WRITTEN_FOR_A_CRISIS:
                _swap(stage / path, data / path, aside / path)
        (stage / READY).unlink()
        shutil.rmtree(stage, ignore_errors=True)
        if not any(aside.iterdir()):
            aside.rmdir()

    def _put_aside_snapshots(self, aside: Path) -> None:
        """What was published, each crisis with all its versions. A folder of its own may be another disk, and keeps them itself."""
        published = self.settings.published
        kept = aside / "published" if published.parent == self.settings.data else published / self.aside
        for folder in _snapshots(published):
            kept.mkdir(parents=True, exist_ok=True)
            if not (kept / folder.name).exists():
                folder.rename(kept / folder.name)

    def _place_ledger(self, new: Path, aside: Path) -> None:
        path = self._ledger_file()
        if path is None:
            self._place_rows(new, aside)
            return
        if path.parent != self.settings.data:  # it may be on another disk, to which nothing can be renamed
            new = Path(shutil.copyfile(new, path.with_name(f"{path.name}.restoring")))
            aside = path.with_name(f"{self.aside}-{path.name}")
        for log in (path.with_name(f"{path.name}{suffix}") for suffix in ("-wal", "-shm")):
            if log.exists():  # of a damaged ledger, and never to be read into another
                log.rename(aside.with_name(f"{aside.name}{log.name.removeprefix(path.name)}"))
        _swap(new, path, aside)
        (self.settings.restoring / LEDGER).unlink(missing_ok=True)

    def _place_rows(self, new: Path, aside: Path) -> None:
        """Into a server, whose rows are kept as a file where there were any."""
        with Ledger.open(self.settings.database) as ledger:
            if not aside.exists() and any(ledger.high_water().values()):
                whole = aside.with_suffix(".partial")
                whole.unlink(missing_ok=True)
                ledger.copy_to(whole)
                whole.rename(aside)
            ledger.become(new)
        new.unlink()


def _hold_down(stage: Path, here: Tombstones) -> None:
    """What was taken down here since the backup was made is erased from it before it is put in place."""
    archive, known = Archive(stage / "raw"), {one.correction_id for one in Tombstones(stage / "raw").all()}
    since = [one for one in here.all() if one.correction_id not in known]
    if not since:
        return
    with Ledger.open(f"sqlite:///{stage / LEDGER}") as ledger:
        for stone in since:
            Tombstones(archive.root).add(stone)
            held = ledger.known_documents(stone.documents)
            if held:
                ledger.take_down(*noted(replace(stone, documents=tuple(one for one in stone.documents if one in held))))
            for sha256 in stone.bodies:
                archive.let_go(sha256)
        ledger.overwrite()


def carry_on(settings: Settings) -> bool:
    """Finish a restore that was cut short, where there is one; returns whether there was. Raises `StoreError`."""
    ready = settings.restoring / READY
    if not ready.is_file():
        return False
    with closing(Writer(settings)) as writer, writer.turn():
        if ready.is_file():  # another program may have finished it while we waited
            told: dict[str, str] = json.loads(ready.read_text(encoding="utf-8"))
            Restore(settings, told["aside"]).put_in_place()
    return True


def _unpacked(source: Path, stage: Path, done: Callable[[int], None]) -> Description:
    """Unpack a backup, each file checked against its SHA-256. Raises `StoreError` where one is not what it was, or the file is none."""
    try:
        with zipfile.ZipFile(source) as read:
            table = json.loads(read.read(DESCRIPTION))
            if table["format"] > FORMAT:
                raise StoreError(f"{source} was written by a newer Crosscount ({table['program']}); update this one to restore it.")
            description = Description(**table)
            for name, sha256 in description.files.items():
                if _unpack(read, name, stage) != sha256:
                    raise StoreError(f"{source} is damaged: {name} is not what was backed up; take another backup.")
                done(1)
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, EOFError) as error:
        raise StoreError(f"{source} is no backup of Crosscount, is damaged or was cut short ({error}); take another backup.") from error
    return description


def _unpack(read: zipfile.ZipFile, name: str, stage: Path) -> str:
    parts = PurePosixPath(name).parts
    if not parts or parts[0] not in _TOPS or ".." in parts or "\\" in name or ":" in name:
        raise ValueError(f"it holds {name!r}")
    path, digest = stage.joinpath(*parts), hashlib.sha256()
    path.parent.mkdir(parents=True, exist_ok=True)
    with read.open(name) as packed, path.open("wb") as file:
        while piece := packed.read(_PIECE):
            digest.update(piece)
            file.write(piece)
    return digest.hexdigest()


def _files(stage: Path) -> Iterator[Path]:
    """The files that are staged, as paths in the data folder."""
    return iter(sorted(path.relative_to(stage) for path in stage.rglob("*") if path.is_file()))


def _differs(new: Path, old: Path) -> bool:
    return old.is_file() and old.read_bytes() != new.read_bytes()


def _snapshots(published: Path) -> list[Path]:
    """What is published there, but for what an earlier restore put aside."""
    return [path for path in published.iterdir() if not path.name.startswith(ASIDE)] if published.is_dir() else []


def _filled(folder: Path) -> bool:
    return folder.is_dir() and any(folder.iterdir())


def _reach_the_disk() -> None:
    """All that was unpacked is on the disk before the restore can only go on; Windows writes it as it closes the files."""
    if hasattr(os, "sync"):
        os.sync()


def _swap(new: Path, place: Path, aside: Path) -> None:
    """Move what is in a place aside, and the new into it; nothing where the new is there already."""
    if not new.exists():
        return
    if place.exists() and not aside.exists():
        aside.parent.mkdir(parents=True, exist_ok=True)
        place.rename(aside)
    place.parent.mkdir(parents=True, exist_ok=True)
    new.replace(place)
