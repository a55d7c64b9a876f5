"""Opening what was published: the snapshot that the pointer names, and what of it was known on a day.

A page asks `Snapshots.open` once and puts every question to the `Snapshot` it got, so one answer never mixes two
snapshots; the next page sees a new one as soon as the pointer has moved, or where it is large, as soon as it is prepared.
"""

import logging
import threading
import weakref
from collections import OrderedDict
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from dashboard.query.knowledge import Known
from dashboard.query.prepared import LARGE
from dashboard.query.snapshots import Snapshot, SnapshotMissing
from ingest.model import snapshot as layout

_LOG: Final = logging.getLogger(__name__)
DAYS_OPEN: Final = 6
"""Snapshots as known on a day that are kept open, the last ones asked for."""


class Snapshots:
    """Opens the current snapshot of a crisis under `published`; safe to share between threads.

    `sides` gives the labels of the sides of the conflict per language, which the tables hold as identities only. Snapshots of `large`
    figures and more are prepared, and then asked by `warm` what everybody asks first.
    """

    def __init__(
        self,
        published: Path,
        sides: Callable[[], Mapping[str, Mapping[str, str]]] = dict,
        *,
        large: int = LARGE,
        warm: Callable[[Snapshot], None] | None = None,
    ) -> None:
        self._published = published
        self._large = large
        self._warm = warm
        self._sides = sides
        self._open: dict[str, Snapshot] = {}
        self._coming: set[Path] = set()
        self._preparing: weakref.WeakSet[Snapshot] = weakref.WeakSet()
        self._days: OrderedDict[tuple[Path, Known], Snapshot] = OrderedDict()
        self._lock = threading.Lock()

    def open(self, crisis: str, known: Known | None = None) -> Snapshot:
        """Open the snapshot the pointer names now, or as much of it as was known on a day.

        Raises `SnapshotMissing` when there is none that can be read.
        """
        folder = layout.current(self._published / crisis)
        if folder is None:
            raise SnapshotMissing(f"Nothing is published for {crisis!r} yet; run `crosscount up`, or `crosscount publish`.")
        return self._current(folder, crisis) if known is None else self._as_known(folder, crisis, known)

    def close(self) -> None:
        """Remove what was laid out in temporary folders, also while it is laid out; to be called once, when nobody asks any more."""
        with self._lock:
            for opened in (*self._open.values(), *self._days.values(), *self._preparing):
                opened.discard()

    def _current(self, folder: Path, crisis: str) -> Snapshot:
        """The snapshot of that folder; while a large one is prepared, the one that readers have before them stands in."""
        with self._lock:
            opened = self._open.get(crisis)
            if opened is not None and opened.folder == folder:
                return opened
            if opened is not None and layout.manifest(folder).rows.get("figures", 0) >= self._large:
                if folder not in self._coming:
                    self._coming.add(folder)
                    threading.Thread(target=self._follow, args=(folder, crisis), name="next snapshot", daemon=True).start()
                return opened
            opened = self._open[crisis] = self._new(folder, crisis)
            return opened

    def _new(self, folder: Path, crisis: str) -> Snapshot:
        opened = Snapshot(folder, crisis, self._sides())
        if opened.manifest.rows.get("figures", 0) >= self._large:
            self._preparing.add(opened)
            opened.prepare(self._warm)
        else:
            opened.prepared.set()
        return opened

    def _follow(self, folder: Path, crisis: str) -> None:
        """Open a large snapshot, and have it read once it is prepared."""
        try:
            coming = self._new(folder, crisis)
        except SnapshotMissing as error:
            _LOG.warning("The last snapshot is still shown: %s", error)
        else:
            coming.prepared.wait()
            with self._lock:
                self._open[crisis] = coming
        finally:
            with self._lock:
                self._coming.discard(folder)

    def _as_known(self, folder: Path, crisis: str, known: Known) -> Snapshot:
        """Made outside the lock: whoever asks for another day, or for today, does not wait for it."""
        with self._lock:
            opened = self._days.get((folder, known))
        opened = opened or Snapshot(folder, crisis, self._sides(), known)
        with self._lock:
            opened = self._days.setdefault((folder, known), opened)
            self._days.move_to_end((folder, known))
            while len(self._days) > DAYS_OPEN:
                self._days.popitem(last=False)
        return opened
