"""What sources cost: `python -m tests.benchmarks.bench_sources`.

Prints how many archived pages a minute one core reads again to text and figures, and for each source of the examples how many
requests a first refresh takes and how many one without news. Times are processor seconds, so that a busy machine disturbs them little.
"""

import argparse
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler
from itertools import islice
from pathlib import Path
from typing import Any

from ingest.errors import CrosscountError
from ingest.fetch.archive import Archive
from ingest.fetch.client import Client
from ingest.fetch.exchange import Validators
from ingest.fetch.politeness import Clock
from ingest.fetch.request import FetchRequest
from ingest.fetch.transport import Limits
from ingest.model.ids import document_id
from ingest.model.records import Document
from ingest.pipeline.opening import reader_of
from ingest.pipeline.replay import Kept, Verdict, replayed
from ingest.pipeline.rereading import Rereading
from ingest.settings import load
from ingest.sources.registry import all_sources
from ingest.text import read as text_of
from tests.benchmarks.reports import reports
from tests.ingest.conftest import Reply, Web

NOW = datetime(2025, 2, 10, tzinfo=UTC)
DAYS = (date(2024, 11, 27), date(2024, 12, 31))
MEDIA = 'text/html; charset=utf-8; select="div.entry-content"; drop="figure, aside"'
PAGE = (
    '<!DOCTYPE html><html lang="{language}"><head><meta charset="UTF-8"><title>{title}</title></head><body>'
    "<header><nav>{menu}</nav></header>"
    '<article><div class="entry-content"><p>{text}</p><figure><figcaption>Picture</figcaption></figure></div></article>'
    "<aside>{menu}</aside><footer>{menu}</footer></body></html>"
)
MENU = "".join(f'<a class="menu-item menu-{number}" href="/section/{number}">Section {number}</a>' for number in range(150))
WHOLE_MINUTE = 60.0


class Remembered(dict[str, Validators]):
    """A fetch memory."""

    def put(self, url: str, validators: Validators) -> None:
        """Remember."""
        self[url] = validators


def pages(archive: Archive, count: int) -> Iterator[Kept]:
    """Documents whose pages, with menus around the report as sites have them, are in the archive."""
    for number, row in enumerate(row for language in ("en", "ar") for row in islice(reports(language), count // 2)):
        page = PAGE.format(language=row["lang"], title=row["id"], text=row["text"], menu=MENU).encode()
        text, url = text_of(page, MEDIA, "page").text, f"https://example.org/{number}"
        yield Kept(
            Document(
                document_id=document_id("sample", "sohr", url, text),
                source="sample",
                publisher="sohr",
                title=row["id"],
                text=text,
                language=row["lang"],
                url=url,
                published_at=NOW,
                retrieved_at=NOW,
                media_type=MEDIA,
                archive_sha256=archive.put(page),
            ),
            (),
        )


def reread(count: int) -> None:
    """Print how fast archived pages are read again."""
    with tempfile.TemporaryDirectory() as folder:
        archive, reader = Archive(Path(folder)), reader_of(load({}))
        rereading = Rereading.of(load({}, Path(folder)), reader.gazetteer)
        documents = list(pages(archive, count))
        list(replayed(documents[:50], archive, reader, rereading))
        start = busy()
        sound = sum(one.verdict in {Verdict.SAME, Verdict.OTHER_FIGURES} for one in replayed(documents, archive, reader, rereading))
        seconds = busy() - start
    print(
        f"{count} archived pages read again in {seconds:.1f} s: {count / seconds * WHOLE_MINUTE:,.0f} a minute on one core, {sound} sound"
    )


def busy() -> float:
    """Processor seconds so far of this process and, as Linux tells them, of the one that parses for it."""
    ours = time.process_time()
    for told in Path("/proc/self/task").glob("*/children"):
        for child in told.read_text(encoding="ascii").split():
            fields = Path(f"/proc/{child}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
            ours += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return ours


def without_news() -> None:
    """Print what a refresh costs in requests, the first and one without news."""
    print(f"{'source':24}{'first':>8}{'no news':>10}")
    for name, module in all_sources().items():
        web = Web()
        try:
            example = web.serve_example(name)
            web.instead = _validating(web)
            with tempfile.TemporaryDirectory() as folder:
                counts = list(_refreshes(module.fetch, example, Archive(Path(folder)), web))
            print(f"{name:24}{counts[0]:>8}{counts[1]:>10}")
        finally:
            web.close()


def _refreshes(fetch: Callable[[FetchRequest], Iterator[Any]], example: dict[str, Any], archive: Archive, web: Web) -> Iterator[int]:
    limits, memory = Limits(delay=0), Remembered()
    for _ in range(2):
        before = len(web.asked)
        with Client(archive, memory=memory, allow_private=True, limits=limits, clock=Clock(now=lambda: NOW)) as client:
            given = {"options": example.get("options", {}), "keys": example.get("keys", {}), "country": "SYR", "days": DAYS}
            request = FetchRequest(client, archive, now=lambda: NOW, **given)
            try:
                list(fetch(request))
            except CrosscountError as error:
                print(f"  {error}")
        yield len(web.asked) - before


def _validating(web: Web) -> Callable[[BaseHTTPRequestHandler, Reply], None]:
    """Answers with a validator, and with 304 where it is shown again; each page of a list under its own."""
    kept: dict[tuple[str, str], Reply] = {}

    def answer(handler: BaseHTTPRequestHandler, reply: Reply) -> None:
        first = kept.setdefault((handler.path, web.asked[-1].body.decode("utf-8", "replace")), reply)
        validator = f'"{hash(first.body):x}"'
        same = handler.headers.get("If-None-Match") == validator
        body = b"" if same else first.body
        sent = replace(first, status=304 if same else first.status, headers={**first.headers, "ETag": validator}, body=body)
        handler.send_response(sent.status)
        for name, value in sent.headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def main() -> None:
    """Run both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=2000)
    reread(parser.parse_args().pages)
    without_news()


if __name__ == "__main__":
    main()
