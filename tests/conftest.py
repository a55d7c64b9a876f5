"""Property tests: no deadline, since a busy machine is no failure, and the same examples on every run where `CI` is set.

What may take long begins first: at the end of a run of several workers it would be waited for by all others.
"""

import os

import pytest
from hypothesis import settings

settings.register_profile("crosscount", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("crosscount")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests with a time limit of their own, longest first; the others as they were."""
    limits = {item: item.get_closest_marker("timeout") for item in items}
    items.sort(key=lambda item: -limit.args[0] if (limit := limits[item]) else 0)
