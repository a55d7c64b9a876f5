"""The address and the view say the same thing."""

from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.state import (
    FIGURE_COLUMNS,
    LANGUAGES,
    LAST_PAGE,
    PAGE_SIZES,
    PARAMETERS,
    ROWS_BY,
    SCALES,
    SEVERITIES,
    SORTS,
    THEMES,
    Filters,
)
from ingest.model.vocabulary import Clock, DiscrepancyCode, GroupStatus, Kind, Metric

identities = st.from_regex(r"[a-zA-Zء-ي0-9_.:@/+-]{1,20}", fullmatch=True)
groups = st.one_of(
    st.sampled_from([*map(str, GroupStatus), "child", "f", "m"]), st.from_regex(r"(side|role)\.[a-z_]{1,20}", fullmatch=True)
)


def some(values: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[str, ...]]:
    """Up to four of the values, each once."""
    return st.lists(values, max_size=4, unique=True).map(tuple)


words = st.lists(st.from_regex(r"[^\W_]{1,8}", fullmatch=True), max_size=4).map(" ".join)
views = st.builds(
    Filters,
    crisis=st.just("") | identities,
    date_from=st.none() | st.dates(),
    date_to=st.none() | st.dates(),
    metrics=some(st.sampled_from([str(m) for m in Metric])),
    kinds=some(st.sampled_from([str(k) for k in Kind])),
    groups=some(groups),
    places=some(identities),
    sources=some(identities),
    codes=some(st.sampled_from([str(c) for c in DiscrepancyCode])),
    severities=some(st.sampled_from(SEVERITIES)),
    document=st.just("") | identities,
    claim=st.just("") | identities,
    event=st.just("") | identities,
    only=st.lists(identities, unique=True, max_size=3).map(tuple),
    history=st.booleans(),
    rules=st.sets(st.sampled_from(["vague:midpoint", "soft_gap:9", "soft_share:0.3", "household:5;ocha@2024-12-01..=4.5-6"])).map(
        lambda given: tuple(
            one for one in ("vague:midpoint", "household:5;ocha@2024-12-01..=4.5-6", "soft_share:0.3", "soft_gap:9") if one in given
        )
    ),
    known=st.none() | st.dates(),
    clock=st.sampled_from([str(clock) for clock in Clock]),
    q=words,
    sort=st.just("") | st.sampled_from([*SORTS, *(f"-{s}" for s in SORTS)]),
    page=st.integers(1, LAST_PAGE),
    size=st.sampled_from(PAGE_SIZES),
    by=st.sampled_from(ROWS_BY),
    scale=st.sampled_from(SCALES),
    columns=some(st.sampled_from(FIGURE_COLUMNS)),
    figure=st.just("") | identities,
    pair=st.just("") | identities,
    incident=st.just("") | identities,
    lang=st.sampled_from(LANGUAGES),
    theme=st.sampled_from(THEMES),
)


@given(views)
def test_a_view_survives_its_address(view: Filters) -> None:
    """Printing a view and reading the address gives the same view."""
    assert Filters.from_query(view.query()) == view


@given(st.text() | st.dictionaries(st.sampled_from([p.key for p in PARAMETERS]), st.text() | st.lists(st.text())))
def test_no_address_breaks_a_page(query: str | dict[str, str | list[str]]) -> None:
    """Whatever was typed is read without an error, and what was understood prints the same the second time."""
    view = Filters.from_query(query)
    assert Filters.from_query(view.query()) == view


def test_every_field_has_one_key() -> None:
    """Each field of a view is in the address under exactly one key."""
    assert sorted(p.field for p in PARAMETERS) == sorted(f.name for f in fields(Filters))
    assert len({p.key for p in PARAMETERS}) == len(PARAMETERS)


def test_the_opening_view_has_an_empty_address() -> None:
    """Defaults are left out."""
    assert Filters().query() == ""
    assert Filters.from_query(None) == Filters.from_query("?") == Filters()


def test_an_address_reads_as_written() -> None:
    """Lists are written with commas, keys in one order, values readable."""
    view = Filters(metrics=("killed", "injured"), places=("SY02",), date_from=date(2024, 11, 27), q="حلب city")
    assert view.query() == "from=2024-11-27&metric=killed,injured&place=SY02&q=%D8%AD%D9%84%D8%A8%20city"


@pytest.mark.parametrize(
    "query",
    ["utm_source=x", "metric=deaths", "from=yesterday", "page=0", "page=-1", "page=1e3", "size=7", "place=a b", "sort=drop", "lang=xx"],
)
def test_what_means_nothing_is_dropped(query: str) -> None:
    """Unknown keys and impossible values leave the view as it was."""
    assert Filters.from_query(query) == Filters()


def test_a_good_value_beside_a_bad_one_is_kept() -> None:
    """One bad metric does not cost the good one, and repeating a key is the same as a comma."""
    assert Filters.from_query("metric=deaths,killed&metric=injured&metric=killed").metrics == ("killed", "injured")
    assert Filters.from_query({"metric": ["killed", "injured"], "lang": "ar"}) == Filters(metrics=("killed", "injured"), lang="ar")


def test_a_new_selection_starts_on_the_first_page() -> None:
    """Changing a filter goes to page one; opening evidence or changing the language stays."""
    view = Filters(page=3)
    assert view.changed(metrics=("killed",)).page == 1
    assert view.changed(figure="f1").page == 3
    assert view.changed(page=4, sort="-day").page == 4


def test_looks_do_not_change_the_rows() -> None:
    """Language, theme, page and open evidence are not part of what selects rows."""
    view = Filters(metrics=("killed",), q="a")
    assert replace(view, lang="ar", theme="dark", page=9, figure="f1", scale="log").data() == view


@given(views)
def test_clearing_keeps_what_is_no_choice_of_rows(view: Filters) -> None:
    """The crisis, the day of knowledge, language and theme stay; everything that selects is gone."""
    cleared = view.cleared()
    assert cleared == Filters(crisis=view.crisis, known=view.known, clock=view.clock, lang=view.lang, theme=view.theme)
