"""The tables about the sources themselves, from one reading of the figures."""

import pandas as pd

from ingest.compare.sources.behaviour import behaviour_of
from ingest.compare.sources.questions import read
from ingest.compare.sources.relays import relays_of


def measured(figures: pd.DataFrame, discrepancies: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Who repeats whom (`relays`) and how each source behaves beside the others (`behaviour`), as they are published."""
    readings = read(figures, discrepancies)
    return {"relays": relays_of(readings), "behaviour": behaviour_of(readings)}
