"""Marks of one metric over time, and the same marks as rows to compare."""

from collections import Counter
from collections.abc import Iterable
from itertools import accumulate
from typing import Final

import pandas as pd

from dashboard.query.marks import marks, selection, tallied
from dashboard.query.snapshots import Snapshot, answered
from dashboard.state import Filters

MOST_MARKS: Final = 240
"""Marks one chart can hold and a reader can tell apart; more than this keeps the voices with most claims, and says so.

Each brings its sentence along: so many are some 20 kB on the way.
"""

MOST_COMPARED: Final = 400
"""The same of rows to compare, which are the fewer the more voices speak to each."""

FAMILIES: Final = ("total", "event", "period", "level", "projection")

_HEARD: Final = "SELECT claimed_source, family, sum(claims) FROM {tallied} WHERE {where} AND metric = $shown_metric GROUP BY ALL"
_OF_METRIC: Final = "SELECT spot FROM marks WHERE {where} AND metric = $shown_metric"
_LOUD: Final = f"{_OF_METRIC} AND list_contains($loud::VARCHAR[], claimed_source) ORDER BY day DESC, figure_id LIMIT $most"


@answered
def series(db: Snapshot, filters: Filters, metric: str, most: int = MOST_MARKS) -> pd.DataFrame:
    """Every mark of the metric, oldest first. `attrs["left_out"]` says how many marks were more than `most`."""
    condition = selection(filters, db)
    condition.values["shown_metric"] = metric
    voices = _added(_heard(db, filters, metric), 0)
    total = sum(voices.values())
    chosen = _OF_METRIC
    if total > most:
        loudest = sorted(voices.items(), key=lambda one: (-one[1], one[0]))
        before = accumulate((claims for _, claims in loudest), initial=0)
        loud = [voice for (voice, _), others in zip(loudest, before, strict=False) if others < most]
        chosen = _LOUD
        condition.values.update(loud=loud, most=most)  # a list: a database looks through a million rows for one faster than by a join
    spots = [spot for (spot,) in db.rows(chosen.format(where=condition.sql), condition.values)] if total else []
    frame = marks(db, spots, filters.lang)
    frame.attrs["left_out"] = total - len(frame)
    return frame


def families(db: Snapshot, filters: Filters, metric: str) -> tuple[tuple[str, int], ...]:
    """Which families of kinds have marks of the metric, and how many, in the order charts show them."""
    found = _added(_heard(db, filters, metric), 1)
    return tuple((family, found[family]) for family in FAMILIES if family in found)


@answered
def _heard(db: Snapshot, filters: Filters, metric: str) -> tuple[tuple[str, str, int], ...]:
    """How many marks of the metric each voice has in each family of kinds."""
    condition = selection(filters, db)
    return tuple(db.rows(_HEARD.format(tallied=tallied(filters), where=condition.sql), {**condition.values, "shown_metric": metric}))


def _added(heard: Iterable[tuple[str, str, int]], at: int) -> Counter[str]:
    """The marks by voice (`at` 0) or by family (1)."""
    found = Counter[str]()
    for one in heard:
        found[str(one[at])] += one[2]
    return found


@answered
def compare_rows(db: Snapshot, filters: Filters, metric: str, family: str | None = None, *, alone: bool = False) -> pd.DataFrame:
    """Marks with the `row` they stand in: one row per day or per place (`filters.by`) and group, a mark per voice and claim.

    Only one family of kinds at a time, because totals and single events never share an axis; None takes the family with most
    rows that several voices speak to. In rows by place, running totals and levels show only the latest claim of each voice.
    Rows in which one voice speaks alone are left out unless `alone`, or unless there are no others. `attrs["family"]` names
    the family, `attrs["alone"]` counts the rows of one voice.
    """
    frame = series(db, filters, metric, MOST_COMPARED)
    left_out = frame.attrs["left_out"]
    frame = frame[~frame["enemy"]]
    frame = _rows_by_place(frame) if filters.by == "place" else _rows_by_day(frame)
    frame["row_voices"] = frame.groupby("row")["independence_group"].transform("nunique").astype("Int64")
    shown = family or _most_compared(frame)
    frame = frame[frame["family"] == shown].sort_values(["row", "low", "figure_id"], kind="stable")
    several = frame["row_voices"] > 1
    single = int(frame.loc[~several, "row"].nunique())
    frame = (frame if alone or not several.any() else frame[several]).reset_index(drop=True)
    frame.attrs.update(family=shown, alone=single, left_out=left_out)
    return frame


def _rows_by_day(frame: pd.DataFrame) -> pd.DataFrame:
    """A total is compared with the totals as of the same day; an event with those of the same day and division."""
    event = frame["family"].isin(["event", "period"])
    place = _division(frame).where(event, "")
    period = frame["family"] == "period"
    day = frame["last_day"].where(period, frame["day"])
    window = frame["day"].dt.strftime("%Y-%m-%d/").where(period, "")
    row = window + day.dt.strftime("%Y-%m-%d").fillna("") + "|" + place + "|" + whom(frame)
    return frame.assign(row=row, row_day=day, row_place=place)


def _rows_by_place(frame: pd.DataFrame) -> pd.DataFrame:
    """Of totals and levels only the latest word of each voice stands in a place's row; events all do."""
    place = _division(frame)
    frame = frame.assign(row_day=pd.Series(pd.NaT, index=frame.index, dtype="datetime64[us]"))
    frame = frame.assign(row=place + "|" + whom(frame), row_place=place)
    older = ~frame["family"].isin(["event", "period"]) & frame.duplicated(["row", "family", "independence_group"], keep="last")
    return frame[~older].copy()


def whom(frame: pd.DataFrame) -> pd.Series:
    """Whom a row is about. Roles stay together: "four students" and "four civilians" of one event belong side by side."""
    return frame["group_status"] + "|" + frame["group_side"] + "|" + frame["group_sex"] + "|" + frame["group_age"] + "|" + frame["unit"]


def _division(frame: pd.DataFrame) -> pd.Series:
    """Name of the first-level division, or of the place where it lies in none or several."""
    return frame["adm1_label"].where(frame["adm1_label"] != "", frame["place_label"])


def _most_compared(frame: pd.DataFrame) -> str:
    """The family with most rows that several voices speak to, then the one with most marks."""
    if frame.empty:
        return FAMILIES[0]
    several = frame[frame["row_voices"] > 1].groupby("family")["row"].nunique()
    marks_in = frame["family"].value_counts()
    return max(FAMILIES, key=lambda name: (several.get(name, 0), marks_in.get(name, 0)))
