"""Frames -> figures: pure functions that know neither the app nor the database."""

from dashboard.charts.arrivals import arrival_chart, arrival_summary
from dashboard.charts.closeup import Close
from dashboard.charts.drawing import Drawing
from dashboard.charts.land import Land, land
from dashboard.charts.look import Look
from dashboard.charts.maps import place_map
from dashboard.charts.marks import MARK_COLUMNS, records
from dashboard.charts.panels import CONFIG
from dashboard.charts.ranges import comparison_rows, range_chart
from dashboard.charts.relays import relay_left_out, relay_matrix, relay_summary
from dashboard.charts.series import series_chart
from dashboard.charts.spans import span_chart, span_claims
from dashboard.charts.summaries import map_summary, range_summary, series_summary, span_summary
from dashboard.charts.texts import TEXTS
from dashboard.charts.theme import DARK, FONT, LIGHT, THEMES, Theme

__all__ = [
    "CONFIG",
    "DARK",
    "FONT",
    "LIGHT",
    "MARK_COLUMNS",
    "TEXTS",
    "THEMES",
    "Close",
    "Drawing",
    "Land",
    "Look",
    "Theme",
    "arrival_chart",
    "arrival_summary",
    "comparison_rows",
    "land",
    "map_summary",
    "place_map",
    "range_chart",
    "range_summary",
    "records",
    "relay_left_out",
    "relay_matrix",
    "relay_summary",
    "series_chart",
    "series_summary",
    "span_chart",
    "span_claims",
    "span_summary",
]
