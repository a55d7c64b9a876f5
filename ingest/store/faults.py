"""What a database complains about, as one sentence that names the ledger and says what to do."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from ingest.errors import StoreError
from ingest.model.failures import say
from ingest.model.unkept import Unkept

# SQLite's primary result codes, https://sqlite.org/rescode.html
_SQLITE = {
    sqlite3.SQLITE_FULL: Unkept.LEDGER_FULL,
    sqlite3.SQLITE_BUSY: Unkept.LEDGER_BUSY,
    sqlite3.SQLITE_LOCKED: Unkept.LEDGER_BUSY,
    sqlite3.SQLITE_READONLY: Unkept.LEDGER_CLOSED,
    sqlite3.SQLITE_CANTOPEN: Unkept.LEDGER_UNOPENED,
    sqlite3.SQLITE_NOTADB: Unkept.LEDGER_FOREIGN,
    sqlite3.SQLITE_CORRUPT: Unkept.LEDGER_DAMAGED,
    sqlite3.SQLITE_IOERR: Unkept.LEDGER_DISK,
}

# PostgreSQL's error classes and codes, https://www.postgresql.org/docs/current/errcodes-appendix.html; the longest match wins.
_POSTGRES = {
    "08": Unkept.LEDGER_AWAY,
    "57P": Unkept.LEDGER_DOWN,
    "28": Unkept.LEDGER_STRANGER,
    "3D000": Unkept.LEDGER_MISSING,
    "42501": Unkept.LEDGER_FORBIDDEN,
    "25006": Unkept.LEDGER_READ_ONLY,
    "53100": Unkept.LEDGER_SERVER_FULL,
    "53300": Unkept.LEDGER_CROWDED,
    "55P03": Unkept.LEDGER_BUSY,
    "40": Unkept.LEDGER_CHANGED,
}


@contextmanager
def sentences(ledger: str) -> Iterator[None]:
    """Turn what the database raises inside the block into a `StoreError` about the ledger so named."""
    try:
        yield
    except sa.exc.DBAPIError as error:
        raise StoreError(say(_cause(error), ledger=ledger, answer=_line(error.orig))) from error
    except sa.exc.StatementError as error:
        raise StoreError(say(Unkept.LEDGER_VALUE, ledger=ledger, answer=_line(error.orig or error))) from error
    except sa.exc.TimeoutError as error:
        raise StoreError(say(Unkept.LEDGER_READERS, ledger=ledger)) from error


def _cause(error: sa.exc.DBAPIError) -> Unkept:
    original = error.orig
    if isinstance(original, sqlite3.Error):
        code = getattr(original, "sqlite_errorcode", None)
        known = _SQLITE.get(code & 0xFF) if isinstance(code, int) else None
        return known or Unkept.LEDGER_BROKEN
    state = getattr(original, "sqlstate", None) or _state_in_words(str(original))
    matches = [prefix for prefix in _POSTGRES if state.startswith(prefix)]
    if matches:
        return _POSTGRES[max(matches, key=len)]
    if isinstance(error, sa.exc.OperationalError) and not state:
        return Unkept.LEDGER_UNREACHED
    return Unkept.LEDGER_SERVER_BROKEN


def _state_in_words(said: str) -> str:
    """The code of a refused connection, which the driver gives only in words."""
    words = {
        **{"starting up": "57P", "shutting down": "57P", "recovery mode": "57P", "too many clients": "53300"},
        **{"authentication": "28", 'role "': "28", 'database "': "3D000"},
    }
    about = [state for word, state in words.items() if word in said.partition("FATAL:")[2]]
    return about[0] if about else ""


def _line(error: object) -> str:
    """The first line of a message, which may go on with details for programmers."""
    return str(error).strip().partition("\n")[0].rstrip(".")
