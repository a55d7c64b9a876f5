"""The shipped gazetteer with two informal regions, and a tiny country of our own in files."""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from ingest.model.crisis import Region
from ingest.places import Gazetteer
from ingest.settings import shipped_data

REGIONS = (
    Region("the-north-west", {"en": "North-west Syria", "ar": "شمال غرب سوريا"}, {"en": ("northwestern Syria",)}, ("SY02", "SY07"), "test"),
    Region("the-north", {"en": "Northern Syria", "ar": "شمال سوريا"}, {"en": ("northern Syria",)}, ("SY02", "SY07", "SY08"), "test"),
)

Rows = Sequence[Mapping[str, Any]]


@pytest.fixture(scope="session")
def shipped() -> Path:
    """The folder of the shipped gazetteer."""
    return shipped_data() / "gazetteer"


@pytest.fixture(scope="session")
def gazetteer(shipped: Path) -> Gazetteer:
    """The shipped gazetteer with two regions."""
    return Gazetteer.load([shipped / "syr.csv"], REGIONS)


@pytest.fixture
def write_geojson() -> Callable[[Path, Rows], Path]:
    """Writes records, each with an optional `geometry`, as a GeoJSON feature collection."""

    def write(path: Path, records: Rows) -> Path:
        features = [
            {"type": "Feature", "properties": {k: v for k, v in record.items() if k != "geometry"}, "geometry": record.get("geometry")}
            for record in records
        ]
        path.write_text(json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False), encoding="utf-8")
        return path

    return write


@pytest.fixture
def square() -> Callable[[float, float], dict[str, Any]]:
    """A one-degree square polygon with its south-western corner at a longitude and latitude, counter-clockwise."""

    def polygon(lon: float, lat: float) -> dict[str, Any]:
        ring = [[lon, lat], [lon + 1, lat], [lon + 1, lat + 1], [lon, lat + 1], [lon, lat]]
        return {"type": "Polygon", "coordinates": [ring]}

    return polygon
