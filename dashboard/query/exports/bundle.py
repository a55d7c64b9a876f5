"""A zip that explains itself: the rows as CSV, what each column means, how to cite them, and a Frictionless data package.

`datapackage.json` follows the Data Package specification (profile `tabular-data-package`), so that `frictionless validate`, R's
`frictionless` and other readers know the types, the closed lists of words and the key without asking.
"""

import csv as delimited
import hashlib
import io
import json
from collections.abc import Iterator
from enum import StrEnum
from typing import Any, Final

from dashboard.query.exports.lines import csv
from dashboard.query.exports.notes import about
from dashboard.query.exports.packing import Part, packed
from dashboard.query.exports.selections import COLUMNS, Download
from dashboard.query.wording import Translate
from ingest.model import vocabulary
from ingest.model.cells import safe_cell
from ingest.model.schema import KEYS, Column

PACKAGE: Final = "datapackage.json"
_TYPES: Final = {"list": "string"}  # a list is one cell, joined by `;`


def bundle(download: Download) -> Iterator[bytes]:
    """The zip in chunks."""
    return packed(_parts(download))


def _parts(download: Download) -> Iterator[Part]:
    """The rows first, for only then their size and their digest are known."""
    digest, size = hashlib.sha256(), 0

    def told() -> Iterator[bytes]:
        nonlocal size
        for chunk in csv(download):
            digest.update(chunk)
            size += len(chunk)
            yield chunk

    yield Part(f"{download.table}.csv", told(), download.cells)
    yield Part("data-dictionary.csv", [data_dictionary_csv(download.table, download.translate)])
    yield Part("CITATION.txt", [about(download).text().encode()])
    described = {**_package(download), "resources": [{**_resource(download), "bytes": size, "hash": f"sha256:{digest.hexdigest()}"}]}
    yield Part(PACKAGE, [(json.dumps(described, ensure_ascii=False, indent=2) + "\n").encode()])


def data_dictionary_csv(table: str = "figures", translate: Translate = str) -> bytes:
    """What each column of the table means, as CSV, in the reader's language."""
    out = io.StringIO()
    writer = delimited.writer(out)
    writer.writerow(["column", "type", "meaning", "hxl"])
    writer.writerows([c.name, c.type, safe_cell(translate(c.meaning)), c.hxl] for c in COLUMNS[table])
    return out.getvalue().encode()


def _package(download: Download) -> dict[str, Any]:
    db, told = download.db, about(download)
    return {
        "profile": "tabular-data-package",
        "name": f"crosscount-{db.crisis}-{_slug(download.table)}",
        "title": download.title or db.crisis,
        "description": told.text(),
        "version": db.id,
        "created": f"{db.published_at:%Y-%m-%dT%H:%M:%SZ}",
        "sources": _sources(download),
        "citation": told.citation,
    }


def _sources(download: Download) -> list[dict[str, str]]:
    """Who is read, with the address where it is one of the web."""
    found = download.db.rows("SELECT title, address FROM published_sources WHERE documents > 0 ORDER BY title")
    return [{"title": title, **({"path": address} if address.startswith("http") else {})} for title, address in found]


def _resource(download: Download) -> dict[str, Any]:
    columns, key = download.columns, KEYS.get(download.table, ())
    named = {"primaryKey": list(key)} if key else {}
    return {
        "profile": "tabular-data-resource",
        "name": _slug(download.table),
        "path": f"{download.table}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig" if download.bom else "utf-8",
        "dialect": {"lineTerminator": "\r\n", **({"commentRows": [2]} if download.hxl else {})},
        "schema": {"fields": [_field(column, download.translate) for column in columns], **named, "missingValues": [""]},
    }


def _field(column: Column, translate: Translate) -> dict[str, Any]:
    kind, meaning = _TYPES.get(column.type, column.type), translate(column.meaning)
    field: dict[str, Any] = {"name": column.name, "type": kind, "description": meaning}
    if column.hxl:
        field["hxl"] = column.hxl
    if column.type == "boolean":
        field |= {"trueValues": ["true"], "falseValues": ["false"]}
    words = getattr(vocabulary, column.closed, None) if column.closed and column.type == "string" else None
    if isinstance(words, type) and issubclass(words, StrEnum):
        field["constraints"] = {"enum": [word.value for word in words]}
    return field


def _slug(table: str) -> str:
    """A name as data packages want them: small letters, digits, hyphens."""
    return table.replace("_", "-")
