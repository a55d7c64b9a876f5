"""Rows to compare, places to draw, verdicts to read."""

from dataclasses import replace

import pandas as pd
import pytest

from dashboard import query
from dashboard.state import Filters
from tests.dashboard.tables import tabled


def test_rows_by_day_hold_one_sort_of_count(db: query.Snapshot) -> None:
    """Totals are compared with totals as of the same day, about the same people."""
    found = query.compare_rows(db, Filters(), "killed")
    frame = tabled(found.marks)
    assert found.family == "total"
    assert set(frame["family"]) == {"total"}
    row = frame[(frame["row_day"] == "2024-12-01") & (frame["group_status"] == "civilian")]
    assert set(row["claimed_source"]) == {"sohr", "ocha", "white_helmets"}
    assert set(row["row_voices"]) == {3}


def test_events_of_a_day_stand_by_division(db: query.Snapshot) -> None:
    """On 1 December Idlib has three voices, and the wider area is another row."""
    frame = tabled(query.compare_rows(db, Filters(), "killed", "event", alone=True).marks)
    day = frame[(frame["row_day"] == "2024-12-01") & (frame["group_status"] == "civilian")]
    by_place = day.groupby("row_place")["claimed_source"].agg(set).to_dict()
    assert by_place["Idleb"] == {"sohr", "ocha", "ohchr"}
    assert by_place["North-west Syria"] == {"white_helmets"}


def test_who_they_were_does_not_part_them(db: query.Snapshot) -> None:
    """ "Four students" and "four civilians" of one event stand side by side."""
    frame = tabled(query.compare_rows(db, Filters(), "killed", "event").marks)
    row = frame[(frame["row_day"] == "2024-11-29") & (frame["row_place"] == "Aleppo") & (frame["group_status"] == "civilian")]
    assert set(row["claimed_source"]) == {"sana", "sohr", "ohchr"}
    assert row["row"].nunique() == 1


def test_rows_by_place_show_the_latest_total_of_each_voice(db: query.Snapshot) -> None:
    """In a place's row a voice's older totals are left out; its events all stay."""
    totals = tabled(query.compare_rows(db, Filters(by="place"), "killed", "total", alone=True).marks)
    north_west = totals[(totals["row_place"] == "North-west Syria") & (totals["group_status"] == "civilian")]
    assert dict(zip(north_west["claimed_source"], north_west["best"], strict=True))["sohr"] == 138
    assert north_west["claimed_source"].is_unique
    events = tabled(query.compare_rows(db, Filters(by="place"), "killed", "event", alone=True).marks)
    assert len(events[(events["row_place"] == "North-west Syria") & (events["claimed_source"] == "white_helmets")]) == 2


def test_a_voice_alone_is_compared_with_nobody(db: query.Snapshot) -> None:
    """Rows of one voice are counted and left out, unless asked for or unless there are no others."""
    found = query.compare_rows(db, Filters(), "killed", "event")
    shown, everything = tabled(found.marks), tabled(query.compare_rows(db, Filters(), "killed", "event", alone=True).marks)
    assert (shown["row_voices"] > 1).all()
    assert everything["row"].nunique() == shown["row"].nunique() + found.alone
    assert len(query.compare_rows(db, Filters(sources=("wfp",)), "newly_displaced", "total").marks) == 1


def test_party_claims_are_not_compared(db: query.Snapshot) -> None:
    """A party's claims about its enemy stand in no row."""
    for family in ("total", "event"):
        assert not any(mark["enemy"] for mark in query.compare_rows(db, Filters(), "killed", family).marks)


def test_a_claim_counts_in_every_division_it_covers(db: query.Snapshot) -> None:
    """A claim about the north-west counts in Aleppo and in Idleb; one about the country in neither."""
    everything = tabled(query.by_place(db, Filters())).set_index("place_id")
    one = tabled(query.by_place(db, Filters(q="recovered 25 dead"))).set_index("place_id")
    assert set(one.index) == {"SY02", "SY07"}
    assert set(tabled(query.by_place(db, Filters(q="warns that 1.5 million")))["place_id"]) == {""}
    assert everything.loc["", "claims"] >= 8
    assert everything.index[-1] == ""


def test_disagreement_of_a_place_is_its_sharpest_contradiction(db: query.Snapshot) -> None:
    """Idleb has a large contradiction; Homs has none known."""
    areas = tabled(query.by_place(db, Filters())).set_index("place_id")
    assert areas.loc["SY07", "disagreement"] == 3
    assert (areas.loc["SY04", "disagreement"], areas.loc["SY04", "contradictions"]) == (0, 0)
    assert tabled(query.by_place(db, Filters(), "newly_displaced")).set_index("place_id")["disagreement"].max() == 0


def test_only_towns_and_finer_are_points(db: query.Snapshot) -> None:
    """A governorate is an area, never a dot."""
    points = tabled(query.points(db, Filters()))
    assert set(points["place_id"]) == {"C1007", "C3871", "X-aleppo-university"}
    assert points[["lat", "lon"]].notna().all(axis=None)


def test_the_sharpest_disagreements_come_first(db: query.Snapshot) -> None:
    """Contradictions only, the most severe first, each with its sentence and both voices by name."""
    sharpest = tabled(query.disagreements(db, Filters(), 3))
    assert len(sharpest) == 3
    assert sharpest["code"].str.startswith("contradiction").all()
    assert "SOHR" in set(sharpest["source_a"]) | set(sharpest["source_b"])
    assert sharpest["sentence"].str.len().gt(10).all()


def test_verdicts_filter_by_code_and_severity(db: query.Snapshot) -> None:
    """The list, its count and its counts per code agree."""
    strong = Filters(codes=("contradiction_strong",))
    assert query.discrepancies_count(db, strong) == len(query.discrepancies_page(db, strong)) == 2
    assert set(tabled(query.discrepancies_page(db, Filters(severities=("extreme",))))["code"]) == {"party_claim_gap"}
    counts = query.discrepancy_counts(db, strong)
    assert sum(counts.values()) == query.discrepancies_count(db, Filters())


def test_verdicts_follow_the_other_filters(db: query.Snapshot) -> None:
    """A voice is found on either side, a group on either figure."""
    sources = tabled(query.discrepancies_page(db, Filters(sources=("ohchr",))))
    assert ((sources["claimed_source_a"] == "ohchr") | (sources["claimed_source_b"] == "ohchr")).all()
    assert set(tabled(query.discrepancies_page(db, Filters(groups=("combatant",))))["code"]) == {"party_claim_gap", "relay_distortion"}


def test_pages_do_not_overlap(db: query.Snapshot) -> None:
    """Two pages hold different rows in the order asked for."""
    first = query.figures_page(db, Filters(sort="-value", size=25))
    second = query.figures_page(db, Filters(sort="-value", size=25, page=2))
    assert not set(first["figure_id"]) & set(second["figure_id"])
    assert first["value_best"].dropna().is_monotonic_decreasing
    assert first["value_best"].dropna().min() >= second["value_best"].dropna().max()
    assert query.figures_page(db, replace(Filters(), page=99)).empty


@pytest.mark.parametrize("filters", [Filters(), Filters(metrics=("killed",), sort="value", page=2)])
def test_the_newest_rows_are_those_of_the_table(db: query.Snapshot, filters: Filters) -> None:
    """They are the first rows of the table by publication, whatever page and order the view has, and say the same."""
    newest = query.newest(db, filters, 12)
    table = query.figures_page(db, replace(filters, sort="-published", page=1)).head(12)
    assert len(newest) == 12
    pd.testing.assert_frame_equal(newest, table[list(newest)])


def test_the_way_down_leads_through_every_division(db: query.Snapshot) -> None:
    """From the governorate to the town; the country and an informal region lie on no way."""
    way = query.path_to(db, Filters(places=("C1007",)))
    assert [(step.place, step.level) for step in way] == [("SY02", 1), ("SY0200", 2), ("SY020000", 3), ("C1007", 4)]
    assert query.path_to(db, Filters(places=("SY",))) == query.path_to(db, Filters(places=("region.north-west",))) == ()


def test_on_a_lower_level_a_claim_counts_where_it_is_placed_as_finely(db: query.Snapshot) -> None:
    """Towns lie in their district, what is only placed in the governorate in none; nothing is counted twice or lost."""
    filters = Filters(places=("SY07",))
    districts = tabled(query.by_place(db, filters, level=2)).set_index("place_id")
    whole = tabled(query.by_place(db, filters)).set_index("place_id")
    assert list(districts.index) == ["SY0700", ""]
    assert districts["claims"].sum() == whole.loc["SY07", "claims"]
    assert districts.loc["SY0700", ["contradictions", "disagreement"]].tolist() == [1, 3]
    assert districts.loc["", "contradictions"] == 1
