"""How each source behaves, measured against the other independent sources on the questions they share.

Every measure comes with the number of questions behind it and stays empty below `FEWEST`. None of them says who is right: a source that
counts wider, later or more carefully differs from the others as one that errs does. Nothing here is a score, and nothing is ranked.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ingest.compare.claims.columns import UNKNOWN_DAY
from ingest.compare.claims.relation import Floats, Ints
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
    return behaviour_of([Measures.of(read(figures, discrepancies))])


@dataclass(frozen=True, slots=True)
class Measures:
    """What is measured on one part of the figures, in tables that add up to those of all parts; organisations stand by name.

    `counts` are numbers by organisation that can be added, since parts share neither claims nor questions; `questions` has a row per
    question, with the group of its first answer; `spans` the first and last day by source; `voices` and `asked` which groups and which
    metrics each source answers for; `lags` and `ratios` a row per question and source, `documents` one per publisher and document.
    """

    counts: pd.DataFrame
    questions: pd.DataFrame
    spans: pd.DataFrame
    voices: pd.DataFrame
    asked: pd.DataFrame
    lags: pd.DataFrame
    ratios: pd.DataFrame
    documents: pd.DataFrame

    @classmethod
    def of(cls, readings: Readings) -> "Measures":
        """What these readings measure."""
        answers, called = _answers(readings), pd.Series(readings.organisations)
        groups, metrics = readings.columns.distinct("independence_group"), readings.columns.distinct("metric")
        questions = answers.drop_duplicates("question")
        answered = answers.drop_duplicates(["question", "source"])
        shared = answered[answered["votes"] > 1]
        publishing, documents = _publishing(readings)
        counts = {
            "claims": _claims(readings),
            "questions": answered.groupby("source").size(),
            "questions_shared": shared.groupby("source").size(),
            **_revisions(readings),
            **publishing,
        }
        said = pd.DataFrame(counts).reindex(np.union1d(*_speaking(readings))).fillna(0).astype(np.int64)
        days = answers.groupby("source")["day"]
        spans = pd.DataFrame({"begins": days.min(), "ends": days.max()})
        voices, asked = (answers[["source", name]].drop_duplicates() for name in ("group", "metric"))
        named = questions.assign(group=groups[questions["group"]], metric=metrics[questions["metric"]])
        return cls(
            counts=said.set_axis(called.reindex(said.index), axis=0),
            questions=named[["group", "metric", "votes", "first", "last"]],
            spans=spans.set_axis(called.reindex(spans.index), axis=0),
            voices=voices.assign(source=called.reindex(voices["source"]).array, group=groups[voices["group"]]),
            asked=asked.assign(source=called.reindex(asked["source"]).array, metric=metrics[asked["metric"]]),
            lags=_of_named(called, _lags(answers)),
            ratios=_of_named(called, _ratios(readings)),
            documents=documents,
        )


def behaviour_of(parts: Sequence[Measures]) -> pd.DataFrame:
    """One row per named source and per publisher of all parts; there is at least one."""
    counts = pd.concat([one.counts for one in parts])
    table = counts.groupby(level=0).sum()
    table["documents"] = pd.concat([one.documents for one in parts]).drop_duplicates().groupby("publisher").size()
    table = table.join([_coverage(parts), _lag(_all(parts, "lags")), _ratio(_all(parts, "ratios"))])
    table = table.rename_axis("organisation").reset_index()
    table = table[table["organisation"] != ""]
    for share, part, whole in (("coverage", "questions_shared", "questions_of_others"), ("relay_share", "relayed", "figures")):
        table[share] = table[part].fillna(0) / table[whole].where(table[whole] >= FEWEST)
    return published(table, BEHAVIOUR)


def _all(parts: Sequence[Measures], name: str) -> pd.DataFrame:
    rows: list[pd.DataFrame] = [getattr(one, name) for one in parts]
    return pd.concat(rows, ignore_index=True)


def _of_named(called: pd.Series, rows: pd.DataFrame) -> pd.DataFrame:
    named: pd.DataFrame = rows.assign(source=called.reindex(rows["source"]).array)
    return named


def _speaking(readings: Readings) -> tuple[Ints, Ints]:
    """The sources with a name that say anything, and all publishers."""
    return readings.source[readings.standing & readings.named], readings.publisher[readings.standing]


def _claims(readings: Readings) -> "pd.Series[int]":
    at = np.flatnonzero(readings.standing & readings.named)
    return pd.Series(readings.claim[at]).groupby(readings.source[at]).nunique()


def _answers(readings: Readings) -> pd.DataFrame:
    """The readings that answer a question, with its metric, the days it is about, and how many votes there are on it."""
    at = np.flatnonzero(readings.counted & (readings.day != UNKNOWN_DAY))
    told = pd.DataFrame(
        {name: getattr(readings, name)[at] for name in ("question", "source", "group", "vote", "metric", "day", "moment", "event")}
    )
    question = told.groupby("question")
    days = {"first": question["day"].transform("min"), "last": question["day"].transform("max")}
    return told.assign(metric=question["metric"].transform("first"), votes=question["vote"].transform("nunique"), **days)


def _coverage(parts: Sequence[Measures]) -> "pd.Series[int]":
    """Of the questions that others answer in the metrics and days of each source, how many there are.

    A question that only its own independence group answers is not one of others.
    """
    questions, every = _all(parts, "questions"), pd.concat([one.spans for one in parts]).groupby(level=0)
    span = pd.DataFrame({"begins": every["begins"].min(), "ends": every["ends"].max()})
    wanted = _all(parts, "asked").drop_duplicates().join(span, on="source")
    mine = _all(parts, "voices").drop_duplicates().merge(wanted, on="source")
    there = _overlapping(questions, wanted, ["metric"]).groupby(wanted["source"].to_numpy()).sum()
    alone = _overlapping(questions[questions["votes"] == 1], mine, ["group", "metric"]).groupby(mine["source"].to_numpy()).sum()
    return (there - alone).rename("questions_of_others")


def _overlapping(questions: pd.DataFrame, wanted: pd.DataFrame, key: list[str]) -> "pd.Series[int]":
    """For each row of `wanted`, how many questions of the same key have a day between `begins` and `ends`."""
    both = pd.MultiIndex.from_frame(pd.concat([questions[key], wanted[key]]))
    number = pd.factorize(both)[0].astype(np.int64) * _SPAN
    here, there = number[: len(questions)], number[len(questions) :]
    begun = np.searchsorted(np.sort(here + questions["first"].to_numpy()), there + wanted["ends"].to_numpy(), "right")
    over = np.searchsorted(np.sort(here + questions["last"].to_numpy()), there + wanted["begins"].to_numpy(), "left")
    return pd.Series(begun - over)


def _lags(answers: pd.DataFrame) -> pd.DataFrame:
    """For each question of an event how long after the first claim of anybody else each source that answers it first speaks."""
    events = answers[answers["event"] & (answers["votes"] > 1)]
    first = events.groupby(["question", "vote"], as_index=False).agg(moment=("moment", "min")).sort_values(["question", "moment", "vote"])
    ahead = first.drop_duplicates("question").set_index("question")
    behind = first[first["question"].duplicated()].drop_duplicates("question").set_index("question")
    spoke = events.groupby(["question", "source"], as_index=False).agg(moment=("moment", "min"), vote=("vote", "first"))
    leads = spoke["vote"].to_numpy() == ahead["vote"].reindex(spoke["question"]).to_numpy()
    other = np.where(leads, behind["moment"].reindex(spoke["question"]), ahead["moment"].reindex(spoke["question"]))
    return pd.DataFrame({"source": spoke["source"], "hours": (spoke["moment"] - other) / _HOUR})


def _lag(lags: pd.DataFrame) -> pd.DataFrame:
    """How long after the first claim of anybody else each source first speaks, by the median of its questions."""
    by_source = lags.groupby("source")["hours"]
    found = pd.DataFrame({"lag_questions": by_source.size(), "lag_hours": by_source.median()})
    return found.assign(lag_hours=found["lag_hours"].where(found["lag_questions"] >= FEWEST))


def _ratios(readings: Readings) -> pd.DataFrame:
    """For each question each source's number over the median of the numbers that other votes state for the same question and time."""
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
    return by_question.rename("ratio").reset_index()[["source", "ratio"]]


def _ratio(ratios: pd.DataFrame) -> pd.DataFrame:
    """The ratios of each source: how many, their median and its interval."""
    by_source = ratios.groupby("source")["ratio"]
    columns = ["ratio_questions", "ratio", "ratio_low", "ratio_high"]
    return pd.DataFrame([_spread(each.to_numpy()) for _, each in by_source], columns=columns, index=pd.Index([one for one, _ in by_source]))


def _spread(ratios: Floats) -> tuple[float, float, float, float]:
    """How many, their median, and its interval; nothing but the count where there are too few."""
    if len(ratios) < FEWEST:
        return len(ratios), np.nan, np.nan, np.nan
    return len(ratios), float(np.median(ratios)), *median_interval(ratios)


def _revisions(readings: Readings) -> dict[str, "pd.Series[int]"]:
    """How often each source changed its own number, up and down: each change once, however often it was passed on."""
    a, b = readings.pairs.of(REVISED)
    rose = readings.number[b] > readings.number[a]
    ruling = readings.pairs.ruling[np.isin(readings.pairs.ruling, REVISED)]
    rises = np.where(np.isin(ruling, (Ruling.REVISION_EDITION, Ruling.REVISION_VERIFIED)), rose, ruling == Ruling.REVISION_RISE)
    low, high = (pick(readings.number[a], readings.number[b]) for pick in (np.minimum, np.maximum))
    changes = pd.DataFrame({"source": readings.source[a], "question": readings.question[a], "low": low, "high": high, "up": rises})
    changes = changes[readings.named[a] & (readings.source[a] == readings.source[b]) & (low != high)].drop_duplicates()
    up = changes.groupby("source")["up"].sum()
    return {"revised_up": up, "revised_down": changes.groupby("source").size() - up}


def _publishing(readings: Readings) -> tuple[dict[str, "pd.Series[int]"], pd.DataFrame]:
    """What each publisher's documents hold: figures, those of other named sources, and numbers that do not fit together; and which they
    are, since one document may speak in several parts.
    """
    at = np.flatnonzero(readings.standing & (readings.columns.codes("restates") == 0))
    publisher = readings.publisher[at]
    relayed = pd.Series(readings.relayed[at]).groupby(publisher)
    counts = {"figures": relayed.size(), "relayed": relayed.sum(), "inconsistencies": pd.Series(readings.inconsistent).value_counts()}
    told = pd.DataFrame({"publisher": readings.organisations[publisher], "document": readings.columns.texts("document_id")[at]})
    return counts, told.drop_duplicates()
