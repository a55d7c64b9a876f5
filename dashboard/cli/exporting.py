"""`export` with every form that the pages offer: workbook, GeoJSON, and the zip that explains itself, made as the pages make them."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from dashboard import query
from dashboard.app import assets_folder
from dashboard.components.words import load_words, speak
from dashboard.state import LANGUAGES, Filters
from ingest.cli.exporting import PLAIN, Wanted, export_in
from ingest.errors import SettingsError
from ingest.pipeline.opening import crisis_of
from ingest.publish.exports import whole


def _as_a_page_does(form: str, wanted: Wanted, target: Path) -> int:
    """Write a table in a form of the pages and return its rows. Raises `SettingsError` where the table cannot be had in it."""
    if form not in query.forms_of(wanted.table):
        had = ", ".join(dict.fromkeys((*PLAIN, *query.forms_of(wanted.table))))
        raise SettingsError(f"{wanted.table} cannot be had as {form}, its rows have no coordinates; it can be had as: {had}.")
    crisis = crisis_of(wanted.settings)
    db = query.Snapshot(wanted.folder, crisis.id, crisis.labels())
    words = speak(load_words(assets_folder() / "translations"), wanted.language)
    title = words.of(crisis.title)
    download = query.Download(db, wanted.table, Filters(lang=wanted.language), title=title, translate=words, hxl=wanted.hxl)
    shape = query.FORMS[form]
    if not shape.holds(download.rows):
        raise SettingsError(
            f"{wanted.table} has {download.rows:,} rows, more than the {shape.most:,} of a {form} file; take csv or parquet."
        )
    with whole(target) as partial_file, partial_file.open("wb") as file:
        file.writelines(shape.make(download))
    return download.rows


_MORE: Final[dict[str, Callable[[Wanted, Path], int]]] = {form: partial(_as_a_page_does, form) for form in query.FORMS if form not in PLAIN}
export = export_in(_MORE, LANGUAGES)
