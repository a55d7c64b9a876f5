"""Insecurity Insight's incidents."""

from datetime import date
from typing import Any

import pytest

from ingest.errors import SettingsError, SourceUnavailable
from ingest.model.records import Record
from ingest.model.vocabulary import Kind, Metric, PlacePrecision, Unit
from ingest.sources import insecurity_insight

KIKA = "/hdx/v1/aidWorkerKIKA"


@pytest.fixture
def options(web: Any) -> dict[str, Any]:
    """The example answers, and the options that point to them."""
    options: dict[str, Any] = web.serve_example("insecurity_insight")["options"]
    return options


def _read(ask: Any, options: dict[str, Any], **more: Any) -> list[Record]:
    return [one for one in insecurity_insight.fetch(ask(options={**options, **more})) if isinstance(one, Record)]


def test_what_is_not_zero_is_a_figure_of_people_in_their_role(ask: Any, options: dict[str, Any]) -> None:
    """Counts come as words or numbers, with blanks behind them; incidents without anybody harmed are none."""
    first, second = _read(ask, options, themes=["aidWorkerKIKA"])
    assert [(one.metric, one.kind, one.given["group_role"], one.given["event_start"]) for one in first.counts] == [
        (Metric.KILLED, Kind.INCIDENT, "aid_worker", date(2024, 11, 30)),
        (Metric.INJURED, Kind.INCIDENT, "aid_worker", date(2024, 11, 30)),
    ]
    assert [one.metric for one in second.counts] == [Metric.ABDUCTED]
    assert "Insecurity Insight: 1 records left aside: nobody they count was harmed in them." in ask.told


def test_a_point_is_kept_as_far_as_it_is_known_to_be_good(ask: Any, options: dict[str, Any]) -> None:
    """With a label that was never seen only the division is taken."""
    first, second = (record.counts[0].where for record in _read(ask, options, themes=["aidWorkerKIKA"]))
    assert (first.within, first.lat, first.precision) == ("Idlib", 35.9306, PlacePrecision.SUBDISTRICT)
    assert (second.name, second.lat, second.precision) == ("Idlib", None, PlacePrecision.GOVERNORATE)
    assert any("which nobody confirmed, and are placed by their division alone" in told for told in ask.told)


def test_schools_are_counted_as_facilities(ask: Any, options: dict[str, Any]) -> None:
    """A yes or no beside them is no count."""
    (record,) = _read(ask, options, themes=["education"])
    assert [(one.metric, one.given["unit"]) for one in record.counts] == [
        (Metric.KILLED, Unit.PERSON),
        (Metric.FACILITY_HIT, Unit.COUNT),
    ]


def test_descriptions_of_incidents_are_not_passed_on(ask: Any, options: dict[str, Any]) -> None:
    """They may tell of people."""
    assert not any("Invented." in record.document.text for record in _read(ask, options))


def test_moods_and_settings_are_told(web: Any, ask: Any, options: dict[str, Any]) -> None:
    """Its host may have moved; another shape is no empty list; themes are checked."""
    web.at(KIKA, {"body": b'{"data": []}', "headers": {"Content-Type": "application/json"}})
    with pytest.raises(SourceUnavailable, match="answered with no list"):
        _read(ask, options)
    with pytest.raises(SourceUnavailable, match="its address may have moved"):
        _read(ask, {"address": f"{web.base}/gone/"})
    with pytest.raises(SettingsError, match="may hold aidWorkerKIKA, education"):
        _read(ask, options, themes=["health"])
