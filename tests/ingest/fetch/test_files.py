"""Files, folders and zips as they are handed in."""

import os
import zipfile
from pathlib import Path

import pytest

from ingest.errors import UnreadableDocument
from ingest.fetch import files
from ingest.fetch.files import files_at


def read_all(path: Path) -> tuple[list[str], list[str]]:
    """Names of what was read, relative to the path, and sentences of what was refused."""
    refused: list[str] = []
    names = [file.name.removeprefix(str(path)) for file in files_at(path, lambda error: refused.append(str(error)))]
    return names, refused


def test_nothing_at_a_path_is_told(tmp_path: Path) -> None:
    """A path that does not exist, or that is no file, is a sentence."""
    with pytest.raises(UnreadableDocument, match=r"There is nothing at .*absent\.txt; check the path"):
        list(files_at(tmp_path / "absent.txt", print))
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UnreadableDocument, match="is no ordinary file"):
        list(files_at(tmp_path / "pipe", print))


def test_a_folder_without_permission_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that cannot be listed is a sentence when it was asked for, and a note when it lies within one that was."""
    (tmp_path / "open.txt").write_text("x")
    closed = tmp_path / "closed"
    closed.mkdir()
    scan = os.scandir

    def deny(path: str | Path) -> object:
        if str(path) == str(closed):
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", deny)
    with pytest.raises(UnreadableDocument, match=r"closed cannot be opened \(Permission denied\)"):
        list(files_at(closed, print))
    names, refused = read_all(tmp_path)
    assert names == ["/open.txt"]
    assert refused == [f"{closed} cannot be opened (Permission denied); check its permissions."]


def test_a_file_over_the_cap_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its size is known before a byte is read."""
    monkeypatch.setattr(files, "LARGEST", 10)
    (tmp_path / "large.txt").write_bytes(b"x" * 11)
    (tmp_path / "small.txt").write_bytes(b"x" * 10)
    names, refused = read_all(tmp_path)
    assert names == ["/small.txt"]
    assert len(refused) == 1


def test_a_zip_gives_its_reports_only(tmp_path: Path) -> None:
    """Folders, hidden files and what macOS adds are passed over; tricks with paths, inner zips and damage are told."""
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as packed:
        for name in (
            "b/",
            "b/two.txt",
            "a.txt",
            ".hidden",
            "__MACOSX/a.txt",
            "../../evil.txt",
            "/etc/evil.txt",
            "C:\\evil.txt",
            "inner.zip",
        ):
            packed.writestr(name, "x")
    names, refused = read_all(path)
    assert names == ["/a.txt", "/b/two.txt"]
    assert sum("points outside of its zip" in sentence for sentence in refused) == 3
    assert sum("is a zip inside a zip" in sentence for sentence in refused) == 1


def test_a_zip_bomb_is_cut_short(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A packed file is unpacked no further than the cap, and all of them together no further than theirs."""
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in ("a.txt", "b.txt", "c.txt"):
            packed.writestr(name, "x" * 1000)
    monkeypatch.setattr(files, "_UNPACKED", 2500)
    with pytest.raises(UnreadableDocument, match="its rest was not read"):
        read_all(path)
    monkeypatch.setattr(files, "LARGEST", 999)
    names, refused = read_all(path)
    assert names == []
    assert len(refused) == 3


def test_a_damaged_zip_is_told(tmp_path: Path) -> None:
    """A file that only claims to be a zip, and one with a damaged member."""
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04 nothing")
    with pytest.raises(UnreadableDocument, match="is damaged or is not the zip"):
        read_all(tmp_path / "a.zip")
    path = tmp_path / "b.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("a.txt", "the content of the report")
        packed.writestr("b.txt", "another")
    path.write_bytes(path.read_bytes().replace(b"the content", b"THE CONTENT"))
    names, refused = read_all(path)
    assert names == ["/b.txt"]
    assert "a.txt is damaged" in refused[0]


def test_links_to_folders_are_not_followed(tmp_path: Path) -> None:
    """A link that leads back to its own folder does not make the walk endless."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "a.txt").write_text("x")
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    assert read_all(folder) == (["/a.txt"], [])
