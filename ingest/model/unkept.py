"""What of this installation keeps something from being read or kept: each cause with its one sentence.

They are said and heard by `ingest.model.failures`.
"""

from enum import StrEnum


class Unkept(StrEnum):
    """The causes, each with its sentence; `ledger` is its file or address without a password."""

    OTHER_WRITER = "Another crosscount is writing to {folder}; wait until it is done or stop it, then run this again"
    OTHER_MACHINE = (
        "Another crosscount, perhaps on another machine, is writing to the ledger {ledger}; wait until it is done or stop it, "
        "then run this again"
    )
    NO_PLACES = "The places {wanted} of crisis {crisis} are missing; bring them in with crosscount places fetch"
    NOT_ARCHIVED = "A report of {count} bytes could not be archived in {folder}: {how}"
    UNWRITTEN = "{name} cannot be written ({answer}); free some space or check its permissions"
    NO_EXCHANGES = "{name} cannot be read ({answer}); nothing was fetched here yet"
    ARCHIVE_DAMAGED = "{name} is damaged: its content is not what its name says; remove it and fetch it again"
    ARCHIVE_UNREAD = "{name} cannot be read ({answer}); fetch the report again"
    SNAPSHOT_NEWER = "{name} was written by a newer Crosscount; update this one to read it"
    SNAPSHOT_UNREAD = "{name} cannot be read ({answer}); publish again"
    SNAPSHOT_DAMAGED = "{name} is damaged ({answer}); remove the folder and publish again"
    LEDGER_NEWER = "The ledger {ledger} was written by a newer Crosscount (schema {revision}); update this program to open it"
    LEDGER_OTHER = (
        "The ledger {ledger} is not a ledger of Crosscount: it has a table {wanted} of something else; "
        "set CROSSCOUNT_DATABASE to another database"
    )
    # what databases complain about
    LEDGER_BUSY = "The ledger {ledger} is being written by another program; wait until it is done or stop it, then run this again"
    LEDGER_FULL = (
        "The ledger {ledger} cannot grow because the disk is full; free some space and run this again, what was stored before is intact"
    )
    LEDGER_CLOSED = "The ledger {ledger} cannot be written; make the file and its folder writable or set CROSSCOUNT_DATA to another folder"
    LEDGER_UNOPENED = "The ledger {ledger} cannot be opened; make its folder exist and writable or set CROSSCOUNT_DATA to another folder"
    LEDGER_FOREIGN = "The ledger {ledger} is not a ledger of Crosscount; move the file away or set CROSSCOUNT_DATABASE to another one"
    LEDGER_DAMAGED = "The ledger {ledger} is damaged; restore it from a backup, and check the disk"
    LEDGER_DISK = (
        "The ledger {ledger} cannot be read or written by the system; check that the disk is not full or failing, then run this again"
    )
    LEDGER_BROKEN = "The ledger {ledger} does not work ({answer}); check the file and the disk"
    LEDGER_AWAY = "The ledger {ledger} cannot be reached; check that the server runs and run this again"
    LEDGER_UNREACHED = (
        "The ledger {ledger} cannot be reached ({answer}); check that the server runs and that CROSSCOUNT_DATABASE is right, "
        "then run this again"
    )
    LEDGER_DOWN = "The ledger {ledger} cannot be reached: the server is shutting down or starting; run this again when it is up"
    LEDGER_STRANGER = "The ledger {ledger} refuses the user or password; correct CROSSCOUNT_DATABASE"
    LEDGER_MISSING = "The ledger {ledger} does not exist on the server; create the database or correct CROSSCOUNT_DATABASE"
    LEDGER_FORBIDDEN = "The ledger {ledger} may not be changed by this user; grant it the right to create and write tables"
    LEDGER_READ_ONLY = "The ledger {ledger} cannot be written; the server is read-only"
    LEDGER_SERVER_FULL = "The ledger {ledger} cannot grow because the server's disk is full; free some space there and run this again"
    LEDGER_CROWDED = "The ledger {ledger} has too many connections open; close some or raise the server's limit"
    LEDGER_CHANGED = "The ledger {ledger} was changed by another program at the same moment; run this again"
    LEDGER_SERVER_BROKEN = "The ledger {ledger} does not work ({answer}); check the server's log"
    LEDGER_VALUE = "The ledger {ledger} cannot store a value ({answer}); correct the row it was read from"
    LEDGER_READERS = "The ledger {ledger} has too many readers at once; run this again"
