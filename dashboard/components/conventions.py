"""Conventions of the comparison in words: what a rule is set to, and what it can be."""

from dashboard.components.words import Words
from ingest.compare.settings import Setting, settings


def convention(words: Words, name: str, written: str) -> str:
    """A value as people read it: the convention in words, numbers in the reader's digits, rows of a table one after the other."""
    if name == "household":
        return words("list.separator").join(_factor(words, row) for row in written.split(";") if row)
    said = settings()[name].choices.get(written)
    return words.digits(words.of(said)) if said else words.numerals(written)


def bounds(words: Words, setting: Setting) -> str:
    """From the least to the most a rule can be set to; empty where it is no number."""
    return words("method.range", low=amount(words, setting.low), high=amount(words, setting.high)) if setting.step else ""


def amount(words: Words, value: float) -> str:
    """A number with as many decimals as it has."""
    return words.numerals(f"{value:,g}" if value < 1e6 else f"{value:,.0f}")


def _factor(words: Words, row: str) -> str:
    """A row of the household table: whose it is, people per household, and the days, open ends left open."""
    whose, _, people = row.rpartition("=")
    source, _, days = whose.partition("@")
    first, _, last = days.partition("..")
    window = f" ({first or '…'} – {last or '…'})" if days else ""
    return words.numerals((f"{source}: " if source else "") + people.replace("-", "–") + window)
