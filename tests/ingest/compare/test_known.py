"""What was known when, by the world's clock and by ours."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.compare import as_known, documents_known, end_of_day
from ingest.compare.chronology.known import with_known_times
from ingest.model.vocabulary import Clock


def at(day: int) -> pd.Timestamp:
    """Noon of a day of December 2024."""
    return pd.Timestamp(2024, 12, day, 12, tz="UTC")


def table(*rows: tuple[str, int | None, int | None, str]) -> pd.DataFrame:
    """Figures as (identity, day published, day first seen, what it supersedes), with `superseded_at` as publishing works it out."""
    frame = pd.DataFrame(rows, columns=["figure_id", "published", "seen", "supersedes"])
    published, seen = ([at(int(day)) if pd.notna(day) else None for day in frame[name]] for name in ("published", "seen"))
    frame = frame.assign(
        published_at=pd.Series(pd.to_datetime(published, utc=True)), first_seen_at=pd.Series(pd.to_datetime(seen, utc=True))
    )
    ended = frame[frame["supersedes"] != ""].groupby("supersedes")["first_seen_at"].min().reindex(frame["figure_id"])
    return frame.assign(superseded_at=ended.array)


def known(frame: pd.DataFrame, day: int, clock: Clock = Clock.PUBLISHED) -> dict[str, bool]:
    """The figures known at noon of a day and a minute, and whether each stands."""
    found = as_known(frame, at(day) + pd.Timedelta(minutes=1), clock)
    return {row.figure_id: bool(pd.isna(row.superseded_at)) for row in found.itertuples()}


def test_the_world_knows_from_publication_and_we_from_first_sight():
    """An archive read on the 20th was public on the 1st; nobody here knew it then."""
    figures = table(("a", 1, 20, ""))
    assert (known(figures, 1), known(figures, 1, Clock.READ), known(figures, 20, Clock.READ)) == ({"a": True}, {}, {"a": True})


def test_a_replaced_claim_stands_until_the_edition_that_replaced_it():
    """Before the later edition the earlier one stands; after it the earlier one is superseded."""
    figures = table(("a", 1, 20, ""), ("b", 3, 20, "a"))
    assert (known(figures, 2), known(figures, 3)) == ({"a": True}, {"a": False, "b": True})


def test_an_edition_that_keeps_the_date_of_the_page_counts_from_when_it_was_seen():
    """A page changed on the 5th still says the 1st; nobody could know the change on the 2nd."""
    figures = table(("a", 1, 1, ""), ("b", 1, 5, "a"))
    assert (known(figures, 2), known(figures, 5)) == ({"a": True}, {"a": False, "b": True})


def test_a_figure_without_a_time_of_publication_counts_from_first_sight():
    """And one without either was known at no moment."""
    assert known(table(("a", None, 4, ""), ("b", None, None, "")), 9) == {"a": True}


def test_a_day_is_over_in_the_crisis_time_zone():
    """The second of December ends in Damascus three hours before it ends in UTC."""
    assert end_of_day(date(2024, 12, 2), ZoneInfo("Asia/Damascus")) == datetime(2024, 12, 2, 21, tzinfo=UTC)


def test_reports_are_known_as_their_figures_are():
    """By publication, by fetching, and a changed page from when the change was fetched."""
    reports = pd.DataFrame(
        {"document_id": ["a", "b"], "revises": ["", "a"], "published_at": [at(1), at(1)], "retrieved_at": [at(2), at(5)]}
    )

    def names(day: int, clock: Clock) -> list[str]:
        return list(documents_known(reports, at(day) + pd.Timedelta(minutes=1), clock)["document_id"])

    assert (names(1, Clock.PUBLISHED), names(5, Clock.PUBLISHED), names(1, Clock.READ)) == (["a"], ["a", "b"], [])


EDITIONS = st.lists(st.tuples(st.integers(1, 9), st.integers(1, 9)), min_size=1, max_size=8)


@settings(max_examples=80, deadline=None)
@given(drawn=EDITIONS, data=st.data(), clock=st.sampled_from(list(Clock)))
def test_what_is_known_stays_known_and_what_was_superseded_stays_so(drawn, data, clock):
    """From one day to the next figures are only added, and a figure that no longer stands never stands again."""
    rows = []
    for number, (published, later) in enumerate(drawn):
        before = data.draw(st.sampled_from(["", *(f"f{one}" for one in range(number))]))
        rows.append((f"f{number}", published, min(published + later, 20), before))
    figures = table(*rows)
    then = {}
    for day in range(1, 21):
        now = known(figures, day, clock)
        assert then.keys() <= now.keys()
        assert all(then[one] for one in then if now[one])
        then = now
    assert set(then) == set(figures["figure_id"])
    assert {one for one, stands in then.items() if not stands} == set(figures["supersedes"]) - {""}


def test_at_the_end_nothing_is_held_back(claim):
    """As known after everything, the figures are those of the table."""
    figures = pd.DataFrame([claim("sohr", 4, id="a"), claim("ocha", 5, id="b")])
    assert list(as_known(figures, at(30))["figure_id"]) == ["a", "b"]
    assert with_known_times(figures)["known_until"].isna().all()


@pytest.mark.parametrize(("day", "codes"), [(1, []), (3, ["contradiction_strong"])])
def test_verdicts_as_known_are_those_of_the_figures_known(claim, verdicts, day, codes):
    """A contradiction exists from the day on which the second count was out."""
    claims = [
        claim("sohr", 8, "IDL", on=(12, 1), published=(12, 1), id="a"),
        claim("ohchr", 22, "IDL", on=(12, 1), published=(12, 3), id="b"),
    ]
    told = as_known(pd.DataFrame(claims), at(day) + pd.Timedelta(hours=6))
    assert list(verdicts(told.to_dict("records"))["code"]) == codes
