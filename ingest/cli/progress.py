"""How far long work has come, on standard error: a bar for a person, a line now and then for a log."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from ingest.cli.logs import LOG

_LINE_EVERY = 5.0  # seconds between two lines where there is no terminal


@contextmanager
def progress(label: str, total: int | None) -> Iterator[Callable[[int], None]]:
    """Yield a function to call with the number of things just done. `total` is None where nobody knows it."""
    if sys.stderr.isatty() and total is not None:
        with click.progressbar(length=total, label=label, file=sys.stderr, show_pos=True) as bar:
            yield bar.update
        return
    done, told = 0, time.monotonic()

    def advance(count: int) -> None:
        nonlocal done, told
        done += count
        if time.monotonic() - told >= _LINE_EVERY:
            told = time.monotonic()
            say(f"{label}: {done}" + (f" of {total}" if total is not None else ""))

    yield advance


def say(line: str) -> None:
    """One line for the person, kept apart from what a script reads."""
    LOG.info("%s", line)
