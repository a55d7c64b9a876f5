"""A made-up country with reports about it, in a data folder of its own: as many figures as asked for, published as the program does.

The claims are those of `bench_compare`, each with a sentence in a report of three. A few claims are carried by hundreds of reports,
as those of a large event are.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from ingest.model.ids import digest
from ingest.model.records import Document, Figure
from ingest.model.vocabulary import Age, GroupStatus, Interest, Kind, Metric, PlacePrecision, Qualifier, SourceKind, Unit
from ingest.pipeline.assembly import assembled
from ingest.places.place import Kind as PlaceKind
from ingest.places.tidy import PLACE_COLUMNS, PlaceRow, write_rows
from ingest.settings import Settings, shipped_data
from tests.benchmarks.bench_compare import METRICS, RELAYS, VOICES, figures, places

CRISIS: Final = "bench"
STARTED: Final = "2020-01-01"
_KINDS: Final = (SourceKind.MONITOR, SourceKind.UN, SourceKind.STATE, SourceKind.RESCUE, SourceKind.MEDIA)
_LOUD, _LOUDNESS = 20, 0.01  # claims of which everybody writes, and the share of all rows that are about them
_WORDS: Final = {
    **{"metric": Metric, "kind": Kind, "group_status": GroupStatus, "group_age": Age},
    **{"interest": Interest, "qualifier": Qualifier, "place_precision": PlacePrecision, "unit": Unit},
}
_REPORTS: Final = 20_000  # reports that enter the ledger at a time


def published(folder: Path, rows: int) -> Settings:
    """Publish that many figures in a new data folder, through its ledger."""
    _write_crisis(folder)
    settings = Settings(data=folder, shipped=shipped_data(), crisis=CRISIS, database=f"sqlite:///{folder / 'ledger.sqlite'}")
    now = datetime.fromisoformat(STARTED).replace(tzinfo=UTC) + timedelta(days=rows // 1500 + 30)
    with assembled(settings, lambda: now) as pipeline:
        for documents, read in reports(rows):
            pipeline.intake.ledger.add(documents, read, now)
        pipeline.publish()
    return settings


def reports(rows: int) -> Iterator[tuple[list[Document], list[Figure]]]:
    """The reports with their figures, some at a time."""
    told = _told(rows)
    size = 3 * _REPORTS
    for first in range(0, rows, size):
        part: list[dict[Any, Any]] = told.iloc[first : first + size].to_dict("records")
        documents, read = [], []
        for number in range(0, len(part), 3):
            document, found = _report(part[number : number + 3])
            documents.append(document)
            read.extend(found)
        yield documents, read


def _told(rows: int) -> pd.DataFrame:
    """The claims, with names as other programs make them, and some of them carried by everybody."""
    table, random = figures(rows), np.random.default_rng(7)
    carried = np.flatnonzero(random.random(rows) < _LOUDNESS)
    source = random.choice(rows, _LOUD)[random.integers(0, _LOUD, len(carried))]
    own = ["figure_id", "document_id", "publisher"]
    copied = table.iloc[source].drop(columns=own).reset_index(drop=True)
    table = table.astype(object)
    table.iloc[carried, [table.columns.get_loc(name) for name in copied]] = copied.astype(object).to_numpy()
    names = dict(zip(places()["place_id"], places()["name_en"], strict=True))
    point = table["kind"] == "incident"
    number = pd.factorize(table["place_id"])[0] / 100
    open_high = table["qualifier"] == "at_least"
    return table.assign(
        crisis=CRISIS,
        **{name: [digest(one) for one in table[name]] for name in ("figure_id", "claim_id", "document_id")},
        place_name=table["place_id"].map(names),
        place_text=table["place_id"].map(names),
        lat=np.where(point, 30 + number, np.nan),
        lon=np.where(point, 40 + number, np.nan),
        interval_open_high=open_high,
        value_high=table["value_high"].where(~open_high, None),
    )


def _report(rows: list[dict[Any, Any]]) -> tuple[Document, list[Figure]]:
    """One report of some sentences, and what was read in it."""
    first, text, read = rows[0], "", []
    url, document_id = f"https://example.org/{first['document_id']}", str(first["document_id"])
    published_at = first["published_at"].to_pydatetime()
    for row in rows:
        number = str(row["value_best"])
        said = f"At least {number}" if row["interval_open_high"] else number
        day = f"{row['as_of']:%d %B %Y}"
        quote = f"{said} people were {str(row['metric']).replace('_', ' ')} in {row['place_name']} by {day}, {row['claimed_source']} said."
        start, span = len(text), len(text) + quote.index(number)
        where = {"quote": quote, "quote_start": start, "span_start": span, "span_end": span + len(number), "value_text": said}
        read.append(
            _figure(row, {**where, "document_id": document_id, "published_at": published_at, "retrieved_at": published_at, "url": url})
        )
        text += quote + "\n"
    return (
        Document(
            document_id=document_id,
            source="sample",
            publisher=str(first["publisher"]),
            title=f"Report {document_id}",
            text=text,
            language="en",
            url=url,
            published_at=published_at,
            retrieved_at=published_at,
            media_type="text/plain",
            archive_sha256=digest(document_id, length=64),
        ),
        read,
    )


def _figure(row: dict[Any, Any], where: dict[str, Any]) -> Figure:
    """The claim as a record: plain values, nothing for what is not stated."""
    plain = {name: _WORDS[name](value) if name in _WORDS and value else _plain(value) for name, value in row.items()}
    voice, publisher = str(row["claimed_source"]), str(row["publisher"])
    kinds = {"claimed_source_kind": kind_of(voice), "publisher_kind": kind_of(publisher), "claimed_source_text": voice}
    if publisher == voice:
        kinds["relayed_via"] = ()
    event = {"event_end": plain["event_start"]} if plain["event_start"] else {}
    return Figure(**{name: value for name, value in {**plain, **kinds, **event, **where}.items() if value is not None})


def _plain(value: Any) -> Any:
    if value is None or value == "" or pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        return value.to_pydatetime() if value.tz else value.date()
    return int(value) if isinstance(value, np.integer) else value


def kind_of(organisation: str) -> SourceKind:
    """What sort of organisation it is, by the number in its name."""
    name, _, number = organisation.partition("_")
    return SourceKind.MEDIA if name == "relay" else _KINDS[int(number) % len(_KINDS)]


def _write_crisis(folder: Path) -> None:
    """The crisis file and the places of the country."""
    for name in ("crises", "gazetteer"):
        (folder / name).mkdir(parents=True)
    levels = {0: PlaceKind.COUNTRY, 1: PlaceKind.ADM1, 4: PlaceKind.COMMUNITY}
    rows = [
        PlaceRow(str(row["place_id"]), row["adm_level"], str(row["name_en"]), "", str(row["parent_id"]), 30.5, 40.5, kind, 3, "made up")
        for row in places().to_dict("records")
        for kind in [levels[row["adm_level"]]]
    ]
    write_rows(folder / "gazetteer" / f"{CRISIS}.csv", rows, PLACE_COLUMNS)
    lines = [
        f'id = "{CRISIS}"\ntitle = {{ en = "A made-up country" }}\ncountry = "XXX"\ntimezone = "UTC"',
        f'start = {STARTED}\ngazetteer = ["{CRISIS}"]\nsample = "sample"',
        '[[side]]\nid = "side_one"\nlabel = { en = "Side one", ar = "طرف" }\n[side.terms]\nen = ["side one"]',
    ]
    for name in [*(f"voice_{number}" for number in range(VOICES)), *(f"relay_{number}" for number in range(RELAYS))]:
        called = name.replace("_", " ").capitalize()
        lines.append(f'[[organisation]]\nid = "{name}"\nname = {{ en = "{called}" }}\nshort = "{called}"\nkind = "{kind_of(name)}"')
    lines += [f'[[mandate]]\norganisation = "voice_{number}"\nmetrics = {METRICS}\ncadence_hours = 24' for number in range(VOICES)]
    (folder / "crises" / f"{CRISIS}.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
