"""What the documents promise is what the program does."""

import re
import tomllib
from pathlib import Path

import pytest

import dashboard.cli
from ingest import errors
from ingest.cli.frame import INTERRUPTED, UNEXPECTED
from ingest.model.dictionary import markdown
from ingest.model.schema import TABLES
from ingest.sources.registry import all_sources

ROOT = Path(__file__).resolve().parents[2]
DOCS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
LOCKS = [ROOT / f"requirements{of}.lock" for of in ("", "-server", "-test")]


def _text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_data_dictionary_is_the_schema() -> None:
    """The tracked copy is what the schema prints; `python -m ingest.model.dictionary` renews it."""
    assert _text("docs/data-dictionary.md") == markdown()
    assert all(f"`{column.name}`" in markdown() for columns in TABLES.values() for column in columns)


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_every_link_to_a_file_leads_somewhere(path: Path) -> None:
    """Documents refer to one another and to pictures that are there."""
    targets = re.findall(r"\]\((?!https?:|#)([^)#\s]+)", path.read_text(encoding="utf-8"))
    assert [target for target in targets if not (path.parent / target).exists()] == []


def test_the_readme_lists_every_verb() -> None:
    """No verb is a secret, and none is promised that is not there."""
    listed = {words.split()[0] for words in re.findall(r"^\| `([a-z].*?)` \|", _text("README.md"), re.MULTILINE)}
    assert listed == set(dashboard.cli.main.list_commands(None))  # type: ignore[arg-type]  # the list needs no context


def test_what_was_never_confirmed_is_held_by_tests() -> None:
    """The list speaks of sources that there are, and every test it names is there."""
    text = _text("docs/unconfirmed.md")
    rows = [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in text.splitlines() if line.startswith("| `")]
    assert {len(row) for row in rows} == {4}
    listed = {name for row in rows for name in re.findall(r"`(\w+)`", row[0])}
    assert len(listed) > 20 and listed <= {*all_sources()}
    named = {name for row in rows for name in re.findall(r"`(test_\w+)`", row[3])} | {*re.findall(r"`(test_\w+)`", text)}
    written = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests" / "ingest").rglob("test_*.py"))
    assert all(re.search(r"`test_", row[3]) for row in rows)
    assert [name for name in sorted(named) if f"def {name}(" not in written] == []


def test_every_exit_code_is_explained() -> None:
    """A script finds each code the program can end with in the table of codes."""
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.CrosscountError)]
    codes = {0, 2, INTERRUPTED, UNEXPECTED, *(kind.exit_code for kind in kinds)}
    assert codes <= {int(code) for code in re.findall(r"^\| (\d+) \|", _text("docs/operations.md"), re.MULTILINE)}


def test_the_test_command_is_there_for_whoever_runs_it() -> None:
    """`.ci/run` takes the command from the README: one line, from the lock file, that ends with the tests."""
    command = re.search(r"<!-- tests, Linux -->\n```sh\n(.+)\n```\n", _text("README.md"))
    assert command and "requirements-test.lock" in command[1] and "pytest" in command[1].rpartition("&&")[2]
    assert "<!-- tests, Linux -->" in _text(".ci/run")


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_the_lock_files_pin_what_is_declared(lock: Path) -> None:
    """Every declared dependency is pinned with hashes, and no host is named to take them from."""
    text = lock.read_text(encoding="utf-8")
    pinned = {name.lower() for name in re.findall(r"^([A-Za-z0-9._-]+)==", text, re.MULTILINE)}
    declared = tomllib.loads(_text("pyproject.toml"))["project"]
    wanted = list(declared["dependencies"])
    extras = {"requirements-server.lock": ("postgres", "s3"), "requirements-test.lock": ("test", "postgres", "s3")}.get(lock.name, ())
    wanted += [one for name in extras for one in declared["optional-dependencies"][name] if not one.startswith("crosscount")]
    names = {re.split(r"[\[<>=!~; ]", one)[0].lower().replace("_", "-") for one in wanted}
    assert names <= pinned
    assert text.count("--hash=sha256:") >= len(pinned)
    assert "://" not in text and "index-url" not in text
