"""Every English text the charts hand to `translate`; a test keeps it complete."""

from typing import Final

from dashboard.charts.arrivals import ENEMY
from dashboard.charts.look import HEDGES, OF_WHAT
from dashboard.charts.maps import LEVELS, NO_OUTLINES
from dashboard.charts.relays import NO_RELAYS
from dashboard.charts.sorts import EMPTY, TITLES, UNIT_WORDS

TEXTS: Final = (
    EMPTY,
    ENEMY,
    "{moment}: {source}, {metric} {value}.",
    NO_OUTLINES,
    *LEVELS,
    *TITLES,
    *UNIT_WORDS,
    *HEDGES.values(),
    "no number given",
    "{low} to {high}",
    "{n} or more",
    "{word} ({interval})",
    OF_WHAT,
    "as of {day}",
    "since {day}",
    "{first} to {last}",
    "one claim, carried by {n}: {publishers}",
    "not yet checked by a person",
    "Revised down from {high} to {low}",
    "no claim",
    "{n} km",
    "outside the place chosen",
    "no claim in this selection",
    "Claims: {claims}; independent sources: {voices}",
    "Contradictions: {n}; the sharpest: {level}",
    "the larger number is {ratio} times the smaller",
    "{metric}: claims {claims}, independent sources {voices}.",
    "{source}: {value}, {time}.",
    "{source}: {n} claims, from {first} on {day} to {last} on {end}.",
    "{place}: claims {claims}, independent sources {voices}, contradictions {n}.",
    "Not in one division",
    "And {n} more.",
    NO_RELAYS,
    "{publisher} passes on {source}",
    "{publisher} passes on {source}: figures {n}.",
    "figures {n}, different claims {claims}",
    "borne out {faithful}, different from the source {distorted}",
    "half of them within {hours} hours of the source",
)
