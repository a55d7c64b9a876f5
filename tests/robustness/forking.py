"""A process with the program loaded that runs one thing after the other in forks of itself.

Started by the tests as a program. Each line it reads is JSON: `lines`, the words of one command line or of several to run in turn
while each ends well, `environment` to run them in, `output` and `errors` as files to write to, `given` as the file to read. For
each it prints the process id of the fork, and later its exit code. So a kill hits the work and not the import of libraries, and
many command lines cost few imports.
"""

import importlib
import json
import os
import sys
from typing import Any

from dashboard.cli import main
from ingest.extract.words.lexicon import Lexicon

LOADED = ("ingest.cli.gathering", "ingest.cli.inspecting", "ingest.compare", "ingest.sources.registry")


def _exit_code(words: list[str]) -> int:
    """How one command line ended."""
    try:
        main(words)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0


def run(asked: dict[str, Any]) -> None:
    """Be the command lines; never returns."""
    for handle, (name, mode) in enumerate(
        (
            (asked["given"], os.O_RDONLY),
            (asked["output"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC),
            (asked["errors"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC),
        )
    ):
        os.dup2(os.open(name, mode), handle)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115  # the stream of a process
    os.environ.clear()
    os.environ.update(asked["environment"])
    code = 0
    try:
        for words in asked["lines"]:
            code = code or _exit_code(words)
    except BaseException:
        code = 1
        raise
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    for module in LOADED:
        importlib.import_module(module)
    Lexicon.load("en")  # its tables are read once in a process
    for line in sys.stdin:
        asked = json.loads(line)
        pid = os.fork()
        if pid == 0:
            run(asked)
        print(pid, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)
