"""Tables with a row of HXL tags below their headings."""

from ingest.store.imported import Headings, mapping, tagged

NOTHING = mapping({}, "it")
COLUMNS = ("Governorate", "From", "To", "Dead", "Hurt", "Girls", "Agency", "Code")
TAGS = ("#adm1 +name", "#date+start", "#date+end", "#affected+killed", "#AFFECTED+injured", "#affected+killed+f", "#org+name", "#adm1+code")


def test_each_column_that_counts_people_is_a_number_of_its_own() -> None:
    """What it counts is every row's measure; columns of some of the people are left out."""
    killed, injured = tagged(NOTHING, COLUMNS, TAGS)
    assert killed.read(COLUMNS)[0] == ("admin1", "start", "end", "value_best", "", "", "source", "admin1_code")
    assert injured.read(COLUMNS)[0] == ("admin1", "start", "end", "", "value_best", "", "source", "admin1_code")
    assert (killed.fixed, injured.fixed) == ({"measure": "killed"}, {"measure": "injured"})


def test_a_table_of_indicators_names_its_measure_in_a_column() -> None:
    """Low, best and high come from attributes, in any order."""
    columns, tags = ("a", "b", "c", "d"), ("#indicator+name", "#indicator+value+min", "#indicator+num", "#indicator+max+value")
    (headings,) = tagged(NOTHING, columns, tags)
    assert headings.read(columns)[0] == ("measure", "value_low", "value_best", "value_high")


def test_a_mapping_outranks_the_tags() -> None:
    """Who wrote it has looked at the table."""
    (headings,) = tagged(Headings({}, explained={"dead": "value_best", "agency": ""}), COLUMNS, TAGS)
    assert headings.read(COLUMNS)[0] == ("admin1", "start", "end", "value_best", "", "", "", "admin1_code")
    assert headings.fixed == {}


def test_the_tags_outrank_what_headings_usually_mean() -> None:
    """A column called total that is tagged as a place is a place."""
    (headings,) = tagged(NOTHING, ("total", "value"), ("#adm2+name", "#indicator+num"))
    assert headings.read(("total", "value"))[0] == ("admin2", "value_best")
