"""The app: `create_app(settings)` puts pages, delivery and downloads together. Nothing happens at import."""

from pathlib import Path
from types import ModuleType
from typing import Any, Final

import dash
from dash import ClientsideFunction, Dash, Input, Output, State

from dashboard.app import age, answers, callbacks, copies, downloads, feed, health, metrics, printing, watched
from dashboard.app.delivery import ChartLibrary, chart_library, deliver
from dashboard.app.document import INDEX, document
from dashboard.app.letters import Letters
from dashboard.pages import (
    alerts,
    compare,
    figures,
    incident,
    incidents,
    method,
    note,
    overview,
    places,
    report,
    review,
    silence,
    situation,
    sources,
)
from dashboard.shell import EXTENSION, Desk, open_desk
from ingest.errors import SettingsError
from ingest.settings import Settings

PAGES: Final[tuple[ModuleType, ...]] = (
    overview,
    compare,
    incidents,
    places,
    silence,
    figures,
    sources,
    method,
    report,
    alerts,
    review,
    note,
    incident,
    situation,
)
"""The pages in the order of the navigation. Each has PATH, NAME (empty where it is no part of the navigation), heading(view) and
layout(screen, **query); one with callbacks of its own has wire(app, desk), one where something may wait for a reader waiting(view)."""

PATHS: Final = frozenset(page.PATH for page in PAGES)


def open_views(settings: Settings) -> Letters:
    """Who reads views of the instance's snapshots and tells what changed in them. Raises `SettingsError` as `create_app` does."""
    return Letters(open_desk(settings, assets_folder()), PATHS)


def views_of(app: Dash) -> Letters:
    """The same over what an app has open."""
    return Letters(app.server.extensions[EXTENSION], PATHS)


def close(app: Dash) -> None:
    """Give back the room on the disk that an app took; it answers no more."""
    app.server.extensions[EXTENSION].snapshots.close()


def create_app(settings: Settings) -> Dash:
    """Build the app over what is published under `settings.published`.

    Raises `SettingsError` with a sentence when the crisis file, a translation table or the assets cannot be read.
    An empty data folder is not an error: the pages then say what to do.
    """
    assets = assets_folder()
    desk = open_desk(settings, assets)
    library = chart_library(assets)
    app = _Site(desk, library, assets)
    app.server.extensions[EXTENSION] = desk
    app.layout = callbacks.empty_layout()
    _wire(app)
    for page in PAGES:
        if wire := getattr(page, "wire", None):
            wire(app, desk)
    downloads.register(app.server)
    copies.register(app.server)
    printing.register(app.server)
    metrics.register(app.server)
    feed.register(app.server)
    watched.register(app.server, PATHS)
    age.register(app.server)
    health.register(app.server, PATHS, [page.PATH for page in PAGES if page.NAME])
    answers.register(app, PAGES)
    deliver(app, library)
    return app


def assets_folder() -> Path:
    """`assets/` of a checkout, or the copy inside an installed package."""
    package = Path(__file__).resolve().parents[1]
    for folder in (package.parent / "assets", package / "_assets"):
        if (folder / "translations").is_dir():
            return folder
    raise SettingsError(f"The assets of the dashboard are missing beside {package}; install the program again.")


class _Site(Dash):
    """Dash with a document of our own: language, direction and a first sentence before any script has run."""

    def __init__(self, desk: Desk, library: ChartLibrary, assets: Path) -> None:
        super().__init__(
            __name__,
            assets_folder=str(assets),
            assets_path_ignore=["vendor"],
            assets_ignore=r".*\.json",
            requests_pathname_prefix=f"{desk.settings.prefix}/",
            routes_pathname_prefix="/",  # the server takes the prefix off before the app is asked
            index_string=INDEX,
            title="Crosscount",
            update_title="",  # the title is a finding; it does not flicker
            enable_mcp=False,
            suppress_callback_exceptions=True,
            add_log_handler=False,
            on_error=callbacks.say_trouble,
        )
        self._desk = desk
        self._library = library

    def interpolate_index(  # noqa: PLR0917  # Dash's own signature
        self,
        metas: str = "",
        title: str = "",  # ours is a finding
        css: str = "",
        config: str = "",
        scripts: str = "",
        app_entry: str = "",  # ours has first words beside it
        favicon: str = "",  # ours is drawn
        renderer: str = "",
    ) -> str:
        """The document of one request."""
        tags = {"metas": metas, "css": css, "config": config, "scripts": scripts, "renderer": renderer}
        return document(self._desk, self._library, PAGES, tags)


def _wire(app: Dash) -> None:
    """Who feeds whom: address -> frame and view; controls -> view; view -> page; marks and links -> evidence."""
    server: Any = app.callback
    browser: Any = app.clientside_callback
    browser(ClientsideFunction("address", "start"), Output("address", "data"), Input("address", "id"))
    browser(ClientsideFunction("charts", "fetched"), Output("charts", "data"), Input("charts", "id"))
    server(Output("frame", "children"), Input("address", "data"), prevent_initial_call=True)(callbacks.draw_frame(PAGES))
    drawn_anew = (Output(part, "children") for part in ("main", "nav", "line"))
    server(*drawn_anew, Input("view", "data"), prevent_initial_call=True)(callbacks.draw_page(PAGES))
    server(Output("evidence-body", "children"), Input("evidence", "data"), State("view", "data"))(callbacks.draw_evidence)
    browser(
        ClientsideFunction("address", "collect"),
        Output("view", "data"),
        Input({"type": "filter", "name": dash.ALL}, "value"),
        State("view", "data"),
        prevent_initial_call=True,
    )
    overtaken = ClientsideFunction("address", "overtaken")
    browser(overtaken, Input("frame", "children"), State("view", "data"), prevent_initial_call=True)
    browser(ClientsideFunction("address", "colours"), Output("mantine", "forceColorScheme"), Input("view", "data"))
    browser(
        ClientsideFunction("charts", "draw"),
        Output({"type": "canvas", "name": dash.MATCH}, "children"),
        Input({"type": "drawing", "name": dash.MATCH}, "data"),
        Input("charts", "data"),
        State({"type": "failure", "name": dash.MATCH}, "data"),
    )
    marks = {"type": "chart", "name": dash.ALL}
    browser(ClientsideFunction("address", "pick"), Output(marks, "clickData"), Input(marks, "clickData"), prevent_initial_call=True)
    browser(
        ClientsideFunction("page", "dialogs"), Output("dialogs", "children"), Input("dialogs-drawn", "data"), State("dialogs", "children")
    )
    browser(ClientsideFunction("address", "opened"), Output("drawer", "opened"), Input("evidence", "data"))
    browser(ClientsideFunction("address", "closed"), Input("drawer", "opened"), prevent_initial_call=True)
    for drawn in ("frame", "main"):
        browser(ClientsideFunction("page", "arrived"), Input(drawn, "children"), prevent_initial_call=True)
