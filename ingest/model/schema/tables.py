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
