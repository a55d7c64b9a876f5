"""Who speaks, what is read, how fresh it is, and what a reader can choose."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pandas as pd

from dashboard.query.labels import labelled, names, term
from dashboard.query.snapshots import Snapshot, answered
from dashboard.query.wording import group_label
from dashboard.state import SEVERITIES
from ingest.model.vocabulary import (
    AGES,
    DISCREPANCY_CODES,
    GROUP_STATUSES,
    KINDS,
    METRICS,
    SEXES,
    SOURCE_KINDS,
    Term,
)

_IN_BOTH_LANGUAGES = ("title", "mandate", "limitation")


@dataclass(frozen=True, slots=True)
class Option:
    """One thing a reader can choose: its value in the address, its label, how many rows have it, and the heading it stands under."""

    value: str
    label: str
    count: int
    section: str = ""


@dataclass(frozen=True, slots=True)
class Facets:
    """What there is to choose from in a snapshot, whatever is chosen now; places stand under their division, sources under their kind."""

    metrics: tuple[Option, ...]
    kinds: tuple[Option, ...]
    groups: tuple[Option, ...]
    places: tuple[Option, ...]
    sources: tuple[Option, ...]
    codes: tuple[Option, ...]
    severities: tuple[Option, ...]
    first_day: date | None
    last_day: date | None


@dataclass(frozen=True, slots=True)
class Freshness:
    """How new and how large the snapshot is. Times are aware where they are of the snapshot, naive UTC where read from it.

    `second_hand` is the share, 0 to 1, of documents that are paraphrases or copies rather than the primary document.
    """

    snapshot_id: str
    published_at: datetime
    newest_published_at: datetime | None
    newest_as_of: date | None
    documents: int
    figures: int
    claims: int
    voices: int
    sources_ok: int
    sources_failing: tuple[str, ...]
    second_hand: float


@answered
def facets(db: Snapshot, lang: str = "en") -> Facets:
    """Everything a filter control offers, with counts of standing rows."""
    first, last = db.rows("SELECT min(day), max(last_day) FROM figures WHERE standing")[0]
    severities = dict(db.rows("SELECT severity, count(*) FROM published_discrepancies WHERE severity <> '' GROUP BY severity"))
    return Facets(
        metrics=_words(db, "metric", METRICS, lang),
        kinds=_words(db, "kind", KINDS, lang),
        groups=_groups(db, lang),
        places=_places(db, lang),
        sources=_sources(db, lang),
        codes=_options("SELECT code, count(*) FROM published_discrepancies GROUP BY code", db, DISCREPANCY_CODES, lang),
        severities=tuple(Option(s, s, severities[s]) for s in SEVERITIES if s in severities),
        first_day=first,
        last_day=last,
    )


def _options(sql: str, db: Snapshot, terms: Mapping[Any, Term], lang: str) -> tuple[Option, ...]:
    """Options in the order of the vocabulary."""
    counts = dict(db.rows(sql))
    return tuple(Option(str(word), term(terms, str(word), lang), counts[str(word)]) for word in terms if str(word) in counts)


def unheld(db: Snapshot, field: str, values: Iterable[str], lang: str) -> tuple[Option, ...]:
    """What was chosen of a field (metric, group, place, source) and no figure has, by its name."""
    named = names(db, lang)
    label: Mapping[str, Callable[[str], str]] = {
        "metric": lambda value: term(METRICS, value, lang),
        "group": lambda value: group_label(value, lang, db.sides),
        "place": named.place,
        "source": named.organisation,
    }
    return tuple(Option(value, label[field](value), 0) for value in values)


def _words(db: Snapshot, column: str, terms: Mapping[Any, Term], lang: str) -> tuple[Option, ...]:
    return _options(f"SELECT {column}, count(*) FROM figures WHERE standing GROUP BY 1", db, terms, lang)  # noqa: S608 - column is ours


def _groups(db: Snapshot, lang: str) -> tuple[Option, ...]:
    found = _words(db, "group_status", GROUP_STATUSES, lang), _words(db, "group_age", AGES, lang), _words(db, "group_sex", SEXES, lang)
    options = [option for options in found for option in options]
    for prefix, column in (("side", "group_side"), ("role", "group_role")):
        sql = f"SELECT {column}, count(*) FROM figures WHERE standing AND {column} <> '' GROUP BY 1 ORDER BY 2 DESC, 1"  # noqa: S608
        options += [_group(f"{prefix}.{value}", count, db, lang) for value, count in db.rows(sql)]
    return tuple(options)


def _group(token: str, count: int, db: Snapshot, lang: str) -> Option:
    return Option(token, group_label(token, lang, db.sides), count)


def _places(db: Snapshot, lang: str) -> tuple[Option, ...]:
    sql = """
        SELECT f.place_id, f.place_name, f.n, CASE WHEN coalesce(p.adm_level, 0) <= 1 THEN '' ELSE f.adm1_id END, coalesce(p.adm_level, 0)
        FROM (
            SELECT place_id, any_value(place_name) AS place_name, any_value(adm1_id) AS adm1_id, count(*) AS n
            FROM figures WHERE standing AND place_id <> '' GROUP BY place_id
        ) AS f LEFT JOIN places p USING (place_id)
    """
    named = names(db, lang)
    found = [
        (named.place(adm1), level, Option(place, named.place(place, name), n, named.place(adm1)))
        for place, name, n, adm1, level in db.rows(sql)
    ]
    return tuple(option for *_, option in sorted(found, key=lambda row: (row[0], row[1], row[2].label)))


def _sources(db: Snapshot, lang: str) -> tuple[Option, ...]:
    sql = """
        SELECT claimed_source, any_value(claimed_source_kind), count(*) FROM figures WHERE standing AND claimed_source <> '' GROUP BY 1
    """
    order, named = {str(kind): place for place, kind in enumerate(SOURCE_KINDS)}, names(db, lang)
    rows = sorted(db.rows(sql), key=lambda row: (order.get(row[1], len(order)), -row[2], named.organisation(row[0])))
    return tuple(Option(source, named.organisation(source), n, term(SOURCE_KINDS, kind, lang)) for source, kind, n in rows)


@answered
def sources(db: Snapshot, lang: str = "en") -> pd.DataFrame:
    """The connectors, those in trouble first, with the label of the organisation behind each.

    What is written of them is in the language as far as it was, and else English, as `title_lang`, `mandate_lang` and
    `limitation_lang` say.
    """
    trouble = "CASE state WHEN 'failing' THEN 0 WHEN 'needs_settings' THEN 1 WHEN 'never_run' THEN 2 WHEN 'ready' THEN 3 ELSE 4 END"
    frame = db.frame(f"SELECT * FROM published_sources ORDER BY {trouble}, title")  # noqa: S608 - the order is ours
    for name in _IN_BOTH_LANGUAGES:
        said = (frame[f"{name}_ar"] != "") & (lang == "ar")
        frame[name] = frame[f"{name}_ar"].where(said, frame[name])
        frame[f"{name}_lang"] = said.map({True: "ar", False: "en"})
    return frame.assign(publisher_label=labelled(frame["publisher"], names(db, lang).organisation))


@answered
def names_told(db: Snapshot, lang: str) -> dict[str, str]:
    """What organisations and connectors are called in sentences, by identity."""
    described = sources(db, lang)
    return {**dict(zip(described["source"], described["title"], strict=True)), **names(db, lang).organisations}


@answered
def organisations(db: Snapshot, lang: str = "en") -> pd.DataFrame:
    """Everybody who counts, claims, relays or publishes, with their label, claims (folded) and citations in this snapshot."""
    sql = """
        SELECT g.*, coalesce(m.claims, 0) AS claims, coalesce(m.citations, 0) AS citations
        FROM organisations g LEFT JOIN (
            SELECT claimed_source, count(*) AS claims, sum(citations) AS citations FROM marks GROUP BY 1
        ) AS m ON m.claimed_source = g.organisation ORDER BY claims DESC, organisation
    """
    frame = db.frame(sql)
    return frame.assign(label=labelled(frame["organisation"], names(db, lang).organisation))


@answered
def places(db: Snapshot, lang: str = "en") -> pd.DataFrame:
    """The gazetteer of the snapshot with a label in the language."""
    frame = db.frame("SELECT * FROM places ORDER BY adm_level, place_id")
    return frame.assign(label=labelled(frame["place_id"], names(db, lang).place))


@answered
def runs(db: Snapshot, limit: int = 20) -> pd.DataFrame:
    """The last runs, newest first."""
    return db.frame("SELECT * FROM published_runs ORDER BY started_at DESC, run_id LIMIT $limit", {"limit": limit})


@answered
def freshness(db: Snapshot) -> Freshness:
    """How new and how large the snapshot is."""
    figures, newest, as_of = db.rows("SELECT count(*), max(published_at), max(as_of) FROM figures WHERE standing")[0]
    claims, voices = db.rows("SELECT count(*), count(DISTINCT independence_group) FROM marks")[0]
    documents, second_hand = db.rows("SELECT count(*), coalesce(avg(second_hand::INTEGER), 0) FROM published_documents")[0]
    states = db.rows("SELECT title, state FROM published_sources ORDER BY title")
    return Freshness(
        snapshot_id=db.id,
        published_at=db.published_at,
        newest_published_at=newest,
        newest_as_of=as_of,
        documents=documents,
        figures=figures,
        claims=claims,
        voices=voices,
        sources_ok=sum(state == "ready" for _, state in states),
        sources_failing=tuple(title for title, state in states if state == "failing"),
        second_hand=float(second_hand),
    )
