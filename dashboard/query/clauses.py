"""One table: each thing a reader can choose, as SQL for figures, as SQL for verdicts, as bound values, and as words.

Values are bound, never pasted. The words are what the page prints above the rows, so that a downloaded file and a
screenshot say what they hold.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, Final

from dashboard.query.events import claims_of_events, pairs_of_events
from dashboard.query.labels import GROUP, listed, people_of
from dashboard.query.rules import PUBLISHED, verdicts
from dashboard.query.snapshots import Snapshot, answered
from dashboard.query.wording import (
    BETWEEN,
    Day,
    Translate,
    Wording,
    dates_words,
    group_words,
    known_words,
    place_words,
    source_words,
    terms_words,
)
from dashboard.state import Filters
from ingest.model.schema import SENTENCES
from ingest.model.vocabulary import DISCREPANCY_CODES, KINDS, METRICS, Age, GroupStatus, Sex

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Clause:
    """`figures` and `verdicts` are conditions on a figure and on a pair of figures; `bind` gives the values they name.

    Both are skipped while `chosen` says no. `words` says the choice to a person.
    """

    fields: tuple[str, ...]
    figures: str
    verdicts: str
    bind: Callable[[Filters, Snapshot], Values]
    words: Callable[[Filters, Snapshot, Wording], str]

    def chosen(self, filters: Filters) -> bool:
        """Whether the reader chose anything here."""
        return any(getattr(filters, name) for name in self.fields)


@dataclass(frozen=True, slots=True)
class Condition:
    """A WHERE condition (without the word) and the values it names."""

    sql: str
    values: Values


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing the reader chose, in words, and the fields of `Filters` as they are without it."""

    words: str
    without: Mapping[str, Any]


def _either_figure(condition: str) -> str:
    """The condition on a figure, as a condition on a pair: one of the two fulfils it."""
    ids = f"SELECT figure_id FROM figures WHERE {condition}"  # noqa: S608 - conditions are the literals of this module
    return f"(figure_a IN ({ids}) OR figure_b IN ({ids}))"


_WORDS = "len(list_filter($words::VARCHAR[], lambda w: NOT contains(strip_accents(lower(concat_ws(' ', {}))), strip_accents(w)))) = 0"
_GROUP = "list_contains($people::VARCHAR[], {})"  # whom a row counts is told by a key, of which there are few


def _of_event(filters: Filters, db: Snapshot) -> Values:
    """What belongs to the event, as lists: an index answers those, and looks through everything for what a query finds."""
    event = {"event": filters.event}
    claims = f"SELECT figure_id FROM {claims_of_events(db)} WHERE incident_id = $event ORDER BY 1"  # noqa: S608 - a name of ours
    pairs = f"SELECT discrepancy_id FROM {pairs_of_events(db, filters)} WHERE incident_id = $event ORDER BY 1"  # noqa: S608
    return {name: [identity for (identity,) in db.rows(sql, event)] for name, sql in (("its_claims", claims), ("its_pairs", pairs))}


def _only(filters: Filters, db: Snapshot) -> Values:
    """The chosen figures, and the pairs both sides of which are chosen."""
    return {"only": list(filters.only), "pairs_among": _pairs_among(db, filters.only, verdicts(db, filters))}


@answered
def _pairs_among(db: Snapshot, figures: tuple[str, ...], table: str) -> list[str]:
    """The pairs of a table of verdicts both sides of which are among the figures.

    Published ones are found by their figures, in whose order `pairs` lie: verdicts lie in another, all over a million rows.
    """
    published = "SELECT discrepancy_id FROM pairs WHERE list_contains($only::VARCHAR[], figure_id) GROUP BY 1 HAVING count(*) = 2"
    both = "list_contains($only::VARCHAR[], figure_a) AND list_contains($only::VARCHAR[], figure_b)"
    anew = f"SELECT discrepancy_id FROM {table} WHERE {both}"  # noqa: S608 - a name of ours
    return sorted(identity for (identity,) in db.rows(published if table == PUBLISHED else anew, {"only": list(figures)}))


def _groups(filters: Filters, db: Snapshot) -> Values:
    return {"people": _keys(db, filters.groups)}


def _keys(db: Snapshot, tokens: tuple[str, ...]) -> list[str]:
    """The keys of the people that tokens of `Filters.groups` select, of those whom any figure counts."""
    axes = {
        "group_status": {t for t in tokens if t in list(GroupStatus)},
        "group_age": {t for t in tokens if t in list(Age)},
        "group_sex": {t for t in tokens if t in list(Sex)},
        "group_side": {t.removeprefix("side.") for t in tokens if t.startswith("side.")},
        "group_role": {t.removeprefix("role.") for t in tokens if t.startswith("role.")},
    }
    chosen = [(axis, words) for axis, words in axes.items() if words]
    return [key for key in counted_people(db) if all(people_of(key)[axis] in words for axis, words in chosen)]


@answered
def counted_people(db: Snapshot) -> tuple[str, ...]:
    """The keys of the people whom any figure counts: they are few, and looked up among a million rows once."""
    return tuple(key for (key,) in db.rows("SELECT DISTINCT group_key FROM figures ORDER BY 1"))


def _places(filters: Filters, db: Snapshot) -> Values:
    """The places and what lies in them, and the keys of where figures are that lie there: a million rows are looked through for those."""
    places = db.within(filters.places)
    inside = set(places)
    return {"places": places, "somewhere": [where.key for where in stated_places(db) if where.lies(inside)]}


@dataclass(frozen=True, slots=True)
class Where:
    """Where figures are: a place, or somewhere in a division, or all over the divisions they cover."""

    key: str
    place: str
    division: str
    covered: frozenset[str]

    def lies(self, inside: Set[str]) -> bool:
        """Whether that is in these places, of which all that lies in them is told."""
        return self.place in inside or (not self.place and self.division in inside) or (bool(self.covered) and self.covered <= inside)


@answered
def stated_places(db: Snapshot) -> tuple[Where, ...]:
    """Every combination of place, division and coverage that any figure states, looked up among a million rows once."""
    found = db.rows("SELECT DISTINCT place_key, place_id, adm1_id, coverage_area FROM figures ORDER BY 1")
    return tuple(Where(key, place, division, frozenset(filter(None, area.split(";")))) for key, place, division, area in found)


def _list(field: str) -> Callable[[Filters, Snapshot], Values]:
    return lambda filters, _: {field: list(getattr(filters, field))}


CLAUSES: Final = (
    Clause(
        ("metrics",),
        "list_contains($metrics::VARCHAR[], metric)",
        "list_contains($metrics::VARCHAR[], metric)",
        _list("metrics"),
        terms_words("metrics", METRICS),
    ),
    Clause(
        ("kinds",),
        "list_contains($kinds::VARCHAR[], kind)",
        "list_contains($kinds::VARCHAR[], kind)",
        _list("kinds"),
        terms_words("kinds", KINDS),
    ),
    Clause(("groups",), _GROUP.format("group_key"), f"({_GROUP.format('group_a')} OR {_GROUP.format('group_b')})", _groups, group_words),
    Clause(
        ("places",),
        "list_contains($somewhere::VARCHAR[], place_key)",
        "(list_contains($places::VARCHAR[], place_id) OR (place_id = '' AND list_contains($places::VARCHAR[], adm1_id)))",
        _places,
        place_words,
    ),
    Clause(
        ("sources",),
        "list_contains($sources::VARCHAR[], claimed_source)",
        "(list_contains($sources::VARCHAR[], claimed_source_a) OR list_contains($sources::VARCHAR[], claimed_source_b))",
        _list("sources"),
        source_words,
    ),
    Clause(
        ("date_from", "date_to"),
        "(last_day >= coalesce($first::DATE, DATE '0001-01-01') AND day <= coalesce($last::DATE, DATE '9999-12-31'))",
        "(day >= coalesce($first::DATE, DATE '0001-01-01') AND day <= coalesce($last::DATE, DATE '9999-12-31'))",
        lambda filters, _: {"first": filters.date_from, "last": filters.date_to},
        dates_words,
    ),
    Clause(("codes",), "", "list_contains($codes::VARCHAR[], code)", _list("codes"), terms_words("codes", DISCREPANCY_CODES)),
    Clause(
        ("severities",),
        "",
        "list_contains($severities::VARCHAR[], severity)",
        _list("severities"),
        lambda filters, _, translate: listed(map(translate, filters.severities), filters.lang),
    ),
    Clause(
        ("document",),
        "document_id = $document",
        _either_figure("document_id = $document"),
        lambda filters, _: {"document": filters.document},
        lambda _, __, translate: translate("from one document"),
    ),
    Clause(
        ("claim",),
        "claim_id = $claim",
        _either_figure("claim_id = $claim"),
        lambda filters, _: {"claim": filters.claim},
        lambda _, __, translate: translate("citations of one claim"),
    ),
    Clause(
        ("event",),
        "list_contains($its_claims::VARCHAR[], figure_id)",
        "list_contains($its_pairs::VARCHAR[], discrepancy_id)",
        _of_event,
        lambda _, __, translate: translate("about one event"),
    ),
    Clause(
        ("only",),
        "list_contains($only::VARCHAR[], figure_id)",
        "list_contains($pairs_among::VARCHAR[], discrepancy_id)",
        _only,
        lambda filters, _, translate: translate("{n} chosen figures").format(n=len(filters.only)),
    ),
    Clause(
        ("q",),
        _WORDS.format(
            "quote, value_text, place_name, place_text, claimed_source, claimed_source_text, publisher, group_label, perpetrator"
        ),
        _WORDS.format(f"{', '.join(SENTENCES)}, place_name, claimed_source_a, claimed_source_b, publisher_a, publisher_b"),
        lambda filters, _: {"words": filters.q.lower().split()},
        lambda filters, _, translate: translate("with “{words}”").format(words=filters.q),
    ),
    Clause(("known",), "", "", lambda _, __: {}, known_words),  # the snapshot itself is opened as it was known
)
"""What a reader can choose, in the order the sentence says it."""

_OF_SERIES: Final = {
    **dict.fromkeys(("metrics", "kinds", "sources"), ""),
    "groups": _GROUP.format(f"concat_ws('|', {', '.join(GROUP)})"),
    "places": "(list_contains($places::VARCHAR[], place_id) OR list_contains($places::VARCHAR[], adm1_id))",
    "date_from": "(day >= coalesce($first::DATE, DATE '0001-01-01') AND day <= coalesce($last::DATE, DATE '9999-12-31'))",
}
"""The clauses that select rows of a series, by their first field: their own condition, or that on figures."""
_STANDING: Final = "standing"
_UNCHOSEN: Final = {field.name: field.default for field in fields(Filters)}


def figure_condition(filters: Filters, db: Snapshot) -> Condition:
    """Which rows of `figures` or `marks` the filters select."""
    used = [clause for clause in CLAUSES if clause.figures and clause.chosen(filters)]
    parts = [clause.figures for clause in used] + ([] if filters.history else [_STANDING])
    return _condition(parts, used, filters, db)


def verdict_condition(filters: Filters, db: Snapshot) -> Condition:
    """Which rows of `published_discrepancies` the filters select."""
    used = [clause for clause in CLAUSES if clause.chosen(filters)]
    return _condition([clause.verdicts for clause in used if clause.verdicts], used, filters, db)


def series_condition(filters: Filters, db: Snapshot) -> Condition:
    """Which rows of `published_series` the filters select; what a series has no column for is not looked at."""
    used = [clause for clause in CLAUSES if clause.chosen(filters) and set(clause.fields) & _OF_SERIES.keys()]
    return _condition([_OF_SERIES[clause.fields[0]] or clause.figures for clause in used], used, filters, db)


def _condition(parts: Sequence[str], used: Sequence[Clause], filters: Filters, db: Snapshot) -> Condition:
    """All the parts, with the values that they name."""
    sql = " AND ".join(parts) or "true"
    bound = {name: value for clause in used for name, value in clause.bind(filters, db).items()}
    return Condition(sql, {name: value for name, value in bound.items() if f"${name}" in sql})


def sentence(db: Snapshot, filters: Filters, translate: Translate, day: Day = date.isoformat) -> str:
    """What is shown, in words: "Killed; Civilians; in Aleppo; claimed by SOHR". Empty when nothing is filtered."""
    wording = Wording(translate, day)
    return BETWEEN[filters.lang].join(clause.words(filters, db, wording) for clause in CLAUSES if clause.chosen(filters))


def choices(db: Snapshot, filters: Filters, translate: Translate, day: Day = date.isoformat) -> tuple[Choice, ...]:
    """The same apart: each value of a list on its own, in the order of the sentence."""
    wording = Wording(translate, day)
    return tuple(
        Choice(clause.words(alone, db, wording), without)
        for clause in CLAUSES
        if clause.chosen(filters)
        for alone, without in _apart(clause, filters)
    )


def _apart(clause: Clause, filters: Filters) -> Iterator[tuple[Filters, Mapping[str, Any]]]:
    """(filters with one value of the clause, fields without it)."""
    first, chosen = clause.fields[0], getattr(filters, clause.fields[0])
    if not isinstance(chosen, tuple):
        yield filters, {name: _UNCHOSEN[name] for name in clause.fields}
        return
    for value in chosen:
        alone: dict[str, Any] = {first: (value,)}
        yield replace(filters, **alone), {first: tuple(other for other in chosen if other != value)}
