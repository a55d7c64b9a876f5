"""A person's word on a verdict: `rule` appends it to the ledger, beside what the machine says."""

import click

from ingest.cli.frame import Session
from ingest.cli.progress import say
from ingest.model.vocabulary import DECISIONS, DISCREPANCY_CODES, DiscrepancyCode
from ingest.review import CHOICES, Said, published_pair
from ingest.review import rule as keep


@click.command()
@click.argument("discrepancy_id")
@click.option(
    "--code",
    "choice",
    type=click.Choice(CHOICES),
    required=True,
    metavar="ANSWER",
    help=f"What you make of it, one of: {', '.join(CHOICES)}.",
)
@click.option("--by", required=True, help="Your name, which is published with the ruling.")
@click.option("--reason", required=True, help="Why, in your words.")
@click.pass_obj
def rule(session: Session, discrepancy_id: str, choice: str, by: str, reason: str) -> None:
    """Rule on the discrepancy of that identity, as published: agree, name another reason, or say that it is none.

    The machine's verdict stays as it is; the ruling is published beside it, with name, date and reason. A later ruling on the same
    pair counts in place of an earlier one, and `--code withdrawn` takes one back; all are kept.
    """
    pair = published_pair(session.settings, discrepancy_id)
    entry = keep(session.settings, pair, Said(choice, by, reason), session.now())
    machine = DISCREPANCY_CODES[DiscrepancyCode(pair.code)].en
    click.echo(f"{discrepancy_id}: the machine says {machine!r}; {entry.ruled_by} says {DECISIONS[entry.decision].en!r}.")
    say("It is published with the next crosscount publish; crosscount export rulings lists all.")
