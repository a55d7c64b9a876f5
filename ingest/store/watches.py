"""Views that are watched under a name, for channels of their own."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa

from ingest.errors import AlertRefused
from ingest.store import tables
from ingest.store.ledger import Ledger
from ingest.store.rows import storable

_BETWEEN = ";"


@dataclass(frozen=True, slots=True)
class WatchedView:
    """A view by its address within the app, and the publication up to which its changes were told. `channels` are names of settings."""

    crisis: str
    name: str
    address: str
    channels: tuple[str, ...]
    since: datetime


@dataclass(frozen=True, slots=True)
class Watches:
    """The watched views of a ledger."""

    ledger: Ledger
    _table: sa.Table = field(default=tables.watches, repr=False)

    def add(self, view: WatchedView) -> None:
        """Watch a view. Raises `AlertRefused` where the name is taken."""
        row = {
            "crisis": view.crisis, "name": storable(view.name), "address": storable(view.address),
            "channels": _BETWEEN.join(view.channels), "since": view.since,
        }  # fmt: skip
        if any(one.name == row["name"] for one in self.of(view.crisis)):
            raise AlertRefused(f"A view is watched as {view.name!r} already; remove that watch first, or give this one another name.")
        with self.ledger.writing() as connection:
            connection.execute(sa.insert(self._table), row)

    def of(self, crisis: str) -> tuple[WatchedView, ...]:
        """The watched views of a crisis, in the order they were added."""
        row = self._table.c
        query = sa.select(row.crisis, row.name, row.address, row.channels, row.since).where(row.crisis == crisis).order_by(row.seq)
        with self.ledger.connection() as connection:
            found = connection.execute(query).all()
        return tuple(WatchedView(*one[:3], tuple(filter(None, one[3].split(_BETWEEN))), one[4]) for one in found)

    def remove(self, crisis: str, name: str) -> None:
        """Watch it no longer. Raises `AlertRefused` where there is none of that name."""
        row = self._table.c
        with self.ledger.writing() as connection:
            gone = connection.execute(sa.delete(self._table).where(row.crisis == crisis, row.name == storable(name)))
        if not gone.rowcount:
            raise AlertRefused(f"No view is watched as {name!r}; crosscount watch list tells which are.")

    def told(self, views: Iterable[WatchedView], until: datetime) -> None:
        """Remember that the changes of these views were told up to a publication."""
        row = self._table.c
        with self.ledger.writing() as connection:
            for view in views:
                connection.execute(sa.update(self._table).where(row.crisis == view.crisis, row.name == view.name).values(since=until))
