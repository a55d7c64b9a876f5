"""`compare`: why figures differ or agree, those of a table or of the snapshot."""

import json
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from ingest.cli.exporting import OUT, PLAIN, current, deliver
from ingest.cli.frame import Session
from ingest.cli.options import COLUMNS, JSON
from ingest.cli.progress import say
from ingest.cli.unlisted import told, told_as_json
from ingest.compare import Rules
from ingest.compare.settings import changed, from_file, from_tables, of_crisis, shown, with_rules
from ingest.compare.settings import settings as rule_settings
from ingest.errors import UnreadableDocument
from ingest.model import snapshot as layout
from ingest.model.vocabulary import DISCREPANCY_CODES, Clock, DiscrepancyCode
from ingest.pipeline.assembly import assembled
from ingest.pipeline.hand_in import Given, HandIn
from ingest.pipeline.large import table_at
from ingest.pipeline.opening import crisis_of, gazetteer_of
from ingest.publish import exports
from ingest.publish.anew import Asked, Known, compared_anew, undocumented_anew, undocumented_in
from ingest.publish.anew import Given as FiguresGiven
from ingest.store.imported import Headings, read_mapping, shipped


def _assignment(typed: str) -> tuple[str, str]:
    name, equals, value = typed.partition("=")
    if not equals:
        raise click.BadParameter(f"{typed!r} sets nothing; write it like soft_share=0.3.")
    return name.strip(), value.strip()


def _list_rules(ctx: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked:
        rules = of_crisis(crisis_of(ctx.find_object(Session).settings))  # type: ignore[union-attr]  # every verb has a session
        for rule in rule_settings().values():
            click.echo(f"{rule.name} = {shown(rules, rule.name) or 'by the table of the crisis file'} ({rule.unit['en']})")
            click.echo(f"    {rule.label['en']}. {rule.meaning['en']}")
        ctx.exit()


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked for: a file of rules, single ones by name, and the day whose state of knowledge is compared."""

    file: Path | None = None
    given: Mapping[str, str] = field(default_factory=dict)
    known: Known | None = None

    def changed(self, rules: Rules) -> Rules:
        """Other rules with these on top."""
        return changed(rules if self.file is None else from_file(self.file, rules), self.given)


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
@COLUMNS
@OUT
@JSON
@click.option(
    "--rules",
    "rules_file",
    type=click.Path(dir_okay=False, path_type=Path),
    default=None,
    help="TOML file with [rules] and [[household_factor]], in place of what the crisis file sets.",
)
@click.option(
    "--set", "given", multiple=True, type=_assignment, metavar="RULE=VALUE", help="Change one rule, such as soft_share=0.3; --list-rules."
)
@click.option(
    "--as-known",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    default=None,
    metavar="DATE",
    help="Compare only what was known at the end of that day, in the crisis time zone.",
)
@click.option(
    "--clock",
    type=click.Choice([str(clock) for clock in Clock]),
    default=Clock.PUBLISHED.value,
    show_default=True,
    help="What was known: what was published by then, or what had been read here by then.",
)
@click.option(
    "--undocumented",
    is_flag=True,
    help="Tell, in place of the pairs, the least number of incidents that no source lists, with what must hold for it.",
)
@click.option("--list-rules", is_flag=True, is_eager=True, expose_value=False, callback=_list_rules, help="List the rules and end.")
@click.pass_obj
def compare(  # noqa: PLR0917  # click passes options by name
    session: Session,
    file: Path | None,
    columns: Path | None,
    out: Path | None,
    as_json: bool,
    rules_file: Path | None,
    given: tuple[tuple[str, str], ...],
    day: datetime | None,
    clock: str,
    undocumented: bool,
) -> None:
    """Say why figures differ or agree: those of FILE, or those of the current snapshot.

    FILE is a CSV or workbook in the published columns or with headings like theirs (date, source, measure, low, high, ...);
    `--columns` names a TOML file that says what other headings mean. Columns nobody knows are told and kept out.

    Prints a sentence for each pair; `--out` writes the whole table instead, as CSV, or JSON or Parquet by the file's ending. The
    rules are those of the crisis file unless changed here; every verdict's `rule` column ends with a digest of them.
    """
    if undocumented and out is not None:
        raise click.UsageError("--undocumented tells a few lines, not a table; leave --out away and send its output where you like.")
    headings = read_mapping(columns) if columns else shipped()
    known = Known(day.date(), Clock(clock)) if day else None
    with _found(session, file, headings, _Asked(rules_file, dict(given), known)) as found:
        if undocumented:
            incidents = undocumented_in(found) if isinstance(found, Path) else undocumented_anew(*found)
            click.echo((told_as_json if as_json else told)(incidents))
            return
        with _verdicts(found) as folder:
            _tell(folder, out, as_json)


def _tell(folder: Path, out: Path | None, as_json: bool) -> None:
    """Write the verdicts of a folder to the file, or to standard output."""
    if out is not None:
        form = out.suffix.removeprefix(".").lower()
        deliver(lambda target: PLAIN.get(form, exports.write_csv)(folder, "discrepancies", target), out, "discrepancies")
    elif as_json:
        deliver(lambda target: exports.write_json(folder, "discrepancies", target), None, "discrepancies")
    else:
        click.echo("\n".join(_sentences(folder)) or "No two figures are about the same thing.")


_Anew = tuple[FiguresGiven, Asked]


@contextmanager
def _found(session: Session, file: Path | None, headings: Headings, asked: _Asked) -> Iterator[Path | _Anew]:
    """A folder with the comparison, or figures and how they are to be compared: those of the table, of reports, or of the snapshot."""
    settings = session.settings
    if file is None:
        published_now = current(settings)
        if asked == _Asked():
            yield published_now
            return
        crisis = crisis_of(settings)
        published = from_tables(layout.manifest(published_now).rules, of_crisis(crisis), published_now.name)
        yield FiguresGiven.published(published_now), Asked(asked.changed(published), crisis, asked.known)
        return

    crisis = crisis_of(settings)
    rules, gazetteer = asked.changed(of_crisis(crisis)), gazetteer_of(settings, crisis)
    figures = table_at(file, (crisis, gazetteer), headings, now=session.now(), say=say)
    if figures is not None:
        yield FiguresGiven.alone(figures, crisis, gazetteer), Asked(rules, crisis, asked.known)
        return
    with tempfile.TemporaryDirectory(prefix="crosscount-") as folder, assembled(settings, session.now, Path(folder)) as opened:
        pipeline = replace(opened, crisis=with_rules(opened.crisis, rules))
        handed = HandIn(pipeline, Given(headings=headings), lambda _: None, say).path(file)
        if handed.refused:
            raise UnreadableDocument(handed.refused[0])
        whole = pipeline.publish().path
        yield (FiguresGiven.published(whole), Asked(rules, pipeline.crisis, asked.known)) if asked.known else whole


@contextmanager
def _verdicts(found: Path | _Anew) -> Iterator[Path]:
    """A folder with the verdicts, made for the time they are looked at where they are not there."""
    if isinstance(found, Path):
        yield found
        return
    with tempfile.TemporaryDirectory(prefix="crosscount-") as folder:
        given, asked = found
        compared_anew(given, Path(folder), asked)
        yield Path(folder)


def _sentences(folder: Path) -> Iterator[str]:
    """One line for each pair under the name of the verdict: contradictions first, the widest of each first."""
    with tempfile.TemporaryDirectory(prefix="crosscount-") as scratch:
        target = Path(scratch) / "discrepancies.json"
        exports.write_json(folder, "discrepancies", target)
        rows: list[dict[str, Any]] = json.loads(target.read_text(encoding="utf-8"))
    for row in sorted(rows, key=lambda row: (not row["severity"], -(row["ratio"] or 0), row["code"], row["discrepancy_id"])):
        yield f"{DISCREPANCY_CODES[DiscrepancyCode(row['code'])].en}: {row['sentence_en']}"
