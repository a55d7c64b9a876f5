"""How things stand: `sources` and `doctor`; and `places`, which brings in a country's divisions and towns."""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from ingest.cli.frame import Session
from ingest.cli.options import JSON
from ingest.cli.progress import say
from ingest.errors import CrosscountError
from ingest.model.freshness import freshness
from ingest.model.vocabulary import Freshness
from ingest.pipeline.assembly import Pipeline, assembled
from ingest.pipeline.divisions import fetched
from ingest.pipeline.examination import WRONG, examine
from ingest.pipeline.opening import crisis_of
from ingest.places.bounded import read_bounded
from ingest.places.cod import Release, write_gazetteer
from ingest.places.tidy import aliases_path
from ingest.publish.tables import Setting, standing
from ingest.settings import Settings

_STATES = {
    "ready": "ready",
    "never_run": "not read yet",
    "needs_settings": "needs a key",
    "disabled": "disabled",
    "failing": "failing since",
}
_MARKS = {"fine": "ok", "worth knowing": "--", WRONG: "!!"}


@click.command()
@JSON
@click.pass_obj
def sources(session: Session, as_json: bool) -> None:
    """List the sources: how each is doing, when it was last read, what its figures cannot tell, and what may be passed on."""
    with assembled(session.settings, session.now) as pipeline:
        rows = _described(pipeline)
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        last = f", last read {row['last_success_at']}" if row["last_success_at"] else ""
        since = f" {row['failing_since']}" if row["state"] == "failing" else ""
        last += f", {row['freshness']}: nothing new since {row['changed_at']}" if row["freshness"] not in {None, Freshness.FRESH} else ""
        click.echo(f"{row['name']}: {_STATES[row['state']]}{since}{last}" + (f". {row['state_note']}" if row["state_note"] else ""))
        click.echo(f"    {row['title']} ({row['kind']}, {', '.join(row['languages'])}). {row['limitation']}")
        low, high = row["expected_volume"]
        pace = f"every {row['cadence_hours']:g} hours, {low} to {high} documents a week"
        click.echo(f"    {pace}. {row['licence']}: {row['redistribution']}")


def _described(pipeline: Pipeline) -> list[dict[str, Any]]:
    ledger, described = pipeline.intake.ledger, pipeline.described()
    states = ledger.source_states()
    setting = Setting(pipeline.crisis, pipeline.gazetteer, described, pipeline.settings.keys)
    rows = []
    for info in described:
        state = states.get(info.name) or ledger.source_state(info.name)
        code, note = standing(info, state, setting)
        times = {name: getattr(state, name) for name in ("last_attempt_at", "last_success_at", "changed_at", "failing_since")}
        rows.append(
            {
                "name": info.name,
                "title": info.title,
                "kind": info.kind.value,
                "publisher": info.publisher,
                "address": info.address,
                "languages": list(info.languages),
                "state": code,
                "state_note": note,
                **{name: moment.isoformat(timespec="seconds") if moment else None for name, moment in times.items()},
                "freshness": freshness(info.cadence_hours, state.changed_at, pipeline.intake.now()),
                "cadence_hours": info.cadence_hours,
                "expected_volume": list(info.expected_volume),
                "stance": info.stance.value,
                "mandate": info.mandate,
                "limitation": info.limitation,
                "licence": info.licence,
                "redistribution": info.redistribution,
                "needs": list(info.needs),
            }
        )
    return rows


@click.command()
@click.option("--offline", is_flag=True, help="Do not ask whether the sources' addresses answer.")
@JSON
@click.pass_obj
def doctor(session: Session, offline: bool, as_json: bool) -> None:
    """Tell what is configured, reachable and writable. The exit code is 1 where something would keep the program from working."""
    findings = list(examine(session.settings, session.now, ask=not offline))
    if as_json:
        told = [{"about": one.about, "state": one.state, "finding": one.sentence} for one in findings]
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        for one in findings:
            click.echo(f"{_MARKS[one.state]} {one.about}: {one.sentence}")
    wrong = [one for one in findings if one.state == WRONG]
    if wrong:
        raise CrosscountError(f"{len(wrong)} of these would keep the program from working, first: {wrong[0].about}.")


@click.group()
def places() -> None:
    """Bring in a country's places."""


_COUNTRY = click.option("--country", default="", help="ISO 3166 code of three letters; that of the crisis where absent.")
_NAME = click.option("--name", default="", help="Name of the places in crisis files; the country's code in lower case where absent.")


@places.command("import")
@click.argument("release", type=click.Path(path_type=Path))
@_COUNTRY
@_NAME
@click.pass_obj
def import_release(session: Session, release: Path, country: str, name: str) -> None:
    """Read a release of OCHA's administrative boundaries (zip, folder, GeoJSON or CSV) into the data folder.

    Spellings that are there already are kept. Reports that were read before keep the places they were given.
    """
    country = (country or crisis_of(session.settings).country).upper()
    _write(session.settings, read_bounded(release, country), name)


@places.command("fetch")
@_COUNTRY
@_NAME
@click.pass_obj
def fetch_release(session: Session, country: str, name: str) -> None:
    """Fetch OCHA's administrative boundaries of a country from HDX into the data folder, as `places import` does a file."""
    settings = session.settings
    crisis = crisis_of(settings)
    found = fetched(settings, crisis, (country or crisis.country).upper(), session.now, say)
    _write(settings, found.release, name)
    click.echo(f"{found.dataset} on HDX, changed {found.changed:%Y-%m-%d}. {found.licence}")


def _write(settings: Settings, release: Release, name: str) -> None:
    """Put the places of a release into the data folder, and say under which name crisis files call them."""
    name = name or release.country.lower()
    written = ", ".join(f"{path} ({path.stat().st_size / 1000:,.0f} kB)" for path in write_gazetteer(release, _target(settings, name)))
    for layer in release.left_aside[:10]:
        say(f"left aside: {layer}")
    click.echo(f"{len(release)} places and {len(release.aliases)} other spellings of {release.country} in {written}")
    say(f'a crisis reads them with gazetteer = ["{name}"] and boundaries = "{name}-adm1.geojson" in its file')


def _target(settings: Settings, name: str) -> Path:
    """Where the places go, beginning with what came with the program, so that its spellings are kept."""
    target = settings.data / "gazetteer" / f"{name}.csv"
    shipped = settings.shipped / "gazetteer" / f"{name}.csv"
    beginnings: Mapping[Path, Path] = {shipped: target, aliases_path(shipped): aliases_path(target)}
    for source, copy in beginnings.items():
        if source.is_file() and not copy.exists():
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, copy)
    return target
