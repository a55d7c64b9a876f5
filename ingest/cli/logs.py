"""What the program says while it works, on standard error: sentences for people, or one JSON object a line for machines.

A line holds no secret (values of keys, tokens and passwords are starred out) and no text of a report: it is cut short, and of an
exception it tells the kind and the places in the program, not the words.
"""

import json
import logging
import re
import traceback
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from urllib.parse import urlsplit

import click

FORMATS = ("plain", "json")
LOG = logging.getLogger("crosscount")
EVENTS = logging.getLogger("crosscount.events")  # for machines alone: people are told the same in a sentence
_SECRET = re.compile(r"(KEY|TOKEN|PASSWORD|SECRET|IDENTIFIER|USERNAME|CLIENT_ID|APPNAME)$")
_SHORTEST = 4  # characters of a secret: a shorter one would star out half of every line
_LONGEST = 500  # characters of a line's sentence

_hidden: set[str] = set()


def begin(form: str) -> None:
    """Write in this form from now on, one of `FORMATS`."""
    handler, root = _StandardError(), logging.getLogger()
    handler.setFormatter(_Json() if form == "json" else _Plain())
    for former in [one for one in root.handlers if isinstance(one, _StandardError)]:
        root.removeHandler(former)
    root.addHandler(handler)
    LOG.setLevel(logging.INFO)
    EVENTS.setLevel(logging.INFO if form == "json" else logging.WARNING)
    logging.getLogger("requests_hardened").setLevel(logging.CRITICAL)  # what it refuses is told as a sentence of ours
    # The server counts its threads as busy until each has begun, so it told of a queue that was none; how long answers take is measured.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)


def hide(settings: Mapping[str, str]) -> None:
    """Star out what is secret among these settings, wherever it would be written."""
    found = {value for name, value in settings.items() if _SECRET.search(name.upper())}
    found |= {urlsplit(value).password or "" for name, value in settings.items() if name.upper() == "CROSSCOUNT_DATABASE"}
    _hidden.update(value for value in found if len(value) >= _SHORTEST)


def _without_secrets(line: str) -> str:
    for secret in sorted(_hidden, key=len, reverse=True):
        line = line.replace(secret, "***")
    return line


class _StandardError(logging.Handler):
    """Standard error as it is at that moment."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line."""
        click.echo(self.format(record), err=True)


class _Plain(logging.Formatter):
    """The sentence, and the traceback of what was not expected."""

    def format(self, record: logging.LogRecord) -> str:
        """Whole, for the person at the keyboard."""
        return _without_secrets(super().format(record))


class _Json(logging.Formatter):
    """One object a line: `time` (UTC), `level`, `about`, `message`, and whatever the record has in `fields`."""

    def format(self, record: logging.LogRecord) -> str:
        """As one line."""
        told: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "about": record.name,
            "message": record.getMessage()[:_LONGEST],
            **getattr(record, "fields", {}),
        }
        if record.exc_info and record.exc_info[1] is not None:
            told["error"] = type(record.exc_info[1]).__name__
            told["where"] = list(_places(traceback.extract_tb(record.exc_info[2])))
        return _without_secrets(json.dumps(told, ensure_ascii=False))


def _places(frames: Iterable[traceback.FrameSummary]) -> Iterable[str]:
    return (f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames)
