"""What a database complains about, as one sentence that names the ledger and says what to do."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from ingest.errors import StoreError

# SQLite's primary result codes, https://sqlite.org/rescode.html
_SQLITE = {
    sqlite3.SQLITE_FULL: "cannot grow because the disk is full; free some space and run this again, what was stored before is intact",
    sqlite3.SQLITE_BUSY: "is being written by another program; wait until it is done or stop it, then run this again",
    sqlite3.SQLITE_LOCKED: "is being written by another program; wait until it is done or stop it, then run this again",
    sqlite3.SQLITE_READONLY: "cannot be written; make the file and its folder writable or set CROSSCOUNT_DATA to another folder",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened; make its folder exist and writable or set CROSSCOUNT_DATA to another folder",
    sqlite3.SQLITE_NOTADB: "is not a ledger of Crosscount; move the file away or set CROSSCOUNT_DATABASE to another one",
    sqlite3.SQLITE_CORRUPT: "is damaged; restore it from a backup, and check the disk",
    sqlite3.SQLITE_IOERR: "cannot be read or written by the system; check that the disk is not full or failing, then run this again",
}

# PostgreSQL's error classes and codes, https://www.postgresql.org/docs/current/errcodes-appendix.html; the longest match wins.
_POSTGRES = {
    "08": "cannot be reached; check that the server runs and run this again",
    "57P": "cannot be reached: the server is shutting down or starting; run this again when it is up",
    "28": "refuses the user or password; correct CROSSCOUNT_DATABASE",
    "3D000": "does not exist on the server; create the database or correct CROSSCOUNT_DATABASE",
    "42501": "may not be changed by this user; grant it the right to create and write tables",
    "25006": "cannot be written; the server is read-only",
    "53100": "cannot grow because the server's disk is full; free some space there and run this again",
    "53300": "has too many connections open; close some or raise the server's limit",
    "55P03": "is being written by another program; wait until it is done or stop it, then run this again",
    "40": "was changed by another program at the same moment; run this again",
}
_UNREACHABLE = "check that the server runs and that CROSSCOUNT_DATABASE is right, then run this again"


@contextmanager
def sentences(ledger: str) -> Iterator[None]:
    """Turn what the database raises inside the block into a `StoreError` about the ledger so named."""
    try:
        yield
    except sa.exc.DBAPIError as error:
        raise StoreError(f"The ledger {ledger} {_cause(error)}.") from error
    except sa.exc.StatementError as error:
        raise StoreError(
            f"The ledger {ledger} cannot store a value ({_line(error.orig or error)}); correct the row it was read from."
        ) from error
    except sa.exc.TimeoutError as error:
        raise StoreError(f"The ledger {ledger} has too many readers at once; run this again.") from error


def _cause(error: sa.exc.DBAPIError) -> str:
    original = error.orig
    if isinstance(original, sqlite3.Error):
        code = getattr(original, "sqlite_errorcode", None)
        known = _SQLITE.get(code & 0xFF) if isinstance(code, int) else None
        return known or f"does not work ({_line(original)}); check the file and the disk"
    state = getattr(original, "sqlstate", None) or _state_in_words(str(original))
    matches = [prefix for prefix in _POSTGRES if state.startswith(prefix)]
    if matches:
        return _POSTGRES[max(matches, key=len)]
    if isinstance(error, sa.exc.OperationalError) and not state:
        return f"cannot be reached ({_line(original)}); {_UNREACHABLE}"
    return f"does not work ({_line(original)}); check the server's log"


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
