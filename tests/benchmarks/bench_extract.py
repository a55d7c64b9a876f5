"""How fast figures are read, beside spaCy in the same run: `python tests/benchmarks/bench_extract.py`.

Prints reports a second of `read` and of `extract --jsonl` on one process, the growth of the time with the length of hostile
texts, and, with --memory N, the memory in use over N reports. spaCy comes with `pip install 'crosscount[bench]'`; without it
the rows beside it are left out. The first line says whether the reader is the compiled one (docs/operations.md); where it is, the
same is measured of the Python files of this checkout, in a process of their own. Times are processor seconds of this process, so
that a busy machine disturbs them little.
"""

import argparse
import gc
import io
import itertools
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import BuiltinFunctionType

from hostile import HOSTILE, hostile
from reports import reports

from ingest.cli.extraction import answers, document_of, settled_reader
from ingest.extract import Reader, read
from ingest.model.records import Document
from ingest.settings import Settings, load

COMPILED = isinstance(read, BuiltinFunctionType)
CHECKOUT = Path(__file__).resolve().parents[2]
NOW = datetime(2024, 12, 31, tzinfo=UTC)
SETS = (("en", False), ("ar", False), ("en", True), ("ar", True))
PATTERNS = 2000  # of spaCy's EntityRuler
SHORT, TIMES = 65_536, 4  # characters of the shorter hostile text, and how many times longer the other is


def processor_seconds(work: Callable[[], object]) -> float:
    """Processor seconds of this process that a piece of work takes."""
    gc.collect()
    start = time.process_time()
    work()
    return time.process_time() - start


def best(work: Callable[[], object], rounds: int = 3) -> float:
    """The least of some rounds: what the work takes when nothing else is in the way."""
    return min(processor_seconds(work) for _ in range(rounds))


def documents(rows: Sequence[dict[str, str]], reader: Reader) -> list[Document]:
    """Rows as `extract` makes documents of them."""
    return [document_of(row, reader, NOW) for row in rows]


def spacy_scan(language: str, texts: Sequence[str]) -> Callable[[], object] | None:
    """Blank tokenizer and EntityRuler over the texts; None where spaCy is not installed."""
    try:
        import spacy  # noqa: PLC0415 - wanted by this benchmark alone
    except ImportError:
        return None
    pipeline = spacy.blank(language)
    words = sorted({word.strip(".,،") for text in texts for word in text.split()})
    ruler = pipeline.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "T", "pattern": word} for word in words[:PATTERNS]])
    return lambda: sum(len(found.ents) for found in pipeline.pipe(texts))


def throughput(settings: Settings, count: int) -> None:
    """Reports a second for each language and density, and the ratio to spaCy on the same texts."""
    print("the compiled reader" if COMPILED else "the reader in Python", flush=True)
    print(f"{'reports':12} {'words':>6} {'figures':>8} {'read/s':>8} {'extract/s':>10} {'spaCy/s':>8} {'read : spaCy':>13}")
    reader = settled_reader(settings)
    for language, dense in SETS:
        rows = list(itertools.islice(reports(language, dense=dense), count))
        texts = [row["text"] for row in rows]
        lines = [json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in rows]
        ready = documents(rows, reader)
        figures = sum(len(read(document, reader)) for document in ready)
        reading = best(lambda ready=ready: [read(document, reader) for document in ready])  # type: ignore[misc]
        lonely = processor_seconds(lambda: _drain([], settings))
        whole = best(lambda lines=lines: _drain(lines, settings)) - lonely  # type: ignore[misc]
        scan = spacy_scan(language, texts)
        beside = best(scan) if scan is not None else None
        ratio = f"{count / beside:>8,.0f} {beside / reading:>13.2f}" if beside is not None else f"{'-':>8} {'-':>13}"
        name, words = f"{language}{' dense' if dense else ''}", sum(len(text.split()) for text in texts) / count
        print(f"{name:12} {words:>6.0f} {figures / count:>8.1f} {count / reading:>8,.0f} {count / whole:>10,.0f} {ratio}")
    if scan is None:
        print("spaCy is not installed: pip install 'crosscount[bench]' shows it beside.")


def beside_python(count: int) -> None:
    """The throughput of the Python files of this checkout, which stand before what is installed."""
    print()
    command = [sys.executable, __file__, "--no-growth", "--reports", str(count)]
    subprocess.run(command, env={**os.environ, "PYTHONPATH": str(CHECKOUT)}, check=True)


def _drain(lines: Iterable[bytes], settings: Settings) -> None:
    with io.BytesIO() as out:
        for answer in answers(lines, settings, NOW, 1):
            out.write(answer.line)


def growth(settings: Settings) -> None:
    """Seconds for a megabyte-class text of each hostile shape, and how the time grows with the length."""
    reader = settled_reader(settings)
    print(f"\n{'hostile text':24} {SHORT:>9,} {SHORT * TIMES:>9,} {'growth (linear: x' + str(TIMES) + ')':>20}")
    worst = 0.0
    for name, unit in HOSTILE.items():
        short, long = (_seconds(hostile(unit, length), reader) for length in (SHORT, SHORT * TIMES))
        worst = max(worst, long / short)
        print(f"{name:24} {short:>9.3f} {long:>9.3f} {'x' + format(long / short, '.1f'):>20}", flush=True)
    print(f"{'worst':24} {'':>19} {'x' + format(worst, '.1f'):>20}")


def _seconds(text: str, reader: Reader) -> float:
    document = document_of({"text": text, "published": "2024-12-02"}, reader, NOW)
    return best(lambda: read(document, reader), rounds=2)


def memory(settings: Settings, count: int) -> None:
    """Memory in use while that many reports are read, half English, half Arabic."""
    reader = settled_reader(settings)
    print(f"\n{'reports':>12} {'MB in use':>10} {'peak MB':>8}")
    mixed = (row for pair in zip(reports("en"), reports("ar"), strict=True) for row in pair)
    for number, row in enumerate(itertools.islice(mixed, count), 1):
        read(document_of(row, reader, NOW), reader)
        if number % max(count // 10, 1) == 0 or number == 1:
            print(f"{number:>12,} {_in_use():>10.0f} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:>8.0f}", flush=True)


def _in_use() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1024**2


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=1000, help="reports of each kind for the throughput; 0 leaves it out")
    parser.add_argument("--no-growth", action="store_true", help="leave out the hostile texts")
    parser.add_argument("--memory", type=int, default=0, metavar="N", help="also read N reports and print the memory in use")
    given = parser.parse_args()
    settings = load({}, Path(os.devnull).parent / "no data folder of a user")
    if given.reports:
        throughput(settings, given.reports)
        if COMPILED:
            beside_python(given.reports)
    if not given.no_growth:
        growth(settings)
    if given.memory:
        memory(settings, given.memory)


if __name__ == "__main__":
    main()
