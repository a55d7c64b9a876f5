"""UNHCR's Operational Data Portal."""

from datetime import date
from typing import Any

import pytest

from ingest.errors import SettingsError, SourceUnavailable
from ingest.model.records import Record
from ingest.model.vocabulary import Kind, Metric, PlaceRole, Unit
from ingest.sources import unhcr_odp


@pytest.fixture
def options(web: Any) -> dict[str, Any]:
    """The example answers, and the options that point to them."""
    options: dict[str, Any] = web.serve_example("unhcr_odp")["options"]
    return options


def _read(ask: Any, options: dict[str, Any], **more: Any) -> list[Record]:
    return list(unhcr_odp.fetch(ask(options={**options, **more})))


def test_each_country_is_a_level_at_its_own_date(ask: Any, options: dict[str, Any]) -> None:
    """Counts are words in the answer; households are a count of their own, and nothing is converted."""
    first, second, *_ = _read(ask, options)
    (people,) = first.counts
    assert (people.metric, people.kind, people.given["as_of"]) == (Metric.REFUGEE_STOCK, Kind.STOCK, date(2024, 12, 31))
    assert (people.where.name, people.where.role) == ("Samplia", PlaceRole.DESTINATION)
    assert [one.given.get("unit", Unit.PERSON) for one in second.counts] == [Unit.PERSON, Unit.HOUSEHOLD]
    assert "UNHCR Operational Data Portal: 1 records left aside: they are of another time than the crisis." in ask.told


def test_returns_are_running_totals_since_a_day(ask: Any, options: dict[str, Any]) -> None:
    """The day is the crisis file's to say; a series has a number for each of its days."""
    third, last = _read(ask, options)[2:]
    (returned,) = last.counts
    assert (returned.metric, returned.kind) == (Metric.REFUGEE_RETURNED, Kind.CUMULATIVE)
    assert (returned.given["window_start"], returned.given["window_end"]) == (date(2024, 12, 8), date(2024, 12, 31))
    assert third.document.url != last.document.url


def test_the_widget_is_asked_for_by_its_numbers(web: Any, ask: Any, options: dict[str, Any]) -> None:
    """As the portal's own pages ask for them."""
    _read(ask, options)
    assert web.paths() == [
        "/population/?widget_id=999001&sv_id=4&population_group=4797&year=latest",
        "/population/get/timeseries?widget_id=999002&geo_id=71&frequency=day&fromDate=2024-11-27&toDate=2024-12-31",
    ]


def test_a_month_that_contradicts_its_time_is_not_believed(web: Any, ask: Any, options: dict[str, Any]) -> None:
    """What the time counts from was never confirmed."""
    body = b'{"data": {"timeseries": [{"month": 11, "year": 2024, "unix_timestamp": 1735603200, "individuals": 5}]}}'
    web.at("/population/get/timeseries", {"body": body, "headers": {"Content-Type": "application/json"}})
    assert len(_read(ask, options)) == 2
    assert any("unix_timestamp of another month than it says" in told for told in ask.told)


def test_one_widget_that_is_refused_costs_itself(web: Any, ask: Any, options: dict[str, Any]) -> None:
    """Some programs get a page of script instead of numbers."""
    web.at("/population/", {"body": b"var _0x1a2b=['x'];(function(){})();", "headers": {"Content-Type": "text/html"}})
    records = unhcr_odp.fetch(ask(options=options))
    assert len([next(records), next(records)]) == 2
    with pytest.raises(SourceUnavailable, match="where JSON was due"):
        next(records)
    with pytest.raises(SourceUnavailable, match="the widget is gone"):
        list(unhcr_odp.fetch(ask(options={**options, "address": f"{web.base}/gone/"})))


@pytest.mark.parametrize(
    ("widget", "told"),
    [
        ({"counts": "refugee_stock"}, "needs numbers of the page"),
        ({"widget_id": 1, "counts": "people"}, "one of refugee_stock, displaced_stock"),
        ({"widget_id": 1, "counts": "idp_returned"}, "needs the day `since` which"),
        ({"widget_id": 1, "counts": "refugee_stock", "series": True}, "needs the `place`"),
        ({"widget_id": 1, "counts": "refugee_stock", "wigdet": 2}, "unknown key 'wigdet'"),
    ],
)
def test_widgets_are_checked(ask: Any, widget: dict[str, Any], told: str) -> None:
    """What a widget counts is nobody's guess."""
    with pytest.raises(SettingsError, match=told):
        _read(ask, {"widgets": [widget]})
    with pytest.raises(SettingsError, match="names no `widgets`"):
        _read(ask, {})
