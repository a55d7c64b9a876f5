"""Who repeats whom: the picture, its table, and the one sentence that matters: a repeated count has one vote."""

import math
from typing import Any, Final

import pandas as pd
from dash.development.base_component import Component

from dashboard import charts, query
from dashboard.components.badges import voice
from dashboard.components.chart import as_table, chart, panel
from dashboard.components.elements import html
from dashboard.components.links import evidence_link
from dashboard.components.phrases import day_of
from dashboard.components.states import empty
from dashboard.components.tables import Head, table
from dashboard.components.words import Words
from dashboard.shell import View, downloads

MOST_ROWS: Final = 200


def relays(view: View, db: query.Snapshot) -> Component:
    """The graph of relays as a matrix, with every edge in a table."""
    words = view.words
    frame = query.relays(db, words.language)
    if frame.empty:
        return panel(words("relays.title"), empty(words("relays.none"), words("relays.advice")))
    found = words("relays.found", n=int(frame["figures"].sum()), all=query.figures_published(db))
    between = words("relays.between", publishers=frame["publisher"].nunique(), sources=frame["claimed_source"].nunique())
    left_out = charts.relay_left_out(frame, view.look)
    body = [
        html.P(found, className="finding"),
        html.P(between, className="under"),
        chart(
            "relays",
            charts.relay_matrix(frame, view.look),
            summary=charts.relay_summary(frame, view.look),
            drawn=view.screen.drawn,
            words=words,
            config=charts.CONFIG,
            class_name="relays",
            title=words("relays.title"),
        ),
        html.P(words("relays.left_out", n=left_out), className="note") if left_out else None,
        _table(view, frame),
    ]
    return panel(words("relays.title"), body, note=words("relays.note"), extra=downloads(view, "relays"))


def _table(view: View, frame: pd.DataFrame) -> Component:
    words = view.words
    names = ("publisher", "source", "figures", "kept", "late", "through", "days")
    heads = [Head(words(f"relays.{name}"), number=name == "figures", name=name) for name in names]
    rows = [_row(view, row) for _, row in frame.head(MOST_ROWS).iterrows()]
    return as_table(table(heads, rows, caption=words("relays.title")), words)


def _row(view: View, row: pd.Series) -> list[Any]:
    words, example = view.words, str(row["examples"]).partition(";")[0]
    figures = words.number(int(row["figures"]))
    return [
        html.Bdi(row["publisher_label"]),
        voice(row["source_label"], row["source_kind"], words),
        evidence_link(figures, example, view.to_figure(example), words("relays.example", n=int(row["figures"]))),
        _kept(words, row),
        "" if math.isnan(row["lag_hours"]) else words("relays.hours", hours=words.decimal(float(row["lag_hours"]))),
        html.Bdi(words("list.separator").join(f"{chain} {words.digits(str(n))}" for chain, n in row["chain_labels"])),
        words.window_alone(day_of(row["first_published_at"]), day_of(row["last_published_at"])),
    ]


def _kept(words: Words, row: pd.Series) -> str:
    """How many are borne out, of those that could be held against something; and how many nobody can tell."""
    faithful, distorted, unsettled = (int(row[name]) for name in ("faithful", "distorted", "unsettled"))
    kept = words("relays.of", n=faithful, total=faithful + distorted) if faithful or distorted else words("relays.nothing_to_hold")
    return words("list.separator").join([kept, *([words("relays.unsettled", n=unsettled)] if unsettled else [])])
