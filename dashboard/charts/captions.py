"""Small texts that belong to marks: how many documents carry a claim, a vague word, the 0 of a source that says none.

Each stands where it covers nothing; what found no room is counted, and said by its mark when pointed at.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from dashboard.charts.labels import Label, Obstacle, Place
from dashboard.charts.look import Claim, Look, given, plain
from dashboard.charts.planes import DOT, Placed, Plane, Trace, bar, bar_top, dot_value, mark_value, open_way
from ingest.model.quotation import quoted
from ingest.model.vocabulary import Qualifier

WORD: Final = 11
"""Size of a vague word and of a zero, in pixels."""
_COUNT: Final = 10
_SIDES: Final = {"left": -1, "center": 0, "right": 1}
_LEVELS: Final = {"top": 1, "middle": 0, "bottom": -1}
_BAR, _LINE = 3.0, 1.5  # half as wide as drawn
_FAINT, _LINED = 0.35, 0.5  # how much bars and lines matter beside dots
_WIDE: Final = 10.0  # of the bar of a vague word
_BARS: Final = {Qualifier.VAGUE: (_WIDE / 2, 1.0), Qualifier.RANGE: (_BAR, 0.7)}
"""Half as wide as a bar is drawn, and how much it matters, where that is not as of an open end."""
_BEFORE: Final = ("top left", "middle left", "top right", "middle right", "bottom left", "bottom right", "top center", "bottom center")
_BEHIND: Final = ("middle right", "middle left", "bottom center", "top center", "bottom right", "top right", "bottom left", "top left")
_OPEN_SIDES: Final = {1: "right", -1: "left"}
"""Where the open end of a claim that lies along a row reaches: its number stands on no fading bar."""
_ABOVE_FIRST: Final = ("top center", "bottom center", "middle right", "middle left")
_ABOVE: Final = ("top center", "middle right", "middle left", "top right", "top left")


@cache
def places(names: tuple[str, ...], mark: float, size: int) -> tuple[Place, ...]:
    """Places of a text of that size around a mark, as plotly lays it: a quarter and a pixel off the rim."""
    off = mark / 2 / 0.8 + 1
    found = []
    for name in names:
        level, side = name.split()
        right, up = _SIDES[side] * off, _LEVELS[level] * (off + size / 2)
        found.append(Place(right, up, _SIDES[side], name, mark))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Captions:
    """The small texts of some marks, those that matter most first. `counts` are only where no name beside the mark says them."""

    zeros: tuple[Label, ...]
    words: tuple[Label, ...]
    counts: tuple[Label, ...]


def captions(claims: Sequence[Placed], plane: Plane) -> Captions:
    """What is written beside the marks of the claims, not yet in its place."""
    vague = [p for p in claims if p.claim["qualifier"] == Qualifier.VAGUE and p.claim["value_text"] and given(p.claim["low"])]
    relayed = sorted((p for p in claims if p.claim["citations"] > 1), key=lambda p: -p.claim["citations"])
    return Captions(
        tuple(_zero(p, plane) for p in claims if given(p.claim["best"]) and p.claim["best"] == 0),
        tuple(_word(p, plane) for p in sorted(vague, key=lambda p: -p.claim["citations"])),
        tuple(_count(p, plane) for p in relayed),
    )


def _zero(placed: Placed, plane: Plane) -> Label:
    names = _ABOVE if plane.upright else ("bottom center", *_BEHIND)
    colour = plane.look.kind_text(placed.claim["source_kind"])
    share, up = plane.spot(placed, plane.scale.base)
    around = places(names, DOT, WORD)
    return Label(plane.look.number(0), colour, placed.at, plane.scale.base, share, up, WORD, around, small=True)


def _word(placed: Placed, plane: Plane) -> Label:
    """A vague word stands at the end of its bar."""
    end = bar_top(placed.claim, plane.scale)
    share, up = plane.spot(placed, end)
    text, colour = quoted(str(placed.claim["value_text"]), plane.look.language), plane.look.kind_text(placed.claim["source_kind"])
    around = places(_ABOVE, _WIDE, WORD) if plane.upright else places(("middle right",), 1, WORD)
    return Label(text, colour, placed.at, end, share, up, WORD, around, small=True)


def _count(placed: Placed, plane: Plane) -> Label:
    value = mark_value(placed.claim, plane.scale)
    share, up = plane.spot(placed, value)
    around = places(_BEFORE if plane.upright else _BEHIND, DOT, _COUNT)
    text = f"×{plane.look.number(placed.claim['citations'])}"
    return Label(text, plane.look.theme.muted, placed.at, value, share, up, _COUNT, around, small=True)


def numbers(claims: Iterable[Placed], plane: Plane) -> tuple[Label, ...]:
    """The stated number beside each mark whose name does not say it, and how many documents carry it; zeros have a text of their own."""
    stated = ((placed, value) for placed in claims if (value := dot_value(placed.claim)))
    return tuple(_number(placed, value, plane) for placed, value in stated)


def _number(placed: Placed, value: float, plane: Plane) -> Label:
    look, way, at = plane.look, open_way(placed.claim), mark_value(placed.claim, plane.scale)
    free = tuple(name for name in (_BEHIND if look.compact else _ABOVE_FIRST) if not way or _OPEN_SIDES[way] not in name)
    text = look.directed(f"{look.number(value)}{counted(placed.claim, look)}")
    colour, around = look.kind_text(placed.claim["source_kind"]), places(free, DOT, WORD)
    return Label(text, colour, placed.at, at, *plane.spot(placed, at), WORD, around, small=True)


def counted(claim: Claim, look: Look) -> str:
    """How many documents carry the claim, where more than one does."""
    return f" ×{look.number(claim['citations'])}" if claim["citations"] > 1 else ""


def obstacles(claims: Iterable[Placed], plane: Plane) -> Iterator[Obstacle]:
    """What the marks of the claims take: a dot each, and a bar for what it leaves open."""
    for placed in claims:
        share, up = plane.spot(placed, mark_value(placed.claim, plane.scale))
        yield Obstacle(share, share, up - DOT / 2, up + DOT / 2, DOT / 2)
        low, high = bar(placed.claim, plane.scale)
        if high <= low:
            continue
        half, weight = _BARS.get(placed.claim["qualifier"], (_BAR, _FAINT))
        if plane.upright:
            yield Obstacle(share, share, low, high, half, weight)
        else:
            yield Obstacle(low / plane.scale.pixels, high / plane.scale.pixels, up - half, up + half, 0, weight)


def level(first: float, last: float, up: float) -> Obstacle:
    """A level line between two shares of the width."""
    return Obstacle(first, last, up - _LINE, up + _LINE, 0, _LINED)


def caption_traces(labels: Sequence[Label], plane: Plane) -> list[Trace]:
    """Small texts that have found their places, as one trace: a browser draws it faster than annotations."""
    if not labels:
        return []
    drawn: dict[str, Any] = {
        "mode": "markers+text",
        "text": [plain(label.text) for label in labels],
        "textposition": [label.place.name for label in labels],
        "textfont": {"size": [label.size for label in labels], "color": [label.colour for label in labels]},
        "marker": {"size": [label.place.mark for label in labels], "opacity": 0},  # unseen, it keeps the text off the mark
        "hoverinfo": "skip",
        "cliponaxis": False,
    }
    return [plane.trace([label.at for label in labels], [label.value for label in labels], **drawn)]
