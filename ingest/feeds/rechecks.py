"""When a page that was read is asked for again: ever less often, for pages change ever less often."""

from datetime import datetime, timedelta

# Our convention: after an eighth of its age, within these bounds.
_SLOWER = 8
SHORTEST, _LONGEST = timedelta(hours=6), timedelta(days=30)


def is_due(published: datetime, asked: datetime, now: datetime) -> bool:
    """Whether it is time to ask again for a page published and last asked for at those times."""
    return now - asked >= min(max((now - published) / _SLOWER, SHORTEST), _LONGEST)
