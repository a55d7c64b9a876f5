"""Every published table by name."""

from ingest.model.schema.column import Column
from ingest.model.schema.corrections import CORRECTIONS
from ingest.model.schema.discrepancies import DISCREPANCIES, INCIDENT_CLAIMS, INCIDENTS, RULINGS
from ingest.model.schema.figures import FIGURES
from ingest.model.schema.origins import DOCUMENTS, ORGANISATIONS, PLACES, RUNS, SOURCES
from ingest.model.schema.voices import BEHAVIOUR, MANDATES, RELAYS, SERIES, SILENCE

TABLES: dict[str, tuple[Column, ...]] = {
    "figures": FIGURES,
    "documents": DOCUMENTS,
    "organisations": ORGANISATIONS,
    "sources": SOURCES,
    "discrepancies": DISCREPANCIES,
    "rulings": RULINGS,
    "corrections": CORRECTIONS,
    "incidents": INCIDENTS,
    "incident_claims": INCIDENT_CLAIMS,
    "places": PLACES,
    "runs": RUNS,
    "mandates": MANDATES,
    "silence": SILENCE,
    "series": SERIES,
    "relays": RELAYS,
    "behaviour": BEHAVIOUR,
}

KEYS: dict[str, tuple[str, ...]] = {
    "figures": ("figure_id",),
    "documents": ("document_id",),
    "organisations": ("organisation",),
    "sources": ("source",),
    "discrepancies": ("discrepancy_id",),
    "corrections": ("correction_id",),
    "incidents": ("incident_id",),
    "incident_claims": ("incident_id", "figure_id"),
    "places": ("place_id",),
    "runs": ("run_id",),
    "relays": ("publisher", "claimed_source"),
    "behaviour": ("organisation",),
}
"""The columns that together name one row of a table and are never empty; a table that is not here has none."""
