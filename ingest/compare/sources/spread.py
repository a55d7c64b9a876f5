"""How sure a median is: the percentile bootstrap, without building the resamples.

Drawing n of n values with replacement and sorting them takes n uniform numbers to positions; the middle one of n uniform numbers has a
beta distribution, so the median of a resample is drawn at once, whatever n is. The same n gives the same draws, so the same values give
the same interval to the last bit, and one source's interval does not depend on which others there are.
"""

from functools import lru_cache

import numpy as np

from ingest.compare.claims.relation import Floats, Ints

RESAMPLES = 2000
LEVEL = 0.95
_SEED = 20241127


def median_interval(values: Floats) -> tuple[float, float]:
    """The 95 % percentile interval of the median (Efron 1979). Raises `ValueError` where there are no values."""
    if not len(values):
        raise ValueError("there is no median of no values")
    ordered = np.sort(values)
    lower, upper = _middles(len(values))
    medians = (ordered[lower] + ordered[upper]) / 2
    tail = (1 - LEVEL) / 2
    low, high = np.quantile(medians, [tail, 1 - tail])
    return float(low), float(high)


@lru_cache(maxsize=256)
def _middles(n: int) -> tuple[Ints, Ints]:
    """For each resample of n sorted values the positions of its two middle values; one and the same where n is odd."""
    draw = np.random.default_rng(_SEED)
    rank = (n + 1) // 2
    lower = draw.beta(rank, n - rank + 1, RESAMPLES)
    # the least of the n - rank uniform numbers above the lower one
    upper = lower if n % 2 else 1 - (1 - lower) * draw.beta(n - rank, 1, RESAMPLES)
    first, second = (np.minimum((one * n).astype(np.int64), n - 1) for one in (lower, upper))
    return first, second
