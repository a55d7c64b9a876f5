"""What is worth a look: `alerts` lists what is held, releases or dismisses it, and sends what was released."""

import json
from typing import Any

import click

from ingest.alerts.wording import LANGUAGES
from ingest.cli.frame import Session
from ingest.cli.options import JSON
from ingest.cli.progress import say
from ingest.errors import AlertRefused, NotDelivered
from ingest.model.vocabulary import AlertState
from ingest.pipeline.assembly import assembled
from ingest.pipeline.watching import Watch
from ingest.store.alerts import Alert

_BY = click.option("--by", required=True, help="Your name, which is kept with the decision.")
_REASON = click.option("--reason", default="", help="Why, in your words.")
_IDENTITIES = click.argument("identities", nargs=-1, required=True, metavar="ALERT...")


@click.group(invoke_without_command=True)
@click.option("--all", "every", is_flag=True, help="Also those that were released or dismissed.")
@click.option("--lang", "language", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Language of the sentences.")
@JSON
@click.pass_context
def alerts(context: click.Context, every: bool, language: str, as_json: bool) -> None:
    """List what is held for a person to look at; nothing is sent to anybody before it is released."""
    if context.invoked_subcommand is not None:
        return
    session: Session = context.obj
    with assembled(session.settings, session.now) as pipeline:
        watch = Watch.of(pipeline)
        found = [_fields(one, watch, language) for one in watch.alerts.all(None if every else AlertState.HELD)]
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for one in found:
        state = "" if one["state"] == AlertState.HELD else f", {one['state']} by {one['decided_by']}"
        click.echo(f"{one['id']} {one['raised_at']}{state}\n    {one['text']}")
    if not found:
        click.echo("Nothing is held.")


@alerts.command()
@click.pass_obj
def check(session: Session) -> None:
    """Look through what was published, and at the sources, for what is new since the last look; a refresher does this by itself."""
    with assembled(session.settings, session.now) as pipeline:
        watch = Watch.of(pipeline, session.views)
        held = watch.look()
        for alert in held:
            click.echo(f"{alert.alert_id} {watch.message(alert).texts['en']}")
    say(f"{len(held)} new alerts")


@alerts.command()
@_IDENTITIES
@_BY
@_REASON
@click.pass_obj
def release(session: Session, identities: tuple[str, ...], by: str, reason: str) -> None:
    """Let alerts go to the channels of settings.toml. The exit code is 10 where one could not be sent; `alerts send` tries again."""
    _decide(session, identities, AlertState.RELEASED, (by, reason))
    _send(session)


@alerts.command()
@_IDENTITIES
@_BY
@_REASON
@click.pass_obj
def dismiss(session: Session, identities: tuple[str, ...], by: str, reason: str) -> None:
    """Keep alerts from being sent; they stay in the list of all, with your name and reason."""
    _decide(session, identities, AlertState.DISMISSED, (by, reason))


@alerts.command()
@_IDENTITIES
@_BY
@_REASON
@click.pass_obj
def undo(session: Session, identities: tuple[str, ...], by: str, reason: str) -> None:
    """Hold alerts again that were dismissed, or released and not sent yet; what was sent cannot be called back."""
    _named(by)
    with assembled(session.settings, session.now) as pipeline:
        for identity in identities:
            Watch.of(pipeline).alerts.undo(identity, by.strip(), reason.strip(), session.now())
            click.echo(f"{identity} {AlertState.HELD}")


@alerts.command()
@click.pass_obj
def send(session: Session) -> None:
    """Send what was released and could not be sent before."""
    _send(session)


def _decide(session: Session, identities: tuple[str, ...], state: AlertState, who_why: tuple[str, str]) -> None:
    by, reason = who_why
    _named(by)
    with assembled(session.settings, session.now) as pipeline:
        for identity in identities:
            Watch.of(pipeline).alerts.decide(identity, state, by.strip(), reason.strip(), session.now())
            click.echo(f"{identity} {state}")


def _named(by: str) -> None:
    if not by.strip():
        raise AlertRefused("A decision needs the name of whoever makes it; give it with --by.")


def _send(session: Session) -> None:
    with assembled(session.settings, session.now) as pipeline:
        watch = Watch.of(pipeline)
        if not watch.telling.channels:
            say("No channel is set up in [alerts] of settings.toml, so nobody is told.")
        sent, failures = watch.tell()
        pipeline.send_feeds()
    say(f"{sent} messages sent")
    for failure in failures[:-1]:
        say(f"crosscount: {failure}")
    if failures:
        raise NotDelivered(f"{failures[-1]} It is tried again with crosscount alerts send.")


def _fields(alert: Alert, watch: Watch, language: str) -> dict[str, Any]:
    return {
        "id": alert.alert_id,
        "rule": alert.rule.value,
        "subject": alert.subject,
        "text": watch.message(alert).texts[language],
        "told": dict(alert.told),
        "raised_at": alert.raised_at.isoformat(timespec="seconds"),
        "state": alert.state.value,
        "decided_by": alert.decided_by,
        "reason": alert.reason,
        "decided_at": alert.decided_at.isoformat(timespec="seconds") if alert.decided_at else None,
    }
