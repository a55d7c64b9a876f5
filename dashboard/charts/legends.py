"""The legend of a chart of voices: shape, colour and name of each, in lines that fit on the narrowest screen."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from dashboard.charts.glyphs import shape
from dashboard.charts.lettering import text_width
from dashboard.charts.look import Claim, Look, isolated, plain

_LINE: Final = 22
_SIGNS: Final = {
    "circle": "●",
    "square": "■",
    "diamond": "◆",
    "triangle-up": "▲",
    "pentagon": "⬟",
    "hexagon": "⬢",
    "star": "★",
    "cross": "✚",
    "bowtie": "⧓",
    "hourglass": "⧗",
}
"""The shapes of marks as letters: marks outside the axes of a chart are cut off."""

Line = list[tuple[Claim, float]]


def legend_lines(claims: Iterable[Claim], look: Look) -> list[Line]:
    """One claim of each voice, by kind then rank, in lines that fit; each with its distance from the left in pixels."""
    voices = {claim["claimed_source"]: claim for claim in claims}
    lines: list[Line] = [[]]
    left = 0.0
    for claim in sorted(voices.values(), key=lambda claim: (claim["source_kind"], claim["shape"])):
        takes = text_width(isolated(claim["source_short"] or claim["source_label"]), 12) + 34
        if left + takes > look.least and lines[-1]:
            lines.append([])
            left = 0.0
        lines[-1].append((claim, left))
        left += takes
    return lines


def legend_height(lines: Sequence[Line]) -> int:
    """Pixels that the lines take."""
    return _LINE * len(lines) + 8


def legend(lines: Sequence[Line], look: Look, margin: Mapping[str, int]) -> list[dict[str, Any]]:
    """The lines above the plot, as text; from the right where one reads from there."""
    mirrored = look.language == "ar"
    return [
        {
            "x": int(mirrored),
            "xref": "paper",
            "y": 1,
            "yref": "paper",
            "xshift": margin["r"] - left - 2 if mirrored else left - margin["l"] + 2,
            "yshift": margin["t"] - 10 - _LINE * number,
            "text": _entry(claim, look),
            "showarrow": False,
            "xanchor": "right" if mirrored else "left",
            "yanchor": "middle",
            "font": {"size": 12, "color": look.theme.text},
        }
        for number, line in enumerate(lines)
        for claim, left in line
    ]


def _entry(claim: Claim, look: Look) -> str:
    sign, colour = _SIGNS[shape(claim)], look.kind_colour(claim["source_kind"])
    name = plain(isolated(claim["source_short"] or claim["source_label"]))
    return look.directed(f"<span style='color:{colour};font-size:16px'>{sign}</span> {name}")
