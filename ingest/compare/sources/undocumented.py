"""Incidents that no source lists: the least there must be of them, told from how the sources' lists overlap.

Off unless somebody asks, never published, never added to any total: it is a statement about lists, and holds only as far as its
assumptions do. The population is closed: the lists are about the same days. Matching is right: two reports of one incident were found to
be one, and reports of two incidents were not. The mandates are equal: every list could have held every incident. Where some incidents
are easier to learn of than others, for all lists alike, the estimate stays below the truth; where the lists divide the field between
them, each keeping to its own area, it lies above and must not be used.

With f the incidents on exactly one list, by list, and d those on exactly two, the bound is  sum of f_j f_k over pairs of lists / (d + 1).
For two lists this is Chapman (1951); for more it is Chao's lower bound (Chao 1987) in the form that lets lists differ in length
(Chao 1989, with time effects). The variance is Seber's (1970) for two lists, built the same way for more; the interval is log-normal, as
in Chao (1987).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ingest.compare.claims.columns import Columns
from ingest.compare.claims.comparable import value_day
from ingest.compare.claims.relation import Texts
from ingest.compare.sources.questions import counted, stating
from ingest.model.vocabulary import Metric, Term

# Robson and Regier (1964): with seven or more on both lists Chapman's estimate is as good as unbiased.
FEWEST_SHARED = 7
# Our convention: a voice that lists fewer incidents keeps no list.
FEWEST_LISTED = 10
# Below three lists nothing tells whether they depend on each other.
ENOUGH_LISTS = 3
_NORMAL_95 = 1.96
ASSUMPTIONS: tuple[Term, ...] = (
    Term(
        "The lists are about the same days: only those on which every list runs are counted.",
        "القوائم عن الأيام نفسها: لا تُحسب إلا الأيام التي تغطيها كل القوائم.",
        "Les listes portent sur les mêmes jours : seuls ceux que toutes couvrent sont comptés.",
    ),
    Term(
        "Reports of one incident were found to be one, and reports of two were kept apart. Every miss makes the number too high.",
        "عُرفت التقارير عن الحادثة الواحدة على أنها حادثة واحدة، ولم تُدمج حادثتان. كل خطأ في المطابقة يرفع العدد.",
        "Les récits d’un incident n’en font qu’un, ceux de deux incidents restent distincts. Chaque oubli rend le nombre trop élevé.",
    ),
    Term(
        "Every list could have held every incident. Where sources keep to areas of their own it is too high to be used.",
        "كان بوسع كل قائمة أن تضم كل حادثة. إذا اقتصر كل مصدر على منطقته أو على طرف بعينه فالعدد مرتفع أكثر مما ينبغي: لا تستخدمه.",
        "Chaque liste aurait pu contenir chaque incident. Là où les sources s’en tiennent à leur zone, il est trop élevé pour servir.",
    ),
    Term(
        "Some incidents are harder to learn of than others, for all lists alike. Therefore it is a least number; the truth lies above it.",
        "بعض الحوادث أصعب على الرصد من غيرها لدى كل القوائم على السواء. ولذلك فهو حد أدنى، والحقيقة فوقه.",
        "Certains incidents sont plus difficiles à connaître, pour toutes les listes. C’est donc un minimum ; la vérité est au-dessus.",
    ),
    Term(
        "It is in no total and on no chart of figures.",
        "لا يدخل في أي مجموع ولا في أي رسم للأرقام.",
        "Il n’entre dans aucun total ni dans aucun graphique de chiffres.",
    ),
)
"""What must hold for the number to mean anything; it is never shown without them."""
_METRICS = (Metric.KILLED, Metric.INJURED, Metric.DETAINED, Metric.ABDUCTED)


@dataclass(frozen=True, slots=True)
class Bound:
    """The least number of incidents on no list, with its 95 % interval."""

    least: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Undocumented:
    """What the lists of incidents with one metric say. Days are since 1970, the first and last on which all lists run.

    `lists` are independence groups; `listed` counts the incidents on any of them, `once` and `twice` those on exactly one and two. `bound`
    is None where too few are on two lists, or none is alone on a list.
    """

    metric: Metric
    lists: tuple[str, ...]
    first_day: int
    last_day: int
    listed: int
    once: int
    twice: int
    bound: Bound | None


def lower_bound(alone: Sequence[int], twice: int) -> Bound | None:
    """The bound from the incidents that are on one list alone, counted by list, and the number on exactly two lists.

    None where no two lists hold an incident of their own: the data then say nothing about what is on no list.
    """
    each = np.asarray(alone, dtype=np.float64)
    once = float(each.sum())
    products = (once**2 - float((each**2).sum())) / 2
    if products <= 0:
        return None
    least = products / (twice + 1)
    # how far the squared products exceed their unbiased estimate, for Poisson counts
    excess = 2 * once * products - products - float((each**2 * (once - each)).sum())
    variance = least + least**2 - (products**2 - excess) / ((twice + 1) * (twice + 2))
    factor = float(np.exp(_NORMAL_95 * np.sqrt(np.log1p(variance / least**2))))
    return Bound(least, least / factor, least * factor)


def undocumented(figures: pd.DataFrame, incident_claims: pd.DataFrame) -> tuple[Undocumented, ...]:
    """One statement per metric on which at least two lists of incidents run side by side.

    `figures` and `incident_claims` hold the published columns; an independence group's list is every incident it makes a claim about.
    """
    columns = Columns(stating(figures))
    about = pd.Index(incident_claims["figure_id"]).get_indexer(pd.Index(columns.texts("figure_id")))
    number = np.append(pd.factorize(incident_claims["incident_id"])[0], -1)  # the last stands for a figure about none
    listing = pd.DataFrame(
        {
            "incident": number[about],
            "group": columns.codes("independence_group"),
            "day": value_day(columns),
            "metric": columns.texts("metric"),
        }
    )[counted(columns) & (about >= 0)]
    found = (_of_metric(listing, metric, columns.distinct("independence_group")) for metric in _METRICS)
    return tuple(one for one in found if one is not None)


def _of_metric(claims: pd.DataFrame, metric: Metric, names: Texts) -> Undocumented | None:
    listing = claims[claims["metric"] == metric].groupby(["incident", "group"], as_index=False).agg(day=("day", "min"))
    listing["day"] = listing.groupby("incident")["day"].transform("min")
    listing = listing[listing.groupby("group")["incident"].transform("size") >= FEWEST_LISTED]
    if listing["group"].nunique() < 2:
        return None
    days = listing.groupby("group")["day"].agg(["min", "max"])
    first, last = int(days["min"].max()), int(days["max"].min())
    listing = listing[listing["day"].between(first, last)]
    if listing.empty:
        return None
    on_lists = listing.groupby("incident")["group"].transform("size")
    alone = listing[on_lists == 1].groupby("group").size()
    twice = int((on_lists == 2).sum()) // 2
    return Undocumented(
        metric=metric,
        lists=tuple(sorted(str(names[one]) for one in days.index)),
        first_day=first,
        last_day=last,
        listed=listing["incident"].nunique(),
        once=int(alone.sum()),
        twice=twice,
        bound=lower_bound(alone.tolist(), twice) if twice >= FEWEST_SHARED else None,
    )
