"""Text -> figures: numbers, triggers, parts, voices, times and places, in stages that can each be explained."""

from ingest.extract.explain import explain
from ingest.extract.read import numbered, read
from ingest.extract.reader import VERSION, Reader
from ingest.extract.times.datelines import Dateline, dateline

__all__ = ["VERSION", "Dateline", "Reader", "dateline", "explain", "numbered", "read"]
