"""Readers find the current snapshot by its pointer, and nothing else."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest.errors import StoreError
from ingest.model import snapshot
from ingest.model.schema import TABLES
from ingest.model.snapshot import Manifest

MANIFEST = Manifest("000001-0123456789ab", "test", "1", datetime(2024, 12, 1, tzinfo=UTC), {"figures": 1}, {"figures.parquet": "a"})


def _version(root: Path, name: str) -> Path:
    folder = root / name
    folder.mkdir(parents=True)
    (folder / snapshot.MANIFEST).write_text(replace(MANIFEST, id=name).text())
    return folder


def test_nothing_is_current_before_the_first_publication(tmp_path: Path) -> None:
    """Without a folder, without a pointer, or with a version that nothing points to, there is no current snapshot."""
    assert snapshot.current(tmp_path / "missing") is None
    _version(tmp_path, "000001-0123456789ab")
    assert snapshot.current(tmp_path) is None


def test_the_pointer_names_the_current_snapshot(tmp_path: Path) -> None:
    """The folder the pointer names is current, whichever is newest."""
    first = _version(tmp_path, "000001-0123456789ab")
    _version(tmp_path, "000002-0123456789ab")
    (tmp_path / snapshot.POINTER).write_text("000001-0123456789ab\n")
    assert snapshot.current(tmp_path) == first


@pytest.mark.parametrize(
    "named", ["", "..", "../other/000001-0123456789ab", "/etc", "000003-0123456789ab", "000001-0123456789ab/x", "\udcff"]
)
def test_a_pointer_to_elsewhere_leads_nowhere(tmp_path: Path, named: str) -> None:
    """Only a whole version beside the pointer can be current."""
    _version(tmp_path, "000001-0123456789ab")
    (tmp_path / snapshot.POINTER).write_bytes(named.encode("utf-8", "surrogateescape"))
    assert snapshot.current(tmp_path) is None


def test_versions_are_in_order_of_their_number(tmp_path: Path) -> None:
    """Folders of whole versions, oldest first; drafts and folders without a manifest are none."""
    for name in ("000010-aaaaaaaaaaaa", "000009-bbbbbbbbbbbb", "1000000-cccccccccccc"):
        _version(tmp_path, name)
    (tmp_path / "000011-dddddddddddd").mkdir()
    (tmp_path / ".draft-1").mkdir()
    found = [path.name for path in snapshot.versions(tmp_path)]
    assert found == ["000009-bbbbbbbbbbbb", "000010-aaaaaaaaaaaa", "1000000-cccccccccccc"]
    assert [snapshot.number(name) for name in found] == [9, 10, 1_000_000]
    assert snapshot.number(".draft-1") == 0
    assert snapshot.name(9, "b" * 64) == "000009-bbbbbbbbbbbb"


def test_a_manifest_is_read_as_it_was_written(tmp_path: Path) -> None:
    """Every field comes back, the moment with its zone."""
    assert snapshot.manifest(_version(tmp_path, MANIFEST.id)) == MANIFEST


@pytest.mark.parametrize(
    ("change", "sentence"),
    [({"layout": 99}, "newer Crosscount"), ({"rows": None}, "is damaged"), ({"created_at": "never"}, "is damaged")],
)
def test_a_manifest_that_cannot_be_read_is_told(tmp_path: Path, change: dict[str, object], sentence: str) -> None:
    """A later layout or a damaged file is one sentence that names the file."""
    folder = _version(tmp_path, MANIFEST.id)
    path = folder / snapshot.MANIFEST
    path.write_text(json.dumps({**json.loads(path.read_text()), **change}))
    with pytest.raises(StoreError, match=sentence):
        snapshot.manifest(folder)


def test_a_missing_manifest_is_told(tmp_path: Path) -> None:
    """A folder without a manifest says to publish again."""
    with pytest.raises(StoreError, match="publish again"):
        snapshot.manifest(tmp_path)


def test_every_table_has_a_file() -> None:
    """The layout names a Parquet file for each published table."""
    assert set(snapshot.TABLE_FILES) == set(TABLES)
