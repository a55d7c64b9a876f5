"""`backup` and `restore`: the same published tables afterwards, on either database, and never half of either."""

import hashlib
import importlib.util
import os
import sqlite3
import sys
import zipfile
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ingest.cli import command_line
from ingest.model import snapshot as layout
from ingest.model.vocabulary import Review
from ingest.store import Ledger

_spec = importlib.util.spec_from_file_location("crosscount_tests_ledger", Path(__file__).parents[1] / "store" / "conftest.py")
assert _spec
assert _spec.loader
_ledger = sys.modules.setdefault("crosscount_tests_ledger", importlib.util.module_from_spec(_spec))
_spec.loader.exec_module(_ledger)
url, small_disk = _ledger.url, _ledger.small_disk

REPORT = (
    "publisher: watch\npublished: 2024-12-0{0}\n---\nAt least 1{0} people were killed in Northvale on Saturday. It counted 30 injured.\n"
)
Run = Callable[..., Result]


def _run(data: Path, *words: object, given: str | None = None) -> Result:
    return CliRunner().invoke(command_line(), ["--data", str(data), *map(str, words)], input=given)


def _done(data: Path, *words: object, given: str | None = None) -> Result:
    done = _run(data, *words, given=given)
    assert done.exit_code == 0, done.output
    return done


def _published(data: Path) -> dict[str, str]:
    folder = layout.current(data / "published" / "tiny")
    assert folder is not None
    return dict(layout.manifest(folder).sha256)


def _tree(data: Path) -> dict[str, str]:
    """Every file of a folder by name with a digest, but for the lock."""
    found = (path for path in data.rglob("*") if path.is_file() and path.name not in {"writer.lock", "ledger.sqlite-shm"})
    return {str(path.relative_to(data)): hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


def _fill(data: Path) -> None:
    """Two reports, a verdict of a person, published."""
    for number in (1, 2):
        _done(data, "ingest", "-", given=REPORT.format(number))
    with Ledger.open(os.environ.get("CROSSCOUNT_DATABASE") or f"sqlite:///{data / 'ledger.sqlite'}") as ledger:
        figure = next(iter(ledger.figures("tiny")))
        ledger.add_review(figure.figure_id, Review.HUMAN_CHECKED, "Amal", "Read it.", _ledger.NOW)
    _done(data, "publish")


@pytest.fixture
def backed_up(data: Path, tmp_path: Path, begin_with: Callable[..., None]) -> Path:
    """A backup of a filled data folder on SQLite."""
    begin_with("two reports and a verdict", lambda: _fill(data))
    _done(data, "backup", tmp_path / "backup.zip")
    return tmp_path / "backup.zip"


def test_published_again_after_a_restore_every_table_is_the_same(
    data: Path, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From either database to SQLite, and back to either: the same bytes, every figure found, and reports come in as before."""
    monkeypatch.setenv("CROSSCOUNT_DATABASE", url)
    _fill(data)
    _done(data, "backup", tmp_path / "one.zip")
    monkeypatch.delenv("CROSSCOUNT_DATABASE")
    other = tmp_path / "other"
    assert "2 documents, 4 figures" in _done(other, "restore", tmp_path / "one.zip").stdout
    _done(other, "publish")
    assert _published(other) == _published(data)
    _done(other, "backup", tmp_path / "two.zip")
    monkeypatch.setenv("CROSSCOUNT_DATABASE", _ledger._module("postgres_server").fresh_database() if "postgres" in url else f"{url}.third")
    third = tmp_path / "third"
    _done(third, "restore", tmp_path / "two.zip")
    _done(third, "publish")
    assert _published(third) == _published(data)
    assert "4 figures found word for word" in _done(third, "verify").stdout
    assert "1 new documents, 2 figures" in _done(third, "ingest", "-", given=REPORT.format(3)).stdout
    _done(third, "publish")


def test_a_backup_is_whole_private_and_replaces_nothing_unasked(backed_up: Path, data: Path) -> None:
    """Its description names each file with its hash; only its owner reads it; a second of that name needs --force."""
    with zipfile.ZipFile(backed_up) as read:
        assert read.testzip() is None
        names = set(read.namelist())
    assert {"backup.json", "ledger.sqlite", "crises/tiny.toml", "gazetteer/tiny.csv"} <= names
    assert sum(name.startswith("raw/") for name in names) == 2
    assert os.name != "posix" or backed_up.stat().st_mode & 0o077 == 0
    before = backed_up.read_bytes()
    done = _run(data, "backup", backed_up)
    assert done.exit_code == 3 and "is there already" in done.stderr and backed_up.read_bytes() == before
    _done(data, "backup", backed_up, "--force")
    assert [path.name for path in backed_up.parent.iterdir() if path.name.startswith(".backup")] == []


def test_a_restore_over_something_needs_force_and_loses_nothing(backed_up: Path, data: Path) -> None:
    """Refused without --force; with it, what was there is aside, and what is published is the backup's."""
    before = _published(data)
    _done(data, "ingest", "-", given=REPORT.format(4))
    _done(data, "publish")
    found = _tree(data)
    done = _run(data, "restore", backed_up)
    assert done.exit_code == 3 and "holds something already" in done.stderr and _tree(data) == found
    done = _done(data, "restore", backed_up, "--force")
    assert "What was there before is in" in done.stderr
    _done(data, "publish")
    assert _published(data) == before
    aside = next(data.glob("before-restore-*"))
    with Ledger.open(f"sqlite:///{aside / 'ledger.sqlite'}") as old:
        assert len(list(old.documents())) == 3
    assert layout.current(aside / "published" / "tiny") and (aside / "raw").is_dir()


def test_snapshots_in_a_folder_of_their_own_are_put_aside_there(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder may be another disk, or one that machines share: nothing is moved out of it, and nothing in it is taken for a crisis."""
    shared = tmp_path / "shared"
    monkeypatch.setenv("CROSSCOUNT_PUBLISHED", str(shared))
    _fill(data)
    _done(data, "backup", tmp_path / "backup.zip")
    first = layout.current(shared / "tiny")
    assert first is not None
    done = _run(data, "restore", tmp_path / "backup.zip")
    assert done.exit_code == 3 and "holds something already" in done.stderr
    _done(data, "restore", tmp_path / "backup.zip", "--force")
    aside = next(shared.glob("before-restore-*"))
    assert layout.current(aside / "tiny") == aside / "tiny" / first.name and not (shared / "tiny").exists()
    _done(data, "publish")
    again = layout.current(shared / "tiny")
    assert again is not None and layout.manifest(again).sha256 == layout.manifest(aside / "tiny" / first.name).sha256


@pytest.mark.parametrize("harm", ["a changed byte", "cut short", "another zip"])
def test_a_damaged_backup_changes_nothing(backed_up: Path, data: Path, harm: str) -> None:
    """Whatever is wrong with the file, it is told before anything is touched."""
    whole = backed_up.read_bytes()
    if harm == "another zip":
        with zipfile.ZipFile(backed_up, "w") as other:
            other.writestr("letter.txt", "Dear all")
    else:
        middle = whole.index(b"ledger.sqlite") + 500
        backed_up.write_bytes(whole[:-500] if harm == "cut short" else whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :])
    found = _tree(data)
    done = _run(data, "restore", backed_up, "--force")
    assert done.exit_code == 6 and "take another backup" in done.stderr
    assert _tree(data) == found


def test_a_ledger_in_use_is_not_taken_away(backed_up: Path, data: Path) -> None:
    """While somebody has the ledger open, a restore says so and changes nothing."""
    with closing(sqlite3.connect(data / "ledger.sqlite")) as reader:
        reader.execute("SELECT count(*) FROM documents").fetchall()
        done = _run(data, "restore", backed_up, "--force")
    assert done.exit_code == 6 and "is in use by another crosscount" in done.stderr
    assert not list(data.glob("before-restore-*")) and not (data / ".restoring").exists()


class _PowerCut(BaseException):
    """Nothing more happens."""


def _after(patched: pytest.MonkeyPatch, moves: int) -> list[Path]:
    """Cut the power after so many moves; what is returned then holds the path that was not moved."""
    done, stopped = list[Path](), list[Path]()

    def cutting(how: Callable[[Path, Path], Path]) -> Callable[[Path, Path], Path]:
        def move(path: Path, target: Path) -> Path:
            if len(done) == moves:
                stopped.append(path)
                raise _PowerCut
            done.append(path)
            return how(path, target)

        return move

    patched.setattr(Path, "rename", cutting(Path.rename))
    patched.setattr(Path, "replace", cutting(Path.replace))
    return stopped


def _ledger_of(data: Path) -> list[str]:
    """Every statement that would make a ledger anew, but for those of its runs."""
    with closing(sqlite3.connect(data / "ledger.sqlite")) as ledger:
        return [one for one in ledger.iterdump() if not one.startswith('INSERT INTO "runs"')]


def test_a_restore_cut_short_anywhere_is_carried_on(backed_up: Path, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut before each of its moves in turn: the next command carries on, ledger, archive and what is published are the backup's."""
    before, moves, cut = _published(data), 0, True
    kept, archived = _ledger_of(data), _tree(data / "raw")
    while cut:
        _done(data, "ingest", "-", given=f"publisher: watch\npublished: 2024-12-05\n---\n{50 + moves} people were killed in Northvale.\n")
        with monkeypatch.context() as patched:
            cut_short = _after(patched, moves)
            with suppress(_PowerCut):
                _done(data, "restore", backed_up, "--force")
            cut = bool(cut_short)
        _done(data, "runs")
        assert (_ledger_of(data), _tree(data / "raw")) == (kept, archived)
        assert not (data / ".restoring").exists()
        for aside in data.glob("before-restore-*"):
            aside.rename(data.parent / f"aside-{moves}-{aside.name}")
        moves += 1
    assert moves > 5
    _done(data, "publish")
    assert _published(data) == before


def test_settings_that_lead_elsewhere_are_told(backed_up: Path, data: Path, tmp_path: Path) -> None:
    """A backup whose settings name another ledger is not restored beside them, unless they are left out."""
    elsewhere = f"sqlite:///{tmp_path / 'elsewhere.sqlite'}"
    (data / "settings.toml").write_text(f'database = "{elsewhere}"\n', encoding="utf-8")
    _done(data, "backup", backed_up, "--force")
    other = tmp_path / "other"
    done = _run(other, "restore", backed_up)
    assert done.exit_code == 3 and "names another ledger" in done.stderr and not (other / "raw").exists()
    _done(other, "restore", backed_up, "--no-settings")
    assert not (other / "settings.toml").exists() and (other / "ledger.sqlite").is_file()


def test_a_full_disk_leaves_no_half_backup(data: Path, small_disk: Path) -> None:
    """What does not fit is not there at all, and the sentence says what to do."""
    noise = data / "gazetteer" / "noise.csv"
    noise.write_bytes(os.urandom(4_000_000))
    _fill(data)
    done = _run(data, "backup", small_disk / "backup.zip")
    assert done.exit_code == 6 and "is full" in done.stderr
    assert list(small_disk.iterdir()) == []
