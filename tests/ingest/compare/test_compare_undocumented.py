"""The least number of incidents on no list: examples from the literature worked out by hand, and lists drawn from a known truth."""

from collections.abc import Sequence

import numpy as np
import pytest

from ingest.compare import incidents, undocumented
from ingest.compare.sources.undocumented import FEWEST_SHARED, Bound, lower_bound


def test_two_lists_are_chapmans_estimate():
    """Skalski, Robson and Simmons (1983): of 87 dyed rabbits 7 are among the 14 counted later; Chapman's estimate is 88 * 15 / 8 - 1 = 164.

    94 were seen, so 70 were not; Seber's variance is 88 * 15 * 80 * 7 / (8 * 8 * 9) = 1283.3, and the interval is log-normal.
    """
    found = lower_bound([87 - 7, 14 - 7], 7)
    assert found is not None
    assert found.least == pytest.approx(88 * 15 / 8 - 1 - 94)
    factor = np.exp(1.96 * np.sqrt(np.log(1 + 1283.333 / 70**2)))
    assert (found.low, found.high) == (pytest.approx(70 / factor, rel=1e-4), pytest.approx(70 * factor, rel=1e-4))


def test_three_lists_of_an_outbreak_stay_below_what_was_found_later():
    """Chao et al. (2001), hepatitis A in Taiwan: 271 cases on three lists, 69, 55 and 63 of them on one list alone, 56 on two.

    (69 * 55 + 69 * 63 + 55 * 63) / 57 = 203.6, so at least 475 cases; a test of every student later found 545.
    """
    found = lower_bound([69, 55, 63], 21 + 17 + 18)
    assert found is not None
    assert found.least == pytest.approx((69 * 55 + 69 * 63 + 55 * 63) / 57)
    assert found.low < 545 - 271 < found.high


def test_where_no_list_is_long_it_is_the_bias_corrected_form_of_chao():
    """Edwards and Eberhardt (1967), cottontail rabbits: 76 seen, 43 once and 16 twice: 43 * 42 / (2 * 17) = 53.1, so 129; 135 were there.

    With each of the 43 on a list of its own the sum over pairs of lists is 43 * 42 / 2, as in Chao (1987).
    """
    found = lower_bound([1] * 43, 16)
    assert found is not None
    assert found.least == pytest.approx(43 * 42 / (2 * 17))
    assert 76 + found.low < 135 < 76 + found.high


def test_lists_without_anything_of_their_own_say_nothing():
    """Nothing is alone, or only on one list: how many are on no list cannot be told."""
    assert lower_bound([0, 0, 0], 20) is None
    assert lower_bound([12, 0, 0], 20) is None


def drawn(easiness: Sequence[float], spread: float, *, incidents: int = 400, rounds: int = 200) -> tuple[list[Bound], list[int]]:
    """Bounds of lists drawn from incidents that are not equally easy to learn of, and how many each time were on no list."""
    draw = np.random.default_rng(11)
    found: list[Bound] = []
    missed: list[int] = []
    for _ in range(rounds):
        odds = np.exp(draw.normal(0, spread, incidents)[:, None] + np.array(easiness))
        listed = draw.random(odds.shape) < odds / (1 + odds)
        lists = listed.sum(axis=1)
        bound = lower_bound((listed & (lists == 1)[:, None]).sum(axis=0).tolist(), int((lists == 2).sum()))
        assert bound is not None
        found.append(bound)
        missed.append(int((lists == 0).sum()))
    return found, missed


def test_on_lists_that_are_alike_for_every_incident_the_bound_meets_the_truth():
    """One list long, one short, one in between: right on average, and the interval holds the truth in about 95 of 100 rounds."""
    found, missed = drawn([1.0, -1.0, -2.0], 0)
    assert np.mean([one.least for one in found]) == pytest.approx(np.mean(missed), rel=0.05)
    held = np.mean([one.low <= truth <= one.high for one, truth in zip(found, missed, strict=True)])
    assert 0.9 <= held <= 0.99


def test_where_some_incidents_are_hard_to_learn_of_it_stays_below():
    """The harder some are for every list alike, the further below the truth it stays."""
    mild, missed = drawn([0.0, -1.0, -1.0, -0.5], 0.6)
    strong, missed_more = drawn([0.0, -1.0, -1.0, -0.5], 1.5)
    share = np.mean([one.least for one in mild]) / np.mean(missed)
    smaller = np.mean([one.least for one in strong]) / np.mean(missed_more)
    assert smaller < share < 1


@pytest.fixture(scope="session")
def told(figures):
    """What the incidents of a list of claims say of those on no list."""

    def found(rows):
        table = figures(rows)
        return undocumented(table, incidents(table)[1])

    return found


@pytest.fixture(scope="session")
def lists(claim):
    """Incidents by number of day, each told by the sources named: a town of its own day, killed 9."""

    def told(by_day, **given):
        return [
            claim(source, 9, "ariha", on=(11 + (day > 30), (day - 1) % 30 + 1), id=f"{source}-{day}", **given)
            for day, sources in by_day.items()
            for source in sources
        ]

    return told


# Days 1 to 24; each letter is a list: h in every one, so that all three run from the first day to the last.
BY_DAY = {
    **{1: ("sohr", "snhr", "ocha"), 24: ("sohr", "snhr", "ocha")},
    **dict.fromkeys((2, 3, 4, 5), ("sohr", "snhr")),
    **dict.fromkeys((6, 7, 8), ("snhr", "ocha")),
    **dict.fromkeys((9, 10, 11), ("sohr", "ocha")),
    **dict.fromkeys((12, 13, 14), ("sohr",)),
    **dict.fromkeys((15, 16), ("snhr",)),
    **dict.fromkeys((17, 18, 19, 20), ("ocha",)),
}


def test_lists_are_read_from_claims_about_incidents(told, lists):
    """Three lists: 21 incidents, nine on one list alone (3, 2, 4), ten on two: (3 * 2 + 3 * 4 + 2 * 4) / 11."""
    rows = lists(BY_DAY)
    (found,) = told(rows)
    assert (found.metric, found.lists, found.listed, found.once, found.twice) == ("killed", ("ocha", "snhr", "sohr"), 21, 9, 10)
    assert found.bound is not None
    assert found.bound.least == pytest.approx(26 / 11)
    assert found.last_day - found.first_day == 23


def test_a_relay_adds_no_incident_and_no_list(told, lists):
    """A paper that repeats one of the lists changes nothing."""
    rows = lists(BY_DAY)
    copies = [
        row | {"figure_id": f"afp-{row['figure_id']}", "document_id": f"afp-{row['document_id']}", "publisher": "afp"} for row in rows
    ]
    copies = [row for row in copies if row["claimed_source"] == "sohr"]
    together = [*rows, *copies]
    assert told(together) == told(rows)


def test_days_on_which_not_every_list_runs_are_left_out(told, lists):
    """A monitor that went on alone for ten days more adds no incident that others could have missed."""
    rows = lists(BY_DAY)
    longer = [*rows, *lists(dict.fromkeys((26, 27, 28, 29), ("sohr",)))]
    assert told(longer) == told(rows)


def test_with_too_few_on_two_lists_there_is_no_bound(told, lists):
    """Six incidents on exactly two lists are counted, and nothing is said of what is on none."""
    thinner = {day: sources for day, sources in BY_DAY.items() if day not in (2, 3, 6, 9)}
    (found,) = told(lists(thinner | dict.fromkeys((21, 22, 23), ("sohr", "snhr", "ocha"))))
    assert found.twice == FEWEST_SHARED - 1
    assert found.bound is None


def test_one_list_and_voices_without_a_name_say_nothing(told, lists):
    """Local sources may be one or many; what they list is no list, and one list overlaps with nothing."""
    rows = lists(dict.fromkeys(range(1, 15), ("sohr", "anonymous_local")))
    assert told(rows) == ()
