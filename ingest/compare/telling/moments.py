"""Which phrase of time a claim is told with, by its kind and by what it leaves unsaid; the phrases themselves are tables."""

from ingest.compare.claims.columns import UNKNOWN_DAY
from ingest.model.vocabulary import Kind


def phrase_of_time(kind: Kind, inferred: bool, days: tuple[int, int], event: tuple[int, int]) -> tuple[str, tuple[int, int]]:
    """The form of the phrase of time, and the two days it names; `days` are the window's start and the day the value is of."""
    start, day = days
    suffix = "_inferred" if inferred else ""
    if kind is Kind.INCIDENT:
        return ("day" if event[0] == event[1] else "days"), event
    if kind is Kind.CUMULATIVE and start == day:
        return "total_first", days
    if kind is Kind.CUMULATIVE:
        return (f"total{suffix}" if start != UNKNOWN_DAY else f"total_open{suffix}"), (start, day)
    if kind is Kind.PERIOD and start != UNKNOWN_DAY:
        return "period", (start, day)
    plain = {Kind.DAILY: "day", Kind.RATE_24H: "last_24h", Kind.PROJECTION: "projection"}
    return plain.get(kind, f"level{suffix}"), (day, day)


def again(form: str) -> str:
    """The form for a claim of the same window as the one told just before."""
    return form.replace("total", "total_again", 1)
