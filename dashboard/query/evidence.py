"""The evidence of one figure: the sentence, its document, who said it to whom, its parts, and the verdicts it takes part in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from dashboard.query.clauses import Condition
from dashboard.query.corrections import PublicNote, notes_on
from dashboard.query.labels import group_text, names, party_label, term, told
from dashboard.query.picking import identities, picked
from dashboard.query.rules import PUBLISHED, published_rules
from dashboard.query.severity import VERDICT
from dashboard.query.snapshots import Row, Snapshot, answered
from ingest.compare import About, claims_told
from ingest.compare.claims.comparable import NEEDED, USED
from ingest.model.vocabulary import DISCREPANCY_CODES

MOST_LISTED: Final = 200
"""Parts, citations and verdicts listed beside one figure."""

_TIED: Final = f"""(
    SELECT figure_id, published_at FROM kin WHERE of_whom = {{whom}} AND tie = '{{tie}}' AND figure_id <> $figure_id
    ORDER BY published_at, figure_id LIMIT {MOST_LISTED}
)"""  # noqa: S608 - a number of ours
_RELATIVES: Final[Mapping[str, str]] = {
    "figure_id": _TIED.format(whom="$figure_id", tie="part"),
    "claim_id": _TIED.format(whom="$claim_id", tie="citation"),
    "parent_figure_id": "SELECT figure_id, published_at FROM figures WHERE figure_id = $parent_figure_id",
}
"""Who belongs to a figure, by the column of the figure that tells; where it is empty, there is nobody to be asked for."""


@dataclass(frozen=True, slots=True)
class Quote:
    """The sentence around the number; `number` is empty where the claim has none."""

    before: str
    number: str
    after: str


@dataclass(frozen=True, slots=True)
class Link:
    """One organisation in the chain from who claimed to what we read: `role` is claimed_source, relay or publisher."""

    role: str
    organisation: str
    label: str
    kind: str
    definition: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A figure, its document and the sentence it was read in. Rows are mappings by published column, with labels added.

    Days are `date`, times naive UTC `datetime`, missing values None.
    """

    figure: Row
    document: Row
    quote: Quote


@dataclass(frozen=True, slots=True)
class Evidence(Passage):
    """Everything a reader needs to judge one figure.

    Each of `discrepancies` also says which figure the other is
    (`other_figure`), its voice (`other_source`) and value (`other_value`), and its verdict as `sentence`, in `sentence_lang`, and
    `code_label`. `notes` are those that stand on it. `told` is the claim as a plain sentence without a full stop; empty where none
    can be made.
    """

    chain: tuple[Link, ...]
    parent: Row | None
    parts: tuple[Row, ...]
    citations: tuple[Row, ...]
    discrepancies: tuple[Row, ...]
    notes: tuple[PublicNote, ...] = ()
    told: str = ""

    def contradicted(self) -> int:
        """How many other claims contradict it."""
        return len({row["other_figure"] for row in self.discrepancies if str(row["code"]).startswith("contradiction_")})


@answered
def passage(db: Snapshot, figure_id: str, lang: str = "en") -> Passage | None:
    """Where the figure was read, or None when the snapshot has no such figure: a fifth of the work of its evidence."""
    figure = _one(_labelled(db, "SELECT * FROM figures WHERE figure_id = $id", {"id": figure_id}, lang))
    if figure is None:
        return None
    documents = _rows(db, "SELECT * FROM published_documents WHERE document_id = $id", {"id": figure["document_id"]})
    return Passage(figure, _one(documents) or {}, _quote(figure))


@answered
def evidence(db: Snapshot, figure_id: str, lang: str = "en", verdicts: str = PUBLISHED) -> Evidence | None:
    """The evidence of the figure, or None when the snapshot has no such figure. `verdicts` is the table of `rules.verdicts`."""
    read = passage(db, figure_id, lang)
    if read is None:
        return None
    figure = read.figure
    relatives = _relatives(db, figure, lang)
    return Evidence(
        figure=figure,
        document=read.document,
        quote=read.quote,
        chain=_chain(db, figure, lang),
        parent=_one(tuple(row for row in relatives if row["figure_id"] == figure["parent_figure_id"])),
        parts=tuple(row for row in relatives if row["parent_figure_id"] == figure_id)[:MOST_LISTED],
        citations=tuple(row for row in relatives if row["claim_id"] == figure["claim_id"] != "")[:MOST_LISTED],
        discrepancies=_discrepancies(db, figure_id, lang, verdicts),
        notes=notes_on(db, figure["correction_ids"], lang),
        told=_told(db, figure, lang),
    )


def _told(db: Snapshot, figure: Row, lang: str) -> str:
    """What a comparison would say of it, from the row at hand and the names in it alone: asked for whole, tables of names cost most."""
    named = {figure["claimed_source"], figure["publisher"], figure["perpetrator"]}
    organisations = [row for identity, row in _organisations(db).items() if identity in named]
    places = [figure["place_id"], figure["adm1_id"], *str(figure["coverage_area"]).split(";")]
    lying = _rows(db, "SELECT * FROM places WHERE list_contains($ids::VARCHAR[], place_id)", {"ids": places})
    about = About(published_rules(db), pd.DataFrame(organisations), pd.DataFrame(lying), db.sides)
    row = pd.DataFrame({name: [figure[name]] for name in dict.fromkeys((*NEEDED, *USED, "review"))})
    return claims_told(row, about, lang).get(str(figure["figure_id"]), "")


@answered
def _organisations(db: Snapshot) -> Mapping[str, Row]:
    """Every organisation by its identity: they are few, and each figure names several."""
    return {row["organisation"]: row for row in _rows(db, "SELECT * FROM organisations", {})}


def _rows(db: Snapshot, sql: str, values: Mapping[str, Any]) -> tuple[dict[str, Any], ...]:
    return tuple(db.records(sql, values))


def _one(rows: tuple[Row, ...]) -> Row | None:
    return rows[0] if rows else None


def _relatives(db: Snapshot, figure: Row, lang: str) -> tuple[dict[str, Any], ...]:
    """The count it is a part of, its parts and the other citations of its claim, first published first; no more of each than are shown."""
    values = {name: figure[name] for name in _RELATIVES if figure[name]}
    tied = " UNION ".join(_RELATIVES[name] for name in values)
    chosen = Condition(f"SELECT figure_id FROM ({tied}) ORDER BY published_at, figure_id", values)  # noqa: S608 - queries of ours
    wanted = identities(db, chosen, "figure_id")
    rows = picked(wanted, "figures", key="figure_id")
    return _labelled(db, rows.sql, rows.values, lang) if wanted else ()


def _labelled(db: Snapshot, sql: str, values: Mapping[str, Any], lang: str) -> tuple[dict[str, Any], ...]:
    named = names(db, lang)
    return tuple(
        {
            **row,
            "source_label": named.short(row["claimed_source"]),
            "publisher_label": named.short(row["publisher"]),
            "place_label": named.place(row["place_id"], row["place_name"], row["place_text"]),
            "group_text": group_text(row, lang, db.sides),
            "responsible": party_label(row["perpetrator"], lang, db.sides),
        }
        for row in _rows(db, sql, values)
    )


def _quote(figure: Row) -> Quote:
    """Split the quote at the number's characters; offsets are of the document, so the quote's own start is taken off."""
    quote, first = str(figure["quote"]), figure["quote_start"] or 0
    start, end = (figure["span_start"] or 0) - first, (figure["span_end"] or 0) - first
    if not 0 <= start < end <= len(quote):
        return Quote(quote, "", "")
    return Quote(quote[:start], quote[start:end], quote[end:])


def _chain(db: Snapshot, figure: Row, lang: str) -> tuple[Link, ...]:
    """Claimed source, relays in order, publisher; an organisation that follows itself is named once."""
    hands = [("claimed_source", str(figure["claimed_source"]))]
    hands += [("relay", relay) for relay in str(figure["relayed_via"]).split(";") if relay]
    hands += [("publisher", str(figure["publisher"]))]
    kept = [link for place, link in enumerate(hands) if place == 0 or link[1] != hands[place - 1][1]]
    known, named = _organisations(db), names(db, lang)
    unknown: Row = {"kind": "", "definition": ""}
    return tuple(
        Link(role, identity, named.organisation(identity), *(known.get(identity, unknown)[name] for name in ("kind", "definition")))
        for role, identity in kept
    )


def _discrepancies(db: Snapshot, figure_id: str, lang: str, verdicts: str) -> tuple[dict[str, Any], ...]:
    anew = f"SELECT discrepancy_id, ratio FROM {verdicts} WHERE figure_a = $id OR figure_b = $id"  # noqa: S608 - a name of ours
    ours = "SELECT discrepancy_id, ratio FROM pairs WHERE figure_id = $id" if verdicts == PUBLISHED else anew
    chosen = f"{ours} ORDER BY ratio DESC NULLS LAST, discrepancy_id LIMIT {MOST_LISTED}"
    wanted = identities(db, Condition(chosen, {"id": figure_id}), "discrepancy_id")
    rows = picked(wanted, verdicts, key="discrepancy_id", columns=VERDICT)
    if not wanted:
        return ()
    return tuple(_verdict(db, row, figure_id, lang) for row in _rows(db, rows.sql, rows.values))


def _verdict(db: Snapshot, row: Row, figure_id: str, lang: str) -> dict[str, Any]:
    """The verdict as seen from the figure: who the other is and what it says."""
    other = "b" if row["figure_a"] == figure_id else "a"
    voice = names(db, lang).short(row[f"claimed_source_{other}"])
    sentence, sentence_lang = told(row, lang)
    return {
        **row,
        "other_figure": row[f"figure_{other}"],
        "other_source": voice,
        "other_value": str(row[f"value_{other}"]),
        "sentence": sentence,
        "sentence_lang": sentence_lang,
        "code_label": term(DISCREPANCY_CODES, str(row["code"]), lang),
    }
