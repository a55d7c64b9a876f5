"""All that is read in the corpora and the sample reports, as one digest a file: `python -m tests.quality.same`.

Two forms of the reader, the one in Python and the compiled one, are the same reader where they print the same.
"""

import hashlib
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path

from ingest.extract import Reader, read
from tests.quality import sample
from tests.quality.exland import document, make_reader

CORPUS = Path(__file__).parents[1] / "corpus"


def texts() -> Iterator[tuple[str, str, str]]:
    """File, language and text of every case and every sample report, and the cases of a file run together as one long report."""
    for path in sorted(CORPUS.rglob("*.toml")):
        name, language = path.relative_to(CORPUS).as_posix(), path.parent.name
        cases = [case["text"] for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]]
        yield from ((name, language, text) for text in (*cases, "\n\n".join(cases)))
    for name, report in sample.load_reports().items():
        yield from ((name, language, report.body) for language in ("en", "ar"))


def digests(readers: tuple[Reader, ...]) -> dict[str, str]:
    """For each file, a digest of every field of every figure that the readers find in its texts."""
    told: dict[str, list[str]] = {}
    for name, language, text in texts():
        told.setdefault(name, []).extend(repr(read(document(text, language), reader)) for reader in readers)
    return {name: hashlib.sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest() for name, lines in told.items()}


def main() -> None:
    """Print a line for each file."""
    with tempfile.TemporaryDirectory() as folder:
        for name, digest in digests((make_reader(Path(folder)), sample.shipped_reader())).items():
            print(digest, name)


if __name__ == "__main__":
    main()
