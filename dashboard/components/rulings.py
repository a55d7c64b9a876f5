"""What people said of a machine's verdict, with name, date and reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Any

from dash.development.base_component import Component

from dashboard.components.elements import html
from dashboard.components.words import Words
from ingest.model.vocabulary import DECISIONS, DISCREPANCY_CODES, Decision, DiscrepancyCode


@dataclass(frozen=True, slots=True)
class Ruling:
    """One ruling as it is shown. `at` is a moment in UTC; what the machine said is empty where only the ruling is shown."""

    decision: str
    code: str
    by: str
    reason: str
    at: datetime
    machine_code: str = ""
    machine_rule: str = ""


def beside(row: Any) -> Ruling:
    """The ruling in the columns `RULED` of a discrepancy."""
    return Ruling(row["ruling"], row["ruling_code"], row["ruled_by"], row["ruling_reason"], row["ruled_at"])


def ruled(ruling: Ruling, words: Words, zone: tzinfo) -> list[Component]:
    """A ruling in a line: what, who, when, why."""
    said = words.term(DECISIONS[Decision(ruling.decision)])
    if ruling.decision == Decision.ANOTHER_CODE:
        said = words("ruling.another", code=_code(ruling.code, words))
    moment = words.moment(ruling.at if ruling.at.tzinfo else ruling.at.replace(tzinfo=UTC), zone)
    return [html.Strong(said), html.Span([html.Bdi(ruling.by), words("list.separator"), moment]), html.Span(html.Bdi(ruling.reason))]


def history(rulings: Sequence[Ruling], words: Words, zone: tzinfo) -> Component:
    """Every ruling on a pair, oldest first, each with the verdict it was made about."""
    if not rulings:
        return html.P(words("ruling.none"), className="note")
    entries = [
        html.Li(
            [
                html.P(ruled(one, words, zone), className="under ruled"),
                html.P(words("ruling.about", code=_code(one.machine_code, words), rule=one.machine_rule), className="note"),
            ]
        )
        for one in rulings
    ]
    return html.Ol(entries, className="rulings-list")


def _code(code: str, words: Words) -> str:
    return words.term(DISCREPANCY_CODES[DiscrepancyCode(code)])
