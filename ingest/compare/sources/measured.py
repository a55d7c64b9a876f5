"""The tables about the sources themselves, from one reading of the figures, or from several parts of them that never meet."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from ingest.compare.sources.behaviour import Measures, behaviour_of
from ingest.compare.sources.questions import read
from ingest.compare.sources.relays import PassedOn, relays_of


@dataclass(frozen=True, slots=True)
class Measured:
    """What is measured on one part of the figures."""

    measures: Measures
    passed_on: PassedOn

    @classmethod
    def of(cls, figures: pd.DataFrame, discrepancies: pd.DataFrame) -> "Measured":
        """What published figures and the discrepancies between them tell of their sources."""
        readings = read(figures, discrepancies)
        return cls(Measures.of(readings), PassedOn.of(readings))


def measured(figures: pd.DataFrame, discrepancies: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Who repeats whom (`relays`) and how each source behaves beside the others (`behaviour`), as they are published."""
    return measured_of([Measured.of(figures, discrepancies)])


def measured_of(parts: Sequence[Measured]) -> dict[str, pd.DataFrame]:
    """The same of parts that share no claim and no question, such as those of different grounds; there is at least one."""
    return {"relays": relays_of([one.passed_on for one in parts]), "behaviour": behaviour_of([one.measures for one in parts])}
