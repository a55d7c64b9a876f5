"""A PostgreSQL for the tests: the one that CROSSCOUNT_TEST_POSTGRES names, or a private one started from this machine's binaries."""

import atexit
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Self

import psycopg
import pytest

_WAIT = 30.0  # seconds for the server to answer


def fresh_database() -> str:
    """The URL of a new, empty database. Skips the test where there is no server, and fails it in CI."""
    base = _base()
    name = f"crosscount_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(base, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
    if base == os.environ.get("CROSSCOUNT_TEST_POSTGRES"):
        atexit.register(_drop, base, name)
    return base.rsplit("/", 1)[0] + f"/{name}"


def _drop(base: str, name: str) -> None:
    """A server that stays gets its disk back."""
    with psycopg.connect(base, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@cache
def _base() -> str:
    return os.environ.get("CROSSCOUNT_TEST_POSTGRES") or _started(programs())


def programs() -> Path:
    """The folder of this machine's PostgreSQL. Skips the test where there is none, and fails it in CI."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: float(path.parts[4]))
    installed = shutil.which("postgres")
    if found or installed:
        return (found[-1] if found else Path(str(installed))).parent
    reason = "no PostgreSQL: install one or set CROSSCOUNT_TEST_POSTGRES"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def _started(programs: Path) -> str:
    """Start a private server, stopped and removed when the tests end."""
    server = Server.make(programs)
    atexit.register(server.remove)
    return server.url


@dataclass
class Server:
    """A private server that can be stopped and started. It refuses to run as root, so root lends it a user."""

    programs: Path
    folder: Path
    port: int
    user: str | None
    process: subprocess.Popen[bytes] | None = None

    @classmethod
    def make(cls, programs: Path) -> Self:
        """A new server, running."""
        import pwd  # noqa: PLC0415 -- not on Windows, where no server is started

        folder = Path(tempfile.mkdtemp(prefix="crosscount-postgres-"))
        user = "postgres" if os.geteuid() == 0 else None
        if user:
            os.chown(folder, pwd.getpwnam(user).pw_uid, -1)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        server = cls(programs, folder, port, user)
        initialise = ["initdb", "-D", folder / "data", "-E", "UTF8", "--locale=C", "-A", "trust", "-N", "-U", server.superuser]
        server._run(initialise, subprocess.run, check=True)
        server.start()
        return server

    @property
    def superuser(self) -> str:
        """The user that may do everything in it."""
        import pwd  # noqa: PLC0415 -- as above

        return self.user or pwd.getpwuid(os.geteuid()).pw_name

    @property
    def url(self) -> str:
        """Its first database."""
        return f"postgresql://{self.superuser}@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        """Start it and wait until it answers."""
        options = ["-p", str(self.port), "-k", str(self.folder), "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off"]
        self.process = self._run(["postgres", "-D", self.folder / "data", *options], subprocess.Popen, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + _WAIT
        while True:
            try:
                psycopg.connect(self.url).close()
            except psycopg.OperationalError:
                if time.monotonic() > deadline or self.process.poll() is not None:
                    raise
                time.sleep(0.05)
            else:
                return

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """End it; SIGQUIT is the quick way, which cuts every connection and leaves recovery to the next start."""
        assert self.process
        self.process.send_signal(how)
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def remove(self) -> None:
        """End it and remove its folder."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _run(self, command: list[Any], how: Callable[..., Any], **options: Any) -> Any:
        program, *words = command
        return how([self.programs / program, *words], stdout=subprocess.DEVNULL, cwd=self.folder, user=self.user, **options)
