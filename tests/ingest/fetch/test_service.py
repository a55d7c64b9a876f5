"""The user's own server may be on this machine; nothing else may, and nobody else sees the key."""

import pytest

from ingest.errors import SourceUnavailable
from ingest.fetch.service import Service

JSON = {"Content-Type": "application/json"}
KEY = "sk-test-0123456789"


def test_the_configured_server_may_be_on_this_machine_and_gets_the_key(web, make_client):
    """A client that refuses private addresses asks this one, and shows it the key."""
    url = web.at("/v1/chat/completions", {"body": b"{}", "headers": JSON})
    make_client(allow_private=False, service=Service(web.base + "/v1", KEY)).post_json(url, {"model": "m"})
    assert web.asked[0].headers["authorization"] == f"Bearer {KEY}"


@pytest.mark.parametrize("configured", ["http://127.0.0.1:1/v1", "https://127.0.0.1:{port}/v1", "http://localhost:{port}/v1"])
def test_another_address_of_this_machine_stays_refused(web, make_client, configured):
    """Another port, scheme or name is another server."""
    url = web.at("/v1/chat/completions", {"body": b"{}", "headers": JSON})
    service = Service(configured.format(port=web.base.rpartition(":")[2]), KEY)
    with pytest.raises(SourceUnavailable, match="private address"):
        make_client(allow_private=False, service=service).post_json(url, {})
    assert web.asked == []


def test_nobody_else_gets_the_key(web, make_client):
    """A page fetched with the same client is asked for without it."""
    make_client(service=Service("http://127.0.0.1:1/v1", KEY)).get(web.at("/page", {"body": b"hello"}))
    assert "authorization" not in web.asked[0].headers


def test_a_server_that_sends_us_elsewhere_is_not_followed(web, make_client):
    """The question, with the report in it, goes to the configured address only."""
    elsewhere = web.at("/elsewhere", {"body": b"{}", "headers": JSON})
    url = web.at("/v1/chat/completions", {"status": 307, "headers": {"Location": elsewhere}})
    with pytest.raises(SourceUnavailable, match="moved to"):
        make_client(allow_private=False, service=Service(web.base, KEY)).post_json(url, {})
    assert web.paths() == ["/v1/chat/completions"]


def test_a_private_server_is_not_looked_for_behind_a_proxy(web, make_client, monkeypatch):
    """A proxy would find its own network there."""
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    url = web.at("/v1/chat/completions", {"body": b"{}", "headers": JSON})
    assert make_client(allow_private=False, service=Service(web.base)).post_json(url, {}).content == b"{}"


def test_the_key_is_not_shown():
    """Neither a service nor a sentence about it shows its key."""
    service = Service("http://127.0.0.1:1/v1", KEY)
    assert KEY not in repr(service)
    assert service.redacted(f"no such key: {KEY}") == "no such key: [key]"
