"""What a chart shows, in sentences: for screen readers, for print, and to check the drawing against."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from dashboard.charts.lines import Line, lines
from dashboard.charts.look import OF_WHAT, Claim, Look, given, isolated, time_words, value_words
from dashboard.charts.ranges import comparison_rows
from dashboard.charts.sorts import EMPTY

MOST_SAID: Final = 12
"""Sentences a summary has before it says how many more there are; the table has them all."""


def series_summary(claims: Sequence[Claim], look: Look) -> str:
    """One sentence per voice and series: how many claims, from which value to which, when."""
    known = [claim for claim in claims if given(claim["day"])]
    if not known:
        return look.say(EMPTY)
    made = lines(known)
    head = look.say("{metric}: claims {claims}, independent sources {voices}.", **_counts(known, look))
    return _said([head, *(_line_words(line, look) for line in made[:MOST_SAID])], look, of=len(made) + 1)


def range_summary(claims: Sequence[Claim], look: Look) -> str:
    """One sentence per row: what each voice says."""
    if not claims:
        return look.say(EMPTY)
    said, rows = [], comparison_rows(claims, look)
    for row in rows[:MOST_SAID]:
        about = look.joined(row.title, *row.about)
        said.append(look.say(OF_WHAT, what=about, said=look.joined(*(_claim_words(claim, look) for claim in row.claims))) + ".")
    return _said(said, look, of=len(rows))


def span_summary(claims: Sequence[Claim], look: Look) -> str:
    """What each independent voice says last: all that is drawn of them."""
    if not claims:
        return look.say(EMPTY)
    said = [f"{_claim_words(claim, look)}, {isolated(time_words(claim, look))}." for claim in claims]
    head, *rest = said
    return _once_stopped(" ".join([look.say(OF_WHAT, what=look.metric(str(claims[0]["metric"])), said=head), *rest]))


def map_summary(areas: Sequence[Mapping[str, Any]], look: Look) -> str:
    """Claims, voices and contradictions per division, and what lies in none."""
    if not areas:
        return look.say(EMPTY)
    said = []
    for row in areas:
        name = str(row["name"]) or look.say("Not in one division")
        words = look.say(
            "{place}: claims {claims}, independent sources {voices}, contradictions {n}.",
            place=name,
            claims=look.number(row["claims"]),
            voices=look.number(row["voices"]),
            n=look.number(row["contradictions"]),
        )
        said.append(words)
    return _said(said, look)


def _counts(claims: Sequence[Claim], look: Look) -> dict[str, str]:
    voices = {claim["independence_group"] for claim in claims}
    return {"metric": look.metric(claims[0]["metric"]), "claims": look.number(len(claims)), "voices": look.number(len(voices))}


def _line_words(line: Line, look: Look) -> str:
    first, last = line.claims[0], line.claims[-1]
    name = line.label(look, groups=2, placed=True)
    if len(line.claims) == 1:
        return look.say("{source}: {value}, {time}.", source=name, value=value_words(last, look), time=time_words(last, look))
    return look.say(
        "{source}: {n} claims, from {first} on {day} to {last} on {end}.",
        source=name,
        n=look.number(len(line.claims)),
        first=value_words(first, look),
        day=look.day(first["day"]),
        last=value_words(last, look),
        end=look.day(last["day"], year=True),
    )


def _claim_words(claim: Claim, look: Look) -> str:
    name = str(claim["source_short"] or claim["source_label"])
    return f"{isolated(name)} {value_words(claim, look)}"


def _said(sentences: Iterable[str], look: Look, *, of: int = 0) -> str:
    """The first sentences, and how many more there are; `of` counts them all where only the first are given."""
    every = list(sentences)
    more = max(of, len(every)) - MOST_SAID
    shown = every[:MOST_SAID] + ([look.say("And {n} more.", n=look.number(more))] if more > 0 else [])
    return _once_stopped(" ".join(shown))


def _once_stopped(text: str) -> str:
    """A sentence that ends in a shortened month has one stop."""
    return text.replace("..", ".")
