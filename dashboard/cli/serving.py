"""`serve`: the pages alone. `up`: the pages, with everything they need put in place first and kept fresh behind them."""

import errno
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, Protocol

import click
from dash import Dash
from waitress.server import create_server

from dashboard.app import create_app, views_of
from dashboard.cli.following import Following
from dashboard.cli.leaving import leave
from dashboard.cli.workers import USUAL, beside, own_socket
from ingest.cli.frame import Session
from ingest.cli.lasting import settle
from ingest.cli.progress import progress, say
from ingest.cli.stopping import terminated_like_interrupted
from ingest.errors import SettingsError
from ingest.pipeline.assembly import Pipeline, assembled
from ingest.pipeline.sample import load_sample
from ingest.schedule import Background
from ingest.settings import Settings

_IN_USE = {errno.EADDRINUSE, getattr(errno, "WSAEADDRINUSE", errno.EADDRINUSE)}  # Windows has a number of its own
_THREADS = 8  # answers worked on at the same time; each is a query of tens of milliseconds
_WAITING = 8 << 30  # bytes of one answer that wait for a slow reader; all but the first MB in a temporary file, so that no thread waits
_PATIENCE = 10.0  # seconds the refresher gets to finish the report it is at
HOST = click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; 0.0.0.0 for other machines too.")
PORT = click.option("--port", type=click.IntRange(0, 65535), default=8050, show_default=True, help="Port to listen on; 0 takes a free one.")


@click.command()
@HOST
@PORT
@click.option("--workers", type=click.IntRange(1, 64), default=USUAL, show_default=True, help="Processes that answer, one for each core.")
@click.pass_obj
def serve(session: Session, host: str, port: int, workers: int) -> None:
    """Serve the dashboard over what is published, without refreshing anything.

    Needs no right to write to the data folder, unless snapshots come from an object store: they are fetched into it.
    """
    server, taken, app = listening(session.settings, host, port)
    stop = threading.Event()
    Following(session.settings, session.now, say, stop).start()
    try:
        with _until_stopped(), beside(answer, session.settings, _sockets(server), workers - 1):
            _announce(host, taken)
            settle()
            server.run()
    finally:
        stop.set()
    leave(app)


@click.command()
@HOST
@PORT
@click.option("--no-refresh", is_flag=True, help="Do not ask the sources for new reports.")
@click.pass_obj
def up(session: Session, host: str, port: int, no_refresh: bool) -> None:
    """Do everything: load the built-in scenario, publish, ask the sources for new reports in the background, serve the dashboard."""
    server, taken, app = listening(session.settings, host, port)  # first, so that a port in use is told before any work is done
    stop = threading.Event()
    with assembled(session.settings, session.now) as pipeline:
        _prepare(pipeline)
        background = None if no_refresh else Background.of(pipeline, say, stop, views=views_of(app)).start()
        try:
            with _until_stopped():
                _announce(host, taken)
                settle()
                server.run()
        finally:
            stop.set()
            if background is not None:
                background.join(_PATIENCE)
    say("Stopped.")
    leave(app)


@contextmanager
def _until_stopped() -> Iterator[None]:
    """Whoever stops it ends it well, from the moment that it says where it is."""
    with suppress(KeyboardInterrupt), terminated_like_interrupted():
        yield


def _prepare(pipeline: Pipeline) -> None:
    """Put the sample into the ledger and the ledger into a snapshot, as far as either is not there yet."""
    if not pipeline.published():
        say("Putting the snapshot together; this takes a few seconds.")
    with progress("reports read", None) as advance:
        tally = load_sample(pipeline, advance)
    if tally.documents:
        say(f"sample: {tally}")
    if not pipeline.published():
        pipeline.publish()


class _Server(Protocol):
    """What is used of waitress's server, which has no types of its own."""

    def run(self) -> None: ...


def listening(settings: Settings, host: str, port: int) -> tuple[_Server, int, Dash]:
    """A server that listens and is yet to run, its port, and its app. Raises `SettingsError` where the address cannot be had."""
    app = create_app(settings)
    try:
        server = create_server(app.server, host=host, port=port, **_manners(settings))
    except OSError as error:
        if error.errno in _IN_USE:
            advice = f"Port {port} is in use, perhaps by another crosscount; stop it, or choose another with --port {port + 1}."
            raise SettingsError(advice) from error
        raise SettingsError(f"{host}:{port} cannot be listened on ({error.strerror or error}); choose another --host or --port.") from error
    except ValueError as error:
        raise SettingsError(f"{host!r} is no address of this machine; choose another --host, such as 127.0.0.1.") from error
    # A name with several addresses gets a server that lists them; any of them has the port.
    taken = server.effective_listen[0][1] if hasattr(server, "effective_listen") else server.effective_port
    app.server.config["LISTENING"] = taken  # what a request says of its port may be the proxy's
    return server, taken, app


def answer(settings: Settings, sockets: Sequence[Any]) -> None:
    """Answer with an app of one's own at the addresses of sockets that others listen on, until stopped."""
    app = create_app(settings)
    own = [own_socket(one) for one in sockets]
    server: _Server = create_server(app.server, sockets=own, **_manners(settings))
    app.server.config["LISTENING"] = own[0].getsockname()[1]
    settle()
    server.run()
    leave(app)


def _sockets(server: Any) -> list[Any]:
    """What a server listens on: a name with several addresses has several."""
    several = hasattr(server, "effective_listen")
    return [one.socket for one in server.map.values() if hasattr(one, "effective_host")] if several else [server.socket]


def _manners(settings: Settings) -> dict[str, Any]:
    """How the server takes requests. One under the prefix and one without are the same, so a proxy may take it off or leave it on.

    Headers of proxies reach the app unless one is to be believed, because whether a proxy passed a request on decides who may rule.
    """
    believed = (
        {"trusted_proxy": settings.proxy, "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"}} if settings.proxy else {}
    )
    manners = {"threads": _THREADS, "outbuf_high_watermark": _WAITING, "ident": "crosscount", "clear_untrusted_proxy_headers": False}
    return {**manners, **believed, "url_prefix": settings.prefix}


def _announce(host: str, port: int) -> None:
    shown = "127.0.0.1" if host in {"0.0.0.0", "::", ""} else host  # noqa: S104  # compared with, not listened on
    click.echo(f"Crosscount is ready at http://{f'[{shown}]' if ':' in shown else shown}:{port} (Ctrl-C stops it)")
