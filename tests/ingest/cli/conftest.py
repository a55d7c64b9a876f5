"""The command line as a person or a script meets it, over an empty data folder and a small invented crisis."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from dashboard.app import open_views
from ingest.cli import command_line

CRISIS = """
id = "tiny"
title = { en = "An invented crisis" }
country = "XXX"
timezone = "Asia/Damascus"
start = 2024-11-27
gazetteer = ["tiny"]

[sources.rss]
feeds = []

[sources.reliefweb]
country = "xxx"

[[organisation]]
id = "watch"
name = { en = "Valley Watch" }
short = "VW"
kind = "monitor"

[[organisation]]
id = "herald"
name = { en = "Vale Herald" }
short = "Herald"
kind = "media"
"""
PLACES = """place_id,adm_level,name_en,name_ar,parent_id,lat,lon,kind,importance,status
XX,0,Xland,إكس,,35.0,38.0,country,5,cod
XX01,1,Northvale,شمال,XX,36.0,37.0,adm1,4,cod
"""


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with the invented crisis in force."""
    for name, text in {"crises/tiny.toml": CRISIS, "gazetteer/tiny.csv": PLACES}.items():
        path = tmp_path / "data" / name
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
    monkeypatch.setenv("CROSSCOUNT_CRISIS", "tiny")
    monkeypatch.delenv("RELIEFWEB_APPNAME", raising=False)
    return tmp_path / "data"


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where data folders stand that several tests begin with."""
    return tmp_path_factory.mktemp("shelf")


@pytest.fixture
def begin_with(data: Path, shelf: Path) -> Callable[[str, Callable[[], None]], None]:
    """Brings the data folder to a state: the first test that asks makes it, the others get a copy of what it made."""

    def bring(state: str, make: Callable[[], None]) -> None:
        if not (shelf / state).exists():
            make()
            shutil.copytree(data, shelf / state)
        shutil.copytree(shelf / state, data, dirs_exist_ok=True)

    return bring


@pytest.fixture
def crosscount(data: Path) -> Callable[..., Result]:
    """Runs a command line in this process."""

    def run(*words: object, given: str | bytes | None = None) -> Result:
        return CliRunner().invoke(command_line(views=open_views), ["--data", str(data), *map(str, words)], input=given)

    return run


@pytest.fixture
def answer(crosscount: Callable[..., Result]) -> Callable[..., Any]:
    """Runs a command line that must succeed, and reads its JSON."""

    def run(*words: object, given: str | bytes | None = None) -> Any:
        done = crosscount(*words, given=given)
        assert done.exit_code == 0, done.output
        return json.loads(done.stdout)

    return run
