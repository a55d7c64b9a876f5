"""A PostgreSQL for the tests: the one that CROSSCOUNT_TEST_POSTGRES names, or a private one started from this machine's binaries."""

import atexit
import os
import shutil
import socket
import subprocess
import tempfile
import time
import uuid
from functools import cache
from pathlib import Path

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
    given = os.environ.get("CROSSCOUNT_TEST_POSTGRES")
    if given:
        return given
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: float(path.parts[4]))
    installed = shutil.which("postgres")
    if found or installed:
        return _started((found[-1] if found else Path(str(installed))).parent)
    reason = "no PostgreSQL: install one or set CROSSCOUNT_TEST_POSTGRES"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def _started(programs: Path) -> str:
    """Start a private server, stopped and removed when the tests end. It refuses to run as root, so root lends it a user."""
    import pwd  # noqa: PLC0415 -- not on Windows, where no server is started

    folder = Path(tempfile.mkdtemp(prefix="crosscount-postgres-"))
    user = "postgres" if os.geteuid() == 0 else None
    if user:
        os.chown(folder, pwd.getpwnam(user).pw_uid, -1)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    data, quiet = folder / "data", {"stdout": subprocess.DEVNULL, "cwd": folder, "user": user}
    superuser = user or pwd.getpwuid(os.geteuid()).pw_name
    initialise = [programs / "initdb", "-D", data, "-E", "UTF8", "--locale=C", "-A", "trust", "-N", "-U", superuser]
    subprocess.run(initialise, check=True, **quiet)
    options = ["-p", str(port), "-k", str(folder), "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off"]
    server = subprocess.Popen([programs / "postgres", "-D", data, *options], stderr=subprocess.DEVNULL, **quiet)

    def stop() -> None:
        server.terminate()
        try:
            server.wait(timeout=10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
        shutil.rmtree(folder, ignore_errors=True)

    atexit.register(stop)
    url = f"postgresql://{superuser}@127.0.0.1:{port}/postgres"
    deadline = time.monotonic() + _WAIT
    while True:
        try:
            psycopg.connect(url).close()
        except psycopg.OperationalError:
            if time.monotonic() > deadline or server.poll() is not None:
                raise
            time.sleep(0.05)
        else:
            return url
