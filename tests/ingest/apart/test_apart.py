"""What comes from outside is read in a process that is ended: hostile bytes cost a sentence, and the next reading is as ever."""

import gzip
import io
import pickle
import threading
import time
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from ingest.apart import ask, asking, frames
from ingest.apart.tasks import TASKS
from ingest.errors import SourceUnavailable, UnreadableDocument
from ingest.fetch.exchange import Accept
from ingest.fetch.files import LARGEST, files_at
from ingest.text import media_type_of, read, read_answer, read_delimited, read_json, read_toml

NAME = "The answer of Example"
MILLION = 1_000_000
HEAD = "metric,kind,value_best,quote\n"


def nothing_refused(error: UnreadableDocument) -> None:
    """For files of which every one can be read."""
    raise error


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"[" * 100_000 + b"]" * 100_000, "is nested deeper than 100 levels"),
        (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "is nested deeper than 100 levels"),
        (b"[" * 100_000, "is nested deeper than 100 levels"),
        (b'{"figure": ' + b"9" * 10 * MILLION + b"}", "is not valid JSON"),
        (b'{"figure": 0.' + b"9" * 10 * MILLION + b"}", "a number of 10,000,002 digits"),
        (b"[" + b"{}," * 6 * MILLION + b"{}]", "holds more than the 5,000,000 values"),
        (b'{"text": "' + b'\\"' * 5 * MILLION, "is not valid JSON"),
    ],
    ids=["lists", "objects", "open lists", "a whole number", "a number with a point", "objects in millions", "a string without end"],
)
def test_an_answer_built_to_do_harm_is_a_sentence(content: bytes, sentence: str) -> None:
    """Deep nesting, endless numbers and values beyond memory; a like answer that does none is parsed."""
    with pytest.raises(UnreadableDocument, match=f"^{NAME}.*{sentence}"):
        read_json(content, NAME, exact=True)
    assert read_json(b'{"figure": 1.50, "of": [[["x"]]]}', NAME, exact=True) == {"figure": Decimal("1.50"), "of": [[["x"]]]}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b'place,killed\n"' + b"x" * 200 * MILLION, "a quotation mark is opened and never closed|field larger than field limit"),
        (b"a," * MILLION + b"a\n" + b"1," * MILLION + b"1", "more than the 16,384"),
        (b"a,b\n" + b"," * 6 * MILLION, "holds more than the 5,000,000 cells"),
        (b'a,b\n"' + b"x" * 2 * MILLION + b'",1', "a cell of 2,000,000 characters|field larger than field limit"),
    ],
    ids=["an open quotation mark", "a million columns", "cells in millions", "one cell"],
)
@pytest.mark.parametrize("taken", [read_delimited, lambda content, name: read_answer(content, "text/csv", name)], ids=["table", "records"])
def test_a_table_built_to_do_harm_is_a_sentence(content: bytes, sentence: str, taken: Callable[[bytes, str], Any]) -> None:
    """Whether its rows become records or figures."""
    with pytest.raises(UnreadableDocument, match=sentence):
        taken(content, NAME)
    assert taken(b"place,killed\nNorthvale,4\n", NAME)


def test_a_text_of_one_long_line_is_read_or_ended(within: Callable[..., None]) -> None:
    """A long line is read; one that keeps a pattern busy by the square of its length is a sentence."""
    line = b"key: " + b"a b  c\t" * 500_000
    assert len(read(line, "text/plain", "long.txt").text) > 2 * MILLION
    within("text", 2.0)
    with pytest.raises(UnreadableDocument, match=r"^long\.md could not be read within 2 seconds"):
        read(b"[" * 2 * MILLION, "text/markdown", "long.md")


@pytest.mark.parametrize(("task", "content"), [("json", b"[" + b"[0]," * 2 * MILLION + b"[0]]"), ("table", b"1,2\n" * MILLION)])
def test_a_reading_that_takes_too_much_memory_is_ended(task: str, content: bytes, within: Callable[..., None]) -> None:
    """With a sentence that names what was read, and the next one is read by another process."""
    within(task, memory=100_000_000)
    with pytest.raises(UnreadableDocument, match=f"^{NAME} could not be read within 20 seconds or within memory"):
        ask(task, content, name=NAME, exact=False)
    assert read_toml(b"a = 1", "m.toml") == {"a": 1}


def test_a_reading_that_is_ended_holds_up_no_other(within: Callable[..., None]) -> None:
    """While one file keeps its reader busy, others are read; when the program ends, so does its reader."""
    within("text", 600.0)
    told: list[str] = []

    def hostile() -> None:
        with pytest.raises(UnreadableDocument) as refused:
            read(b"<div>" * 1_000_000 + b"x", "text/html", "deep.html")
        told.append(str(refused.value))

    busy = threading.Thread(target=hostile)
    busy.start()
    assert read(b"Four people were killed.", "text/plain", "a.txt").text == "Four people were killed."
    while not asking._READERS.busy:  # its reader may start later than the other one has read
        time.sleep(0.01)
    assert told == []
    asking.end()
    busy.join()
    assert told[0].startswith("deep.html could not be read within")


def test_only_plain_values_come_back() -> None:
    """A reader that was taken over cannot make this process run anything."""
    kept = {"when": datetime(2024, 12, 1, tzinfo=UTC), "figure": Decimal("4.0"), "words": ("a", None, True)}
    assert frames.read(io.BytesIO(frames.written(kept))) == kept
    with pytest.raises(pickle.UnpicklingError, match="is no plain value"):
        frames.read(io.BytesIO(frames.written(Path("/"))))
    with pytest.raises(EOFError):
        frames.read(io.BytesIO(frames.written(kept)[:-1]))


def test_every_task_is_there() -> None:
    """The table names functions of modules that stand above it, so that nothing else would notice one that is gone."""
    for task in TASKS.values():
        module, _, function = task.function.partition(":")
        assert callable(getattr(__import__(module, fromlist=[function]), function))
        assert task.advice and task.seconds > 0


def test_a_zip_is_opened_and_unpacked_apart(tmp_path: Path) -> None:
    """One of very many files, one that unpacks to very much, and one of broken parts are refused; what else is in them is read."""
    many, bomb = tmp_path / "many.zip", tmp_path / "bomb.zip"
    with zipfile.ZipFile(many, "w") as packed:
        for number in range(20_001):
            packed.writestr(f"{number}.txt", b"")
    with pytest.raises(UnreadableDocument, match=r"many\.zip holds 20,001 files"):
        list(files_at(many, nothing_refused))
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("a.txt", b"Four people were killed.")
        packed.writestr("b.txt", bytes(LARGEST + 1))
        packed.writestr("c.txt", b"Five people were killed.")
    refused: list[str] = []
    found = list(files_at(bomb, lambda error: refused.append(str(error))))
    assert [one.content for one in found] == [b"Four people were killed.", b"Five people were killed."]
    assert len(refused) == 1 and "b.txt is 60.0 MB, more than the 60 MB" in refused[0]
    assert media_type_of("many.zip", many.read_bytes()) == "application/zip"


def test_an_answer_that_unpacks_without_end_is_refused(web: Any, make_client: Any) -> None:
    """Whatever it says of its length, and packed twice as well: no more is unpacked at a time than was asked for."""
    bomb = gzip.compress(bytes(100 * MILLION))
    for encoding, body in (("gzip", bomb), ("gzip, gzip", gzip.compress(bomb))):
        url = web.at(f"/{len(body)}", {"body": body, "headers": {"Content-Type": "text/plain", "Content-Encoding": encoding}})
        with pytest.raises(SourceUnavailable, match="is larger than the 20 MB that are taken"):
            make_client().get(url)


def test_an_answer_of_comments_alone_is_judged_at_once(web: Any, make_client: Any) -> None:
    """Looking through comments for what an answer is takes time by their number: nothing goes back into one."""
    url = web.at("/json", {"body": b"<!---->" * 580 + b"<x"})
    with pytest.raises(SourceUnavailable, match="where JSON was due"):
        make_client().get(url, accept=Accept.JSON)
    feed = web.at("/feed", {"body": b"<rss></rss>" + b"<!---->" * 580 + b"x"})
    assert make_client().get(feed, accept=Accept.FEED).status == 200


def test_rules_for_robots_are_understood_apart(web: Any, make_client: Any) -> None:
    """Half a megabyte of patterns is judged page by page; what stands beyond it is not looked at."""
    page, other = (web.at(f"/{name}", {"body": b"<html><p>Four people were killed.</p></html>"}) for name in ("a" * 200, "other"))
    rules = b"User-agent: *\nDisallow: /other\n" + b"Disallow: /*a*a*a*a*b\n" * 30_000 + b"Disallow: /\n"
    web.at("/robots.txt", {"body": rules})
    client = make_client()
    assert client.get(page, accept=Accept.PAGE).status == 200
    with pytest.raises(SourceUnavailable, match="asks programs not to read"):
        client.get(other, accept=Accept.PAGE)
