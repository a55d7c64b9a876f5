"""Why the numbers differ: pairs of claims lined up, compared item by item, and classified with a plain sentence; which claims are of
one incident; who was silent; the series of each voice; and what was known when. Pure, no I/O.
"""

from ingest.compare.collectors import Window
from ingest.compare.comparison import About, Judged, compare
from ingest.compare.incident_rows import incidents
from ingest.compare.known import as_known, documents_known, end_of_day
from ingest.compare.renewal import Change, Renewal, recompare
from ingest.compare.rules import DEFAULT, Rules
from ingest.compare.silence import Seen, silence, window_of
from ingest.compare.timelines import series_table

__all__ = [
    "DEFAULT",
    "About",
    "Change",
    "Judged",
    "Renewal",
    "Rules",
    "Seen",
    "Window",
    "as_known",
    "compare",
    "documents_known",
    "end_of_day",
    "incidents",
    "recompare",
    "series_table",
    "silence",
    "window_of",
]
