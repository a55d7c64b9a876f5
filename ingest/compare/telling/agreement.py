"""What a noun and the words about it agree with: whether the number before them takes the singular."""

import numpy as np

from ingest.compare.claims.comparable import Claims
from ingest.compare.claims.relation import Bools, Ints
from ingest.compare.claims.vocabularies import QUALIFIER
from ingest.compare.telling.words import Wording
from ingest.model.vocabulary import Qualifier


def alone(claims: Claims, rows: Ints, wording: Wording) -> Bools:
    """Whether the noun of each claim at `rows` stands in the singular; a vague word always counts several."""
    low, high, best = (end[rows] for end in claims.said)
    hedge = claims.qualifier[rows]
    number = np.where(np.isnan(best), np.where(np.isnan(high), low, high), best)
    # "fewer than N" is stored with N - 1 as its high end
    number = number + ((hedge == QUALIFIER[Qualifier.FEWER_THAN]) & np.isnan(best))
    singular: Bools = np.isin(number, wording.tables["singular"]) & (hedge != QUALIFIER[Qualifier.VAGUE])
    return singular
