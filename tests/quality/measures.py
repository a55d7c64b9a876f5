"""Outcomes -> shares: recall and precision by metric and by form of the number, and how often each field is right."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ingest.model.calibration import calibration, expected_error
from ingest.model.doubts import ABOUT_THE_NUMBER, parted
from ingest.model.vocabulary import DOUBTS, Doubt
from tests.quality.outcomes import Extra, Outcome, Wanted


class Share(NamedTuple):
    """How many are right of how many."""

    right: int
    tried: int

    @property
    def value(self) -> float:
        """The share itself; a share of none is 1, since nothing went wrong."""
        return self.right / self.tried if self.tried else 1.0


Measures = dict[tuple[str, str], dict[str, Share]]


def measure(outcomes: Iterable[Outcome]) -> Measures:
    """By corpus and language, each measure by name: `recall`, `precision: digit`, `field: place` ..."""
    right: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    tried: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for one in outcomes:
        for name, good in _tries(one):
            tried[one.corpus, one.language][name] += 1
            right[one.corpus, one.language][name] += good
    return {where: {name: Share(right[where][name], names[name]) for name in sorted(names)} for where, names in sorted(tried.items())}


def _tries(one: Outcome) -> Iterator[tuple[str, bool]]:
    kinds = ("", f": {one.metric}", f": {one.form}")
    if isinstance(one, Wanted):
        yield from ((f"recall{kind}", one.found) for kind in kinds)
        yield from ((f"field: {name}", good) for name, good in one.fields.items() if one.found)
    if isinstance(one, Extra) or one.found:
        yield from ((f"precision{kind}", isinstance(one, Wanted)) for kind in kinds)


def table(measures: Measures) -> Iterator[str]:
    """The measures as lines for a person."""
    for (corpus, language), shares in measures.items():
        yield f"\n{corpus}, {language}"
        for name, share in shares.items():
            yield f"  {name:38s} {100 * share.value:6.1f} %  ({share.right}/{share.tried})"


def calibration_table(outcomes: Iterable[Outcome]) -> Iterator[str]:
    """Per bin of confidence: how many readings, how sure they were on average, and the share that was right."""
    judged = [(one.confidence, isinstance(one, Wanted)) for one in outcomes if isinstance(one, Extra) or one.found]
    bins = calibration(judged)
    yield "\nconfidence     readings   mean   right"
    for one in bins:
        yield f"  {one.low:.2f}-{one.high:.2f}  {one.count:9d}  {one.confidence:5.2f}  {one.share:6.3f}"
    yield f"  confidence and share right lie {expected_error(bins):.3f} apart on average"


def doubt_table(outcomes: Iterable[Outcome]) -> Iterator[str]:
    """Per doubt about the number, and for readings without one: how many there are in the texts of our own, and how many are right.

    These are the counts of `ingest/model/confidence.toml`.
    """
    counts: dict[str, list[bool]] = {doubt: [] for doubt in ("plain", *(d.value for d in Doubt if DOUBTS[d].column in ABOUT_THE_NUMBER))}
    for one in outcomes:
        if one.corpus == "own" and (isinstance(one, Extra) or one.found):
            known = [doubt for kept in one.doubts if (doubt := parted(kept)[0].value) in counts]
            for doubt in known or ["plain"]:
                counts[doubt].append(isinstance(one, Wanted))
    yield "\ndoubt              right     of"
    yield from (f"  {doubt:16} {sum(right):6d} {len(right):6d}" for doubt, right in counts.items())
