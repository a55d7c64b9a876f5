"""Public notes after the fact: `correct`, `withdraw`, and `corrections`, which lists them and takes one back."""

import json
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import asdict
from typing import Any

import click

from ingest.cli.frame import Session
from ingest.cli.options import JSON
from ingest.cli.progress import say
from ingest.corrections import Named, Note
from ingest.corrections import correct as keep_correction
from ingest.corrections import take_back as keep_taken_back
from ingest.corrections import withdraw as keep_withdrawal
from ingest.errors import StoreError
from ingest.model.vocabulary import CORRECTION_KINDS
from ingest.pipeline.corrected import corrected, left_standing
from ingest.pipeline.lock import Writer
from ingest.pipeline.opening import crisis_of, gazetteer_of
from ingest.store import Correction, Ledger
from ingest.store.corrections import standing

_BY = click.option("--by", required=True, help="Who says so, by role or name, which is published with the note.")
_PUBLISHED_NEXT = "It is published with the next crosscount publish; crosscount corrections lists all."


def said(name: str, what: str) -> Callable[[Any], Any]:
    """The three options of a text for readers of three languages."""

    def options(command: Any) -> Any:
        for language, called in (("fr", "French"), ("ar", "Arabic")):
            command = click.option(f"--{name}-{language}", default="", help=f"The same in {called}.")(command)
        return click.option(f"--{name}", default="", help=what)(command)

    return options


def note_of(by: str, texts: Mapping[str, str], name: str) -> Note:
    """What was said in those options, and by whom. Raises `ReviewRefused` where words or a name are missing."""
    return Note(by, texts[name], texts[f"{name}_ar"], texts[f"{name}_fr"]).checked()


@click.command()
@click.argument("figures", nargs=-1, metavar="[FIGURE]...")
@click.option("--document", "documents", multiple=True, help="A document it is about, by identity or address; may be repeated.")
@click.option("--reads", "changes", multiple=True, metavar="COLUMN=VALUE", help="What one figure says instead; may be repeated.")
@click.option("--replaced-by", "replacements", multiple=True, help="A figure that stands in place of those; may be repeated.")
@said("note", "What is to be known, in English.")
@_BY
@click.pass_obj
def correct(session: Session, /, by: str, **given: Any) -> None:
    """Write a dated public note on figures, or on every figure of a document. No figure is changed by it.

    With `--reads value_best=12` one figure is also read anew, as a row of its own that takes its place and that the note names;
    the report must bear it out, and the old row stays in the history. Parts of the old row go on naming that one, which is told.
    """
    note, figures, replacements = note_of(by, given, "note"), given["figures"], given["replacements"]
    with Ledger.open(session.settings.database) as ledger:
        if given["changes"]:
            replacements = (*replacements, _read_anew(session, ledger, figures, given["changes"]))
        entry = keep_correction(ledger, Named(figures, given["documents"], replacements), note, session.now())
    _tell(entry)
    if entry.replacements:
        click.echo(f"    in its place stands {', '.join(entry.replacements)}")
    say(_PUBLISHED_NEXT)


def _read_anew(session: Session, ledger: Ledger, figures: tuple[str, ...], changes: tuple[str, ...]) -> str:
    """Keep the reading a person makes of one figure, and return its identity."""
    if len(figures) != 1 or not all("=" in one for one in changes):
        raise click.UsageError("--reads takes COLUMN=VALUE, and is for one figure at a time.")
    old = ledger.figure(figures[0])
    document = ledger.document(old.document_id) if old else None
    if old is None or document is None:
        raise StoreError(f"The figure {figures[0]!r} is not in this ledger; check its identity, or CROSSCOUNT_DATABASE.")
    gazetteer = gazetteer_of(session.settings, crisis_of(session.settings))
    new = corrected(old, document, dict(one.split("=", 1) for one in changes), gazetteer)
    with closing(Writer(session.settings)) as writer, writer.turn():
        ledger.add((), (new,), session.now())
    parts = [one.figure_id for one in left_standing(ledger.figures_of(old.document_id)) if one.parent_figure_id == old.figure_id]
    if parts:
        say(f"{len(parts)} figures are told as parts of {old.figure_id} and go on naming it, not the new row: {', '.join(parts)}.")
    return new.figure_id


@click.command()
@click.argument("documents", nargs=-1, required=True, metavar="DOCUMENT...")
@said("reason", "Why, in English: who took it back, and what they said.")
@_BY
@click.pass_obj
def withdraw(session: Session, /, documents: tuple[str, ...], by: str, **texts: str) -> None:
    """Mark documents, by identity or address, that their publisher took back. Their figures count no longer, and stay in the history.

    An address that is only gone is no withdrawal; it is marked by itself. `crosscount corrections take-back` undoes it.
    """
    with Ledger.open(session.settings.database) as ledger:
        entry = keep_withdrawal(ledger, documents, note_of(by, texts, "reason"), session.now())
    _tell(entry)
    say(_PUBLISHED_NEXT)


@click.group(invoke_without_command=True)
@JSON
@click.pass_context
def corrections(context: click.Context, as_json: bool) -> None:
    """List the public notes on figures and documents, oldest first."""
    if context.invoked_subcommand is not None:
        return
    with Ledger.open(context.obj.settings.database) as ledger:
        given = ledger.corrections()
    stand = {one.correction_id for one in standing(given)}
    if as_json:
        click.echo(json.dumps([_fields(one, one.correction_id in stand) for one in given], ensure_ascii=False, indent=2))
        return
    for one in given:
        _tell(one, "" if one.correction_id in stand else f" (takes back {one.takes_back})" if one.takes_back else " (taken back)")
    if not given:
        click.echo("Nobody has written a note.")


@corrections.command()
@click.argument("correction_id", metavar="NOTE")
@said("note", "Why it is taken back, in English.")
@_BY
@click.pass_obj
def take_back(session: Session, /, correction_id: str, by: str, **texts: str) -> None:
    """Take a note back, also a withdrawal: what it marked is as before. Both notes stay in the list."""
    with Ledger.open(session.settings.database) as ledger:
        entry = keep_taken_back(ledger, correction_id, note_of(by, texts, "note"), session.now())
    _tell(entry, f" (takes back {correction_id})")
    say(_PUBLISHED_NEXT)


def _tell(one: Correction, aside: str = "") -> None:
    about = ", ".join((*one.figures, *one.documents))
    click.echo(
        f"{one.correction_id} {one.written_at:%Y-%m-%d %H:%M} {CORRECTION_KINDS[one.kind].en.lower()} of {about} by {one.written_by}{aside}"
    )
    for text in filter(None, one.notes):
        click.echo(f"    {text}")


def _fields(one: Correction, stands: bool) -> dict[str, object]:
    notes = dict(zip(("note_en", "note_ar", "note_fr"), one.notes, strict=True))
    told = {name: value for name, value in asdict(one).items() if name != "notes"}
    return {
        "correction_id": one.correction_id,
        **told,
        **notes,
        "written_at": one.written_at.isoformat(timespec="seconds"),
        "standing": stands,
    }
