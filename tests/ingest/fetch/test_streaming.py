"""Large answers go to the archive piece by piece: whole or not at all, never further than their cap, and in little memory."""

import gzip
import hashlib
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ingest.errors import SourceUnavailable
from ingest.fetch.archive import Archive
from ingest.fetch.client import Client
from ingest.fetch.exchange import Accept, WrongKind
from ingest.fetch.incoming import FEW
from ingest.fetch.transport import Limits

MakeClient = Callable[..., Client]
JSON = {"Content-Type": "application/json"}
PAGE = {"Content-Type": "text/html"}
FILE = {"Content-Type": "application/pdf"}
LARGE = b"%PDF-1.7\n" + b"0123456789abcdef" * (FEW // 8) + b"\n%%EOF\n"
FETCHES_AND_READS = """
import json, sys
from pathlib import Path
from ingest.fetch.archive import Archive
from ingest.fetch.client import Client
from ingest.fetch.exchange import Accept
from ingest.fetch.request import FetchRequest
from ingest.structured.asking import narrowed

def peak():
    (line,) = (line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) * 1024

def fetched(url):
    archive = Archive(Path(sys.argv[1]))
    with Client(archive, allow_private=True).on_behalf_of("test", "", 300_000_000) as client:
        response = client.get(url, accept=Accept.JSON)
        ours = narrowed(FetchRequest(client, archive), response, "A dump", "iso3", "XXX")
    return len(ours.rows)

fetched(sys.argv[2])
before = peak()
rows = fetched(sys.argv[3])
print(json.dumps({"rows": rows, "before": before, "after": peak()}))
"""


def _partial(archive: Archive) -> list[Path]:
    return list(archive.root.glob("partial/*"))


def test_a_large_answer_is_kept_by_its_hash(web: Any, make_client: MakeClient, archive: Archive, memory: Any) -> None:
    """It is read back piece by piece or whole, known again after a 304, and nothing half written stays."""
    url = web.at("/file", {"body": LARGE, "headers": {**FILE, "ETag": '"1"'}}, {"status": 304})
    client = make_client(memory=memory)
    first, again = client.get(url), client.get(url)
    assert first.sha256 == again.sha256 == hashlib.sha256(LARGE).hexdigest()
    assert b"".join(first.body.chunks(100_000)) == again.content == LARGE
    assert first.body.few is None and (first.body.head(5), first.body.tail(6)) == (b"%PDF-", b"%%EOF\n")
    assert _partial(archive) == []


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        ({"body": LARGE, "headers": FILE, "claim": len(LARGE) + 1}, r"broke off in the middle of its answer \(3 attempts\)"),
        ({"body": LARGE * 4, "headers": FILE}, r"larger than the 6 MB that are taken"),
        ({"body": gzip.compress(b"0" * 30_000_000), "headers": {**FILE, "Content-Encoding": "gzip"}}, r"larger than the 6 MB"),
        (
            {"body": gzip.compress(LARGE)[:-500], "headers": {**FILE, "Content-Encoding": "gzip"}},
            r"broke off|breaks off",
        ),
        ({"body": LARGE, "headers": {**FILE, "Content-Encoding": "gzip"}}, r"compressed body that cannot be unpacked"),
        ({"body": LARGE, "headers": FILE, "status": 503}, r"HTTP 503"),
        ({"body": LARGE[:-10], "headers": FILE}, r"breaks off before its end"),
        ({"body": b"<html>" + b"x" * 2 * FEW, "headers": PAGE}, r"breaks off before its end"),
        ({"body": b" " * 2 * FEW, "headers": FILE}, r"answered with an empty body"),
    ],
)
def test_a_large_answer_that_is_none_leaves_nothing_half_written(
    web: Any, make_client: MakeClient, archive: Archive, reply: dict[str, Any], told: str
) -> None:
    """Truncated, larger than its cap however it is packed, damaged, or a failure: a sentence, and no file on its way."""
    with pytest.raises(SourceUnavailable, match=told):
        make_client(limits=Limits(file_bytes=6_000_000)).get(web.at("/file", reply), accept=Accept.PAGE)
    assert _partial(archive) == []


def test_what_a_server_sends_after_its_time_is_not_kept(web: Any, make_client: MakeClient, archive: Archive, real_time: Any) -> None:
    """The thread that still reads an answer nobody waits for drops it."""
    client = make_client(limits=Limits(total=0.2, file_bytes=10_000_000), clock=real_time.clock())
    with pytest.raises(SourceUnavailable, match="did not finish"):
        client.get(web.at("/slow", {"body": b"x" * 1000, "headers": FILE, "drip": 0.01}))
    assert list(archive.files()) == _partial(archive) == []


@pytest.mark.parametrize("cut", [1, 10, FEW, 2 * FEW])
def test_a_large_list_that_breaks_off_is_not_remembered(web: Any, make_client: MakeClient, memory: Any, cut: int) -> None:
    """A confirmation of half a list would hide the other half; brackets and quotes inside strings close nothing."""
    whole = json.dumps([{"said": 'a "quoted" ] } \\', "number": number} for number in range(FEW // 16)]).encode()
    client = make_client(memory=memory)
    client.get(web.at("/cut", {"body": whole[:-cut], "headers": JSON}), accept=Accept.JSON)
    assert list(memory) == []
    client.get(web.at("/whole", {"body": whole, "headers": JSON}), accept=Accept.JSON)
    assert list(memory) == [web.base + "/whole"]


def test_a_large_answer_of_the_wrong_kind_is_told(web: Any, make_client: MakeClient) -> None:
    """A page where JSON was due, however long."""
    with pytest.raises(WrongKind, match="a web page"):
        make_client().get(web.at("/x", {"body": b"<html>" + b"x" * 2 * FEW, "headers": JSON}), accept=Accept.JSON)


@pytest.mark.skipif(sys.platform != "linux", reason="only there a process can tell its own peak")
def test_memory_does_not_grow_with_the_answer(web: Any, tmp_path: Path) -> None:
    """Fetching, archiving and narrowing a list of 100 MB takes hardly more memory than one of 5 MB."""
    urls = [web.at(f"/{size}", {"body": _dump(size * 1_000_000), "headers": JSON}) for size in (5, 100)]
    done = subprocess.run([sys.executable, "-c", FETCHES_AND_READS, tmp_path, *urls], capture_output=True, text=True, check=True)
    told = json.loads(done.stdout)
    assert told["rows"] > 100
    assert told["after"] - told["before"] < 20_000_000, told


def _dump(size: int) -> bytes:
    """A list of records, of which one in a thousand is of the country asked for."""
    row = json.dumps({"id": 0, "iso3": "YYY", "said": "“Synthetic” \\ text " * 8}).encode()
    count = size // len(row)
    return b"[" + b",\n".join(row if number % 1000 else row.replace(b"YYY", b"XXX") for number in range(count)) + b"]"
