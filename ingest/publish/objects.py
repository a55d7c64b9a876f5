"""Versions of a snapshot in an object store (S3 and what speaks like it): handed on by who publishes, fetched by who reads.

    <store>/<crisis>/CURRENT                      the identity of the version to read, one object, put in one piece
    <store>/<crisis>/<snapshot id>/manifest.json  put last: a version with a manifest is whole
    <store>/<crisis>/<snapshot id>/*.parquet      as DuckDB, Spark or Trino read them where they are

Whoever reads here has a folder on its own disk that follows the store, so that a page asks a disk and never a network. The folder of
a version is made complete, checked against the hashes of the manifest, and only then named; the pointer moves last, as it does
where a version is published.
"""

import hashlib
import logging
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final, Protocol

from ingest.errors import SettingsError, StoreError
from ingest.model import snapshot as layout
from ingest.model.snapshot import MANIFEST, POINTER
from ingest.publish import store_feeds, versions
from ingest.settings import Settings

_KEYS: Final = ("access_key_id", "secret_access_key", "session_token", "region", "endpoint_url")
"""What may be set for S3, as AWS_ and the name in capitals; without keys, the roles of the machine are asked as usual."""
_PATIENCE: Final = {"connect_timeout": "5s", "timeout": "120s"}
_RETRIES: Final = {"max_retries": 3, "retry_timeout": timedelta(seconds=60)}
_PIECE: Final = 1 << 22  # bytes in memory at a time
_LOG: Final = logging.getLogger(__name__)


class _Client(Protocol):
    """What is used of `obstore`, which is there only where an object store is."""

    def get(self, path: str, *, options: Any = None) -> Any: ...
    def put(self, path: str, file: Any, *, mode: Any = "overwrite") -> Any: ...
    def copy(self, from_: str, to: str) -> None: ...
    def delete(self, paths: list[str]) -> None: ...
    def list(self, prefix: str) -> Any: ...
    def list_with_delimiter(self, prefix: str) -> Any: ...


@dataclass(slots=True)
class Objects:
    """The versions of one crisis in a store, beside the folder `root` that they are published to or followed in.

    `seen` is the tag of the pointer that was followed last, so that asking whether there is news costs one request without a body;
    `waiting` is that of the one that is being followed.
    """

    client: _Client
    crisis: str
    root: Path
    shown: str
    seen: str = field(default="", init=False)
    waiting: str = field(default="", init=False)

    @classmethod
    def all(cls, settings: Settings) -> "tuple[Objects, ...]":
        """Those of every crisis that is in the store now, and of the configured one. Raises `SettingsError`, `StoreError`."""
        configured = cls.of(settings, settings.crisis)
        if configured is None:
            return ()
        with configured._asked("read"):
            found = configured.client.list_with_delimiter("")["common_prefixes"]
        others = sorted({name.rstrip("/") for name in found} - {settings.crisis})
        return (configured, *(cls(configured.client, name, settings.published / name, settings.store) for name in others))

    @classmethod
    def of(cls, settings: Settings, crisis: str) -> "Objects | None":
        """Those of the configured store; None where the folder is all there is. Raises `SettingsError`."""
        if not settings.store:
            return None
        return cls(_client(settings), crisis, settings.published / crisis, settings.store)

    def follow(self, now: datetime) -> bool:
        """Bring the folder to the version the store points at, for a reader; returns whether it is another than before.

        Raises `StoreError` where the store cannot be read; what was read before stays readable.
        """
        with self._asked("read"):
            named, before = self._news(), layout.current(self.root)
            if not named:
                return False
            if before is not None and layout.number(named) < layout.number(before.name):
                raise StoreError(
                    f"{self.shown} has {named}, but {before.name} is here already; "
                    f"remove {self.root} if the store was started afresh on purpose."
                )
            if before is None or before.name != named:
                with versions.turn(self.root):
                    versions.tidy_up(self.root)
                    self._bring(named)
                    versions.point(self.root, named)
                    versions.prune(self.root, now)
            self.seen = self.waiting  # only now: what could not be fetched is asked for again
            return before is None or before.name != named

    def catch_up(self) -> None:
        """Before publishing: have the version others published last, so that numbers go on and what did not change is known."""
        with self._asked("read"):
            named, here = self._pointed_at(), layout.current(self.root)
            if named and (here is None or (named != here.name and layout.number(named) >= layout.number(here.name))):
                with versions.turn(self.root):
                    versions.tidy_up(self.root)
                    self._bring(named)
                    versions.point(self.root, named)
            store_feeds.bring(self.client, self._path(), self.root, replacing=False)

    def behind(self) -> bool:
        """Whether the store points at another version than the folder of this publisher."""
        with self._asked("read"):
            here = layout.current(self.root)
            return here is not None and self._pointed_at() != here.name

    def hand_on(self) -> None:
        """After publishing: put the current version into the store, and move the pointer there. What is there is not sent again.

        The store then holds the versions that are here, so that what was taken down here does not stay there. Raises `StoreError`;
        the version is then handed on with the next publication.
        """
        folder = layout.current(self.root)
        if folder is None:
            return
        with self._asked("written"):
            pointer = self._get(POINTER)
            named = _named(pointer) if pointer else ""
            if named != folder.name:
                if layout.number(named) >= layout.number(folder.name):
                    raise StoreError(f"{self.shown} has {named}, which another machine published meanwhile; publish again.")
                self._send(folder, named)
                mode = {"e_tag": pointer.meta["e_tag"]} if pointer else "create"  # refused where another machine was quicker
                self.client.put(self._path(POINTER), f"{folder.name}\n".encode("ascii"), mode=mode)
            kept = {version.name for version in layout.versions(self.root)}
            for name in self._there():
                if name not in kept and layout.number(name) < layout.number(folder.name):
                    self._delete(name)
        self.send_feeds({})

    def send_feeds(self, sent: dict[str, str]) -> None:
        """The feeds beside the versions, as far as they are not as they were `sent`, which is kept up. Raises `StoreError`."""
        with self._asked("written"):
            store_feeds.send(self.client, self._path(), self.root, sent)

    def _send(self, folder: Path, previous: str) -> None:
        """The files of a version, and its manifest last. A file that the version before had is copied where it is."""
        here = self.root / previous if previous else folder
        before = layout.manifest(here).sha256 if here != folder and (here / MANIFEST).is_file() else {}
        manifest = layout.manifest(folder)
        for name, sha256 in manifest.sha256.items():
            same = next((other for other, known in before.items() if known == sha256), "")
            if same:
                self.client.copy(self._path(previous, same), self._path(folder.name, name))
            else:
                self.client.put(self._path(folder.name, name), folder / name)
        self.client.put(self._path(folder.name, MANIFEST), folder / MANIFEST)

    def _bring(self, named: str) -> None:
        """A version as a folder here, unless it is here. What did not change since a version that is here is not fetched again."""
        if (self.root / named / MANIFEST).is_file():
            return
        found = self._get(named, MANIFEST)
        if found is None:
            raise StoreError(f"{self.shown} has no whole version {named} of {self.crisis}; publish again.")
        known = {sha: path / name for path in layout.versions(self.root) for name, sha in layout.manifest(path).sha256.items()}
        with versions.draft(self.root) as draft:
            (draft / MANIFEST).write_bytes(bytes(found.bytes()))
            for name, sha256 in layout.manifest(draft).sha256.items():
                (draft / name).parent.mkdir(parents=True, exist_ok=True)
                if sha256 in known:
                    _link(known[sha256], draft / name)
                else:
                    self._fetch(self._path(named, name), draft / name, sha256)
            versions.settle(draft, self.root / named)

    def _fetch(self, path: str, to: Path, sha256: str) -> None:
        digest = hashlib.sha256()
        with to.open("wb") as file:
            for piece in self.client.get(path).stream(min_chunk_size=_PIECE):
                digest.update(piece)
                file.write(piece)
        if digest.hexdigest() != sha256:
            raise StoreError(f"{path} in {self.shown} is not what its manifest says; it is fetched again in a moment.")

    def sweep(self) -> None:
        """For a reader, now and then: have the feeds of the store, and no version that the store no longer has.

        What was taken down there so does not stay here. Raises `StoreError`.
        """
        with self._asked("read"), versions.turn(self.root):
            there, here = self._there(), layout.current(self.root)
            for version in layout.versions(self.root):
                if version != here and version.name not in there:
                    versions.remove(version)
            store_feeds.bring(self.client, self._path(), self.root, replacing=True)

    def _delete(self, name: str) -> None:
        self.client.delete([self._path(name, MANIFEST)])
        self.client.delete([one["path"] for chunk in self.client.list(self._path(name) + "/") for one in chunk])

    def _there(self) -> list[str]:
        """The versions in the store, oldest first."""
        found = self.client.list_with_delimiter(self._path() + "/")["common_prefixes"]
        names = [path.rstrip("/").rpartition("/")[2] for path in found]
        return sorted((name for name in names if layout.number(name)), key=layout.number)

    def _news(self) -> str:
        """The version the store points at; empty where that is the one that was followed last, or none."""
        from obstore.exceptions import NotModifiedError  # noqa: PLC0415 -- there only where an object store is

        try:
            pointer = self._get(POINTER, options={"if_none_match": self.seen} if self.seen else None)
        except NotModifiedError:
            return ""
        if pointer is None:
            return ""
        self.waiting = pointer.meta["e_tag"] or ""
        return _named(pointer)

    def _pointed_at(self) -> str:
        pointer = self._get(POINTER)
        return _named(pointer) if pointer else ""

    def _get(self, *parts: str, options: Any = None) -> Any:
        try:
            return self.client.get(self._path(*parts), options=options)
        except FileNotFoundError:
            return None

    def _path(self, *parts: str) -> str:
        return "/".join((self.crisis, *parts))

    @contextmanager
    def _asked(self, what: str) -> Iterator[None]:
        """What the store says, as a sentence without the request."""
        from obstore.exceptions import BaseError  # noqa: PLC0415 -- there only where an object store is

        self.root.mkdir(parents=True, exist_ok=True)
        try:
            yield
        except (BaseError, OSError) as error:
            cause = str(error).strip().partition("\n")[0][:200]
            raise StoreError(f"{self.shown} could not be {what} ({cause}); it is tried again, and what is published here stays.") from error


def _named(pointer: Any) -> str:
    """The version a pointer names. Raises `StoreError`."""
    named = bytes(pointer.bytes()).decode("ascii", "replace").strip()
    if not layout.number(named):
        raise StoreError(f"{POINTER} in the object store names no version; remove it, and publish again.")
    return named


def _client(settings: Settings) -> _Client:
    try:
        from obstore.store import from_url  # noqa: PLC0415 -- an extra of the installation
    except ImportError as error:
        raise SettingsError(f"{settings.store} needs the object store client; install crosscount[s3].") from error
    scheme = settings.store.partition("://")[0]
    if scheme != "s3":
        raise SettingsError(f"CROSSCOUNT_PUBLISHED is {settings.store!r}; it is a folder, or an address such as s3://bucket/prefix.")
    said: Mapping[str, str] = {f"aws_{name}": settings.keys.get(f"AWS_{name.upper()}", "") for name in _KEYS}
    options = {**_PATIENCE, "allow_http": said["aws_endpoint_url"].startswith("http://")}
    client: _Client = from_url(settings.store, client_options=options, retry_config=_RETRIES, **{k: v for k, v in said.items() if v})
    return client


def _link(known: Path, to: Path) -> None:
    """The same bytes under another name; a file system without hard links gets a copy."""
    try:
        os.link(known, to)
    except OSError:
        shutil.copyfile(known, to)
