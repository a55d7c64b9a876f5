"""How a source behaves beside the others: every measure on a table one can check by eye, with the number of questions behind it."""

import math
from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.compare import behaviour
from ingest.compare.sources.questions import read
from ingest.compare.sources.spread import median_interval

DAYS = range(1, 9)


@pytest.fixture(scope="session")
def measured(figures, verdicts):
    """The rows of a list of claims, by organisation."""

    def found(rows):
        return {row.organisation: row for row in behaviour(figures(rows), verdicts(rows)).itertuples()}

    return found


@pytest.fixture(scope="session")
def incidents(claim):
    """One incident at Ariha per day, with the number a source gives for each day; None where it has none."""

    def told(source, numbers, **given):
        days = zip(DAYS, numbers, strict=False)
        return [claim(source, n, "ariha", on=(12, day), id=f"{source}-{day}", **given) for day, n in days if n is not None]

    return told


def test_coverage_is_the_share_of_what_others_answer(incidents, measured):
    """Of six incidents one monitor lists, another lists three; the seventh, its own, is no question of others."""
    found = measured([*incidents("sohr", [9, 9, 9, 9, 9, 9]), *incidents("snhr", [9, None, 9, None, None, 9, 9])])
    snhr, sohr = found["snhr"], found["sohr"]
    assert (snhr.questions, snhr.questions_of_others, snhr.questions_shared, snhr.coverage) == (4, 6, 3, 0.5)
    assert (sohr.questions_of_others, sohr.questions_shared) == (3, 3)
    assert math.isnan(sohr.coverage)  # three questions are too few


def test_nobody_is_asked_about_other_days_or_other_metrics(claim, incidents, measured):
    """A source that began later and counts the dead only is not held against earlier days, nor against counts of the injured."""
    late = incidents("snhr", [None, None, 9, None, 9, 9])
    injured = [claim("sohr", 30, "ariha", on=(12, day), metric="injured", id=f"hurt-{day}") for day in DAYS]
    found = measured([*incidents("sohr", [9] * 6), *late, *injured])
    assert found["snhr"].questions_of_others == 4


def test_what_only_the_own_group_says_is_no_question_of_others(incidents, measured):
    """A count that leans on the same records is the same voice."""
    shared = {"independence_group": "records"}
    found = measured([*incidents("ocha", [9] * 6, **shared), *incidents("health", [9, 9], **shared)])
    assert (found["health"].questions_of_others, found["health"].questions_shared) == (0, 0)


def test_lag_is_told_from_the_first_of_the_others(incidents, measured):
    """Six incidents: two hours after the first of two others; the first itself leads by two."""
    hours = {"sohr": 0, "snhr": 2, "white_helmets": 5}
    rows = [
        row | {"published_at": row["published_at"] + timedelta(hours=later)}
        for source, later in hours.items()
        for row in incidents(source, [9] * 6)
    ]
    found = measured(rows)
    assert {source: (row.lag_questions, row.lag_hours) for source, row in found.items()} == {
        "sohr": (6, -2.0),
        "snhr": (6, 2.0),
        "white_helmets": (6, 5.0),
    }


def test_nobody_is_late_with_a_running_total(claim, measured):
    """Totals are told again and again; only what happened on one day can be told early or late."""
    rows = [claim(source, 40 + day, as_of=(12, day), id=f"{source}-{day}") for source in ("sohr", "snhr") for day in DAYS]
    found = measured(rows)
    assert (found["snhr"].questions_shared, found["snhr"].lag_questions) == (1, 0)


def test_the_ratio_is_to_the_median_of_the_other_groups(incidents, measured):
    """20 beside 10, 10 and 40 is twice their median; the interval of six equal ratios is that ratio."""
    rows = [*incidents("sohr", [20] * 6), *incidents("snhr", [10] * 6), *incidents("ocha", [10] * 6), *incidents("white_helmets", [40] * 6)]
    found = measured(rows)
    sohr = found["sohr"]
    assert (sohr.ratio_questions, sohr.ratio, sohr.ratio_low, sohr.ratio_high) == (6, 2.0, 2.0, 2.0)
    assert (found["snhr"].ratio, found["white_helmets"].ratio) == (0.5, 4.0)


def test_two_names_for_one_count_have_one_vote_in_the_median(incidents, measured):
    """With 10 twice by one group and 40 by another, the median is 25, not 10."""
    shared = {"independence_group": "records"}
    rows = [*incidents("sohr", [50] * 6), *incidents("white_helmets", [40] * 6)]
    rows += [*incidents("ocha", [10] * 6, **shared), *incidents("health", [10] * 6, **shared)]
    assert measured(rows)["sohr"].ratio == 2.0


def test_a_source_that_names_two_bases_has_one_vote(claim, figures, verdicts):
    """The same source is one voice, whatever record each of its claims names; so are two sources that name the same."""
    day = {"on": (12, 1)}
    rows = [
        claim("ocha", 10, "ariha", independence_group="hospital", **day),
        claim("ocha", 10, "ariha", independence_group="morgue", publisher="afp", **day),
        claim("health", 10, "ariha", independence_group="morgue", **day),
        claim("sohr", 12, "ariha", **day),
    ]
    readings = read(figures(rows), verdicts(rows))
    votes = dict(zip(readings.figure_id, readings.vote, strict=True))
    assert len(set(readings.question)) == 1
    assert len({vote for figure, vote in votes.items() if "sohr" not in figure}) == 1
    assert len(set(votes.values())) == 2


def test_too_few_questions_are_counted_and_not_measured(incidents, measured):
    """Four shared incidents: the counts stand, the measures are empty."""
    found = measured([*incidents("sohr", [20] * 4), *incidents("snhr", [10] * 4)])["sohr"]
    assert (found.questions_shared, found.lag_questions, found.ratio_questions) == (4, 4, 4)
    assert all(math.isnan(one) for one in (found.coverage, found.lag_hours, found.ratio, found.ratio_low, found.ratio_high))


def test_vague_words_and_zeros_are_never_divided(incidents, measured):
    """Dozens is no number, and nothing is a multiple of none."""
    found = measured([*incidents("sohr", ["dozens"] * 6 + [0]), *incidents("snhr", [30] * 6 + [0])])
    assert (found["sohr"].questions_shared, found["sohr"].ratio_questions) == (7, 0)


def test_a_partys_claims_about_its_enemy_are_left_out(incidents, measured):
    """They stay in their own lane: no coverage, no lag, no ratio, and no vote among the others."""
    enemy = {"interest": "enemy_losses", "group_status": "combatant"}
    found = measured([*incidents("sohr", [20] * 6, group_status="combatant"), *incidents("centre", [200] * 6, **enemy)])
    assert (found["centre"].claims, found["centre"].questions, found["sohr"].questions_of_others) == (6, 0, 0)


def test_revisions_are_counted_by_direction_once_each(claim, measured):
    """40, 50, 45, the last two also carried by a wire: one up, one down."""
    own = [claim("sohr", n, as_of=(12, day), id=f"own-{day}") for day, n in ((1, 40), (2, 50), (3, 45))]
    carried = [claim("sohr", n, as_of=(12, day), id=f"afp-{day}", publisher="afp") for day, n in ((2, 50), (3, 45))]
    found = measured([*own, *carried])["sohr"]
    assert (found.questions, found.revised_up, found.revised_down) == (1, 1, 1)


def test_an_edited_page_revises_in_the_direction_of_its_number(claim, measured):
    """A later edition that raises a number of the former one."""
    gone = datetime(2024, 12, 2, tzinfo=UTC)
    former = claim("sohr", 40, id="former", superseded_at=gone)
    later = claim("sohr", 48, id="later", supersedes="former", published=(12, 2))
    found = measured([former, later])["sohr"]
    assert (found.revised_up, found.revised_down) == (1, 0)


def test_a_publisher_is_described_by_what_it_passes_on(claim, measured):
    """Five figures in two documents, four of them another's; one document whose parts exceed their total."""
    rows = [claim("sohr", 30, as_of=(12, 3), publisher="afp", id="whole"), claim("sohr", 40, publisher="afp", part="whole", as_of=(12, 3))]
    rows += [claim("sohr", 9, "HAM", publisher="afp", as_of=(12, day), document_id="d2") for day in (3, 4)]
    rows.append(claim("afp", 2, "ariha", on=(12, 3), document_id="d2"))
    afp = measured(rows)["afp"]
    assert (afp.documents, afp.figures, afp.relayed, afp.relay_share, afp.inconsistencies) == (2, 5, 4, 0.8, 1)


def test_the_interval_is_that_of_literal_resampling():
    """Resamples drawn one by one give the same ends, for odd and even numbers of values, up to the noise of drawing."""
    draw = np.random.default_rng(7)
    for size in (5, 6, 31, 40):
        values = draw.lognormal(0, 0.6, size)
        literal = np.median(draw.choice(values, (40_000, size)), axis=1)
        assert np.allclose(median_interval(values), np.quantile(literal, [0.025, 0.975]), rtol=0.12)
    with pytest.raises(ValueError, match="no values"):
        median_interval(np.array([]))


def test_the_interval_does_not_depend_on_order_or_on_what_was_asked_before():
    """The same values give the same interval to the last bit."""
    values = np.array([0.5, 1.0, 1.5, 4.0, 9.0, 2.0])
    first = median_interval(values)
    median_interval(np.arange(1.0, 30.0))
    assert median_interval(values[::-1]) == first
    assert first[0] < np.median(values) < first[1]


quick = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
NUMBERS = st.lists(st.one_of(st.none(), st.integers(1, 40)), min_size=5, max_size=8)


@quick
@given(numbers=st.tuples(NUMBERS, NUMBERS, NUMBERS), seed=st.integers(0, 1000))
def test_the_order_of_rows_changes_no_byte(figures, verdicts, incidents, numbers, seed):
    """Figures and verdicts in any order give the same table."""
    rows = [row for source, told in zip(("sohr", "snhr", "ocha"), numbers, strict=True) for row in incidents(source, told)]
    table, found = figures(rows), verdicts(rows)
    again = behaviour(table.sample(frac=1, random_state=seed), found.iloc[::-1])
    pd.testing.assert_frame_equal(behaviour(table, found), again, check_exact=True)


@quick
@given(first=NUMBERS, second=NUMBERS, copied=st.lists(st.integers(0, 15), min_size=1, max_size=6, unique=True))
def test_a_relay_never_adds_a_vote(measured, incidents, first, second, copied):
    """Whatever a paper repeats, every measure of every source stays as it was; only the paper gets a row of its own."""
    rows = [*incidents("sohr", first), *incidents("snhr", second), *incidents("ocha", [10] * 8)]
    later = timedelta(hours=30)
    copies = [
        rows[number]
        | {
            "figure_id": f"copy-{number}",
            "document_id": f"d-copy-{number}",
            "publisher": "afp",
            "published_at": rows[number]["published_at"] + later,
        }
        for number in copied
        if number < len(rows)
    ]
    before, after = measured(rows), measured([*rows, *copies])
    after.pop("afp", None)
    for source, row in before.items():
        assert repr(after[source]._replace(Index=0)) == repr(row._replace(Index=0))
    assert before.keys() == after.keys()
