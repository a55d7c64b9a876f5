"""Why the numbers differ: pairs of claims lined up, compared item by item, and classified with a plain sentence; which claims are of
one incident; who was silent; the series of each voice; and what was known when. Pure, no I/O.
"""

from ingest.compare.chronology.collectors import Window
from ingest.compare.chronology.known import as_known, documents_known, end_of_day
from ingest.compare.chronology.silence import Seen, silence, spoken, spoken_before, told, window_of
from ingest.compare.chronology.timelines import series_table
from ingest.compare.comparison import About, Judged, claims_told, compare
from ingest.compare.incidents.rows import incidents
from ingest.compare.renewal import Change, Renewal, recompare
from ingest.compare.rules import DEFAULT, Rules
from ingest.compare.sources.behaviour import behaviour
from ingest.compare.sources.measured import Measured, measured, measured_of
from ingest.compare.sources.relays import relays
from ingest.compare.sources.undocumented import Undocumented, undocumented

__all__ = [
    "DEFAULT",
    "About",
    "Change",
    "Judged",
    "Measured",
    "Renewal",
    "Rules",
    "Seen",
    "Undocumented",
    "Window",
    "as_known",
    "behaviour",
    "claims_told",
    "compare",
    "documents_known",
    "end_of_day",
    "incidents",
    "measured",
    "measured_of",
    "recompare",
    "relays",
    "series_table",
    "silence",
    "spoken",
    "spoken_before",
    "told",
    "undocumented",
    "window_of",
]
