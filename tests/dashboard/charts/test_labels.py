"""Texts beside marks: none lies over another in any width a chart is drawn in, none is cut off, and what is left out is counted."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
import pytest

from dashboard import charts
from dashboard.charts.captions import places
from dashboard.charts.labels import Label, Obstacle, Room, settled
from dashboard.charts.lettering import cut_to, text_width

Claim = Mapping[str, Any]
Make = Callable[..., list[dict[str, Any]]]
Box = tuple[float, float, float, float]
ROOM = Room(170, 470, 170, right=60)
WIDTHS = {True: (328, 400, 607), False: (608, 720, 1152)}


def over(one: Box, other: Box) -> bool:
    """Whether two boxes (left, right, bottom, top) share more than a rim of half a pixel."""
    across, along = min(one[1], other[1]) - max(one[0], other[0]), min(one[3], other[3]) - max(one[2], other[2])
    return across > 0.5 and along > 0.5


def crowd(number: int) -> list[Label]:
    """Names of marks that stand close together."""
    rng = np.random.default_rng(number)
    return [
        Label(f"Source {n}, Town {n}", "#000000", 0, 0, float(x), float(y)) for n, (x, y) in enumerate(rng.random((number, 2)) * (1, 90))
    ]


@pytest.mark.parametrize("number", [2, 8, 30, 120])
def test_names_lie_over_no_other_in_any_width(number: int) -> None:
    """From the least to the most pixels of the panel; those that find no place are counted."""
    kept, left_out = settled(crowd(number), [], ROOM)
    assert (len(kept) + left_out, bool(kept)) == (number, True)
    for width in range(170, 471, 20):
        assert not [pair for pair in combinations(kept, 2) if over(pair[0].box(width), pair[1].box(width))]


def test_a_name_goes_where_it_covers_least() -> None:
    """With a mark to the right of its own it stands elsewhere."""
    name = Label("Observatory", "#000000", 0, 0, 0.3, 80)
    in_the_way = Obstacle(0.5, 0.5, 72, 88, 8)
    (free,), (moved,) = (settled([name], marks, ROOM)[0] for marks in ([], [in_the_way]))
    assert (free.place.right, free.place.up) == (11, 0)
    assert moved.place != free.place


def test_a_name_away_from_its_mark_stands_beside_no_other_dot() -> None:
    """A text that begins right at a dot is read as the name of that dot, though a line leads to it from another."""
    name = Label("United Nations", "#000000", 0, 0, 0.3, 60)
    around = [Obstacle(0.3 + x / 170, 0.3 + x / 170, 60 + y - 6, 60 + y + 6, 6) for x in (0, 20, 40) for y in (-12, 0, 12)]
    ((free,), _) = settled([name], around, ROOM)
    begins, _, low, high = free.box(ROOM.least)
    dot = Obstacle((begins - 8) / ROOM.least, (begins - 8) / ROOM.least, (low + high) / 2 - 6, (low + high) / 2 + 6, 6)
    ((moved,), _) = settled([name], [*around, dot], ROOM)
    assert free.place.side == 1 and free.place.up > 13
    assert moved.place != free.place


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 1.0])
def test_a_name_is_cut_off_on_no_screen(share: float) -> None:
    """Also on the narrowest: a name that fits nowhere is shortened."""
    name = Label("Observatory of the Three Rivers and Valleys", "#000000", 0, 0, share, 80.0)
    (label,), _ = settled([name], [], ROOM)
    for width in (170, 300, 470):
        left, right, _, _ = label.box(width)
        assert left >= -0.5
        assert right <= width + 60.5


def test_a_small_text_covers_no_mark() -> None:
    """A count among dots on all sides is left out, and counted."""
    count = Label("×3", "#000000", 0, 0, 0.5, 80, 10, places(("top left", "middle right"), 11, 10), small=True)
    dots = [Obstacle(0.5 + x / 170, 0.5 + x / 170, 80 + y - 6, 80 + y + 6, 6) for x in (-16, 0, 16) for y in (-13, 0, 13)]
    assert settled([count], [], ROOM)[0][0].place.name == "middle right"
    assert settled([count], dots, ROOM) == ([], 1)


def test_capitals_and_digits_take_more_room_than_small_letters() -> None:
    """What a label takes is reckoned letter by letter; marks of direction take nothing."""
    assert text_width("OCHA 150,000") > text_width("ocha illilli")
    assert text_width("\u2068حلب\u2069") == text_width("حلب")


@pytest.mark.parametrize("text", ["Observatory of Rivers", "\u2068مرصد الأنهار الثلاثة\u2069"])
def test_a_text_is_cut_to_its_room(text: str) -> None:
    """It ends with dots and fits; one that fits stays whole."""
    cut = cut_to(text, 80)
    assert cut.endswith("…")
    assert text_width(cut) <= 80
    assert cut_to(text, 500) == text


@pytest.mark.parametrize("compact", [True, False])
@pytest.mark.parametrize("family", ["total", "event"])
def test_no_two_texts_of_a_crowded_chart_meet(mark: Make, compact: bool, family: str) -> None:
    """Names, counts, vague words, zeros and falls of a hundred claims in eight days, in every width the chart is drawn in."""
    figure = charts.series_chart(mark(*_claims(family)), charts.Look(theme=charts.LIGHT, compact=compact))
    for width in WIDTHS[compact]:
        boxes = list(_boxes(figure, width))
        assert len(boxes) > 10
        assert not [(a, b) for (a, one), (b, other) in combinations(boxes, 2) if over(one, other)]
    assert figure.left_out > 0


@pytest.mark.parametrize("compact", [True, False])
def test_no_two_texts_of_a_comparison_meet(mark: Make, compact: bool) -> None:
    """Names with their numbers and, on a phone all alone, numbers beside marks."""
    told = mark(*_claims("event"))
    rows = [{**claim, "row": str(claim["day"]), "row_day": claim["day"], "row_place": "", "row_voices": 9} for claim in told]
    figure = charts.range_chart(rows, charts.Look(theme=charts.LIGHT, compact=compact))
    for width in WIDTHS[compact]:
        boxes = list(_boxes(figure, width))
        assert len(boxes) > 10
        assert not [(a, b) for (a, one), (b, other) in combinations(boxes, 2) if over(one, other)]


def _claims(family: str) -> list[dict[str, Any]]:
    rng = np.random.default_rng(7)
    claims = []
    for n in range(100):
        value = int(rng.integers(0, 60) ** 2)
        voice = {"claimed_source": f"s{n % 9}", "source_short": f"Source {n % 9}", "family": family, "independence_group": f"s{n % 9}"}
        day = {name: date(2024, 12, 1) + timedelta(days=n % 8) for name in ("day", "last_day", "as_of")}
        vague = {"low": value, "best": None, "high": value + 90, "qualifier": "vague", "value_text": "dozens"}
        said = vague if n % 11 == 0 else {"low": value * (n % 17 > 0), "best": value * (n % 17 > 0), "high": value * (n % 17 > 0)}
        claims.append({**voice, **day, **said, "citations": 1 + n % 4, "quote": "", "open_high": False})
    return claims


def _boxes(figure: Any, width: float) -> Iterator[tuple[str, Box]]:
    """Text and box (from the left and from below, in pixels) of everything that stands beside a mark, as plotly lays it out."""
    layout, margin = figure["layout"], figure["layout"]["margin"]
    plot, tall = width - margin["l"] - margin["r"], layout["height"] - margin["t"] - margin["b"]

    def at(name: str, value: Any) -> float:
        axis = layout[name.replace("x", "xaxis").replace("y", "yaxis")]
        moments = axis.get("type") == "date"
        low, high, here = (pd.Timestamp(one).timestamp() if moments else float(one) for one in (*axis["range"], value))
        first, last = axis.get("domain", (0, 1))
        return (first + (here - low) / (high - low) * (last - first)) * (plot if name[0] == "x" else tall)

    for note in layout["annotations"]:
        if note.get("yref", "paper") != "paper" and note.get("xref", "paper") != "paper":
            x, y = at(note["xref"], note["x"]), at(note["yref"], note["y"])
            right, up = (note["ax"], -note["ay"]) if note["showarrow"] else (note["xshift"], note.get("yshift", 0))
            text = re.sub("<[^>]*>", "", note["text"])
            takes, half = text_width(text, note["font"]["size"]), note["font"]["size"] * 0.6
            left = x + right - (takes if note["xanchor"] == "right" else 0)
            yield note["text"], (left, left + takes, y + up - half, y + up + half)
    for trace in figure["data"]:
        if trace["mode"] != "markers+text":
            continue
        font, marker = trace["textfont"], trace["marker"]
        for x, y, text, where, size, mark in zip(
            trace["x"], trace["y"], trace["text"], trace["textposition"], font["size"], marker["size"], strict=True
        ):
            (place,) = places((where,), mark, size)
            takes, middle = text_width(text, size), at(trace["yaxis"], y) + place.up
            left = at(trace["xaxis"], x) + place.right - takes * (1 - place.side) / 2
            yield text, (left, left + takes, middle - size * 0.6, middle + size * 0.6)
