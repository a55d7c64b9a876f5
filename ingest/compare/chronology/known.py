"""What was known at a moment: the claims that had been made by then, with later editions of them not yet known.

There are two clocks. By the world's, a claim is known from its publication: what anybody could have read. By ours, it is known from
when this installation first saw it: what somebody looking here would have seen. An archive read years later has only the first;
whoever asks why a number was briefed on a day wants the second. What a reviewer decided later holds for every moment.
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pandas as pd

from ingest.model.vocabulary import Clock

BEGINS = {Clock.PUBLISHED: "known_at", Clock.READ: "first_seen_at"}
"""The column that says from when a figure was known, by each clock."""
ENDS = {Clock.PUBLISHED: "known_until", Clock.READ: "superseded_at"}
"""The column that says from when a later edition stood in its place, by each clock."""


def end_of_day(day: date, zone: ZoneInfo) -> datetime:
    """The moment a day of the crisis is over: what was known on a day is what was known before this."""
    return datetime.combine(day + timedelta(days=1), datetime.min.time(), zone)


def with_known_times(figures: pd.DataFrame) -> pd.DataFrame:
    """The figures with `known_at` and `known_until` worked out from publication, first sight and `supersedes`.

    A later edition often keeps the date of the page it replaces; it was then published no later than we first saw it, and counts
    from there. A figure without a time of publication counts from when it was first seen.
    """
    published = pd.to_datetime(figures["published_at"], utc=True)
    seen = pd.to_datetime(figures["first_seen_at"], utc=True)
    replaced = figures["supersedes"].fillna("")
    earlier = pd.Series(published.array, index=figures["figure_id"]).groupby(level=0).first().reindex(replaced).array
    kept_its_date = (replaced != "").to_numpy() & (pd.Series(earlier) >= published.reset_index(drop=True)).to_numpy()
    known = published.where(~kept_its_date, seen.fillna(published)).fillna(seen)
    editions = (replaced != "").to_numpy() & (replaced != figures["figure_id"]).to_numpy()
    until = pd.Series(known.array[editions], index=replaced.array[editions]).groupby(level=0).min()
    ended = pd.Series(until.reindex(figures["figure_id"]).array, index=figures.index)
    ended = ended.fillna(pd.to_datetime(figures["superseded_at"], utc=True))  # taken back without another in its place
    return figures.assign(known_at=known.astype("datetime64[us, UTC]"), known_until=ended.astype("datetime64[us, UTC]"))


def as_known(figures: pd.DataFrame, moment: datetime, clock: Clock = Clock.PUBLISHED) -> pd.DataFrame:
    """The figures known before an aware moment; one whose later edition came after it stands (`superseded_at` is empty).

    Needs `figure_id`, `supersedes`, `published_at` and `first_seen_at`. What has no time at all was known at no moment.
    """
    timed = with_known_times(figures)
    begins, ends = pd.to_datetime(timed[BEGINS[clock]], utc=True), pd.to_datetime(timed[ENDS[clock]], utc=True)
    still = ~(ends < moment)
    standing = timed.assign(superseded_at=pd.to_datetime(timed["superseded_at"], utc=True).mask(still), known_until=ends.mask(still))
    return standing[(begins < moment).to_numpy()]


def documents_known(documents: pd.DataFrame, moment: datetime, clock: Clock = Clock.PUBLISHED) -> pd.DataFrame:
    """The reports known before an aware moment, by publication or by when they were fetched, with editions as for figures."""
    published, fetched = pd.to_datetime(documents["published_at"], utc=True), pd.to_datetime(documents["retrieved_at"], utc=True)
    replaced = documents["revises"].fillna("")
    earlier = pd.Series(published.array, index=documents["document_id"]).groupby(level=0).first().reindex(replaced).array
    kept_its_date = (replaced != "").to_numpy() & (pd.Series(earlier) >= published.reset_index(drop=True)).to_numpy()
    known = fetched if clock is Clock.READ else published.where(~kept_its_date, fetched).fillna(fetched)
    return documents[(known < moment).to_numpy()]
