"""The sample goes the way of any report: the connector for local files and the reader of tidy tables take all of it."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ingest.fetch.archive import Archive
from ingest.model.crisis import Crisis
from ingest.model.vocabulary import PartOf
from ingest.sources import local, registry
from ingest.store.tidy import read_csv

NOW = datetime(2025, 1, 3, 12, tzinfo=UTC)


def test_every_report_is_taken(tmp_path: Path, shipped: Path, crisis: Crisis, reports: Mapping[str, Any]) -> None:
    """Each file becomes one document with its publisher, date, language and citation, marked second hand, and nothing odd is told."""
    told: list[str] = []
    taken = list(
        local.read_path(
            shipped / "sample" / "reports", archive=Archive(tmp_path), now=lambda: NOW, timezone=crisis.timezone, progress=told.append
        )
    )
    assert told == []
    assert len({document.document_id for document in taken}) == len(taken) == len(reports)
    assert all(document.second_hand and document.citation and document.language in {"en", "ar"} for document in taken)
    days = {(one.header["title"], one.header["published"]) for one in reports.values()}
    assert {(document.title, document.published_at.astimezone(crisis.timezone).date().isoformat()) for document in taken} == days


def test_relays_and_originals_are_kept(tmp_path: Path, shipped: Path, crisis: Crisis) -> None:
    """The chain a report came through and the language it was written in arrive with the document."""
    path = shipped / "sample" / "reports" / "f46-eleousa.txt"
    (document,) = local.read_path(path, archive=Archive(tmp_path), now=lambda: NOW, timezone=crisis.timezone)
    assert (document.publisher, document.relayed_via, document.translated_from) == ("eleousa", ("ria",), "it")


def test_the_table_is_taken_whole(shipped: Path, crisis: Crisis) -> None:
    """Every row of the table becomes a figure with its evidence, and the parts of a table keep their whole."""
    document, figures, rejections = read_csv(shipped / "sample" / "figures.csv", crisis, now=NOW)
    assert rejections == ()
    assert document.publisher == "snhr"
    wholes = {figure.figure_id: figure.value_best for figure in figures if not figure.parent_figure_id}
    parts = {
        whole: sum(one.value_best or 0 for one in figures if one.parent_figure_id == whole and one.part_of is PartOf.PARTITION)
        for whole in wholes
    }
    assert sorted((wholes[whole], parts[whole]) for whole in wholes) == [(149, 149), (503, 495)]


def test_sources_of_the_crisis_exist(crisis: Crisis) -> None:
    """Every source that the crisis file gives options to is a connector of the program."""
    assert set(crisis.sources) <= set(registry.all_sources())
