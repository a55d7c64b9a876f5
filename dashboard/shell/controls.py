"""The filter bar: what every page can be narrowed by. On narrow screens it is a drawer behind one button."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

import dash_mantine_components as dmc
from dash.development.base_component import Component

from dashboard import query
from dashboard.components.attributes import attributes, list_in_place
from dashboard.components.elements import html
from dashboard.components.words import Words
from dashboard.shell.desk import View

_CALENDARS: Final[Mapping[str, Mapping[str, Any]]] = {
    "en": {"valueFormat": "D MMM YYYY"},
    "fr": {"valueFormat": "DD/MM/YYYY"},
    "ar": {
        "valueFormat": "MMMM ",
        "monthLabelFormat": "MMMM",
        **dict.fromkeys(("yearLabelFormat", "decadeLabelFormat", "yearsListFormat"), " MMMM"),
        "renderDay": {"function": "dayOfMonth"},
    },
}
"""How calendars write days by language; two days with months in words would need a second line in their field. The kit writes numbers with
Latin digits alone, so each Arabic text is a lone month, which assets/js/address.js writes as a whole, told apart by the space beside it.
"""
_CONTROLS: Final = ("dates", "metric", "group", "place", "source", "known")
"""The controls of the bar, in its order."""
_ONE_SPELLING: Mapping[str, str] = {}


def control(name: str) -> dict[str, str]:
    """Identity of a control whose value goes into the address under `name`."""
    return {"type": "filter", "name": name}


def filter_bar(view: View) -> Component:
    """Dates, metric, group, place, source, and the day as known."""
    words = view.words
    bar = [
        html.Div(
            [
                html.H2(words("filters.title")),
                html.Button(words("filters.done"), type="button", className="button", **attributes(data_panel="close")),
            ],
            className="filters-head",
        ),
        *(_controls(view, view.db) if view.db is not None else []),
    ]
    return html.Section(bar, id="filters", className="filters", **attributes(aria_label=words("filters.title")))


def filter_places(view: View) -> Component:
    """The bar before its controls have come: their names, each over an empty field."""
    names = (html.Span(view.words(f"filters.{name}"), className="control-name") for name in _CONTROLS)
    return html.Div([html.Div([name, html.Div(className="control-field")], className="control") for name in names], className="filters")


def filters_opener(words: Words) -> Component:
    """Opens the bar where it is a drawer. It stands in the line below, beside what is chosen."""
    drawer = attributes(data_panel="open", aria_controls="filters", aria_expanded="false")
    return html.Button(words("filters.open"), id="filters-open", type="button", className="button filters-open", **drawer)


def _controls(view: View, db: query.Snapshot) -> list[Component]:
    filters, facets, places = view.filters, query.facets(db, view.words.language), query.spellings_of_places(db)
    return [
        _dates(view, facets.first_day, facets.last_day),
        _choice("metric", facets.metrics, filters.metrics, view),
        _choice("group", facets.groups, filters.groups, view),
        _choice("place", _told_apart(facets.places, view), filters.places, view, places),
        _choice("source", facets.sources, filters.sources, view, _sources(view, db)),
        _known(view),
    ]


def _told_apart(places: Sequence[query.Option], view: View) -> list[query.Option]:
    """A division that a town in it has its name from says that it is one; two options of one name could not be told apart."""
    often = Counter(option.label for option in places)
    named = view.words("precision.governorate")
    return [replace(one, label=f"{one.label} ({named})") if often[one.label] > 1 and not one.section else one for one in places]


def _sources(view: View, db: query.Snapshot) -> dict[str, str]:
    """The spellings of the snapshot with what texts of this crisis call the organisation."""
    aliases = {name: [form for forms in one.aliases.values() for form in forms] for name, one in view.crisis.organisations.items()}
    return {name: " | ".join((said, *aliases.get(name, ()))) for name, said in query.spellings_of_sources(db).items()}


def _dates(view: View, first: date | None, last: date | None) -> Component:
    words, filters = view.words, view.filters
    picker = dmc.DatePickerInput(
        id=control("dates"),
        type="range",
        label=words("filters.dates"),
        placeholder=words("filters.all_dates"),
        value=[filters.date_from and filters.date_from.isoformat(), filters.date_to and filters.date_to.isoformat()],
        defaultDate=(filters.date_from or _opens_at(view.crisis.start, first, last)).isoformat(),
        minDate=first and first.isoformat(),
        maxDate=last and last.isoformat(),
        **_CALENDARS.get(words.language, _CALENDARS["en"]),
        allowSingleDateInRange=True,
        clearable=True,
        clearButtonProps={"aria-label": words("filters.clear_one", name=words("filters.dates"))},
        ariaLabels=_calendar_labels(view),
        popoverProps=calendar_named(words("filters.dates")),
    )
    return html.Div(picker, className="control")


def _opens_at(start: date, first: date | None, last: date | None) -> date:
    """The month that calendars open at: the one the crisis begins in, as far as days from `first` to `last` can be chosen. A count of the
    year before would else open them ten months too early.
    """
    return min(max(start, first or start), last or start)


def _known(view: View) -> Component:
    """The day as whose state of knowledge everything is shown."""
    words, known, last = view.words, view.filters.known, view.db.published_at.date() if view.db is not None else None
    picker = dmc.DatePickerInput(
        id=control("known"),
        label=words("filters.known"),
        placeholder=words("filters.known_now"),
        value=known and known.isoformat(),
        defaultDate=(known or view.crisis.end or view.crisis.start).isoformat(),
        minDate=view.crisis.start.isoformat(),
        maxDate=last and last.isoformat(),
        **_CALENDARS.get(words.language, _CALENDARS["en"]),
        clearable=True,
        clearButtonProps={"aria-label": words("filters.clear_one", name=words("filters.known"))},
        ariaLabels=_calendar_labels(view),
        popoverProps=calendar_named(words("filters.known")),
    )
    # A control without a value keeps the one it had; under another key it is another control.
    return html.Div(picker, className="control", key=f"known-{known}")


def calendar_named(label: str) -> dict[str, Any]:
    """What gives a calendar that opens over the page its name: the kit points to a label that is not there."""
    return {"attributes": {"dropdown": attributes(aria_label=label)}}


def _calendar_labels(view: View) -> dict[str, str]:
    words = view.words
    return {
        "previousMonth": words("filters.previous_month"),
        "nextMonth": words("filters.next_month"),
        "monthLevelControl": words("filters.choose_month"),
        "yearLevelControl": words("filters.choose_year"),
    }


def _choice(
    name: str, options: Sequence[query.Option], chosen: Sequence[str], view: View, spellings: Mapping[str, str] = _ONE_SPELLING
) -> Component:
    """A choice of several. `spellings` are further names of its options, by which they are found too."""
    words = view.words
    label = words(f"filters.{name}")
    known = dict.fromkeys(option.value for option in options)
    extra = query.unheld(view.db, name, [value for value in chosen if value not in known], words.language) if view.db is not None else ()
    select = dmc.MultiSelect(
        id=control(name),
        label=label,
        placeholder=words("filters.all"),
        data=_options([*options, *extra]),
        value=list(chosen),
        searchable=True,
        filter={"function": "anySpelling", "options": {"spellings": {one: spellings[one] for one in known if one in spellings}}},
        clearable=True,
        hidePickedOptions=True,
        clearButtonProps={"aria-label": words("filters.clear_one", name=label)},
        nothingFoundMessage=words("filters.nothing"),
        maxDropdownHeight=320,
        **list_in_place(width="max-content", position="bottom-start"),
    )
    return html.Div(select, className="control")


def _options(options: Sequence[query.Option]) -> list[dict[str, Any]]:
    """Options under the headings of their sections, in the order given."""
    sections: dict[str, list[dict[str, str]]] = {}
    for option in options:
        sections.setdefault(option.section, []).append({"value": option.value, "label": option.label})
    if set(sections) <= {""}:
        return list(sections.get("", []))
    return [{"group": section, "items": items} for section, items in sections.items()]
