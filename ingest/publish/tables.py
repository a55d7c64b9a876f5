"""The small tables of a version: what its figures and documents refer to, and what the ledger says of sources, runs and rulings."""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import duckdb
import pandas as pd
import sqlalchemy as sa

from ingest.model.crisis import Crisis
from ingest.model.records import SourceInfo
from ingest.model.schema import TABLES
from ingest.model.vocabulary import Decision, SourceKind
from ingest.places import Gazetteer
from ingest.publish.desk import Desk
from ingest.publish.frames import frame
from ingest.publish.reading import reviewed, since
from ingest.store import RulingEntry, Run, SourceState, journal
from ingest.store.imported import lineage

RUNS = 2000  # the newest runs that are published; the ledger keeps them all


@dataclass(frozen=True, slots=True)
class Setting:
    """What is around the ledger: the crisis, its places, the connectors, and the settings they may need."""

    crisis: Crisis
    gazetteer: Gazetteer
    sources: Sequence[SourceInfo]
    keys: Mapping[str, str]


def read(desk: Desk, setting: Setting) -> dict[str, pd.DataFrame]:
    """The small tables that follow from the ledger and from the figures and documents of the draft."""
    return {
        "organisations": frame("organisations", _organisations(setting.crisis, _first(desk, ("publisher", "claimed_source"), _WRITTEN))),
        "rulings": frame("rulings", _rulings(journal.rulings(desk.ledger, crisis=setting.crisis.id))),
        "corrections": frame("corrections", desk.notes.rows(_noted(desk, "figures"), _noted(desk, "documents"))),
        "places": frame("places", _places(setting.gazetteer, _first(desk, _AREAS, _LOCATED))),
        "mandates": frame("mandates", _mandates(setting.crisis)),
        **of_times(desk.opened, desk.ledger, setting, desk.drafted("documents")),
    }


def of_times(opened: duckdb.DuckDBPyConnection, ledger: sa.Connection, setting: Setting, documents: str) -> dict[str, pd.DataFrame]:
    """The tables that tell the time of day, and so change where nothing else does; `documents` is SQL for the published ones."""
    counted = "count(*) AS documents, sum(figures)::BIGINT AS figures, max(published_at) AS newest"
    read = opened.execute(f"SELECT source, {counted} FROM {documents} GROUP BY source").df().set_index("source")  # noqa: S608 -- files of ours
    return {
        "sources": frame("sources", _sources(setting, journal.source_states(ledger), read)),
        "runs": frame("runs", _runs(journal.runs(ledger, RUNS))),
    }


_WRITTEN = ("claimed_source_text",)
_AREAS = ("place_id", "adm1_id", "place_candidates", "coverage_area")
_LOCATED = ("place_name", "adm_level", "lat", "lon")


def _first(desk: Desk, by: Sequence[str], told: Sequence[str]) -> pd.DataFrame:
    """For each combination of columns what the figure says that was first seen, those first that were seen first; by identity where
    several were at once. A figure that says nothing comes after all that do.
    """
    said = ", ".join(f"{name} := {name}" for name in told)
    first = f"({told[0]} = '', first_seen_at, figure_id)"
    grouped = f"min({first}) AS earliest, arg_min(struct_pack({said}), {first}) AS one FROM {desk.drafted('figures')} GROUP BY ALL"
    asked = f"SELECT {', '.join(by)}, unnest(one) FROM (SELECT {', '.join(by)}, {grouped}) ORDER BY earliest"  # noqa: S608 -- names of the schema
    found: pd.DataFrame = desk.opened.execute(asked).df()
    return found


def _noted(desk: Desk, table: str) -> pd.DataFrame:
    """The published figures, or documents, that notes name."""
    key = TABLES[table][0].name
    desk.named("noted", key, {one for note in desk.notes.given for one in getattr(note, table)})
    asked = f"SELECT {key} FROM {desk.drafted(table)} SEMI JOIN noted USING ({key})"  # noqa: S608 -- files of ours
    return pd.DataFrame({key: desk.listed(asked)})


def alone(figures: pd.DataFrame, crisis: Crisis, gazetteer: Gazetteer) -> dict[str, pd.DataFrame]:
    """What a comparison rests on, of figures that are in no ledger: the figures, organisations and places.

    `figures` holds the fields of records; of the columns that a ledger adds, only those are made that verdicts rest on.
    """
    figures = reviewed(figures, {})
    linked = figures.assign(**{name: figures[name].astype(object) for name in ("figure_id", "supersedes")})
    figures = linked.assign(superseded_at=since(linked).array)
    return {
        "figures": figures,
        "organisations": frame("organisations", _organisations(crisis, figures)),
        "places": frame("places", _places(gazetteer, figures)),
    }


def _organisations(crisis: Crisis, figures: pd.DataFrame) -> Iterator[dict[str, Any]]:
    for one in crisis.organisations.values():
        yield {
            "organisation": one.id,
            "name_en": one.name.get("en", one.id),
            "name_ar": one.name.get("ar", ""),
            "name_fr": one.name.get("fr", ""),
            "short": one.short,
            "short_ar": one.short_ar,
            "short_fr": one.short_fr,
            "kind": one.kind,
            "side": one.side,
            "definition": one.definition,
            "address": one.address,
        }
    written = figures.loc[figures["claimed_source_text"] != "", ["claimed_source", "claimed_source_text"]].drop_duplicates("claimed_source")
    named = dict(zip(written["claimed_source"], written["claimed_source_text"], strict=True))
    met = {*figures["publisher"].unique(), *figures["claimed_source"].unique()} - {"", *crisis.organisations}
    for organisation in sorted(met):
        # Nobody described it: it is called what a report called it.
        name = named.get(organisation) or organisation
        yield {"organisation": organisation, "name_en": name, "short": name, "kind": SourceKind.OTHER}


def _sources(setting: Setting, states: Mapping[str, SourceState], read: pd.DataFrame) -> Iterator[dict[str, Any]]:
    described = {info.name: info for info in setting.sources}
    for name in sorted({*described, *read.index}):
        info, state = described.get(name), states.get(name, SourceState(name))
        code, note = standing(info, state, setting) if info else ("ready", "")
        about = (
            {key: value for key, value in asdict(info).items() if key not in {"name", "expected_volume", "needs", "largest"}}
            if info
            else {"title": name}
        )
        yield {
            **about,
            "source": name,
            "state": code,
            "state_note": note,
            "missing_settings": _missing(info, setting) if info else (),
            "last_attempt_at": state.last_attempt_at,
            "last_success_at": state.last_success_at,
            "changed_at": state.changed_at,
            "failing_since": state.failing_since,
            **{told: int(read[told].get(name, 0)) for told in ("documents", "figures")},
            "newest_published_at": read["newest"].get(name),
        }


def standing(info: SourceInfo, state: SourceState, setting: Setting) -> tuple[str, str]:
    """How a source is doing in one word (ready, never_run, needs_settings, disabled, failing) and in a sentence."""
    options = setting.crisis.sources.get(info.name)
    missing = _missing(info, setting)
    if options is not None and options.get("enabled", True) is False:
        return "disabled", "Switched off in the crisis file."
    if missing:
        return "needs_settings", f"Needs {' and '.join(missing)}; set it in the environment or in settings.toml."
    if state.failing_since is not None:
        return "failing", state.message
    if state.last_attempt_at is None:
        return "never_run", "" if options is not None else "Not asked on its own for this crisis."
    return "ready", state.message


def _missing(info: SourceInfo, setting: Setting) -> tuple[str, ...]:
    """The settings a source waits for, which are never shown themselves."""
    return tuple(name for name in info.needs if not setting.keys.get(name))


def _rulings(given: Sequence[RulingEntry]) -> Iterator[dict[str, Any]]:
    """Every ruling ever given; the last on a pair stands unless it withdraws."""
    last = {one.discrepancy_id: position for position, one in enumerate(given)}
    for position, one in enumerate(given):
        yield asdict(one) | {"standing": last[one.discrepancy_id] == position and one.decision != Decision.WITHDRAWN}


def _places(gazetteer: Gazetteer, figures: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """The country and its first-level divisions, and every place a figure names or could mean, with those it lies in."""
    named = {*figures["place_id"].unique(), *figures["adm1_id"].unique()}
    for column in ("place_candidates", "coverage_area"):
        named.update(identity for joined in figures[column].unique() for identity in joined.split(";"))
    wanted = {place.id: place for place in gazetteer if place.level <= 1}
    for identity in named:
        place = gazetteer.get(identity)
        if place is not None:
            wanted |= {one.id: one for one in (place, *gazetteer.ancestors(identity))}
    yield from _own_places(gazetteer, figures)
    for place in wanted.values():
        yield {
            "place_id": place.id,
            "name_en": place.name_en,
            "name_ar": place.name_ar,
            "name_fr": place.name_fr,
            "adm_level": place.level,
            "parent_id": place.parent,
            "adm1_id": place.adm1,
            "lat": place.lat,
            "lon": place.lon,
        }


def _own_places(gazetteer: Gazetteer, figures: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Places of imported tables, which the gazetteer does not hold, each with those it lies in."""
    columns = ["place_id", "place_name", "adm_level", "adm1_id", "lat", "lon"]
    rows: list[dict[Hashable, Any]] = figures.loc[figures["place_id"] != "", columns].drop_duplicates("place_id").to_dict("records")
    stated = {row["place_id"]: row for row in rows if gazetteer.get(row["place_id"]) is None}
    found: dict[str, dict[str, Any]] = {}
    for row in stated.values():
        for place in lineage(row["place_id"], int(row["adm_level"]) if pd.notna(row["adm_level"]) else None, row["adm1_id"]):
            named = stated.get(place.id, {})
            found[place.id] = {
                "place_id": place.id,
                "name_en": named.get("place_name", place.name),
                "name_ar": "",
                "adm_level": place.level,
                "parent_id": place.parent,
                "adm1_id": place.division,
                "lat": named.get("lat"),
                "lon": named.get("lon"),
            }
    yield from (found[identity] for identity in sorted(found))


def _mandates(crisis: Crisis) -> Iterator[dict[str, Any]]:
    """One row per metric, on the days of the crisis only."""
    for one in crisis.mandates:
        since = max(one.since or crisis.start, crisis.start)
        for metric in one.metrics:
            yield {**asdict(one), "metric": metric, "since": since, "until": one.until or crisis.end}


def _runs(runs: Iterable[Run]) -> Iterator[dict[str, Any]]:
    """Runs that are over: one at work, such as the publication itself, has nothing to tell yet."""
    for run in runs:
        if run.outcome != "running":
            yield asdict(run)
