"""Who was silent, from what was spoken: of the days and voices that nothing touched as the version before says it, of the others anew.

The matrix itself is made whenever a run or a report came, from what was spoken and from who was read when; it has a row per day, voice
and metric, however many figures stand behind one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pandas as pd

from ingest.compare import Seen, Window, spoken, spoken_before, told, window_of
from ingest.model.crisis import Crisis
from ingest.publish import frames
from ingest.publish.desk import published
from ingest.publish.parts import Draft
from ingest.publish.verdicts import Standing

_TEXTS = (
    *("figure_id", "claim_id", "claimed_source", "metric", "review", "value_status", "value_text"),
    *("adm1_id", "coverage_area", "place_precision"),
)
_SPOKEN = ", ".join((*_TEXTS, "published_at", "value_best", "value_low"))
"""What silence is told from, and which of it are words."""
_CLAIM = "CASE WHEN claim_id = '' THEN figure_id ELSE claim_id END AS claim, claimed_source"
FIGURES = 400_000  # read at a time, where no voice has more


@dataclass(frozen=True, slots=True)
class Silent:
    """What is around the matrix: the draft, its small tables, and the version before, where its figures stand.

    `differ` and `former` in the database are as `Standing` says.
    """

    opened: duckdb.DuckDBPyConnection
    draft: Draft
    crisis: Crisis
    small: Mapping[str, pd.DataFrame]
    standing: Standing | None

    def write(self) -> None:
        """Write the matrix of the draft."""
        seen = self._seen(self.draft.folder, self.small)
        window = self._window(seen)
        self.opened.register("given", frames.conform("silence", told(seen, self._spoken(window), window)))
        self.draft.write(self.opened, "silence", "given")
        self.opened.unregister("given")

    def _seen(self, folder: Path, small: Mapping[str, pd.DataFrame]) -> Seen:
        asked = f"SELECT publisher, source, published_at, retrieved_at FROM {published(folder, 'documents')}"  # noqa: S608 -- files of ours
        return Seen(pd.DataFrame(), self.opened.execute(asked).df(), **{name: small[name] for name in ("mandates", "sources", "runs")})

    def _window(self, seen: Seen) -> Window:
        return window_of(self.crisis.start, self.crisis.end, self.crisis.timezone, seen)

    def _spoken(self, window: Window) -> pd.DataFrame:
        if self.standing is None:
            parts = [spoken(rows, window) for rows in self._voices()]
            return pd.concat(parts, ignore_index=True) if parts else spoken(self._read("WHERE false"), window)
        folder = self.standing.folder
        before = self._window(self._seen(folder, {name: self._frame(folder, name) for name in ("mandates", "sources", "runs")}))
        stood = spoken_before(self._frame(folder, "silence"), window)
        self._touch(folder, window, before)
        moved = self.opened.execute("SELECT claimed_source, day FROM moved").df()
        again = pd.MultiIndex.from_frame(stood[["claimed_source", "day"]]).isin(pd.MultiIndex.from_frame(moved))
        ids = stood.loc[again, "figure_ids"].str.split(";").explode()
        self.opened.register("given", pd.DataFrame({"figure_id": pd.Series(ids.array, dtype="str")}))
        chosen = "SEMI JOIN (SELECT figure_id FROM given UNION SELECT figure_id FROM beside) USING (figure_id)"
        renewed = spoken(self._read(chosen), window)
        self.opened.unregister("given")
        inside = stood["day"].to_numpy() < window.days
        return pd.concat([stood[~again & inside], renewed], ignore_index=True)

    def _touch(self, folder: Path, window: Window, before: Window) -> None:
        """Note in `beside` the figures of claims that something happened to, or whose day was still to come before, and in `moved` the
        voices and days these claims are or were of.
        """
        now, was, later = published(self.draft.folder, "figures"), published(folder, "figures"), before.edges()[-1]
        rows = f"SELECT {_CLAIM} FROM {now} WHERE published_at >= TIMESTAMP '{later}' OR figure_id IN (FROM differ)"  # noqa: S608
        self.opened.execute(f"CREATE OR REPLACE TABLE claims AS {rows} UNION SELECT {_CLAIM} FROM former")  # noqa: S608 -- files of ours
        for name, figures in (("beside", now), ("earlier", was)):
            told = f"SELECT figure_id, published_at, {_CLAIM} FROM {figures}"  # noqa: S608 -- files of ours
            self.opened.execute(f"CREATE OR REPLACE TABLE {name} AS FROM ({told}) SEMI JOIN claims USING (claim, claimed_source)")
        days = []
        for name in ("beside", "earlier"):
            first = f"SELECT claimed_source, min(published_at) AS first FROM {name} GROUP BY claim, claimed_source"  # noqa: S608
            found = self.opened.execute(first).df()
            days.append(found.assign(day=window.position(found["first"]))[["claimed_source", "day"]])
        self.opened.register("given", pd.concat(days).astype({"claimed_source": "str"}))
        self.opened.execute("CREATE OR REPLACE TABLE moved AS SELECT DISTINCT * FROM given")
        self.opened.unregister("given")

    def _voices(self) -> Iterator[pd.DataFrame]:
        """The figures of the draft, some voices at a time."""
        counted = f"SELECT claimed_source, count(*) FROM {published(self.draft.folder, 'figures')} GROUP BY ALL ORDER BY ALL"  # noqa: S608
        batch: list[str] = []
        size = 0
        for voice, figures in self.opened.execute(counted).fetchall():
            if batch and size + figures > FIGURES:
                yield self._of_voices(batch)
                batch, size = [], 0
            batch.append(voice)
            size += figures
        if batch:
            yield self._of_voices(batch)

    def _of_voices(self, voices: list[str]) -> pd.DataFrame:
        return self._read("WHERE claimed_source IN (SELECT unnest(?))", [voices])

    def _read(self, chosen: str, given: list[object] | None = None) -> pd.DataFrame:
        asked = f"SELECT {_SPOKEN} FROM {published(self.draft.folder, 'figures')} {chosen}"  # noqa: S608 -- files of ours
        found: pd.DataFrame = self.opened.execute(asked, given or []).df()
        return found.astype(dict.fromkeys(_TEXTS, "str"))

    def _frame(self, folder: Path, table: str) -> pd.DataFrame:
        found: pd.DataFrame = self.opened.execute(f"FROM {published(folder, table)}").df()
        return found
