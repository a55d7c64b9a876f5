"""Reports handed in as files."""

import shutil
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ingest.errors import UnreadableDocument
from ingest.fetch.archive import Archive
from ingest.fetch.files import LocalFile
from ingest.model.records import Document
from ingest.sources import local
from ingest.text import read


@pytest.fixture
def hand_in(ask: Any) -> Any:
    """Reads a path as the command line would."""

    def call(path: Path, **given: Any) -> Iterator[Document]:
        request = ask()
        base = {"archive": request.archive, "now": request.now, "timezone": request.timezone, "progress": ask.told.append}
        return local.read_path(path, **{**base, **given})

    return call


def test_a_text_with_a_header_describes_itself(hand_in: Any, examples: Path, archive: Archive, ask: Any) -> None:
    """The header outranks what is said on handing in, is no part of the text, and a line it should not have is told."""
    (document,) = hand_in(examples / "local" / "report.txt", publisher="someone", published=datetime(2020, 1, 1, tzinfo=UTC), language="fr")

    assert document.text == "Four people were hurt on Saturday when a wall fell in the market of Exampletown, the mayor said."
    assert (document.source, document.publisher, document.language, document.translated_from) == ("local", "example", "en", "ar")
    assert document.relayed_via == ("wire_one", "wire_two")
    assert document.second_hand
    assert document.url == "https://news.example.org/wall"
    assert document.published_at == datetime(2024, 11, 30, 9, 0, tzinfo=UTC)  # noon of the day in Damascus
    assert document.citation == "Example Herald, 30 November 2024"
    assert read(archive.get(document.archive_sha256), document.media_type, "x").text == document.text
    assert any("“mood: …”" in told for told in ask.told)


def test_a_bare_text_needs_publisher_and_date(hand_in: Any, tmp_path: Path) -> None:
    """Who and when are asked for in a sentence, and taken as given on handing in."""
    path = tmp_path / "note.txt"
    path.write_text("Four people were hurt in Exampletown.")

    with pytest.raises(UnreadableDocument, match=r"does not say who published it; add --publisher"):
        list(hand_in(path))
    with pytest.raises(UnreadableDocument, match=r"does not say when it was published; add --published"):
        list(hand_in(path, publisher="example"))
    (document,) = hand_in(path, publisher="example", published=datetime(2024, 11, 30, 1, 0), url="https://example.org/1")  # noqa: DTZ001 -- local time
    assert document.published_at == datetime(2024, 11, 29, 22, 0, tzinfo=UTC)
    assert (document.language, document.url, document.title) == ("en", "https://example.org/1", "Four people were hurt in Exampletown.")


def test_a_date_that_is_not_understood_is_told(hand_in: Any, tmp_path: Path) -> None:
    """A header's date is not replaced by another when it is wrong."""
    path = tmp_path / "note.txt"
    path.write_text("publisher: example\npublished: 30/11/2024\n---\nText.")
    with pytest.raises(UnreadableDocument, match=r"has the date “30/11/2024”, which is not understood"):
        list(hand_in(path, published=datetime(2024, 1, 1, tzinfo=UTC)))


def test_a_page_brings_its_own_date_and_language(hand_in: Any, examples: Path) -> None:
    """A saved page needs only its publisher."""
    (document,) = hand_in(examples / "local" / "page.html", publisher="example")
    assert document.published_at == datetime(2024, 11, 29, 19, 30, tzinfo=UTC)
    assert document.text.startswith("Flood in Samplia\nAt least nine families")


def test_the_same_file_again_is_the_same_document(hand_in: Any, examples: Path) -> None:
    """Identity comes from connector, publisher, address and text."""
    first, second = (next(hand_in(examples / "local" / "report.txt")) for _ in range(2))
    assert first.document_id == second.document_id


def test_a_folder_is_read_file_by_file(hand_in: Any, examples: Path, tmp_path: Path) -> None:
    """Files that cannot be read are told and do not stop the others; tables go where tables go; hidden files are passed over."""
    folder = tmp_path / "inbox"
    (folder / "deeper").mkdir(parents=True)
    shutil.copy(examples / "local" / "report.txt", folder / "b.txt")
    shutil.copy(examples / "local" / "arabic-and-english.pdf", folder / "deeper" / "c.pdf")
    (folder / "a.txt").write_bytes(b"")
    (folder / "figures.csv").write_text("metric,value\n")
    (folder / ".hidden").write_text("x")
    refused: list[str] = []
    tables: list[LocalFile] = []

    documents = list(
        hand_in(
            folder,
            publisher="example",
            published=datetime(2024, 11, 30, tzinfo=UTC),
            url="https://example.org/all",
            refuse=lambda error: refused.append(str(error)),
            table=tables.append,
        )
    )

    assert [(document.title, document.language, document.url) for document in documents] == [
        ("Wall falls in Exampletown", "en", "https://news.example.org/wall"),
        ("تقرير مصطنع", "ar", ""),
    ]
    assert [table.name for table in tables] == [str(folder / "figures.csv")]
    assert len(refused) == 1
    assert "a.txt is empty" in refused[0]


def test_a_zip_is_read_like_a_folder(hand_in: Any, examples: Path, tmp_path: Path) -> None:
    """Each packed report is archived as its own bytes."""
    path = tmp_path / "reports.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.write(examples / "local" / "report.txt", "x/report.txt")
    (document,) = hand_in(path)
    assert document.publisher == "example"
    assert document.archive_sha256 != ""


def test_an_address_that_is_no_web_address_is_left_out(hand_in: Any, tmp_path: Path, ask: Any) -> None:
    """It would be shown as a link."""
    path = tmp_path / "note.txt"
    path.write_text("publisher: example\npublished: 2024-11-30\nurl: javascript:alert(1)\n---\nText.")
    (document,) = hand_in(path)
    assert document.url == ""
    assert any("is no http or https address" in told for told in ask.told)


def test_bytes_at_hand_are_read_too(archive: Archive, ask: Any) -> None:
    """What comes from standard input or an address is read with its declared type."""
    request = ask()
    page = "<main><p>أصيب أربعة أشخاص</p></main>".encode("cp1256")
    document = local.read_content(
        page,
        "example.org/page",
        archive=archive,
        now=request.now,
        timezone=request.timezone,
        media_type="text/html; charset=windows-1256",
        publisher="example",
        published=datetime(2024, 11, 30, tzinfo=UTC),
    )
    assert (document.text, document.language) == ("أصيب أربعة أشخاص", "ar")


def test_folders_of_the_crisis_file_are_read_on_refresh(ask: Any, examples: Path, tmp_path: Path) -> None:
    """What cannot be read there is told; without configured paths nothing happens."""
    paths = [str(examples / "local" / "report.txt"), str(tmp_path / "nothing")]
    assert [document.publisher for document in local.fetch(ask(options={"paths": paths}))] == ["example"]
    assert any("There is nothing at" in told for told in ask.told)
    assert list(local.fetch(ask())) == []
