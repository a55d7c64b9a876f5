"""Downloads: the rows of a table that the filters select, all of them, in the forms other programs read.

Download  ->  Selection (SQL)  ->  bytes in chunks: CSV, JSON, GeoJSON, Parquet, XLSX, or a zip that explains itself
"""

from dashboard.query.exports.bundle import data_dictionary_csv
from dashboard.query.exports.forms import FORMS, Form, etag, filename, forms_of
from dashboard.query.exports.notes import TEXTS, About, about
from dashboard.query.exports.selections import COLUMNS, Download, is_narrowed, rows_count
from dashboard.query.exports.sheets import SHEET_ROWS

__all__ = [
    "COLUMNS",
    "FORMS",
    "SHEET_ROWS",
    "TEXTS",
    "About",
    "Download",
    "Form",
    "about",
    "data_dictionary_csv",
    "etag",
    "filename",
    "forms_of",
    "is_narrowed",
    "rows_count",
]
