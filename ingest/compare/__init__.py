"""Why the numbers differ: pairs of claims lined up, compared item by item, and classified with a plain sentence. Pure, no I/O."""

from ingest.compare.comparison import About, Judged, compare
from ingest.compare.incident_rows import incidents
from ingest.compare.renewal import Change, Renewal, recompare
from ingest.compare.rules import DEFAULT, Rules

__all__ = ["DEFAULT", "About", "Change", "Judged", "Renewal", "Rules", "compare", "incidents", "recompare"]
