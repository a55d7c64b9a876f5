"""The data dictionary as text, printed from the schema and the vocabulary so that it cannot drift from either.

`python -m ingest.model.dictionary > docs/data-dictionary.md` renews the tracked copy; a test keeps it equal.
"""

import sys
from collections.abc import Iterator, Mapping
from enum import StrEnum

from ingest.model import vocabulary
from ingest.model.schema import RULED, TABLES, Column

PURPOSES: Mapping[str, str] = {
    "figures": "One row is one claimed value, read in one document from one publisher. Rows are never merged or overwritten.",
    "documents": "One row is one report as it was read. The text itself stays in the archive.",
    "organisations": "Everybody who counts, claims, relays or publishes.",
    "sources": "One row is one connector: how it is doing, and what its figures cannot tell.",
    "discrepancies": "One row is one pair of figures with the verdict why they differ or agree. Sides a and b have no rank.",
    "rulings": "One row is one person's ruling on a discrepancy, beside the machine's verdict and never in its place. All are kept.",
    "corrections": "One row is one dated public note on figures or documents: a correction, a withdrawal, or one taken back. All are kept.",
    "incidents": "One row is one event that claims are about, whoever makes them. Only sure pairs are joined; spans are ranges of claims.",
    "incident_claims": "One row is one figure that is a claim about an incident.",
    "places": "The places figures are located in, with the divisions above them.",
    "runs": "One row is one run of ingest, refresh or publish.",
    "mandates": "One row is one metric that an organisation sets out to count in this crisis, as the crisis file says.",
    "silence": (
        "One row is one source, metric and day. Where no division is named it speaks for the whole crisis area; divisions have rows "
        "only where something was claimed about them, and `unspoken` says what holds in the others. What has no row is not its task."
    ),
    "series": (
        "One row is one claim in a series of one voice, or a value derived from two of them. Nothing is interpolated: days without a "
        "claim have no row, and a derived value needs two totals of one series."
    ),
    "relays": "One row is one publisher passing on the numbers of one source.",
    "behaviour": "One row is one organisation, measured against the other independent sources on the questions they share. It is no score "
    "and says nothing about who is right. A measure over fewer than five questions, or figures, is empty: too few to say.",
}
"""What one row of each published table is."""
_COLUMNS = ("| column | type | meaning | words | HXL |", "|---|---|---|---|---|")


def markdown() -> str:
    """The whole dictionary: every published table column by column, then every closed list of words."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "# Data dictionary"
    yield ""
    yield "Printed from `ingest/model/schema/` and `ingest/model/vocabulary/`; renew it with"
    yield "`python -m ingest.model.dictionary > docs/data-dictionary.md`."
    yield ""
    yield "Times are UTC in ISO 8601; dates are days in the crisis's own time zone. A list is one cell, joined by `;`."
    yield "An empty cell means “not stated”, which is neither zero nor “all”."
    for name, columns in TABLES.items():
        yield from _table(name, columns)
        if name == "discrepancies":
            yield from ("", "Exports and downloads have these columns behind them:", "", *_COLUMNS, *map(_row, RULED))
    yield ""
    yield "# Words"
    for name in dict.fromkeys(column.closed for columns in TABLES.values() for column in columns if column.closed):
        yield from _words(getattr(vocabulary, name))


def _table(name: str, columns: tuple[Column, ...]) -> Iterator[str]:
    yield from ("", f"## {name}", "", PURPOSES[name], "", *_COLUMNS, *map(_row, columns))


def _row(column: Column) -> str:
    words = f"[{column.closed}](#{column.closed.lower()})" if column.closed else ""
    return f"| `{column.name}` | {column.type} | {_cell(column.meaning)} | {words} | `{column.hxl}` |"


def _words(words: type[StrEnum]) -> Iterator[str]:
    terms = _terms(words)
    yield from ("", f"## {words.__name__}", "", _cell((words.__doc__ or "").splitlines()[0]), "")
    if not terms:
        yield ", ".join(f"`{word.value}`" for word in words)
        return
    yield from ("| value | English | Arabic | French | meaning |", "|---|---|---|---|---|")
    for word, term in terms.items():
        yield f"| `{word.value}` | {term.en} | {term.ar} | {term.fr} | {_cell(term.meaning)} |"


def _terms(words: type[StrEnum]) -> Mapping[StrEnum, vocabulary.Term]:
    """The table of labels kept beside a list of words; empty where the words need none."""
    for table in vars(vocabulary).values():
        if isinstance(table, dict) and table and all(isinstance(key, words) for key in table):
            return table
    return {}


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]  # a real stream when run as a program
    sys.stdout.write(markdown())
