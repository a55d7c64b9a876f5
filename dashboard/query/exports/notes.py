"""What a file says about itself: what its rows are, what was chosen, how to cite them, and what they must not be used for."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from dashboard.query.clauses import sentence
from dashboard.query.exports.selections import Download, is_narrowed
from dashboard.query.rules import applied
from dashboard.query.wording import Translate
from ingest.model.dictionary import PURPOSES

_NAMES: Final = ("Contents", "Citation", "Chosen", "One row", "Caveats", "Rules of the comparison", "Cells", "Licence", "Refresh")
_CITED: Final = "{title}: {rows} rows of {table}. Crosscount, snapshot {snapshot} of {moment}. {address}"
_CAVEATS: Final = {
    "figures": (
        "Rows are reported figures, not verified truth. Do not add them across sources; count voices by independence_group, and relays "
        "of one claim by claim_id. Cite the claimed source and the document of each row beside this collection.",
        "An empty value_high with interval_open_high true means at least.",
    ),
    "discrepancies": (
        "A verdict is a method, not a judgement of who is right. Columns ruling, ruling_code, ruled_by, ruled_at and ruling_reason are a "
        "person's word beside it, empty where nobody ruled. Cite both claimed sources and the documents of both figures.",
    ),
    "silence": ("Silence is not zero, and a source that could not be read here is not silent.",),
    "series": ("A difference is derived only within one series of one voice. Days without a claim are not filled in.",),
}
_ALWAYS: Final = "Nothing is summed across sources, nothing is filled in, and no number is called the true one."
_CELLS: Final = (
    "Times are UTC in ISO 8601; dates are days in the time zone of the crisis. A list is one cell, joined by “;”. An empty cell means not "
    "stated, which is not zero. In CSV and sheets an apostrophe stands before text that a spreadsheet would take for a formula."
)
_LICENCE: Final = "Each source keeps its own terms: see licence and redistribution in the table of sources (/export/sources.csv)."
_REFRESH: Final = "This address gives the same question's answer anew: {address}"
_EVERYTHING: Final = "everything"
_WHOLE: Final = "the whole table: no filter narrows it"
_ANEW: Final = "These are not the published verdicts: {n} claims were compared anew with changed rules: {changes}."
_CHANGE: Final = "{name} = {now} (published with {published})"
_TOO_MANY: Final = "Changed rules were not applied: the filters leave {n} claims, more than are compared anew."
_SINCE: Final = "Verdicts reached since, on figures known then: the filters leave {n} claims, more than are compared anew."
_BY: Final = "Rules {version}, as at the end of each row's rule column."

TEXTS: Final = (
    *_NAMES,
    *(text for texts in _CAVEATS.values() for text in texts),
    *(_CITED, _ALWAYS, _CELLS, _LICENCE, _REFRESH, _EVERYTHING, _WHOLE, _ANEW, _CHANGE, _TOO_MANY, _SINCE, _BY),
    *PURPOSES.values(),
)
"""Every English text this module hands to `translate`."""


@dataclass(frozen=True, slots=True)
class About:
    """`citation` is one line; `lines` are (what it is about, text), the citation among them."""

    citation: str
    lines: tuple[tuple[str, str], ...]

    def text(self) -> str:
        """All of it as plain text."""
        return "\n\n".join(f"{name}: {said}" for name, said in self.lines) + "\n"


def about(download: Download) -> About:
    """What the file says about itself, in the reader's language."""
    cited = _citation(download)
    said = download.translate
    lines = (
        (_NAMES[0], f"{download.title} · {download.table}"),
        (_NAMES[1], cited),
        (_NAMES[2], chosen(download)),
        (_NAMES[3], said(PURPOSES[download.table])),
        (_NAMES[4], " ".join(map(said, (*_CAVEATS.get(download.table, ()), _ALWAYS)))),
        (_NAMES[5], " ".join(_rules(download, said)) if download.table == "discrepancies" else ""),
        (_NAMES[6], said(_CELLS)),
        (_NAMES[7], said(_LICENCE)),
        (_NAMES[8], said(_REFRESH).format(address=download.address) if download.address else ""),
    )
    return About(cited, tuple((said(name), text) for name, text in lines if text))


def chosen(download: Download) -> str:
    """Which rows, in words."""
    if not is_narrowed(download.table):
        return download.translate(_WHOLE)
    return sentence(download.db, download.filters, download.translate) or download.translate(_EVERYTHING)


def _citation(download: Download) -> str:
    db = download.db
    return (
        download.translate(_CITED)
        .format(
            title=download.title,
            rows=f"{download.rows:,}",
            table=download.table,
            snapshot=db.id,
            moment=f"{db.published_at:%Y-%m-%d %H:%M} UTC",
            address=download.address,
        )
        .strip()
    )


def _rules(download: Download, said: Translate) -> Iterator[str]:
    """Which rules of the comparison the verdicts were reached by."""
    found = applied(download.db, download.filters)
    yield said(_BY).format(version=found.rules.version)
    if found.too_many and not found.changes:
        yield said(_SINCE).format(n=f"{found.claims:,}")
    elif found.too_many:
        yield said(_TOO_MANY).format(n=f"{found.claims:,}")
    elif found.changes:
        changes = "; ".join(said(_CHANGE).format(name=one.name, now=one.now, published=one.published or "…") for one in found.changes)
        yield said(_ANEW).format(n=f"{found.claims:,}", changes=changes)
