"""The reader of an invented country, and its readings."""

import pytest

from ingest.extract import Reader, read
from ingest.model.records import Figure
from tests.quality.exland import document, make_reader


@pytest.fixture(scope="session")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """The reader of Exland."""
    return make_reader(tmp_path_factory.mktemp("exland"))


@pytest.fixture
def figures(reader: Reader):
    """Reads a text as a report and gives its figures."""

    def reading(text: str, **about: object) -> tuple[Figure, ...]:
        return tuple(r.figure for r in read(document(text, **about), reader))  # type: ignore[arg-type]

    return reading
