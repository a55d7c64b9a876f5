"""Tables of other people's making: what their headings and words mean, and what a row of theirs claims.

Pure: rows of text in, values of the published columns out. The words are tables (`headings.toml`, `words.toml`).
"""

from ingest.store.imported.headings import Headings, mapping, read_mapping, shipped
from ingest.store.imported.hxl import tagged
from ingest.store.imported.translation import Around, numbers, translate
from ingest.store.imported.whereabouts import lineage

__all__ = ["Around", "Headings", "lineage", "mapping", "numbers", "read_mapping", "shipped", "tagged", "translate"]
