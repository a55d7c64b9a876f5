"""Figures in words for a person at a terminal, where several verbs say the same."""

from collections.abc import Iterator

from ingest.model.doubts import parted
from ingest.model.records import Figure
from ingest.model.vocabulary import DOUBTS


def doubt_lines(figure: Figure) -> Iterator[str]:
    """Each doubt of a figure in a line for a person: the column, why, and what was considered."""
    for kept in figure.doubts:
        doubt, candidates = parted(kept)
        considered = f": {' or '.join(candidates)}" if candidates else ""
        yield f"{DOUBTS[doubt].column}? {DOUBTS[doubt].en}{considered}"
