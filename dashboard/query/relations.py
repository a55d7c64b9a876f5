"""Who repeats whom, how sources behave beside one another, and what none of them lists."""

from collections.abc import Callable, Iterable
from typing import Final

import pandas as pd

from dashboard.query.labels import labelled, names
from dashboard.query.snapshots import Snapshot, answered
from ingest.compare import Undocumented
from ingest.compare import undocumented as told_by_lists
from ingest.compare.sources.undocumented import ASSUMPTIONS, ENOUGH_LISTS

__all__ = ["ASSUMPTIONS", "ENOUGH_LISTS", "Undocumented", "behaviour", "figures_published", "organisation_names", "relays", "undocumented"]

# What the lists of incidents are read from; all else of a figure does not matter to them.
_INCIDENTS: Final = (
    "figure_id, claim_id, document_id, publisher, claimed_source, independence_group, metric, kind, unit, group_status, group_side,"
    " group_sex, group_age, group_role, group_nationality, parent_figure_id, restates, value_low, value_best, value_high, interest,"
    " event_start, event_end, window_start, window_end, as_of, published_at, superseded_at, review, place_id"
)


@answered
def relays(db: Snapshot, lang: str = "en") -> pd.DataFrame:
    """The edges between publishers and sources, most figures first: published columns, labels of both and the kind of the source."""
    sql = """
        SELECT r.*, coalesce(g.kind, '') AS source_kind FROM published_relays r
        LEFT JOIN organisations g ON g.organisation = r.claimed_source ORDER BY figures DESC, publisher, claimed_source
    """
    frame, named = db.frame(sql), names(db, lang)
    return frame.assign(
        publisher_label=labelled(frame["publisher"], named.short),
        source_label=labelled(frame["claimed_source"], named.short),
        chain_labels=labelled(frame["chains"], lambda chains: [_chain(chain, named.short) for chain in chains.split(";") if chain]),
    )


def _chain(item: str, name: Callable[[str], str]) -> tuple[str, int]:
    """The organisations a chain leads through, in words, and how many figures came this way."""
    chain, _, figures = item.rpartition("=")
    return " › ".join(map(name, chain.split(">"))), int(figures)


@answered
def behaviour(db: Snapshot, lang: str = "en") -> pd.DataFrame:
    """Every source that answers a question, by name and never by rank: published columns, label and kind."""
    sql = """
        SELECT b.*, coalesce(g.kind, '') AS kind FROM published_behaviour b
        LEFT JOIN organisations g USING (organisation) WHERE b.questions > 0
    """
    frame, named = db.frame(sql), names(db, lang)
    frame = frame.assign(label=labelled(frame["organisation"], named.organisation))
    return frame.sort_values(["label", "organisation"]).reset_index(drop=True)


@answered
def figures_published(db: Snapshot) -> int:
    """Figures of all publishers, a document's repetitions of itself counted once."""
    return int(db.rows("SELECT coalesce(sum(figures), 0) FROM published_behaviour")[0][0])


@answered
def undocumented(db: Snapshot) -> tuple[Undocumented, ...]:
    """The least number of incidents that no source lists, from the overlap of the lists; computed when asked, kept per snapshot."""
    figures = db.frame(f"SELECT {_INCIDENTS} FROM published_figures WHERE kind = 'incident'")  # noqa: S608 - columns are ours
    return told_by_lists(figures, db.frame("SELECT incident_id, figure_id FROM published_incident_claims"))


def organisation_names(db: Snapshot, lang: str, organisations: Iterable[str]) -> list[str]:
    """Full names in the language, in the order of the names."""
    return sorted(map(names(db, lang).organisation, organisations))
