"""Figures compared part by part from their file have the verdicts they have together."""

from datetime import date
from typing import Any

import pandas as pd
import pytest

from ingest.compare import About, compare
from ingest.model import snapshot as layout
from ingest.model.vocabulary import Kind, Metric, PlacePrecision
from ingest.publish import frames, grounds


@pytest.fixture
def published(newsroom: Any) -> Any:
    """A version with three questions that never meet, each answered by two voices, one of which is nowhere in particular."""
    for metric in (Metric.KILLED, Metric.DETAINED, Metric.RELEASED):
        for voice, value in (("sohr", 4), ("ocha", 9), ("snhr", 40)):
            newsroom.add(
                **{"publisher": voice, "claimed_source": voice, "independence_group": voice, "claim_id": f"c{newsroom.reports}"},
                **{
                    "kind": Kind.CUMULATIVE,
                    "window_start": date(2024, 11, 27),
                    "event_start": None,
                    "value_best": value,
                    "value_low": value,
                },
                **({} if voice == "snhr" else {"place_id": "SY02", "adm1_id": "SY02", "adm_level": 1}),
                **{"metric": metric, "place_precision": PlacePrecision.GOVERNORATE, "lat": 36.2, "lon": 37.5},
            )
    return newsroom.publish().path


@pytest.mark.parametrize("claims", [1, 4, 1000])
def test_parts_of_any_size_give_the_verdicts_of_the_whole(published: Any, claims: int) -> None:
    """Row for row, however many claims are compared at a time."""
    with frames.connection(published / "spill") as opened:
        figures = opened.from_parquet(layout.pattern(published, "figures")).df()
        places = opened.from_parquet(layout.pattern(published, "places")).df()
        source = f"FROM read_parquet('{layout.pattern(published, 'figures')}')"
        parts = [*grounds.verdicts(opened, source, About(places=places), claims=claims)]
    whole = compare(figures, places=places)
    assert len(whole) > 3
    assert len(parts) == {1: 3, 4: 2, 1000: 1}[claims]
    assert pd.concat(parts).sort_values("discrepancy_id").to_csv(index=False) == whole.to_csv(index=False)
