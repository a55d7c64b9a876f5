"""What people decide about discrepancies: who may, what a decision needs, and where it is kept.

A ruling stands beside the machine's verdict and never in its place: it is appended to the ledger with name, date and reason, and
says which verdict it was made about. A later ruling on the same pair counts instead of it; withdrawing is such a ruling.
"""

import ipaddress
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

import duckdb
import sqlalchemy as sa

from ingest.errors import ReviewRefused
from ingest.model import snapshot as layout
from ingest.model.failures import say
from ingest.model.refusals import Refusal
from ingest.model.vocabulary import Decision, DiscrepancyCode
from ingest.settings import Settings
from ingest.store import Ledger, RulingEntry

__all__ = ["CHOICES", "Asked", "Closed", "Pair", "RulingEntry", "Said", "closed", "published_pair", "rule", "rulings_on"]

LONGEST_NAME, LONGEST_REASON = 120, 4000  # characters
CHOICES: tuple[str, ...] = (
    *(str(one) for one in (Decision.AGREE, Decision.NOT_A_DISCREPANCY)),
    *(str(code) for code in DiscrepancyCode),
    str(Decision.WITHDRAWN),
)
"""What a person may answer: agree, no discrepancy, a code of one's own, or that the last ruling no longer stands."""


class Closed(StrEnum):
    """Why nobody can write a decision here."""

    OFF = "off"
    NOT_LOCAL = "not_local"
    ELSEWHERE = "elsewhere"
    NO_LEDGER = "no_ledger"
    READ_ONLY = "read_only"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two figures with the machine's verdict on them."""

    discrepancy_id: str
    figure_a: str
    figure_b: str
    code: str
    rule: str


@dataclass(frozen=True, slots=True)
class Asked:
    """Where a request came from: address of the peer, the `Host` and `Origin` it names, and whether a proxy passed it on."""

    address: str
    host: str
    origin: str = ""
    forwarded: bool = False

    @classmethod
    def of(cls, address: str | None, host: str, headers: Mapping[str, str]) -> "Asked":
        """What a request's own words and headers say."""
        forwarded = any(name in headers for name in ("Forwarded", "X-Forwarded-For", "X-Real-Ip"))
        return cls(address or "", host, headers.get("Origin", ""), forwarded)


@dataclass(frozen=True, slots=True)
class Said:
    """What a person answers: one of `CHOICES`, a name, and a reason."""

    choice: str
    by: str
    reason: str


def closed(settings: Settings, asked: Asked) -> Closed | None:
    """Why this request may not write a decision; None where it may.

    A page of another site cannot write through a reader's browser: browsers name the site a request comes from in `Origin`.
    With `local` only whoever sits at this machine may write, under a name of this machine, so that neither a proxy nor another
    site's name for this address opens the way.
    """
    return _shut_out(settings.review, asked) or _closed_ledger(settings.database)


def sees_copies(settings: Settings, asked: Asked) -> bool:
    """Whether this request may have archived copies: whoever `settings.copies` says, and where that says nothing, whoever may rule.

    Nothing is written, so a ledger that cannot be is no reason against it.
    """
    return _shut_out(settings.copies or settings.review, asked) is None


def _shut_out(who: str, asked: Asked) -> Closed | None:
    """Why a request is none of those that a word of `REVIEWS` lets in; None where it is."""
    if who == "off":
        return Closed.OFF
    if asked.origin and urlsplit(asked.origin).netloc != asked.host:
        return Closed.ELSEWHERE
    here = _is_here(asked.address) and _is_here(urlsplit(f"//{asked.host}").hostname or "") and not asked.forwarded
    return Closed.NOT_LOCAL if who == "local" and not here else None


def _is_here(name: str) -> bool:
    try:
        return name == "localhost" or ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def _closed_ledger(database: str) -> Closed | None:
    """A ledger on a server is asked when it is written; a file must be there and writable, with its folder."""
    url = sa.make_url(database)
    if not url.drivername.startswith("sqlite"):
        return None
    path = Path(url.database or "")
    if not url.database or not path.is_file():
        return Closed.NO_LEDGER
    return None if os.access(path, os.W_OK) and os.access(path.parent, os.W_OK) else Closed.READ_ONLY


def published_pair(settings: Settings, discrepancy_id: str) -> Pair:
    """The pair of that identity in the current snapshot. Raises `ReviewRefused` where there is none."""
    folder = layout.current(settings.published / settings.crisis)
    if folder is not None:
        with duckdb.connect() as opened:
            path = layout.pattern(folder, "discrepancies")
            sql = "SELECT discrepancy_id, figure_a, figure_b, code, rule FROM read_parquet(?) WHERE discrepancy_id = ?"
            row = opened.execute(sql, [path, discrepancy_id]).fetchone()
        if row is not None:
            return Pair(*row)
    raise ReviewRefused(say(Refusal.NO_PAIR, wanted=repr(discrepancy_id)))


def rule(settings: Settings, pair: Pair, said: Said, now: datetime) -> RulingEntry:
    """Append a ruling on the pair and return it.

    Raises `ReviewRefused` where the answer, the name or the reason is missing or there is nothing to withdraw, `StoreError` where
    the ledger cannot be written.
    """
    by, reason = " ".join(said.by.split()), said.reason.strip()
    if said.choice not in CHOICES:
        raise ReviewRefused(say(Refusal.RULING_UNKNOWN, part=said.choice, wanted=", ".join(CHOICES)))
    for text, most, lacking, long in (
        (by, LONGEST_NAME, Refusal.RULING_NAMELESS, Refusal.LONG_NAME),
        (reason, LONGEST_REASON, Refusal.RULING_UNREASONED, Refusal.LONG_REASON),
    ):
        if not text:
            raise ReviewRefused(say(lacking))
        if len(text) > most:
            raise ReviewRefused(say(long, most=most))
    decision, code = _decided(said.choice, pair.code)
    with Ledger.open(settings.database) as ledger:
        given = ledger.rulings(pair.discrepancy_id)
        if decision is Decision.WITHDRAWN and (not given or given[-1].decision is Decision.WITHDRAWN):
            raise ReviewRefused(say(Refusal.NO_RULING))
        entry = RulingEntry(pair.discrepancy_id, pair.figure_a, pair.figure_b, decision, code, pair.code, pair.rule, by, reason, now)
        ledger.add_ruling(entry)
    return entry


def _decided(choice: str, machine: str) -> tuple[Decision, str]:
    """The decision and the person's code. Whoever names the machine's own code agrees with it."""
    if choice in (Decision.AGREE, machine):
        return Decision.AGREE, machine
    if choice in (Decision.NOT_A_DISCREPANCY, Decision.WITHDRAWN):
        return Decision(choice), ""
    return Decision.ANOTHER_CODE, choice


def rulings_on(settings: Settings, discrepancy_id: str) -> tuple[RulingEntry, ...]:
    """Every ruling the ledger holds on a pair, in the order given. Raises `StoreError` where it cannot be read."""
    with Ledger.open(settings.database) as ledger:
        return ledger.rulings(discrepancy_id)
