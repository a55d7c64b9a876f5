"""The HTML document: language and direction, colours, and the finding in a sentence before any script has arrived."""

import logging
import re
from collections.abc import Mapping, Sequence
from dataclasses import fields
from html import escape
from string import Template
from typing import Final

from dash.development.base_component import Component
from flask import request

from dashboard import charts, shell
from dashboard.app import callbacks
from dashboard.app.callbacks import Pages
from dashboard.app.delivery import ChartLibrary
from dashboard.components.heading import Heading, page_head
from dashboard.components.markup import markup
from dashboard.shell import Desk, Screen, View
from dashboard.state import Filters
from ingest.errors import CrosscountError

INDEX: Final = "{%app_entry%}{%config%}{%scripts%}{%renderer%}"  # Dash wants these names; the document below fills them

_DOCUMENT: Final = Template("""<!DOCTYPE html>
<html lang="$lang" dir="$dir" data-theme="$theme"$marks>
<head>
$metas
<title>$title</title>
<meta name="description" content="$description">
<meta name="color-scheme" content="light dark">
<meta name="crosscount-prefix" content="$prefix">
<meta name="crosscount-charts" content="$charts">
<meta name="crosscount-waiting" content="$loading">
<meta name="crosscount-unreachable" content="$unreachable">
<meta name="crosscount-before" content="$before">
<meta name="crosscount-again" content="$again">
<meta name="crosscount-published" content="$published">
<link rel="icon" type="image/svg+xml" href="$prefix/assets/icon.svg">
<link rel="alternate" type="application/atom+xml" title="$watch" href="$feed">
$ahead$css
<style>$colours$patience</style>
</head>
<body>
<div id="first" class="sheet">
$frame<main class="main">$banners$head<p class="loading">$loading</p>
<p class="late" role="status">$late <a href="$file">$as_file</a></p><noscript><p class="notice">$noscript <a href="$file">$as_file</a></p></noscript></main>
</div>
<div id="react-entry-point"></div>
<div>$config$scripts$renderer</div>
</body>
</html>
""")  # noqa: E501  # markup
_UNUSED: Final = re.compile(r'<script src="[^"]*/dash_table/[^"]*"></script>')
"""Dash sends its old table to every page, used or not."""
_AHEAD: Final = re.compile(r'<script src="[^"]*/assets/js/ahead\.js[^"]*"></script>')
"""Of the scripts, the one that asks for the page. It stands before the styles: a script after them would wait until they have arrived."""
_PATIENCE: Final = ".late{visibility:hidden;animation:late 0s 30s forwards}@keyframes late{to{visibility:visible}}"
"""What to do is said after 30 seconds of first words alone, more than they stand on a link of 64 KB/s. It waits in the style of the
document itself, because whatever else it could lean on may be what did not arrive."""
_LOG: Final = logging.getLogger(__name__)


def document(desk: Desk, library: ChartLibrary, pages: Pages, tags: Mapping[str, str]) -> str:
    """The document of the current request. `tags` are what Dash made: metas, css, config, scripts, renderer."""
    filters = Filters.from_query(request.args.to_dict(flat=False))
    view = desk.look_at(request.path, filters, Screen(dark=filters.theme == "dark"))
    heading = _heading(pages, view)
    words = view.words
    texts = {
        "lang": words.language,
        "dir": words.direction,
        "theme": filters.theme,
        "title": f"{heading.title} · Crosscount",
        "description": " · ".join((heading.title, *heading.under)),
        "prefix": desk.settings.prefix,
        "charts": f"{desk.settings.prefix}{library.address}",
        "watch": words("watch.link"),
        "feed": shell.feed_address(view),
        "loading": words("shell.loading"),
        "noscript": words("shell.noscript"),
        "late": words("shell.late"),
        "file": view.address("/export/figures.csv", filters.query()),
        "as_file": words("shell.as_file"),
        "unreachable": words("trouble.unreachable"),
        "before": words("trouble.before"),
        "again": words("trouble.again"),
        "published": f"{view.db.crisis} {view.db.published_at.isoformat()}" if view.db is not None else "",
    }
    whole = callbacks.is_whole(pages, view)
    frame, banners = _around(pages, view)
    used = {
        **tags,
        "ahead": "".join(_AHEAD.findall(tags["scripts"])),
        "scripts": _AHEAD.sub("", _UNUSED.sub("", tags["scripts"])),
        "marks": " data-embed" * filters.embed + " data-whole" * whole,
        "frame": markup(frame),
        "banners": markup(banners),
        "head": markup(shell.lone_head(heading) if filters.embed else page_head(heading)),
    }
    return _DOCUMENT.substitute({name: escape(text) for name, text in texts.items()}, **used, colours=colours(), patience=_PATIENCE)


def colours() -> str:
    """The charts' own colours as CSS variables, so that page and chart never differ. Paper is light, whatever the screen is."""
    light, dark = (_variables(charts.THEMES[name]) for name in ("light", "dark"))
    automatic = f"@media screen and (prefers-color-scheme: dark){{:root[data-theme=auto]{{color-scheme:dark;{dark}}}}}"
    return f":root{{color-scheme:light;{light}}}{automatic}@media screen{{:root[data-theme=dark]{{color-scheme:dark;{dark}}}}}"


def _variables(theme: charts.Theme) -> str:
    named: dict[str, str] = {}
    for one in fields(theme):
        name, value = one.name.replace("_", "-").replace("kinds", "kind"), getattr(theme, one.name)
        if isinstance(value, str) and value.startswith("#"):
            named[name] = value
        elif isinstance(value, Mapping):
            named |= {f"{name}-{kind}": colour for kind, colour in value.items()}
        elif isinstance(value, tuple):
            named |= {f"{name}-{step}": colour for step, colour in enumerate(value)}
    return ";".join(f"--{name}:{colour}" for name, colour in named.items())


def _around(pages: Pages, view: View) -> tuple[Sequence[Component], Sequence[Component | None]]:
    """What stands above the page, and what on it stands above its head."""
    try:
        return shell.first_frame(view, callbacks.places(pages, view)), callbacks.banners(view)
    except CrosscountError as error:
        _LOG.warning("The first frame of %s could not be made: %s", view.path, error)
        return (), ()


def _heading(pages: Pages, view: View) -> Heading:
    try:
        return callbacks.heading_of(pages, view)
    except CrosscountError as error:
        _LOG.warning("The first words of %s could not be made: %s", view.path, error)
        return Heading(view.title)
