"""The least number of incidents that no source lists, in words for the terminal and for scripts, never without what must hold for it."""

import json
import math
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, timedelta

from ingest.compare import Undocumented
from ingest.compare.sources.undocumented import ASSUMPTIONS, ENOUGH_LISTS
from ingest.model.vocabulary import METRICS

_NONE = "No two independent sources list enough incidents on the same days; nothing can be told of what none of them lists."


def told(found: Sequence[Undocumented]) -> str:
    """A line per metric, then the assumptions."""
    if not found:
        return _NONE
    return "\n".join([*map(_line, found), "What must hold:", *(f"- {one.en}" for one in ASSUMPTIONS)])


def told_as_json(found: Sequence[Undocumented]) -> str:
    """The same for scripts: one object with `metrics` and `assumptions`; days in ISO 8601."""
    days = ("first_day", "last_day")
    metrics = [{**asdict(one), **{name: _day(getattr(one, name)).isoformat() for name in days}} for one in found]
    return json.dumps({"metrics": metrics, "assumptions": [one.en for one in ASSUMPTIONS]}, ensure_ascii=False)


def _line(one: Undocumented) -> str:
    lists = f"{len(one.lists)} lists ({', '.join(one.lists)}), {_day(one.first_day)} to {_day(one.last_day)}"
    counted = f"{one.listed} incidents, {one.once} on one list alone, {one.twice} on exactly two"
    weak = " Two lists cannot show whether they depend on each other." if len(one.lists) < ENOUGH_LISTS else ""
    return f"{METRICS[one.metric].en}: {lists}: {counted}. {_bound(one)}{weak}"


def _bound(one: Undocumented) -> str:
    if one.bound is None:
        return "Too few are on two lists to tell how many are on none."
    least, low, high = math.floor(one.bound.least), math.floor(one.bound.low), math.ceil(one.bound.high)
    return f"At least about {least} more are on none (95 % interval {low} to {high})."


def _day(days: int) -> date:
    return date(1970, 1, 1) + timedelta(days)
