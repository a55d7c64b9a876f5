"""What changed since the last digest: shown on the terminal, written to a file, or sent: `digest`."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import click

from ingest.alerts.digests import Digest, Every
from ingest.alerts.wording import LANGUAGES
from ingest.cli.frame import Session
from ingest.cli.options import since
from ingest.cli.progress import say
from ingest.errors import NotDelivered, SettingsError
from ingest.model.letters import Letter
from ingest.pipeline.assembly import Pipeline, assembled
from ingest.pipeline.digests import Digests
from ingest.pipeline.watching import Watch
from ingest.text.moment import in_utc


@click.command()
@click.argument("name", default="", required=False)
@click.option("--lang", "language", type=click.Choice(LANGUAGES), default=None, help="Language, in place of the digest's own.")
@click.option("--view", "address", default="", metavar="ADDRESS", help="Only a view of the app, such as /compare?place=SY02.")
@click.option("--since", "start", type=since, metavar="DATE", default=None, help="What changed since then, such as 2024-12-02.")
@click.option("--every", type=click.Choice([*Every]), default=None, help="The last day or week.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), default=None, help="Write to a file: .html as a page, else text.")
@click.option("--send", is_flag=True, help="Send what is due to the channels of settings.toml, each once.")
@click.pass_obj
def digest(  # noqa: PLR0917  # click passes options by name
    session: Session,
    name: str,
    language: str | None,
    address: str,
    start: datetime | None,
    every: str | None,
    out: Path | None,
    send: bool,
) -> None:
    """Tell what changed since the last digest NAME of settings.toml was sent; without one, in the last day.

    Nothing leaves this machine without `--send`, which sends the digests that are due, each once for its appointment, however often
    it is said. A refresher (`up`, `refresh --every`) does that by itself.
    """
    shaping = (language, address, start, every, out)
    if send and any(one is not None and one != "" for one in shaping):
        raise click.UsageError("--send sends digests as settings.toml says; leave --lang, --view, --since, --every and --out out.")
    views = session.views
    if views is None:
        raise SettingsError("This program was started without its pages; run crosscount itself.")
    with assembled(session.settings, session.now) as pipeline:
        digests = Digests.of(Watch.of(pipeline, views), views)
        chosen = _chosen(digests, name)
        if send:
            _send(digests, name)
            return
        wanted = replace(chosen, language=language or chosen.language, every=Every(every) if every else chosen.every)
        wanted = replace(wanted, view=views.canonical(address or wanted.view))
        begins = _begins(digests, wanted, pipeline, start, given=bool(name) and every is None)
        letter = digests.write(wanted, begins, next(iter(chosen.channels), ""))
    if letter is None:
        raise SettingsError("Nothing is published yet, so nothing can have changed; run crosscount up, or crosscount publish.")
    _show(letter, out)


def _chosen(digests: Digests, name: str) -> Digest:
    """The digest of that name; without a name one that settings.toml does not have to hold."""
    if not name:
        return Digest("", ())
    known = {one.name: one for one in digests.watch.telling.digests}
    if name not in known:
        raise SettingsError(f"There is no digest {name!r} in `[alerts]` of settings.toml; known: {', '.join(known) or 'none'}.")
    return known[name]


def _begins(digests: Digests, digest: Digest, pipeline: Pipeline, start: datetime | None, *, given: bool) -> datetime:
    """Where the digest begins: as asked, after the last one of that name, or a period ago."""
    if start is not None:
        return in_utc(start, pipeline.crisis.timezone)
    if given and digest.channels:
        return digests.begins(digest, digest.channels[0])
    return pipeline.intake.now() - digest.period


def _send(digests: Digests, name: str) -> None:
    if not digests.watch.telling.digests:
        say("No digest is set up in [alerts] of settings.toml, so nobody gets one; docs/operations.md shows how.")
    sent = digests.send_due(name)
    digests.watch.pipeline.send_feeds()
    failures = [one for one in sent if one.failure]
    for one in sent:
        if not one.failure:
            say(str(one))
    if not sent:
        say("Nothing is due: each digest was sent for its last appointment.")
    for failure in failures[:-1]:
        say(f"crosscount: {failure}")
    if failures:
        raise NotDelivered(f"{failures[-1]} It is tried again with crosscount digest --send.")


def _show(letter: Letter, out: Path | None) -> None:
    if out is None:
        click.echo(f"{letter.title}\n\n{letter.text}", nl=False)
        return
    out.write_text(letter.page if out.suffix.lower() in {".html", ".htm"} else f"{letter.title}\n\n{letter.text}", encoding="utf-8")
    say(f"written to {out}")
