"""Which numbers of a table are parts of others: rows that add up to a total row, columns of groups to a column of all."""

from dataclasses import dataclass

from ingest.extract.people.quantity import Quantity
from ingest.model.vocabulary import PartOf


@dataclass(frozen=True, slots=True)
class Told:
    """One number of a table at its row and column of the body.

    `total_row` and `total_column` say that its label or head calls it a total, `whole` that its head names no group.
    """

    row: int
    column: int
    quantity: Quantity
    total_row: bool
    total_column: bool
    whole: bool


def link_sums(told: list[Told]) -> None:
    """Makes the numbers that add up to a total row or column its parts; `of which` makes the next column a part of the one before."""
    _link_rows(told)
    _link_columns(told)


def _link_rows(told: list[Told]) -> None:
    """Within a row: a total and the groups it is made of."""
    rows: dict[int, list[Told]] = {}
    for one in told:
        rows.setdefault(one.row, []).append(one)
    for row in rows.values():
        for total in (one for one in row if one.total_column or one.whole):
            others = [one for one in row if _alike(one, total) and one.quantity.parent is None and one.whole <= total.total_column]
            whole = total.quantity
            if len(others) > 1 and sum(one.quantity.amount for one in others) == whole.amount:
                _make_parts(whole, others)
                continue
            for one in others:
                if not one.whole and one.column > total.column and one.quantity.amount <= whole.amount:
                    one.quantity.parent, one.quantity.part_of = whole, PartOf.SUBSET


def _link_columns(told: list[Told]) -> None:
    """Down a column: a total row and the rows above it, or the subtotals above it."""
    columns: dict[int, list[Told]] = {}
    for one in told:
        columns.setdefault(one.column, []).append(one)
    for column in columns.values():
        waiting: list[Told] = []
        sums: list[Told] = []
        for one in column:
            if not one.total_row:
                waiting.append(one)
                continue
            for parts in (waiting, sums):
                free = [part for part in parts if _alike(part, one)]
                if len(free) > 1 and sum(part.quantity.amount for part in free) == one.quantity.amount:
                    _make_parts(one.quantity, [part for part in free if part.quantity.parent is None])
                    break
            waiting = []
            sums.append(one)


def _make_parts(whole: Quantity, parts: list[Told]) -> None:
    whole.parts_complete = True
    for part in parts:
        part.quantity.parent, part.quantity.part_of = whole, PartOf.PARTITION


def _alike(one: Told, other: Told) -> bool:
    first, second = one.quantity, other.quantity
    return one is not other and first.metric is second.metric and first.household == second.household
