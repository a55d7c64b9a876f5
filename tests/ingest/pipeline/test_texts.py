"""Texts out of the archive: each as it was, and an answer of many records taken apart once."""

import json
from dataclasses import replace
from typing import Any

import pytest

from ingest.errors import StoreError, UnreadableDocument
from ingest.model.records import Document
from ingest.pipeline import texts
from ingest.pipeline.assembly import Pipeline
from ingest.pipeline.replay import kept
from ingest.pipeline.texts import ArchivedTexts
from ingest.text import read_answer

ROWS = [{"place": f"Village {number}", "killed": number} for number in range(300)]


def _records(pipeline: Pipeline, report: Any, content: bytes, media_type: str) -> list[Document]:
    sha256 = pipeline.archive.put(content)
    made = []
    for number, row in enumerate(ROWS):
        record = report(f"place: {row['place']} | killed: {row['killed']}", url=f"https://example.org/{number}")
        media = media_type.format(number=number) + '; fields="place,killed"'
        made.append(replace(record, media_type=media, archive_sha256=sha256))
    return made


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (json.dumps({"data": ROWS}).encode(), "application/json; record=/data/{number}"),
        ("\n".join(["place,killed", *(f"{row['place']},{row['killed']}" for row in ROWS)]).encode(), "text/csv; record={number}"),
    ],
)
def test_an_answer_of_many_records_is_taken_apart_once(
    pipeline: Pipeline, report: Any, content: bytes, media_type: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its bytes are read, hashed and parsed for the first of them; each says what it said."""
    taken: list[str] = []

    def counted(content: bytes, media: Any, name: str) -> Any:
        taken.append(name)
        return read_answer(content, media, name)

    monkeypatch.setattr(texts, "read_answer", counted)
    archived, records = ArchivedTexts(pipeline.archive), _records(pipeline, report, content, media_type)
    assert [archived.of(record) for record in records] == [record.text for record in records]
    assert len(taken) == 1
    beyond = replace(records[0], media_type=records[0].media_type.replace("record=/data/0", "record=/data/900").replace("=0;", "=900;"))
    with pytest.raises(UnreadableDocument):
        archived.of(beyond)
    with pytest.raises(StoreError):
        archived.of(replace(records[0], archive_sha256="0" * 64))


def test_records_are_read_again_answer_by_answer(pipeline: Pipeline, report: Any) -> None:
    """Reports first, then the records of one answer behind those of another, each once."""
    answers = [json.dumps({"data": [{**row, "round": number} for row in ROWS]}).encode() for number in range(2)]
    records = [one for answer in answers for one in _records(pipeline, report, answer, "application/json; record=/data/{number}")]
    made = [replace(one, document_id=f"d{number:04}", url=f"{one.url}#{number}") for number, one in enumerate(records[::7])]
    plain = report("Four people were killed in Northvale.", url="https://example.org/report")
    pipeline.intake.ledger.add([*made, plain], (), pipeline.intake.now())
    found = [one.document for one in kept(pipeline.intake.ledger)]
    assert found[0].document_id == plain.document_id and len(found) == len(made) + 1
    order = [one.archive_sha256 for one in found[1:]]
    assert order == sorted(order) and len(set(order)) == 2
