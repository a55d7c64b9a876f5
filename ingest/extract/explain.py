"""How each figure was read, stage by stage, for a person."""

from collections.abc import Iterator
from datetime import UTC, datetime

from ingest.extract.figures import Found, build
from ingest.extract.people.quantity import Quantity
from ingest.extract.read import find
from ingest.extract.reader import Reader
from ingest.extract.times.dates import fold_dates
from ingest.extract.words.items import Item, itemise
from ingest.extract.words.sentences import Text
from ingest.model.doubts import parted
from ingest.model.ids import document_id
from ingest.model.records import Document, Figure, Reading, Step
from ingest.model.vocabulary import DOUBTS


def explain(
    text: str, reader: Reader, *, publisher: str = "", published: datetime | None = None, language: str = "en"
) -> tuple[Reading, ...]:
    """The readings of a loose text, each with the steps of its derivation."""
    now = published or datetime.now(UTC)
    identity = document_id("explain", publisher, "", text)
    return trace(Document(identity, "explain", publisher, "", text, language, "", now, now, "text/plain", ""), reader)


def trace(document: Document, reader: Reader) -> tuple[Reading, ...]:
    """The readings of a document, each with the steps of its derivation."""
    text, found = find(document, reader)
    figures = build(found, text, document, reader)
    told = list(_times(text, document, reader)) if found else []
    return tuple(Reading(figure, steps(one, figure, text, told)) for one, figure in zip(found, figures, strict=True))


def steps(one: Found, figure: Figure, text: Text, told: list[Item]) -> tuple[Step, ...]:
    """The derivation of one figure: number, people, what happened, part, voice, time, place, and what may be wrong about it.

    `told` are the expressions of time of the text in their order.
    """
    quantity = one.quantity
    start = text.starts[quantity.text_word]
    return (
        Step("number", figure.value_text, start, start + len(figure.value_text), _amount(figure), figure.interval_rule),
        *([_words("people", text, quantity.label, _people(figure), _phrase_rule(quantity))] if figure.group_label else []),
        _metric(quantity, figure, text),
        *_whole(quantity, figure, text),
        _source(one, figure, text),
        _time(one, figure, text, told),
        *_place(one, figure, text),
        *(_doubt(kept) for kept in figure.doubts),
    )


def _words(stage: str, text: Text, words: tuple[int, int], value: str, rule: str) -> Step:
    """A step that some words of the text give."""
    start, end = text.starts[words[0]], text.ends[words[1] - 1]
    return Step(stage, text.text[start:end], start, end, value, rule)


def _phrase_rule(quantity: Quantity) -> str:
    if quantity.label == (quantity.first_word, quantity.last_word):
        return "the noun is the number"  # طفلان: two children
    return "noun phrase after the number" if quantity.label[0] >= quantity.last_word else "noun phrase before the number"


def _metric(quantity: Quantity, figure: Figure, text: Text) -> Step:
    """The word that says what happened: the quantity's own, or for a part that of its whole."""
    holder, rule = quantity, quantity.rule
    if quantity.own_metric is not quantity.metric and not rule.startswith("cell "):  # a cell has its head, as its whole has
        while holder.parent is not None and holder.trigger in (None, holder.parent.trigger):
            holder, rule = holder.parent, "what happened to the whole"
    noun = holder.label if holder.label[1] else (holder.first_word, holder.last_word)
    return _words("metric", text, holder.trigger or noun, figure.metric, rule)


def _whole(quantity: Quantity, figure: Figure, text: Text) -> Iterator[Step]:
    if figure.parent_figure_id and quantity.parent is not None:
        whole = quantity.parent
        yield _words("part", text, (whole.first_word, whole.last_word), str(figure.part_of), quantity.rule)


def _source(one: Found, figure: Figure, text: Text) -> Step:
    if not one.voices:
        return Step("source", "", 0, 0, figure.claimed_source, "no speaker named: the publisher")
    voice = one.voices[0]
    rule = "speaker of its clause" if _inside(voice.first, one) else "the speaker of an earlier sentence goes on"
    return _words("source", text, (voice.first, voice.last), figure.claimed_source, rule)


def _times(text: Text, document: Document, reader: Reader) -> Iterator[Item]:
    """Every expression of time, in the order of the text."""
    published = document.published_at.astimezone(reader.timezone).date()
    for sentence in text.sentences:
        for item in fold_dates(itemise(text, sentence, reader.lexicon(document.language)), text, published):
            if item.when is not None:
                yield item


def _time(one: Found, figure: Figure, text: Text, told: list[Item]) -> Step:
    """The words whose days the figure has: the nearest of its sentence, else the last ones before it."""
    value = _days(figure)
    if figure.as_of_inferred and not figure.event_start and not figure.window_start:
        return Step("time", "", 0, 0, value, "day of publication stands in")
    starts, number = {figure.event_start, figure.window_start}, one.quantity.first_word
    meant = [item for item in told if item.when is not None and (item.when.start in starts or item.when.end == figure.as_of)]
    inside = (item for item in meant if _inside(item.first, one))
    own = sorted(inside, key=lambda item: (item.when is None or item.when.start not in starts, abs(item.first - number)))
    before = [item for item in meant if item.first < one.words[0]]
    if own:
        return _words("time", text, (own[0].first, own[0].last), value, "stated")
    if before:
        return _words("time", text, (before[-1].first, before[-1].last), value, "stated in an earlier sentence")
    return Step("time", "", 0, 0, value, "stated")


def _place(one: Found, figure: Figure, text: Text) -> Iterator[Step]:
    if one.mention is None:
        return
    rule = one.mention.resolved.rule if one.mention.resolved else "not in the gazetteer"
    if not _inside(one.mention.first, one):
        rule += ", from an earlier sentence" if one.mention.first < one.words[0] else ", from a later sentence"
    value = figure.place_id or ";".join(figure.place_candidates or figure.coverage_area) or "?"
    yield _words("place", text, (one.mention.first, one.mention.last), value, rule)


def _doubt(kept: str) -> Step:
    doubt, candidates = parted(kept)
    return Step("doubt", "", 0, 0, ";".join((doubt.value, *candidates)), DOUBTS[doubt].meaning)


def _inside(word: int, one: Found) -> bool:
    """Whether a word stands in the sentence of a quantity."""
    return one.words[0] <= word < one.words[1]


def _amount(figure: Figure) -> str:
    high = "open" if figure.interval_open_high else str(figure.value_high)
    return f"{figure.qualifier}: {figure.value_low}..{high}" + (f", stated {figure.value_best}" if figure.value_best is not None else "")


def _people(figure: Figure) -> str:
    parts = [figure.group_status, figure.group_side, figure.group_sex, figure.group_age, figure.group_role, figure.unit]
    return ", ".join(str(part) for part in parts if part)


def _days(figure: Figure) -> str:
    if figure.window_start:
        return f"{figure.kind} {figure.window_start}..{figure.window_end}"
    if figure.event_start:
        return f"{figure.kind} {figure.event_start}..{figure.event_end}"
    return f"{figure.kind} as of {figure.as_of}"
