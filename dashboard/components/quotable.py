"""A sentence to be read aloud and defended: the claim, whose it is and where it was read, what it is not, and the way to its evidence."""

from datetime import UTC, tzinfo

from dash.development.base_component import Component

from dashboard.components.attributes import attributes
from dashboard.components.claimed import is_number, said
from dashboard.components.elements import html
from dashboard.components.links import web_address
from dashboard.components.words import Words
from dashboard.query import Evidence
from ingest.model.vocabulary import Review


def quotable(found: Evidence, words: Words, zone: tzinfo, interval: str) -> list[Component]:
    """The sentence and the button that copies it with the address of its evidence; nothing where the claim has no number.

    `interval` is what the words allow, in words.
    """
    if not found.told:
        return []
    copy = attributes(data_copy="quotable", data_copied=words("quotable.copied"), data_with_address="")
    return [
        html.H3(words("quotable.title")),
        html.P(" ".join(sentences(found, words, zone, interval)), id="quotable", className="quotable", dir="auto"),
        html.Button(words("quotable.copy"), type="button", className="button", **copy),
    ]


def sentences(found: Evidence, words: Words, zone: tzinfo, interval: str) -> list[str]:
    """The claim in plain words; the source's own and their interval, where they are no plain number; where it was read; what it is not."""
    figure, others, value = found.figure, found.contradicted(), str(found.figure["value_text"])
    published = figure["published_at"]
    day = words.day((published if published.tzinfo else published.replace(tzinfo=UTC)).astimezone(zone).date())
    where = {"publisher": figure["publisher_label"], "day": day, "address": web_address(figure["url"])}
    return [
        f"{words.told(found.told, words.language)}.",
        *([] if is_number(value) else [words("quotable.words", value=said(value, words), interval=interval)]),
        words("quotable.read_in" if where["address"] else "quotable.read_without_address", **where),
        words("quotable.claim"),
        *([words("quotable.contradicted", n=others)] if others else []),
        *([words("quotable.second_hand")] if found.document.get("second_hand") else []),
        *([words("quotable.machine")] if figure["review"] == Review.MACHINE else []),
    ]
