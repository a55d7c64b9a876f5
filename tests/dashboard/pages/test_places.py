"""The map page: from all governorates down to one town."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from dash.development.base_component import Component

from dashboard.pages import places
from dashboard.shell import Screen, View
from dashboard.shell.crises import Crises
from ingest.settings import Settings

Parts = Callable[[Any, str], list[Component]]
Read = Callable[[Any], str]
pytestmark = pytest.mark.usefixtures("serving")


def test_the_map_is_titled_by_where_the_claims_are_apart(look_at: Callable[..., View]) -> None:
    """How many governorates, and where they contradict each other most; of one place how many claims."""
    title = places.heading(look_at("/map")).title
    assert title == "Claims are made about 4 governorates; they contradict each other most in Idleb"
    title = places.heading(look_at("/map", places=("C3871",))).title
    assert title == "Idleb city: 4 claims; some contradict each other"


@pytest.mark.parametrize("place,below", [("", "Governorates"), ("SY07", "Districts"), ("SY0700", "Sub-districts")])
def test_the_lists_go_down_level_by_level(place: str, below: str, read: Read, parts: Parts) -> None:
    """Governorates, districts, sub-districts; each row is a way down, and where there is no outline the page says so."""
    tree = places.layout(**({"place": place} if place else {}))
    assert below in [read(title) for title in parts(tree, "H2")]
    assert ("There are no outlines of" in read(tree)) is bool(place)
    assert any(getattr(link, "href", "") == "/map?place=C3871" for link in parts(tree, "A"))


def test_districts_are_drawn_where_their_outlines_are_there(read: Read, parts: Parts) -> None:
    """The map of a governorate draws and tints its districts, and says what tints none of them."""
    tree = places.layout(Screen(drawn=True), place="SY02")
    (graph,) = parts(tree, "Graph")
    assert "SY0200" in {trace.meta[1] for trace in graph.figure.data if trace.fill == "toself"}
    assert "There are no outlines of" not in read(tree) and "placed less finely than districts" in read(tree)


def test_a_place_chosen_lists_its_claims_with_their_evidence(parts: Parts) -> None:
    """One click on the map, another to the sentence; the way back up stands above."""
    tree = places.layout(place="C3871", metric="killed")
    links = parts(tree, "A")
    assert {"f-e4", "f-e5"} <= {getattr(link, "data-figure", None) for link in links}
    assert {"/map?metric=killed", "/map?metric=killed&place=SY07"} <= {getattr(link, "href", "") for link in links}


def test_the_slider_stands_at_the_days_of_the_address(parts: Parts) -> None:
    """In days since 1970, kept inside the days of the crisis."""
    (slider,) = parts(places.layout(**{"from": "2024-12-01", "to": "2030-01-01"}), "RangeSlider")
    assert slider.value == [20058, slider.max] and slider.min == 20054


def test_nothing_found_keeps_the_slider(read: Read, parts: Parts) -> None:
    """Days without a claim give a sentence, and the slider to move on."""
    tree = places.layout(**{"from": "1999-01-01", "to": "1999-01-02"})
    assert "No claim fits these filters." in read(tree) and parts(tree, "RangeSlider")


def test_a_crisis_file_that_is_changed_brings_its_outlines(tmp_path: Path, settings: Settings) -> None:
    """With the next question, as everything else that stands in it."""
    data = tmp_path / "data"
    shutil.copytree(settings.data, data)
    crises, file = Crises(replace(settings, data=data)), data / "crises" / "syria-2024.toml"
    assert set(crises.outlines("syria-2024")) == {1, 2}
    file.write_text(file.read_text(encoding="utf-8").replace("squares-adm1", "squares-adm2"), encoding="utf-8")
    assert crises.all()["syria-2024"].boundaries == "squares-adm2.geojson" and set(crises.outlines("syria-2024")) == {1}
