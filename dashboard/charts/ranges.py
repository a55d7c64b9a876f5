"""Claims side by side: one row per day or place, one mark per claim with its number, a pale band from the lowest to the highest."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from dashboard.charts.captions import WORD, caption_traces, captions, counted, numbers, obstacles
from dashboard.charts.drawing import Drawing
from dashboard.charts.glyphs import draw
from dashboard.charts.labels import Label, Place, Room, settled
from dashboard.charts.legends import legend, legend_height, legend_lines
from dashboard.charts.lettering import cut_to, text_width
from dashboard.charts.look import Claim, Look, given, isolated, plain, value_words, wrapped
from dashboard.charts.panels import empty_figure, figure, page, value_axis, value_scale
from dashboard.charts.planes import DOT, OPEN, Placed, Plane, Scale, Trace, bar, dot_value, mark_value
from dashboard.charts.sorts import EMPTY, UNIT_LABELS
from ingest.model.quotation import quoted
from ingest.model.vocabulary import GroupStatus, Qualifier

MOST_ROWS: Final = 40
"""Rows one chart shows: those with most voices; the table beside it has them all."""

_ROW: Final = 46
_LANE: Final = 15
_AROUND_LANES: Final = 28  # pixels above and below the lanes of a row: a number fits above the first
_NOTE: Final = 14
_TITLE_LINE: Final = 17
_LABEL: Final = 12
_GAP, _WORD_GAP = 10, 4  # pixels from a mark, and from a vague word, to a name
_TOP: Final = -14.0  # a `Room` lets texts reach 14 pixels above it; there the numbers of the axis stand


@dataclass(frozen=True, slots=True)
class Row:
    """One thing several voices speak about: when or where, whom or what, and what each says. `lines` are the title and `notes` what is said
    of it (`about`), as they are broken.
    """

    title: str
    about: tuple[str, ...]
    notes: tuple[str, ...]
    claims: tuple[Claim, ...]
    lines: tuple[str, ...] = ()

    @property
    def height(self) -> int:
        """Pixels its title and notes take."""
        return _TITLE_LINE * len(self.lines) + _NOTE * len(self.notes) + 14

    @property
    def voices(self) -> int:
        """Independent voices in the row."""
        return len({claim["independence_group"] for claim in self.claims})


def range_chart(claims: Sequence[Claim], look: Look, *, scale: str = "linear") -> Drawing:
    """Draw the claims of a comparison: `MARK_COLUMNS` with `row`, `row_day`, `row_place` and `row_voices`.

    Values run along the rows, from zero or from a power of ten ("log"). Claims of one voice in one row stand under one another.
    """
    if not claims:
        return empty_figure(look, look.say(EMPTY))
    rows = comparison_rows(claims, look)
    key = legend_lines((claim for row in rows for claim in row.claims), look)
    left = _title_room(rows, look)
    right = 40 if look.compact else _name_room(rows, look)
    values = value_scale([c for row in rows for c in row.claims], look.least - left - right, log=scale == "log")
    stands = _stands(rows, values)
    margin = {"l": left, "r": right, "t": legend_height(key) + 28, "b": 12}
    layout = page(look, height=int(stands[-1].bottom + margin["t"] + margin["b"]), margin=margin)
    plane = Plane(values, look, upright=False)
    layout["xaxis"] = {**value_axis(values, look, ticks=3 if look.compact else 6), "side": "top", "anchor": "y"}
    layout["yaxis"] = {"range": [stands[-1].bottom, 0], "visible": False, "fixedrange": True, "anchor": "x"}
    placed = [Placed(claim, y) for row, stand in zip(rows, stands, strict=True) for claim, y in zip(row.claims, stand.lanes, strict=True)]
    layout["shapes"] += [shape for row, stand in zip(rows, stands, strict=True) for shape in band(row.claims, stand.lanes, plane)]
    layout["shapes"] += [_rule(stand, look) for stand in stands[:-1]]
    named = [] if look.compact else [one for row, stand in zip(rows, stands, strict=True) for one in _names(row, stand, plane, right)]
    layout["annotations"] += [_title(row, stand, look, left) for row, stand in zip(rows, stands, strict=True)]
    layout["annotations"] += [*(one.note for one in named), *legend(key, look, margin)]
    texts, left_out = _texts(_ends_first(rows, placed), named, plane, margin)
    return figure([*draw(placed, plane), *texts], layout, left_out)


@dataclass(frozen=True, slots=True)
class _Named:
    """A mark with its voice and number beside it: which claim, the room the text takes, and the text as plotly draws it."""

    figure: str
    label: Label
    note: dict[str, Any]


def _ends_first(rows: Sequence[Row], placed: Sequence[Placed]) -> list[Placed]:
    """The claims with the lowest and the highest of each row before all between them."""
    ends = {row.claims[at]["figure_id"] for row in rows for at in (0, -1)}
    return sorted(placed, key=lambda one: one.claim["figure_id"] not in ends)


def _texts(placed: Sequence[Placed], named: Sequence[_Named], plane: Plane, margin: Mapping[str, int]) -> tuple[list[Trace], int]:
    """The small texts beside the marks, and how many found no room; numbers and counts only where no name says them."""
    look, small, beside = plane.look, captions(placed, plane), margin["l"] + margin["r"]
    said = {one.figure for one in named}
    silent = [one for one in placed if one.claim["figure_id"] not in said]
    barred = captions([one for one in silent if dot_value(one.claim) is None], plane).counts
    room = Room(look.least - beside, look.most - beside, _TOP, right=margin["r"], foot=-math.inf)
    wanted = [*small.zeros, *small.words, *numbers(silent, plane), *barred]
    kept, left_out = settled(wanted, list(obstacles(placed, plane)), room, fixed=[one.label for one in named])
    return caption_traces(kept, plane), left_out


def comparison_rows(claims: Sequence[Claim], look: Look) -> list[Row]:
    """The rows of the chart in the order they are shown, at most `MOST_ROWS`: days run down the page, places by voices."""
    several_groups, several_units = (len({claim[name] for claim in claims}) > 1 for name in ("group_key", "unit"))
    by_day = any(given(claim["row_day"]) for claim in claims)
    together: dict[str, list[Claim]] = {}
    for claim in claims:
        together.setdefault(claim["row"], []).append(claim)
    rows = []
    for own in together.values():
        own.sort(key=lambda c: (mark_or_zero(c), c["figure_id"]))
        first = min(own, key=lambda c: c["group_role"] != "")
        people = first["group_text"] if several_groups and first["group_key"].strip("|") != GroupStatus.UNSTATED else ""
        counted_in = look.translate(UNIT_LABELS.get(first["unit"]) or str(first["unit"])) if several_units else ""
        notes = (str(first["row_place"]) if by_day else "", str(people), counted_in)
        title = _when(first, look) if by_day else str(first["row_place"])
        row = Row(title, tuple(filter(None, notes)), _notes(notes, look), tuple(own), tuple(wrapped(title, 15 if look.compact else 28)))
        rows.append((first["row_day"] if by_day else -row.voices, row))
    kept = sorted(rows, key=lambda pair: -pair[1].voices)[:MOST_ROWS]
    return [row for _, row in sorted(kept, key=lambda pair: (pair[0], -pair[1].voices, pair[1].title, pair[1].notes))]


def _notes(notes: Sequence[str], look: Look) -> tuple[str, ...]:
    """Lines under a row's title that fit beside the plot."""
    return tuple(line for note in notes if note for line in wrapped(note, 18 if look.compact else 34))


def _when(claim: Claim, look: Look) -> str:
    if claim["family"] == "period":
        return look.say("{first} to {last}", first=look.day(claim["day"]), last=look.day(claim["last_day"]))
    return look.day(claim["row_day"])


def mark_or_zero(claim: Claim) -> float:
    """The number by which claims of a row are ordered."""
    return next((float(claim[name]) for name in ("best", "low", "high") if given(claim[name])), 0.0)


@dataclass(frozen=True, slots=True)
class _Stand:
    """Where a row is, in pixels from the top: its ends, and the lane of each claim."""

    top: float
    bottom: float
    lanes: tuple[float, ...]

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def _stands(rows: Sequence[Row], scale: Scale) -> list[_Stand]:
    stands: list[_Stand] = []
    top = 0.0
    for row in rows:
        lanes = _lanes(row.claims, scale)
        height = max(_ROW, _LANE * (max(lanes) + 1) + _AROUND_LANES, row.height)
        first = top + (height - _LANE * max(lanes)) / 2
        stands.append(_Stand(top, top + height, tuple(first + _LANE * lane for lane in lanes)))
        top += height
    return stands


def _lanes(claims: Sequence[Claim], scale: Scale) -> list[int]:
    """A lane per claim: exact numbers share the first as long as their dots do not touch, everything with a bar stands below."""
    taken: list[float] = []
    lanes, below = [], 0
    for claim in claims:
        at = scale.pixel(max(mark_or_zero(claim), scale.base))
        exact = given(claim["best"]) and not claim["open_high"] and claim["low"] == claim["high"]
        if exact and all(abs(at - other) > DOT for other in taken):
            taken.append(at)
            lanes.append(0)
        else:
            below += 1
            lanes.append(below)
    return lanes if 0 in lanes else [lane - 1 for lane in lanes]


def band(claims: Sequence[Claim], lanes: Sequence[float], plane: Plane) -> list[dict[str, Any]]:
    """The reach of a row: from the lowest to the highest stated number, where several voices state one."""
    stated = [(value, claim["independence_group"]) for claim in claims if (value := dot_value(claim)) is not None]
    if len({voice for _, voice in stated}) < 2:
        return []
    ends = sorted(max(value, plane.scale.base) for value, _ in stated)
    box = {"x0": ends[0], "x1": ends[-1], "y0": min(lanes) - 7, "y1": max(lanes) + 7, "xref": "x", "yref": "y"}
    return [{"type": "rect", **box, "fillcolor": plane.look.theme.grid, "opacity": 0.7, "line": {"width": 0}, "layer": "below"}]


def _names(row: Row, stand: _Stand, plane: Plane, right: float) -> list[_Named]:
    """Voices and their numbers: in a lane of its own at the end of its bar, among dots on one lane the first and the last."""
    notes = []
    for lane in sorted(set(stand.lanes)):
        here = [claim for claim, y in zip(row.claims, stand.lanes, strict=True) if y == lane]
        ends = {here[-1]["figure_id"]: (here[-1], 1)}
        first = f"{here[0]['source_short']} {_stated(here[0], plane.look)}"
        if len(here) > 1 and plane.scale.pixel(mark_value(here[0], plane.scale)) > text_width(first) + 16:
            ends[here[0]["figure_id"]] = (here[0], -1)
        notes += [_name(claim, lane, way, (plane, right)) for claim, way in ends.values()]
    return notes


def _stated(claim: Claim, look: Look) -> str:
    """The number with its hedge, and how many documents carry it; of a vague word, which stands at its bar, and of no number nothing."""
    silent = claim["qualifier"] == Qualifier.VAGUE or not any(given(claim[name]) for name in ("best", "low", "high"))
    return ("" if silent else value_words(claim, look)) + counted(claim, look)


def _name(claim: Claim, y: float, way: int, within: tuple[Plane, float]) -> _Named:
    """The voice and its number at that end of its bar, the name cut to the room there is (`within` a plane and the pixels to its right)."""
    plane, right = within
    look = plane.look
    vague = claim["qualifier"] == Qualifier.VAGUE and way > 0
    word = text_width(f"{quoted(str(claim['value_text']), look.language)} ", WORD) if vague else 0
    end, reach = _bar_end(claim, way, plane)
    at, stated = plane.scale.pixel(end), _stated(claim, look).strip()
    room = (plane.scale.pixels - at + right if way > 0 else at) - _GAP - reach - word - text_width(f" {stated}")
    name = isolated(cut_to(str(claim["source_short"] or claim["source_label"]), room))
    colour, from_mark = look.kind_text(claim["source_kind"]), way * (_WORD_GAP if vague else _GAP) + word
    share, place = (at + way * reach) / plane.scale.pixels, Place(from_mark, 0, way)
    x = plane.scale.moved(end, way * reach)
    number = f" <span style='color:{look.theme.text}'>{plain(stated)}</span>" if stated else ""
    note = {
        "x": plane.scale.axis_value(x),
        "y": y,
        "xref": "x",
        "yref": "y",
        "xshift": from_mark,
        "text": look.directed(plain(name) + number),
        "showarrow": False,
        "xanchor": "left" if way > 0 else "right",
        "yanchor": "middle",
        "font": {"size": _LABEL, "color": colour},
    }
    return _Named(str(claim["figure_id"]), Label(f"{name} {stated}", colour, y, x, share, -y, _LABEL, (place,), place=place), note)


def _bar_end(claim: Claim, way: int, plane: Plane) -> tuple[float, float]:
    """The value a claim's drawing ends at on that side, and how many pixels its open end reaches further."""
    low, high = bar(claim, plane.scale)
    mark = mark_value(claim, plane.scale)
    if given(claim["low"]) and given(claim["high"]) and claim["low"] != claim["high"] and claim["qualifier"] not in OPEN:
        return max(float(claim["high" if way > 0 else "low"]), plane.scale.base), 0.0
    at = plane.scale.pixel(mark)
    return mark, max(high - at if way > 0 else at - low, 0.0)


def _title(row: Row, stand: _Stand, look: Look, room: int) -> dict[str, Any]:
    style = f"font-size:11px;color:{look.theme.muted}"
    notes = "".join(f"<br><span style='{style}'>{plain(isolated(note))}</span>" for note in row.notes)
    mirrored = look.language == "ar"
    return {
        "x": 0,
        "xref": "paper",
        "xshift": -10 if mirrored else 2 - room,
        "y": stand.middle,
        "yref": "y",
        "text": "<br>".join(f"<b>{plain(isolated(line))}</b>" for line in row.lines) + notes,
        "showarrow": False,
        "xanchor": "right" if mirrored else "left",
        "yanchor": "middle",
        "align": "right" if mirrored else "left",
        "font": {"size": 13, "color": look.theme.text},
    }


def _rule(stand: _Stand, look: Look) -> dict[str, Any]:
    line = {"color": look.theme.grid, "width": 1}
    return {
        "type": "line",
        "xref": "paper",
        "x0": 0,
        "x1": 1,
        "yref": "y",
        "y0": stand.bottom,
        "y1": stand.bottom,
        "line": line,
        "layer": "below",
    }


def _title_room(rows: Sequence[Row], look: Look) -> int:
    longest = max(text_width(line, size) for row in rows for size, lines in ((13.5, row.lines), (11, row.notes)) for line in lines)
    return int(min(longest + 20, 128 if look.compact else 210))


def _name_room(rows: Sequence[Row], look: Look) -> int:
    """Pixels to the right of the plot for the longest name at the end of a bar."""
    said = (f"{claim['source_short'] or claim['source_label']} {_stated(claim, look)}" for row in rows for claim in row.claims)
    longest = max(map(text_width, said))
    return int(min(max(longest + 30, 110), 220))
