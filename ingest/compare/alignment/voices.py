"""One voice, one vote: what a voice says twice in slightly different words is set beside another voice once.

Relays often name the place or the people less exactly than the original, so one claim may stand in several series. Claims that
were found to be relays of one another are one claim, and of its pairs with one claim of another voice the most telling stays.
"""

import numpy as np

from ingest.compare.claims.comparable import Claims
from ingest.compare.claims.relation import Bools, Ints
from ingest.compare.claims.rulings import Ruling

# From the most telling to the least; what is not named here comes last.
_TELLING = (
    Ruling.PARTY,
    Ruling.ATTRIBUTION,
    Ruling.STATUS,
    Ruling.STATUS_PARTS,
    Ruling.COINCIDENCE_PARTS,
    Ruling.STRONG,
    Ruling.STRONG_PART,
    Ruling.STRONG_FELL,
    Ruling.SOFT,
    Ruling.SOFT_FELL,
    Ruling.AGREEMENT_EXACT,
    Ruling.AGREEMENT_WORDS,
    Ruling.LAG_LATER,
    Ruling.LAG_BETWEEN,
    Ruling.LAG_INFERRED,
    Ruling.LAG_TOLL,
)
_SCOPE = (
    *(Ruling.PLACE_PART, Ruling.PLACE_OVERLAP, Ruling.PLACE_UNKNOWN),
    *(Ruling.WINDOW_START, Ruling.WINDOW_UNKNOWN, Ruling.WINDOW_NAMED, Ruling.WINDOW_DATES),
)


def one_pair_per_claim(claims: Claims, a: Ints, b: Ints, ruling: Ints) -> Ints:
    """The rulings with those between two voices dropped that repeat a pair of the same two claims."""
    again = np.isin(ruling, (Ruling.RELAY_SAME, Ruling.AGREEMENT_VERIFIED))
    same = one_claim(len(claims.figure_id), a[again], b[again])
    between = np.flatnonzero((ruling != Ruling.NONE) & (claims.source[a] != claims.source[b]))
    rank = np.full(len(Ruling) + 1, len(_TELLING), dtype=np.int64)
    rank[[int(one) for one in _TELLING]] = np.arange(len(_TELLING))
    first, second = np.minimum(same[a], same[b])[between], np.maximum(same[a], same[b])[between]
    order = np.lexsort((b[between], a[between], rank[ruling[between]], second, first))
    repeats = np.zeros(len(between), dtype=bool)
    repeats[1:] = (np.diff(first[order]) == 0) & (np.diff(second[order]) == 0)
    kept = ruling.copy()
    kept[between[order[repeats]]] = Ruling.NONE
    return kept


def one_claim(size: int, a: Ints, b: Ints) -> Ints:
    """For every claim the smallest position among the claims it is joined to by pairs (a, b), directly or through others."""
    label = np.arange(size)
    while len(a):
        before = label.copy()
        smaller = np.minimum(label[a], label[b])
        np.minimum.at(label, a, smaller)
        np.minimum.at(label, b, smaller)
        label = label[label]
        if (label == before).all():
            break
    return label


def told_by_the_wholes(claims: Claims, a: Ints, b: Ints, ruling: Ints) -> Bools:
    """Pairs of parts that differ in place or window as their totals do, which are paired themselves."""
    whole_a, whole_b = claims.parent[a], claims.parent[b]
    parts = (whole_a >= 0) & (whole_b >= 0) & np.isin(ruling, _SCOPE)
    size = len(claims.figure_id)
    stands_a, stands_b = claims.claim[whole_a], claims.claim[whole_b]
    paired = np.concatenate([a * size + b, b * size + a])[np.tile(ruling != Ruling.NONE, 2)]
    found: Bools = parts & np.isin(stands_a * size + stands_b, paired)
    return found
