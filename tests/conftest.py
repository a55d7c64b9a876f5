"""Property tests: no deadline, since a busy machine is no failure, and the same examples on every run where `CI` is set."""

import os

from hypothesis import settings

settings.register_profile("crosscount", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("crosscount")
