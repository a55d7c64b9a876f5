"""The rules a person may change: how a value is written, what it does to verdicts, and what it leaves alone."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.compare import DEFAULT, Rules
from ingest.compare.settings import changed, from_file, from_tables, settings, shown, tables
from ingest.errors import SettingsError
from ingest.model.crisis import HouseholdFactor, fitting

Code = Callable[..., str]
FLOW = {"metric": "newly_displaced", "group_status": "unstated"}
CENSUS = HouseholdFactor(5.0, 5.8, "an invented census")


def _written(name: str) -> st.SearchStrategy[str]:
    setting = settings()[name]
    if setting.choices:
        return st.sampled_from(sorted(setting.choices))
    if not setting.step:
        people = st.tuples(st.integers(10, 90), st.integers(0, 90)).map(lambda ends: f"{ends[0] / 10:g}-{(ends[0] + ends[1]) / 10:g}")
        whose = st.sampled_from(["", "ocha=", "@2024-12-01..2024-12-31=", "ocha@2024-12-01..=", "white_helmets@..2024-12-31="])
        return st.lists(st.tuples(whose, people).map("".join), min_size=1, max_size=3).map(";".join)
    if setting.step == 1:
        return st.integers(int(setting.low), int(setting.high)).map(str)
    return st.integers(int(setting.low * 100), int(setting.high * 100)).map(lambda hundredths: f"{hundredths / 100:g}")


SOME = st.fixed_dictionaries({}, optional={name: _written(name) for name in settings() if not name.startswith("severity")})


@given(SOME)
def test_rules_that_are_written_down_are_read_back(given_rules: dict[str, str]) -> None:
    """As the tables of a file, through JSON, and value by value; equal rules have one version, others another."""
    rules = changed(DEFAULT, given_rules)
    again = from_tables(json.loads(json.dumps(tables(rules))), DEFAULT, "a file")
    assert again == rules or [one.citation for one in again.household_factors] == [one.citation for one in rules.household_factors]
    assert changed(DEFAULT, {name: shown(rules, name) for name in settings() if shown(rules, name)}) == rules
    assert (rules.version == DEFAULT.version) == (rules == DEFAULT)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("soft_shar", "0.3", "perhaps soft_share is meant"),
        ("soft_share", "a third", "which is no number; write it like 0.25"),
        ("soft_share", "11", "it goes from 0 to 10"),
        ("soft_gap", "2.5", "which is no whole number"),
        ("soft_gap", "-1", "which is no whole number"),
        ("vague", "ceiling", "it is one of floor, literal, midpoint"),
        ("household", "6-5", "write people per household like 5 or 4.5-6"),
        ("household", "50", "write people per household like 5 or 4.5-6"),
        ("household", ";", "household is empty"),
        ("household", "5;ocha:4", "write people per household like 5 or 4.5-6"),
        ("household", "@2024-02-30..=5", "names a day that no calendar has"),
        ("household", "@2024-12-31..2024-12-01=5", "whose first day is after its last"),
        ("severity_large", "1.05", "The severity bands do not rise"),
    ],
)
def test_a_wrong_value_is_answered_with_a_sentence(name: str, value: str, said: str) -> None:
    """It says what is wrong and how to write it."""
    with pytest.raises(SettingsError, match=said.replace("?", r"\?")):
        changed(DEFAULT, {name: value})


def test_a_file_of_rules_replaces_what_it_names(tmp_path: Path) -> None:
    """Values under [rules], factors under [[household_factor]]; the rest stays, and a file without either is refused."""
    path = tmp_path / "rules.toml"
    path.write_text('[rules]\nsoft_gap = 9\nvague = "literal"\n[[household_factor]]\nlow = 4\nhigh = 5\ncitation = "x"\nsource = "ocha"\n')
    rules = from_file(path, replace(DEFAULT, household_factors=(CENSUS,)))
    assert (rules.soft_gap, str(rules.vague), rules.soft_share) == (9, "literal", DEFAULT.soft_share)
    assert rules.household_factors == (HouseholdFactor(4.0, 5.0, "x", "ocha"),)
    path.write_text("[rulez]\nsoft_gap = 9\n")
    with pytest.raises(SettingsError, match="holds no rules"):
        from_file(path, DEFAULT)
    path.write_text("[rules]\nsoft_gap = 'x'\n")
    with pytest.raises(SettingsError, match=r"rules\.toml, \[rules\]: soft_gap is 'x'"):
        from_file(path, DEFAULT)


@pytest.mark.parametrize(
    ("convention", "expected"), [("floor", "agreement"), ("literal", "contradiction_strong"), ("midpoint", "contradiction_strong")]
)
def test_a_vague_word_counts_by_its_convention(claim: Callable[..., dict[str, object]], code: Code, convention: str, expected: str) -> None:
    """Twenty fits dozens from 12 upwards, and neither two dozen nor the middle of 12 to 99."""
    assert code(claim("ocha", "dozens"), claim("snhr", 20), changed(DEFAULT, {"vague": convention})) == expected


@pytest.mark.parametrize(("convention", "number"), [("literal", 24), ("midpoint", 56)])
def test_a_convention_changes_what_is_compared_and_not_what_was_claimed(claim, verdicts, convention, number):
    """The gap is to the number the convention gives; the columns of the claim stay as claimed."""
    (row,) = verdicts([claim("ocha", "dozens", id="a"), claim("snhr", 10, id="b")], changed(DEFAULT, {"vague": convention})).itertuples()
    assert (row.value_a, row.low_a, row.high_a) == ("dozens", 12, 99)
    assert row.gap == number - 10
    assert "dozens" in row.sentence_en


def test_a_vague_word_open_upwards_has_no_middle(claim: Callable[..., dict[str, object]], code: Code) -> None:
    """ "A number of" is two or more under every convention, and so leaves room for forty, softly."""
    pair = claim("ocha", "a number"), claim("snhr", 40)
    assert {code(*pair, changed(DEFAULT, {"vague": one})) for one in settings()["vague"].choices} == {"contradiction_soft"}


def test_households_are_converted_by_the_row_that_fits_source_and_day(claim, code):
    """30,000 families of 5.0 to 5.8 fit 160,000 people; a row for one source goes before one for all; outside its days none holds."""

    def families(source: str) -> dict[str, object]:
        return claim(source, 30000, unit="household", **FLOW)

    people = claim("unhcr", 160000, **FLOW)
    small = HouseholdFactor(3.0, 3.5, "its own survey", source="daanes")
    both = replace(DEFAULT, household_factors=(CENSUS, small))
    assert code(families("ocha"), people, both) == "agreement"
    assert code(families("daanes"), people, both) == "different_unit_or_definition"
    assert code(families("daanes"), claim("unhcr", 100000, **FLOW), both) == "agreement"
    later = replace(DEFAULT, household_factors=(replace(CENSUS, valid_from=date(2024, 12, 2)),))
    assert code(families("ocha"), people, later) == "different_unit_or_definition"
    until = replace(DEFAULT, household_factors=(replace(CENSUS, valid_to=date(2024, 12, 1)),))
    assert code(families("ocha"), people, until) == "agreement"


def test_the_household_table_is_changed_row_by_row(claim, code):
    """A row for one source and its days beside the one for all, which keeps what it cites; spaces play no role."""
    published = replace(DEFAULT, household_factors=(replace(CENSUS, valid_from=date(2024, 1, 1)),))
    assert shown(published, "household") == "@2024-01-01..=5-5.8"
    assert changed(published, {"household": shown(published, "household")}) == published
    both = changed(published, {"household": "@2024-01-01..=5-5.8; daanes @..2024-12-31 = 3-3.5"})
    kept, added = both.household_factors
    assert kept == published.household_factors[0]
    assert (added.source, added.low, added.high, added.valid_from, added.valid_to) == ("daanes", 3.0, 3.5, None, date(2024, 12, 31))
    families = claim("daanes", 30000, unit="household", **FLOW)
    assert code(families, claim("unhcr", 160000, **FLOW), published) == "agreement"
    assert code(families, claim("unhcr", 100000, **FLOW), both) == "agreement"


def test_reading_and_comparing_choose_the_same_row() -> None:
    """The row for a source goes first wherever it stands; without a day only an open row holds."""
    small, dated = HouseholdFactor(3.0, 3.5, "x", source="daanes"), replace(CENSUS, valid_from=date(2024, 12, 2))
    assert fitting((CENSUS, small), "daanes", date(2024, 12, 1)) == small
    assert fitting((small, CENSUS), "ocha", None) == CENSUS
    assert fitting((dated,), "ocha", None) is None
    assert fitting((dated,), "ocha", date(2024, 12, 1)) is None


def test_every_setting_says_itself_in_every_language() -> None:
    """Label, unit and meaning, and each word it may be set to, in every language of the app; the meaning is one sentence."""
    for setting in settings().values():
        for text in (setting.label, setting.unit, setting.meaning, *setting.choices.values()):
            assert text["en"].strip() and text["ar"].strip() and set(text) == {"en", "ar", "fr"}
        assert setting.meaning["en"].endswith(".") and setting.meaning["en"].count(". ") == 0
        assert shown(Rules(household_factors=(CENSUS,)), setting.name)
