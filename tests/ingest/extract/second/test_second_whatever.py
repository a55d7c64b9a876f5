"""Whatever a model writes, no row of the rules changes but for its doubts, and nothing stands that is not in the text."""

import json
import time
from dataclasses import dataclass, replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.extract.second import SecondReader, compared
from ingest.extract.second.question import COUNTED
from ingest.pipeline.verify import verified

TEXT = (
    "Exland Watch said at least 120 villagers were killed in Stonebridge, among them 12 nurses.\n\nA boy was hurt; 3 men fled. No deaths."
)
WORDS = TEXT.split()
copied = st.tuples(st.integers(0, len(WORDS) - 1), st.integers(1, 8)).map(lambda at: " ".join(WORDS[at[0] : at[0] + at[1]]))
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8), lambda inner: st.lists(inner, max_size=3)
)
claims = st.fixed_dictionaries(
    {
        "quote": st.just(TEXT) | copied | anything,
        "number": st.sampled_from(["120", "12", "3", "A boy", "No deaths", "2"]) | copied | anything,
        "value": st.integers(0, 200) | anything,
        "metric": st.sampled_from([metric.value for metric in COUNTED]) | anything,
        "unit": st.sampled_from(["person", "household"]) | anything,
        "whole": st.none() | st.integers(0, 6) | anything,
        "source": st.none() | copied | anything,
        "place": st.none() | copied | anything,
    }
)


@dataclass
class Parrot:
    """A model that writes what it was given."""

    content: str
    name: str = "parrot"
    failures: int = 0

    def ask(self, report: str) -> str:
        """The same for every report."""
        return self.content


def _read(content, reader, document):
    return SecondReader(Parrot(content), reader).read(document)  # type: ignore[arg-type]  # it can be asked, which is all a model must


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(claims, max_size=7).map(lambda figures: json.dumps({"figures": figures})) | st.text())
def test_whatever_is_said_only_doubts_and_proposals_come_of_it(reader, report, rules, content):
    """Every standing reading passes the check of every row; the rules' rows are the same rows; all else is a proposal."""
    answered = _read(content, reader, report(TEXT))
    seconds = [reading.figure for reading in answered.readings]
    assert [verified(figure, report(TEXT)) for figure in seconds] == [None] * len(seconds)
    before = rules(TEXT)
    looked = compared(before, seconds, answered).figures
    plain = [replace(figure, doubts=(), confidence=0.0) for figure in before]
    assert [replace(figure, doubts=(), confidence=0.0) for figure in looked[: len(before)]] == plain
    assert all(figure.doubts == ("second_only",) for figure in looked[len(before) :])
    assert all(after.doubts[: len(figure.doubts)] == figure.doubts for figure, after in zip(before, looked, strict=False))


@pytest.mark.parametrize("repeated", ["Nine men were killed. ", "nine men were killed and ", "a b "])
def test_a_flood_of_claims_about_a_long_text_ends_soon(reader, report, repeated):
    """As many claims as are taken, about a text of 40,000 characters in sentences of any length, cost seconds."""
    text = repeated * (40_000 // len(repeated))
    claim = {"quote": repeated.strip(), "number": repeated.split()[0], "value": 9, "metric": "killed", "unit": "person"}
    content = json.dumps({"figures": [{**claim, "whole": None, "source": "men", "place": "killed"}] * 500})
    began = time.process_time()
    _read(content, reader, report(text))
    assert time.process_time() - began < 10
