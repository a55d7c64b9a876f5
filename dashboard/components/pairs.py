"""A pair of claims in a list: what sort of difference it is, the sentence that says why, both claims, and the way to them."""

from collections.abc import Callable, Mapping
from datetime import tzinfo
from typing import Any

from dash.development.base_component import Component

from dashboard.components.badges import verdict
from dashboard.components.claimed import quoted
from dashboard.components.elements import html
from dashboard.components.links import evidence_link, view_link
from dashboard.components.phrases import day_of, metric_label
from dashboard.components.rulings import beside as ruling
from dashboard.components.rulings import ruled
from dashboard.components.words import Words

Href = Callable[[str], str]


def pair_item(row: Mapping[str, Any], words: Words, *, zone: tzinfo, to_pair: Href, to_figure: Href) -> Component:
    """An item of a list of verdicts. `to_pair` and `to_figure` give the addresses of a pair and of a figure's evidence."""
    sides = [
        html.Li(
            evidence_link(
                [
                    html.Bdi(row[f"source_{side}"]),
                    html.Span(words("list.colon"), className="unseen"),
                    html.Span(quoted(row[f"value_{side}"], words), className="stated"),
                ],
                row[f"figure_{side}"],
                to_figure(row[f"figure_{side}"]),
            )
        )
        for side in ("a", "b")
        if row[f"figure_{side}"]
    ]
    about = (words.day(day_of(row["day"])), str(row["place"]), metric_label(row["metric"], words))
    where = [html.Span(html.Bdi(part)) for part in about if part]
    beside = view_link(words("verdicts.pair"), to_pair(row["discrepancy_id"]))
    said = html.P(ruled(ruling(row), words, zone), className="under ruled") if row["ruling"] else None
    return html.Li(
        [
            html.Div([verdict(row["code"], row["severity"], words), html.Ul(sides, className="sides")], className="verdict-head"),
            html.P(words.told(row["sentence"], row["sentence_lang"]), className="sentence", dir="auto", lang=row["sentence_lang"]),
            html.P([*where, beside], className="under"),
            said,
        ]
    )
