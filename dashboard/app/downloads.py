"""Plain addresses that a browser, `curl` and a spreadsheet can read: the rows of the page's own query."""

from flask import Flask, Response, request

from dashboard import query, shell
from dashboard.components.words import Words
from dashboard.shell import Screen, View
from dashboard.state import A_DAY, Filters, Parameter, unread
from ingest.model.schema import TABLES


def register(server: Flask) -> None:
    """Add the export addresses. Options besides the filters: `bom=1` for old Excel, `hxl=1` for the row of HXL tags."""
    server.add_url_rule("/export/<table>.<suffix>", "export", _export)
    server.add_url_rule("/export/data-dictionary.csv", "export_dictionary", _dictionary)


def _export(table: str, suffix: str) -> Response:
    """The file, or 304 where the reader has it already, or a sentence why there is none."""
    view = shell.desk().look_at("/figures", Filters.from_query(request.args.to_dict(flat=False)), Screen())
    if table not in TABLES:
        return _no_table(table, view.words)
    if suffix not in (forms := query.forms_of(table)):
        given = {"table": table, "form": view.words.quoted(suffix), "forms": view.words.addresses(forms)}
        return _sentence(404, view.words("export.no_form", **given))
    if (told := next(iter(unread(request.args.to_dict(flat=False))), None)) is not None:
        return _unread(*told, view.words)
    if view.db is None:
        return _sentence(503, view.nothing.plainly(view.words))
    download = _download(view, view.db, table)
    tag = query.etag(download, suffix)
    if request.if_none_match.contains_weak(tag):  # known to the reader: nothing is read
        answer = Response(status=304)
    elif not query.FORMS[suffix].holds(download.rows):
        limits = {"most": query.FORMS[suffix].most, "sheet": query.SHEET_ROWS}
        return _sentence(422, view.words("download.too_many", n=download.rows, **limits))
    else:
        answer = Response(query.FORMS[suffix].make(download), content_type=query.FORMS[suffix].content_type)
        answer.headers["Content-Disposition"] = f'attachment; filename="{query.filename(download, suffix)}"'
    answer.set_etag(tag, weak=True)  # the same rows, compressed or not
    answer.headers["Cache-Control"] = "no-cache"
    return answer


def _download(view: View, db: query.Snapshot, table: str) -> query.Download:
    options = {name: request.args.get(name) == "1" for name in ("bom", "hxl")}
    return query.Download(db, table, view.filters, request.url, view.title, view.words, **options)


def _dictionary() -> Response:
    """What the columns of a table mean, in the language of the address; `table` names another one than figures."""
    table = request.args.get("table", "figures")
    words = shell.desk().look_at("/method", Filters.from_query(request.args.to_dict(flat=False)), Screen()).words
    if table not in TABLES:
        return _no_table(table, words)
    answer = Response(query.data_dictionary_csv(table, words), content_type=query.FORMS["csv"].content_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="data-dictionary-{table}.csv"'
    return answer


def _no_table(table: str, words: Words) -> Response:
    return _sentence(404, words("export.no_table", table=words.quoted(table), tables=words.addresses(TABLES)))


def _unread(parameter: Parameter, part: str, words: Words) -> Response:
    """Refuses what would be a file of other rows than asked for."""
    reason = "export.no_day" if parameter.takes is A_DAY else "export.unread" if parameter.takes else "export.unreadable"
    return _sentence(400, words(reason, given=words.quoted(f"{parameter.key}={part}"), takes=words.addresses(parameter.takes)))


def _sentence(status: int, text: str) -> Response:
    return Response(text + "\n", status, mimetype="text/plain")
