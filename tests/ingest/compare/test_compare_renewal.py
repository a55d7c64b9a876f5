"""A comparison in pieces is the comparison of the whole: ground by ground, and after a few figures came, changed or went."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.compare import Change, Judged, compare, recompare
from ingest.compare.alignment.grounds import Grounds
from ingest.compare.claims.comparable import comparable
from ingest.model.schema import FIGURES

COLUMNS = [column.name for column in FIGURES]
SOURCES = ["sohr", "snhr", "ocha", "unattributed"]
PLACES = ["IDL", "ALP", "IDL+ALP", "idlib-city", "ariha", "university", "hospital", "far-suburb", "HAS", "C", ""]
DETAILS = [
    {}, {}, {"group_age": "child"}, {"group_status": "mixed_total"}, {"place_role": "origin"}, {"place_role": "destination"},
    {"perpetrator": "gunmen"}, {"verification": "un_verified"}, {"review": "rejected"}, {"quote": ""}, {"crisis": "another"},
    {"lat": 36.2101, "lon": 37.1102}, {"lat": 36.39, "lon": 37.39}, {"group_label": "of the first battalion"},
]  # fmt: skip
pieces = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def figure(draw):
    """What is said of one figure, from few values, so that figures meet and are linked."""
    day = (12, draw(st.integers(1, 9)))
    shape = draw(
        st.sampled_from([{"as_of": day}, {"kind": "daily", "on": day, "as_of": day}, {"on": day}, {"kind": "stock", "as_of": day}])
    )
    fields = {
        "metric": draw(st.sampled_from(["killed", "killed", "injured", "killed_or_injured", "newly_displaced", "detained"])),
        "publisher": draw(st.sampled_from(["sohr", "afp", "dpa"])),
        "published": (12, draw(st.integers(1, 12))),
        "as_of_inferred": draw(st.booleans()),
    }
    words = (
        draw(st.sampled_from(SOURCES)),
        draw(st.sampled_from([4, 5, 9, 44, 44, "at least 44", "dozens", "8-20"])),
        draw(st.sampled_from(PLACES)),
    )
    links = {
        name: draw(st.integers(0, 14))
        for name in draw(st.sets(st.sampled_from(["parent_figure_id", "restates", "supersedes", "claim_id", "document_id"]), max_size=2))
    }
    return words, shape | fields | draw(st.sampled_from(DETAILS)), links


@pytest.fixture(scope="session")
def tables(claim):
    """Drawn figures as a table; a figure's identity is its number."""

    def one(number, words, fields, links):
        linked = {name: f"{'f' if name not in {'claim_id', 'document_id'} else name}{target:02d}" for name, target in links.items()}
        return (
            claim(*words, **fields)
            | {"figure_id": f"f{number:02d}"}
            | linked
            | ({"part_of": "subset"} if "parent_figure_id" in links else {})
        )

    return lambda drawn: pd.DataFrame([one(number, *said) for number, said in drawn.items()], columns=COLUMNS)


def whole(figures, about):
    """The comparison of all figures at once."""
    return compare(figures, about.rules, organisations=about.organisations, places=about.places, sides=about.sides)


@pieces
@given(drawn=st.lists(figure(), min_size=2, max_size=14))
def test_grounds_compared_one_by_one_give_the_whole(tables, about, drawn):
    """No verdict crosses from one ground to another, and none depends on another ground."""
    figures = tables(dict(enumerate(drawn)))
    rows, _ = comparable(figures)
    grounds = Grounds.of(rows, about.places)
    apart = [Judged.of_rows(grounds.part(np.flatnonzero(grounds.ground == one)), about).rows() for one in np.unique(grounds.ground)]
    together = pd.concat(apart).sort_values("discrepancy_id", ignore_index=True) if apart else whole(figures, about)
    pd.testing.assert_frame_equal(together, whole(figures, about), check_dtype=False)


def test_only_what_may_meet_is_one_ground(about, claim):
    """Totals of two divisions, killed and injured, an incident beside a total: each is a ground until a count reaches over them."""
    idlib, aleppo = claim("sohr", 44, "IDL", id="f1"), claim("ocha", 25, "ALP", id="f2")
    injured, incident = claim("sohr", 7, "IDL", id="f3", metric="injured"), claim("snhr", 4, "ariha", id="f4", on=(12, 1))
    four = [idlib, aleppo, injured, incident]
    assert _grounds(four, about) == [0, 1, 2, 3]
    assert _grounds([*four, claim("snhr", 90, "C", id="f5")], about) == [0, 0, 2, 3, 0]
    assert _grounds([*four, claim("snhr", 90, "IDL", id="f5", metric="killed_or_injured")], about) == [0, 1, 0, 3, 0]
    assert _grounds([*four, claim("snhr", 90, "ariha", id="f5", kind="daily", on=(12, 1))], about) == [0, 1, 2, 0, 0]


def _grounds(rows, about):
    columns, _ = comparable(pd.DataFrame(rows, columns=COLUMNS))
    return Grounds.of(columns, about.places).ground.tolist()


@pieces
@given(
    drawn=st.lists(figure(), min_size=2, max_size=14),
    came=st.dictionaries(st.integers(0, 14), figure(), max_size=3),
    went=st.sets(st.integers(0, 13), max_size=2),
)
def test_what_is_compared_again_after_a_change_gives_the_whole(tables, about, drawn, came, went):
    """Verdicts that stand and those told anew make the table a full comparison makes, row for row."""
    before = dict(enumerate(drawn))
    after = {number: said for number, said in (before | came).items() if number not in went}
    earlier, figures = tables(before), tables(after)
    touched = {f"f{number:02d}" for number in before | came if before.get(number) != after.get(number)}
    stood = whole(earlier, about)
    change = Change(touched, earlier[earlier["figure_id"].isin(touched)])
    renewal = recompare(stood[["figure_a", "figure_b", "rule"]], figures, change, about)
    together = pd.concat([stood[renewal.kept], renewal.fresh]).sort_values("discrepancy_id", ignore_index=True)
    assert together.to_csv() == whole(figures, about).to_csv()


def test_a_figure_from_elsewhere_leaves_all_verdicts_standing(tables, about, claim):
    """What it does not touch is not told again."""
    there = [claim("sohr", 44, "IDL", id="f1"), claim("ocha", 25, "IDL", id="f2"), claim("snhr", 20, "IDL", id="f3")]
    new = [claim("sohr", 4, "HAS", id="f4", metric="detained"), claim("ocha", 7, "HAS", id="f5", metric="detained")]
    earlier, figures = (pd.DataFrame(rows, columns=COLUMNS) for rows in (there, there + new))
    stood = whole(earlier, about)
    renewal = recompare(stood, figures, Change({"f4", "f5"}, earlier[:0]), about)
    assert len(stood) > 0
    assert renewal.kept.all()
    assert list(renewal.fresh["figure_a"]) == ["f4"]


def test_rows_come_in_blocks_of_a_size(tables, about, claim):
    """Blocks hold the rows of the whole, each once, and none is larger than asked for."""
    figures = pd.DataFrame(
        [claim(source, value, id=f"f{value}") for value, source in enumerate(["sohr", "ocha", "snhr", "wfp"], 40)], columns=COLUMNS
    )
    blocks = [*Judged.of(figures, about).blocks(2)]
    assert max(map(len, blocks)) <= 2
    pd.testing.assert_frame_equal(pd.concat(blocks).sort_values("discrepancy_id", ignore_index=True), whole(figures, about))
