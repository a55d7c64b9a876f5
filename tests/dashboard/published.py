"""A small but realistic snapshot for the dashboard's tests, in the layout that publishing writes.

The claims stand in `snapshot/*.csv`: several voices, relays, vague words, open and closed intervals, stocks, parts, claims
without a number, a party's claims about its enemy, and verdicts. `python -m tests.dashboard.published FOLDER [ROWS]` writes one by hand.
"""

import csv
import hashlib
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import pandas as pd

from ingest.compare import Seen, Window, behaviour, compare, incidents, relays, series_table, silence
from ingest.compare.claims.rulings import PUBLISHED as PUBLISHED_RULINGS
from ingest.model import snapshot as layout
from ingest.model.ids import digest
from ingest.model.records import Figure
from ingest.model.schema import TABLES, Column
from ingest.model.vocabulary import (
    GroupStatus,
    Interest,
    Kind,
    Metric,
    PartOf,
    PlacePrecision,
    Qualifier,
    Review,
    Sex,
    SourceKind,
    Unit,
    ValueStatus,
    Verification,
)
from ingest.publish import frames

Row = dict[str, Any]
HERE = Path(__file__).parent / "snapshot"
CRISIS = "syria-2024"
LISTED_DAYS, LISTED_LIKE = 30, "f-e4"
PUBLISHED = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
WINDOW = Window(date(2024, 11, 27), date(2024, 12, 16), ZoneInfo("Asia/Damascus"))
RULES = {str(code): f"{code}.{variant}" for code, variant in reversed(PUBLISHED_RULINGS)}
TYPES = {
    "string": "VARCHAR",
    "list": "VARCHAR",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "datetime": "TIMESTAMPTZ",
}


def _read(name: str) -> list[dict[str, str]]:
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _interval(qualifier: str, n: str) -> tuple[int | None, int | None, int | None, bool]:
    """(low, best, high, open) of the words, as definitions section 6 reads them."""
    if qualifier in ("vague", "range"):
        low, _, high = n.partition("-")
        return int(low), None, int(high) if high else None, not high
    if qualifier == "none":
        return None, None, None, False
    value = int(n)
    margin = -(-value // 10)
    return {
        "exact": (value, value, value, False),
        "at_least": (value, value, None, True),
        "more_than": (value, value, None, True),
        "up_to": (0, None, value, False),
        "about": (value - margin, value, value + margin, False),
        "nearly": (value - margin, value, value, False),
    }[qualifier]


def _place(place: Mapping[str, str]) -> Row:
    fine = place["precision"] in ("city_or_town", "site")
    return {
        "place_text": place["name_en"],
        "place_id": place["id"],
        "place_name": place["name_en"],
        "adm1_id": place["adm1"],
        "adm_level": int(place["level"]) if place["level"] else None,
        "place_precision": PlacePrecision(place["precision"]),
        "coverage_area": tuple(place["coverage"].split(";")) if place["coverage"] else (),
        "lat": float(place["lat"]) if fine else None,
        "lon": float(place["lon"]) if fine else None,
    }


def _days(claim: Mapping[str, str]) -> Row:
    day = date.fromisoformat(claim["day"])
    start = date.fromisoformat(claim["start"]) if claim["start"] else None
    published = datetime.combine(day + timedelta(days=1), time(9), UTC) + timedelta(minutes=int(digest(claim["key"], length=2), 16))
    times: Row = {"as_of": day, "as_of_inferred": start is None, "published_at": published, "retrieved_at": PUBLISHED}
    if claim["kind"] in ("cumulative", "period"):
        return {**times, "window_start": start, "window_end": day}
    return {**times, "event_start": start, "event_end": day if start else None}


def _figure(claim: Mapping[str, str], places: Mapping[str, Mapping[str, str]], kinds: Mapping[str, str]) -> Figure:
    low, best, high, is_open = _interval(claim["qualifier"], claim["n"])
    status = {"none": ValueStatus.NO_NUMBER}.get(claim["qualifier"], ValueStatus.EXPLICIT_ZERO if best == 0 else ValueStatus.STATED)
    source, publisher = claim["source"], claim["publisher"]
    series = (claim["metric"], claim["kind"], claim["status"], claim["side"], claim["sex"], claim["age"], claim["role"], claim["place"])
    at = claim["quote"].find(claim["said"])
    return Figure(
        figure_id="f-" + claim["key"],
        claim_id="c" + digest(source, *series, claim["day"], low, best, high),
        document_id="d" + digest(publisher, claim["quote"], claim["day"]),
        crisis=CRISIS,
        metric=Metric(claim["metric"]),
        kind=Kind(claim["kind"]),
        group_status=GroupStatus(claim["status"]),
        group_side=claim["side"],
        group_sex=Sex(claim["sex"]) if claim["sex"] else None,
        group_age=claim["age"] or None,  # type: ignore[arg-type]  # the value of an Age
        group_role=claim["role"],
        group_label=claim["status"],
        parent_figure_id="f-" + claim["parent"] if claim["parent"] else "",
        part_of=PartOf(claim["part"]) if claim["part"] else None,
        value_text=claim["said"],
        value_status=status,
        qualifier=Qualifier(claim["qualifier"]),
        value_low=low,
        value_best=best,
        value_high=high,
        interval_open_high=is_open,
        interval_rule=f"{claim['qualifier']}/1",
        unit=Unit.HOUSEHOLD if "families" in claim["quote"] and claim["n"] == "30000" else Unit.PERSON,
        publisher=publisher,
        publisher_kind=SourceKind(kinds.get(publisher, "media")),
        relayed_via=() if publisher in (source, "afp", "reuters") else ("afp",),
        claimed_source=source,
        claimed_source_text=source.upper(),
        claimed_source_kind=SourceKind(kinds[source]),
        independence_group=source,
        interest=Interest(claim["interest"]),
        verification=Verification.SECOND_HAND,
        review=Review.HUMAN_CHECKED if claim["key"] in ("s9", "c9", "n1", "e4", "w3", "d8") else Review.MACHINE,
        confidence=0.9,
        language="ar" if claim["key"].startswith("ar") else "en",
        quote=claim["quote"],
        quote_start=40,
        span_start=40 + max(at, 0),
        span_end=40 + max(at, 0) + len(claim["said"]),
        url=f"https://example.org/{publisher}/{claim['day']}",
        archive_sha256=hashlib.sha256(claim["quote"].encode()).hexdigest(),
        extractor_version="1",
        first_seen_at=PUBLISHED,
        **_place(places[claim["place"]]),
        **_days(claim),
    )


def _sample_figures() -> list[Figure]:
    places = {place["key"]: place for place in _read("places")}
    kinds = {organisation["id"]: organisation["kind"] for organisation in _read("organisations")}
    return [_figure(claim, places, kinds) for claim in _read("claims")]


def _repeated(figures: Sequence[Figure], rows: int) -> Iterator[Figure]:
    """The same claims again and again, each round a day later and with its own identities, until there are `rows`."""
    for number in range(rows):
        turn, figure = divmod(number, len(figures))[0], figures[number % len(figures)]
        if turn == 0:
            yield figure
            continue
        later = timedelta(days=turn % 300)
        moved = {
            name: value + later
            for name in ("as_of", "event_start", "event_end", "window_end", "published_at")
            if (value := getattr(figure, name))
        }
        parent = f"{figure.parent_figure_id}-{turn}" if figure.parent_figure_id else ""
        identities = {name: f"{getattr(figure, name)}-{turn}" for name in ("figure_id", "claim_id", "document_id")}
        yield replace(figure, parent_figure_id=parent, **identities, **moved)


def _documents(figures: Sequence[Figure]) -> list[Row]:
    read: dict[str, Row] = {}
    for figure in figures:
        document = read.setdefault(
            figure.document_id,
            {
                "document_id": figure.document_id,
                "source": "sample",
                "publisher": figure.publisher,
                "relayed_via": figure.relayed_via,
                "title": f"Report of {figure.publisher}, {figure.as_of}",
                "language": figure.language,
                "url": figure.url,
                "citation": "Publicly reported figure, paraphrased.",
                "licence": "CC0-1.0",
                "second_hand": True,
                "published_at": figure.published_at,
                "retrieved_at": figure.retrieved_at,
                "media_type": "text/plain",
                "archive_sha256": figure.archive_sha256,
                "characters": 400,
                "figures": 0,
            },
        )
        document["figures"] += 1
    return list(read.values())


def _discrepancies(figures: Mapping[str, Figure]) -> list[Row]:
    places = {place["key"]: place for place in _read("places")}
    return [_verdict(row, figures["f-" + row["a"]], figures["f-" + row["b"]], places[row["place"]]) for row in _read("discrepancies")]


def _verdict(row: Mapping[str, str], a: Figure, b: Figure, place: Mapping[str, str]) -> Row:
    numbers = [f.value_best if f.value_best is not None else f.value_low for f in (a, b)]
    small, large = sorted(n or 0 for n in numbers)
    sides = {
        f"{name}_{side}": value
        for side, f in (("a", a), ("b", b))
        for name, value in (
            ("figure", f.figure_id),
            ("claimed_source", f.claimed_source),
            ("publisher", f.publisher),
            ("value", f.value_text),
            ("low", f.value_low),
            ("high", f.value_high),
        )
    }
    return {
        "discrepancy_id": "x" + digest(a.figure_id, b.figure_id, row["code"]),
        "code": row["code"],
        "comparability": row["comparability"],
        "first_difference": row["first"],
        "vector": "metric=same;kind=same",
        "severity": row["severity"],
        "ratio": large / small if small else None,
        "gap": large - small,
        "metric": a.metric,
        "kind": a.kind,
        "group_status": a.group_status,
        "day": a.event_start or max(a.as_of or date.min, b.as_of or date.min),
        "place_id": place["id"],
        "place_name": place["name_en"],
        "adm1_id": place["adm1"],
        "sentence_en": row["sentence"],
        "sentence_ar": "",
        "sentence_fr": "",
        "rule": f"{RULES[row['code']]}/1",
        **sides,
    }


def _listed_figures() -> Iterator[Figure]:
    """A month in which three monitors list one incident a day in Idlib, and a wire passes one of them on.

    Each lists some that others miss, by the number of the day; the first counts twice what the others do, the last is six hours late.
    """
    model = next(figure for figure in _sample_figures() if figure.figure_id == LISTED_LIKE)
    for number in range(LISTED_DAYS):
        lists = {"sohr": number % 3 != 1, "snhr": number % 4 != 2, "white_helmets": number % 5 != 3}
        whole = number in (0, LISTED_DAYS - 1)
        for order, source in enumerate(lists):
            if lists[source] or whole:
                own = _listed(model, source, number, hours=3 * order)
                yield own
                if source == "sohr":
                    later = own.published_at + timedelta(hours=2)
                    yield replace(
                        own, figure_id=own.figure_id + "-afp", document_id=own.document_id + "-afp", publisher="afp", published_at=later
                    )


def _listed(model: Figure, source: str, number: int, *, hours: int) -> Figure:
    """The incident of a day as a monitor lists it."""
    day, value = date(2025, 1, 1) + timedelta(days=number), 8 if source == "sohr" else 4
    identity = f"f-{source}-{number}"
    numbers = dict.fromkeys(("value_low", "value_best", "value_high"), value)
    days = dict.fromkeys(("as_of", "event_start", "event_end"), day)
    return replace(
        model,
        figure_id=identity,
        claim_id=f"c-{identity}",
        document_id=f"d-{identity}",
        value_text=str(value),
        quote=f"{value} civilians were killed in one strike.",
        span_start=40,
        span_end=41,
        review=Review.MACHINE,
        claimed_source=source,
        independence_group=source,
        publisher=source,
        relayed_via=(),
        url=f"https://example.org/{source}/{day}",
        published_at=datetime.combine(day, time(9 + hours), UTC),
        **numbers,
        **days,
    )


def _tables(rows: int | None, *, lists: bool = False) -> dict[str, list[Row]]:
    figures = [*_sample_figures(), *(_listed_figures() if lists else ())]
    verdicts = _discrepancies({figure.figure_id: figure for figure in figures})
    if rows is not None:
        figures = list(_repeated(figures, rows))
    places = [
        {"place_id": p["id"], "parent_id": p["parent"], "adm1_id": p["adm1"], "adm_level": int(p["level"]) if p["level"] else None}
        | {"name_en": p["name_en"], "name_ar": p["name_ar"], "name_fr": p["name_fr"]}
        | {"lat": float(p["lat"] or 0), "lon": float(p["lon"] or 0)}
        for p in _read("places")
        if p["level"]
    ]
    return {
        "figures": [asdict(figure) | _noted(figure) for figure in figures],
        "documents": _documents(figures),
        "organisations": [{"organisation": o.pop("id"), **o} for o in _read("organisations")],
        "sources": [_source("sample", "Sample reports", "ready", ""), _source("reliefweb", "ReliefWeb", "failing", "Not reached.")],
        "discrepancies": verdicts,
        "rulings": [],
        "corrections": list(_corrections()),
        "incidents": [],  # these two follow from the figures
        "incident_claims": [],
        "places": places,
        "runs": [
            {"run_id": "r1", "verb": "ingest", "source": "sample", "started_at": PUBLISHED, "finished_at": PUBLISHED, "outcome": "ok"},
            {"run_id": "r2", "verb": "refresh", "source": "reliefweb", "started_at": PUBLISHED, "outcome": "failed"},
        ],
        "mandates": [
            {**mandate, "metric": metric, "collectors": (mandate["collectors"],), "places": mandate["places"].split(";")}
            for mandate in _read("mandates")
            for metric in mandate.pop("metrics").split(";")
        ],
    }


NOTED = "f-o1"
NOTE, WITHDRAWAL = "k0000000000000001", "k0000000000000002"


def _corrections() -> Iterator[Row]:
    """A note on a figure in two languages, and the withdrawal of a document that is in no other table."""
    said = {"written_by": "data desk", "written_at": PUBLISHED, "standing": True}
    yield {
        "correction_id": NOTE,
        "kind": "correction",
        "figures": (NOTED,),
        "note_en": "The page counts one building twice.",
        "note_ar": "عُدّ مبنى مرتين.",
        **said,
    }
    yield {
        "correction_id": WITHDRAWAL,
        "kind": "withdrawal",
        "documents": ("d-elsewhere",),
        "note_fr": "L’éditeur a repris le rapport.",
        **said,
    }


def _noted(figure: Figure) -> Row:
    return {"correction_ids": (NOTE,)} if figure.figure_id == NOTED else {}


def _followed(tables: Mapping[str, list[Row]], *, lists: bool) -> dict[str, pd.DataFrame]:
    """The tables that follow from the others, by the program's own functions; with `lists` the verdicts are its own too."""
    told = {name: frames.frame(name, rows) for name, rows in tables.items()}
    given = {name: told[name] for name in ("organisations", "places")}
    events = zip(("incidents", "incident_claims"), incidents(told["figures"], **given), strict=True)
    anew = {name: frames.conform(name, table) for name, table in events}
    if lists:
        anew["discrepancies"] = frames.conform("discrepancies", compare(told["figures"], **given))
    pair = told["figures"], anew.get("discrepancies", told["discrepancies"])
    seen = Seen(**{name: told[name] for name in ("figures", "documents", "mandates", "sources", "runs")})
    of_time = {"silence": silence(seen, WINDOW), "series": series_table(told["figures"], **given)}
    return {**anew, "relays": relays(*pair), "behaviour": behaviour(*pair), **of_time}


def _source(name: str, title: str, state: str, note: str) -> Row:
    failing = PUBLISHED - timedelta(days=2) if state == "failing" else None
    described = {"limitation": "Paraphrases of publicly reported figures.", "kind": "media", "languages": ("en", "ar")}
    return {
        "source": name,
        "title": title,
        "state": state,
        "state_note": note,
        "failing_since": failing,
        "changed_at": failing,
        "cadence_hours": 24.0,
        **described,
    }


def _stored(value: Any, column: Column) -> Any:
    if column.type == "list":
        return ";".join(value or ())
    if column.type == "string":
        return "" if value is None else str(value)
    return value.isoformat() if isinstance(value, date) else value


def _write(path: Path, rows: Sequence[Row], columns: Sequence[Column]) -> None:
    """Write one table as Parquet. Lines of JSON carry every type through DuckDB."""
    lines = path.with_suffix(".jsonl")
    with lines.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps({c.name: _stored(row.get(c.name), c) for c in columns}) + "\n" for row in rows)
    types = ", ".join(f"'{column.name}': '{TYPES[column.type]}'" for column in columns)
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute(f"COPY (FROM read_json('{lines}', columns = {{{types}}})) TO '{path}' (FORMAT parquet)")
    lines.unlink()


@cache
def _made(rows: int | None, *, lists: bool) -> tuple[Mapping[str, bytes], Mapping[str, int]]:
    """The bytes of each table by the name of its file, and the rows of each; made once in a process, for many tests begin with them."""
    tables = _tables(rows, lists=lists)
    followed = _followed(tables, lists=lists)
    with TemporaryDirectory() as made:
        folder = Path(made)
        with frames.connection(folder / "spill") as opened:
            for name, table in followed.items():
                frames.write_parquet(opened, name, frames.conform(name, table), folder / layout.TABLE_FILES[name])
        for name in tables.keys() - followed.keys():
            _write(folder / layout.TABLE_FILES[name], tables[name], TABLES[name])
        files = {file: (folder / file).read_bytes() for file in layout.TABLE_FILES.values()}
    return files, {name: len(table) for name, table in (tables | followed).items()}


def build_snapshot(root: Path, *, crisis: str = CRISIS, number: int = 1, rows: int | None = None, lists: bool = False) -> Path:
    """Write a snapshot of `rows` figures (the sample as it is when None) under `root`/`crisis` and move the pointer to it.

    With `lists` three monitors list incidents for a month, and the verdicts are the comparison's own.
    """
    folder = root / crisis / layout.name(number, digest(number, rows, lists))
    folder.mkdir(parents=True, exist_ok=True)
    files, counts = _made(rows, lists=lists)
    for file, content in files.items():
        (folder / file).write_bytes(content)
    manifest = layout.Manifest(
        id=folder.name,
        crisis=crisis,
        program="test",
        created_at=PUBLISHED,
        rows=dict(counts),
        sha256={file: hashlib.sha256(content).hexdigest() for file, content in files.items()},
    )
    (folder / layout.MANIFEST).write_text(manifest.text(), encoding="utf-8")
    (root / crisis / layout.POINTER).write_text(folder.name + "\n", encoding="ascii")
    return folder


if __name__ == "__main__":
    print(build_snapshot(Path(sys.argv[1]), rows=int(sys.argv[2]) if len(sys.argv) > 2 else None))
