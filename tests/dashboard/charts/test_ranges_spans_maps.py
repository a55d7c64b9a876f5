"""Rows, spans and maps."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import combinations
from typing import Any

import pytest

from dashboard import charts, query
from dashboard.charts.captions import places
from dashboard.charts.lettering import text_width
from dashboard.state import Filters

Rows = Sequence[Mapping[str, Any]]

SQUARES = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "properties": {"place_id": place, "name_en": name, "name_ar": arabic},
            "geometry": {"type": "MultiPolygon", "coordinates": [[[[x, 35], [x, 37], [x + 2, 37], [x + 2, 35], [x, 35]]]]},
        }
        for place, name, arabic, x in (("SY07", "Idleb", "إدلب", 35), ("SY02", "Aleppo", "حلب", 37), ("SY08", "Al-Hasakeh", "الحسكة", 39))
    ],
}


def texts(figure: Any) -> list[str]:
    """What stands on the chart."""
    return [note.text for note in figure.layout.annotations]


def shown(figure: Any) -> list[str]:
    """The figures that can be opened."""
    return [ids[0] for trace in figure.data if trace.customdata is not None for ids in trace.customdata]


@pytest.fixture
def rows(db: query.Snapshot) -> Rows:
    """Events by day, also those of one voice."""
    return query.compare_rows(db, Filters(), "killed", "event", alone=True).marks


def test_every_claim_of_a_comparison_is_drawn_once(look: charts.Look, rows: Rows) -> None:
    """One mark per voice and claim."""
    assert sorted(shown(charts.range_chart(rows, look))) == sorted(claim["figure_id"] for claim in rows)


def numbers_of(figure: Any) -> list[str]:
    """The small texts beside marks."""
    return [text for trace in figure.data if trace.mode == "markers+text" for text in trace.text]


@pytest.mark.parametrize("compact", [True, False])
def test_the_number_of_a_claim_stands_at_its_mark(rows: Rows, compact: bool) -> None:
    """Beside the name of its voice, and where none stands alone: nobody has to measure a dot against the axis."""
    look = charts.Look(theme=charts.LIGHT, compact=compact)
    figure = charts.range_chart(rows, look)
    beside = " ".join([*(re.sub("<[^>]*>", "", text) for text in texts(figure)), *numbers_of(figure)])
    said = [look.number(claim["best"]) for claim in rows if claim["best"] is not None]
    assert len([number for number in said if number not in beside.split()]) <= figure.left_out
    assert any(number in beside.split() for number in said)


def test_a_row_of_several_lanes_has_room_for_a_number_above_its_first(rows: Rows) -> None:
    """That of a mark between two whose names stand beside them."""
    base = {**rows[0], "row_place": "", "qualifier": "exact", "open_high": False, "citations": 2}
    claims = [{**base, "figure_id": f"r{n}", "best": n, "low": n, "high": n} for n in (56, 60, 64)]
    claims.append({**base, "figure_id": "open", "best": 56, "low": 56, "high": None, "qualifier": "at_least", "open_high": True})
    claims.append({**claims[1], "figure_id": "z60", "citations": 1})
    figure = charts.range_chart(claims, charts.Look(theme=charts.LIGHT))
    assert (numbers_of(figure), figure.left_out) == (["60 ×2"], 0)


def test_no_number_of_a_claim_stands_among_those_of_the_axis(rows: Rows) -> None:
    """Which are above the first row: there a number of a claim would be read as a number of the axis."""
    base = {**rows[0], "open_high": False}
    near = [{**base, "figure_id": f"n{n}", "best": 40 + n, "low": 40 + n, "high": 40 + n} for n in range(0, 12, 2)]
    figure = charts.range_chart(near, charts.Look(theme=charts.LIGHT, compact=True))
    tops = [
        places((where,), size, 11)[0].up + 11 * 0.62 - y
        for trace in figure.data
        if trace.mode == "markers+text"
        for y, where, size in zip(trace.y, trace.textposition, trace.marker.size, strict=True)
    ]
    assert tops and max(tops) <= 0.5


def test_a_number_stands_on_no_open_end(rows: Rows) -> None:
    """That of "at least" not to the right of its mark, where the bar fades."""
    opened = {**rows[0], "qualifier": "at_least", "open_high": True, "best": 40, "low": 40, "high": None}
    closed = {**rows[0], "qualifier": "exact", "open_high": False, "best": 40, "low": 40, "high": 40}
    for claim, beside in ((opened, False), (closed, True)):
        figure = charts.range_chart([claim], charts.Look(theme=charts.LIGHT, compact=True))
        (where,) = [place for trace in figure.data if trace.mode == "markers+text" for place in trace.textposition]
        assert ("right" in where) is beside


def test_a_row_says_when_where_and_whom(look: charts.Look, db: query.Snapshot, rows: Rows) -> None:
    """Rows run down by day, each with its place and people; a period says from when to when."""
    found = texts(charts.range_chart(rows, look))
    assert any("<b>1 Dec</b>" in text and "Idleb" in text and "Civilians" in text for text in found)
    periods = query.compare_rows(db, Filters(), "killed", "period").marks
    assert any("<b>1 Nov to 30 Nov</b>" in text for text in texts(charts.range_chart(periods, look)))


def test_rows_of_households_and_of_people_are_told_apart(look: charts.Look, rows: Rows) -> None:
    """Where a comparison counts both, each row says which."""
    assert not [text for text in texts(charts.range_chart(rows, look)) if "households" in text]
    both = [*rows, {**rows[0], "unit": "household", "row": "of households"}]
    assert [text for text in texts(charts.range_chart(both, look)) if "households" in text]


def test_a_long_title_of_a_row_is_broken_and_its_row_is_as_tall(look: charts.Look, rows: Rows) -> None:
    """So that rows do not run into one another, and no title into the marks."""
    name = "Three valleys, their towns and the countryside around the northern reservoir"
    drawn = charts.range_chart([{**claim, "row_day": None, "row_place": name} for claim in rows], look)
    assert all(text.count("</b><br><b>") >= 2 for text in texts(drawn) if "Three" in text)


def test_a_band_spans_what_several_voices_state(look: charts.Look, rows: Rows) -> None:
    """From 8 to 22 on 1 December in Idleb; a row of one voice has no band."""
    bands = {(shape.x0, shape.x1) for shape in charts.range_chart(rows, look).layout.shapes if shape.type == "rect"}
    assert (8, 22) in bands
    assert len(bands) < len({claim["row"] for claim in rows})


def test_marks_of_a_row_do_not_hide_one_another(look: charts.Look, rows: Rows) -> None:
    """Three voices that all say four stand on three lanes."""
    figure = charts.range_chart([claim for claim in rows if claim["row_day"] == date(2024, 11, 29)], look)
    places = [(x, y) for trace in figure.data if trace.customdata is not None for x, y in zip(trace.x, trace.y, strict=True)]
    assert len(set(places)) == len(places) == 3


def test_every_voice_is_in_the_legend_with_its_shape(look: charts.Look, rows: Rows) -> None:
    """Colour is never alone: sign and name stand together."""
    found = " ".join(texts(charts.range_chart(rows, look)))
    for name in ("SOHR", "OHCHR", "White Helmets", "SANA"):
        assert f"</span> {name}" in found


def test_many_rows_keep_those_with_most_voices(look: charts.Look, published_10k: object) -> None:
    """A chart takes forty rows; the table has the rest."""
    db = query.Snapshots(published_10k).open("syria-2024")  # type: ignore[arg-type]  # a Path
    marks = query.compare_rows(db, Filters(), "killed", "event", alone=True).marks
    figure = charts.range_chart(marks, look)
    titles = [text for text in texts(figure) if text.startswith("<b>")]
    assert len({claim["row"] for claim in marks}) > 40 == len(titles)


def test_a_span_names_voice_value_and_day(look: charts.Look, db: query.Snapshot) -> None:
    """The latest word of each voice, from the highest down, in words beside its mark."""
    voices = query.voices(db, Filters(metrics=("killed",), kinds=("cumulative",), groups=("civilian",)))
    figure = charts.span_chart(charts.span_claims(voices), look)
    assert shown(figure) == ["f-n1", "f-c9", "f-w3", "f-o4"]
    assert [charts.range_summary.__name__, len(texts(figure))] == ["range_summary", 4]
    assert "at least 75" in texts(figure)[3]
    assert "8 Dec" in texts(figure)[3]


def test_areas_are_tinted_by_disagreement_and_open_their_place(look: charts.Look, db: query.Snapshot) -> None:
    """Colour is the disagreement scale; a division without claims is bare land, not the pale end of the scale."""
    figure = charts.place_map(query.by_place(db, Filters()), query.points(db, Filters()), SQUARES, look)
    fills = {trace.meta[1]: trace.fillcolor for trace in figure.data if trace.fill == "toself"}
    assert fills["SY07"] == charts.LIGHT.disagreement[3]
    assert fills["SY08"] == charts.LIGHT.land not in charts.LIGHT.disagreement
    opened = {tuple(data) for trace in figure.data if trace.customdata is not None for data in trace.customdata}
    assert opened == {("place", place) for place in ("SY02", "SY07", "C1007", "C3871", "X-aleppo-university")}


def test_points_are_towns_and_finer_only(look: charts.Look, db: query.Snapshot) -> None:
    """A claim about a governorate never becomes a dot."""
    figure = charts.place_map(query.by_place(db, Filters(places=("SY05",))), query.points(db, Filters(places=("SY05",))), SQUARES, look)
    assert not [trace for trace in figure.data if trace.mode == "markers" and trace.marker.opacity == 1]


def test_a_map_keeps_the_shape_of_the_land(look: charts.Look, db: query.Snapshot) -> None:
    """Degrees of longitude are drawn shorter, by the cosine of the latitude; nothing is fetched."""
    figure = charts.place_map(query.by_place(db, Filters()), query.points(db, Filters()), SQUARES, look)
    assert figure.layout.yaxis.scaleanchor == "x"
    assert figure.layout.yaxis.scaleratio == pytest.approx(1.236, abs=0.01)
    assert {trace.type for trace in figure.data} == {"scatter"}


def test_names_of_divisions_follow_the_language(db: query.Snapshot) -> None:
    """Arabic readers read Arabic names on the map."""
    filters = Filters(lang="ar")
    look = charts.Look(theme=charts.DARK, language="ar")
    figure = charts.place_map(query.by_place(db, filters), query.points(db, filters), SQUARES, look)
    assert any("إدلب" in text for text in texts(figure))


def test_a_crisis_without_outlines_says_so(look: charts.Look, db: query.Snapshot) -> None:
    """No outlines, no map, a sentence instead."""
    figure = charts.place_map(query.by_place(db, Filters()), query.points(db, Filters()), {"features": []}, look)
    assert "no outlines" in texts(figure)[0]


def test_a_close_up_shows_one_division_with_its_towns_by_name(look: charts.Look, db: query.Snapshot) -> None:
    """The rest of the land stays beside it, as a way to go there and never as a place without claims."""
    filters = Filters(places=("SY07",))
    whole = charts.place_map(query.by_place(db, Filters()), query.points(db, Filters()), SQUARES, look)
    close = charts.place_map(query.by_place(db, filters), query.points(db, filters), SQUARES, look, close=charts.Close("SY07"))
    assert close.layout.xaxis.range[0] < 35 and close.layout.xaxis.range[1] < whole.layout.xaxis.range[1]
    assert any("Idleb city" in text for text in texts(close)) and not any("Al-Hasakeh" in text for text in texts(close))
    opened = {data[1]: said for t in close.data if t.customdata is not None for data, said in zip(t.customdata, t.hovertext, strict=True)}
    assert "outside the place chosen" in opened["SY08"] and "outside" not in opened["SY07"]


@pytest.mark.parametrize("compact", [True, False])
def test_names_of_towns_in_one_place_lie_over_no_other_and_over_no_disc(db: query.Snapshot, compact: bool) -> None:
    """Nor does the ground they stand on, 20 pixels tall where letters are Arabic: a city, a quarter and a hospital of it."""
    look = charts.Look(theme=charts.LIGHT, compact=compact)
    filters = Filters(places=("SY07",))
    areas, town = query.by_place(db, filters), query.points(db, filters)[0]
    near = [(0.0, 0.0, "حلب"), (0.02, 0.012, "جامعة حلب"), (-0.01, 0.01, "Hospital")]
    towns = [{**town, "lon": 36 + x, "lat": 36 + y, "name": name} for x, y, name in near]
    figure = charts.place_map(areas, towns, SQUARES, look, close=charts.Close("SY07"))
    named = [note for note in figure.layout.annotations if note.xref == "x" and note.ax is not None]
    assert len(named) == len(near)
    (west, east), tall = figure.layout.xaxis.range, figure.layout.height - figure.layout.margin.t - figure.layout.margin.b
    north = figure.layout.yaxis.range[1] - figure.layout.yaxis.range[0]
    scale = min(tall / north / figure.layout.yaxis.scaleratio, (look.least - 8) / (east - west))
    boxes = []
    for note in named:
        right, up = (note.ax, -note.ay) if note.showarrow else (note.xshift, note.yshift)
        x, y = (note.x - west) * scale + right, note.y * scale * figure.layout.yaxis.scaleratio + up
        takes = text_width(note.text, note.font.size)
        boxes.append((x - takes * (note.xanchor == "right"), x + takes * (note.xanchor == "left"), y - 10, y + 10))
    across = [min(a[1], b[1]) - max(a[0], b[0]) for a, b in combinations(boxes, 2)]
    along = [min(a[3], b[3]) - max(a[2], b[2]) for a, b in combinations(boxes, 2)]
    assert not [pair for pair in zip(across, along, strict=True) if min(pair) > 0.5]
    discs = [((town["lon"] - west) * scale, town["lat"] * scale * figure.layout.yaxis.scaleratio) for town in towns]
    for left, right, low, high in boxes:
        assert all(x + 11 <= left + 0.5 or x - 11 >= right - 0.5 or y + 11 <= low + 3 or y - 11 >= high - 3 for x, y in discs)


def _collection(**within: str) -> dict[str, object]:
    """Squares side by side, each with what it lies in."""
    rings = {place: [[x, 35], [x, 36], [x + 0.5, 36], [x + 0.5, 35], [x, 35]] for x, place in zip((35, 35.5, 37), within, strict=False)}
    shapes = {place: {"type": "Polygon", "coordinates": [ring]} for place, ring in rings.items()}
    features = [{"type": "Feature", "id": place, "properties": {"parent_id": within[place]}, "geometry": shapes[place]} for place in within]
    return {"type": "FeatureCollection", "features": features}


LEVELS = {1: SQUARES, 2: _collection(SY0700="SY07", SY0701="SY07", SY0200="SY02"), 3: _collection(SY070000="SY0700", SY070002="SY0700")}


@pytest.mark.parametrize(
    ("way", "level", "close", "left_out"),
    [
        ({}, 1, None, {"SY0700", "SY070000"}),
        ({1: "SY07"}, 2, charts.Close("SY07", parts=("SY0700", "SY0701")), {"SY0200", "SY070000"}),
        ({1: "SY07", 2: "SY0700"}, 3, charts.Close("SY0700", parts=("SY070000", "SY070002")), {"SY07", "SY0200"}),
        ({1: "SY07", 2: "SY0700", 3: "SY070000"}, 3, charts.Close("SY070000", parts=("SY070000",)), {"SY07", "SY0200"}),
        (
            {1: "SY07", 2: "SY0700", 3: "SY070000", 4: "C3871"},
            3,
            charts.Close("SY0700", towns=True, parts=("SY070000", "SY070002")),
            {"SY07", "SY0200"},
        ),
        ({1: "SY07", 2: "SY0701"}, 2, charts.Close("SY0701", parts=("SY0701",)), {"SY0200", "SY070000"}),
        ({1: "SY05"}, 1, charts.Close("SY05"), {"SY0700"}),
        ({1: "SY05", 2: "SY0500"}, 1, charts.Close("SY05", towns=True), {"SY0700"}),
    ],
)
def test_the_way_down_chooses_what_is_drawn(way: dict[int, str], level: int, close: charts.Close | None, left_out: set[str]) -> None:
    """The finest divisions with outlines in the place chosen, and the coarser ones beside it."""
    land = charts.land(LEVELS, way)
    drawn = {feature.get("id") or feature["properties"]["place_id"] for feature in land.geojson["features"]}
    assert (land.level, land.close) == (level, close)
    assert drawn.isdisjoint(left_out) and {"SY02", "SY08", *(close.parts if close else ())} <= drawn


def test_a_map_draws_the_districts_of_the_place_chosen(look: charts.Look, db: query.Snapshot) -> None:
    """Tinted and named as governorates are, each a way further down, inside the frame of the governorate."""
    filters = Filters(places=("SY07",))
    land = charts.land(LEVELS, {1: "SY07"})
    figure = charts.place_map(query.by_place(db, filters, level=2), query.points(db, filters), land.geojson, look, close=land.close)
    fills = {trace.meta[1]: trace.fillcolor for trace in figure.data if trace.fill == "toself"}
    assert fills["SY0700"] == charts.LIGHT.disagreement[3] and fills["SY0701"] == charts.LIGHT.land and "SY07" not in fills
    opened = {data[1]: said for t in figure.data if t.customdata is not None for data, said in zip(t.customdata, t.hovertext, strict=True)}
    assert "outside" in opened["SY02"] and "no claim" in opened["SY0701"] and "Claims: 4" in opened["SY0700"]


def test_closer_still_a_map_holds_the_towns(look: charts.Look, db: query.Snapshot) -> None:
    """Of a district, which has no outline, the surroundings of its towns; never so close that a point fills the sheet."""
    filters = Filters(places=("SY0200",))
    towns = query.points(db, filters)
    figure = charts.place_map(query.by_place(db, filters), towns, SQUARES, look, close=charts.Close("SY02", towns=True))
    (west, east), lon = figure.layout.xaxis.range, [town["lon"] for town in towns]
    assert west < min(lon) and max(lon) < east and 0.2 < east - west < 1


@pytest.mark.parametrize("close,kilometres", [(None, 100), (charts.Close("SY07"), 20)])
def test_the_bar_is_as_long_as_it_says(look: charts.Look, db: query.Snapshot, close: charts.Close | None, kilometres: int) -> None:
    """Round kilometres, measured along the latitude of the middle."""
    figure = charts.place_map(query.by_place(db, Filters()), query.points(db, Filters()), SQUARES, look, close=close)
    bar, said = figure.data[-1], figure.layout.annotations[-1].text
    degrees = bar.x[1] - bar.x[0]
    assert said == f"{kilometres} km"
    assert degrees * 111.32 / figure.layout.yaxis.scaleratio == pytest.approx(kilometres)
