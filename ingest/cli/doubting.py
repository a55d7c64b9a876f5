"""What a person should look at: the figures of the ledger whose reading is not sure enough, with what was considered."""

import json
from collections.abc import Iterator

import click

from ingest.cli.frame import Session
from ingest.cli.options import JSON
from ingest.cli.wording import doubt_lines
from ingest.model.doubts import NEEDS_A_LOOK, needs_a_look, parted
from ingest.model.records import Figure
from ingest.model.vocabulary import DOUBTS
from ingest.pipeline.assembly import assembled
from ingest.store import Ledger


@click.command()
@click.option(
    "--below", type=click.FloatRange(0, 1), default=NEEDS_A_LOOK, show_default=True, help="List what has less confidence than this."
)
@JSON
@click.pass_obj
def doubts(session: Session, below: float, as_json: bool) -> None:
    """List the figures that need a look, the least sure first: their sentence, and for each doubt the values considered.

    A figure stands here while its confidence is low or a choice is open, and nobody has reviewed it. Nothing is changed.
    """
    with assembled(session.settings, session.now) as pipeline:
        listed = sorted(_unsure(pipeline.intake.ledger, pipeline.crisis.id, below), key=lambda one: (one.confidence, one.figure_id))
    if as_json:
        click.echo(json.dumps([_fields(one) for one in listed], ensure_ascii=False, indent=2))
        return
    click.echo("\n\n".join("\n".join(_lines(one)) for one in listed) or "No figure needs a look.")


def _unsure(ledger: Ledger, crisis: str, below: float) -> Iterator[Figure]:
    """What nobody has looked at and no later edition has replaced."""
    figures = list(ledger.figures(crisis))
    done = {entry.figure_id for entry in ledger.reviews()} | {figure.supersedes for figure in figures}
    return (one for one in figures if one.figure_id not in done and needs_a_look(one.confidence, one.doubts, below))


def _fields(figure: Figure) -> dict[str, object]:
    told = [parted(kept) for kept in figure.doubts]
    return {
        "figure_id": figure.figure_id,
        "confidence": figure.confidence,
        "metric": figure.metric,
        "value_text": figure.value_text,
        "quote": figure.quote,
        "publisher": figure.publisher,
        "claimed_source": figure.claimed_source,
        "url": figure.url,
        "doubts": [{"doubt": doubt, "column": DOUBTS[doubt].column, "candidates": candidates} for doubt, candidates in told],
    }


def _lines(figure: Figure) -> Iterator[str]:
    yield f"{figure.confidence:.2f}  {figure.metric} {figure.value_text or 'no number'}, by {figure.claimed_source}  ({figure.figure_id})"
    yield f"      “{' '.join(figure.quote.split())}”"
    yield from (f"      {line}" for line in doubt_lines(figure))
