"""How fresh a source is, from its own cadence and the time it last had something new."""

from datetime import datetime, timedelta

from ingest.model.vocabulary import Freshness

# Cadences that have passed, the longest first. The Humanitarian Data Exchange marks daily data the same way: due after one day,
# overdue after two, delinquent after three.
_AFTER = ((3, Freshness.DELINQUENT), (2, Freshness.OVERDUE), (1, Freshness.DUE))


def freshness(cadence_hours: float, changed_at: datetime | None, now: datetime) -> Freshness | None:
    """The state of a source that had something new at `changed_at`; None where it never had, which is no lateness.

    New is what has another text than anything read from it before: a page that only moves its advertisements is not.
    """
    if changed_at is None:
        return None
    passed = now - changed_at
    return next((word for times, word in _AFTER if passed > times * timedelta(hours=cadence_hours)), Freshness.FRESH)


def silent_since(cadence_hours: float, changed_at: datetime | None) -> datetime | None:
    """From when a source that had something new at `changed_at` is delinquent, unless it has something before; None where it never had."""
    if changed_at is None or not cadence_hours:
        return None
    return changed_at + _AFTER[0][0] * timedelta(hours=cadence_hours)
