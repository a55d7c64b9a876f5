"""Reading texts without keeping anything: `extract` for scripts, `explain` for people. Imports no database and no frames."""

import json
import sys
from datetime import datetime

import click

from ingest.cli.cluster import answers_on_cluster
from ingest.cli.extraction import answers, document_of, figure_fields
from ingest.cli.frame import Session
from ingest.cli.options import JSON, LANGUAGE, PUBLISHED, PUBLISHER
from ingest.cli.progress import progress, say
from ingest.cli.wording import doubt_lines
from ingest.errors import SettingsError, UnreadableDocument
from ingest.extract import Reader, numbered
from ingest.extract.explain import trace
from ingest.model.records import Document, Reading
from ingest.pipeline.opening import reader_of
from ingest.settings import Settings


@click.command()
@click.option("--jsonl", is_flag=True, help="One JSON object a line, in and out; the only form there is.")
@click.option("--jobs", type=click.IntRange(min=1), default=1, show_default=True, help="Processes to read with.")
@click.option("--dask", "address", default="", metavar="ADDRESS", help="Read on the workers of the Dask scheduler at this address.")
@click.pass_obj
def extract(session: Session, jsonl: bool, jobs: int, address: str) -> None:
    """Read documents from standard input and write their figures to standard output, in the same order.

    Each line is a JSON object with "id" and "text", and where known "title", "lang", "publisher", "published" and "url".
    "On Friday" is resolved against "published", and against today where that is missing. A line that cannot be read is
    answered with an "error", and the exit code is then 4.
    """
    del jsonl
    if address and jobs != 1:
        raise click.UsageError("--jobs is for this machine; the cluster behind --dask has its own number of workers.")
    failed = 0
    with progress("documents read", None) as advance:
        lines = (line for line in sys.stdin.buffer if line.strip())
        now = session.now()
        found = answers_on_cluster(lines, session.settings, now, address) if address else answers(lines, session.settings, now, jobs)
        for answer in found:
            failed += answer.failed
            sys.stdout.buffer.write(answer.line)
            advance(1)
    sys.stdout.flush()
    if failed:
        raise UnreadableDocument(f"{failed} of the lines could not be read; the answer to each says why.")


@click.command()
@click.argument("text")
@PUBLISHER
@LANGUAGE
@PUBLISHED
@click.option("--second", is_flag=True, help="Ask the configured second reader too, and show where it differs.")
@JSON
@click.pass_obj
def explain(  # noqa: PLR0917  # click passes options by name
    session: Session, text: str, publisher: str, language: str, published: datetime | None, second: bool, as_json: bool
) -> None:
    """Show how each figure of TEXT is read, step by step; `-` reads the text from standard input."""
    if text == "-":
        text = sys.stdin.buffer.read().decode("utf-8", "replace")
    reader = reader_of(session.settings)
    row = {"id": "text", "text": text, "lang": language, "publisher": publisher}
    document = document_of(row, reader, published or session.now())
    readings = trace(document, reader)
    if second:
        readings = _looked_at_again(document, readings, session.settings, reader)
    if as_json:
        told = [{**fields, "steps": _steps(one)} for fields, one in zip(figure_fields(readings, reader), numbered(readings), strict=True)]
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    click.echo("\n\n".join(_paragraph(document, one) for one in readings) or "No figure is read in this text.")


def _looked_at_again(document: Document, readings: tuple[Reading, ...], settings: Settings, reader: Reader) -> tuple[Reading, ...]:
    """The readings with what the second reader sees otherwise, and its own behind them. Raises `SettingsError` where there is none."""
    # The client, and with it a third of a second of imports, is wanted only here.
    from ingest.pipeline.second import ADDRESS, MODEL, look_again, second_reader  # noqa: PLC0415

    with second_reader(settings, reader) as asked:
        if asked is None:
            raise SettingsError(f"No second reader is configured; set {ADDRESS} and {MODEL}.")
        looked, failures = look_again(document, [one.figure for one in readings], asked)
    for sentence in (*failures, *(f"{one.subject}: {one.reason}" for one in looked.refused)):
        say(sentence)
    steps = {one.figure.figure_id: one.steps for one in readings}
    return tuple(Reading(figure, steps.get(figure.figure_id, ())) for figure in looked.figures)


def _steps(reading: Reading) -> list[dict[str, object]]:
    return [
        {"stage": step.stage, "text": step.text, "span": [step.start, step.end], "value": step.value, "rule": step.rule}
        for step in reading.steps
    ]


def _paragraph(document: Document, reading: Reading) -> str:
    figure = reading.figure
    before = document.text[figure.quote_start : figure.span_start]
    after = document.text[figure.span_end : figure.quote_start + len(figure.quote)]
    marked = click.style(document.text[figure.span_start : figure.span_end], bold=True, underline=True)
    lines = [f"{figure.metric}: {figure.value_text or 'no number'}", f"  “{before}[{marked}]{after}”"]
    for step in reading.steps:
        words = f" “{step.text}”" if step.text else ""
        lines.append(f"  {step.stage:8}{words} -> {step.value or 'nothing'}  ({step.rule})")
    lines.append(f"  sure     {figure.confidence:.2f}")
    lines += [f"  unsure   {line}" for line in doubt_lines(figure)]
    return "\n".join(lines)
