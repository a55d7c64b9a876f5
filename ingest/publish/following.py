"""The tables that follow from the figures of a draft: verdicts, series and incidents, worked out ground by ground, and what is measured of
the sources on all of it.

Where the version before stands, only the grounds are worked out that hold a figure which came, changed or went, and only the months
are written in which that makes a difference. A ground may reach over all months (a running total is compared with that of the month
before), so nothing is cut by time. What is measured of the sources are sums and medians over all grounds: each part of the figures
gives the tables that add up to those of all, so that its figures are forgotten before the next is read.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from ingest.compare import About, Change, Judged, Measured, incidents, measured_of, recompare, series_table
from ingest.compare.claims.comparable import READ
from ingest.compare.claims.relation import Bools
from ingest.model.schema import TABLES
from ingest.publish import frames, grounds
from ingest.publish.desk import published
from ingest.publish.grounds import Part, Survey, compact
from ingest.publish.parts import Draft
from ingest.publish.verdicts import Standing

_TOLD = ("discrepancies", "series", "incidents", "incident_claims")
_PAIRS = ["figure_a", "figure_b", "rule", "publisher_a"]
_NO_PAIRS = frames.frame("discrepancies", ())[_PAIRS]


@dataclass(frozen=True, slots=True)
class Following:
    """A draft whose figures are written, and the version before, where it stands."""

    opened: duckdb.DuckDBPyConnection
    draft: Draft
    about: About
    standing: Standing | None

    def write(self, *, judged: bool = True) -> None:
        """Write the tables; the discrepancies only where they are to be `judged`, otherwise they are written already."""
        if self.standing and not self.standing.touched:
            for name in (*_TOLD, "relays", "behaviour"):
                self.draft.keep(name)
            return
        figures = f"FROM {published(self.draft.folder, 'figures')}"
        if self.standing:
            survey = Survey.of(self.opened, figures, self.about, former="FROM former", touched="FROM differ")
        else:
            survey = Survey.of(self.opened, figures, self.about)
        chosen = survey.touched | survey.moved if self.standing else np.ones(len(survey.ground), dtype=bool)
        for name in _TOLD:
            frames.hold(self.opened, name, f"{name}_told", ())
        for name, key in (("looked_at", "figure_id"), ("events", "figure_id"), ("over", "discrepancy_id")):
            self.opened.execute(f"CREATE TABLE {name} ({key} VARCHAR)")
        stood = self._pairs(self.standing.folder) if self.standing else "" if judged else self._pairs(self.draft.folder)
        parts = survey.parts(survey.ground, chosen, grounds.CLAIMS, pairs=stood)
        measures = [self._compare(part, judged=judged) for part in parts]
        for part in survey.parts(survey.event, chosen & survey.incident, grounds.CLAIMS):
            self._group(part.figures)
        self._written(judged=judged)
        self._measure([*measures, *self._others(survey, chosen)])

    def _compare(self, part: Part, *, judged: bool) -> Measured:
        """Tell the verdicts and series of a part, and what they measure."""
        self.opened.execute(f"INSERT INTO looked_at SELECT figure_id FROM {part.figures}")  # noqa: S608 -- a part of ours
        figures = compact(self.opened, f"{part.figures} WHERE NOT former")
        pairs = []
        for stood, told in self._verdicts(part, figures) if judged else self._judged(part):
            frames.hold(self.opened, "discrepancies", "discrepancies_told", (told,))
            pairs += [stood[_PAIRS], told[_PAIRS]]
        series = series_table(figures, self.about.rules, organisations=self.about.organisations, places=self.about.places)
        frames.hold(self.opened, "series", "series_told", (series,))
        return Measured.of(figures[sorted(_OF_SOURCES)], pd.concat([*pairs, _NO_PAIRS], ignore_index=True))

    def _verdicts(self, part: Part, figures: pd.DataFrame) -> Iterator[tuple[pd.DataFrame, pd.DataFrame]]:
        """The verdicts of a part: what identifies those that stand, of which others are noted in `over`, and those that are told anew."""
        if not self.standing:
            yield from ((_NO_PAIRS, told) for told in Judged.of(figures, self.about).blocks(grounds.ROWS))
            return
        stood = self.opened.execute(part.pairs).df()
        former = compact(self.opened, f"{part.figures} WHERE former", READ)
        touched = self.opened.execute(f"SELECT DISTINCT figure_id FROM {part.figures} WHERE touched").df()["figure_id"]  # noqa: S608
        renewal = recompare(stood, figures, Change(touched.tolist(), former), self.about)
        self.opened.register("given", stood.loc[~renewal.kept, ["discrepancy_id"]])
        self.opened.execute("INSERT INTO over SELECT discrepancy_id FROM given")
        self.opened.unregister("given")
        yield stood[renewal.kept], renewal.fresh

    def _judged(self, part: Part) -> Iterator[tuple[pd.DataFrame, pd.DataFrame]]:
        """The verdicts of a part that are written already, all of which stand."""
        yield self.opened.execute(part.pairs).df(), frames.frame("discrepancies", ())

    def _pairs(self, folder: Path) -> str:
        """SQL for what identifies the verdicts of a version, and what is measured on."""
        return f"SELECT {', '.join(('discrepancy_id', *_PAIRS))} FROM {published(folder, 'discrepancies')}"  # noqa: S608 -- files of ours

    def _group(self, part: str) -> None:
        """Tell the incidents of a part."""
        self.opened.execute(f"INSERT INTO events SELECT figure_id FROM {part}")  # noqa: S608 -- a part of ours
        figures = compact(self.opened, f"{part} WHERE NOT former", READ)
        told = incidents(figures, self.about.rules, organisations=self.about.organisations, places=self.about.places)
        for name, rows in zip(("incidents", "incident_claims"), told, strict=True):
            frames.hold(self.opened, name, f"{name}_told", (rows,))

    def _written(self, *, judged: bool) -> None:
        """Write what was told, in the place of what the version before said of the figures that were looked at."""
        if self.standing is None:
            for name in _TOLD if judged else _TOLD[1:]:
                self.draft.write(self.opened, name, f"{name}_told")
            return
        folder = self.standing.folder
        of_events = f"SELECT DISTINCT incident_id FROM {published(folder, 'incident_claims')} SEMI JOIN events USING (figure_id)"  # noqa: S608
        series, looked_at = published(folder, "series"), "FROM looked_at"
        of_series = f"SELECT DISTINCT series_id FROM {series} WHERE figure_id IN ({looked_at}) OR parent_after IN ({looked_at})"  # noqa: S608
        gone = {"discrepancies": "FROM over", "series": of_series, "incidents": of_events, "incident_claims": of_events}
        for name in _TOLD if judged else _TOLD[1:]:
            self.opened.execute(f"CREATE OR REPLACE TABLE touched AS {gone[name]}")
            self.opened.execute(f"ALTER TABLE {name}_told RENAME TO renewed")
            self.draft.carry(self.opened, name, _KEYS[name], published(folder, name))
            self.opened.execute("DROP TABLE renewed")

    def _others(self, survey: Survey, chosen: Bools) -> Iterator[Measured]:
        """What the grounds measure that were not compared."""
        others = ~np.isin(survey.ground, survey.ground[chosen])
        pairs = self._pairs(self.draft.folder)
        for part in survey.parts(survey.ground, others, grounds.CLAIMS, names=_OF_SOURCES, pairs=pairs):
            figures = compact(self.opened, f"{part.figures} WHERE NOT former", _OF_SOURCES)
            yield Measured.of(figures, self.opened.execute(part.pairs).df())

    def _measure(self, measures: list[Measured]) -> None:
        """Write what is measured of the sources."""
        for name, rows in measured_of(measures or [Measured.of(frames.frame("figures", ()), _NO_PAIRS)]).items():
            self.opened.register("given", rows)
            self.draft.write(self.opened, name, "given")
            self.opened.unregister("given")


_KEYS = {"discrepancies": "discrepancy_id", "series": "series_id", "incidents": "incident_id", "incident_claims": "incident_id"}
_OF_SOURCES = grounds.MEASURED & {
    *(column.name for column in TABLES["figures"] if column.type not in {"string", "list"}),
    *("figure_id", "claim_id", "document_id", "parent_figure_id", "restates", "publisher", "claimed_source", "independence_group"),
    *("interest", "metric", "kind", "unit", "review", "relayed_via", "place_id", "group_status", "group_side", "group_sex", "group_age"),
    *("group_role", "group_nationality"),
}
"""What is measured on; of figures, and `_PAIRS` of the verdicts between them."""
