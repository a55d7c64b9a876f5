"""How each source behaves, measured against the other independent sources on the questions they share.

Every measure comes with the number of questions behind it and stays empty below `FEWEST`. None of them says who is right: a source that
counts wider, later or more carefully differs from the others as one that errs does. Nothing here is a score, and nothing is ranked.
"""

import numpy as np
import pandas as pd

from ingest.compare.claims.columns import UNKNOWN_DAY
from ingest.compare.claims.relation import Floats
from ingest.compare.claims.rulings import Ruling
from ingest.compare.sources.published import published
from ingest.compare.sources.questions import ANSWERED, REVISED, Readings, read
from ingest.compare.sources.spread import median_interval
from ingest.model.schema import BEHAVIOUR

# Our convention: over fewer questions, or figures, than this a median or a share is not told.
FEWEST = 5
_SPAN = 2**32  # wider than any difference of days, so that key * _SPAN + day orders by key, then by day
_HOUR = 3600


def behaviour(figures: pd.DataFrame, discrepancies: pd.DataFrame) -> pd.DataFrame:
    """One row per named source and per publisher: exactly the columns of `BEHAVIOUR`, sorted by `organisation`.

    `figures` and `discrepancies` hold the published columns. Counts are `Int64`, shares, hours and ratios `float64`.
    """
    return behaviour_of(read(figures, discrepancies))


def behaviour_of(readings: Readings) -> pd.DataFrame:
    """The same, from readings that are at hand."""
    speaking = readings.source[readings.standing & readings.named], readings.publisher[readings.standing]
    table = pd.DataFrame(index=pd.Index(np.unique(np.concatenate(speaking)), dtype="int64"))
    table["organisation"] = readings.organisations[table.index]
    answers = _answers(readings)
    parts = (
        *(_claims(readings), _coverage(answers), _lag(answers), _ratio(readings), _revisions(readings)),
        _publishing(readings),
    )
    table = table.join(list(parts))[table["organisation"] != ""]
    for share, part, whole in (("coverage", "questions_shared", "questions_of_others"), ("relay_share", "relayed", "figures")):
        table[share] = table[part].fillna(0) / table[whole].where(table[whole] >= FEWEST)
    return published(table, BEHAVIOUR)


def _claims(readings: Readings) -> "pd.Series[int]":
    at = np.flatnonzero(readings.standing & readings.named)
    return pd.Series(readings.claim[at]).groupby(readings.source[at]).nunique().rename("claims")


def _answers(readings: Readings) -> pd.DataFrame:
    """The readings that answer a question, with its metric, the days it is about, and how many votes there are on it."""
    at = np.flatnonzero(readings.counted & (readings.day != UNKNOWN_DAY))
    told = pd.DataFrame(
        {name: getattr(readings, name)[at] for name in ("question", "source", "group", "vote", "metric", "day", "moment", "event")}
    )
    question = told.groupby("question")
    days = {"first": question["day"].transform("min"), "last": question["day"].transform("max")}
    return told.assign(metric=question["metric"].transform("first"), votes=question["vote"].transform("nunique"), **days)


def _coverage(answers: pd.DataFrame) -> pd.DataFrame:
    """How many questions each source answers, and of those that others answer in its metrics and days, how many.

    A question that only its own independence group answers is not one of others.
    """
    questions = answers.drop_duplicates("question")
    answered = answers.drop_duplicates(["question", "source"])
    shared = answered[answered["votes"] > 1]
    span = answers.groupby("source")["day"].agg(begins="min", ends="max")
    wanted = answers[["source", "metric"]].drop_duplicates().join(span, on="source")
    mine = answers[["source", "group"]].drop_duplicates().merge(wanted, on="source")
    there = _overlapping(questions, wanted, ["metric"]).groupby(wanted["source"].to_numpy()).sum()
    alone = _overlapping(questions[questions["votes"] == 1], mine, ["group", "metric"]).groupby(mine["source"].to_numpy()).sum()
    return pd.DataFrame(
        {
            "questions": answered.groupby("source").size(),
            "questions_of_others": there - alone,
            "questions_shared": shared.groupby("source").size(),
        }
    )


def _overlapping(questions: pd.DataFrame, wanted: pd.DataFrame, key: list[str]) -> "pd.Series[int]":
    """For each row of `wanted`, how many questions of the same key have a day between `begins` and `ends`."""
    both = pd.MultiIndex.from_frame(pd.concat([questions[key], wanted[key]]))
    number = pd.factorize(both)[0].astype(np.int64) * _SPAN
    here, there = number[: len(questions)], number[len(questions) :]
    begun = np.searchsorted(np.sort(here + questions["first"].to_numpy()), there + wanted["ends"].to_numpy(), "right")
    over = np.searchsorted(np.sort(here + questions["last"].to_numpy()), there + wanted["begins"].to_numpy(), "left")
    return pd.Series(begun - over)


def _lag(answers: pd.DataFrame) -> pd.DataFrame:
    """How long after the first claim of anybody else each source first speaks of what happened on one day."""
    events = answers[answers["event"] & (answers["votes"] > 1)]
    first = events.groupby(["question", "vote"], as_index=False).agg(moment=("moment", "min")).sort_values(["question", "moment", "vote"])
    ahead = first.drop_duplicates("question").set_index("question")
    behind = first[first["question"].duplicated()].drop_duplicates("question").set_index("question")
    spoke = events.groupby(["question", "source"], as_index=False).agg(moment=("moment", "min"), vote=("vote", "first"))
    leads = spoke["vote"].to_numpy() == ahead["vote"].reindex(spoke["question"]).to_numpy()
    other = np.where(leads, behind["moment"].reindex(spoke["question"]), ahead["moment"].reindex(spoke["question"]))
    hours = (spoke["moment"] - other) / _HOUR
    by_source = hours.groupby(spoke["source"])
    found = pd.DataFrame({"lag_questions": by_source.size(), "lag_hours": by_source.median()})
    return found.assign(lag_hours=found["lag_hours"].where(found["lag_questions"] >= FEWEST))


def _ratio(readings: Readings) -> pd.DataFrame:
    """Each source's number over the median of the numbers that other votes state for the same question and time."""
    a, b = readings.pairs.of(ANSWERED)
    mine, other = np.concatenate([a, b]), np.concatenate([b, a])
    stated = (readings.number[mine] > 0) & (readings.number[other] > 0) & (readings.unit[mine] == readings.unit[other])
    stated &= readings.counted[mine] & readings.counted[other] & (readings.vote[mine] != readings.vote[other])
    mine, other = mine[stated], other[stated]
    pairs = pd.DataFrame(
        {
            "source": readings.source[mine],
            "question": readings.question[mine],
            "claim": readings.claim[mine],
            "number": readings.number[mine],
            "vote": readings.vote[other],
            "theirs": readings.number[other],
        }
    )
    latest = pairs.iloc[np.lexsort((other, readings.moment[other]))].drop_duplicates(["source", "claim", "vote"], keep="last")
    by_claim = latest.groupby(["source", "question", "claim"]).agg(number=("number", "first"), theirs=("theirs", "median"))
    by_question = (by_claim["number"] / by_claim["theirs"]).groupby(["source", "question"]).median()
    return pd.DataFrame(
        [_spread(ratios.to_numpy()) for _, ratios in by_question.groupby("source")],
        columns=["ratio_questions", "ratio", "ratio_low", "ratio_high"],
        index=by_question.index.unique("source").sort_values(),
    )


def _spread(ratios: Floats) -> tuple[float, float, float, float]:
    """How many, their median, and its interval; nothing but the count where there are too few."""
    if len(ratios) < FEWEST:
        return len(ratios), np.nan, np.nan, np.nan
    return len(ratios), float(np.median(ratios)), *median_interval(ratios)


def _revisions(readings: Readings) -> pd.DataFrame:
    """How often each source changed its own number, up and down: each change once, however often it was passed on."""
    a, b = readings.pairs.of(REVISED)
    rose = readings.number[b] > readings.number[a]
    ruling = readings.pairs.ruling[np.isin(readings.pairs.ruling, REVISED)]
    rises = np.where(np.isin(ruling, (Ruling.REVISION_EDITION, Ruling.REVISION_VERIFIED)), rose, ruling == Ruling.REVISION_RISE)
    low, high = (pick(readings.number[a], readings.number[b]) for pick in (np.minimum, np.maximum))
    changes = pd.DataFrame({"source": readings.source[a], "question": readings.question[a], "low": low, "high": high, "up": rises})
    changes = changes[readings.named[a] & (readings.source[a] == readings.source[b]) & (low != high)].drop_duplicates()
    up = changes.groupby("source")["up"].sum()
    return pd.DataFrame({"revised_up": up, "revised_down": changes.groupby("source").size() - up})


def _publishing(readings: Readings) -> pd.DataFrame:
    """What each publisher's documents hold: figures, those of other named sources, and numbers that do not fit together."""
    at = np.flatnonzero(readings.standing & (readings.columns.codes("restates") == 0))
    told = pd.DataFrame({"document": readings.columns.codes("document_id")[at], "relayed": readings.relayed[at]})
    found = told.groupby(readings.publisher[at]).agg(
        documents=("document", "nunique"), figures=("relayed", "size"), relayed=("relayed", "sum")
    )
    return found.join(pd.Series(readings.inconsistent).value_counts().rename("inconsistencies"), how="outer")
