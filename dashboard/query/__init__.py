"""Filters -> rows, plain or as frames, over one published snapshot at a time."""

from typing import Final

from dashboard.query.clauses import Choice, choices, sentence
from dashboard.query.corrections import Checked, PublicNote, Touched, checked, corrections, public_notes
from dashboard.query.counting import figures_count
from dashboard.query.discrepancies import (
    A_PAGE,
    disagreements,
    discrepancies_count,
    discrepancies_page,
    discrepancy,
    discrepancy_counts,
    sharpest,
)
from dashboard.query.documents import ReadIn, read_in
from dashboard.query.evidence import Evidence, Link, Passage, Quote, evidence, passage
from dashboard.query.exports import (
    COLUMNS,
    FORMS,
    SHEET_ROWS,
    About,
    Download,
    Form,
    about,
    data_dictionary_csv,
    etag,
    filename,
    forms_of,
    is_narrowed,
    rows_count,
)
from dashboard.query.exports import TEXTS as EXPORT_TEXTS
from dashboard.query.figures import figures_page, newest
from dashboard.query.incidents import among, incident, incident_claims, incidents_count, incidents_page
from dashboard.query.knowledge import Known
from dashboard.query.lateness import lateness, stale_since
from dashboard.query.measures import measures
from dashboard.query.nearest import nearest_days, without_one
from dashboard.query.news import Watching, news, news_figures, news_pairs, news_voices, vanished_documents
from dashboard.query.opener import Snapshots
from dashboard.query.overview import SPAN, headline_metric, spans, voices
from dashboard.query.places import DIVISIONS, Step, by_place, path_to, points
from dashboard.query.prefetch import prefetch
from dashboard.query.register import Facets, Freshness, Option, facets, freshness, names_told, organisations, places, runs, sources, unheld
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
from dashboard.query.rules import MOST, Applied, Change, applied, published_rules, published_value, verdicts
from dashboard.query.series import compare_rows, families, series
from dashboard.query.silence import Cell, Grid, SourceDays, division, silence_divisions, silence_grid, silence_metrics, unheard
from dashboard.query.snapshots import Row, Snapshot, SnapshotMissing
from dashboard.query.spellings import spellings_of_places, spellings_of_sources
from dashboard.query.warming import warm

TEXTS: Final = (
    *EXPORT_TEXTS,
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
    "A_PAGE",
    "COLUMNS",
    "DIVISIONS",
    "ENOUGH_LISTS",
    "FORMS",
    "MOST",
    "SHEET_ROWS",
    "SPAN",
    "TEXTS",
    "About",
    "Applied",
    "Cell",
    "Change",
    "Checked",
    "Choice",
    "Download",
    "Evidence",
    "Facets",
    "Form",
    "Freshness",
    "Grid",
    "Known",
    "Link",
    "Option",
    "Passage",
    "PublicNote",
    "Quote",
    "ReadIn",
    "Row",
    "Snapshot",
    "SnapshotMissing",
    "Snapshots",
    "SourceDays",
    "Step",
    "Touched",
    "Undocumented",
    "Watching",
    "about",
    "among",
    "applied",
    "behaviour",
    "by_place",
    "checked",
    "choices",
    "compare_rows",
    "corrections",
    "data_dictionary_csv",
    "disagreements",
    "discrepancies_count",
    "discrepancies_page",
    "discrepancy",
    "discrepancy_counts",
    "division",
    "etag",
    "evidence",
    "facets",
    "families",
    "figures_count",
    "figures_page",
    "figures_published",
    "filename",
    "forms_of",
    "freshness",
    "headline_metric",
    "incident",
    "incident_claims",
    "incidents_count",
    "incidents_page",
    "is_narrowed",
    "lateness",
    "measures",
    "names_told",
    "nearest_days",
    "newest",
    "news",
    "news_figures",
    "news_pairs",
    "news_voices",
    "organisation_names",
    "organisations",
    "passage",
    "path_to",
    "places",
    "points",
    "prefetch",
    "public_notes",
    "published_rules",
    "published_value",
    "read_in",
    "relays",
    "rows_count",
    "runs",
    "sentence",
    "series",
    "sharpest",
    "silence_divisions",
    "silence_grid",
    "silence_metrics",
    "sources",
    "spans",
    "spellings_of_places",
    "spellings_of_sources",
    "stale_since",
    "undocumented",
    "unheard",
    "unheld",
    "vanished_documents",
    "verdicts",
    "voices",
    "warm",
    "without_one",
]
