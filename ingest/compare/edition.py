"""Which text of the program a comparison was made by."""

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from ingest.model.ids import digest

_PACKAGES = ("ingest.compare", "ingest.model")  # what is decided and worded here, and the words it is decided by


@cache
def edition(*packages: str) -> str:
    """A digest of the program text and the wording of packages; where none are named, of those that decide: where it is the same, the same
    figures have the same verdicts.
    """
    return digest(*(part for package in packages or _PACKAGES for part in _texts(files(package), package)))


def _texts(folder: Traversable, path: str) -> list[str]:
    """Path and text of every file of the program below a folder, in the order of their paths."""
    found: list[str] = []
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        name = f"{path}/{entry.name}"
        if entry.is_dir() and not entry.name.startswith((".", "__")):
            found += _texts(entry, name)
        elif entry.name.endswith((".py", ".toml")):
            found += [name, entry.read_text(encoding="utf-8")]
    return found
