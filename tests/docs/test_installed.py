"""The wheel is the whole program: built once, it is installed beside nothing of ours, starts on an empty folder, and is upgraded."""

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.timeout(600)  # a wheel is built
SHIPPED = ("data/crises", "data/gazetteer", "data/sample", "assets")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built as everybody builds it, from a copy of the tracked files."""
    made = tmp_path_factory.mktemp("wheel")
    source = made / "source"
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file() and not name.startswith("tests/"):
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, source / name)
    subprocess.run([sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(made), str(source)], check=True)
    return next(made.glob("crosscount-*.whl"))


def test_everything_that_is_shipped_is_inside(wheel: Path) -> None:
    """Crises, places, sample, assets and migrations, each file under the name the program looks for it by."""
    with zipfile.ZipFile(wheel) as opened:
        inside = set(opened.namelist())
    for folder in SHIPPED:  # as they lay in the built folder, with what the build put there
        at = "dashboard/_assets" if folder == "assets" else f"ingest/_{folder}"
        shipped = wheel.parent / "source" / folder
        wanted = {path.relative_to(shipped).as_posix() for path in shipped.rglob("*") if path.is_file()}
        assert {f"{at}/{name}" for name in wanted if "__pycache__" not in name} <= inside
    code = {path.relative_to(ROOT).as_posix() for name in ("ingest", "dashboard") for path in (ROOT / name).rglob("*") if path.is_file()}
    assert {name for name in code if "__pycache__" not in name} <= inside
    assert not [name for name in inside if name.startswith(("tests/", "docs/"))]


def test_installed_it_starts_on_an_empty_folder(wheel: Path, tmp_path: Path) -> None:
    """By its own command, from a folder that is no checkout, with the libraries it declares: sample read, published, checked."""
    place = tmp_path / "installed"
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(place), str(wheel)]
    subprocess.run(pip, check=True, capture_output=True)
    program = place / "bin" / "crosscount"
    assert program.is_file()
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("CROSSCOUNT_", "PYTEST"))}
    environment |= {"PYTHONPATH": str(place), "CROSSCOUNT_DATA": str(tmp_path / "data"), "PYTHONSAFEPATH": "1"}

    def run(*words: str) -> str:
        command = [sys.executable, str(program), *words]
        done = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    found = "import ingest, dashboard; print(ingest.__file__, dashboard.__file__)"
    where = subprocess.run([sys.executable, "-c", found], env=environment, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert all(path.startswith(str(place)) for path in where.stdout.split())
    up = [sys.executable, str(program), "up", "--no-refresh", "--port", "0"]
    with subprocess.Popen(up, env=environment, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert re.match(r"Crosscount is ready at http://127\.0\.0\.1:\d+", process.stdout.readline())
        process.terminate()
        assert process.communicate(timeout=60)[1].endswith("Stopped.\n")
        assert process.returncode == 0
    published = json.loads(run("publish", "--json"))
    assert published["rows"]["figures"] > 300 and not published["changed"]
    assert '"state": "fine"' in run("doctor", "--offline", "--json")
