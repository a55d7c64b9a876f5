"""Datasets on HDX."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from ingest.errors import SettingsError, SourceUnavailable
from ingest.model.records import Table
from ingest.sources import hdx
from tests.ingest.conftest import Web

SHOW = "/api/3/action/package_show"
FILE = "/dataset/00000000-0000-4000-8000-0000000000aa/resource/r1/download/displaced_admin2.csv"


@pytest.fixture
def options(web: Any) -> dict[str, Any]:
    """The example answers, and the options that point to them."""
    options: dict[str, Any] = web.serve_example("hdx")["options"]
    return options


def _read(ask: Any, options: dict[str, Any], **more: Any) -> list[Table]:
    return list(hdx.fetch(ask(options={**options, **more})))


def test_a_table_comes_with_what_hdx_states_of_it(web: Any, ask: Any, options: dict[str, Any]) -> None:
    """Found by its format and name among the dataset's files; publisher, licence and time are those of HDX, times in UTC."""
    (table,) = _read(ask, options)
    assert (table.name, table.url) == ("Displaced_admin2.csv", "https://data.humdata.org/dataset/invented-displacement")
    assert (table.publisher, table.published) == ("iom", datetime(2024, 12, 16, 2, 10, 1, tzinfo=UTC))
    assert table.licence.startswith("Creative Commons Attribution")
    assert ask.archive.get(table.archive_sha256) == table.content
    assert web.paths()[-2:] == [f"{SHOW}?id=invented-displacement", FILE]


def test_a_file_is_fetched_again_only_once_hdx_says_it_changed(
    web: Any, ask: Any, options: dict[str, Any], make_client: Any, memory: Any
) -> None:
    """Its time of change is asked with the dataset; a file that is only linked is asked for itself."""
    del options["discover"]
    client, package = make_client(memory=memory), web.reply_of(SHOW).body

    def asked(changed: bytes, kind: bytes = b"upload") -> list[str]:
        before, body = len(web.asked), package.replace(b"2024-12-16T02", changed).replace(b'"upload"', b'"' + kind + b'"')
        web.at(SHOW, {"body": body, "headers": {"Content-Type": "application/json"}})
        (table,) = hdx.fetch(ask(client=client, options=options))
        assert table.content == ask.archive.get(table.archive_sha256)
        return [path.partition("?")[0] for path in web.paths()[before:]]

    assert asked(b"2024-12-01T02") == [SHOW, FILE]
    assert asked(b"2024-12-01T02") == [SHOW]
    assert asked(b"2024-12-02T13") == [SHOW, FILE]
    assert asked(b"2024-12-01T02", b"api") == [SHOW, FILE]


@pytest.fixture
def storage() -> Iterator[Web]:
    """The storage host that files are at, beside HDX."""
    server = Web()
    yield server
    server.close()


def test_a_file_that_lies_at_a_storage_host_is_followed_there(web: Any, storage: Web, ask: Any, options: dict[str, Any]) -> None:
    """A download leads to a signed address of another host: the table and its page stay HDX's, whatever the signature."""
    file = web.reply_of(FILE)
    signed = storage.at("/hdx/displaced_admin2.csv?X-Amz-Signature=5e1f", {"body": file.body, "headers": {"Content-Type": "text/csv"}})
    web.at(FILE, {"status": 302, "headers": {"Location": signed}})
    (table,) = _read(ask, options)
    assert (table.content, table.url) == (file.body, "https://data.humdata.org/dataset/invented-displacement")
    assert storage.paths() == ["/hdx/displaced_admin2.csv?X-Amz-Signature=5e1f"]

    storage.at("/hdx/displaced_admin2.csv?X-Amz-Signature=5e1f", {"status": 403, "body": b"<Error><Code>AccessDenied</Code></Error>"})
    with pytest.raises(SourceUnavailable, match=r"displaced_admin2\.csv answered with HTTP 403"):
        _read(ask, options)


@pytest.mark.parametrize(
    ("target", "told"),
    [
        ("http://169.254.169.254/latest/meta-data", "private address 169"),
        ("http://10.0.0.7/displaced.csv", "private address 10"),
        ("file:///etc/passwd", "is not an http or https address"),
        (FILE, "redirects more than"),
    ],
)
def test_a_file_that_leads_where_nobody_may_go_is_told(web: Any, ask: Any, options: dict[str, Any], target: str, told: str) -> None:
    """Neither this machine's network nor its files, nor in circles."""
    web.at(FILE, {"status": 302, "headers": {"Location": target}})
    with pytest.raises(SourceUnavailable, match=told):
        _read(ask, options)


def test_datasets_of_the_country_are_told_of(web: Any, ask: Any, options: dict[str, Any]) -> None:
    """Nothing of them is read before somebody names one."""
    assert _read(ask, {"address": options["address"], "discover": "displacement"}) == []
    assert "groups%3Asyr" in web.paths()[0]
    assert ask.told == [
        "HDX has the dataset invented-displacement: “Invented displacement”, Creative Commons Attribution for Intergovernmental "
        "Organisations, changed 2024-12-16T02:11:09.000001."
    ]


def test_a_file_that_was_renamed_is_told_with_those_there_are(ask: Any, options: dict[str, Any]) -> None:
    """The sentence lists what the dataset has."""
    wanted = {"id": "invented-displacement", "resource": r"Displaced\\.xlsx"}
    with pytest.raises(SourceUnavailable, match=r"no CSV or XLSX that matches; its files are Displaced_admin2\.csv, .*Displaced\.xlsx"):
        _read(ask, options, datasets=[wanted])


@pytest.mark.parametrize(
    "mood",
    [
        (SHOW, 404, {"success": False, "error": {"__type": "Not Found Error", "message": "Not found"}}, "there is no such dataset"),
        (SHOW, 406, {}, "it refuses programs of this name"),
        (SHOW, 200, {"success": False, "error": {"message": "odd"}}, "did not answer package_show as it always did"),
        (SHOW, 200, {"success": True, "result": {"resources": None}}, "its files are none"),
        (SHOW, 200, {"success": True, "result": {"resources": [{"name": "x"}]}}, "HDX datasets changed: a record has no field “format”"),
        (FILE, 500, {}, "HTTP 500"),
    ],
)
def test_its_moods_are_told(web: Any, ask: Any, options: dict[str, Any], mood: tuple[str, int, Any, str]) -> None:
    """Each in a sentence that says what to do."""
    path, status, body, told = mood
    web.at(path, {"status": status, "body": json.dumps(body).encode(), "headers": {"Content-Type": "application/json"}})
    with pytest.raises(SourceUnavailable, match=told):
        _read(ask, options)


@pytest.mark.parametrize(
    ("datasets", "told"),
    [
        ([], "names no `datasets`"),
        ([{"resource": "x"}], "needs `id`"),
        ([{"id": "x", "file": "y"}], "unknown key 'file'"),
        ([{"id": "x", "resource": "("}], "has a mapping, resource or sheet that is not understood"),
        ([{"id": "x", "mapping": "/nowhere/m.toml"}], "has a mapping, resource or sheet that is not understood"),
    ],
)
def test_settings_are_checked(ask: Any, datasets: list[dict[str, Any]], told: str) -> None:
    """Before anything is asked."""
    with pytest.raises(SettingsError, match=told):
        _read(ask, {"datasets": datasets})
