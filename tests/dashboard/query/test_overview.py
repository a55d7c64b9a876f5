"""The span of claims, and who stands at which end."""

import pandas as pd
import pytest

from dashboard import query
from dashboard.charts import MARK_COLUMNS
from dashboard.query.overview import _ranked
from dashboard.state import Filters
from tests.dashboard.tables import tabled


@pytest.fixture
def spans(db: query.Snapshot) -> pd.DataFrame:
    """The spans of everything, by metric, kind, group and unit."""
    return tabled(query.spans(db, Filters())).set_index(["metric", "kind", "group_key", "unit"])


CIVILIANS_KILLED = ("killed", "cumulative", "civilian|||||", "person")


def test_the_span_reaches_over_the_latest_word_of_each_voice(db: query.Snapshot, spans: pd.DataFrame) -> None:
    """Four voices count civilians killed; the span is from the lowest latest claim to the highest, not over old ones."""
    row = spans.loc[CIVILIANS_KILLED]
    assert (row["low"], row["high"], row["voices"]) == (75, 149, 4)
    voices = tabled(query.voices(db, Filters()))
    latest = voices[(voices["metric"] == "killed") & (voices["kind"] == "cumulative") & (voices["group_key"] == "civilian|||||")]
    assert dict(zip(latest["claimed_source"], latest["best"], strict=True)) == {"sohr": 138, "snhr": 149, "white_helmets": 94, "ocha": 75}


def test_the_voices_of_some_spans_are_those_of_all_that_belong_there(db: query.Snapshot) -> None:
    """A page that shows some spans asks for no other marks; they are the same marks."""
    every, some = query.voices(db, Filters()), query.voices(db, Filters(), frozenset([CIVILIANS_KILLED]))
    assert 0 < len(some) < len(every)
    assert list(some) == [mark for mark in every if tuple(mark[name] for name in query.SPAN) == CIVILIANS_KILLED]


def test_parts_of_a_count_are_not_in_its_span(spans: pd.DataFrame) -> None:
    """SNHR's 105 of 149 by one perpetrator is no claim of its own; children are no row unless asked for."""
    assert spans.loc[CIVILIANS_KILLED, "claims"] == 17
    assert not any("child" in key for _, _, key, _ in spans.index)


def test_parts_are_shown_when_asked_for(db: query.Snapshot) -> None:
    """Choosing children shows the claims about children."""
    asked = tabled(query.spans(db, Filters(groups=("child",))))
    assert set(asked["group_key"]) == {"civilian|||child||"}


def test_single_events_have_no_span(spans: pd.DataFrame) -> None:
    """A range over different events would mean nothing; they are counted only."""
    row = spans.loc[("killed", "incident", "civilian|||||", "person")]
    assert pd.isna(row["low"])
    assert pd.isna(row["high"])
    assert row["claims"] > 4


def test_claims_about_enemies_are_counted_apart(spans: pd.DataFrame) -> None:
    """What a party claims about its enemy is never in a span."""
    row = spans.loc[("killed", "rate_24h", "combatant|opposition_and_allies||||", "person")]
    assert (row["voices"], row["claims"], row["party_claims"]) == (0, 0, 3)


def test_households_and_people_never_share_a_span(spans: pd.DataFrame) -> None:
    """Families and people of one announcement are two rows."""
    assert spans.loc[("newly_displaced", "cumulative", "unstated|||||", "household"), "high"] == 33_000
    assert spans.loc[("newly_displaced", "cumulative", "unstated|||||", "person"), "high"] == 1_100_000


def test_an_open_end_at_the_top_is_said(db: query.Snapshot, spans: pd.DataFrame) -> None:
    """ "More than 664,000" leaves the span open; "at least 75" at its foot does not."""
    assert spans.loc[("displaced_stock", "stock", "unstated|||||", "person"), "open_high"]
    assert not spans.loc[CIVILIANS_KILLED, "open_high"]


def test_each_metric_has_one_headline(db: query.Snapshot) -> None:
    """The first row of a metric is its running total or level, of the people most voices count."""
    rows = tabled(query.spans(db, Filters()))
    headlines = rows[rows["headline"]]
    assert headlines["metric"].is_unique
    assert set(headlines["metric"]) == set(rows["metric"])
    first = headlines[headlines["metric"] == "killed"].iloc[0]
    assert (first["kind"], first["group_status"]) == ("cumulative", "civilian")


def test_of_groups_heard_alike_the_wider_stands_first() -> None:
    """Two claims of students do not stand for those killed where two are of people nobody describes."""
    common = {"metric": "killed", "family": "event", "voices": 2, "claims": 2, "kind": "incident", "unit": "person"}
    keys = ("unstated||||student|", "unstated|||||", "civilian||||student|", "civilian|||||")
    ranked = _ranked({**common, "group_key": key} for key in keys)
    assert [row["group_key"] for row in ranked][:2] == ["civilian|||||", "unstated|||||"]


def test_the_metric_to_open_with_is_what_most_voices_speak_of(db: query.Snapshot) -> None:
    """The reader's metric first, else the one with most independent voices, else none."""
    assert query.headline_metric(db, Filters()) == "killed"
    assert query.headline_metric(db, Filters(metrics=("injured",))) == "injured"
    assert query.headline_metric(db, Filters(sources=("nobody",))) == ""


def test_marks_have_the_columns_charts_read(db: query.Snapshot) -> None:
    """Query and charts agree on what a mark is."""
    for marks in (query.series(db, Filters(), "killed").marks, query.voices(db, Filters())):
        assert {tuple(sorted(mark)) for mark in marks} == {tuple(sorted(MARK_COLUMNS))}


def test_relays_are_one_mark(db: query.Snapshot) -> None:
    """Three pages that carry SOHR's 242 are one mark with three citations, and all three can be opened."""
    marks = tabled(query.series(db, Filters(), "killed").marks).set_index("figure_id")
    assert marks.loc["f-s3", "citations"] == 3
    figures = marks.loc["f-s3", "figure_ids"].split(";")
    assert (figures[0], set(figures)) == ("f-s3", {"f-s3", "f-s3b", "f-s3c"})
    assert not {"f-s3b", "f-s3c"} & set(marks.index)
    assert "AFP" in marks.loc["f-s3", "publishers"]


def test_labels_follow_the_language(db: query.Snapshot) -> None:
    """Names of voices, places and groups are in Arabic for an Arabic reader, and in French for a French one."""
    mark = tabled(query.series(db, Filters(lang="ar"), "injured").marks).set_index("figure_id").loc["f-e4i"]
    assert (mark["source_label"], mark["place_label"], mark["group_text"]) == ("مكتب حقوق الإنسان", "مدينة إدلب", "مدنيون")
    assert mark["source_short"] == "حقوق الإنسان"
    rescuers = tabled(query.series(db, Filters(lang="ar", sources=("white_helmets",)), "killed").marks)
    assert set(rescuers["source_short"]) == set(rescuers["source_label"])  # without a short Arabic name, the Arabic name
    mark = tabled(query.series(db, Filters(lang="fr"), "injured").marks).set_index("figure_id").loc["f-e4i"]
    assert (mark["source_label"], mark["source_short"], mark["place_label"]) == (
        "Haut-Commissariat aux droits de l’homme",
        "HCDH",
        "Ville d’Idleb",
    )
    assert query.names_told(db, "fr")["sohr"] == "Syrian Observatory for Human Rights"  # without a French name, the English one


def test_sides_are_named_by_the_crisis(published: object) -> None:
    """The labels of sides come from the crisis file, per language."""
    sides = {"opposition_and_allies": {"en": "Opposition", "ar": "المعارضة"}}
    db = query.Snapshots(published, lambda: sides).open("syria-2024")  # type: ignore[arg-type]  # a Path
    groups = {option.value: option.label for option in query.facets(db, "ar").groups}
    assert groups["side.opposition_and_allies"] == "المعارضة"


def test_too_many_marks_keep_the_loudest_and_say_so(published_10k: object) -> None:
    """A chart takes so many marks; how many were left out is told."""
    db = query.Snapshots(published_10k).open("syria-2024")  # type: ignore[arg-type]  # a Path
    found = query.series(db, Filters(), "killed")
    assert len(found.marks) <= 240
    assert found.left_out > 1_000
