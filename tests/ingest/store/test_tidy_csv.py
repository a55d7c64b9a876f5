"""A table in the published columns becomes figures, row by row, each with its number found in the table's own text."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import UnreadableDocument
from ingest.model.crisis import Crisis, Organisation
from ingest.model.records import Document, Figure, Rejection
from ingest.model.vocabulary import GroupStatus, Interest, Kind, Metric, Qualifier, SourceKind, Unit, ValueStatus
from ingest.store import Ledger
from ingest.store.tidy import Origin, read_csv, read_table
from ingest.text.delimited import records

Read = tuple[Document, tuple[Figure, ...], tuple[Rejection, ...]]
Table = Callable[..., Read]
NOW = datetime(2024, 12, 5, 12, 0, tzinfo=UTC)


def _organisation(name: str, kind: SourceKind, **more: str) -> Organisation:
    return Organisation(name, {"en": name}, name, kind, **more)


CRISIS = Crisis(
    id="test",
    title={"en": "Test"},
    country="TST",
    timezone=ZoneInfo("Asia/Damascus"),
    start=date(2024, 11, 27),
    end=None,
    gazetteer=(),
    boundaries="",
    sides=(),
    organisations={
        "sohr": _organisation("sohr", SourceKind.MONITOR),
        "army": _organisation("army", SourceKind.PARTY, side="government"),
        "ocha": _organisation("ocha", SourceKind.UN, basis="health_directorate"),
        "afp": _organisation("afp", SourceKind.MEDIA),
    },
    regions=(),
    household_factors=(),
    sources={},
)


@pytest.fixture
def table() -> Table:
    """Reads lines of a table under a header."""

    def read(header: str, *lines: str, **origin: Any) -> Read:
        return read_table("\n".join((header, *lines)).encode(), CRISIS, Origin("losses.csv", NOW, **origin))

    return read


def _only(read: Read) -> Figure:
    _, figures, rejections = read
    assert rejections == ()
    assert len(figures) == 1
    return figures[0]


def _written(read: Read) -> list[str]:
    document, figures, _ = read
    return [document.text[figure.span_start : figure.span_end] for figure in figures]


HEADER = "metric,kind,value_best,publisher,claimed_source,published_at,quote"
LINE = 'killed,incident,4,afp,sohr,2024-11-30T20:00:00Z,"Four died, said one; SOHR counted 4 dead."'


def test_a_row_becomes_a_figure_with_what_follows_from_it(table: Table) -> None:
    """Interval, kinds of voices, vote and as-of day are worked out where the row leaves them out."""
    figure = _only(table(HEADER, LINE))
    assert (figure.metric, figure.kind, figure.unit) == (Metric.KILLED, Kind.INCIDENT, Unit.PERSON)
    assert (figure.value_low, figure.value_best, figure.value_high, figure.qualifier) == (4, 4, 4, Qualifier.EXACT)
    assert (figure.publisher_kind, figure.claimed_source_kind, figure.independence_group) == (SourceKind.MEDIA, SourceKind.MONITOR, "sohr")
    assert (figure.as_of, figure.as_of_inferred) == (date(2024, 11, 30), True)
    assert (figure.crisis, figure.extractor_version) == ("test", "tidy/1")


def test_the_tables_text_is_the_document(table: Table) -> None:
    """The figure's quote and number stand in the document's text where the figure says."""
    document, (figure,), _ = table(HEADER, LINE)
    assert document.text == f"{HEADER}\n{LINE}"
    assert (document.media_type, document.title, document.publisher) == ("text/csv", "losses.csv", "afp")
    assert document.text.startswith(figure.quote, figure.quote_start)
    assert figure.quote == "Four died, said one; SOHR counted 4 dead."
    assert document.text[figure.span_start : figure.span_end] == "4"


def test_as_of_is_the_day_in_the_crisiss_time_zone(table: Table) -> None:
    """Published late in the evening UTC is published on the next day in Damascus; a day alone stays that day."""
    late = _only(table("metric,kind,value_best,published_at,quote", "killed,incident,4,2024-11-30T23:00:00Z,4 dead"))
    day = _only(table("metric,kind,value_best,published_at,quote", "killed,incident,4,2024-11-30,4 dead"))
    assert late.as_of == date(2024, 12, 1)
    assert day.as_of == date(2024, 11, 30)


def test_a_basis_that_two_lean_on_is_one_vote(table: Table) -> None:
    """The independence group is the basis of the voice where it has one, unless the row says otherwise."""
    header = "metric,kind,value_best,claimed_source,independence_group,quote"
    _, figures, _ = table(header, "killed,incident,4,ocha,,4 dead", "killed,incident,5,ocha,own,5 dead", "killed,incident,6,,,6 dead")
    assert [figure.independence_group for figure in figures] == ["health_directorate", "own", "unattributed"]


def test_a_partys_claim_about_its_enemy_is_in_its_own_lane(table: Table) -> None:
    """Interest follows from the side of the voice and of the people counted."""
    header = "metric,kind,value_best,claimed_source,group_status,group_side,quote"
    rows = ("combatant,opposition", "combatant,government", "civilian,", ",")
    _, figures, _ = table(header, *[f"killed,incident,4,army,{row},4 dead" for row in rows])
    assert [figure.interest for figure in figures] == [
        Interest.ENEMY_LOSSES,
        Interest.OWN_LOSSES,
        Interest.OWN_SIDE_CIVILIANS,
        Interest.THIRD_PARTY,
    ]


@pytest.mark.parametrize(
    ("cells", "interval"),
    [
        ("at_least,,50,,at least 50", (50, 50, None, True)),
        ("more_than,,12,,more than 12", (13, 12, None, True)),
        ("more_than,,50,,more than 50", (50, 50, None, True)),
        ("about,,48,,about 48", (43, 48, 53, False)),
        ("nearly,,100,,nearly 100", (90, 100, 100, False)),
        ("up_to,0,,30,up to 30", (0, None, 30, False)),
        ("fewer_than,0,,99,fewer than 100", (0, None, 99, False)),
        (",8,,10,8 to 10", (8, None, 10, False)),
        (",50,,,50 or more", (50, None, None, True)),
        ("vague,12,,99,dozens", (12, None, 99, False)),
        ("exact,,1100000,,1.1 million", (1100000, 1100000, 1100000, False)),
        ("exact,,1234,,1 234", (1234, 1234, 1234, False)),
        ("exact,,0,,no casualties", (0, 0, 0, False)),
    ],
)
def test_hedges_become_intervals(table: Table, cells: str, interval: tuple[int | None, int | None, int | None, bool]) -> None:
    """Low, best, high and openness of each way to hedge a number, by the written convention."""
    figure = _only(table("metric,kind,qualifier,value_low,value_best,value_high,value_text", f"killed,incident,{cells}"))
    assert (figure.value_low, figure.value_best, figure.value_high, figure.interval_open_high) == interval


def test_a_vague_word_is_its_own_evidence(table: Table) -> None:
    """The number of a vague claim is the word in the sentence, not a day of the month that happens to fit."""
    read = table(
        "metric,kind,qualifier,value_low,value_high,value_text,quote", "killed,daily,vague,12,99,dozens,On 12 December Dozens were killed"
    )
    assert _written(read) == ["Dozens"]
    read = table("metric,kind,value_best,value_text,quote", "killed,daily,4,four people,On 4 December four people were killed")
    assert _written(read) == ["four people"]


def test_numbers_are_found_in_any_digits(table: Table) -> None:
    """Arabic digits, thousands marks and ranges are found; the span holds them as they are written."""
    header = "metric,kind,value_low,value_best,value_high,quote"
    read = table(
        header,
        "newly_displaced,cumulative,,1100,,نزح ١١٠٠ شخص",
        'newly_displaced,cumulative,,48500,,"OCHA counts 48,500 people"',
        "newly_displaced,cumulative,8,,10,between 8 and 10 people",
        'newly_displaced,cumulative,,5,,"of 3, 4, 5 and 6"',
    )
    assert read[2] == ()
    assert _written(read) == ["١١٠٠", "48,500", "8 and 10", "5"]


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ("killed,incident,4,,five dead", "column quote does not state 4"),
        ("killed,incident,4,5 people,5 people dead", "column quote does not state 4"),
        ("killed,incident,50,5 people,5 people dead", "column quote does not state 50"),
        ("killed,incident,4,,", "column quote is empty and so is value_text"),
        ("killed,incident,,,some dead", "column value_best is empty"),
        ("kiled,incident,4,,4 dead", "column metric: 'kiled' is not one of the words allowed; write 'killed' if that is meant"),
        (",incident,4,,4 dead", "column metric is empty"),
        ("killed,incident,four,,4 dead", "column value_best: 'four' is not a whole number; write it in digits only"),
        ('killed,incident,"1,100",,"1,100 dead"', "column value_best: '1,100' is not a whole number"),
        ("killed,incident,-4,,4 dead", "column value_best: '-4' is not a whole number"),
        (f"killed,incident,{10**30},,many dead", "is larger than any count of people"),
        ("killed,incident,4,,4 dead, said SOHR", "the row has 6 cells for 5 columns"),
        ('killed,incident,4,,"4 dead" said SOHR', "the row has text after a closing quotation mark"),
    ],
)
def test_a_wrong_row_is_rejected_and_the_others_live(table: Table, cells: str, reason: str) -> None:
    """The rejection names file, line and column and what to write; rows before and after are read."""
    header = "metric,kind,value_best,value_text,quote"
    document, figures, (rejection,) = table(header, "killed,incident,1,,1 dead", cells, "killed,incident,2,,2 dead")
    assert [figure.value_best for figure in figures] == [1, 2]
    assert rejection.document_id == document.document_id
    assert rejection.subject == "losses.csv, line 3"
    assert rejection.reason.startswith("losses.csv, line 3: ")
    assert reason in rejection.reason


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("event_start", "31/12/2024", "is not a date; write it like 2024-11-30"),
        ("event_start", "2024-02-30", "is not a day of the calendar"),
        ("published_at", "yesterday", "is not a time; write it like"),
        ("as_of_inferred", "perhaps", "is neither true nor false"),
        ("lat", "36,2", "is not a number; write it with a point"),
        ("lat", "nan", "is not a number"),
        ("group_sex", "x", "is not one of the words allowed; they are f, m"),
        ("crisis", "another", "the row belongs to 'another', not to 'test'"),
    ],
)
def test_a_wrong_cell_is_rejected_with_its_column(table: Table, column: str, value: str, reason: str) -> None:
    """Dates, times, numbers, words and the crisis itself are checked cell by cell."""
    _, figures, (rejection,) = table(f"metric,kind,value_best,quote,{column}", f'killed,incident,4,4 dead,"{value}"')
    assert figures == ()
    assert f"column {column}: " in rejection.reason
    assert reason in rejection.reason


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "losses.csv is empty"),
        (b"\xef\xbb\xbf \n", "losses.csv is empty"),
        ("metric,kind\nقتلى".encode("cp1256"), "is not UTF-8 at byte 12; save it as"),
        (b"metric,kind,valu_best\n", "has a column 'valu_best' that is not known; rename it if 'value_best' is meant"),
        (b"metric,kind,weather\n", "has a column 'weather' that is not known; take a name from the data dictionary"),
        (b"metric,kind,kind\n", "has the column 'kind' twice"),
        (b"metric,quote\n", "has no column 'kind'"),
        (b'metric,kind,quote\nkilled,incident,"never closed\nkilled,incident,x\n', "line 2: a quotation mark is opened and never closed"),
    ],
)
def test_a_table_that_cannot_be_read_says_why(content: bytes, sentence: str) -> None:
    """An empty file, another encoding, an unknown, repeated or missing column, an open quotation mark: one sentence each."""
    with pytest.raises(UnreadableDocument, match=sentence.replace("(", r"\(")):
        read_table(content, CRISIS, Origin("losses.csv", NOW))


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    """A missing file is named with its path."""
    with pytest.raises(UnreadableDocument, match=r"missing\.csv cannot be opened \(No such file"):
        read_csv(tmp_path / "missing.csv", CRISIS, now=NOW)


def test_spreadsheets_ways_are_tolerated(tmp_path: Path) -> None:
    """A byte order mark, semicolons, CRLF, an HXL row, blank lines, empty trailing columns and 4.0 for 4 read like the plain table."""
    path = tmp_path / "losses.csv"
    lines = [
        "Metric;kind;value_best;quote;",
        "#indicator+name;#indicator+type;#indicator+num;#description;",
        "",
        "killed;incident;4.0;4 dead;",
        ";;;;",
    ]
    path.write_bytes(b"\xef\xbb\xbf" + "\r\n".join(lines).encode())
    document, figures, rejections = read_csv(path, CRISIS, now=NOW, publisher="sohr")
    assert rejections == ()
    assert [(figure.value_best, figure.publisher, figure.quote) for figure in figures] == [(4, "sohr", "4 dead")]
    assert document.text.startswith("4 dead", figures[0].quote_start)


def test_quotation_marks_inside_a_quote_keep_the_offsets(table: Table) -> None:
    """A doubled quotation mark before the number moves nothing: the quote is the text as it stands in the table."""
    read = table("metric,kind,value_best,quote", 'killed,incident,4,"The ""monitor"" counts 4 dead, he said"')
    document, (figure,), _ = read
    assert figure.quote == 'The ""monitor"" counts 4 dead, he said'
    assert document.text.startswith(figure.quote, figure.quote_start)
    assert _written(read) == ["4"]


def test_lines_are_counted_through_quotes(table: Table) -> None:
    """A quote of several lines counts them all; the rejection after it names the line a text editor shows."""
    _, figures, (rejection,) = table("metric,kind,value_best,quote", 'killed,incident,4,"4\ndead"', "killed,incident,x,5 dead")
    assert figures[0].quote == "4\ndead"
    assert rejection.subject == "losses.csv, line 4"


def test_the_same_rows_are_the_same_figures(table: Table) -> None:
    """A table that comes again with a row more, or in another order, brings one new figure; a row twice is two."""
    other = LINE.replace("4 dead", "the 4 dead")
    _, first, _ = table(HEADER, LINE)
    _, longer, _ = table(HEADER, other, LINE)
    _, twice, _ = table(HEADER, LINE, LINE)
    assert {figure.figure_id for figure in first} < {figure.figure_id for figure in longer}
    assert len({figure.figure_id for figure in twice}) == 2
    assert twice[0].figure_id == first[0].figure_id


def test_labels_link_rows_of_one_table(table: Table) -> None:
    """Any word may stand as figure_id to be pointed at; identities are made from it, and a child keeps its parent."""
    header = "figure_id,parent_figure_id,part_of,metric,kind,value_best,quote"
    _, (whole, part), _ = table(header, "a,,,killed,incident,9,9 dead", "b,a,subset,killed,incident,4,4 of them children")
    assert part.parent_figure_id == whole.figure_id
    assert whole.figure_id.startswith("f")
    assert whole.figure_id != "a"


def test_identities_of_ours_are_kept(table: Table) -> None:
    """A row that was exported comes back under its own identity, so that importing an export adds nothing."""
    figure = _only(table("figure_id,metric,kind,value_best,quote", "f0123456789abcdef,killed,incident,4,4 dead"))
    assert figure.figure_id == "f0123456789abcdef"


def test_claims_without_a_number_are_kept_as_such(table: Table) -> None:
    """A claim that gives no number has none invented, and its sentence as evidence."""
    read = table("metric,kind,value_status,quote", "newly_displaced,incident,no_number,Residents fled their homes")
    figure = _only(read)
    assert (figure.value_low, figure.value_best, figure.value_high, figure.qualifier) == (None, None, None, Qualifier.NONE)
    assert (figure.value_status, figure.value_text) == (ValueStatus.NO_NUMBER, "")
    assert _written(read) == ["Residents fled their homes"]


def test_what_the_row_says_is_kept(table: Table) -> None:
    """Columns that are filled in are taken as they are."""
    header = "metric,kind,value_low,value_best,value_high,qualifier,interval_rule,group_status,coverage_area,lat,confidence,quote,interest"
    figure = _only(table(header, "killed,cumulative,90,100,120,about,own/1,civilian,SY02; SY07,36.2,0.5,about 100,own_losses"))
    assert (figure.value_low, figure.value_high, figure.interval_rule) == (90, 120, "own/1")
    assert (figure.group_status, figure.coverage_area, figure.lat, figure.confidence) == (GroupStatus.CIVILIAN, ("SY02", "SY07"), 36.2, 0.5)
    assert figure.interest is Interest.OWN_LOSSES


def test_doubts_are_taken_with_their_candidates_or_refused_by_name(table: Table) -> None:
    """The word of each doubt is one of ours; what was considered is the row's own."""
    figure = _only(table("metric,kind,value_best,quote,doubts", "killed,incident,4,4 dead,no_noun; place_not_unique=SY02|SY07"))
    assert figure.doubts == ("no_noun", "place_not_unique=SY02|SY07")
    _, figures, (rejection,) = table("metric,kind,value_best,quote,doubts", "killed,incident,4,4 dead,no_nouns")
    assert figures == ()
    assert "column doubts: 'no_nouns' is not one of the words allowed; write 'no_noun'" in rejection.reason


def test_a_neutralised_cell_is_read_as_it_was(table: Table) -> None:
    """The apostrophe an export puts before a formula is taken off again, and the offsets follow."""
    read = table("metric,kind,value_best,quote", "killed,incident,4,'=4 dead")
    document, (figure,), _ = read
    assert figure.quote == "=4 dead"
    assert document.text.startswith(figure.quote, figure.quote_start)
    assert _written(read) == ["4"]


def test_a_table_goes_into_the_ledger(ledger: Ledger, table: Table) -> None:
    """The document and its figures are stored like any report's, and reading the table again adds nothing."""
    document, figures, _ = table(HEADER, LINE, LINE.replace("4 dead", "4 killed"))
    assert ledger.add([document], figures, NOW).figures == 2
    again, same, _ = table(HEADER, LINE, LINE.replace("4 dead", "4 killed"))
    assert ledger.add([again], same, NOW).skipped == 3


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=("Cs",)), max_size=8), min_size=2, max_size=4), min_size=1, max_size=5))
def test_any_table_is_read_back_cell_by_cell(rows: list[list[str]]) -> None:
    """Whatever the cells hold, quoted as CSV wants it, they are read back, and each stands where it says."""
    text = "\r\n".join(",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
    read = list(records(text, ",", "x"))
    stripped = [[cell.strip() for cell in row] for row in rows]
    kept = [row for row in stripped if any(row)]
    found = [[cell.value for cell in record.cells] for record in read]
    assert [[_bare(cell) for cell in row] for row in found] == [[_bare(cell) for cell in row] for row in kept if any(map(_bare, row))]
    for record in read:
        assert all(text[cell.start : cell.end].replace('""', '"') == cell.value for cell in record.cells)


def _bare(cell: str) -> str:
    """A cell without leading apostrophes, which say only that a formula follows."""
    return cell.lstrip("'").strip()
