"""Builds the small chart library into the assets, where npm and a network are; the program does without it otherwise.

It draws all that the pages draw and is a third of the full library, which the plotly package has and the app serves in its place.
"""

import base64
import hashlib
import io
import os
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

PACKAGE, VERSION = "plotly.js-cartesian-dist-min", "4.1.1"  # the version that plotly of the lock files has: plotly.offline names it
INTEGRITY = "sha512-o8GrFeusncwBIxbBynRJpY4pkgVB6caM+JLpwrLYbbsO7dZ8FJ+SVN2Fr+L7kiG/Z6w4P5O0Jus/Qr5EefHVeg=="  # as npm's locks write it
BUNDLE = "plotly-cartesian.min.js"
FILES = {
    "package/LICENSE": "plotly-cartesian.LICENSE.txt",
    f"package/{BUNDLE}": BUNDLE,
}  # in the package, in assets/vendor; the last is last
PATIENCE = 60  # seconds
_HEADER = 400  # bytes within which the bundle names its version


class _LeftOutError(Exception):
    """Why there is no small chart library: the end of a sentence."""


def build_in(assets: Path) -> str:
    """Put the bundle and its licence into `assets`/vendor, unless they are there. A sentence says what came of it; nothing is raised."""
    vendor = assets / "vendor"
    try:
        if _is_there(vendor):
            return f"The small chart library {VERSION} is there."
        _unpack(_fetched(), vendor)
    except (_LeftOutError, OSError) as reason:
        return f"The small chart library is left out and pages load the full one, because {reason}."
    return f"The small chart library {VERSION} is built in."


def _is_there(vendor: Path) -> bool:
    if not all((vendor / name).is_file() for name in FILES.values()):
        return False
    with (vendor / BUNDLE).open("rb") as bundle:
        return f" v{VERSION}\n".encode() in bundle.read(_HEADER)


def _fetched() -> bytes:
    """The package as npm brings it, when it is the one that is meant."""
    npm = shutil.which("npm")
    if npm is None:
        raise _LeftOutError("there is no npm")
    with tempfile.TemporaryDirectory(prefix="crosscount-", ignore_cleanup_errors=True) as folder:
        command = [npm, "pack", f"{PACKAGE}@{VERSION}", "--ignore-scripts", "--prefer-offline", "--fetch-retries=0"]
        nothing = subprocess.DEVNULL
        try:
            subprocess.run(command, cwd=folder, check=True, timeout=PATIENCE, stdin=nothing, stdout=nothing, stderr=nothing)  # noqa: S603
            packed = next(Path(folder).glob("*.tgz")).read_bytes()
        except (subprocess.SubprocessError, StopIteration) as error:
            raise _LeftOutError("npm did not fetch it (no network?)") from error
    if f"sha512-{base64.b64encode(hashlib.sha512(packed).digest()).decode()}" != INTEGRITY:
        raise _LeftOutError("what npm fetched is not the file that is meant")
    return packed


def _unpack(packed: bytes, vendor: Path) -> None:
    """Each file is there whole or not at all, whatever ends the build."""
    vendor.mkdir(exist_ok=True)
    with tarfile.open(fileobj=io.BytesIO(packed)) as package:
        for inside, name in FILES.items():
            part = vendor / f"{name}.{os.getpid()}"
            part.write_bytes(package.extractfile(inside).read())
            part.replace(vendor / name)
