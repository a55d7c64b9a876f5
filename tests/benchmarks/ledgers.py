"""Ledgers of made-up reports: as documents with figures, and in bulk as the columns of its tables.

The claims are those of `bench_compare`, of a year at the most: what does not fit into it is of another region, with divisions of its own.
"""

import re
import sqlite3
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from bench_compare import DIVISIONS, figures

from ingest.model.ids import digest
from ingest.model.records import Document, Figure
from ingest.model.vocabulary import Age, GroupStatus, Interest, Kind, Metric, PlacePrecision, Qualifier, SourceKind, Unit
from ingest.store import rows as rows_of

PER_DOCUMENT = 100  # figures
YEAR = 547_500  # figures of one region and a year
PART = YEAR // 5  # made, and handed to the ledger, at a time
LOADED = 2_000_000
END = datetime(2050, 1, 1, tzinfo=UTC)
_WORDS: Mapping[str, type] = {
    "metric": Metric, "kind": Kind, "qualifier": Qualifier, "place_precision": PlacePrecision, "unit": Unit, "interest": Interest,
    "group_status": GroupStatus,
}  # fmt: skip
_GIVEN = [
    *("metric", "kind", "group_status", "group_side", "group_age", "publisher", "claimed_source", "independence_group", "interest"),
    *("qualifier", "value_low", "value_best", "value_high", "unit", "as_of", "as_of_inferred", "window_start", "event_start"),
    *("place_id", "adm1_id", "adm_level", "place_precision", "language"),
]


def parts_of(rows: int) -> list[int]:
    """How many figures each part of a ledger has."""
    return [min(PART, rows - start) for start in range(0, rows, PART)]


def reports(rows: int, seed: int, span: int, *, each: int = PER_DOCUMENT, last: bool = False) -> Iterator[tuple[Document, list[Figure]]]:
    """Documents of so many figures each, with a sentence for each; `last` puts all of them on the last days of the span."""
    claims = figures(rows, seed, span=min(span, YEAR))
    if last:
        days = (max(10, min(span, YEAR) // 1500) - 1 - np.arange(rows) % 3).astype("timedelta64[D]")
        moved = np.datetime64("2020-01-01") + days
        claims = claims.assign(as_of=moved, event_start=np.where(claims["event_start"].notna(), moved, np.datetime64("NaT")))
    claims = claims.sort_values(["as_of", "figure_id"], ignore_index=True)
    if region := 0 if seed >= 10**6 else seed // (YEAR // PART):
        claims = claims.assign(**{name: _elsewhere(claims[name], region) for name in ("place_id", "adm1_id")})
    identity = {old: f"f{digest(seed, old)}" for old in claims["figure_id"]}
    claims["claim_id"] = claims["claim_id"].map(identity).fillna("")
    claims["figure_id"] = claims["figure_id"].map(identity)
    for start in range(0, rows, each):
        yield _report(claims.iloc[start : start + each], f"{seed}-{start}")


def _elsewhere(places: "pd.Series[str]", region: int) -> "pd.Series[str]":
    """The same places of another region, whose divisions are numbered on."""
    called = {name: re.sub(r"\d+", lambda found: str(int(found[0]) + region * DIVISIONS), name, count=1) for name in places.unique()}
    return places.map(called)


def _report(claims: pd.DataFrame, number: str) -> tuple[Document, list[Figure]]:
    told = [
        f"{row.claimed_source} said that at least {row.value_text} people were {row.metric} in {row.place_id}."
        for row in claims.itertuples()
    ]
    text, published = "\n".join(told), claims["as_of"].iloc[-1].to_pydatetime().replace(hour=12, tzinfo=UTC)
    seen = published + timedelta(hours=1)
    address, publisher = f"https://bench.example/{number}", str(claims["publisher"].iloc[0])
    document = Document(
        "d" + digest(number), "bench", publisher, f"Report {number}", text, "en", address, published, seen, "text/plain", digest(text)
    )
    found, start = [], 0
    rows: Any = claims.to_dict("records")
    for row, quote in zip(rows, told, strict=True):
        at = start + quote.index("at least ")
        value = f"at least {row['value_text']}"
        found.append(
            Figure(
                row["figure_id"], row["claim_id"], document.document_id, "bench",
                **{name: _given(name, row[name]) for name in _GIVEN},
                value_text=value, claimed_source_kind=SourceKind.MONITOR, published_at=published, retrieved_at=seen,
                quote=quote, quote_start=start, span_start=at, span_end=at + len(value), url=address,
                archive_sha256=document.archive_sha256, extractor_version="bench",
            )
        )  # fmt: skip
        start += len(quote) + 1
    return document, found


def _given(name: str, value: Any) -> Any:
    if name in _WORDS:
        return _WORDS[name](value)
    if name == "group_age":
        return Age(value) if value else None
    if isinstance(value, pd.Timestamp):
        return value.date()
    return None if value is pd.NaT or value != value else value  # noqa: PLR0124 -- NaN is not itself


def fill(path: Path, rows: int) -> None:
    """Put all documents but those of the last part into an SQLite ledger: what the ledger would have written, without its checks."""
    with sqlite3.connect(path) as file:
        indices = []
        for name in ("ix_figures_document_id", "ix_figures_crisis", "ix_documents_address_digest"):
            indices += file.execute("SELECT sql FROM sqlite_master WHERE name = ?", [name]).fetchone()
            file.execute(f"DROP INDEX {name}")
        file.executescript("PRAGMA synchronous = OFF; PRAGMA cache_size = -2000000")
        for part, size in enumerate(parts_of(rows)[:-1]):
            for table, columns in _columns(size, part, rows):
                names, places = ", ".join(columns), ", ".join("?" * len(columns))
                file.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", zip(*columns.values(), strict=True))  # noqa: S608
            file.commit()
        for made in indices:
            file.execute(made)


def _columns(rows: int, part: int, span: int) -> Iterator[tuple[str, dict[str, list[Any]]]]:
    """The columns of documents and of figures: those of one report as the ledger writes it, and in its place what differs by row."""
    claims = figures(rows, part, span=min(span, YEAR)).sort_values(["as_of", "figure_id"], ignore_index=True)
    claims = claims.assign(**{name: _elsewhere(claims[name], part // (YEAR // PART)) for name in ("place_id", "adm1_id")})
    document, read = next(reports(PER_DOCUMENT, 10**7, span))
    said = zip(claims["claimed_source"], claims["value_text"], claims["metric"], claims["place_id"], strict=True)
    quotes = pd.Series([f"{who} said that at least {value} people were {metric} in {place}." for who, value, metric, place in said])
    number = pd.Series(np.arange(rows) // PER_DOCUMENT)
    texts = quotes.groupby(number).agg("\n".join)
    length = quotes.str.len()
    begins = (length + 1).groupby(number).cumsum() - length - 1
    at = begins + claims["claimed_source"].str.len() + len(" said that ")
    stamp = claims["as_of"].groupby(number).transform("last").dt.strftime("%Y-%m-%d")
    ids = pd.Series([f"d{part:07x}{one:08x}" for one in range(int(number.iloc[-1]) + 1)])
    noise = np.random.default_rng(part).bytes(8 * rows).hex()
    called = dict(zip(claims["figure_id"], (f"f{noise[one * 16 : one * 16 + 16]}" for one in range(rows)), strict=True))
    addresses = "https://bench.example/" + ids
    first = ~number.duplicated()
    moments = {"published_at": stamp + " 12:00:00.000000", "retrieved_at": stamp + " 13:00:00.000000"}
    own = {"document_id": ids, "url": addresses, "text": texts, "archive_sha256": ids, "address_digest": ids, "title": "Report " + ids}
    own |= {name: column[first] for name, column in {**moments, "publisher": claims["publisher"]}.items()}
    yield "documents", _filled(rows_of.document_row(document, END), own, len(ids))
    days = {
        name: claims[name].dt.strftime("%Y-%m-%d").where(claims[name].notna(), None) for name in ("as_of", "window_start", "event_start")
    }
    told = {name: claims[name] for name in _GIVEN} | days | moments
    told |= {"figure_id": claims["figure_id"].map(called), "claim_id": claims["claim_id"].map(called), "document_id": ids[number]}
    told |= {"url": addresses[number], "archive_sha256": ids[number], "quote": quotes, "quote_start": begins, "span_start": at}
    told |= {"value_text": "at least " + claims["value_text"], "span_end": at + len("at least ") + claims["value_text"].str.len()}
    yield "figures", _filled(rows_of.figure_row(read[0], END), told, rows)


def _filled(row: Mapping[str, Any], own: Mapping[str, Any], count: int) -> dict[str, list[Any]]:
    """Columns of so many rows: each its own, or what the one row says; as SQLite keeps them."""
    plain = {name: value.strftime("%Y-%m-%d %H:%M:%S.%f") if isinstance(value, datetime) else value for name, value in row.items()}
    found = {name: list(own[name].astype(object)) if name in own else [value] * count for name, value in plain.items()}
    return found
