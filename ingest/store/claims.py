"""What follows from the cells of a tidy row: voice, vote, interval, dates and the identity of the claim."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ingest.model.claims import UNATTRIBUTED, claim, interest
from ingest.model.crisis import Crisis, Organisation
from ingest.model.intervals import hedged
from ingest.model.records import Document, Figure
from ingest.model.vocabulary import Metric, Qualifier, SourceKind, Unit, ValueStatus

_ONE_NUMBER = {Qualifier.EXACT, Qualifier.AT_LEAST, Qualifier.MORE_THAN, Qualifier.NEARLY, Qualifier.ABOUT}
_COUNTED = {Metric.INCIDENT_COUNT, Metric.FACILITY_HIT}


def completed(given: Mapping[str, Any], document: Document, crisis: Crisis) -> tuple[Figure, tuple[int, ...]]:
    """The figure without identity, and the numbers any of which its text may state (none for a claim without a number).

    What is given is kept; only what is missing is worked out. Raises `ValueError` whose text says what does not fit.
    """
    if given.get("crisis", crisis.id) != crisis.id:
        raise ValueError(f"column crisis: the row belongs to {given['crisis']!r}, not to {crisis.id!r}")
    values = {**given, "crisis": crisis.id}
    values |= interval(values)
    values |= voice(values, document, crisis)
    values |= _dates(values, document, crisis)
    values.setdefault("unit", unit_of(values["metric"]))
    values.setdefault("language", document.language)
    figure = Figure(**{"figure_id": "", "claim_id": "", "document_id": "", **values})
    return replace(figure, claim_id=figure.claim_id or claim(figure)), statable(figure)


def named(figures: Iterable[Figure], labels: Mapping[str, str], links: Sequence[str]) -> Iterator[Figure]:
    """The figures with links to labels of their table turned into links to identities; other links stay as they are."""
    for figure in figures:
        linked = {name: labels.get(getattr(figure, name), getattr(figure, name)) for name in links if getattr(figure, name)}
        yield replace(figure, **linked) if linked else figure


def interval(values: Mapping[str, Any]) -> dict[str, Any]:
    """What the numbers of a row and its words for them make of its interval. Raises `ValueError`."""
    low, best, high = (values.get(name) for name in ("value_low", "value_best", "value_high"))
    status = values.get("value_status")
    numberless = (low, best, high) == (None, None, None)
    if status in {ValueStatus.NO_NUMBER, ValueStatus.EXPLICIT_UNKNOWN}:
        if not numberless:
            raise ValueError(f"column value_status: {status.value!r} says there is no number, but there is one")
        return {"value_status": status, "qualifier": values.get("qualifier", Qualifier.NONE)}
    if numberless:
        raise ValueError("column value_best is empty and so are value_low and value_high; give one, or value_status no_number")
    qualifier = values.get("qualifier") or _qualifier(low, best, high)
    derived: dict[str, Any] = {
        "value_status": status or (ValueStatus.EXPLICIT_ZERO if (best, high or 0) == (0, 0) else ValueStatus.STATED),
        "qualifier": qualifier,
    }
    if low is None and high is None and best is not None:
        if qualifier not in _ONE_NUMBER:
            raise ValueError(
                f"column qualifier: {qualifier.value!r} has no single number; fill in value_low and value_high instead of value_best"
            )
        bounds = hedged(best, None, qualifier)
        low, high = bounds.low, bounds.high
        derived |= {"value_low": low, "value_high": high, "interval_rule": values.get("interval_rule") or bounds.rule}
    derived["interval_open_high"] = values.get("interval_open_high", high is None)
    _require_order(low, best, high)
    return derived


def _require_order(low: int | None, best: int | None, high: int | None) -> None:
    """Low, best and high ascend; "more than 12" begins one above the number stated, "fewer than 100" ends one below."""
    crossed = low is not None and high is not None and low > high
    outside = best is not None and ((low is not None and best < low - 1) or (high is not None and best > high + 1))
    if crossed or outside:
        raise ValueError("columns value_low, value_best and value_high are not in ascending order")


def _qualifier(low: int | None, best: int | None, high: int | None) -> Qualifier:
    if best is not None and low in {None, best} and high in {None, best}:
        return Qualifier.EXACT
    if low is not None and high is None:
        return Qualifier.AT_LEAST
    if low is not None:
        return Qualifier.RANGE  # with a number of its own where the source has one, as low, best and high
    raise ValueError("column qualifier is empty, and the interval does not tell what the words were; fill it in")


def statable(figure: Figure) -> tuple[int, ...]:
    """The numbers a text may state for this value: a bound may be one off what is written ("fewer than 100" ends at 99)."""
    if figure.value_status is not ValueStatus.STATED or figure.qualifier is Qualifier.VAGUE:
        return ()
    if figure.value_best is not None:
        return (figure.value_best,)
    low, high = figure.value_low, figure.value_high
    match figure.qualifier:
        case Qualifier.UP_TO if high is not None:
            return (high,)
        case Qualifier.FEWER_THAN if high is not None:
            return (high + 1, high)
        case Qualifier.MORE_THAN if low is not None:
            return (low - 1, low)
        case _:
            return tuple(value for value in (low, high) if value is not None)


def voice(values: Mapping[str, Any], document: Document, crisis: Crisis) -> dict[str, Any]:
    """Who publishes and who claims, their kinds, their vote, and what is at stake for them."""
    publisher = values.get("publisher") or document.publisher
    claimed = values.get("claimed_source") or publisher or UNATTRIBUTED
    source = crisis.organisations.get(claimed)
    basis = values.get("primary_basis", source.basis if source else "")
    return {
        "publisher": publisher,
        "publisher_kind": values.get("publisher_kind") or _kind(crisis.organisations.get(publisher)),
        "claimed_source": claimed,
        "claimed_source_kind": values.get("claimed_source_kind") or _kind(source),
        "primary_basis": basis,
        "independence_group": values.get("independence_group") or basis or claimed,
        "interest": values.get("interest") or interest(source, values.get("group_status"), values.get("group_side", "")),
    }


def unit_of(metric: Metric) -> Unit:
    """What is counted where a row does not say it."""
    return Unit.COUNT if metric in _COUNTED else Unit.PERSON


def _kind(organisation: Organisation | None) -> SourceKind:
    return organisation.kind if organisation else SourceKind.OTHER


def _dates(values: Mapping[str, Any], document: Document, crisis: Crisis) -> dict[str, Any]:
    published = values.get("published_at") or document.published_at
    as_of = values.get("as_of")
    return {
        "published_at": published,
        "retrieved_at": values.get("retrieved_at") or document.retrieved_at,
        "as_of": as_of or published.astimezone(crisis.timezone).date(),
        "as_of_inferred": values.get("as_of_inferred", as_of is None),
    }
