"""The sample reports and what is expected of them: complete, citable, consistent with each other and with the method."""

import re
from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from ingest.model import vocabulary
from ingest.model.crisis import Crisis
from ingest.model.schema import FIGURES
from ingest.model.vocabulary import GroupStatus, Kind, Metric, PartOf, PlaceRole, Qualifier, Unit, ValueStatus

# Numbers 43 to 45 were never given; 31 has three parts.
FACTS = {f"f{number:02}" for number in (*range(1, 31), *range(32, 43), *range(46, 76))} | {"f31a", "f31b", "f31c"}
HEADER = {"title", "publisher", "published", "language", "original_language", "relayed_via", "url", "citation", "paraphrase"}
WORDS = {
    **{"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8},
    **{"eleven": 11, "nineteen": 19, "twenty": 20, "أربعة": 4},
}
# Parts that exceed, or do not fill, a whole the text calls complete: the reports say so, and the app is to find it.
DOES_NOT_ADD_UP = {"f01-caliber_az", "f03-makeleio", "f13-wikiwand", "f14-francetvinfo", "f31b-snhr", "f31b-levant24"}


def _occurrences(text: str, body: str) -> list[int]:
    """Where number words stand as words of their own; Arabic particles may be glued to their front."""
    return [found.start() for found in re.finditer(rf"(?<![A-Za-z0-9])(?<![0-9][.,]){re.escape(text)}(?!\w)(?![.,]\d)", body)]


def _value(text: str) -> int:
    """The one number that number words state."""
    words = text.lower().replace(",", "").split()
    number = float(words[0]) if words[0][0].isdigit() else WORDS[words[0]]
    return round(number * (1_000_000 if words[1:] == ["million"] else 1))


def _interval(qualifier: str, stated: int) -> tuple[int | None, int | None, int | None]:
    """Low, best, high of a hedged number by the method's table of quantities."""
    reach = -(-stated // 10)
    return {
        "exact": (stated, stated, stated),
        "at_least": (stated, stated, None),
        "more_than": (stated if stated % 10 == 0 else stated + 1, stated, None),
        "fewer_than": (0, None, stated - 1),
        "nearly": (stated - reach, stated, stated),
        "about": (stated - reach, stated, stated + reach),
    }[qualifier]


def test_every_fact_is_covered(reports: Mapping[str, Any]) -> None:
    """Each publicly reported row has at least one report, and no report belongs to none."""
    assert {name.partition("-")[0] for name in reports} == FACTS


def test_headers_are_whole(reports: Mapping[str, Any], crisis: Crisis) -> None:
    """Every report says who published it and when, where that can be checked, and that it is a paraphrase."""
    for name, report in reports.items():
        head = report.header
        assert set(head) <= HEADER, name
        assert head["paraphrase"] == "yes" and head["citation"].startswith("As "), name
        assert head["publisher"] in crisis.organisations, name
        assert crisis.start <= date.fromisoformat(head["published"]) <= date(2025, 1, 2), name
        assert {one.strip() for one in head.get("relayed_via", "").split(",") if one} <= set(crisis.organisations), name
        assert name.endswith("-ar") == (head["language"] == "ar"), name


def test_no_two_reports_share_an_address(reports: Mapping[str, Any]) -> None:
    """A second text at one address would be a new edition of the first; a shared front page therefore carries a fragment."""
    addresses = Counter(report.header["url"] for report in reports.values() if "url" in report.header)
    assert [address for address, count in addresses.items() if count > 1] == []
    assert all(address.startswith("https://") for address in addresses)


def test_reports_are_short_texts(reports: Mapping[str, Any]) -> None:
    """A report is a few sentences: long enough to be read, short enough to be checked against its fact."""
    assert {name: len(report.body) for name, report in reports.items() if not 40 <= len(report.body) <= 700} == {}


def test_titles_state_no_figure(reports: Mapping[str, Any]) -> None:
    """What a report claims stands in its body; its title has no word for the dead, and digits only of a date or an update."""
    spoken = re.compile(r"\b(killed|dead|deaths?|dozens|hundreds|thousands|injured|wounded)\b|مقتل|قتلى", re.IGNORECASE)
    no_figure = re.compile(r"flash update \d|\d (December|كانون الأول)", re.IGNORECASE)
    assert [name for name, report in reports.items() if spoken.search(report.header["title"])] == []
    assert [name for name, one in reports.items() if re.search(r"\d", no_figure.sub("", one.header["title"]))] == []


def test_some_reports_are_arabic(reports: Mapping[str, Any]) -> None:
    """Publishers that write Arabic are read in Arabic where the word matters."""
    assert 8 <= sum(report.header["language"] == "ar" for report in reports.values()) <= 12


def test_every_report_has_expectations(reports: Mapping[str, Any], expected: Mapping[str, Any]) -> None:
    """Reports and expectations name each other, and every report claims something."""
    assert set(reports) == set(expected)
    assert all(expected.values())


def test_number_words_stand_in_the_body(reports: Mapping[str, Any], every_expectation: list[Any]) -> None:
    """Each expected number is found verbatim in its report, at one place only, or at the phrase that says which."""
    for one in every_expectation:
        text, near, body = one.keys["text"], one.keys.get("near"), reports[one.report].body
        if one.keys["qualifier"] == "none":
            assert text in body, one
        elif near is None:
            assert len(_occurrences(text, body)) == 1, one
        else:
            assert body.count(near) == 1 and _occurrences(text, near), one


def test_no_number_is_expected_twice(every_expectation: list[Any]) -> None:
    """Two expectations of one report never point at the same words."""
    places = Counter((one.report, one.keys["text"], one.keys.get("near")) for one in every_expectation)
    assert [place for place, count in places.items() if count > 1] == []


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("metric", Metric),
        ("qualifier", Qualifier),
        ("value_status", ValueStatus),
        ("unit", Unit),
        ("kind", Kind),
        ("group_status", GroupStatus),
        ("part_kind", PartOf),
        ("place_role", PlaceRole),
    ],
)
def test_expectations_use_the_vocabulary(every_expectation: list[Any], key: str, words: type[Any]) -> None:
    """Closed columns are expected in the vocabulary's own words."""
    assert {value for one in every_expectation for value in one.checked(key)} <= {word.value for word in words}


def test_expectations_know_their_names(every_expectation: list[Any], crisis: Crisis, place_ids: frozenset[str]) -> None:
    """Organisations, sides and places that are expected exist."""
    sides = {side.id for side in crisis.sides}
    for one in every_expectation:
        assert one.checked("claimed_source"), one
        assert set(one.checked("claimed_source")) <= set(crisis.organisations), one
        assert set(one.checked("group_side")) | set(one.checked("perpetrator")) <= sides, one
        assert set(one.checked("place_id")) | set(one.checked("coverage")) <= place_ids, one
        assert {value for key in ("group_age", "group_sex") for value in one.checked(key)} <= {"", "child", "adult", "elderly", "f", "m"}, (
            one
        )


def test_intervals_follow_the_method(every_expectation: list[Any]) -> None:
    """Low, best and high of every hedged number are those the table of quantities gives."""
    for one in every_expectation:
        keys = one.keys
        found = (keys.get("low"), keys.get("best"), keys.get("high"))
        match keys["qualifier"]:
            case "none":
                assert found == (None, None, None) and keys["value_status"] == "no_number", one
            case "vague" | "range":
                assert found[1] is None and found[0] is not None and (found[2] is None or found[0] < found[2]), one
            case qualifier:
                assert found == _interval(qualifier, _value(keys["text"])), one


def test_parts_point_at_their_whole(expected: Mapping[str, Any]) -> None:
    """A part names a parent of its own report that counts the same thing and is no smaller."""
    for name, figures in expected.items():
        for one in figures:
            if one.checked("part_of"):
                parent = figures[one.keys["part_of"]]
                assert parent.index != one.index and one.checked("part_kind"), one
                assert one.keys["metric"] == parent.keys["metric"] or "secondary_displacement" in one.checked("metric"), one
                assert (one.keys.get("best") or 0) <= parent.keys.get("best", 10**9), (name, one)


def test_complete_breakdowns_add_up(expected: Mapping[str, Any]) -> None:
    """Where a text presents its parts as the whole they add up to it, but for the reports that are known not to."""
    wrong = set()
    for name, figures in expected.items():
        for whole in figures:
            parts = [
                one.keys["best"] for one in figures if one.checked("part_of") == [whole.index] and one.keys["part_kind"] == "partition"
            ]
            if parts and sum(parts) != whole.keys.get("low"):
                wrong.add(name)
    assert wrong == DOES_NOT_ADD_UP


def test_dates_lie_in_order(reports: Mapping[str, Any], every_expectation: list[Any]) -> None:
    """A window starts before it ends, and nothing is known before it happened or after it was published."""
    for one in every_expectation:
        published = date.fromisoformat(reports[one.report].header["published"])
        start, end = one.checked("window_start"), one.checked("window_end")
        assert not (start and end) or start[0] <= end[0], one
        assert all(value <= published for key in ("window_start", "window_end", "as_of", "event_start") for value in one.checked(key)), one


def test_kinds_carry_their_dates(every_expectation: list[Any]) -> None:
    """A period has its end, a stock and a rolling day an as-of date, an incident or a single day its day."""
    for one in every_expectation:
        kinds = one.checked("kind")
        assert kinds != ["period"] or one.checked("window_end"), one
        assert kinds not in (["stock"], ["rate_24h"]) or one.checked("as_of"), one
        assert kinds not in (["incident"], ["daily"]) or one.checked("event_start") or one.checked("as_of"), one


def test_sample_table_uses_published_columns(sample_rows: list[dict[str, str]], crisis: Crisis, place_ids: frozenset[str]) -> None:
    """The sample's table has the columns of the published schema, words of the vocabulary, and known names."""
    columns = {column.name: column for column in FIGURES}
    assert 5 <= len(sample_rows) <= 15
    for row in sample_rows:
        assert set(row) <= set(columns)
        for name, cell in row.items():
            if cell and columns[name].closed:
                assert cell in {word.value for word in getattr(vocabulary, columns[name].closed)}, (name, cell)
        assert {row["publisher"], row["claimed_source"]} <= set(crisis.organisations)
        assert {one for one in (row["place_id"], *row["coverage_area"].split(";")) if one} <= place_ids
        assert row["verification"] == "second_hand"


def test_sample_table_quotes_its_numbers(sample_rows: list[dict[str, str]]) -> None:
    """The number of a row stands once in the row's own quote, which also says who published it."""
    for row in sample_rows:
        assert len(_occurrences(row["value_text"], row["quote"])) == 1, row["figure_id"]
        assert " published " in row["quote"] or " reported by " in row["quote"]
        assert row["value_low"] == row["value_best"] == row["value_high"] == row["value_text"].replace(",", "")


def test_sample_table_is_one_publishers(sample_rows: list[dict[str, str]]) -> None:
    """The table is read as one document, so all its rows have one publisher; parts name a row above them."""
    assert {row["publisher"] for row in sample_rows} == {"snhr"}
    named: set[str] = set()
    for row in sample_rows:
        assert not row["parent_figure_id"] or row["parent_figure_id"] in named
        named.add(row["figure_id"])
