"""What the filters select."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard import query
from dashboard.query import exports
from dashboard.query.clauses import CLAUSES
from dashboard.query.labels import GROUP, group_text
from dashboard.state import Filters
from tests.dashboard.tables import tabled


def ids(db: query.Snapshot, filters: Filters) -> set[str]:
    """The figures on one large page."""
    return set(query.figures_page(db, replace(filters, size=200))["figure_id"])


def test_everything_is_shown_when_nothing_is_chosen(db: query.Snapshot) -> None:
    """No filter, every standing row, no words."""
    assert len(ids(db, Filters())) == query.figures_count(db, Filters()) == 83
    assert query.sentence(db, Filters(), str) == ""


def test_a_place_holds_what_lies_in_it(db: query.Snapshot) -> None:
    """Choosing a governorate also selects its towns and sites, but not a region that reaches beyond it."""
    found = ids(db, Filters(places=("SY07",)))
    assert {"f-e4", "f-e5", "f-e6"} <= found
    assert "f-e7" not in found
    assert ids(db, Filters(places=("SY0700",))) == found - {"f-e6", "f-e11"}


def test_a_region_is_found_when_all_it_covers_is_chosen(db: query.Snapshot) -> None:
    """A claim about the north-west lies in Aleppo and Idleb together, and under its own name."""
    assert "f-e7" in ids(db, Filters(places=("SY02", "SY07")))
    assert "f-e7" in ids(db, Filters(places=("region.north-west",)))


def test_groups_widen_inside_an_axis_and_narrow_across(db: query.Snapshot) -> None:
    """Civilians or combatants is more; civilians who are children is less."""
    assert ids(db, Filters(groups=("civilian", "combatant"))) > ids(db, Filters(groups=("civilian",)))
    assert ids(db, Filters(groups=("civilian", "child"))) == {"f-c5k", "f-w2k"}
    assert ids(db, Filters(groups=("combatant", "side.government_and_allies", "role.student"))) == set()


def test_dates_meet_windows_of_events_and_days_of_counts(db: query.Snapshot) -> None:
    """A month that overlaps the dates is shown; a running total only when it was counted then."""
    found = ids(db, Filters(date_from=date(2024, 11, 10), date_to=date(2024, 11, 20)))
    assert found == {"f-n2"}
    assert "f-s2" in ids(db, Filters(date_to=date(2024, 11, 28)))
    assert "f-s3" not in ids(db, Filters(date_to=date(2024, 11, 28)))


def test_every_word_searched_must_occur(db: query.Snapshot) -> None:
    """Words are looked for in the quote, the value, the place and the voice, whatever their case and accents."""
    assert ids(db, Filters(q="DORMITORIES shell")) == {"f-e1"}
    assert ids(db, Filters(q="المرصد")) == {"f-ar1"}
    assert ids(db, Filters(q="dormitories nothing-like-it")) == set()


def test_superseded_and_rejected_rows_need_asking_for(
    tmp_path: Path, write_snapshot: Callable[..., Path], edit_figures: Callable[[Path, str], None]
) -> None:
    """A row of an earlier edition, or one a person rejected, is in no table, chart or count until history is asked for."""
    folder = write_snapshot(tmp_path)
    edit_figures(folder, "UPDATE f SET superseded_at = now() WHERE figure_id = 'f-n1'")
    edit_figures(folder, "UPDATE f SET review = 'rejected' WHERE figure_id = 'f-s9'")
    db = query.Snapshots(tmp_path).open("syria-2024")
    assert query.figures_count(db, Filters(history=True)) == query.figures_count(db, Filters()) + 2 == 83
    assert not {"f-n1", "f-s9"} & ids(db, Filters())
    assert not {"f-n1", "f-s9"} & set(tabled(query.series(db, Filters(history=True), "killed").marks)["figure_id"])


def test_citations_and_documents_can_be_followed(db: query.Snapshot) -> None:
    """One claim's citations, one document's figures."""
    figure = query.evidence(db, "f-s3")
    assert figure is not None
    assert ids(db, Filters(claim=figure.figure["claim_id"])) == {"f-s3", "f-s3b", "f-s3c"}
    assert ids(db, Filters(document=figure.figure["document_id"])) == {"f-s3", "f-c3"}


def test_hostile_text_is_a_value_and_never_sql(db: query.Snapshot) -> None:
    """Quotes and semicolons in an address are searched for, not run."""
    hostile = Filters(q="'; DROP VIEW figures; --", places=("x') OR ('1'='1",), sources=('"',))
    assert query.figures_count(db, hostile) == 0
    assert query.figures_count(db, Filters()) == 83


def test_the_choice_is_said_in_words(db: query.Snapshot) -> None:
    """Every clause speaks, in the order of the table."""
    chosen = Filters(
        metrics=("killed",),
        groups=("civilian", "side.opposition_and_allies"),
        places=("SY07", "region.north-west"),
        sources=("sohr",),
        date_from=date(2024, 11, 27),
        date_to=date(2024, 12, 8),
        q="market",
    )
    assert query.sentence(db, chosen, str) == (
        "Killed; Civilians, opposition and allies; in Idleb, North-west Syria;"
        " claimed by Syrian Observatory for Human Rights; 2024-11-27 to 2024-12-08; with “market”"
    )
    arabic = replace(chosen, lang="ar")
    assert "إدلب" in query.sentence(db, arabic, str)


def test_every_text_is_declared(db: query.Snapshot) -> None:
    """What is handed to `translate` is in TEXTS."""
    said: set[str] = set()

    def listen(text: str) -> str:
        said.add(text)
        return text

    every = Filters(
        places=("SY02",),
        sources=("sohr",),
        severities=("minor", "moderate", "large", "extreme"),
        document="d",
        claim="c",
        q="a",
        date_from=date(2024, 1, 1),
    )
    days = ({}, {"date_to": date(2024, 2, 1)}, {"date_from": None, "date_to": date(2024, 2, 1)})
    clocks = ({"known": date(2024, 2, 1)}, {"known": date(2024, 2, 1), "clock": "read"})
    for change in (*days, *clocks):
        query.sentence(db, every.changed(**change), listen)
    assert said == set(query.TEXTS) - set(exports.TEXTS)


def test_every_field_that_selects_has_one_clause() -> None:
    """No filter of the address is without its SQL and its words."""
    names = [name for clause in CLAUSES for name in clause.fields]
    selecting = ["metrics", "kinds", "groups", "places", "sources", "date_from", "date_to", "codes", "severities"]
    selecting += ["document", "claim", "event", "only", "q"]
    assert sorted(names) == sorted([*selecting, "known"])  # `known` has no SQL: the snapshot itself is opened as it was known


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.builds(
        Filters,
        metrics=st.sampled_from([(), ("killed",), ("injured", "newly_displaced")]),
        groups=st.sampled_from([(), ("civilian",), ("child",), ("side.sdf_and_allies", "civilian")]),
        places=st.sampled_from([(), ("SY07",), ("SY",), ("nowhere",)]),
        sources=st.sampled_from([(), ("sohr", "ocha")]),
        sort=st.sampled_from(["", "day", "-value", "place", "-review", "severity"]),
        q=st.sampled_from(["", "the", "%", "_"]),
        by=st.sampled_from(["day", "place"]),
        lang=st.sampled_from(["en", "ar", "fr"]),
        history=st.booleans(),
        codes=st.sampled_from([(), ("relay", "contradiction_strong")]),
    )
)
def test_every_view_is_answered(db: query.Snapshot, filters: Filters) -> None:
    """Whatever is chosen together, every question of a page has an answer, and the page agrees with its count."""
    assert len(query.figures_page(db, replace(filters, size=200))) == query.figures_count(db, filters)
    assert len(query.discrepancies_page(db, replace(filters, size=200))) == query.discrepancies_count(db, filters)
    metric = query.headline_metric(db, filters)
    marks = len(query.series(db, filters, metric or "killed").marks)
    assert sum(n for _, n in query.families(db, filters, metric or "killed")) == marks
    for ask in (query.spans, query.voices, query.by_place, query.points, query.disagreements, query.discrepancy_counts):
        ask(db, filters)
    query.compare_rows(db, filters, metric or "killed")
    query.sentence(db, filters, str)


def test_the_choices_apart_say_what_the_sentence_says(db: query.Snapshot) -> None:
    """Without all of them nothing is chosen; each is a part of the sentence."""
    chosen = Filters(metrics=("killed", "injured"), places=("SY02",), date_from=date(2024, 12, 1), q="dead", known=date(2024, 12, 6))
    choices = query.choices(db, chosen, str)
    assert [one.words for one in choices] == ["Killed", "Injured", "in Aleppo", "from 2024-12-01", "with “dead”", "as known on 2024-12-06"]
    left = chosen
    for _ in choices:
        left = left.changed(**query.choices(db, left, str)[0].without)
    assert left == Filters()


@pytest.mark.parametrize(
    "lang,said",
    [("en", "refugees, Syrians"), ("ar", "لاجئون، سوريون"), ("fr", "réfugiés, Syriens")],
)
def test_people_are_called_by_work_and_nationality_in_words(lang: str, said: str) -> None:
    """No identity of ours and no code of a country stands where people are named; what no table has is made readable."""
    group = dict.fromkeys(GROUP, "") | {"group_status": "unstated", "group_role": "refugee", "group_nationality": "SYR"}
    assert group_text(group, lang, {}) == said
    assert "night watch" in group_text({**group, "group_role": "night_watch"}, lang, {})
