"""Tables that sources hand over: rows to figures through a refresh."""

import hashlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from ingest.fetch.request import FetchRequest
from ingest.model.records import SourceInfo, Table
from ingest.model.vocabulary import Kind, Metric, SourceKind
from ingest.pipeline.assembly import Pipeline
from ingest.pipeline.refresh import Outcome, Refresher

TAGGED = b"Where,Day,Dead,Hurt\n#adm1+name,#date+occurred,#affected+killed,#affected+injured\nNorthvale,2024-12-01,6,6\n"
OTHER = b"Wo;Wann;Tote\nNorthvale;2024-12-01;14\n"
MAPPING = {"columns": {"Wo": "admin1", "Wann": "day", "Tote": "value_best"}, "fixed": {"measure": "killed"}}


@dataclass
class Shelf:
    """A source of these tables."""

    contents: list[tuple[bytes, dict[str, Any]]] = field(default_factory=list)
    INFO = SourceInfo("shelf", "Shelf", "watch", SourceKind.MONITOR, "", ("en",), "CC0", "", 6, "", "Invented.", (0, 9))

    def fetch(self, _: FetchRequest) -> Iterator[Table]:
        """Yield them."""
        for number, (content, mapping) in enumerate(self.contents):
            sha256, when = hashlib.sha256(content).hexdigest(), datetime(2024, 12, 4, tzinfo=UTC)
            yield Table(content, f"{number}.csv", f"https://example.org/{number}.csv", when, sha256, "watch", None, "CC0", mapping)


def _refresh(pipeline: Pipeline, *contents: tuple[bytes, dict[str, Any]]) -> tuple[Outcome, list[str]]:
    said: list[str] = []
    refresher = Refresher(pipeline.settings, pipeline.crisis, pipeline.intake, lambda _, told: said.append(told), threading.Event())
    (outcome,) = refresher.refresh({"shelf": Shelf(list(contents))})
    return outcome, said


def test_two_counts_of_a_row_are_two_figures_of_one_document(pipeline: Pipeline) -> None:
    """Equal numbers of different people stay two; the row is the quote, and the table's address is theirs."""
    outcome, _ = _refresh(pipeline, (TAGGED, {}))
    assert not outcome.failure
    figures = {figure.metric: figure for figure in pipeline.intake.ledger.figures("tiny")}
    (document,) = pipeline.intake.ledger.documents()
    killed = figures[Metric.KILLED]
    assert {*figures} == {Metric.KILLED, Metric.INJURED}
    assert (killed.value_best, killed.kind, killed.event_start, killed.place_id) == (6, Kind.DAILY, date(2024, 12, 1), "XX01")
    assert (killed.quote, killed.url) == ("Northvale,2024-12-01,6,6", "https://example.org/0.csv")
    assert (document.licence, document.citation) == ("CC0", "0.csv, https://example.org/0.csv")
    assert pipeline.publish().tables["figures"] == 2


def test_a_mapping_explains_a_table(pipeline: Pipeline) -> None:
    """As it does for one that a person hands in; the same table again adds nothing, one with a row more adds that row."""
    _refresh(pipeline, (OTHER, MAPPING))
    assert [figure.value_best for figure in pipeline.intake.ledger.figures("tiny")] == [14]
    assert _refresh(pipeline, (OTHER, MAPPING))[0].tally.known == 1
    assert _refresh(pipeline, (OTHER + b"Southvale;2024-12-02;3\n", MAPPING))[0].tally.figures == 1


def test_a_table_that_cannot_be_read_fails_its_source_and_costs_no_other(pipeline: Pipeline) -> None:
    """Its columns, or its mapping, are told."""
    outcome, _ = _refresh(pipeline, (OTHER, {}), (OTHER, {"colums": {}}), (TAGGED, {}))
    assert "0.csv has a column 'Wo' that is not known" in outcome.failure
    assert "1.csv has 'colums', which is not understood" in outcome.failure
    assert outcome.tally.figures == 2
