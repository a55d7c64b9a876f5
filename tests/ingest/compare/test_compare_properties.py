"""Facts that hold for any table of claims."""

import pandas as pd
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from ingest.model.vocabulary import DiscrepancyCode as Code

SOURCES = ["sohr", "snhr", "ocha", "white_helmets", "unattributed"]
PLACES = ["IDL", "ALP", "IDL+ALP", "idlib-city", "ariha", "aleppo-city", "C", ""]
GROUPS = [
    {"group_status": "civilian"}, {"group_status": "mixed_total"}, {"group_status": "unstated"}, {"group_age": "child"},
    {"group_status": "combatant", "group_side": "opposition_and_allies"}, {"group_role": "student", "group_status": "unstated"},
]  # fmt: skip
DAY = st.tuples(st.just(12), st.integers(1, 6))
VALUE = st.one_of(
    st.integers(0, 60), st.integers(1, 60).map("at least {}".format), st.sampled_from(["dozens", "8-20", "about 30", "more than 40"])
)


@st.composite
def one_claim(draw):
    """The fields of one claim, from few values, so that claims meet."""
    day = draw(DAY)
    shape = draw(st.sampled_from(["total", "total", "daily", "incident", "rate"]))
    when = {
        "total": lambda: {"as_of": day, "since": draw(st.sampled_from([(11, 26), (11, 27), (11, 1), None]))},
        "daily": lambda: {"kind": "daily", "on": day, "as_of": day},
        "incident": lambda: {"on": day, "as_of": (12, min(day[1] + draw(st.integers(0, 4)), 9))},
        "rate": lambda: {"kind": "rate_24h", "as_of": day},
    }[shape]()
    source = draw(st.sampled_from(SOURCES))
    fields = {
        "publisher": draw(st.sampled_from([source if source != "unattributed" else "afp", "afp", "dpa"])),
        "published": (12, draw(st.integers(7, 12))),
        "as_of_inferred": draw(st.booleans()),
        "metric": draw(st.sampled_from(["killed", "killed", "killed_or_injured"])),
        "interest": draw(st.sampled_from(["third_party", "third_party", "third_party", "enemy_losses"])),
        "counting_basis": draw(st.sampled_from(["unknown", "unknown", "hospital", "identified_named"])),
        "perpetrator": draw(st.sampled_from(["", "", "government_and_allies", "opposition_and_allies", "gunmen"])),
    }
    return (source, draw(VALUE), draw(st.sampled_from(PLACES))), when | fields | draw(st.sampled_from(GROUPS))


TABLES = st.lists(one_claim(), min_size=2, max_size=8)
quick = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture(scope="session")
def written(claim):
    """The drawn claims as figures f0, f1 ..., each in a text of its own."""

    def build(drawn):
        return [claim(*words, id=f"f{number}", claim_id=f"c{number}", **fields) for number, (words, fields) in enumerate(drawn)]

    return build


@quick
@given(drawn=TABLES, random=st.randoms(use_true_random=False))
def test_the_order_of_input_does_not_matter(written, verdicts, drawn, random):
    """Any order of the rows, and so either order of a pair, gives the same table byte for byte."""
    rows = written(drawn)
    shuffled = rows[:]
    random.shuffle(shuffled)
    pd.testing.assert_frame_equal(verdicts(rows), verdicts(shuffled))


@quick
@given(drawn=TABLES, other=one_claim())
def test_an_unrelated_claim_changes_no_verdict(written, claim, verdicts, drawn, other):
    """A claim of another crisis, or about another place and another thing, leaves every verdict as it was."""
    rows = written(drawn)
    before = verdicts(rows)
    words, fields = other
    elsewhere = claim(words[0], words[1], "HAS", id="other", **(fields | {"metric": "detained"}))
    pd.testing.assert_frame_equal(verdicts([*rows, elsewhere]), before)
    another_crisis = claim(*words, id="other", crisis="another", **fields)
    pd.testing.assert_frame_equal(verdicts([*rows, another_crisis]), before)


@quick
@given(drawn=TABLES, data=st.data())
def test_a_relay_never_adds_a_vote(written, verdicts, drawn, data):
    """Another publisher carrying a claim adds one relay, and not one verdict between voices."""
    rows = written(drawn)
    named = [row for row in rows if row["claimed_source"] != "unattributed"]  # at another publisher a nameless source may be another
    assume(named)
    chosen = data.draw(st.sampled_from(named))
    relay = chosen | {
        "figure_id": "relay",
        "document_id": "d-relay",
        "publisher": "wire",
        "published_at": pd.Timestamp("2024-12-20", tz="UTC"),
    }
    before, after = verdicts(rows), verdicts([*rows, relay])
    added = after[~after["discrepancy_id"].isin(before["discrepancy_id"])]
    assert set(before["discrepancy_id"]) <= set(after["discrepancy_id"])
    assert list(added["code"]) == [Code.RELAY]
    assert set(added["figure_b"]) == {"relay"}


@quick
@given(drawn=TABLES, data=st.data())
def test_no_verdict_without_both_quotes(written, verdicts, drawn, data):
    """A claim whose sentence is missing is in no verdict."""
    rows = written(drawn)
    silent = data.draw(st.sets(st.sampled_from([row["figure_id"] for row in rows])))
    found = verdicts([row | {"quote": ""} if row["figure_id"] in silent else row for row in rows])
    assert not (set(found["figure_a"]) | set(found["figure_b"])) & silent


@quick
@given(drawn=TABLES)
def test_verdicts_are_about_two_figures_once_and_contradict_only_comparable_or_bounded(written, verdicts, drawn):
    """No figure meets itself, no pair is judged twice, and a contradiction needs one question or a violated inequality."""
    found = verdicts(written(drawn))
    assert (found["figure_a"] != found["figure_b"]).all()
    pairs = [frozenset(pair) for pair in zip(found["figure_a"], found["figure_b"], strict=True)]
    assert len(pairs) == len(set(pairs))
    contradictions = found[found["code"].isin([Code.CONTRADICTION_STRONG, Code.CONTRADICTION_SOFT])]
    assert set(contradictions["comparability"]) <= {"comparable", "bounded"}
    assert (contradictions["claimed_source_a"] != contradictions["claimed_source_b"]).all() or "unattributed" in set(
        contradictions["claimed_source_a"]
    )
    assert (found["severity"] != "").equals(found["code"].isin([Code.CONTRADICTION_STRONG, Code.CONTRADICTION_SOFT]))
    assert not found.duplicated("discrepancy_id").any()


@quick
@given(drawn=TABLES)
def test_every_sentence_holds_both_voices_and_both_numbers(written, verdicts, drawn):
    """In every language, with no slot left open."""
    names = {"sohr": ("SOHR", "المرصد السوري", "SOHR"), "snhr": ("SNHR", "الشبكة السورية", "SNHR"), "ocha": ("OCHA", "أوتشا", "OCHA")}
    names |= {"white_helmets": ("White Helmets", "الخوذ البيضاء", "White Helmets")}
    names |= {"unattributed": ("unnamed source", "مصدر لم يُسمَّ", "source non nommée")}
    for row in verdicts(written(drawn)).itertuples():
        for position, sentence in enumerate((row.sentence_en, row.sentence_ar, row.sentence_fr)):
            assert "{" not in sentence
            assert sentence.endswith(".")
            for source in (row.claimed_source_a, row.claimed_source_b):
                assert names[source][position] in sentence
            for value in (row.value_a, row.value_b):
                assert all(
                    part in sentence.translate({ord(","): None, 0x202F: None}) for part in value.replace("-", " ").split() if part.isdigit()
                )
