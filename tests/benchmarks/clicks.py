"""What people do in the dashboard, as the browser asks it of the server: pages opened, filters changed, evidence looked at."""

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, Final

import duckdb

from ingest.model import snapshot as layout
from tests.benchmarks.bench_compare import DIVISIONS, METRICS, TOWNS_EACH, VOICES
from tests.benchmarks.country import CRISIS, STARTED

PAGES: Final = {
    **{"/": 20, "/compare": 20, "/incidents": 10, "/map": 12, "/silence": 8, "/figures": 15},
    **{"/sources": 6, "/method": 2, "/report": 2, "/situation": 5, "/alerts": 3},
}
"""Every page in the navigation, and how often people turn to it beside the others."""
_ONE_THING: Final = ("/incident", "/pair")
_USUALLY: Final = ("", "metric=killed", "place=A3", "source=voice_2")
_UPDATE: Final = "/_dash-update-component"


@dataclass(frozen=True, slots=True)
class Click:
    """One question to the server. `step` is what the reader did (open and frame are a visit); `body` is empty for a GET."""

    page: str
    step: str
    path: str
    body: str = ""


@dataclass(frozen=True, slots=True)
class Things:
    """Identities that one page or drawer is about, some of each, and the days that figures are about."""

    figures: tuple[str, ...]
    pairs: tuple[str, ...]
    incidents: tuple[str, ...]
    days: int


def things(published: Path, some: int) -> Things:
    """Some figures, pairs and incidents of the current snapshot, spread over the whole of it."""
    folder = layout.current(published / CRISIS)
    if folder is None:
        raise SystemExit(f"Nothing is published in {published}.")

    def taken(table: str, column: str, where: str = "true") -> tuple[str, ...]:
        path = layout.pattern(folder, table)
        sql = f"SELECT {column} FROM '{path}' WHERE {where} ORDER BY hash({column}) LIMIT {some}"  # noqa: S608 -- names of ours
        with duckdb.connect() as opened:
            return tuple(str(one) for (one,) in opened.execute(sql).fetchall())

    rows = layout.manifest(folder).rows["figures"]
    return Things(taken("figures", "figure_id"), taken("discrepancies", "discrepancy_id"), taken("incidents", "incident_id"), rows // 1500)


def choices(seed: int, days: int) -> Iterator[str]:
    """Queries as readers of the filter bar make them: nothing, a metric, a place, a source, some weeks, and several at once; no end.

    The first are the same for everybody; after them hardly any comes twice.
    """
    yield from _USUALLY
    dice = random.Random(seed)
    while True:
        division = dice.randrange(DIVISIONS)
        first = date.fromisoformat(STARTED) + timedelta(days=dice.randrange(max(1, days - 20)))
        metric, source = f"metric={dice.choice(METRICS)}", f"source=voice_{dice.randrange(VOICES)}"
        place = f"place=A{division}" if dice.random() < 0.5 else f"place=A{division}T{dice.randrange(TOWNS_EACH)}"
        weeks = f"from={first}&to={first + timedelta(days=dice.choice((7, 14, 30, 90)))}"
        offered = (weeks, f"{metric}&{weeks}", f"{metric}&{place}", f"{source}&{weeks}", f"{place}&group=civilian", f"{metric}&{source}")
        yield dice.choice(offered)


def opened(page: str, query: str) -> Click:
    """A fresh visit: the document with its first words."""
    return Click(page, "open", f"{page}?{query}" if query else page)


def framed(page: str, query: str) -> Click:
    """The whole view: what follows a fresh visit, the way back to other filters, another day as known."""
    return Click(page, "frame", _UPDATE, _callback(["frame.children"], ("address", _state(page, query))))


def filtered(page: str, query: str) -> Click:
    """The part below the filter bar, for a change in the bar."""
    return replace(turned(page, query), step="filter")


def turned(page: str, query: str) -> Click:
    """The part below the filter bar: another page, sorting, the next rows."""
    outputs = ["main.children", "nav.children", "line.children"]
    return Click(page, "turn", _UPDATE, _callback(outputs, ("view", _state(page, query))))


def looked(page: str, query: str, figure: str) -> Click:
    """The evidence of a mark."""
    body = _callback(["evidence-body.children"], ("evidence", figure), ("view", _state(page, query)))
    return Click("evidence", "look", _UPDATE, body)


def tour(found: Things, some: int) -> Iterator[Click]:
    """Every interaction of every page under `some` choices of filters each; visits come by other filters than a reader changes to."""
    for page in PAGES:
        for query in islice(choices(len(page), found.days), some):
            yield from (opened(page, query), framed(page, query))
        for query in islice(choices(100 + len(page), found.days), len(_USUALLY), len(_USUALLY) + some):
            yield from (filtered(page, query), turned(page, _further(page, query)))
    for page, key, identities in zip(_ONE_THING, ("id", "pair"), (found.incidents, found.pairs), strict=True):
        for identity in identities[:some]:
            yield from (opened(page, f"{key}={identity}"), framed(page, f"{key}={identity}"))
    for figure in found.figures[:some]:
        yield looked("/", "", figure)


def person(found: Things, seed: int, clicks: int) -> list[Click]:
    """What one person does: comes, filters, turns to other pages, looks at evidence, sorts and pages through rows."""
    dice = random.Random(seed)
    chosen = islice(choices(seed, found.days), len(_USUALLY), None)  # what everybody asks is asked once in a while only
    page, query, done = "/", dice.choice(["", "", next(chosen)]), list[Click]()
    done += [opened(page, query), framed(page, query)]
    while len(done) < clicks:
        match dice.choices(("filter", "page", "look", "rows", "event"), (35, 25, 20, 12, 8))[0]:
            case "filter":
                query = next(chosen)
                done.append(filtered(page, query))
            case "page":
                page = dice.choices(list(PAGES), list(PAGES.values()))[0]
                done.append(turned(page, query))
            case "look":
                done.append(looked(page, query, dice.choice(found.figures)))
            case "rows":
                page = "/figures"
                done.append(turned(page, _further(page, query)))
            case _:
                done.append(turned("/incident", f"id={dice.choice(found.incidents)}"))
    return done[:clicks]


def _further(page: str, query: str) -> str:
    """The query with what a page offers beside the filters: another sort, the next rows, another sort of row."""
    more = {"/figures": "sort=-value&page=2", "/incidents": "sort=-claims", "/compare": "by=place"}.get(page, "scale=log")
    return f"{query}&{more}".lstrip("&")


def _state(page: str, query: str) -> dict[str, Any]:
    return {"path": page, "query": query, "figure": "", "dark": False, "narrow": False, "drawn": True}


def _callback(outputs: Sequence[str], given: tuple[str, Any], state: tuple[str, Any] | None = None) -> str:
    """The body of a callback as Dash's renderer sends it."""
    targets = [dict(zip(("id", "property"), one.split("."), strict=True)) for one in outputs]
    asked: dict[str, Any] = {
        "output": outputs[0] if len(outputs) == 1 else f"..{'...'.join(outputs)}..",
        "outputs": targets[0] if len(targets) == 1 else targets,
        "inputs": [{"id": given[0], "property": "data", "value": given[1]}],
        "changedPropIds": [f"{given[0]}.data"],
    }
    if state:
        asked["state"] = [{"id": state[0], "property": "data", "value": state[1]}]
    return json.dumps(asked)
