"""The published tables, column by column: name, type, meaning, HXL tag.

The data dictionary, the CSV header, the ledger's table and the Parquet types all come from here.
Sections of the meaning refer to the project's method (definitions of claim, quantity, attribution, dates, place).
"""

from ingest.model.schema.column import Column, Type
from ingest.model.schema.corrections import CORRECTIONS
from ingest.model.schema.discrepancies import DISCREPANCIES, INCIDENT_CLAIMS, INCIDENTS, RULED, RULINGS, SENTENCES
from ingest.model.schema.figures import FIGURES
from ingest.model.schema.origins import DOCUMENTS, ORGANISATIONS, PLACES, RUNS, SOURCES
from ingest.model.schema.tables import KEYS, TABLES
from ingest.model.schema.voices import BEHAVIOUR, MANDATES, RELAYS, SERIES, SILENCE

__all__ = [
    "BEHAVIOUR",
    "CORRECTIONS",
    "DISCREPANCIES",
    "DOCUMENTS",
    "FIGURES",
    "INCIDENTS",
    "INCIDENT_CLAIMS",
    "KEYS",
    "MANDATES",
    "ORGANISATIONS",
    "PLACES",
    "RELAYS",
    "RULED",
    "RULINGS",
    "RUNS",
    "SENTENCES",
    "SERIES",
    "SILENCE",
    "SOURCES",
    "TABLES",
    "Column",
    "Type",
]
