"""An app over the small snapshot, and one over an empty data folder."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from dash import Dash
from dash.development.base_component import Component

from dashboard import shell
from dashboard.app import create_app
from dashboard.shell import Screen, View
from dashboard.state import Filters
from ingest.settings import Settings, shipped_data

CRISIS = """
id = "syria-2024"
title = { en = "A crisis", ar = "أزمة", fr = "Une crise" }
country = "SYR"
timezone = "Asia/Damascus"
start = 2024-11-27
gazetteer = []
boundaries = "squares-adm1.geojson"
note = { en = "These texts are paraphrases.", ar = "هذه النصوص صياغات.", fr = "Ces textes sont reformulés." }

[[side]]
id = "opposition_and_allies"
label = { en = "Opposition and allies", ar = "المعارضة وحلفاؤها", fr = "Opposition et alliés" }
terms = { en = ["rebels"] }

[[side]]
id = "government_and_allies"
label = { en = "Government and allies", ar = "الحكومة وحلفاؤها", fr = "Gouvernement et alliés" }
terms = { en = ["government forces"] }
"""


def _square(place: str, lon: float, **within: str) -> dict[str, Any]:
    ring = [[lon, 35.0], [lon, 36.0], [lon + 1, 36.0], [lon + 1, 35.0], [lon, 35.0]]
    return {"type": "Feature", "id": place, "properties": within, "geometry": {"type": "Polygon", "coordinates": [ring]}}


def _settings(data: Path) -> Settings:
    (data / "crises").mkdir(parents=True)
    (data / "gazetteer").mkdir()
    (data / "crises" / "syria-2024.toml").write_text(CRISIS, encoding="utf-8")
    squares = [_square(place, 36.0 + number) for number, place in enumerate(("SY07", "SY02", "SY05", "SY04"))]
    districts = [_square("SY0200", 37.0, parent_id="SY02", name_en="Jebel Saman")]
    for level, features in enumerate((squares, districts), start=1):
        path = data / "gazetteer" / f"squares-adm{level}.geojson"
        path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return Settings(data=data, shipped=shipped_data(), crisis="syria-2024", database="sqlite://")


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory, write_snapshot: Callable[..., Path]) -> Settings:
    """Settings of a data folder with the small snapshot published."""
    made = _settings(tmp_path_factory.mktemp("data"))
    write_snapshot(made.published)
    return made


@pytest.fixture(scope="session")
def app(settings: Settings) -> Dash:
    """The app over the small snapshot."""
    return create_app(settings)


@pytest.fixture(scope="session")
def empty_app(tmp_path_factory: pytest.TempPathFactory) -> Dash:
    """The app over a data folder with nothing published."""
    return create_app(_settings(tmp_path_factory.mktemp("empty")))


@pytest.fixture
def serving(app: Dash) -> Iterator[None]:
    """A request of the app is being answered."""
    with app.server.test_request_context():
        yield


@pytest.fixture
def empty_serving(empty_app: Dash) -> Iterator[None]:
    """A request of the app without data is being answered."""
    with empty_app.server.test_request_context():
        yield


@pytest.fixture
def look_at(serving: None) -> Callable[..., View]:
    """The view of a path with some filters."""

    def make(path: str, **filters: Any) -> View:
        return shell.desk().look_at(path, replace(Filters(), **filters), Screen())

    return make


def components(root: Any) -> Iterator[Component]:
    """The component and everything below it."""
    if isinstance(root, Component):
        yield root
        yield from components(getattr(root, "children", None))
    elif isinstance(root, list | tuple):
        for one in root:
            yield from components(one)


def text(root: Any) -> str:
    """What a reader reads of a component."""
    if isinstance(root, str):
        return root
    if isinstance(root, Component):
        return text(getattr(root, "children", None))
    return " ".join(text(one) for one in root if one is not None) if isinstance(root, list | tuple) else ""


@pytest.fixture(scope="session")
def parts() -> Callable[[Any, str], list[Component]]:
    """All components of a type, such as `H1`, below a component."""
    return lambda root, name: [one for one in components(root) if type(one).__name__ == name]


@pytest.fixture(scope="session")
def read() -> Callable[[Any], str]:
    """What a reader reads of a component."""
    return text
