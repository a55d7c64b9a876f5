"""Versions in an object store: handed on whole, followed within one look, and never half there."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import duckdb
import fsspec
import pytest
from obstore.fsspec import register

from ingest.errors import SettingsError, StoreError
from ingest.model import snapshot as layout
from ingest.model.snapshot import MANIFEST, POINTER
from ingest.publish import Objects, current
from ingest.settings import Settings
from tests.object_store import SECRET, Stores, object_store

Press = Callable[..., Any]
STORAGE = Path(__file__).parents[3] / "docs" / "deployment" / "storage.md"


@pytest.fixture
def store() -> Iterator[Stores]:
    """An empty store."""
    with object_store() as opened:
        yield opened


@pytest.fixture
def press(newsroom: Any, store: Stores) -> Press:
    """Adds a report, publishes it and hands it on; returns what was published."""
    newsroom.settings = replace(newsroom.settings, store=store.address, keys=dict(store.keys))

    def run(**options: Any) -> Any:
        newsroom.add()
        made = newsroom.publish(**options)
        _of(newsroom.settings).hand_on()
        return made

    return run


def _of(settings: Settings) -> Objects:
    found = Objects.of(settings, "test")
    assert found is not None
    return found


@pytest.fixture
def reader(tmp_path: Path, store: Stores) -> Objects:
    """A machine with an empty disk, which only reads."""
    return _of(Settings(tmp_path / "reader", tmp_path, "test", "sqlite://", keys=dict(store.keys), store=store.address))


def _files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_reader_gets_what_was_published(press: Press, reader: Objects, newsroom: Any, store: Stores) -> None:
    """Byte for byte, whole; in the store every file stands under its own name, for DuckDB, Spark or Trino to read."""
    first = press()
    assert reader.follow(newsroom.clock)
    assert current(reader.root) == reader.root / first.id
    assert _files(reader.root / first.id) == _files(first.path)
    assert {f"test/{first.id}/{name}" for name in _files(first.path)} | {f"test/{POINTER}"} == set(store.names())


def test_duckdb_reads_it_where_it_is(press: Press, newsroom: Any, store: Stores) -> None:
    """By the very lines of the documentation; DuckDB's own client of such stores is no Python package, so a Python one stands under it."""
    press()
    published = press()
    [sql] = re.findall(r"```sql\n(.+?)```", STORAGE.read_text(encoding="utf-8"), re.DOTALL)
    register("s3")
    keys = {f"aws_{name.removeprefix('AWS_').lower()}": value for name, value in store.keys.items()}
    files = fsspec.filesystem("s3", config=keys, client_options={"allow_http": True}, skip_instance_cache=True)
    with duckdb.connect() as connection:
        connection.register_filesystem(files)
        told = connection.execute(sql.replace("s3://numbers/crosscount/syria-2024", f"{store.address}/test")).fetchall()
    counted = duckdb.sql(f"SELECT publisher, count(*) FROM '{published.path}/figures/*.parquet' GROUP BY ALL").fetchall()  # noqa: S608 -- of ours
    assert sorted(told) == sorted(counted) and told


def test_looking_again_fetches_nothing(press: Press, reader: Objects, newsroom: Any) -> None:
    """Only a pointer that moved is news; then what did not change since is not fetched again but is the same file."""
    first = press()
    assert reader.follow(newsroom.clock)
    assert not reader.follow(newsroom.clock)
    second = press()
    assert reader.follow(newsroom.clock)
    assert not reader.follow(newsroom.clock)
    same = [name for name, sha in layout.manifest(first.path).sha256.items() if layout.manifest(second.path).sha256.get(name) == sha]
    assert same
    assert all((reader.root / first.id / name).samefile(reader.root / second.id / name) for name in same)


def test_a_version_that_is_not_whole_is_not_followed(press: Press, reader: Objects, newsroom: Any, store: Stores) -> None:
    """A file with other bytes than its manifest says, or none: the reader keeps what it has, and gets the rest when it is there."""
    first = press()
    reader.follow(newsroom.clock)
    second = press()
    before = set(layout.manifest(first.path).sha256.values())
    changed = next(name for name, sha in layout.manifest(second.path).sha256.items() if sha not in before)
    whole = store.read(f"test/{second.id}/{changed}")
    store.write(f"test/{second.id}/{changed}", whole[:-1])
    for _ in range(2):
        with pytest.raises(StoreError, match="is not what its manifest says"):
            reader.follow(newsroom.clock)
    assert current(reader.root) == reader.root / first.id
    assert [path.name for path in reader.root.iterdir() if path.is_dir()] == [first.id]
    store.write(f"test/{second.id}/{changed}", whole)
    assert reader.follow(newsroom.clock)
    assert current(reader.root) == reader.root / second.id


def test_a_publisher_without_a_disk_goes_on_where_the_last_one_stopped(press: Press, newsroom: Any, tmp_path: Path) -> None:
    """On a machine that keeps nothing, numbers go on and the version before is known."""
    first = press()
    newsroom.settings = replace(newsroom.settings, data=tmp_path / "another")
    _of(newsroom.settings).catch_up()
    newsroom.add()
    second = newsroom.publish()
    _of(newsroom.settings).hand_on()
    assert (layout.number(first.id), layout.number(second.id)) == (1, 2)
    assert layout.manifest(second.path).previous == first.id


def test_the_pointer_never_goes_back(press: Press, newsroom: Any, tmp_path: Path, store: Stores) -> None:
    """Who published while another machine did does not undo it: it is told, catches up, and publishes again."""
    press()
    mine = newsroom.settings
    newsroom.settings = replace(mine, data=tmp_path / "another")
    _of(newsroom.settings).catch_up()
    press()
    theirs = press()
    newsroom.settings = mine
    with pytest.raises(StoreError, match="another machine published meanwhile; publish again"):
        press()
    assert store.read(f"test/{POINTER}").decode().strip() == theirs.id
    _of(mine).catch_up()
    again = press()
    assert layout.number(again.id) == layout.number(theirs.id) + 1
    assert store.read(f"test/{POINTER}").decode().strip() == again.id


def test_a_reader_does_not_go_back_either(press: Press, reader: Objects, newsroom: Any, store: Stores) -> None:
    """A store that was started afresh is told, with what to do."""
    first = press()
    press()
    reader.follow(newsroom.clock)
    store.write(f"test/{POINTER}", first.id.encode())
    with pytest.raises(StoreError, match="started afresh on purpose"):
        reader.follow(newsroom.clock)


def test_the_store_and_its_readers_hold_no_more_than_the_publisher(press: Press, reader: Objects, newsroom: Any, store: Stores) -> None:
    """Old versions leave all of them, and so does one that was removed by hand because of what stood in it."""
    published = []
    for _ in range(7):
        published.append(press(later=timedelta(days=1)).id)
        reader.follow(newsroom.clock)
    reader.sweep()
    kept = published[-5:]
    there = sorted({name.split("/")[1] for name in store.names()} - {POINTER})
    assert there == kept == [path.name for path in layout.versions(newsroom.root)]
    (newsroom.root / kept[1] / MANIFEST).unlink()
    newest = press().id
    reader.follow(newsroom.clock)
    reader.sweep()
    left = [*kept[:1], *kept[2:], newest][-5:]
    assert sorted({name.split("/")[1] for name in store.names()} - {POINTER}) == left
    here = [path.name for path in layout.versions(reader.root)]
    assert set(here) <= set(left) and here[-1] == newest


def test_feeds_come_along(press: Press, reader: Objects, newsroom: Any, store: Stores) -> None:
    """They stand beside the versions, and are replaced as they are released; nothing else of the store is taken."""
    press()
    (newsroom.root / "alerts-en.atom").write_text("<feed/>", encoding="utf-8")
    sent: dict[str, str] = {}
    _of(newsroom.settings).send_feeds(sent)
    store.write("test/notes.txt", b"of somebody")
    reader.follow(newsroom.clock)
    reader.sweep()
    assert (reader.root / "alerts-en.atom").read_text(encoding="utf-8") == "<feed/>"
    assert not (reader.root / "notes.txt").exists()
    store.write("test/alerts-en.atom", b"as it was sent")
    _of(newsroom.settings).send_feeds(sent)
    assert store.read("test/alerts-en.atom") == b"as it was sent"
    (newsroom.root / "alerts-en.atom").write_text("<feed>more</feed>", encoding="utf-8")
    _of(newsroom.settings).send_feeds(sent)
    assert store.read("test/alerts-en.atom") == b"<feed>more</feed>"


def test_a_publisher_without_a_disk_goes_on_with_the_feeds(press: Press, newsroom: Any, tmp_path: Path, store: Stores) -> None:
    """It has those it lacks, and keeps those it wrote itself."""
    press()
    for name in ("feed-team.atom", "alerts-en.atom"):
        store.write(f"test/{name}", b"<feed>there</feed>")
    newsroom.settings = replace(newsroom.settings, data=tmp_path / "another")
    newsroom.root.mkdir(parents=True)
    (newsroom.root / "alerts-en.atom").write_text("<feed>here</feed>", encoding="utf-8")
    _of(newsroom.settings).catch_up()
    assert [(newsroom.root / name).read_text() for name in ("feed-team.atom", "alerts-en.atom")] == [
        "<feed>there</feed>",
        "<feed>here</feed>",
    ]


def test_a_store_that_does_not_answer_is_a_sentence(press: Press, reader: Objects, newsroom: Any, store: Stores) -> None:
    """It names neither key nor request; what was published stays published here, and is handed on later."""
    store.stop()
    for ask in (press, lambda: reader.follow(newsroom.clock), _of(newsroom.settings).behind):
        with pytest.raises(StoreError, match="it is tried again") as told:
            ask()
        assert SECRET not in str(told.value) and "\n" not in str(told.value)
    assert current(newsroom.root) is not None


def test_behind_is_told_until_a_version_is_handed_on(press: Press, newsroom: Any) -> None:
    """A refresher publishes again for that, whether or not a source has news."""
    press()
    assert not _of(newsroom.settings).behind()
    newsroom.add()
    newsroom.publish()
    assert _of(newsroom.settings).behind()
    _of(newsroom.settings).hand_on()
    assert not _of(newsroom.settings).behind()


def test_an_address_nobody_understands_is_told(tmp_path: Path) -> None:
    """Before anything is published."""
    with pytest.raises(SettingsError, match="CROSSCOUNT_PUBLISHED is 'ftp://there/x'"):
        Objects.of(Settings(tmp_path, tmp_path, "test", "sqlite://", store="ftp://there/x"), "test")
