"""What charts say, to whom, and in which colours."""

import ast
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from dashboard import charts, query
from dashboard.charts.look import value_words
from dashboard.charts.theme import DARK, LIGHT, clear, mixed
from dashboard.state import Filters
from ingest.model.vocabulary import SOURCE_KINDS, SourceKind

PACKAGE = Path(charts.__file__).parent


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio (WCAG 2.2)."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", charts.THEMES.values(), ids=lambda theme: theme.name)
def test_marks_and_labels_stand_out_from_the_paper(theme: charts.Theme) -> None:
    """Marks 3:1, text 4.5:1, for every kind of source."""
    for kind in SourceKind:
        assert contrast(theme.kinds[kind], theme.paper) >= 3
        assert contrast(theme.kind_text[kind], theme.paper) >= 4.5
    assert contrast(theme.text, theme.paper) >= 7
    assert contrast(theme.muted, theme.paper) >= 4.5
    for fill, text in zip(theme.disagreement, theme.disagreement_text, strict=True):
        assert contrast(fill, text) >= 4.5


@pytest.mark.parametrize("theme", charts.THEMES.values(), ids=lambda theme: theme.name)
def test_disagreement_runs_one_way(theme: charts.Theme) -> None:
    """The scale moves steadily away from the paper, in both themes."""
    away = [contrast(colour, theme.paper) for colour in theme.disagreement]
    assert away == sorted(away)
    assert len(set(away)) == 5


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
def test_the_note_on_tints_is_true_on_dark_paper_too(language: str) -> None:
    """There what is further apart is lighter, so it speaks of a stronger tint and of no darker one."""
    assert luminance(DARK.disagreement[1]) < luminance(DARK.disagreement[4])
    table = json.loads((PACKAGE.parents[1] / "assets" / "translations" / f"{language}.json").read_text(encoding="utf-8"))
    assert not [word for word in ("dark", "foncé", "غمق") if word in table["map.note"]]


def test_every_kind_of_source_has_a_colour_of_its_own() -> None:
    """The kinds of the vocabulary, no more and no fewer, each its own colour."""
    for theme in charts.THEMES.values():
        assert set(theme.kinds) == set(theme.kind_text) == {str(kind) for kind in SOURCE_KINDS}
        assert len(set(theme.kinds.values())) == len(theme.kinds)


def test_colours_mix_and_clear() -> None:
    """Half black on white is grey; a colour with an opacity is written as plotly reads it."""
    assert mixed("#000000", "#FFFFFF", 0.5) == "#808080"
    assert clear("#102030", 0.5) == "rgba(16,32,48,0.50)"


def test_charts_know_neither_the_app_nor_the_database() -> None:
    """No chart imports dash, duckdb or the queries."""
    for path in PACKAGE.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = (
                [a.name for a in node.names] if isinstance(node, ast.Import) else [node.module] if isinstance(node, ast.ImportFrom) else []
            )
            assert not any((name and name.split(".")[0] in ("dash", "duckdb")) or name == "dashboard.query" for name in names), path.name


def test_every_text_can_be_translated() -> None:
    """Each literal handed to `say` is in TEXTS."""
    said = set()
    for path in PACKAGE.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            is_say = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "say"
            if is_say and isinstance(node.args[0], ast.Constant):
                said.add(node.args[0].value)
    assert said <= set(charts.TEXTS)
    assert len(charts.TEXTS) == len(set(charts.TEXTS))


def test_what_is_said_goes_through_the_translation(db: query.Snapshot) -> None:
    """A translation changes titles, hedges, empty words and tooltips."""
    look = charts.Look(theme=charts.LIGHT, translate=lambda text: f"¡{text}")
    figure = charts.series_chart(query.series(db, Filters(), "killed").marks, look)
    titles = [note.text for note in figure.layout.annotations if "<b>" in note.text]
    assert all("<b>¡" in title for title in titles)
    tips = [text for trace in figure.data if trace.hovertext is not None for text in trace.hovertext]
    assert any("¡Killed: ¡at least 75" in tip for tip in tips)


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        ("f-s2", "153"),
        ("f-o2", "at least 44"),
        ("f-s8", "more than 800"),
        ("f-s1", "nearly 100"),
        ("f-e13", "about 10"),
        ("f-d7", "800,000 to 1,000,000"),
        ("f-d5p", "up to 1,500,000"),
        ("f-m1", "“dozens” (12 to 99)"),
        ("f-m2", "“a number” (2 or more)"),
        ("f-m3", "no number given"),
    ],
)
def test_a_value_is_said_with_its_hedge(look: charts.Look, db: query.Snapshot, figure: str, words: str) -> None:
    """Every qualifier has its words; a vague word stays a word beside its interval."""
    found = (query.series(db, Filters(), metric).marks for metric in ("killed", "newly_displaced"))
    (claim,) = [claim for marks in found for claim in marks if claim["figure_id"] == figure]
    assert value_words(claim, look) == words


def test_numbers_and_days_are_the_readers() -> None:
    """Thousands and months as each language writes them."""
    english, arabic, french = (charts.Look(theme=charts.LIGHT, language=lang) for lang in ("en", "ar", "fr"))
    assert [look.number(1_100_000) for look in (english, arabic, french)] == ["1,100,000", "١٬١٠٠٬٠٠٠", "1\u202f100\u202f000"]
    assert [look.day(date(2024, 12, 1), year=True) for look in (english, arabic, french)] == [
        "1 Dec 2024",
        "١ كانون الأول ٢٠٢٤",
        "1er déc. 2024",
    ]
    assert english.day(pd.NaT) == ""


def test_a_summary_says_what_the_chart_shows(look: charts.Look, db: query.Snapshot) -> None:
    """For those who do not see it: metric, voices, from what to what."""
    said = charts.series_summary(query.series(db, Filters(groups=("civilian",)), "killed").marks, look)
    assert said.startswith("Killed: claims ")
    assert "SOHR, Civilians: 8 claims, from 24 on 29 Nov to 138 on 8 Dec 2024." in said
    rows = charts.range_summary(query.compare_rows(db, Filters(groups=("civilian",)), "killed").marks, look)
    assert "1 Dec: SOHR 44, OCHA at least 44, White Helmets 56, SOHR 61." in rows
    areas = charts.map_summary(query.by_place(db, Filters()), look)
    assert "Idleb: claims " in areas
    voices = query.voices(db, Filters(metrics=("killed",), kinds=("cumulative",), groups=("civilian",)))
    spans = charts.span_summary(charts.span_claims(voices), look)
    assert "SNHR 149, as of 3 Dec 2024, since 27 Nov." in spans
    french = charts.span_summary(charts.span_claims(voices), replace(look, language="fr"))
    assert "27 nov. " in french and ".." not in french
    assert charts.map_summary(query.by_place(db, Filters(q="nothing at all")), look) == charts.series_summary(
        query.series(db, Filters(), "sheltered").marks, look
    )


def test_names_on_tints_are_printed_as_they_are_drawn_in_the_light() -> None:
    """Printing from a dark screen changes the colours of one theme into those of the other: names on tints are of these too."""
    other = {DARK.text: LIGHT.text, DARK.paper: LIGHT.paper}
    assert [other.get(colour) for colour in DARK.disagreement_text] == list(LIGHT.disagreement_text)
