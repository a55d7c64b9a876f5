"""Property tests: no deadline, since a busy machine is no failure, and the same examples on every run where `CI` is set.

What may take long begins first: at the end of a run of several workers it would be waited for by all others.

A job that a shell runs behind its prompt ignores Ctrl-C, and so would every program that it starts: tests that end one so would wait.
"""

import os
import signal

import pytest
from hypothesis import settings

settings.register_profile("crosscount", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("crosscount")

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests with a time limit of their own, longest first; the others as they were."""
    limits = {item: item.get_closest_marker("timeout") for item in items}
    items.sort(key=lambda item: -limit.args[0] if (limit := limits[item]) else 0)
