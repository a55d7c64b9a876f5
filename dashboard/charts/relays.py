"""Who repeats whom: one row per publisher, one column per source, a disc for what the one passes on of the other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from dashboard.charts.drawing import Drawing
from dashboard.charts.lettering import cut_to, text_width
from dashboard.charts.look import Look, given, isolated, plain, wrapped
from dashboard.charts.marks import records
from dashboard.charts.panels import empty_figure, figure, page
from dashboard.charts.theme import mixed

NO_RELAYS: Final = "Nobody here passes on what another source says."
MOST_PUBLISHERS: Final = 24
MOST_SOURCES: Final = 9
"""Rows and columns of a wide screen: those with most figures; the table beside it has them all."""

_MOST_ON_A_PHONE: Final = (16, 4)
_ROW: Final = 32
_HEAD_LINE: Final = 15
_SMALLEST: Final = 18
_LARGEST: Final = 36
_FILL: Final = 0.22

Edge = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Matrix:
    """What is drawn: publishers down, sources across, and the edges between them. `left_out` counts edges beyond."""

    publishers: tuple[str, ...]
    sources: tuple[str, ...]
    edges: tuple[Edge, ...]
    left_out: int


def matrix(frame: pd.DataFrame, look: Look) -> Matrix:
    """The edges of those with most figures: sources by all that is passed on of them, publishers under the source they repeat most."""
    rows, columns = _MOST_ON_A_PHONE if look.compact else (MOST_PUBLISHERS, MOST_SOURCES)
    edges = records(frame)
    sources = _largest(edges, "claimed_source")[:columns]
    within = [edge for edge in edges if edge["claimed_source"] in sources]
    publishers = _largest(within, "publisher")[:rows]
    drawn = [edge for edge in within if edge["publisher"] in publishers]
    most = {one: max((e for e in drawn if e["publisher"] == one), key=lambda e: e["figures"]) for one in publishers}
    ordered = sorted(publishers, key=lambda one: (sources.index(most[one]["claimed_source"]), -most[one]["figures"], one))
    met = [source for source in sources if any(edge["claimed_source"] == source for edge in drawn)]
    return Matrix(tuple(ordered), tuple(met), tuple(drawn), len(edges) - len(drawn))


def relay_matrix(frame: pd.DataFrame, look: Look) -> Drawing:
    """Draw the edges: publisher, claimed_source and their labels, source_kind, figures, claims, faithful, distorted, lag_hours, examples.

    A disc's area grows with its figures, its colour is the kind of the source, and a strong rim says that some figure differs from the
    source's words. A mark's `customdata` is the first of its figures.
    """
    if frame.empty:
        return empty_figure(look, look.say(NO_RELAYS))
    shown = matrix(frame, look)
    names = {edge["publisher"]: edge["publisher_label"] for edge in shown.edges}
    heads = {edge["claimed_source"]: _head(edge, look) for edge in shown.edges}
    lines = max(len(head) for head in heads.values())
    left = _room(names.values(), look)
    margin = {"l": left, "r": 8, "t": _HEAD_LINE * lines + 14, "b": 4}
    layout = page(look, height=_ROW * len(shown.publishers) + margin["t"] + margin["b"], margin=margin)
    layout["xaxis"] = _axis(len(shown.sources))
    layout["yaxis"] = {**_axis(len(shown.publishers)), "autorange": False, "range": [len(shown.publishers) - 0.5, -0.5]}
    layout["shapes"] = [_rule(row, look) for row in range(len(shown.publishers))]
    layout["annotations"] = [
        *(_row_name(row, names[one], left, look) for row, one in enumerate(shown.publishers)),
        *(_column_name(column, heads[one], look) for column, one in enumerate(shown.sources)),
    ]
    return figure([_discs(shown, look)], layout)


def relay_left_out(frame: pd.DataFrame, look: Look) -> int:
    """How many edges only the table shows."""
    return 0 if frame.empty else matrix(frame, look).left_out


def relay_summary(frame: pd.DataFrame, look: Look) -> str:
    """The strongest edges, a sentence each, and how many more there are."""
    if frame.empty:
        return look.say(NO_RELAYS)
    edges = records(frame)
    said = [
        look.say(
            "{publisher} passes on {source}: figures {n}.",
            publisher=str(edge["publisher_label"]),
            source=str(edge["source_label"]),
            n=look.number(edge["figures"]),
        )
        for edge in edges[:12]
    ]
    more = len(edges) - len(said)
    return " ".join([*said, *([look.say("And {n} more.", n=look.number(more))] if more else [])])


def _largest(edges: Sequence[Edge], end: str) -> list[str]:
    """The organisations at this end of the edges, those with most figures first."""
    figures: dict[str, int] = {}
    for edge in edges:
        figures[edge[end]] = figures.get(edge[end], 0) + int(edge["figures"])
    return sorted(figures, key=lambda one: (-figures[one], one))


def _discs(shown: Matrix, look: Look) -> dict[str, Any]:
    edges, most = shown.edges, max(int(edge["figures"]) for edge in shown.edges)
    colours = [look.kind_colour(edge["source_kind"]) for edge in edges]
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [shown.sources.index(edge["claimed_source"]) for edge in edges],
        "y": [shown.publishers.index(edge["publisher"]) for edge in edges],
        "text": [look.number(edge["figures"]) for edge in edges],
        "textfont": {"size": 12, "color": look.theme.text},
        "textposition": "middle center",
        "customdata": [[str(edge["examples"]).partition(";")[0]] for edge in edges],
        "hovertext": [_tooltip(edge, look) for edge in edges],
        "hoverinfo": "text",
        "cliponaxis": False,
        "marker": {
            "size": [_SMALLEST + (_LARGEST - _SMALLEST) * (int(edge["figures"]) / most) ** 0.5 for edge in edges],
            "color": [mixed(colour, look.theme.paper, _FILL) for colour in colours],
            "opacity": 1,
            "line": {"color": colours, "width": [3 if edge["distorted"] else 1 for edge in edges]},
        },
    }


def _tooltip(edge: Edge, look: Look) -> str:
    said = [look.say("figures {n}, different claims {claims}", n=look.number(edge["figures"]), claims=look.number(edge["claims"]))]
    if edge["faithful"] or edge["distorted"]:
        kept = {"faithful": look.number(edge["faithful"]), "distorted": look.number(edge["distorted"])}
        said.append(look.say("borne out {faithful}, different from the source {distorted}", **kept))
    if given(edge["lag_hours"]):
        said.append(look.say("half of them within {hours} hours of the source", hours=look.decimal(float(edge["lag_hours"]))))
    head = look.say("{publisher} passes on {source}", publisher=str(edge["publisher_label"]), source=str(edge["source_label"]))
    return "<br>".join([f"<b>{plain(head)}</b>", *map(plain, said)])


def _axis(count: int) -> dict[str, Any]:
    return {"range": [-0.5, count - 0.5], "visible": False, "fixedrange": True}


def _rule(row: int, look: Look) -> dict[str, Any]:
    line = {"color": look.theme.grid, "width": 1}
    return {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "yref": "y", "y0": row, "y1": row, "line": line, "layer": "below"}


def _head(edge: Edge, look: Look) -> list[str]:
    return wrapped(str(edge["source_label"]), 8 if look.compact else 12)


def _room(names: Any, look: Look) -> int:
    widest = max(text_width(look.cut(str(name), 16), 12) for name in names)
    return int(min(widest + 14, 116 if look.compact else 200))


def _row_name(row: int, name: str, left: int, look: Look) -> dict[str, Any]:
    shift, side = (-10, "right") if look.language == "ar" else (2 - left, "left")
    return {
        "x": 0, "xref": "paper", "y": row, "yref": "y", "xshift": shift, "xanchor": side, "yanchor": "middle", "showarrow": False,
        "text": plain(isolated(cut_to(str(name), left - 14))), "font": {"size": 12, "color": look.theme.text},
    }  # fmt: skip


def _column_name(column: int, lines: Sequence[str], look: Look) -> dict[str, Any]:
    return {
        "x": column, "xref": "x", "y": 1, "yref": "paper", "yshift": 6, "xanchor": "center", "yanchor": "bottom", "showarrow": False,
        "text": "<br>".join(plain(isolated(line)) for line in lines), "font": {"size": 12, "color": look.theme.text},
    }  # fmt: skip
