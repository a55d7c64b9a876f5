"""A new source is one file and its example; a package may bring one, and a broken one costs only itself."""

import importlib
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from ingest.cli import command_line
from ingest.errors import SourceUnavailable
from ingest.fetch.archive import Archive
from ingest.fetch.request import FetchRequest
from ingest.sources.registry import all_sources


def _run(*arguments: str) -> Any:
    return CliRunner().invoke(command_line(), ["new-source", *arguments])


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that is searched for installed packages."""
    folder = tmp_path / "site"
    folder.mkdir()
    monkeypatch.syspath_prepend(str(folder))
    yield folder
    for name in [name for name in sys.modules if name.startswith("crosscount_valley")]:
        del sys.modules[name]
    importlib.invalidate_caches()


@pytest.fixture
def request_for(archive: Archive, make_client: Any) -> Any:
    """Makes requests with some options against the loopback server."""
    return lambda options: FetchRequest(make_client(), archive, options=options)


def _install(folder: Path, package: Path) -> None:
    """Put a package where an installer would: its module, and beside it what its project file declares."""
    project = tomllib.loads((package / "pyproject.toml").read_text())["project"]
    for module in package.glob("*.py"):
        (folder / module.name).write_text(module.read_text(encoding="utf-8"), encoding="utf-8")
    info = folder / f"{project['name'].replace('-', '_')}-{project['version']}.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n")
    ((group, points),) = project["entry-points"].items()
    (info / "entry_points.txt").write_text(f"[{group}]\n" + "".join(f"{name} = {value}\n" for name, value in points.items()))
    importlib.invalidate_caches()


def test_a_new_source_reads_its_example_at_once(tmp_path: Path, web: Any, request_for: Any, installed: Path) -> None:
    """What is written is a whole source: installed as a package it is found, and reads the example that came with it."""
    answer = _run("valley_watch", "--package", "--into", str(tmp_path))
    assert answer.exit_code == 0, answer.output
    package = tmp_path / "crosscount-valley-watch"
    _install(installed, package)
    example = web.serve_example("valley_watch", package / "examples")

    source = all_sources()["valley_watch"]
    (document,) = source.fetch(request_for(example["options"]))

    assert document.publisher == "valley_watch"
    assert "Four people were injured" in document.text


def test_in_a_checkout_file_and_example_go_to_their_places(tmp_path: Path) -> None:
    """The two paths are told."""
    answer = _run("valley_watch", "--into", str(tmp_path))
    assert answer.exit_code == 0, answer.output
    assert (tmp_path / "ingest" / "sources" / "valley_watch.py").is_file()
    assert {path.name for path in (tmp_path / "tests" / "examples" / "valley_watch").iterdir()} == {
        "answers.toml",
        "feed.xml",
        "report.html",
    }
    assert "valley_watch.py" in answer.output


@pytest.mark.parametrize(("name", "told"), [("Valley", "is no name for a source"), ("sohr", "There is a source 'sohr' already")])
def test_a_name_that_cannot_be_is_told(tmp_path: Path, name: str, told: str) -> None:
    """Nothing is written."""
    answer = _run(name, "--into", str(tmp_path))
    assert answer.exit_code == 3
    assert told in answer.output
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    """A file that is there already stops the writing before it begins."""
    assert _run("valley_watch", "--into", str(tmp_path)).exit_code == 0
    again = _run("valley_watch", "--into", str(tmp_path))
    assert again.exit_code == 3
    assert "is there already" in again.output


@pytest.mark.parametrize("case", [("import nothing_like_this\n", "cannot be loaded"), ("INFO = None\n", "it needs an INFO named")])
def test_a_broken_package_costs_only_its_own_source(tmp_path: Path, request_for: Any, installed: Path, case: tuple[str, str]) -> None:
    """It is listed, says why and whose it is, and fails when it is asked; the others are all there."""
    content, told = case
    before = set(all_sources())
    assert _run("valley_watch", "--package", "--into", str(tmp_path)).exit_code == 0
    (tmp_path / "crosscount-valley-watch" / "crosscount_valley_watch.py").write_text(content)
    _install(installed, tmp_path / "crosscount-valley-watch")

    broken = all_sources()["valley_watch"]

    assert set(all_sources()) == {*before, "valley_watch"}
    assert told in broken.INFO.limitation
    with pytest.raises(SourceUnavailable, match="of the package 'crosscount-valley-watch' is unusable"):
        list(broken.fetch(request_for({})))
