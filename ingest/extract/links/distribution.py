"""Who gets which, where a sentence says it in two lists: `eight and 11 in A and B, respectively`, `three each in A and B`."""

from collections.abc import Iterator
from dataclasses import replace

from ingest.extract.figures import Found
from ingest.extract.people.quantity import Quantity
from ingest.extract.placing.chains import listed
from ingest.extract.placing.mentions import Mention
from ingest.extract.words import bit
from ingest.extract.words.items import Item
from ingest.extract.words.sentences import Text
from ingest.model.vocabulary import Metric
from ingest.places.gazetteer import Gazetteer


def share_metrics(quantities: list[Quantity], text: Text) -> None:
    """`Three and six were killed and injured, respectively`: the first number is of the first word, the second of the second."""
    both = [q for q in quantities if q.metric is Metric.KILLED_OR_INJURED and q.parent is None and q.trigger is not None]
    if len(both) != 2 or both[0].trigger != both[1].trigger or both[0].trigger is None:
        return
    words = [text.words[at] for at in range(*both[0].trigger)]
    metrics = [word.own.metric for word in words if word.own is not None and word.own.metric is not None]
    if len(metrics) == 2:
        for quantity, metric in zip(both, metrics, strict=True):
            quantity.metric, quantity.rule = metric, "its turn in the list, respectively"


def shared_places(quantities: list[Quantity], mentions: list[Mention], text: Text, gazetteer: Gazetteer) -> dict[int, Mention]:
    """By quantity, the place whose turn it is, where there are as many places in a list as counts."""
    tops = [q for q in quantities if q.parent is None]
    runs = listed(mentions, text, gazetteer)
    run = next((run for run in runs if len(run) == len(tops) > 1), None)
    return {} if run is None else {id(q): mention for q, mention in zip(tops, run, strict=True)}


def for_each(one: Found, items: list[Item], mentions: list[Mention], text: Text, gazetteer: Gazetteer) -> Iterator[Found]:
    """A count once per place of the list it is said of, where it is said of each of them; otherwise the count as it is."""
    quantity = one.quantity
    here = items[quantity.after] if quantity.after < len(items) else None
    run = (
        next((run for run in listed(mentions, text, gazetteer) if len(run) > 1), None)
        if here is not None and here.flags & bit.EACH
        else None
    )
    if run is None:
        yield one
        return
    for share, mention in enumerate(run):
        yield replace(one, mention=mention, quantity=replace(quantity, share=share) if share else quantity)
