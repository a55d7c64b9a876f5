"""Views that are watched under a name, for channels of their own: `watch add`, `watch list`, `watch remove`."""

import json

import click

from ingest.cli.frame import Session
from ingest.cli.options import JSON
from ingest.cli.progress import say
from ingest.errors import AlertRefused, SettingsError
from ingest.pipeline.assembly import assembled
from ingest.pipeline.watching import Watch
from ingest.store.watches import WatchedView, Watches

LONGEST_NAME = 80  # characters; it stands in sentences


@click.group()
def watch() -> None:
    """Watch views: what changes in one is an alert, held for a person as any other, and a line in digests of its channels."""


@watch.command()
@click.argument("name")
@click.argument("address")
@click.option("--to", "channels", multiple=True, metavar="CHANNEL", help="A channel of settings.toml; may be given several times.")
@click.pass_obj
def add(session: Session, name: str, address: str, channels: tuple[str, ...]) -> None:
    """Watch the view at ADDRESS, copied from the app, as NAME. What is published now is no news."""
    if session.views is None:
        raise SettingsError("This program was started without its pages; run crosscount itself.")
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        raise AlertRefused(f"A watch needs a name of at most {LONGEST_NAME} characters.")
    with assembled(session.settings, session.now) as pipeline:
        telling = Watch.of(pipeline).telling
        for channel in channels:
            telling.channel(channel)
        since = session.views.published_at() or session.now()
        view = WatchedView(pipeline.crisis.id, name, session.views.canonical(address), tuple(dict.fromkeys(channels)), since)
        Watches(pipeline.intake.ledger).add(view)
    click.echo(f"{view.name}: {view.address}")
    if not channels:
        say("It has no channel, so its alerts are listed (crosscount alerts) and sent to nobody; name one with --to.")


@watch.command("list")
@JSON
@click.pass_obj
def listed(session: Session, as_json: bool) -> None:
    """List the watched views with their addresses and channels."""
    with assembled(session.settings, session.now) as pipeline:
        views = Watches(pipeline.intake.ledger).of(pipeline.crisis.id)
    if as_json:
        told = [
            {"name": one.name, "address": one.address, "channels": list(one.channels), "since": one.since.isoformat(timespec="seconds")}
            for one in views
        ]
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    for one in views:
        click.echo(f"{one.name}: {one.address}" + (f" (to {', '.join(one.channels)})" if one.channels else ""))
    if not views:
        click.echo("No view is watched.")


@watch.command()
@click.argument("name")
@click.pass_obj
def remove(session: Session, name: str) -> None:
    """Watch a view no longer; the alerts it raised stay."""
    with assembled(session.settings, session.now) as pipeline:
        Watches(pipeline.intake.ledger).remove(pipeline.crisis.id, name)
    click.echo(f"{name} is no longer watched")
