"""What everybody asks of a snapshot first, asked once before anybody waits for it."""

from dashboard.query.clauses import counted_people, stated_places
from dashboard.query.counting import figures_count, series_count
from dashboard.query.discrepancies import disagreements, discrepancies_count, discrepancy_counts, sharpest
from dashboard.query.figures import figures_page
from dashboard.query.incidents import incidents_count, incidents_page
from dashboard.query.overview import headline_metric, spans
from dashboard.query.places import by_place, points
from dashboard.query.register import facets, freshness, organisations
from dashboard.query.relations import behaviour, relays
from dashboard.query.series import families, series
from dashboard.query.snapshots import Snapshot
from dashboard.query.spellings import spellings_of_places, spellings_of_sources
from dashboard.state import LANGUAGES, Filters


def warm(db: Snapshot) -> None:
    """Have the answers remembered that every page begins with, in every language, with nothing chosen."""
    for ask in (freshness, spellings_of_places, spellings_of_sources, counted_people, stated_places):
        ask(db)
    for lang in LANGUAGES:
        filters = Filters(lang=lang)
        for register in (facets, organisations, relays, behaviour):
            register(db, lang)
        for ask_page in (spans, by_place, points, disagreements, discrepancy_counts, discrepancies_count, sharpest):
            ask_page(db, filters)
        for ask_rows in (figures_count, series_count, figures_page, incidents_count, incidents_page):
            ask_rows(db, filters)
        if metric := headline_metric(db, filters):
            for ask_where in (by_place, points):
                ask_where(db, filters, metric)
            incidents_count(db, filters.changed(metrics=(metric,)))
            series(db, filters, metric)
            series_count(db, filters.changed(metrics=(metric,)))
            families(db, filters, metric)
        if against := sharpest(db, filters):
            families(db, filters, against["metric"])
