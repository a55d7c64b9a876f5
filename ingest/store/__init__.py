"""The ledger: what was read, from where, and what became of it. Documents and figures are only ever added.

`Ledger.open(url)` is the whole way in; `tidy.read_csv` reads a table in the published columns. SQLite by default, so that one
file and no server is enough; PostgreSQL by URL, where several machines write.
"""

from ingest.store.corrections import Correction
from ingest.store.entries import Added, LogLine, ReviewEntry, RulingEntry, Run, SourceState
from ingest.store.ledger import Ledger

__all__ = ["Added", "Correction", "Ledger", "LogLine", "ReviewEntry", "RulingEntry", "Run", "SourceState"]
