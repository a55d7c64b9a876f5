"""Every source that is there."""

import importlib
import re
import sys
import tomllib
from pathlib import Path

import pytest

import ingest.sources
from ingest.errors import SettingsError
from ingest.model.records import SourceInfo
from ingest.model.vocabulary import Stance
from ingest.sources.registry import all_sources

SOURCES = all_sources()


def test_the_sources_are_found_by_their_files() -> None:
    """Adding a file adds a source; nothing else lists them."""
    assert list(SOURCES) == sorted(SOURCES)
    assert {"local", "reliefweb", "rss", "sana", "sohr"} <= set(SOURCES)


@pytest.mark.parametrize("name", SOURCES)
def test_a_source_says_everything_about_itself(name: str) -> None:
    """Title, licence, terms, mandate, languages, cadence, volume and above all its limitation are stated."""
    info = SOURCES[name].INFO
    assert isinstance(info, SourceInfo)
    assert info.name == name
    assert all(text.strip() for text in (info.title, info.licence, info.redistribution, info.mandate))
    assert len(info.limitation) > 60
    assert info.limitation.endswith(".")
    assert isinstance(info.stance, Stance)
    assert all(re.search("[\u0621-\u064a]", text) for text in (info.title_ar, info.mandate_ar, info.limitation_ar))
    assert info.languages
    assert info.cadence_hours > 0
    assert 0 <= info.expected_volume[0] < info.expected_volume[1]
    several = info.stance is Stance.VARIES  # whose reports it carries, the crisis file or each report says
    assert several or (info.address.startswith("https://") and re.fullmatch(r"[a-z0-9_]+", info.publisher))


@pytest.mark.parametrize("name", SOURCES)
def test_a_source_has_an_example_folder(name: str, examples: Path) -> None:
    """Saved answers in its true shape stand in `tests/examples/<source>`."""
    files = list((examples / name).glob("*"))
    assert files, f"tests/examples/{name} is missing"
    assert "gives" in tomllib.loads((examples / name / "answers.toml").read_text(encoding="utf-8"))


def test_a_file_that_is_no_source_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stray helper among the sources is an error that names it."""
    (tmp_path / "stray.py").write_text("INFO = None\n")
    monkeypatch.setattr(ingest.sources, "__path__", [*ingest.sources.__path__, str(tmp_path)])
    try:
        with pytest.raises(SettingsError, match=r"ingest/sources/stray\.py is no source"):
            all_sources()
    finally:
        sys.modules.pop("ingest.sources.stray", None)
        importlib.invalidate_caches()
