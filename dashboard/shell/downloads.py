"""The download menu of a table, for any page with data: `downloads(view, "figures")`."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from dash.development.base_component import Component

from dashboard import query
from dashboard.components.elements import html
from dashboard.components.menus import File, copy_button, file_table, menu
from dashboard.shell.desk import View
from dashboard.state import Filters

_FILES: Final = (
    *(("xlsx", "xlsx", ""), ("csv", "csv", ""), ("csv_bom", "csv", "bom=1"), ("csv_hxl", "csv", "hxl=1")),
    *(("geojson", "geojson", ""), ("parquet", "parquet", ""), ("json", "json", ""), ("zip", "zip", "")),
)
"""What is offered, in this order: its name in the tables of texts, the form, an option of the address."""


def downloads(view: View, table: str, **narrowed: Any) -> Component | None:
    """The menu: the rows as the page displays them and everything, in every form of the table. None where nothing is published.

    `narrowed` are fields of `Filters` that the page itself chooses, such as the metric of its chart.
    """
    if view.db is None:
        return None
    words, db = view.words, view.db
    scopes = _scopes(table, view.filters.changed(**narrowed))
    counted = [(words(f"download.{name}"), query.rows_count(db, table, filters)) for name, filters in scopes]
    files = [
        File(
            *(words(f"form.{name}"), words(f"form_hint.{name}"), form),
            _addresses(view, (table, form, option), scopes, counted),
            query.FORMS[form].slow,
        )
        for name, form, option in _FILES
        if form in query.forms_of(table)
    ]
    return menu(
        words(f"download_of.{table}"),
        [
            file_table(files, counted, words),
            html.P(className="writing", role="status"),
            html.P(words("download.note"), className="note"),
            html.P(
                [
                    copy_button(words("download.copy"), words("download.copied"), _address(view, (table, "csv", ""), scopes[0][1])),
                    html.A(
                        words("download.dictionary"),
                        href=view.address("/export/data-dictionary.csv", f"lang={words.language}&table={table}"),
                        download="",
                    ),
                ],
                className="menu-foot",
            ),
        ],
        "download-menu",
    )


def downloads_of(view: View, table: str, **chosen: Any) -> Component | None:
    """The menu of the rows that `chosen` alone selects, whatever else is filtered, under the rules of the view."""
    return downloads(replace(view, filters=replace(view.filters.cleared(), rules=view.filters.rules, **chosen)), table)


def _scopes(table: str, filters: Filters) -> list[tuple[str, Filters]]:
    """(name, filters) of what can be had: everything, and before it what is displayed where that is not the same."""
    displayed, everything = (_asked(table, one) for one in (filters, filters.cleared()))
    if query.is_narrowed(table) and replace(displayed, sort="") != everything:
        return [("displayed", displayed), ("everything", everything)]
    return [("everything", everything)]


def _asked(table: str, filters: Filters) -> Filters:
    """What selects rows, the columns chosen for the table, and the language the file speaks of itself in."""
    return replace(filters.data(), columns=filters.columns if table == "figures" else (), lang=filters.lang)


def _addresses(
    view: View, wanted: tuple[str, str, str], scopes: Sequence[tuple[str, Filters]], counted: Sequence[tuple[str, int]]
) -> tuple[str, ...]:
    """An address for each scope; none where the form cannot hold its rows. `wanted` is table, form, and an option of the address."""
    holds = query.FORMS[wanted[1]].holds
    return tuple(_address(view, wanted, one) if holds(rows) else "" for (_, one), (_, rows) in zip(scopes, counted, strict=True))


def _address(view: View, wanted: tuple[str, str, str], filters: Filters) -> str:
    table, form, option = wanted
    return view.address(f"/export/{table}.{form}", "&".join(filter(None, (filters.query(), option))))
