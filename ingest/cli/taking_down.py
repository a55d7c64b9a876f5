"""Erasing a document for good: `takedown`."""

import click

from ingest.cli.correcting import note_of, said
from ingest.cli.frame import Session
from ingest.cli.progress import say
from ingest.errors import StoreError
from ingest.fetch.tombstones import Tombstones
from ingest.pipeline.assembly import assembled
from ingest.pipeline.backup import made
from ingest.pipeline.takedown import Plan, planned, take_down, tombstone, traces
from ingest.store.erasure import Extent

_BEYOND = (
    "Not reached: backups, other copies of the data folder, downloads that others took, what search engines and other sites hold, "
    "pictures, and lists of the source that name it again."
)


@click.command()
@click.argument("documents", nargs=-1, required=True, metavar="DOCUMENT...")
@said("reason", "Why, in English; it is published, so it repeats nothing of the text.")
@click.option("--by", required=True, help="Who orders it, by role or name, which is published.")
@click.option("--erase-address", is_flag=True, help="Also the address, where its own words say too much.")
@click.option("--erase-numbers", is_flag=True, help="Also the numbers read in it; else they stay in the history.")
@click.option("--dry-run", is_flag=True, help="Only say what would go.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def takedown(session: Session, /, documents: tuple[str, ...], by: str, **given: str | bool) -> None:
    """Erase documents, by identity or address, for good: text, title, sentences and archived bytes, here and in every snapshot.

    What stays says that something was here: identities, hashes, dates, the reason, and unless told otherwise address and numbers.
    Neither the same bytes nor another edition at the same address comes back.
    """
    extent = Extent(bool(given["erase_address"]), bool(given["erase_numbers"]))
    note = note_of(by, {name: str(text) for name, text in given.items()}, "reason")
    with assembled(session.settings, session.now) as pipeline:
        plan = planned(pipeline.intake.ledger, pipeline.archive, documents)
        stone = tombstone(plan, note, extent, session.now(), Tombstones(pipeline.archive.root).all())
        _tell(plan)
        if given["dry_run"]:
            say("Nothing was erased.")
            return
        if not given["yes"]:
            click.confirm("Erase this for good?", abort=True)
        take_down(pipeline, plan, stone, say)
        left = traces(session.settings, plan.words)
    click.echo(f"{stone.correction_id}: {len(plan.documents)} documents taken down.")
    say(_BEYOND)
    if backups := made(session.settings):
        named = _few(tuple(map(str, backups)))
        say(f"Backups made before hold it still: {named}. A restore of one here erases it again; delete the files and their copies.")
    if left:
        named = ", ".join(map(str, left[:10]))
        raise StoreError(f"Its words still stand in {len(left)} files: {named}; remove them by hand, or see what holds them there.")


def _tell(plan: Plan) -> None:
    for one in plan.documents:
        click.echo(f"{one.document_id} {one.published_at:%Y-%m-%d} {one.url or one.title}")
    click.echo(f"{plan.figures} figures lose their words; {len(plan.bodies)} files of the archive go; every snapshot is published again.")
    if plan.sharing:
        say(f"{len(plan.sharing)} other documents were read in the same bytes; they keep their texts alone: {_few(plan.sharing)}")
    if plan.elsewhere:
        say(f"The same words stand in {len(plan.elsewhere)} other documents, which are not touched; name them too: {_few(plan.elsewhere)}")
    if plan.packed:
        say(f"{len(plan.packed)} packed or drawn files of the archive hold its words inside, and go whole: {_few(plan.packed)}")
    if plan.unseen:
        say(
            f"{len(plan.unseen)} packed or drawn files of the archive (pictures, scans, what is locked, damaged or too large) could not be "
            f"looked into wholly; look into them yourself, they lie in `raw` under these names: {_few(plan.unseen)}"
        )


def _few(identities: tuple[str, ...]) -> str:
    return ", ".join(identities[:10]) + (f" and {len(identities) - 10} more" if len(identities) > 10 else "")
