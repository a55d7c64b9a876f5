"""Records of structured sources: from a refresh to figures whose numbers stand in the archived answer."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import duckdb
import pytest

from ingest.fetch.exchange import Response
from ingest.fetch.request import FetchRequest
from ingest.model import snapshot as layout
from ingest.model.records import Complete, Figure, Record, SourceInfo, Where
from ingest.model.snapshot import current
from ingest.model.vocabulary import Kind, Metric, PartOf, PlacePrecision, PlaceRole, SourceKind, ValueStatus
from ingest.pipeline.assembly import Pipeline
from ingest.pipeline.intake import Tally
from ingest.pipeline.refresh import Refresher
from ingest.pipeline.statements import placed
from ingest.structured import JSON, Answer, Audit, Row, Stated, Told, json_answer, records
from ingest.text import read

WHEN = datetime(2024, 12, 4, 9, tzinfo=UTC)
EVENT = {"id": 7, "code": "XX01", "day": "2024-12-01", "best": 9, "low": 7, "high": 12, "civilians": "2"}


@dataclass
class Registry:
    """A structured source that answers with these events; it archives its answer first, as the client does."""

    events: list[dict[str, Any]] = field(default_factory=list)
    complete: bool = False
    INFO = SourceInfo("registry", "Registry", "watch", SourceKind.MONITOR, "", ("en",), "CC0", "", 6, "", "Invented.", (0, 9))

    def fetch(self, request: FetchRequest) -> Iterator[Record | Complete]:
        """Yield the events."""
        content = json.dumps({"events": self.events}).encode()
        sha256 = request.archive.put(content)
        response = Response("u", "u", 200, {}, "application/json", request.archive.body(sha256), WHEN)
        answer = Answer(response, JSON, json_answer(response, "Registry")["events"], "/events")
        audit = Audit("Registry")
        yield from records(answer, self.INFO, audit, self._told)
        audit.close(request)
        if self.complete:
            yield Complete("https://example.org/events#", "No longer in the registry.")

    @staticmethod
    def _told(row: Row) -> Told:
        identity, day = row.whole("id"), row.day("day")
        low, best, high = (row.whole(name) for name in ("low", "best", "high"))
        where = Where(codes=(row.text("code"),))
        civilians = row.whole("civilians")
        given = {"event_start": day, "event_end": day, "value_low": low, "value_best": best, "value_high": high}
        stated = (
            Stated("best", Metric.KILLED, Kind.INCIDENT, where, given),
            *_civilians(where, civilians),
        )
        fields = ("code", "day", "best", "low", "high", "civilians")
        return Told(f"Event {identity}", f"https://example.org/events#{identity}", fields, stated, WHEN)


def _civilians(where: Where, count: int | None) -> tuple[Stated, ...]:
    given = {"group_role": "farmer", "part_of": PartOf.SUBSET}
    return (Stated("civilians", Metric.KILLED, Kind.INCIDENT, where, given, part_of=0),) if count else ()


def _refresh(pipeline: Pipeline, source: Registry) -> tuple[Tally, list[str]]:
    said: list[str] = []
    refresher = Refresher(pipeline.settings, pipeline.crisis, pipeline.intake, lambda _, told: said.append(told), threading.Event())
    (outcome,) = refresher.refresh({"registry": source})
    return outcome.tally, [*said, *([outcome.failure] if outcome.failure else [])]


def _figures(pipeline: Pipeline) -> dict[str, Figure]:
    return {f"{one.value_text} {one.group_role}".strip(): one for one in pipeline.intake.ledger.figures("tiny")}


def test_a_record_becomes_figures_with_their_evidence(pipeline: Pipeline) -> None:
    """The whole record is the quote, its number the span; range, place, voice and part are those of the record."""
    assert _refresh(pipeline, Registry([EVENT])) == (Tally(1, 2), [])
    figures = _figures(pipeline)
    best, part = figures["9"], figures["2 farmer"]
    (document,) = pipeline.intake.ledger.documents()
    assert document.text == "code: XX01 | day: 2024-12-01 | best: 9 | low: 7 | high: 12 | civilians: 2"
    assert (best.quote, document.text[best.span_start : best.span_end]) == (document.text, "9")
    assert (best.value_low, best.value_best, best.value_high, best.interval_open_high) == (7, 9, 12, False)
    assert (best.place_id, best.place_precision, best.adm1_id, best.coverage_area) == (
        "XX01",
        PlacePrecision.GOVERNORATE,
        "XX01",
        ("XX01",),
    )
    assert (best.publisher, best.claimed_source, best.publisher_kind) == ("watch", "watch", SourceKind.MONITOR)
    assert (part.parent_figure_id, part.part_of) == (best.figure_id, PartOf.SUBSET)


def test_the_text_of_a_record_is_made_again_from_the_archive(pipeline: Pipeline) -> None:
    """From a figure to its record to the archived bytes, at any time."""
    _refresh(pipeline, Registry([EVENT, {**EVENT, "id": 8, "code": "XX02"}]))
    for document in pipeline.intake.ledger.documents():
        content = pipeline.archive.get(document.archive_sha256)
        assert read(content, document.media_type, "the answer").text == document.text


def test_the_same_records_again_add_nothing(pipeline: Pipeline) -> None:
    """A record known before costs a look-up."""
    _refresh(pipeline, Registry([EVENT]))
    assert _refresh(pipeline, Registry([EVENT])) == (Tally(known=1), [])


def test_a_changed_record_is_a_later_edition(pipeline: Pipeline) -> None:
    """The figures of the record as it was are superseded, and stay."""
    _refresh(pipeline, Registry([EVENT]))
    assert _refresh(pipeline, Registry([{**EVENT, "best": 10}]))[0] == Tally(1, 2)
    figures = _figures(pipeline)
    assert figures["10"].supersedes == figures["9"].figure_id


def test_what_a_source_no_longer_states_is_withdrawn(pipeline: Pipeline) -> None:
    """An event that is gone gets an edition without figures; a snapshot says until when its figures stood."""
    _refresh(pipeline, Registry([EVENT, {**EVENT, "id": 8, "best": 11}]))
    assert _refresh(pipeline, Registry([EVENT], complete=True))[0] == Tally(documents=1, known=1)
    assert _refresh(pipeline, Registry([EVENT], complete=True))[0] == Tally(known=1)
    assert _standing(pipeline) == {"9", "2"}
    (note,) = pipeline.intake.ledger.corrections()
    assert (note.kind, note.written_by, len(note.documents)) == ("withdrawal", "registry", 1) and all(note.notes)
    table = layout.pattern(pipeline.publish().path, "figures")
    marked = duckdb.execute("SELECT value_text FROM read_parquet(?) WHERE withdrawn_at = superseded_at", [table]).fetchall()
    assert sorted(marked) == [("11",), ("2",)]


def test_an_empty_answer_withdraws_nothing(pipeline: Pipeline) -> None:
    """It may be a fault, and a refresh can only add or keep."""
    _refresh(pipeline, Registry([EVENT]))
    assert _refresh(pipeline, Registry([], complete=True))[0] == Tally()
    assert _standing(pipeline) == {"9", "2"}


def test_a_record_that_comes_back_stands_again(pipeline: Pipeline) -> None:
    """Withdrawn, or changed, and then again what it was: the last edition is what counts."""
    other = {**EVENT, "id": 8, "best": 11, "civilians": None}
    for events in ([EVENT, other], [EVENT], [EVENT, other], [EVENT, {**other, "best": 12}], [EVENT, other], [EVENT, other]):
        tally, _ = _refresh(pipeline, Registry(events, complete=True))
    assert tally == Tally(known=2)
    assert _standing(pipeline) == {"9", "2", "11"}


def test_a_record_that_counts_something_else_replaces_what_it_counted(pipeline: Pipeline) -> None:
    """A record states the whole of itself: what its later edition does not state is not stated any more."""
    _refresh(pipeline, Registry([EVENT]))
    _refresh(pipeline, Registry([{**EVENT, "civilians": None}]))
    assert _standing(pipeline) == {"9"}


def _standing(pipeline: Pipeline) -> set[str]:
    """The values that a snapshot shows as standing."""
    query = "SELECT value_text FROM read_parquet(?) WHERE superseded_at IS NULL"
    table = layout.pattern(pipeline.publish().path, "figures")
    return {row[0] for row in duckdb.execute(query, [table]).fetchall()}


def test_two_events_alike_stay_two_claims(pipeline: Pipeline) -> None:
    """Two incidents of one day and place with equal numbers are two, not one told twice."""
    _refresh(pipeline, Registry([EVENT, {**EVENT, "id": 8}]))
    assert len({one.claim_id for one in pipeline.intake.ledger.figures("tiny")}) == 4


def test_many_records_enter_in_few_turns(pipeline: Pipeline) -> None:
    """More records than are kept at a time all arrive, each once."""
    events = [{**EVENT, "id": number} for number in range(1203)]
    assert _refresh(pipeline, Registry(events))[0] == Tally(1203, 2406)


def test_what_a_record_does_not_say_and_says_anew_is_told(pipeline: Pipeline) -> None:
    """A new field is a sign that the source changed; a record of another type costs itself only."""
    tally, said = _refresh(
        pipeline, Registry([{**EVENT, "weapon": "x"}, {**EVENT, "id": 8, "best": "many"}, {**EVENT, "id": 9, "best": -1}])
    )
    assert tally == Tally(1, 2)
    assert said == [
        "Registry changed: the field “weapon” is new (1 records); check whether its reader must follow.",
        "Registry: 1 records left out: a record has no count in the field “best” but 'many'.",
        "Registry: 1 records left out: a record has no count in the field “best” but '-1'.",
    ]


@pytest.mark.parametrize("event", [{"id": 7}, {**EVENT, "day": "1 December"}, {**EVENT, "code": 12}, {**EVENT, "best": None}])
def test_where_no_record_can_be_read_the_source_changed(pipeline: Pipeline, event: dict[str, Any]) -> None:
    """An answer full of records of which none is understood is a failure, never “no news”."""
    tally, said = _refresh(pipeline, Registry([event, event]))
    assert tally == Tally()
    assert said[-1].startswith("Registry changed: a record has ") or said[-1].startswith("Registry changed: a record says ")


def test_a_row_that_contradicts_itself_is_refused(pipeline: Pipeline) -> None:
    """A range out of order is no figure; the reason stands in the run's log, and the part becomes a figure of its own."""
    assert _refresh(pipeline, Registry([{**EVENT, "low": 11}]))[0] == Tally(1, 1, rejected=1)
    (figure,) = _figures(pipeline).values()
    assert (figure.parent_figure_id, figure.part_of) == ("", None)
    (run,) = pipeline.intake.ledger.runs()
    assert "not in ascending order" in pipeline.intake.ledger.run_log(run.run_id)[0].reason


def test_records_are_published_with_their_evidence(pipeline: Pipeline) -> None:
    """The snapshot's own checks hold for them."""
    _refresh(pipeline, Registry([EVENT]))
    assert pipeline.publish().tables["figures"] == 2
    assert current(pipeline.settings.published / "tiny") is not None


def test_a_zero_is_said_to_be_one(pipeline: Pipeline) -> None:
    """A source that states zero says that there were none."""
    _refresh(pipeline, Registry([{**EVENT, "best": 0, "low": 0, "high": 0}]))
    assert _figures(pipeline)["0"].value_status is ValueStatus.EXPLICIT_ZERO


def test_places_are_found_by_code_by_name_and_by_what_they_lie_in(pipeline: Pipeline) -> None:
    """Codes first, the country by its three letters, then words; what is unknown is a place of its own, not the one around it."""

    def at(**where: Any) -> dict[str, Any]:
        return placed(Where(**where), "XXX", pipeline.intake.reader.gazetteer)

    with pytest.raises(ValueError, match=r"its code XX02 is that of .*, but it names “Northvale”, which has the code XX01"):
        at(codes=("XX02",), name="Northvale")
    assert at(codes=("QQ9", "XX02"), name="South")["place_id"] == "XX02"
    assert at(codes=("XXX",))["place_id"] == "XX"
    assert at(name="Northvale")["place_id"] == "XX01"
    nowhere = at(name="Nowheretown", within="Northvale", precision=PlacePrecision.CITY_OR_TOWN)
    assert (nowhere["adm1_id"], nowhere["place_id"], nowhere["adm_level"]) == ("XX01", "XX01/Nowheretown", 4)
    unknown = at(codes=("ABC",), name="Samplia", precision=PlacePrecision.COUNTRY, role=PlaceRole.DESTINATION, lat=1.0, lon=2.0)
    assert unknown == {
        "place_text": "Samplia",
        "place_role": PlaceRole.DESTINATION,
        "place_precision": PlacePrecision.COUNTRY,
        "coverage_area": (),
        "adm1_id": "",
        "place_candidates": (),
        "place_id": "ABC",
        "place_name": "Samplia",
        "adm_level": 0,
    }
    listed = at(name="Northvale and Southvale")
    assert (listed["coverage_area"], "place_id" in listed) == (("XX01", "XX02"), False)
    point = at(name="a field", precision=PlacePrecision.POINT, lat=36.2, lon=37.1)
    assert (point["lat"], point["lon"]) == (36.2, 37.1)
