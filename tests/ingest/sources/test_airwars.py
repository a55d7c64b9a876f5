"""Airwars' incidents."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ingest.errors import SettingsError, SourceUnavailable
from ingest.model.records import Record
from ingest.model.vocabulary import Age, GroupStatus, Kind, Metric, PartOf, Qualifier
from ingest.sources import airwars

LIST = "/wp-json/wp/v2/civ"
FIRST, SECOND = "/civilian-casualties/r9001-november-30-2024/", "/civilian-casualties/r9002-december-2-2024/"


@pytest.fixture
def options(web: Any) -> dict[str, Any]:
    """The example answers, and the options that point to them."""
    options: dict[str, Any] = web.serve_example("airwars")["options"]
    return options


def _read(ask: Any, options: dict[str, Any], **more: Any) -> list[Record]:
    return list(airwars.fetch(ask(options={**options, **more})))


def test_an_incident_is_a_range_of_civilians_with_parts(ask: Any, options: dict[str, Any]) -> None:
    """Killed and injured as the page says them, women and children in brackets as parts of the killed."""
    first, second = _read(ask, options)
    killed, children, women, injured = first.counts
    assert (killed.metric, killed.kind, killed.given["qualifier"]) == (Metric.KILLED, Kind.INCIDENT, Qualifier.RANGE)
    assert (killed.given["value_low"], killed.given["value_high"], killed.given["event_start"]) == (2, 5, date(2024, 11, 30))
    assert (children.given["group_age"], children.given["part_of"], children.part_of) == (Age.CHILD, PartOf.SUBSET, 0)
    assert (women.given["value_low"], women.given["value_high"], women.part_of) == (1, 2, 0)
    assert (injured.metric, injured.given["value_best"], injured.part_of) == (Metric.INJURED, 7, None)
    assert {one.given["group_status"] for one in first.counts} == {GroupStatus.CIVILIAN}
    assert [first.document.text[slice(*one.span)] for one in first.counts] == ["2 – 5", "1 child", "1–2 women", "7"]
    assert (first.counts[0].where.name, first.counts[0].where.within, second.counts[0].where.within) == ("Idlib", "Idlib", "")
    assert first.document.url.endswith(FIRST)


def test_only_pages_of_the_crisis_are_asked_for(web: Any, ask: Any, options: dict[str, Any]) -> None:
    """By the letters of their code and the day in their address."""
    _read(ask, options)
    assert [path.partition("?")[0] for path in web.paths()][1:] == [FIRST, "/civilian-casualties/r9002-december-2-2024/"]
    assert "The list of Airwars: 1 records left aside: their address names no code and day." in ask.told


def test_a_page_is_asked_for_again_once_the_list_says_it_was_edited(  # noqa: PLR0917 -- fixtures
    web: Any, ask: Any, options: dict[str, Any], make_client: Any, memory: Any, fake_time: Any
) -> None:
    """Or after an eighth of its age, for the list may not know; without news the list is the only request."""
    client, listed = make_client(memory=memory), web.reply_of(LIST)

    def asked(was: bytes = b"", now: bytes = b"", times: int = -1) -> list[str]:
        before, body = len(web.asked), listed.body.replace(b"2025-02-03", b"2024-12-01")
        web.at(LIST, {"body": body.replace(was, now, times) if was else body, "headers": listed.headers})
        assert len(list(airwars.fetch(ask(client=client, options=options)))) == 2
        return [path for path in web.paths()[before:] if path.startswith("/civilian")]

    assert asked() == [FIRST, SECOND]
    assert asked() == []
    fake_time.sleep(60)
    edited = f'"modified_gmt": "{fake_time.now():%Y-%m-%dT%H:%M:%S}"'.encode()
    assert asked(b'"modified_gmt": "2024-12-01T10:00:00"', edited, 1) == [FIRST]
    fake_time.sleep(7 * 24 * 3600)
    assert asked() == [FIRST, SECOND]
    assert asked(b'"modified_gmt"', b'"date_gmt"') == [FIRST, SECOND]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("meta-list summary", "facts", "has neither “Civilians reported killed” nor"),
        (">2 – 5 (1 child, 1–2 women)<", ">Unknown<", "has no number in “Civilians reported killed” but 'Unknown'"),
        ("meta-block code", "block code", "has nothing in the field “code”"),
        ("meta-block location", "block place", "has nothing in the field “place”"),
    ],
)
def test_a_page_of_another_make_is_told(  # noqa: PLR0917 -- fixtures and the case
    web: Any, ask: Any, options: dict[str, Any], examples: Path, old: str, new: str, told: str
) -> None:
    """The site was rebuilt before: what is not where it was is never taken for zero."""
    page = (examples / "airwars" / "r9001.html").read_text(encoding="utf-8")
    web.at(FIRST, {"body": page.replace(old, new).encode(), "headers": {"Content-Type": "text/html"}})
    assert len(_read(ask, options)) == 1
    assert any(told in one for one in ask.told)


def test_one_page_that_is_gone_costs_itself(web: Any, ask: Any, options: dict[str, Any]) -> None:
    """The others are read, and it is told."""
    web.at(FIRST, {"status": 404, "body": b"gone"})
    assert len(_read(ask, options)) == 1
    assert any("That incident was passed over." in told for told in ask.told)


def test_codes_and_shapes_are_checked(web: Any, ask: Any, options: dict[str, Any]) -> None:
    """Whose incidents are the crisis's is nobody's guess."""
    with pytest.raises(SettingsError, match="names no `codes`"):
        _read(ask, {"address": options["address"]})
    web.at("/wp-json/wp/v2/civ", {"body": b'{"code": "rest_no_route"}', "headers": {"Content-Type": "application/json"}})
    with pytest.raises(SourceUnavailable, match="answered with no list of incidents"):
        _read(ask, options)
