"""The feeds beside the versions in an object store: what a person released since is newer than any of them."""

import hashlib
from pathlib import Path
from typing import Any

from ingest.publish import versions

_SUFFIX = ".atom"


def names(client: Any, prefix: str) -> list[str]:
    """Those that are in the store, under names that are files here too."""
    found = [one["path"].rpartition("/")[2] for one in client.list_with_delimiter(f"{prefix}/")["objects"]]
    return [name for name in found if name.endswith(_SUFFIX) and not name.startswith(".") and Path(name).name == name]


def bring(client: Any, prefix: str, root: Path, *, replacing: bool) -> None:
    """Have them beside the versions here. Without `replacing`, only those that are not here: who writes them knows better."""
    for name in names(client, prefix):
        if not replacing and (root / name).is_file():
            continue
        waiting = root / f"{versions.WAITING}{name}"
        waiting.write_bytes(bytes(client.get(f"{prefix}/{name}").bytes()))
        waiting.replace(root / name)


def send(client: Any, prefix: str, root: Path, sent: dict[str, str]) -> None:
    """Put those into the store that are not as they were sent; `sent` has the digest of each by name, and is kept up."""
    for path in sorted(root.glob(f"*{_SUFFIX}")):
        content = path.read_bytes()
        digest = hashlib.sha256(content).hexdigest()
        if sent.get(path.name) != digest:
            client.put(f"{prefix}/{path.name}", content)
            sent[path.name] = digest
