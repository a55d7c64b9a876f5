"""Why the numbers differ: pairs of claims lined up, compared item by item, and classified with a plain sentence. Pure, no I/O."""

from ingest.compare.comparison import compare
from ingest.compare.rules import DEFAULT, Rules

__all__ = ["DEFAULT", "Rules", "compare"]
