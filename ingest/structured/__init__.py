"""What sources of records share: taking a record apart field by field, noticing what changed, and making its document.

A source reads the fields it knows from a `Row`; what it does not read, and does not `skip`, is told as a change of the source.
A field that is missing, or of another type than it always had, is a `Flaw` of that record: the record is left out and told.
Where no record of an answer can be read the source changed its shape, and that is an error.
"""

from ingest.structured.asking import JSON, Answer, ask, json_answer, key_of, latest_rounds, listed, narrowed, taken, within
from ingest.structured.row import Audit, Flaw, Row, needed
from ingest.structured.settling import Sign
from ingest.structured.telling import Stated, Told, own_address, records

__all__ = [
    "JSON",
    "Answer",
    "Audit",
    "Flaw",
    "Row",
    "Sign",
    "Stated",
    "Told",
    "ask",
    "json_answer",
    "key_of",
    "latest_rounds",
    "listed",
    "narrowed",
    "needed",
    "own_address",
    "records",
    "taken",
    "within",
]
