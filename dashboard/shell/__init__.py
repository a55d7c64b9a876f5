"""The frame around every page: masthead, navigation, filters, evidence drawer, colophon; and the view a page is drawn from."""

from dashboard.shell.age import aged, newer, old, old_banner
from dashboard.shell.desk import EXTENSION, Desk, Screen, View, desk, open_desk, view
from dashboard.shell.downloads import downloads, downloads_of
from dashboard.shell.embed import alone, lone_head, source_line
from dashboard.shell.frame import Place, first_frame, frame, navigation
from dashboard.shell.line import feed_address, view_line
from dashboard.shell.rules import rules_section
from dashboard.shell.standing import known_banner, nothing_found, nothing_published, nowhere, scope
from dashboard.shell.visit import last_visit, wire_visit

__all__ = [
    "EXTENSION",
    "Desk",
    "Place",
    "Screen",
    "View",
    "aged",
    "alone",
    "desk",
    "downloads",
    "downloads_of",
    "feed_address",
    "first_frame",
    "frame",
    "known_banner",
    "last_visit",
    "lone_head",
    "navigation",
    "newer",
    "nothing_found",
    "nothing_published",
    "nowhere",
    "old",
    "old_banner",
    "open_desk",
    "rules_section",
    "scope",
    "source_line",
    "view",
    "view_line",
    "wire_visit",
]
