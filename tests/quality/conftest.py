"""The reader of the invented country."""

import pytest

from ingest.extract import Reader
from tests.quality.exland import make_reader


@pytest.fixture(scope="session")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """The reader of Exland."""
    return make_reader(tmp_path_factory.mktemp("exland"))
