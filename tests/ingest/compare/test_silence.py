"""Who spoke and who did not, on tables a reader can check by eye: a line per source, a letter per day."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.compare import Seen, Window, silence, window_of

DAYS = 6
WINDOW = Window(date(2024, 12, 1), date(2024, 12, DAYS), ZoneInfo("Asia/Damascus"))
LETTERS = {
    "value": "v", "explicit_zero": "0", "explicit_unknown": "?", "no_number_given": "x", "silent": ".", "no_publication": "-",
    "out_of_mandate": "o", "collector_down": "/", "not_ingested": " ",
}  # fmt: skip


def at(day: int, hour: int = 10) -> datetime:
    """A moment of December 2024, UTC; the days of the crisis begin two or three hours earlier."""
    return datetime(2024, 12, day, hour, tzinfo=UTC)


def report(publisher: str, day: int, source: str = "feed") -> dict[str, object]:
    """A report of that day, fetched long after."""
    return {"document_id": f"{publisher}{day}", "publisher": publisher, "source": source, "published_at": at(day), "retrieved_at": at(20)}


def refresh(day: int, outcome: str = "ok", source: str = "feed", hour: int = 3) -> dict[str, object]:
    """The connector was asked on that day."""
    return {"verb": "refresh", "source": source, "started_at": at(day, hour), "outcome": outcome}


def mandate(organisation: str, **said: object) -> dict[str, object]:
    """Somebody who sets out to count the dead every day, read through the feed."""
    plain = {"metric": "killed", "places": "", "since": None, "until": None, "cadence_hours": 24.0, "collectors": "feed"}
    return {"organisation": organisation, **plain, **said}


def matrix(claims=(), documents=(), mandates=(), runs=()) -> pd.DataFrame:
    """The matrix of these rows."""
    columns = ["figure_id", "claim_id", "claimed_source", "metric", "value_status", "value_text", "value_best", "value_low", "review"]
    columns += ["published_at", "adm1_id", "coverage_area", "place_precision"]
    seen = Seen(
        figures=pd.DataFrame(list(claims), columns=columns).fillna({"adm1_id": "", "coverage_area": "", "place_precision": ""}),
        documents=pd.DataFrame(list(documents), columns=["document_id", "publisher", "source", "published_at", "retrieved_at"]),
        mandates=pd.DataFrame(list(mandates), columns=list(mandate(""))),
        sources=pd.DataFrame({"source": ["feed"], "publisher": [""]}),
        runs=pd.DataFrame(list(runs), columns=["verb", "source", "started_at", "outcome"]),
    )
    return silence(seen, WINDOW)


def days(told: pd.DataFrame, source: str, place: str = "", column: str = "state") -> str:
    """The letters of one line; `_` where there is no row."""
    rows = told[(told["claimed_source"] == source) & (told["adm1_id"] == place)].set_index("day")[column]
    every = pd.date_range("2024-12-01", periods=DAYS)
    return "".join(LETTERS[rows[day]] if day in rows.index else "_" for day in every)


@pytest.fixture(scope="session")
def killed(claim):
    """A claim about the dead, published on a day of December."""

    def make(source, value, day, place="", status="stated", **said):
        row = claim(source, value, place, published=(12, day), **said)
        return row | {"value_status": status, "claim_id": said.get("claim_id", "")}

    return make


def test_each_of_the_nine_states(killed):
    """A number, none, unknown, no number, silent, nothing published, not its task, failed, not read: a day each."""
    claims = [
        killed("sohr", 4, 1),
        killed("sohr", 0, 2, status="explicit_zero", id="zero"),
        killed("sohr", 1, 3, status="explicit_unknown", id="unknown"),
        killed("sohr", 1, 4, status="no_number", id="vague"),
    ]
    told = matrix(claims, [report("sohr", 1), report("sohr", 5)], [mandate("sohr")], [refresh(20)])
    assert days(told, "sohr") == "v0?x.-"
    told = matrix((), [report("ocha", 2)], [mandate("ocha", since=date(2024, 12, 2))], [refresh(4), refresh(5, "failed")])
    assert days(told, "ocha") == "o.-// "
    assert days(matrix((), (), [mandate("hts")], ()), "hts") == " " * DAYS


def test_the_strongest_word_of_a_day_is_its_state(killed):
    """A number beats a zero of another division; the shown claim is the one with the largest number, and all are listed."""
    claims = [killed("sohr", 0, 1, "IDL", status="explicit_zero", id="zero"), killed("sohr", 4, 1, "ALP", id="four")]
    claims.append(killed("sohr", 9, 1, "ALP", id="nine"))
    told = matrix(claims, (), [mandate("sohr")])
    anywhere = told[(told["adm1_id"] == "") & (told["day"] == "2024-12-01")].iloc[0]
    assert (anywhere["state"], anywhere["claims"], anywhere["figure_id"], anywhere["value_text"]) == ("value", 3, "nine", "9")
    assert set(anywhere["figure_ids"].split(";")) == {"zero", "four", "nine"}
    assert (days(told, "sohr", "IDL"), days(told, "sohr", "ALP")) == ("0_____", "v_____")


def test_a_claim_of_several_divisions_is_told_in_each_and_one_of_the_country_in_none(killed):
    """Where a number has no division, no division is said to have one."""
    told = matrix([killed("sohr", 9, 1, "IDL+ALP"), killed("ocha", 5, 2, "C")], (), [mandate("sohr"), mandate("ocha")])
    assert set(told["adm1_id"]) == {"", "IDL", "ALP"}
    assert (days(told, "sohr", "IDL"), days(told, "ocha"), days(told, "ocha", "IDL")) == ("v_____", " v    ", "______")


def test_a_citation_is_nobody_speaking_again(killed):
    """A claim carried by a wire two days later counts on the day it was first read."""
    first, again = (killed("sohr", 4, day, id=f"f{day}", claim_id="c", publisher="afp") for day in (2, 4))
    assert days(matrix([again, first], (), [mandate("sohr")]), "sohr") == " v    "


def test_a_day_belongs_to_the_crisis_time_zone(killed):
    """Ten at night in UTC is the next day in Damascus."""
    late = killed("sohr", 4, 2) | {"published_at": at(2, 22)}
    assert days(matrix([late], (), [mandate("sohr")]), "sohr") == "  v   "


def test_where_nothing_is_asked_only_what_was_said_has_a_row(killed):
    """A voice without a mandate has rows on the days it spoke, and a voice without a name none at all."""
    told = matrix([killed("afp", 3, 2, "IDL"), killed("unattributed", 7, 3)])
    assert (days(told, "afp"), set(told["claimed_source"])) == ("_v____", {"afp"})
    assert set(told["unspoken"]) == {"out_of_mandate"}


def test_a_failure_is_healed_by_an_answer_within_two_days():
    """Every refresh asks again for two days; what a longer break dropped nobody knows, and so nobody is called silent."""
    quick = [refresh(3, "failed", hour=12), refresh(4, hour=12), refresh(9)]
    slow = [refresh(3, "failed", hour=12), refresh(9)]
    reports = [report("sohr", day) for day in (1, 3)]
    assert days(matrix((), reports, [mandate("sohr")], quick), "sohr") == ".-.---"
    assert days(matrix((), reports, [mandate("sohr")], slow), "sohr") == ".-/---"


def test_days_before_the_oldest_report_are_not_read():
    """A feed that shows its newest twenty posts says nothing of last year."""
    assert days(matrix((), [report("sohr", 4)], [mandate("sohr")], [refresh(20)]), "sohr") == "   .--"


def test_what_people_hand_in_neither_fails_nor_reads_a_day_to_its_end():
    """Only a refresh does; a report handed in still shows that its source published."""
    handed = {"verb": "ingest", "source": "feed", "started_at": at(20), "outcome": "failed"}
    assert days(matrix((), [report("sohr", 2)], [mandate("sohr")], [handed]), "sohr") == " .    "


def test_a_word_is_due_by_the_cadence(killed):
    """A weekly source is not overdue after a day; a daily one is, from the first day without a word."""
    claims = [killed("sohr", 4, 1), killed("ohchr", 4, 1)]
    told = matrix(claims, (), [mandate("sohr"), mandate("ohchr", cadence_hours=72.0)])
    due = {source: list(told[(told["claimed_source"] == source)]["due"]) for source in ("sohr", "ohchr")}
    assert due == {"sohr": [False, True, True, True, True, True], "ohchr": [False, False, False, True, True, True]}


def test_the_window_ends_with_what_is_known():
    """An open crisis is told to the newest day anything was read or tried, and not a day further than its end."""
    seen = Seen(*(pd.DataFrame({"retrieved_at": [at(3)], "started_at": [at(4)]}) for _ in range(5)))
    assert window_of(date(2024, 12, 1), None, WINDOW.zone, seen) == Window(date(2024, 12, 1), date(2024, 12, 4), WINDOW.zone)
    assert window_of(date(2024, 12, 1), date(2024, 12, 2), WINDOW.zone, seen).last == date(2024, 12, 2)
    nothing = Seen(*(pd.DataFrame({"retrieved_at": [], "started_at": []}) for _ in range(5)))
    assert window_of(date(2024, 12, 1), None, WINDOW.zone, nothing).days == 0


SOURCES = ["sohr", "ocha", "sana"]
RUNS = st.lists(
    st.builds(refresh, st.integers(1, 9), st.sampled_from(["ok", "failed", "interrupted"]), hour=st.integers(0, 23)), max_size=6
)
REPORTS = st.lists(st.builds(report, st.sampled_from(SOURCES), st.integers(1, DAYS)), max_size=8, unique_by=lambda row: row["document_id"])


@settings(max_examples=60, deadline=None)
@given(runs=RUNS, reports=REPORTS, mandated=st.sets(st.sampled_from(SOURCES), min_size=1))
def test_every_source_and_day_has_one_state_and_a_failed_collector_never_makes_silence(runs, reports, mandated):
    """One row per asked source and day; no day is silent or without publication on which a refresh failed and none soon followed."""
    told = matrix((), reports, [mandate(one) for one in sorted(mandated)], runs)
    assert len(told) == len(mandated) * DAYS
    assert not told.duplicated(["day", "claimed_source", "metric", "adm1_id"]).any()
    good, bad = ([run["started_at"] for run in runs if (run["outcome"] == "ok") is well] for well in (True, False))
    for row in told.itertuples():
        begins = datetime.combine(row.day.date(), datetime.min.time(), WINDOW.zone)
        ends = begins + timedelta(days=1)
        failed = any(begins <= one < ends for one in bad) and not any(ends <= one <= ends + timedelta(days=2) for one in good)
        abandoned = any(one >= begins for one in bad) and not any(one >= ends for one in good)
        assert (row.state == "collector_down") is (failed or abandoned)
        assert row.state != "no_publication" or any(one >= ends for one in good)


@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_a_claim_is_never_lost_and_never_moved_by_how_a_source_is_read(killed, data):
    """Whatever runs and reports there are, a day with a number has the state `value`; the order of the rows changes nothing."""
    runs, reports = data.draw(RUNS), data.draw(REPORTS)
    spoken = data.draw(st.lists(st.tuples(st.sampled_from(SOURCES), st.integers(1, DAYS)), unique=True, min_size=1))
    claims = [killed(source, 4, day, "IDL", id=f"{source}-{day}") for source, day in spoken]
    told = matrix(claims, reports, [mandate("sohr")], runs)
    values = told[(told["state"] == "value") & (told["adm1_id"] == "")]
    assert {(row.claimed_source, row.day.day) for row in values.itertuples()} == set(spoken)
    turned = matrix(claims[::-1], reports[::-1], [mandate("sohr")], runs[::-1])
    pd.testing.assert_frame_equal(told, turned)
