"""UNHCR's refugee statistics."""

from datetime import date
from typing import Any

import pytest

from ingest.errors import SettingsError, SourceUnavailable
from ingest.model.vocabulary import Kind, Metric, PlaceRole
from ingest.sources import unhcr


@pytest.fixture
def options(web: Any) -> dict[str, Any]:
    """The example answers, and the options that point to them."""
    options: dict[str, Any] = web.serve_example("unhcr")["options"]
    return options


def test_levels_and_returns_are_kept_apart(ask: Any, options: dict[str, Any]) -> None:
    """Refugees are a level at the end of the year in the country of asylum, returns a flow of the year out of it."""
    first, second = unhcr.fetch(ask(options=options))
    refugees, returned = first.counts
    assert (refugees.metric, refugees.kind, refugees.given["as_of"]) == (Metric.REFUGEE_STOCK, Kind.STOCK, date(2023, 12, 31))
    assert (refugees.where.name, refugees.where.role) == ("Samplia", PlaceRole.DESTINATION)
    assert (returned.metric, returned.kind, returned.where.role) == (Metric.REFUGEE_RETURNED, Kind.PERIOD, PlaceRole.ORIGIN)
    assert (returned.given["window_start"], returned.given["window_end"]) == (date(2023, 1, 1), date(2023, 12, 31))
    assert [(count.metric, count.where.role) for count in second.counts] == [
        (Metric.DISPLACED_STOCK, PlaceRole.LOCATION),
        (Metric.IDP_RETURNED, PlaceRole.DESTINATION),
    ]
    assert first.document.text.endswith("refugees: 412345 | idps: 0 | returned_refugees: 3120 | returned_idps: 0")


def test_pages_are_asked_for_until_the_last(web: Any, ask: Any, options: dict[str, Any]) -> None:
    """The number of pages is the answer's; the years are those of the crisis and the one before where none are given."""
    list(unhcr.fetch(ask(options={"address": options["address"]})))
    first, second = web.paths()
    assert "coo=SYR&cf_type=ISO&coa_all=true" in first and "yearFrom=2023&yearTo=2024&page=1" in first
    assert second.endswith("page=2")


def test_a_year_that_has_not_ended_is_left_aside(ask: Any, options: dict[str, Any]) -> None:
    """Whether its figures are of its middle is not said, so nothing is made of them; nor of countries with zeros only."""
    records = list(unhcr.fetch(ask(options=options)))
    assert len(records) == 2
    assert (
        "UNHCR refugee statistics: 1 records left aside: their year has not ended, and whether they are of its middle is not said."
        in ask.told
    )


def test_other_shapes_and_settings_are_told(web: Any, ask: Any, options: dict[str, Any]) -> None:
    """No pages, or years that are none."""
    web.at("/population/v1/population/", {"body": b'{"items": []}', "headers": {"Content-Type": "application/json"}})
    with pytest.raises(SourceUnavailable, match=r"without `items`, `maxPages`"):
        list(unhcr.fetch(ask(options=options)))
    with pytest.raises(SettingsError, match=r"write it like \[2023, 2024\]"):
        list(unhcr.fetch(ask(options={**options, "years": 2024})))
