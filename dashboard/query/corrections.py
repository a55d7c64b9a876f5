"""What people changed after the machine had read it."""

from dataclasses import dataclass
from typing import Final

import pandas as pd

from dashboard.query.labels import labelled, names
from dashboard.query.snapshots import Snapshot, answered
from ingest.model.vocabulary import Review

MOST_CORRECTIONS: Final = 50


@dataclass(frozen=True, slots=True)
class Checked:
    """How many of the figures that stand a person has looked at: `checked` of `figures`."""

    checked: int
    figures: int


@answered
def checked(db: Snapshot) -> Checked:
    """Counts of the figures no later edition has replaced."""
    sql = "SELECT count(*) FILTER (review <> $machine), count(*) FROM figures WHERE superseded_at IS NULL"
    return Checked(*map(int, db.rows(sql, {"machine": Review.MACHINE})[0]))


@answered
def corrections(db: Snapshot, lang: str) -> pd.DataFrame:
    """The newest rows a person corrected or rejected, replaced ones too, with `source_label`; at most `MOST_CORRECTIONS`."""
    sql = (
        "SELECT figure_id, review, value_text, metric, claimed_source, published_at FROM figures"
        " WHERE review IN ($corrected, $rejected) ORDER BY published_at DESC NULLS LAST, figure_id LIMIT $most"
    )
    values = {"corrected": Review.CORRECTED, "rejected": Review.REJECTED, "most": MOST_CORRECTIONS}
    frame = db.frame(sql, values)
    return frame.assign(source_label=labelled(frame["claimed_source"], names(db, lang).short))
