"""Tables of other people's making: what their headings, words and rows together mean, and what is kept out with a sentence."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from ingest.errors import UnreadableDocument
from ingest.model.crisis import Crisis
from ingest.model.records import Figure
from ingest.model.vocabulary import Age, CountingBasis, GroupStatus, Kind, Metric, Qualifier, Sex, Unit, ValueStatus, Verification
from ingest.store.imported import read_mapping
from ingest.store.tidy import Origin, Way, read_table
from tests.ingest.store.test_tidy_csv import CRISIS as PLAIN

NOW = datetime(2024, 12, 5, 12, 0, tzinfo=UTC)
CRISIS: Crisis = PLAIN
HEADER = "dataset,date_start,date_end,country,admin1,place,measure,population,source,source_type,low,best,high,cumulative,note"
_NAMES = HEADER.split(",")


def _line(**cells: str) -> str:
    """A row of the shape above: 12 killed in Northland on 3 March 2024 by Exland Watch, unless said otherwise."""
    row = {"country": "Exland", "admin1": "Northland", "measure": "killed", "source": "Exland Watch", "date_end": "2024-03-03"}
    row |= {"best": "12"} if not {"low", "high"} & {*cells} else {}
    unknown = {*cells} - {*_NAMES}
    assert not unknown
    return ",".join(f'"{(row | cells).get(name, "")}"' for name in _NAMES)


def _read(*lines: str, header: str = HEADER, way: Way | None = None) -> tuple[list[Figure], list[str]]:
    document, figures, rejections = read_table("\n".join((header, *lines)).encode(), CRISIS, Origin("t.csv", NOW), way)
    for figure in figures:
        assert document.text[figure.quote_start :].startswith(figure.quote)
        assert document.text[figure.span_start : figure.span_end] in figure.quote
    return list(figures), [one.reason for one in rejections]


def _one(**cells: str) -> Figure:
    figures, refused = _read(_line(**cells))
    assert refused == []
    return figures[0]


def test_the_row_is_the_evidence_where_no_column_holds_a_sentence() -> None:
    """The quote of an imported row is the row as written, and its number stands in it."""
    line = _line(date_start="2024-01-01", cumulative="1")
    (figure,), _ = _read(line)
    assert figure.quote == line
    assert (figure.value_text, figure.value_best) == ("12", 12)


@pytest.mark.parametrize(
    ("month", "year", "days"),
    [
        ("November", "2024", ("2024-11-01", "2024-11-30")),
        ("شباط", "2024", ("2024-02-01", "2024-02-29")),
        ("2", "2023", ("2023-02-01", "2023-02-28")),
        ("2024-11", "1999", ("2024-11-01", "2024-11-30")),
        ("", "2023", ("2023-01-01", "2023-12-31")),
    ],
)
def test_a_month_may_have_its_year_in_another_column(month: str, year: str, days: tuple[str, str]) -> None:
    """As the monthly tables of HDX have it; a year alone is its days."""
    (figure,), refused = _read(f"Northland,{month},{year},7,killed", header="Admin1,Month,Year,value_best,measure")
    assert (refused, str(figure.window_start), str(figure.window_end), figure.kind) == ([], *days, Kind.PERIOD)


def test_a_zero_is_a_number() -> None:
    """A tracker's 0 is an explicit none, with the cell as evidence."""
    figure = _one(low="0", high="0")
    assert (figure.value_status, figure.value_best, figure.value_text) == (ValueStatus.EXPLICIT_ZERO, 0, "0")


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"low": "5", "high": "12"}, (5, None, 12, Qualifier.RANGE, "5–12")),
        ({"low": "6", "high": "6"}, (6, 6, 6, Qualifier.EXACT, "6")),
        ({"low": "5", "best": "8", "high": "12"}, (5, 8, 12, Qualifier.RANGE, "8")),
        ({"low": "5"}, (5, None, None, Qualifier.AT_LEAST, "5")),
        ({"high": "12"}, (0, None, 12, Qualifier.UP_TO, "12")),
    ],
)
def test_low_best_and_high_of_a_tracker(cells: dict[str, str], expected: tuple[Any, ...]) -> None:
    """A range stays a range, two equal ends are one number, and a best estimate keeps its range beside it."""
    figure = _one(**cells)
    assert (figure.value_low, figure.value_best, figure.value_high, figure.qualifier, figure.value_text) == expected


@pytest.mark.parametrize(
    ("measure", "population", "columns"),
    [
        ("killed", "all", {"metric": Metric.KILLED, "group_status": GroupStatus.MIXED_TOTAL}),
        ("killed", "civilians", {"metric": Metric.KILLED, "group_status": GroupStatus.CIVILIAN}),
        ("killed_children", "all", {"metric": Metric.KILLED, "group_age": Age.CHILD}),
        ("Fatalities (women)", "", {"metric": Metric.KILLED, "group_sex": Sex.FEMALE, "group_age": Age.ADULT}),
        ("number of injured journalists", "", {"metric": Metric.INJURED, "group_role": "journalist"}),
        ("killed", "beekeepers", {"metric": Metric.KILLED, "group_role": "beekeepers"}),
        ("IDPs", "all", {"metric": Metric.DISPLACED_STOCK, "group_status": GroupStatus.UNSTATED, "kind": Kind.STOCK}),
        ("IDPs (households)", "", {"metric": Metric.DISPLACED_STOCK, "unit": Unit.HOUSEHOLD}),
        ("new_displacements", "", {"metric": Metric.NEWLY_DISPLACED}),
        ("قتلى", "أطفال", {"metric": Metric.KILLED, "group_age": Age.CHILD}),
    ],
)
def test_words_for_what_is_counted_and_of_whom(measure: str, population: str, columns: dict[str, Any]) -> None:
    """The words of a quantity and of people are read together; people without a word of ours are still only some people."""
    figure = _one(measure=measure, population=population)
    assert {name: getattr(figure, name) for name in columns} == columns


def test_displaced_people_are_a_level_at_a_day_and_a_flow_over_days() -> None:
    """The one word means both, and the row's time tells which."""
    assert (_one(measure="displaced").metric, _one(measure="displaced").kind) == (Metric.DISPLACED_STOCK, Kind.STOCK)
    flow = _one(measure="displaced", date_start="2024-01-01")
    assert (flow.metric, flow.kind, flow.window_start) == (Metric.NEWLY_DISPLACED, Kind.PERIOD, date(2024, 1, 1))
    total = _one(measure="displaced", date_start="2024-01-01", cumulative="1")
    assert (total.metric, total.kind) == (Metric.NEWLY_DISPLACED, Kind.CUMULATIVE)


def test_kinds_by_what_the_row_says_of_time() -> None:
    """A total since a start, a stretch of days, a month alone, the last 24 and 48 hours."""
    total = _one(date_start="2024-01-01", cumulative="1")
    assert (total.kind, total.window_start, total.window_end, total.as_of) == (
        Kind.CUMULATIVE,
        date(2024, 1, 1),
        date(2024, 3, 3),
        date(2024, 3, 3),
    )
    month = _one(date_end="2024-02")
    assert (month.kind, month.window_start, month.window_end) == (Kind.PERIOD, date(2024, 2, 1), date(2024, 2, 29))
    assert _one(note="reported for the last 24 h").kind is Kind.RATE_24H
    two_days = _one(note="last 48 hours")
    assert (two_days.kind, two_days.window_start, two_days.window_end) == (Kind.PERIOD, date(2024, 3, 1), date(2024, 3, 3))


def test_a_row_that_covers_no_time_counts_nothing() -> None:
    """A filled-in zero for "the last 0 h" is a gap, and gaps stay gaps."""
    figures, refused = _read(_line(best="0", note="reported for the last 0 h"))
    assert figures == []
    assert "covers 0 hours" in refused[0]


def _days(place: str, *days: str) -> list[str]:
    return [_line(place=place, date_start=day, date_end=day) for day in days]


def test_single_days_are_incidents_or_days_by_the_rows_beside_them() -> None:
    """Two on one day are incidents, a number for nearly every day of a week a daily count, towns incidents, divisions days."""
    week = [f"2024-03-{day:02}" for day in range(1, 9)]
    assert {figure.kind for figure in _read(*_days("", "2024-03-01", "2024-03-01"))[0]} == {Kind.INCIDENT}
    assert {figure.kind for figure in _read(*_days("Oldbridge", *week))[0]} == {Kind.DAILY}
    assert {figure.kind for figure in _read(*_days("Oldbridge", "2024-03-01", "2024-03-20"))[0]} == {Kind.INCIDENT}
    assert {figure.kind for figure in _read(*_days("", "2024-03-01", "2024-03-20"))[0]} == {Kind.DAILY}
    assert _one(dataset="exland_air_strikes").kind is Kind.INCIDENT
    assert _one(dataset="exland_daily", place="Oldbridge").kind is Kind.DAILY


def test_a_running_total_takes_its_first_day_from_where_its_series_states_it() -> None:
    """The first row of a counter names the day it started; the rows below, up to the next counter, count since then."""
    ends = [("2024-01-01", "2024-01-05"), ("", "2024-01-09"), ("2024-03-01", "2024-03-04"), ("", "2024-03-09")]
    figures, _ = _read(*(_line(date_start=start, date_end=end, cumulative="1") for start, end in ends))
    assert [figure.window_start for figure in figures] == [date(2024, 1, 1), date(2024, 1, 1), date(2024, 3, 1), date(2024, 3, 1)]


def test_the_day_written_twice_is_no_first_day() -> None:
    """A running total whose every row begins and ends on its own day does not say since when it counts."""
    figures, _ = _read(*(_line(date_start=day, date_end=day, cumulative="1") for day in ("2024-01-05", "2024-01-06")))
    assert {(figure.kind, figure.window_start) for figure in figures} == {(Kind.CUMULATIVE, None)}


def test_two_counters_of_one_source_keep_their_names() -> None:
    """Where no first day is given, what the note calls the counter is kept as the name of the window."""
    figures, _ = _read(*(_line(cumulative="1", note=f"as issued, {counter}") for counter in ("first counter", "second counter")))
    assert [figure.window_text for figure in figures] == ["first counter", "second counter"]
    assert _one(cumulative="1", note="seen by Anna; wet day").window_text == ""


def test_what_an_organisation_publishes_is_its_own_voice() -> None:
    """First reports and the verified count of one organisation are one voice, told apart by the check."""
    figures, _ = _read(
        _line(source="Exland Relief flash update"),
        _line(source="Exland Relief verified casualty database", best="14"),
        _line(source="ocha situation report"),
        _line(source="unstated"),
    )
    assert [figure.claimed_source for figure in figures] == ["Exland Relief", "Exland Relief", "ocha", "unattributed"]
    assert [figure.verification for figure in figures[:2]] == [Verification.UNVERIFIED, Verification.VERIFIED_BY_CLAIMED_SOURCE]
    assert figures[0].claimed_source_text == "Exland Relief flash update"


def test_two_products_that_nothing_tells_apart_have_two_names_and_one_vote() -> None:
    """Two unverified series of one organisation are not one series, and yet one vote."""
    figures, _ = _read(_line(source="Exland Relief bulletin"), _line(source="Exland Relief dashboard", best="14"))
    assert [figure.claimed_source for figure in figures] == ["Exland Relief bulletin", "Exland Relief dashboard"]
    assert {figure.independence_group for figure in figures} == {"Exland Relief"}


def test_what_an_organisation_leans_on_here_says_nothing_of_its_counts_elsewhere() -> None:
    """The crisis's OCHA leans on a directorate; its count in another country does not."""
    figure = _one(source="ocha")
    assert (figure.primary_basis, figure.independence_group) == ("", "ocha")


def test_how_it_was_counted_is_read_from_the_type_of_source() -> None:
    """Registration, hospital records and estimates are bases of counting."""
    bases = [_one(source_type=one).counting_basis for one in ("registration", "hospital records", "expert estimate", "bulletin")]
    assert bases == [CountingBasis.REGISTERED, CountingBasis.HOSPITAL, CountingBasis.ESTIMATE_EXPERT, CountingBasis.UNKNOWN]


def test_places_the_gazetteer_does_not_hold_have_their_path_as_identity() -> None:
    """A town lies in its division by its identity; a place called unknown is none."""
    town = _one(place="Old  Bridge")
    assert (town.place_id, town.adm1_id, town.adm_level) == ("exland/northland/old bridge", "exland/northland", 4)
    division = _one(place="Unknown")
    assert (division.place_id, division.adm_level, division.place_name) == ("exland/northland", 1, "Northland")
    country = _one(admin1="")
    assert (country.place_id, country.adm1_id, country.adm_level) == ("exland", "", 0)


def test_columns_nobody_knows_are_told_and_kept_out() -> None:
    """One sentence names them; the rows are read."""
    said: list[str] = []
    header, line = "date,measure,value,source,location,weather,mood", "2024-03-03,killed,12,Exland Watch,Oldbridge,rain,grim"
    figures, _ = _read(line, header=header, way=Way(say=said.append))
    assert len(figures) == 1
    assert said == ["t.csv: the columns weather, mood are not known and kept out; --columns FILE says what they mean."]


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"measure": "goats"}, "column measure: 'goats' is no quantity this program knows"),
        ({"measure": "killed and displaced"}, "names two quantities"),
        ({"measure": ""}, "column metric is empty"),
        ({"date_end": "03/04/2024"}, "column end: '03/04/2024' is not a date"),
        ({"date_end": "2024-02-31"}, "is not a day of the calendar"),
        ({"date_end": ""}, "no column gives a day"),
        ({"date_start": "2024-05-01"}, "the first day, 2024-05-01, is after the last, 2024-03-03"),
        ({"cumulative": "perhaps"}, "column cumulative: 'perhaps' is neither 1 nor 0"),
        ({"low": "9", "high": "4"}, "not in ascending order"),
    ],
)
def test_a_row_that_is_not_understood_says_why(cells: dict[str, str], reason: str) -> None:
    """The reason names the column and what to do; other rows live."""
    figures, refused = _read(_line(**cells), _line())
    assert len(figures) == 1
    assert len(refused) == 1
    assert reason in refused[0]


def test_a_mapping_file_explains_other_headings(tmp_path: Path) -> None:
    """`[columns]` names headings, `[values]` words of cells, `[fixed]` what every row says."""
    path = tmp_path / "mapping.toml"
    path.write_text(
        '[columns]\n"Jour" = "end"\n"Nombre" = "value_best"\n"Quoi" = "measure"\n"Humeur" = ""\n'
        '[values.measure]\n"Tués" = "killed"\n[fixed]\nsource = "Exland Watch"\ncountry = "Exland"\n',
        encoding="utf-8",
    )
    said: list[str] = []
    way = Way(headings=read_mapping(path), say=said.append)
    (figure,), refused = _read("2024-03-03,12,Tués,grim", header="Jour,Nombre,Quoi,Humeur", way=way)
    assert (figure.metric, figure.value_best, figure.claimed_source, figure.place_id) == (Metric.KILLED, 12, "Exland Watch", "exland")
    assert (refused, said) == ([], [])


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("[columns", "is not valid TOML"),
        ("[column]\nx = 'measure'", "has 'column', which is not understood"),
        ("[columns]\nx = 'measur'", "'measur' is no column and nothing a heading tells; write 'measure'"),
        ("[columns]\nx = 3", "every entry of \\[columns\\] is a text"),
    ],
)
def test_a_mapping_that_is_wrong_says_where(tmp_path: Path, content: str, sentence: str) -> None:
    """One sentence with the file and the entry."""
    path = tmp_path / "mapping.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UnreadableDocument, match=sentence):
        read_mapping(path)


def test_a_year_may_be_all_the_time_a_table_has() -> None:
    """A yearly table has no column of days."""
    (figure,), refused = _read("Northland,2023,7,killed", header="Admin1,Year,value_best,measure")
    assert (refused, figure.window_start, figure.window_end) == ([], date(2023, 1, 1), date(2023, 12, 31))


@pytest.mark.parametrize("unit", ["a ", "1, ", "2024-11-30 ", "killed and ", "("])
def test_a_cell_of_endless_words_takes_time_by_its_length(unit: str) -> None:
    """In any column: what took time by the square of a cell would not end with these."""
    cells = {name: unit * (150_000 // len(unit)) for name in _NAMES}
    figures, refused = _read(*(_line(**{name: cell}) for name, cell in cells.items()), _line())
    assert len(figures) + len(refused) == len(_NAMES) + 1
