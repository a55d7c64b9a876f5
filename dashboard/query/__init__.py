"""Filters -> frames, over one published snapshot at a time."""

from typing import Final

from dashboard.query.clauses import sentence
from dashboard.query.discrepancies import among, disagreements, discrepancies_count, discrepancies_page, discrepancy, discrepancy_counts
from dashboard.query.evidence import Evidence, Link, Quote, evidence
from dashboard.query.exports import (
    COLUMNS,
    citation,
    data_dictionary_csv,
    discrepancies_csv,
    discrepancies_json,
    discrepancies_zip,
    etag,
    figures_csv,
    figures_json,
    figures_zip,
    filename,
    series_csv,
    silence_csv,
    whole_csv,
)
from dashboard.query.figures import figures_count, figures_page
from dashboard.query.incidents import incident, incident_claims, incidents_count, incidents_page
from dashboard.query.knowledge import Known
from dashboard.query.overview import headline_metric, spans, voices
from dashboard.query.places import by_place, points
from dashboard.query.register import Facets, Freshness, Option, facets, freshness, organisations, places, runs, sources
from dashboard.query.relations import (
    ASSUMPTIONS,
    ENOUGH_LISTS,
    Undocumented,
    behaviour,
    figures_published,
    organisation_names,
    relays,
    undocumented,
)
from dashboard.query.rules import MOST, Applied, Change, applied, published_value, verdicts
from dashboard.query.series import compare_rows, families, series
from dashboard.query.silence import division, silence_divisions, silence_grid, silence_metrics
from dashboard.query.snapshots import Snapshot, SnapshotMissing, Snapshots

TEXTS: Final = (
    *("{first} to {last}", "from {day}", "until {day}", "in {places}", "claimed by {sources}"),
    *(
        "as known on {day}",
        "as read here by {day}",
        "from one document",
        "citations of one claim",
        "with “{words}”",
        "minor",
        "moderate",
        "large",
        "extreme",
    ),
)
"""Every English text this package hands to `translate`."""

__all__ = [
    "ASSUMPTIONS",
    "COLUMNS",
    "ENOUGH_LISTS",
    "MOST",
    "TEXTS",
    "Applied",
    "Change",
    "Evidence",
    "Facets",
    "Freshness",
    "Known",
    "Link",
    "Option",
    "Quote",
    "Snapshot",
    "SnapshotMissing",
    "Snapshots",
    "Undocumented",
    "among",
    "applied",
    "behaviour",
    "by_place",
    "citation",
    "compare_rows",
    "data_dictionary_csv",
    "disagreements",
    "discrepancies_count",
    "discrepancies_csv",
    "discrepancies_json",
    "discrepancies_page",
    "discrepancies_zip",
    "discrepancy",
    "discrepancy_counts",
    "division",
    "etag",
    "evidence",
    "facets",
    "families",
    "figures_count",
    "figures_csv",
    "figures_json",
    "figures_page",
    "figures_published",
    "figures_zip",
    "filename",
    "freshness",
    "headline_metric",
    "incident",
    "incident_claims",
    "incidents_count",
    "incidents_page",
    "organisation_names",
    "organisations",
    "places",
    "points",
    "published_value",
    "relays",
    "runs",
    "sentence",
    "series",
    "series_csv",
    "silence_csv",
    "silence_divisions",
    "silence_grid",
    "silence_metrics",
    "sources",
    "spans",
    "undocumented",
    "verdicts",
    "voices",
    "whole_csv",
]
