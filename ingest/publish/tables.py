"""The ledger as frames: the figures of a crisis with reviews and later editions applied, and everything they refer to."""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import pandas as pd
import sqlalchemy as sa

from ingest.compare.chronology.known import with_known_times
from ingest.model.crisis import Crisis
from ingest.model.records import SourceInfo
from ingest.model.schema import DOCUMENTS, FIGURES
from ingest.model.vocabulary import Decision, Doubt, Review, SourceKind
from ingest.places import Gazetteer
from ingest.publish.corrections import Notes
from ingest.publish.frames import frame, series
from ingest.store import RulingEntry, Run, SourceState, additions, corrections, journal, tables
from ingest.store.imported import lineage

RUNS = 2000  # the newest runs that are published; the ledger keeps them all
_CHUNK = 20_000
_SUPERSEDED = next(column for column in FIGURES if column.name == "superseded_at")


@dataclass(frozen=True, slots=True)
class Contents:
    """What a snapshot will hold, all read at one moment. `left_out` counts rows a reviewer rejected or has to confirm, by table.

    `ledger` is the high-water mark, `known` the identities the ledger holds by table, whether published or not.
    """

    frames: Mapping[str, pd.DataFrame]
    left_out: Mapping[str, int]
    ledger: Mapping[str, int]
    known: Mapping[str, "pd.Series[str]"]


@dataclass(frozen=True, slots=True)
class Setting:
    """What is around the ledger: the crisis, its places, the connectors, and the settings they may need."""

    crisis: Crisis
    gazetteer: Gazetteer
    sources: Sequence[SourceInfo]
    keys: Mapping[str, str]


def read(connection: sa.Connection, setting: Setting) -> Contents:
    """Everything but the discrepancies, from a connection that sees the ledger at one moment."""
    every = _figures(connection, setting.crisis.id)
    verdicts = {entry.figure_id: entry.decision for entry in journal.reviews(connection)}
    notes = Notes(corrections.corrections(connection))
    figures = _superseded(notes.on_figures(_reviewed(every, verdicts)), _editions(connection))
    documents, known_documents = _documents(connection, setting.crisis.id, figures)
    identities = documents["document_id"]
    documents = documents.assign(withdrawn_at=notes.withdrawn_at(identities), withdrawn=notes.withdrawn(identities))
    states = journal.source_states(connection)
    frames = {
        "figures": figures,
        "documents": documents,
        "organisations": frame("organisations", _organisations(setting.crisis, figures)),
        "sources": frame("sources", _sources(setting, states, figures, documents)),
        "rulings": frame("rulings", _rulings(journal.rulings(connection, crisis=setting.crisis.id))),
        "corrections": frame("corrections", notes.rows(figures, documents)),
        "places": frame("places", _places(setting.gazetteer, figures)),
        "runs": frame("runs", _runs(journal.runs(connection, RUNS))),
        "mandates": frame("mandates", _mandates(setting.crisis)),
    }
    return Contents(
        frames=frames,
        left_out={"figures": len(every) - len(figures)},
        ledger=additions.high_water(connection),
        known={"figures": every["figure_id"], "documents": known_documents},
    )


def alone(figures: pd.DataFrame, crisis: Crisis, gazetteer: Gazetteer) -> dict[str, pd.DataFrame]:
    """What a comparison rests on, of figures that are in no ledger: the figures, organisations and places.

    `figures` holds the fields of records; of the columns that a ledger adds, only those are made that verdicts rest on.
    """
    figures = _reviewed(figures, {})
    linked = figures.assign(**{name: figures[name].astype(object) for name in ("figure_id", "supersedes")})
    figures = linked.assign(superseded_at=_since(linked).array)
    return {
        "figures": figures,
        "organisations": frame("organisations", _organisations(crisis, figures)),
        "places": frame("places", _places(gazetteer, figures)),
    }


def _figures(connection: sa.Connection, crisis: str) -> pd.DataFrame:
    """Every figure of the crisis as it was read, in the order of arrival."""
    figure = tables.figures.c
    columns = [column for column in FIGURES if column.name in figure]
    query = sa.select(*[figure[column.name] for column in columns]).where(figure.crisis == crisis).order_by(figure.seq)
    chunks = [
        pd.DataFrame({column.name: series(values, column) for column, values in zip(columns, zip(*part, strict=True), strict=True)})
        for part in connection.execute(query, execution_options={"yield_per": _CHUNK}).partitions()
        if part
    ]
    read = pd.concat(chunks, ignore_index=True) if chunks else frame("figures", ())
    missing = {column.name: series([None] * len(read), column) for column in FIGURES if column.name not in read}
    return read.assign(**missing)[[column.name for column in FIGURES]]


def _superseded(figures: pd.DataFrame, editions: "pd.Series[Any]") -> pd.DataFrame:
    """A figure that another names in `supersedes` stood until that one was first seen, one whose document was replaced by an edition
    that speaks for itself until that edition was, one whose document was withdrawn until that was noted.
    """
    replaced = editions.reindex(figures["document_id"]).reset_index(drop=True)
    ended = pd.concat([_since(figures), replaced, figures["withdrawn_at"].reset_index(drop=True)], axis=1).min(axis=1)
    return with_known_times(figures.assign(superseded_at=ended.array))


def _since(figures: pd.DataFrame) -> "pd.Series[Any]":
    """When the first figure was seen that names each figure in `supersedes`."""
    later = figures.loc[(figures["supersedes"] != "") & (figures["supersedes"] != figures["figure_id"]), ["supersedes", "first_seen_at"]]
    return later.groupby("supersedes")["first_seen_at"].min().reindex(figures["figure_id"]).reset_index(drop=True)


def _editions(connection: sa.Connection) -> "pd.Series[Any]":
    """When the first later edition of a document was seen that says all there is to say: a record states the whole of itself, and an
    edition without any figure states none. Other editions replace figure by figure, as `supersedes` says.
    """
    document = tables.documents.c
    whole = document.media_type.contains("; record=") | document.document_id.not_in(sa.select(tables.figures.c.document_id))
    query = sa.select(document.revises, sa.func.min(document.seq)).where((document.revises != "") & whole).group_by(document.revises)
    first = {seq: revises for revises, seq in connection.execute(query)}
    seen = connection.execute(sa.select(document.seq, document.first_seen_at).where(document.revises != ""))
    found = {first[seq]: moment for seq, moment in seen if seq in first}
    return pd.Series(series(list(found.values()), _SUPERSEDED).array, index=list(found), name="replaced")


def _reviewed(figures: pd.DataFrame, verdicts: Mapping[str, Review]) -> pd.DataFrame:
    """The last verdict on each figure in its `review` column; rejected rows are gone, and what a second reader alone found is not
    there before somebody confirmed it.
    """
    if verdicts:
        given = figures["figure_id"].map({figure_id: decision.value for figure_id, decision in verdicts.items()})
        figures = figures.assign(review=given.where(given.notna(), figures["review"]).astype("str"))
    proposed = (figures["doubts"] == Doubt.SECOND_ONLY.value) & (figures["review"] == Review.MACHINE.value)
    kept = (figures["review"] != Review.REJECTED.value) & ~proposed
    return figures if kept.all() else figures[kept].reset_index(drop=True)


def _documents(connection: sa.Connection, crisis: str, figures: pd.DataFrame) -> tuple[pd.DataFrame, "pd.Series[str]"]:
    """The documents of the crisis's figures and those without any figure, which are what silence is told from."""
    document, figure = tables.documents.c, tables.figures.c
    ours = document.document_id.in_(sa.select(figure.document_id).where(figure.crisis == crisis))
    nobodys = document.document_id.not_in(sa.select(figure.document_id))
    columns = [column.name for column in DOCUMENTS if column.name in document]
    characters = sa.func.length(document.text).label("characters")
    gone, same = (
        tables.vanished.c,
        sa.and_(tables.vanished.c.address_digest == document.address_digest, tables.vanished.c.source == document.source),
    )
    read = tables.documents.outerjoin(tables.vanished, same)
    listed = [*[document[name] for name in columns], characters, gone.noticed_at.label("vanished_at")]
    query = sa.select(*listed).select_from(read).where(ours | nobodys).order_by(document.seq)
    counts = figures["document_id"].value_counts()
    rows = [{**row, "figures": int(counts.get(row["document_id"], 0))} for row in connection.execute(query).mappings()]
    return frame("documents", rows), pd.Series(connection.scalars(sa.select(document.document_id)).all(), dtype="str")


def _organisations(crisis: Crisis, figures: pd.DataFrame) -> Iterator[dict[str, Any]]:
    for one in crisis.organisations.values():
        yield {
            "organisation": one.id,
            "name_en": one.name.get("en", one.id),
            "name_ar": one.name.get("ar", ""),
            "short": one.short,
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


def _sources(
    setting: Setting, states: Mapping[str, SourceState], figures: pd.DataFrame, documents: pd.DataFrame
) -> Iterator[dict[str, Any]]:
    read = documents.groupby("source")["document_id"].count()
    newest = documents.groupby("source")["published_at"].max()
    counted = figures["document_id"].map(documents.set_index("document_id")["source"]).value_counts()
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
            "documents": int(read.get(name, 0)),
            "figures": int(counted.get(name, 0)),
            "newest_published_at": newest.get(name),
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
