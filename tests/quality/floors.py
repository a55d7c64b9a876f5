"""Floors under the measures: the shares reached so far, with the digest of the corpus they were reached on. They only go up."""

import hashlib
import math
import tomllib
from dataclasses import dataclass
from pathlib import Path

from ingest.settings import shipped_data
from tests.quality.measures import Measures
from tests.quality.outcomes import MEASURED
from tests.quality.sample import EXPECTED

FLOORS = Path(__file__).with_name("floors.toml")
FEWEST = 10  # a share of fewer tries says little, and has no floor
_HEAD = """\
# The share of each measure that reading has reached, and the digest of the corpus it was reached on. Written by
# `python -m tests.quality --raise`; a floor that falls takes `--lower "REASON"`, which tells the changelog.
"""


@dataclass(frozen=True, slots=True)
class Floors:
    """`shares` by corpus and language and then by measure; `digests` by corpus."""

    digests: dict[str, str]
    shares: dict[tuple[str, str], dict[str, float]]


def digests() -> dict[str, str]:
    """The digest of each corpus as it is now."""
    files = {"own": sorted(MEASURED.glob("*/*.toml")), "sample": [EXPECTED, *sorted((shipped_data() / "sample" / "reports").glob("*.txt"))]}
    return {corpus: _digest(paths) for corpus, paths in files.items()}


def _digest(paths: list[Path]) -> str:
    content = hashlib.sha256()
    for path in paths:
        content.update(path.name.encode() + b"\0" + path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return content.hexdigest()[:16]


def reached(measures: Measures, fewest: int = 1) -> Floors:
    """What is reached now, rounded down so that no floor lies above it, of measures with at least so many tries."""
    shares = {
        where: {name: math.floor(share.value * 1000) / 1000 for name, share in by_name.items() if share.tried >= fewest}
        for where, by_name in measures.items()
    }
    return Floors(digests(), shares)


def load(path: Path = FLOORS) -> Floors:
    """The floors as written; none where there is no file yet."""
    table = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {"digest": {}}
    pinned = table.pop("digest")
    return Floors(pinned, {(corpus, language): shares for corpus, by in table.items() for language, shares in by.items()})


def fallen(now: Floors, floors: Floors) -> dict[str, tuple[float, float]]:
    """The measures that are below their floor, with the floor and what is reached.

    A measure that is gone has reached 0; but where nothing is read any more, nothing is read too much.
    """
    below = {}
    for (corpus, language), shares in floors.shares.items():
        for name, floor in shares.items():
            got = now.shares.get((corpus, language), {}).get(name, float(name.startswith("precision")))
            if got < floor:
                below[f"{corpus}, {language}: {name}"] = (floor, got)
    return below


def write(floors: Floors, path: Path = FLOORS) -> None:
    """Write floors as they are to be kept."""
    lines = [_HEAD.rstrip(), "", "[digest]", *(f'{corpus} = "{digest}"' for corpus, digest in sorted(floors.digests.items()))]
    for (corpus, language), shares in sorted(floors.shares.items()):
        lines += ["", f"[{corpus}.{language}]", *(f'"{name}" = {share}' for name, share in sorted(shares.items()))]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def tell_changelog(changelog: Path, reason: str, below: dict[str, tuple[float, float]]) -> None:
    """Add to the newest section of the changelog which floors were lowered and why."""
    text = changelog.read_text(encoding="utf-8")
    start = text.index("\n## ") + 1
    end = text.find("\n## ", start)
    section, rest = (text[start:].rstrip(), "") if end < 0 else (text[start:end].rstrip(), "\n" + text[end:])
    told = ", ".join(f"{name} {floor} to {got}" for name, (floor, got) in below.items())
    changelog.write_text(f"{text[:start]}{section}\n- Floors of reading lowered ({told}): {reason}\n{rest}", encoding="utf-8")
