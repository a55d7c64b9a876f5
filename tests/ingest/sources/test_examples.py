"""Every source against its example: what it yields is complete, can be derived again, and every figure maps."""

from typing import Any

import pytest

from ingest import settings
from ingest.extract import Reader, read
from ingest.fetch.archive import Archive
from ingest.model.crisis import Crisis
from ingest.model.records import Complete, Document, Figure, Record, Table
from ingest.pipeline.opening import crisis_of, gazetteer_of
from ingest.pipeline.statements import figures_of
from ingest.pipeline.tables import Reading, figures_of_table
from ingest.pipeline.verify import verified
from ingest.sources.registry import all_sources
from ingest.text import read as text_of

SOURCES = all_sources()


@pytest.fixture(scope="module")
def crisis() -> Crisis:
    """The crisis that comes with the program."""
    return crisis_of(settings.load({}))


@pytest.fixture(scope="module")
def reader(crisis: Crisis) -> Reader:
    """Its reader of figures."""
    return Reader.for_crisis(crisis, gazetteer_of(settings.load({}), crisis))


@pytest.mark.parametrize("name", SOURCES)
def test_an_example_is_read_to_figures_that_map(name: str, web: Any, ask: Any, crisis: Crisis, reader: Reader) -> None:
    """As many documents and figures as the example says, under its publishers, each figure standing in its document."""
    example = web.serve_example(name)
    gives = example["gives"]
    fetched = SOURCES[name].fetch(ask(options=example.get("options", {}), keys=example.get("keys", {})))
    yielded = [one for one in fetched if not isinstance(one, Complete)]
    taken = [_read(one, ask.archive, crisis, reader, source=name) for one in yielded]
    documents = [document for document, _ in taken]
    figures = [figure for _, found in taken for figure in found]
    assert all(verified(figure, document) is None for document, found in taken for figure in found)

    assert len(documents) == gives["documents"], ask.told
    assert sorted({document.publisher for document in documents}) == gives["publishers"]
    for document in documents:
        assert document.source == name
        assert document.published_at.tzinfo
        assert document.title and document.citation
        assert ask.archive.has(document.archive_sha256)
    said = [f"{figure.metric} {_value(figure)}" for figure in figures]
    assert [wanted for wanted in gives["figures"] if wanted not in said] == [], said


@pytest.mark.parametrize("name", [name for name in SOURCES if SOURCES[name].INFO.publisher])
def test_a_publisher_is_an_organisation_somebody_described(name: str, crisis: Crisis) -> None:
    """Its figures would otherwise stand on the charts under a bare identity."""
    assert SOURCES[name].INFO.publisher in crisis.organisations


def _read(
    yielded: Document | Record | Table, archive: Archive, crisis: Crisis, reader: Reader, *, source: str
) -> tuple[Document, list[Figure]]:
    """What a source yields as a document and its figures; the text of a report or record is read from the archived bytes again."""
    if isinstance(yielded, Table):
        ((document, figures, rejections),) = figures_of_table(yielded, Reading(crisis, reader.gazetteer, source, print))
        assert not rejections
        return document, figures
    document = yielded if isinstance(yielded, Document) else yielded.document
    assert text_of(archive.get(document.archive_sha256), document.media_type, document.url).text == document.text
    if isinstance(yielded, Document):
        return document, [reading.figure for reading in read(document, reader)]
    figures, rejections = figures_of(yielded, crisis, reader.gazetteer)
    assert not rejections
    return document, figures


def _value(figure: Figure) -> str:
    """The value as the examples write it: `12`, or `12-99` where only bounds are known."""
    low, high = ("" if bound is None else bound for bound in (figure.value_low, figure.value_high))
    return f"{low}-{high}" if figure.value_best is None else str(figure.value_best)
