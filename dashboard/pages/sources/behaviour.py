"""How each source behaves beside the others: measures with the number of questions behind them, by name, never by rank."""

import math
from typing import Any, Final

import pandas as pd
from dash.development.base_component import Component

from dashboard import query
from dashboard.components.attributes import attributes
from dashboard.components.badges import voice
from dashboard.components.chart import panel
from dashboard.components.elements import html
from dashboard.components.links import view_link
from dashboard.components.states import empty
from dashboard.components.tables import Head, table
from dashboard.components.words import Words
from dashboard.shell import View, downloads

COLUMNS: Final = ("coverage", "lag", "ratio", "revisions", "relay_share", "inconsistencies")


def behaviour(view: View, db: query.Snapshot) -> Component:
    """A row per source that shares a question with another; who shares none is named below."""
    words = view.words
    frame = query.behaviour(db, words.language)
    shares = (frame["questions_shared"] > 0) | (frame["ratio_questions"] > 0)
    if not shares.any():
        return panel(words("behaviour.title"), empty(words("behaviour.none"), words("behaviour.advice")))
    heads = [Head(words("column.source")), *(Head(words(f"behaviour.{name}"), name=name) for name in COLUMNS)]
    rows = [_row(view, row) for _, row in frame[shares].iterrows()]
    explained = html.Dl(
        [html.Div([html.Dt(words(f"behaviour.{name}")), html.Dd(words(f"behaviour.{name}_means"))]) for name in COLUMNS], className="facts"
    )
    alone = words("list.separator").join(frame.loc[~shares, "label"])
    body = [
        html.Div(table(heads, rows, caption=words("behaviour.title")), className="scroll behaviour", tabIndex=0),
        html.P(words("behaviour.alone", names=alone), className="note") if alone else None,
        html.Details([html.Summary(words("behaviour.how")), explained], className="as-table"),
    ]
    return panel(words("behaviour.title"), body, note=words("behaviour.note"), extra=downloads(view, "behaviour"))


def _row(view: View, row: pd.Series) -> list[Any]:
    words = view.words
    measures = {
        "coverage": (
            _percent(words, row["coverage"]),
            "questions_of_others",
            _of(words, row["questions_shared"], row["questions_of_others"]),
        ),
        "lag": (_hours(words, row["lag_hours"]), "lag_questions", _on(words, row["lag_questions"])),
        "ratio": (_ratio(words, row), "ratio_questions", _interval(words, row)),
        "revisions": (_revised(words, row), "questions", _on(words, row["questions"])),
        "relay_share": (_percent(words, row["relay_share"]), "figures", _of(words, row["relayed"], row["figures"])),
        "inconsistencies": (
            words.number(int(row["inconsistencies"])),
            "documents",
            words("behaviour.in_documents", n=int(row["documents"])),
        ),
    }
    name = view_link(voice(row["label"], row["kind"], words), view.href("/figures", sources=(row["organisation"],)))
    return [name, *(_measure(words, column, *measures[column][::2], n=int(row[measures[column][1]])) for column in COLUMNS)]


def _measure(words: Words, column: str, value: str, behind: str, *, n: int) -> Component:
    """A measure with what is behind it; that there is too little to tell one; or nothing where nothing was there to measure."""
    label = html.Span(words(f"behaviour.{column}"), className="cell-label", **attributes(aria_hidden="true"))
    if not n:
        return html.Span([label, html.Span("–", className="too-few")])
    told = html.Strong(value) if value else html.Span(words("behaviour.too_few"), className="too-few")
    return html.Span([label, told, html.Span(behind, className="behind")])


def _of(words: Words, part: Any, whole: Any) -> str:
    return words("behaviour.of", n=int(part), total=int(whole))


def _on(words: Words, questions: Any) -> str:
    return words("behaviour.on", n=int(questions))


def _revised(words: Words, row: pd.Series) -> str:
    return words("behaviour.up_down", up=int(row["revised_up"]), down=int(row["revised_down"]))


def _percent(words: Words, share: float) -> str:
    return "" if math.isnan(share) else words.digits(f"{round(100 * share)}") + "\u00a0%"


def _hours(words: Words, hours: float) -> str:
    """How late in hours, or in days where it is more than two."""
    if math.isnan(hours):
        return ""
    if abs(hours) < 0.5:
        return words("behaviour.at_once")
    size, later = abs(hours), hours > 0
    if size < 48:
        return words("behaviour.hours_after" if later else "behaviour.hours_before", n=round(size))
    return words("behaviour.days_after" if later else "behaviour.days_before", n=round(size / 24))


def _ratio(words: Words, row: pd.Series) -> str:
    return "" if math.isnan(row["ratio"]) else words("behaviour.times", ratio=words.decimal(float(row["ratio"]), 2))


def _interval(words: Words, row: pd.Series) -> str:
    """The interval of the ratio where there is one, and the questions."""
    on = _on(words, row["ratio_questions"])
    if math.isnan(row["ratio"]):
        return on
    low, high = (words.decimal(float(row[name]), 2) for name in ("ratio_low", "ratio_high"))
    return words("behaviour.interval", low=low, high=high, on=on)
