"""Who is counted, and who is held responsible: the axes of a claim's group as numbers (definitions, section 3)."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from ingest.compare.claims.columns import Columns, distinct_rows, texts
from ingest.compare.claims.relation import Bools, Ints
from ingest.compare.claims.vocabularies import METRIC, STATUS
from ingest.model.vocabulary import MOVEMENTS, GroupStatus


def read_axes(columns: Columns, parent: Ints, *, one_event: Bools, held_by: Ints, question: list[Ints]) -> Ints:
    """The group of each claim, one column per axis; 0 not stated.

    The party held responsible narrows a total ("105 of them by ..."), so it is an axis of running totals but not of incidents,
    where it is what sources disagree about. A part that nothing else tells from its whole, or from another part of it, is told by its
    label ("109 of them HTS").
    """
    status = columns.known("group_status", STATUS)
    status = np.where(status < 0, STATUS[GroupStatus.UNSTATED], status)
    # displaced people are civilians whether a text says so or not, so saying it is no other group
    moved = np.isin(columns.known("metric", METRIC), [METRIC[metric] for metric in MOVEMENTS])
    status = np.where(moved & (status == STATUS[GroupStatus.CIVILIAN]), STATUS[GroupStatus.UNSTATED], status)
    stated = [columns.codes(f"group_{axis}") for axis in ("side", "sex", "age", "role", "nationality")]
    told_by = [status, *stated, held_by, *question]
    alike = np.all([column == column[parent] for column in told_by], axis=0)
    siblings, _ = distinct_rows(np.where(parent >= 0, parent, -1 - np.arange(len(parent))), *told_by)
    several = (parent >= 0) & (np.bincount(siblings, minlength=1)[siblings] > 1)
    at = np.flatnonzero((parent >= 0) & (alike | several))
    labels = np.array([*(" ".join(str(one).casefold().split()) for one in columns.texts("group_label")[at]), ""], dtype=object)[:-1]
    # a part that nothing tells from its whole, not even a label, is like no other claim
    labels = np.where((labels == "") & alike[at], at.astype(str).astype(object) + "\n", labels)
    label = np.zeros(len(columns), dtype=np.int64)
    label[at] = pd.factorize(np.concatenate([np.array([""], dtype=object), labels]))[0][1:]
    return np.stack([status, *stated, label, np.where(one_event, 0, held_by)], axis=1).astype(np.int64)


def responsible(columns: Columns, organisations: pd.DataFrame | None) -> tuple[Ints, Ints]:
    """Who is held responsible: as a side's number (0 nobody, -1 a wording that names no known side), and as the number of the wording.

    A wording is resolved through the organisations' sides; an identifier of words joined by underscores is a side as it is.
    """
    known_sides = _sides_by_name(organisations)
    number, distinct = columns.codes("perpetrator"), columns.distinct("perpetrator")
    words = [str(value).strip() for value in distinct]
    sides = [known_sides.get(word.casefold(), word if "_" in word and word.islower() else "") for word in words]
    found, _ = pd.factorize(np.array(["", *sides], dtype=object))
    side = np.where((found[1:] == 0) & np.array([bool(word) for word in words]), -1, found[1:]).astype(np.int64)
    # claims of one wording are of one scope, and so are claims of one side
    scope = np.where(side > 0, side + len(distinct), np.arange(len(distinct)))
    return side[number], scope[number]


def _sides_by_name(organisations: pd.DataFrame | None) -> Mapping[str, str]:
    if organisations is None or not len(organisations):
        return {}
    side = texts(organisations, "side")
    found = {str(one).casefold(): str(one) for one in side if one}
    for name in ("organisation", "name_en", "name_ar", "short"):
        found |= {str(called).casefold(): str(of) for called, of in zip(texts(organisations, name), side, strict=True) if called and of}
    return found
