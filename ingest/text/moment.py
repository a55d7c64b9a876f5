"""Times as files and feeds state them: ISO 8601 and RFC 822, and nothing guessed."""

import re
from datetime import UTC, date, datetime, time
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

_NOON = time(12)
_SECONDS_FRACTION = re.compile(r"(\.\d{1,6})\d*")


def parse_moment(stated: str) -> datetime | None:
    """The time stated, with a zone only where one is stated; a day alone is taken as its noon. None where it is not understood.

    Noon, because it is the same calendar day in the crisis's time zone and in UTC for every zone of the inhabited world but
    the Pacific's edge.
    """
    stated = stated.strip()
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", stated):
            return datetime.combine(date.fromisoformat(stated), _NOON)  # the zone is the caller's to give
        if re.match(r"\d{4}-\d{2}-\d{2}[T ]", stated):
            return datetime.fromisoformat(_SECONDS_FRACTION.sub(r"\1", stated, count=1))
        moment = parsedate_to_datetime(stated)
        return moment.replace(tzinfo=UTC) if stated.endswith("-0000") else moment  # RFC 5322: UTC, the writer's own zone unknown
    except (ValueError, TypeError, OverflowError):
        return None


def in_utc(moment: datetime, zone: ZoneInfo) -> datetime:
    """The same moment in UTC; one without a zone was stated in `zone`."""
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
