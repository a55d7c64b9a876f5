"""Plain addresses that a browser, `curl` and a spreadsheet can read: the rows of the page's own query."""

from collections.abc import Callable, Iterator
from typing import Final

from flask import Flask, Response, request

from dashboard import query, shell
from dashboard.shell import Screen, View
from dashboard.state import Filters
from ingest.model.schema import TABLES

Rows = Iterator[bytes]
_WHOLE: Final = frozenset({"relays", "behaviour"})
"""The tables that no filter narrows."""
_TYPES: Final = {"csv": "text/csv; charset=utf-8", "json": "application/json", "zip": "application/zip"}


def register(server: Flask) -> None:
    """Add the export addresses. Options besides the filters: `bom=1` for Excel, `hxl=1` for the row of HXL tags."""
    for table, suffix, make in (
        ("figures", "csv", _figures_csv),
        ("figures", "json", _figures_json),
        ("figures", "zip", _figures_zip),
        ("discrepancies", "csv", _discrepancies_csv),
        ("discrepancies", "json", _discrepancies_json),
        ("discrepancies", "zip", _discrepancies_zip),
        ("silence", "csv", _silence_csv),
        ("series", "csv", _series_csv),
        ("relays", "csv", _whole_csv("relays")),
        ("behaviour", "csv", _whole_csv("behaviour")),
    ):
        server.add_url_rule(f"/export/{table}.{suffix}", f"export_{table}_{suffix}", _export(table, suffix, make))
    server.add_url_rule("/export/data-dictionary.csv", "export_dictionary", _dictionary)


def _export(table: str, suffix: str, make: Callable[[query.Snapshot, View], Rows]) -> Callable[[], Response]:
    def export() -> Response:
        filters = Filters.from_query(request.args.to_dict(flat=False))
        filters = Filters(crisis=filters.crisis) if table in _WHOLE else filters
        view = shell.desk().look_at("/figures", filters, Screen())
        if view.db is None:
            return Response(f"{view.words('nothing.title')} {view.words('nothing.advice')}\n", 503, mimetype="text/plain")
        tag = query.etag(view.db, table, view.filters, suffix, *(f"{name}={on}" for name, on in _options().items()))
        if request.if_none_match.contains_weak(tag):  # known to the reader: nothing is read
            answer = Response(status=304)
        else:
            answer = Response(make(view.db, view), content_type=_TYPES[suffix])
            answer.headers["Content-Disposition"] = f'attachment; filename="{query.filename(view.db, table, view.filters, suffix)}"'
        answer.set_etag(tag, weak=True)  # the same rows, compressed or not
        answer.headers["Cache-Control"] = "no-cache"
        return answer

    return export


def _options() -> dict[str, bool]:
    return {name: request.args.get(name) == "1" for name in ("bom", "hxl")}


def _figures_csv(db: query.Snapshot, view: View) -> Rows:
    return query.figures_csv(db, view.filters, **_options())


def _figures_json(db: query.Snapshot, view: View) -> Rows:
    return query.figures_json(db, view.filters, address=request.url, title=view.title)


def _figures_zip(db: query.Snapshot, view: View) -> Rows:
    return query.figures_zip(db, view.filters, address=request.url, title=view.title, **_options())


def _discrepancies_csv(db: query.Snapshot, view: View) -> Rows:
    return query.discrepancies_csv(db, view.filters, **_options())


def _discrepancies_json(db: query.Snapshot, view: View) -> Rows:
    return query.discrepancies_json(db, view.filters, address=request.url, title=view.title)


def _discrepancies_zip(db: query.Snapshot, view: View) -> Rows:
    return query.discrepancies_zip(db, view.filters, address=request.url, title=view.title, **_options())


def _silence_csv(db: query.Snapshot, view: View) -> Rows:
    return query.silence_csv(db, view.filters, **_options())


def _series_csv(db: query.Snapshot, view: View) -> Rows:
    return query.series_csv(db, view.filters, **_options())


def _whole_csv(table: str) -> Callable[[query.Snapshot, View], Rows]:
    """A table that the filters do not narrow."""
    return lambda db, _: query.whole_csv(db, table, **_options())


def _dictionary() -> Response:
    """What the columns of a table mean; `table` names another one than figures."""
    table = request.args.get("table", "figures")
    if table not in TABLES:
        return Response(f"There is no table {table!r}; there are: {', '.join(TABLES)}.\n", 404, mimetype="text/plain")
    answer = Response(query.data_dictionary_csv(table), content_type=_TYPES["csv"])
    answer.headers["Content-Disposition"] = 'attachment; filename="data-dictionary.csv"'
    return answer
