"""A table read column by column: what the rows of a large table claim, without a record for each of them.

Every rule is the one that rows are read by, asked once for each distinct combination of the cells it depends on.
"""

from ingest.store.columnar.reading import Reading, read_columns

__all__ = ["Reading", "read_columns"]
