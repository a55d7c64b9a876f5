"""Bad input and bad surroundings: a clear sentence, the right exit code, and nothing lost."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ingest.store import Ledger

Run = Callable[..., subprocess.CompletedProcess[str]]
MakeData = Callable[[str], Path]
GOOD = "publisher: watch\npublished: 2024-12-05\n---\nSeven people were killed in Northvale.\n"
SAID = ("--publisher", "watch", "--published", "2024-12-05")
# One page without any text; readers rebuild the table of offsets it lacks.
EMPTY_PDF = b"""%PDF-1.4
1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj
2 0 obj <</Type /Pages /Kids [3 0 R] /Count 1>> endobj
3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 200 200]>> endobj
trailer <</Size 4 /Root 1 0 R>>
%%EOF
"""


def _sentence(done: subprocess.CompletedProcess[str], code: int, *words: str) -> None:
    """The run ended with the code and told the words in one line from the program, without a traceback."""
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    last = done.stderr.strip().splitlines()[-1]
    assert last.startswith("crosscount: ") and last.endswith(".")
    for word in words:
        assert word in done.stderr


def _figures(data: Path) -> int:
    with Ledger.open(f"sqlite:///{data / 'ledger.sqlite'}") as ledger:
        return len(list(ledger.figures("tiny")))


@pytest.fixture
def data(new_data: MakeData, crosscount: Run, tmp_path: Path) -> Path:
    """A data folder with one good report in it."""
    folder, report = new_data("data"), tmp_path / "good.txt"
    report.write_text(GOOD, encoding="utf-8")
    assert crosscount(folder, "ingest", report).returncode == 0
    return folder


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.txt", b"", ("empty.txt",)),
        ("picture.pdf", EMPTY_PDF, ("picture.pdf", "text")),
        (
            "date.txt",
            b"publisher: watch\npublished: the other day\n---\nTwo people were killed.\n",
            ("date.txt", "the other day", "2024-11-30"),
        ),
        ("columns.csv", b"metric,kind,deaths\nkilled,incident,4\n", ("columns.csv", "'deaths'")),
        ("broken.docx", b"PK\x03\x04 not really", ("broken.docx",)),
        ("broken.zip", b"PK\x03\x04 not really", ("broken.zip",)),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_what_is_wrong(  # noqa: PLR0917  # fixtures come by name
    data: Path, crosscount: Run, tmp_path: Path, name: str, content: bytes, words: tuple[str, ...]
) -> None:
    """Empty, without text, an odd date, an unknown column, or damaged: exit code 4, and what was there stays."""
    path = tmp_path / name
    path.write_bytes(content)
    said = () if name.startswith("date") else SAID
    _sentence(crosscount(data, "ingest", path, *said), 4, *words)
    assert _figures(data) == 1


def test_a_file_of_fifty_megabytes_is_read_or_refused_in_time(data: Path, crosscount: Run, tmp_path: Path) -> None:
    """Text that large is no report: it is refused with its size, or read, but it neither hangs nor brings the program down."""
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        for _ in range(50):
            file.write(b"Nothing much happened in the valley on that day either. " * 18725)
    done = crosscount(data, "ingest", path, *SAID)
    if done.returncode:
        _sentence(done, 4, "large.txt", "MB")
    assert _figures(data) == 1


@pytest.mark.parametrize(
    "body",
    [b"", b"<html><body>Just a moment...</body></html>", b"<rss><channel><item><title>cut", b"\x00\xff\xfe binary", None],
    ids=["empty", "a page", "cut off", "binary", "connection broken off"],
)
def test_a_broken_feed_costs_only_itself(data: Path, crosscount: Run, publisher: Any, body: bytes | None) -> None:
    """The refresh ends with a sentence, keeps what was there, and a later one with the feed mended brings everything."""
    mended = publisher.answers["/feed/"]
    publisher.answers["/feed/"] = body
    done = crosscount(data, "refresh")
    if done.returncode:  # a feed cut off after its beginning is a feed without entries
        _sentence(done, 5, "rss")
    assert "Traceback" not in done.stderr
    assert _figures(data) == 1
    publisher.answers["/feed/"] = mended
    assert crosscount(data, "refresh").returncode == 0
    assert _figures(data) == 121


@pytest.fixture
def obedient() -> tuple[str, ...]:
    """Words before a program that make it obey permissions, as a plain user's does: root's may otherwise write anywhere."""
    if os.name != "posix":
        pytest.skip("permissions of this kind exist on POSIX systems only")
    if os.geteuid() != 0:
        return ()
    if shutil.which("setpriv") is None:
        pytest.skip("as root this needs setpriv from util-linux")
    return ("setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-dac_override,-dac_read_search")


@pytest.fixture
def read_only(data: Path) -> Iterator[Path]:
    """The data folder, of which nothing may be changed."""
    modes = {path: path.stat().st_mode for path in (data, *data.rglob("*"))}
    for path, mode in modes.items():
        path.chmod(mode & ~0o222)
    yield data
    for path, mode in modes.items():
        path.chmod(mode)


@pytest.mark.parametrize("words", [("refresh",), ("publish",), ("ingest", "-", *SAID)])
def test_a_folder_without_permission_is_a_sentence(
    read_only: Path, crosscount: Run, obedient: tuple[str, ...], words: tuple[str, ...]
) -> None:
    """Exit code 6, and the sentence says what may not be written and what to do."""
    _sentence(crosscount(read_only, *words, before=obedient, given="Two people were killed."), 6)
    assert not list(read_only.glob("*-journal"))


def test_a_report_without_permission_is_named(data: Path, crosscount: Run, obedient: tuple[str, ...], tmp_path: Path) -> None:
    """A file that may not be read is refused like any other that cannot be read."""
    path = tmp_path / "secret.txt"
    path.write_text(GOOD, encoding="utf-8")
    path.chmod(0)
    _sentence(crosscount(data, "ingest", path, before=obedient), 4, "secret.txt", "ermission")


@pytest.mark.parametrize(("words", "room"), [("refresh", 160), ("publish", 48)])
def test_a_full_disk_is_a_sentence_and_loses_nothing(  # noqa: PLR0917  # fixtures come by name
    data: Path, crosscount: Run, environment: dict[str, str], tmp_path: Path, words: str, room: int, publisher: Any
) -> None:
    """On a disk with no room left the verb ends with 6; what was kept before is whole, and with room the same verb completes."""
    if sys.platform != "linux" or shutil.which("unshare") is None:
        pytest.skip("a small disk of its own needs Linux and unshare")
    publisher.answers["/feed/"] = publisher.feed(600)
    small = tmp_path / "small"
    small.mkdir()
    used = sum(path.stat().st_size for path in data.rglob("*") if path.is_file()) // 1024
    script = tmp_path / "full.sh"
    script.write_text(
        f'set -e\nmount -t tmpfs -o size={used + room}k tmpfs "$1"\ncp -r "$2/." "$1"\ncode=0\n'
        f'"$3" -c \'from dashboard.cli import main; main()\' --data "$1" {words} || code=$?\n'
        'mkdir "$2-after"\ncp -r "$1/." "$2-after"\nexit $code\n',
        encoding="utf-8",
    )
    alone = ("unshare", "--mount") if os.geteuid() == 0 else ("unshare", "--map-root-user", "--mount")
    done = subprocess.run([*alone, "sh", script, small, data, sys.executable], env=environment, capture_output=True, text=True, check=False)
    _sentence(done, 6, "disk is full")
    after = Path(f"{data}-after")
    assert _figures(after) >= 1
    assert crosscount(after, words).returncode == 0
    assert _figures(after) == (1 + 1800 if words == "refresh" else 1)
